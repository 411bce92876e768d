"""What people type or paste into the grid, and what it means.

Forgiving on purpose: a cell is understood in every way in which it can only mean one thing. What is
not understood raises `CellNotUnderstood` with a sentence that says what to write instead.
"""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from enum import StrEnum
from typing import Final

from contracts.importing.dates import date_in
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown

type CellValue = dt.date | Decimal | str | bool | None


class Column(StrEnum):
    """The grid's editable columns, from left to right, which is the order in which they are saved:
    nobody has ended a contract that has no closing date yet."""

    CLOSED_ON = "closed_on"
    ENDED_BY = "ended_by"
    RATING = "rating"
    UNDER_AGENCY = "under_agency"


LONGEST_CELL: Final = 100
LONGEST_BLOCK: Final = 200_000  # characters; a hundred rows of four cells are 5,000

_NOTHING: Final = frozenset({"", "-", "–", "—", "none", "n/a", "na", "nothing"})
_NO_FEEDBACK: Final = _NOTHING | {"no", "no feedback", "without feedback", "no rating", "unrated"}
_TODAY: Final = "today"
_YESTERDAY: Final = "yesterday"
_CLIENT: Final = "client"
_FREELANCER: Final = "freelancer"
_MYSELF: Final = frozenset({"i", "m", "me", "myself", "us", "we"})
_YES: Final = frozenset({"y", "yes", "true", "t", "1", "x", "on", "✓", "✔", "agency"})
_NO: Final = _NOTHING | {"n", "no", "false", "f", "0", "off"}
_RATING: Final = re.compile(
    r"([0-9]{1,3})(?:[.,]([0-9]{0,6}))?(?: ?(?:/|of|out of) ?5(?:[.,]0+)?)?"
)


def value_in(column: Column, text: str, *, today: dt.date) -> CellValue:
    """Return the value that a cell of this column holds. Raises `CellNotUnderstood`."""
    match column:
        case Column.CLOSED_ON:
            return closed_on_in(text, today=today)
        case Column.ENDED_BY:
            return ended_by_in(text)
        case Column.RATING:
            return rating_in(text)
        case Column.UNDER_AGENCY:
            return under_agency_in(text)


def closed_on_in(text: str, *, today: dt.date) -> dt.date | None:
    """Return the closing date; None for an open contract."""
    plain = _plain(text)
    if plain in _NOTHING or plain == "open":
        return None
    if plain == _TODAY:
        return today
    if plain == _YESTERDAY:
        return today - dt.timedelta(days=1)
    return date_in(text[:LONGEST_CELL])


def ended_by_in(text: str) -> str:
    """Return "client", "freelancer", or "" for not known. Any beginning of the word will do."""
    plain = _plain(text)
    if plain in _NOTHING:
        return ""
    if _CLIENT.startswith(plain):
        return _CLIENT
    if _FREELANCER.startswith(plain) or plain in _MYSELF:
        return _FREELANCER
    raise CellNotUnderstood(
        gettext_noop("“%(value)s” is neither of the two: write client or freelancer."),
        value=shown(text),
    )


def rating_in(text: str) -> Decimal | None:
    """Return the public rating, 1.00 to 5.00; None for no feedback (J3)."""
    plain = _plain(text)
    if plain in _NO_FEEDBACK:
        return None
    match = _RATING.fullmatch(plain)
    if match is None:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not a rating: write it as 4.85, or “none”."),
            value=shown(text),
        )
    rating = Decimal(f"{match[1]}.{match[2] or '0'}")
    if not 1 <= rating <= 5:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not between 1 and 5."), value=shown(text)
        )
    if rating != rating.quantize(Decimal("0.01")):
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” has more than two decimals."), value=shown(text)
        )
    return rating.quantize(Decimal("0.01"))


def under_agency_in(text: str) -> bool:
    """Return whether the contract is under the agency (J14)."""
    plain = _plain(text)
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise CellNotUnderstood(gettext_noop("“%(value)s” is neither yes nor no."), value=shown(text))


def block_in(text: str) -> list[list[str]]:
    """Return the rows and cells of a block as spreadsheets put it on the clipboard.

    Tabs part cells and line ends part rows; a cell with one of them stands in double quotes. The
    line end after the last row starts no further row. Never raises.
    """
    lines = text[:LONGEST_BLOCK].replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if "\t" not in lines and '"' not in lines:
        return [[line] for line in lines.removesuffix("\n").split("\n")]
    rows = csv.reader(io.StringIO(lines, newline=""), dialect=_Clipboard)
    return [row or [""] for row in rows] or [[""]]


def edits_of_block[RowT](
    block: list[list[str]], rows: list[RowT], first: Column
) -> list[tuple[RowT, Column, str]]:
    """Lay a block over the rows and columns from `first` on; what sticks out is left out."""
    columns = list(Column)[list(Column).index(first) :]
    return [
        (row, column, text)
        for row, cells in zip(rows, block, strict=False)
        for column, text in zip(columns, cells, strict=False)
    ]


class _Clipboard(csv.excel_tab):
    lineterminator = "\n"


def _plain(text: str) -> str:
    return " ".join(text[:LONGEST_CELL].split()).casefold()
