"""Reading Upwork's exports: bytes in, understood rows and named problems out.

Pure: no Django, no clock, no database. Start at `read.read_export`. Formats: A is Upwork's current
transaction report, B its older transaction history, C its weekly summary, D our own contract log;
`tests/data/exports/` has a small sample of each.
"""

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
    "BadRow",
    "Export",
    "LogRow",
    "MoneyRow",
    "MoneySource",
    "PaymentCategory",
    "Problem",
    "UnreadableFile",
    "read_export",
]
