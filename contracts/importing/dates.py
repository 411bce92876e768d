"""Dates as Upwork, spreadsheets and people write them.

Understood: `2026-10-02` (a time of day after it is dropped), `Oct 2, 2026` and `2 October 2026`
with short or full English month names, `02.10.2026` (dotted dates are always day first), and
`31/12/2026` or `12/31/2026` where one number can only be the day. `03/04/2026` is a question, not a
date.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from contracts.importing.limits import FIRST_YEAR, LAST_YEAR
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown

_MONTHS: Final = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBERS: Final = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names
}

_MAX_CHARACTERS: Final = 40
_TIME = (
    r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-][0-9:]+)?)?"
)
_ISO = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ?([0-9]{4})")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{2}|[0-9]{4})"
)
_NUMBERS = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")


@lru_cache(maxsize=4096)
def date_in(text: str) -> date:
    """Return the date that a cell holds. Raises `CellNotUnderstood`, also for an empty one."""
    if len(text) <= _MAX_CHARACTERS:
        plain = " ".join(text.split())
        if match := _ISO.fullmatch(plain):
            return _day(text, match[1], int(match[3]), match[4])
        if match := _MONTH_FIRST.fullmatch(plain):
            return _day(text, match[3], _month(text, match[1]), match[2])
        if match := _DAY_FIRST.fullmatch(plain):
            year = match[3] if len(match[3]) == 4 else "20" + match[3]
            return _day(text, year, _month(text, match[2]), match[1])
        if match := _NUMBERS.fullmatch(plain):
            return _from_numbers(text, match)
    raise _not_a_date(text)


def is_date(text: str) -> bool:
    """Say whether a text is a date that `date_in` understands."""
    try:
        date_in(text)
    except CellNotUnderstood:
        return False
    return True


def _from_numbers(text: str, match: re.Match[str]) -> date:
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12 or first == second:
        return _day(text, match[4], second, match[1])
    if second > 12:
        return _day(text, match[4], first, match[3])
    raise CellNotUnderstood(
        gettext_noop("“%(value)s” could be two different days: write it as 2026-10-02."),
        value=shown(text),
    )


def _month(text: str, name: str) -> int:
    number = _MONTH_NUMBERS.get(name.lower())
    if number is None:
        raise _not_a_date(text)
    return number


def _day(text: str, year: str, month: int, day: str) -> date:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is a day that does not exist."), value=shown(text)
        ) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not between %(first)s and %(last)s."),
            value=shown(text),
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        )
    return found


def _not_a_date(text: str) -> CellNotUnderstood:
    if not text.strip():
        return CellNotUnderstood(gettext_noop("The date is missing."))
    return CellNotUnderstood(
        gettext_noop("“%(value)s” is not a date: write it as 2026-10-02."), value=shown(text)
    )
