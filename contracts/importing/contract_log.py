"""Rows of our own contract log (format D): one contract each, ratings included."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from contracts.importing.amounts import amount_in, hours_in
from contracts.importing.dates import date_in, is_date
from contracts.importing.headers import Header
from contracts.importing.limits import MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown
from contracts.importing.row_cells import RowCells
from contracts.importing.rows import EndedBy, Kind, LogRow

_KINDS: Final[Mapping[str, Kind]] = {
    "": "",
    "hourly": "hourly",
    "fixed": "fixed",
    "fixed-price": "fixed",
    "fixed price": "fixed",
}
_ENDED_BY: Final[Mapping[str, EndedBy]] = {
    "": "",
    "client": "client",
    "freelancer": "freelancer",
}
_TRUTHS: Final[Mapping[str, bool | None]] = {"": None, "true": True, "false": False}
_RATING = re.compile(r"[0-9]{1,4}(?:[.,][0-9]+)?")


class ContractLogReader:
    """Reads the rows of one contract log."""

    def __init__(self, header: Header, *, decimal_comma: bool) -> None:
        self._header = header
        self._decimal_comma = decimal_comma

    def looks_like_record(self, cells: Sequence[str]) -> bool:
        """Say whether a line within a quoted cell is rather a row that was swallowed."""
        if len(cells) != len(self._header.names):
            return False
        own = RowCells(self._header, cells)
        return any(is_date(own.text(field)) for field in ("started_on", "closed_on"))

    def identity(self, own: RowCells) -> object:
        """Return what makes two rows the same: everything."""
        return own.stripped()

    def content(self, own: RowCells) -> object:
        """Return what two rows of the same identity must agree in: nothing more."""
        return None

    def read(self, line: int, own: RowCells) -> LogRow:
        """Return the contract of one row. Raises `CellNotUnderstood` with the field's name."""
        row = LogRow(
            line=line,
            title=_title(own),
            client=own.short("client", MAX_NAME_CHARACTERS),
            kind=own.read("kind", _one_of(_KINDS, "hourly, fixed")),
            started_on=own.optional("started_on", date_in),
            closed_on=own.optional("closed_on", date_in),
            earned=own.optional("earned", self._earned),
            hours=own.optional("hours", self._hours),
            rating=own.optional("rating", rating_in),
            ended_by=own.read("ended_by", _one_of(_ENDED_BY, "client, freelancer")),
            under_agency=own.read("under_agency", _one_of(_TRUTHS, "true, false")),
            client_flagged=own.read("client_flagged", _one_of(_TRUTHS, "true, false")),
            feedback_removed=own.read("feedback_removed", _one_of(_TRUTHS, "true, false")),
            notes=own.text("notes"),
            raw=own.raw(),
        )
        _check_order(row)
        return row

    def _earned(self, text: str) -> Decimal:
        # Below nothing where more was refunded than the log knows to have been paid.
        return amount_in(text, decimal_comma=self._decimal_comma)

    def _hours(self, text: str) -> Decimal:
        return hours_in(text, decimal_comma=self._decimal_comma)


def rating_in(text: str) -> Decimal:
    """Return the rating that a cell holds: 1.00 to 5.00, at most two decimals."""
    if not _RATING.fullmatch(text):
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not a rating: write it as 4.85, or leave it empty."),
            value=shown(text),
        )
    rating = Decimal(text.replace(",", "."))
    if not 1 <= rating <= 5:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not a rating from 1.00 to 5.00."), value=shown(text)
        )
    if rating != round(rating, 2):
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” has more than two decimals."), value=shown(text)
        )
    return rating


def _title(own: RowCells) -> str:
    title = own.short("title", MAX_TITLE_CHARACTERS)
    if not title:
        raise CellNotUnderstood(gettext_noop("The title is missing."), field="title")
    return title


def _one_of[T](values: Mapping[str, T], shown_values: str) -> Callable[[str], T]:
    def parse(text: str) -> T:
        try:
            return values[text.casefold()]
        except KeyError:
            raise CellNotUnderstood(
                gettext_noop("“%(value)s” is none of: %(values)s, or empty."),
                value=shown(text),
                values=shown_values,
            ) from None

    return parse


def _check_order(row: LogRow) -> None:
    if row.started_on and row.closed_on and row.closed_on < row.started_on:
        raise CellNotUnderstood(
            gettext_noop("The contract ends on %(closed)s, before it starts on %(started)s."),
            field="closed_on",
            closed=row.closed_on.isoformat(),
            started=row.started_on.isoformat(),
        )
