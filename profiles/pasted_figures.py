"""Weekly figures as they are copied out of a sheet or My Stats, one week a line (P7). No Django.

A line is a day and three or four numbers: profile views, invitations, replies and, where they
were noted, proposals sent. The first line may name the columns in any order.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from profiles.conversion import Week
from profiles.pasted_lines import (
    BadLine,
    NotUnderstood,
    cells_in,
    day_in,
    gettext_noop,
    shown,
)

EARLIEST: Final = dt.date(2015, 1, 1)
"""Upwork took its name in 2015: an earlier year is a slip."""
MOST: Final = 1_000_000
"""Of anything in one week: more is a slip."""
MOST_LINES: Final = 600
"""More than ten years of weeks."""

USUAL_ORDER: Final = ("week", "views", "invitations", "replies", "proposals")
"""The columns where the first line doesn't name them."""
_NEEDED: Final = USUAL_ORDER[:4]
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "week": ("week", "date", "day", "week of", "week starting", "week start", "starts on"),
    "views": ("views", "profile views", "viewed", "profile viewed", "times viewed"),
    "invitations": ("invitations", "invites", "invited", "invitations received", "job invites"),
    "replies": ("replies", "reply", "interviews", "interviewed", "responses", "answers"),
    "proposals": ("proposals", "proposals sent", "sent", "applications", "submitted"),
}
_COLUMNS: Final = {name: column for column, names in _NAMES.items() for name in names}

_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[,.'’ ][0-9]{3})+")
_NEGATIVE = re.compile(r"[-−–]\s*[0-9][0-9,.'’ ]*|\([0-9][0-9,.'’ ]*\)")


def pasted_figures(text: str, *, today: dt.date) -> tuple[tuple[Week, ...], tuple[BadLine, ...]]:
    """The weeks, oldest first, or what is wrong: all or none, so one of the two is empty.

    A day inside a week stands for that week's Monday. The week in which `today` lies may be there
    (it isn't over yet, but it has begun), a later one not. The same week twice is a problem unless
    both lines say the same.
    """
    columns: Sequence[str] = USUAL_ORDER
    found: dict[dt.date, tuple[int, Week]] = {}
    bad: list[BadLine] = []
    is_first = True
    for number, line in enumerate(text.splitlines(), start=1):
        cells = cells_in(line)
        if not any(cells):
            continue
        try:
            if number > MOST_LINES:
                told = gettext_noop("more than %(most)s lines: paste them in parts")
                raise NotUnderstood(told, most=MOST_LINES)
            if is_first and (named := _header_in(cells)):
                columns = named
                continue
            _keep(_week_in(cells, columns, today), number, found)
        except NotUnderstood as error:
            bad.append(BadLine(number, shown(line), error.problem))
            if number > MOST_LINES:
                break
        finally:
            is_first = False
    if bad:
        return (), tuple(bad)
    return tuple(found[day][1] for day in sorted(found)), ()


def _keep(week: Week, number: int, found: dict[dt.date, tuple[int, Week]]) -> None:
    line, first = found.setdefault(week.starts_on, (number, week))
    if first != week:
        told = gettext_noop("line %(line)s gives other figures for the same week")
        raise NotUnderstood(told, line=line)


def _header_in(cells: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that a line names ("" for others), or None where it is no header.

    A line without any digit and with at least one known name is one. Raises `NotUnderstood` where
    a needed column is missing or one is there twice.
    """
    names = [cell.casefold().strip(" .:#") for cell in cells]
    known = [_COLUMNS.get(name, "") for name in names]
    if not any(known) or any(c.isdigit() for cell in cells for c in cell):
        return None
    for column in USUAL_ORDER:
        if known.count(column) > 1:
            told = gettext_noop("the column “%(column)s” is there twice")
            raise NotUnderstood(told, column=column)
        if column in _NEEDED and column not in known:
            told = gettext_noop("the column “%(column)s” is missing")
            raise NotUnderstood(told, column=column)
    return tuple(known)


def _week_in(cells: Sequence[str], columns: Sequence[str], today: dt.date) -> Week:
    if len(cells) > len(columns):
        told = gettext_noop("there are %(cells)s values and only %(columns)s columns")
        raise NotUnderstood(told, cells=len(cells), columns=len(columns))
    of_column = {
        column: cell for column, cell in zip(columns, cells, strict=False) if column and cell
    }
    missing = [column for column in _NEEDED if column not in of_column]
    if len(missing) == len(_NEEDED) - 1:
        told = gettext_noop(
            "a day and the numbers of views, invitations and replies are expected, such as "
            "2026-10-05, 120, 3, 2"
        )
        raise NotUnderstood(told)
    if missing:
        raise NotUnderstood(gettext_noop("“%(column)s” is missing"), column=missing[0])
    day = day_in(of_column["week"])
    monday = day - dt.timedelta(days=day.weekday())
    if monday > today:
        raise NotUnderstood(gettext_noop("that week is still to come"))
    if day < EARLIEST:
        raise NotUnderstood(gettext_noop("that is before Upwork; check the year"))
    proposals = of_column.get("proposals")
    return Week(
        starts_on=monday,
        views=_number_in(of_column["views"]),
        invitations=_number_in(of_column["invitations"]),
        replies=_number_in(of_column["replies"]),
        proposals=None if proposals is None else _number_in(proposals),
    )


def _number_in(text: str) -> int:
    if _NEGATIVE.fullmatch(text):
        told = gettext_noop("“%(value)s” is below zero")
    elif not _WHOLE.fullmatch(text):
        told = gettext_noop("“%(value)s” is not a whole number")
    else:
        digits = "".join(c for c in text if c.isdigit()).lstrip("0") or "0"
        if len(digits) <= len(str(MOST)) and int(digits) <= MOST:
            return int(digits)
        told = gettext_noop("“%(value)s” is more than a week can have")
    raise NotUnderstood(told, value=shown(text))
