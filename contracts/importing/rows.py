"""What comes out of an export: understood rows, rows that were not understood, and their file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from contracts.importing.headers import Format
from contracts.importing.problems import Problem

Kind = Literal["hourly", "fixed", ""]
EndedBy = Literal["client", "freelancer", ""]


class PaymentCategory(StrEnum):
    """What kind of money a row is, whatever its type is called in the file."""

    EARNING = "earning"
    BONUS = "bonus"
    REIMBURSEMENT = "reimbursement"
    REFUND = "refund"
    SERVICE_FEE = "service_fee"
    FEE_REFUND = "fee_refund"
    CONNECTS = "connects"
    MEMBERSHIP = "membership"
    TAX = "tax"
    WITHDRAWAL = "withdrawal"
    WITHDRAWAL_FEE = "withdrawal_fee"
    PAYMENT = "payment"
    ADJUSTMENT = "adjustment"
    OTHER = "other"


class MoneySource(StrEnum):
    """Which view of the money a row is: transactions (A, B) and weeks (C) show the same money."""

    TRANSACTIONS = "transactions"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One row of A, B or C.

    `line` is the line in the file where the row starts (1 is the first; for XLSX the sheet's row).
    `type` is as spelled in the file. `external_id` identifies the payment across files: the same
    payment has the same one in A and in B. `amount` and `balance` are US dollars, fees negative;
    `local_amount` is in `currency`. A row that belongs to no contract has an empty `title` and
    `upwork_contract_id`. `raw` holds the file's cells that are not empty, by column name.
    """

    line: int
    source: MoneySource
    paid_on: date
    type: str
    category: PaymentCategory
    external_id: str
    transaction_id: str
    title: str
    client: str
    freelancer: str
    agency: str
    upwork_contract_id: str
    amount: Decimal
    currency: str
    local_amount: Decimal | None
    balance: Decimal | None
    hours: Decimal | None
    description: str
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LogRow:
    """One contract of our own log (format D). Empty cells are "" or None.

    `rating` is 1.00 to 5.00 (None: no feedback); with `closed_on` None the contract is open;
    `earned` is gross less refunds, in US dollars: below 0 where more was refunded than paid.
    """

    line: int
    title: str
    client: str
    kind: Kind
    started_on: date | None
    closed_on: date | None
    earned: Decimal | None
    hours: Decimal | None
    rating: Decimal | None
    ended_by: EndedBy
    under_agency: bool | None
    client_flagged: bool | None
    feedback_removed: bool | None
    notes: str
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not understood: where, why, and its cells for giving it back.

    `column` is the name as spelled in the file, "" where the whole row is meant. `cells` are in the
    header's order; cells too long to keep are cut. `same_as` is the line of which the row is a
    repetition: nothing is lost by leaving such a row out.
    """

    line: int
    column: str
    reason: Problem
    cells: tuple[str, ...]
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was read: each data row is in exactly one of `money`, `log` and `bad`.

    `rows` counts the data rows (blank lines are none). `encoding` is "xlsx" and `delimiter` empty
    for a workbook. `variant` is "exchange-rate" for format B with an ExchangeRate column.
    """

    format: Format
    variant: str
    rows: int
    header: tuple[str, ...]
    money: tuple[MoneyRow, ...]
    log: tuple[LogRow, ...]
    bad: tuple[BadRow, ...]
    encoding: str
    delimiter: str
    file_name: str
