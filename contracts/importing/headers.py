"""Which export a header belongs to, and which column is which.

Upwork has spelled its headers in several ways and spreadsheets add their own, so names are compared
without case, blanks, underscores and byte-order marks, and each field has aliases. The order of the
columns does not matter, and neither do further columns.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from contracts.importing.limits import MAX_COLUMNS
from contracts.importing.problems import UnreadableFile, gettext_noop, shown

Format = Literal["A", "B", "C", "D"]

_TRANSACTIONS: Final = {
    "paid_on": ("date", "transaction date"),
    "freelancer": ("freelancer",),
    "agency": ("agency", "agency team"),
    "client": ("client team", "client", "team"),
    "external_id": ("ref id", "reference id", "ref. id", "refid"),
    "amount": ("amount $", "amount ($)", "amount", "amount usd", "amount (usd)", "amount in usd"),
    "local_amount": ("amount in local currency", "local amount"),
    "currency": ("currency",),
    "balance": ("current balance $", "balance", "current balance", "balance $"),
}

FIELDS: Final[Mapping[Format, Mapping[str, tuple[str, ...]]]] = {
    "A": _TRANSACTIONS
    | {
        "type": ("transaction type", "type"),
        "transaction_id": ("transaction id",),
        "title": ("transaction summary",),
        "details": ("transaction summary details",),
        "description_1": ("description 1",),
        "description_2": ("description 2",),
        "description_3": ("description 3",),
    },
    "B": _TRANSACTIONS
    | {
        "type": ("type",),
        "description": ("description",),
    },
    "C": {
        "paid_on": ("date",),
        "contract": ("contract", "contract title", "contract name"),
        "hours": ("hours", "hours worked", "total hours"),
        "amount": ("amount", "amount $", "amount ($)", "charges", "amount usd"),
        "type": ("payment type", "type"),
        "freelancer": ("freelancer", "provider"),
        "agency": ("agency", "agency team"),
        "client": ("client", "client team", "team", "company"),
        "currency": ("currency",),
        "description": ("memo", "description", "notes"),
    },
    "D": {
        "title": ("title", "contract title", "job title", "contract name", "contract"),
        "client": ("client", "client name"),
        "kind": ("kind", "type", "contract type"),
        "started_on": ("started on", "started", "start date", "start"),
        "closed_on": ("closed on", "closed", "date closed", "closing date", "end date", "ended on"),
        "earned": ("earned", "earnings", "total earned", "earned $", "amount earned"),
        "hours": ("hours", "total hours", "hours worked"),
        "rating": ("rating", "stars", "public rating", "feedback rating"),
        "ended_by": ("ended by", "closed by"),
        "under_agency": ("under agency",),
        "client_flagged": ("client flagged", "client was flagged"),
        "feedback_removed": ("feedback removed",),
        "notes": ("notes", "note"),
    },
}
"""Per format: field → the header names that mean it, best first, as `folded` writes them."""

FREE_TEXT_FIELDS: Final = frozenset(
    {"details", "description_1", "description_2", "description_3", "description", "notes"}
)
"""What people write freely, line breaks included."""

_REQUIRED: Final[Mapping[Format, tuple[str, ...]]] = {
    "A": ("paid_on", "type", "amount"),
    "B": ("paid_on", "type", "amount"),
    "C": ("paid_on", "contract"),
    "D": ("title",),
}

_INVISIBLE = re.compile("[\ufeff\u200b\u200e\u200f\u2060]")
_BLANKS = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header.

    `names` are the columns as spelled, made unique; `positions` gives each known field's index,
    and -1 for a field that the file does not have.
    """

    format: Format
    names: tuple[str, ...]
    positions: Mapping[str, int]
    line: int

    def name(self, field: str) -> str:
        """Return the file's own name for a field's column, "" where there is none."""
        position = self.positions[field]
        return self.names[position] if position >= 0 else ""

    def single_line_columns(self) -> list[int]:
        """Return the columns that hold one line each: all known ones but free text."""
        return [
            position
            for field, position in self.positions.items()
            if position >= 0 and field not in FREE_TEXT_FIELDS
        ]


def folded(name: str) -> str:
    """Return a header name as it is compared: `\\ufeffClosed_on ` → `closed on`."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", name)).strip().casefold()


def recognise(cells: Sequence[str], line: int) -> Header:
    """Return the header that `cells` are. Raises `UnreadableFile` where they are none."""
    names = _names(cells)
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(
            "too_many_columns",
            gettext_noop("Line %(line)s has %(columns)s columns; at most %(limit)s can be read."),
            line=line,
            columns=len(names),
            limit=MAX_COLUMNS,
        )
    spelled = [folded(name) for name in names]
    found = format_of(spelled)
    if found is None:
        raise _unknown(names, line)
    positions = _positions(found, spelled)
    _check_complete(found, positions, names, spelled, line)
    return Header(found, _unique(names), positions, line)


def format_of(spelled: Iterable[str]) -> Format | None:
    """Return the format that folded header names belong to, None where they are of none."""
    names = set(spelled)
    if names & {"transaction type", "transaction summary"}:
        return "A"
    if "date" in names and names & {"contract", "contract title", "contract name"}:
        return "C"
    if "type" in names and names & {"date", "transaction date"} and _has("B", "amount", names):
        return "B"
    others = sum(_has("D", field, names) for field in FIELDS["D"] if field != "title")
    if _has("D", "title", names) and (others or len(names) == 1):
        return "D"
    return None


def _has(format_: Format, field: str, names: set[str]) -> bool:
    return not names.isdisjoint(FIELDS[format_][field])


def _names(cells: Sequence[str]) -> list[str]:
    """Strip the names, and drop unnamed columns at the end (a spreadsheet's empty ones)."""
    names = [_INVISIBLE.sub("", cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Give unnamed and repeated columns names of their own, so that no cell of theirs is lost."""
    unique: list[str] = []
    for number, name in enumerate(names, start=1):
        own = name or f"column {number}"
        while own in unique:
            own = f"{own} (column {number})"
        unique.append(own)
    return tuple(unique)


def _positions(format_: Format, spelled: Sequence[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for field, aliases in FIELDS[format_].items():
        present = [alias for alias in aliases if alias in spelled]
        positions[field] = spelled.index(present[0]) if present else -1
    return positions


def _check_complete(
    format_: Format,
    positions: Mapping[str, int],
    names: Sequence[str],
    spelled: Sequence[str],
    line: int,
) -> None:
    missing = [field for field in _REQUIRED[format_] if positions[field] < 0]
    if format_ == "C" and positions["hours"] < 0 and positions["amount"] < 0:
        missing.append("amount")
    if missing:
        raise UnreadableFile(
            "column_missing",
            gettext_noop("The column “%(column)s” is missing in line %(line)s, the header."),
            line=line,
            column=FIELDS[format_][missing[0]][0].capitalize(),
        )
    for field, position in positions.items():
        if position >= 0 and spelled.count(spelled[position]) > 1:
            raise UnreadableFile(
                "column_twice",
                gettext_noop("Line %(line)s, the header, has the column “%(column)s” twice."),
                line=line,
                column=names[position] or field,
            )


def _unknown(names: Sequence[str], line: int) -> UnreadableFile:
    return UnreadableFile(
        "unknown_header",
        gettext_noop(
            "Line %(line)s is not the header of an export that can be read. It should name the "
            "columns, as in “Date, Transaction ID, …”; it reads “%(header)s”."
        ),
        line=line,
        header=shown(", ".join(names[:20])),
    )
