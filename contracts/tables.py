"""The columns of the contract list: their headings and what each sorts by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, OrderBy
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEFAULT_SORT = "-closed_on"

type _Expression = F | Lower

_SORT_KEYS: dict[str, _Expression] = {
    "title": Lower("title"),
    "freelancer": Lower("freelancer__name"),
    "status": F("status"),
    "started_on": F("started_on"),
    "closed_on": F("closed_on"),
    "rating": F("rating"),
    "earned": F("earned"),
    "hours": F("hours"),
}


def _order(key: str, *, descending: bool) -> tuple[OrderBy, ...]:
    """Rows without a value come last; only a contract that is still open counts as the latest."""
    expression = _SORT_KEYS[key]
    tie = F("pk").desc()
    if not descending:
        return expression.asc(nulls_last=True), tie
    if key == "closed_on":
        return expression.desc(nulls_first=True), F("started_on").desc(nulls_last=True), tie
    return expression.desc(nulls_last=True), tie


#: What may stand in `?sort=`, and the order that it means.
SORTS: dict[str, tuple[OrderBy, ...]] = {
    f"{'-' if descending else ''}{key}": _order(key, descending=descending)
    for key in _SORT_KEYS
    for descending in (False, True)
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `first` is the direction in which a first click sorts.

    A column that is `wide` only is left out on a tablet: the row's own page has it.
    """

    key: str
    label: Promise
    numeric: bool = False
    first: str = ""
    wide: bool = False


COLUMNS = (
    Column("title", _("Contract")),
    Column("freelancer", _("Freelancer"), wide=True),
    Column("status", _("Status"), wide=True),
    Column("started_on", _("Started"), first="-", wide=True),
    Column("closed_on", _("Closed"), first="-"),
    Column("rating", _("Rating"), first="-"),
    Column("earned", _("Earned"), numeric=True, first="-"),
    Column("hours", _("Hours"), numeric=True, first="-", wide=True),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading as the page shows it: `sort` is what its link sorts by."""

    label: Promise
    numeric: bool
    wide: bool
    sort: str
    aria_sort: str

    @property
    def is_sorted(self) -> bool:
        return self.aria_sort != "none"


def headings(sort: str, *, with_freelancer: bool) -> list[Heading]:
    """The headings while the list is sorted by `sort`."""
    return [
        _heading(column, sort)
        for column in COLUMNS
        if with_freelancer or column.key != "freelancer"
    ]


def _heading(column: Column, sort: str) -> Heading:
    after, aria_sort = column.first + column.key, "none"
    if sort == column.key:
        after, aria_sort = f"-{column.key}", "ascending"
    elif sort == f"-{column.key}":
        after, aria_sort = column.key, "descending"
    return Heading(column.label, column.numeric, column.wide, after, aria_sort)
