"""Rows of Upwork's transaction report (format A) and transaction history (format B)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from contracts.importing.amounts import amount_in, local_amount_in
from contracts.importing.dates import date_in, is_date
from contracts.importing.descriptions import UNTITLED, hours_of, reference_in, title_in
from contracts.importing.headers import Header
from contracts.importing.identities import RowIds, folded_name, plain, upwork_id_in
from contracts.importing.limits import (
    MAX_NAME_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_TYPE_CHARACTERS,
)
from contracts.importing.payment_types import FEES, NEVER_A_CONTRACTS, category_of, kind_of
from contracts.importing.problems import CellNotUnderstood, gettext_noop
from contracts.importing.row_cells import RowCells
from contracts.importing.rows import MoneyRow, MoneySource, PaymentCategory

_DETAILS: Final = ("details", "description_1", "description_2", "description_3", "description")


class TransactionReader:
    """Reads the rows of one transaction report or history.

    Titles are still as the row itself has them: `contract_links.linked` then gives fees and taxes
    the contract of their payment.
    """

    def __init__(self, header: Header, *, decimal_comma: bool) -> None:
        self._header = header
        self._decimal_comma = decimal_comma
        self._ids = RowIds("row")

    def looks_like_record(self, cells: Sequence[str]) -> bool:
        """Say whether a line within a quoted cell is rather a row that was swallowed."""
        if len(cells) != len(self._header.names):
            return False
        return is_date(RowCells(self._header, cells).text("paid_on"))

    def identity(self, own: RowCells) -> object:
        """Return what two rows of one payment share: the Ref ID; None where it is missing."""
        return own.read("external_id", upwork_id_in) or None

    def content(self, own: RowCells) -> object:
        """Return what two rows of the same Ref ID must agree in to be the same payment."""
        return own.text("paid_on"), own.text("type"), own.text("amount")

    def read(self, line: int, own: RowCells) -> MoneyRow:
        """Return the payment of one row. Raises `CellNotUnderstood` with the field's name."""
        type_ = own.short("type", MAX_TYPE_CHARACTERS)
        if not type_:
            raise CellNotUnderstood(gettext_noop("The type is missing."), field="type")
        category = category_of(type_)
        description = _description(own, category)
        row = MoneyRow(
            line=line,
            source=MoneySource.TRANSACTIONS,
            paid_on=own.read("paid_on", date_in),
            type=type_,
            category=category,
            external_id=own.read("external_id", upwork_id_in),
            transaction_id=own.read("transaction_id", upwork_id_in),
            title=_title(own, category),
            client=own.short("client", MAX_NAME_CHARACTERS),
            freelancer=own.short("freelancer", MAX_NAME_CHARACTERS),
            agency=own.short("agency", MAX_NAME_CHARACTERS),
            upwork_contract_id="",
            amount=own.read("amount", self._amount),
            currency=currency_in(own.text("currency")),
            local_amount=own.optional("local_amount", self._local_amount),
            balance=own.optional("balance", self._local_amount),
            hours=hours_of(description) if kind_of(type_) == "hourly" else None,
            description=description,
            raw=own.raw(),
        )
        return row if row.external_id else replace(row, external_id=self._own_id(row))

    def _own_id(self, row: MoneyRow) -> str:
        names = (row.type, row.title, row.client, row.freelancer, row.description)
        return self._ids.next(
            (
                row.paid_on.isoformat(),
                plain(row.amount),
                row.transaction_id,
                *map(folded_name, names),
            )
        )

    def _amount(self, text: str) -> Decimal:
        return amount_in(text, decimal_comma=self._decimal_comma)

    def _local_amount(self, text: str) -> Decimal:
        return local_amount_in(text, decimal_comma=self._decimal_comma)


def currency_in(text: str) -> str:
    """Return a currency's three-letter code, "" for anything else (the cell stays in `raw`)."""
    return text.upper() if len(text) == 3 and text.isascii() and text.isalpha() else ""


def _description(own: RowCells, category: PaymentCategory) -> str:
    """Join the cells that describe a row; without a contract, its summary is a description too."""
    texts = [own.text(field) for field in _DETAILS]
    if category in NEVER_A_CONTRACTS:
        texts.insert(0, own.text("title"))
    return " · ".join(text for text in texts if text)


def _title(own: RowCells, category: PaymentCategory) -> str:
    """Return the title that the row itself names, "" where another row has to name it."""
    if category in NEVER_A_CONTRACTS:
        return ""
    title = own.short("title", MAX_TITLE_CHARACTERS)
    description = own.text("description")
    if not title and description and category not in FEES and not reference_in(description):
        title = title_in(description[: 2 * MAX_TITLE_CHARACTERS])[:MAX_TITLE_CHARACTERS]
    if not title and category is PaymentCategory.EARNING and own.text("client"):
        title = UNTITLED[kind_of(own.text("type"))]
    return title
