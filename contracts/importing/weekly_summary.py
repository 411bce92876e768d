"""Rows of Upwork's weekly summary (format C): hours and money per week and contract."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from contracts.importing.amounts import amount_in, hours_in
from contracts.importing.dates import date_in, is_date
from contracts.importing.descriptions import title_and_id
from contracts.importing.headers import Header
from contracts.importing.identities import RowIds, folded_name, plain
from contracts.importing.limits import (
    MAX_NAME_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_TYPE_CHARACTERS,
)
from contracts.importing.payment_types import category_of
from contracts.importing.problems import CellNotUnderstood, gettext_noop
from contracts.importing.row_cells import RowCells
from contracts.importing.rows import MoneyRow, MoneySource
from contracts.importing.transactions import currency_in

HOURLY_TYPE: Final = "Hourly"
FIXED_TYPE: Final = "Fixed-price"


class WeeklySummaryReader:
    """Reads the rows of one weekly summary."""

    def __init__(self, header: Header, *, decimal_comma: bool) -> None:
        self._header = header
        self._decimal_comma = decimal_comma
        self._ids = RowIds("week")

    def looks_like_record(self, cells: Sequence[str]) -> bool:
        """Say whether a line within a quoted cell is rather a row that was swallowed."""
        if len(cells) != len(self._header.names):
            return False
        return is_date(RowCells(self._header, cells).text("paid_on"))

    def identity(self, own: RowCells) -> object:
        """Return what makes two rows the same: everything."""
        return own.stripped()

    def content(self, own: RowCells) -> object:
        """Return what two rows of the same identity must agree in: nothing more."""
        return None

    def read(self, line: int, own: RowCells) -> MoneyRow:
        """Return one week's money of one contract. Raises `CellNotUnderstood`."""
        paid_on = own.read("paid_on", date_in)
        title, contract_id = _contract(own)
        hours = own.optional("hours", self._hours)
        amount = own.read("amount", self._amount) if self._has_amounts else Decimal(0)
        # C leaves the type empty for ordinary work
        type_ = own.short("type", MAX_TYPE_CHARACTERS) or (HOURLY_TYPE if hours else FIXED_TYPE)
        contract = contract_id or folded_name(title)
        content = (paid_on.isoformat(), contract, plain(hours), plain(amount), folded_name(type_))
        return MoneyRow(
            line=line,
            source=MoneySource.WEEKLY,
            paid_on=paid_on,
            type=type_,
            category=category_of(type_),
            external_id=self._ids.next(content),
            transaction_id="",
            title=title,
            client=own.short("client", MAX_NAME_CHARACTERS),
            freelancer=own.short("freelancer", MAX_NAME_CHARACTERS),
            agency=own.short("agency", MAX_NAME_CHARACTERS),
            upwork_contract_id=contract_id,
            amount=amount,
            currency=currency_in(own.text("currency")),
            local_amount=None,
            balance=None,
            hours=hours,
            description=own.text("description"),
            raw=own.raw(),
        )

    @property
    def _has_amounts(self) -> bool:
        return self._header.positions["amount"] >= 0

    def _amount(self, text: str) -> Decimal:
        return amount_in(text, decimal_comma=self._decimal_comma)

    def _hours(self, text: str) -> Decimal:
        return hours_in(text, decimal_comma=self._decimal_comma)


def _contract(own: RowCells) -> tuple[str, str]:
    title, contract_id = title_and_id(own.short("contract", MAX_TITLE_CHARACTERS + 23))
    if not title and not contract_id:
        raise CellNotUnderstood(gettext_noop("The contract is missing."), field="contract")
    return (title or contract_id)[:MAX_TITLE_CHARACTERS], contract_id
