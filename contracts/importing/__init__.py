"""Reading Upwork's exports: bytes in, understood rows and named problems out.

Pure: no Django, no clock, no database. Start at `read.read_export`. Formats: A is Upwork's current
transaction report, B its older transaction history, C its weekly summary, D our own contract log;
`tests/data/exports/` has a small sample of each.
"""

from contracts.importing.closing import CLOSING_GAP_DAYS, proposed_closing_date
from contracts.importing.formulas import neutralise, restore
from contracts.importing.grouping import FoundContract, found_contracts, practice_rows
from contracts.importing.money import ContractMoney, contract_money, plain_amount, totals
from contracts.importing.problems import Problem, UnreadableFile
from contracts.importing.read import read_export
from contracts.importing.rows import (
    BadRow,
    Export,
    LogRow,
    MoneyRow,
    MoneySource,
    PaymentCategory,
)

__all__ = [
    "CLOSING_GAP_DAYS",
    "BadRow",
    "ContractMoney",
    "Export",
    "FoundContract",
    "LogRow",
    "MoneyRow",
    "MoneySource",
    "PaymentCategory",
    "Problem",
    "UnreadableFile",
    "contract_money",
    "found_contracts",
    "neutralise",
    "plain_amount",
    "practice_rows",
    "proposed_closing_date",
    "read_export",
    "restore",
    "totals",
]
