"""What pasted lines have in common: their cells, the days in them, and what is said about them.

No Django. A sentence about a line is kept as a template with parameters; the Django layer shows
`gettext(problem.template) % problem.params`.
"""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SHOWN_CHARACTERS: Final = 60

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_FULL_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH_NUMBERS: Final[Mapping[str, int]] = {
    name: number for names in (_MONTHS, _FULL_MONTHS) for number, name in enumerate(names, 1)
} | {"sept": 9}
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DOTTED = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})\.?,?[ -](?P<year>[0-9]{4})"
)
_SLASHES = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")
_COMMA_IN_DATE = re.compile(
    r"(?<![\w\"])([A-Za-z]{3,9}\.? [0-9]{1,2}(?:st|nd|rd|th)?), ?([0-9]{4})\b"
)


def gettext_noop(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about a line. `template` is English with named `%(name)s` places."""

    template: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, counted from 1, that was not understood, and why."""

    line: int
    text: str
    problem: Problem


class NotUnderstood(Exception):  # noqa: N818 - says what happened to the line
    """Raised for a line, with what is said about it."""

    def __init__(self, template: str, **params: str | int) -> None:
        self.problem = Problem(template, params)
        super().__init__(str(self.problem))


def cells_in(line: str) -> list[str]:
    """Split at tabs, else semicolons, bars or commas; the comma inside “Oct 2, 2026” is no end."""
    plain = "".join(" " if c == "\u00a0" else c for c in line if unicodedata.category(c) != "Cf")
    separator = next((each for each in "\t;|" if each in plain), ",")
    if separator == ",":
        plain = _COMMA_IN_DATE.sub(r"\1 \2", plain)
    plain = plain.replace("\0", " ")
    try:
        cells = next(csv.reader([plain], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:  # a cell beyond csv's own limit
        cells = [plain]
    stripped = [" ".join(cell.split()) for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped


def day_in(text: str) -> dt.date:
    """The day that a cell names; raises `NotUnderstood` for what is none, or could be two."""
    plain = text.casefold()
    matches = (each.fullmatch(plain) for each in (_ISO, _DOTTED, _MONTH_FIRST, _DAY_FIRST))
    match = next(filter(None, matches), None)
    if match is None:
        if _SLASHES.fullmatch(plain):
            told = gettext_noop(
                "“%(value)s” could be two different days: put the year first, such as 2026-10-02"
            )
        else:
            told = gettext_noop("“%(value)s” is not a date: write it as 2026-10-02")
        raise NotUnderstood(told, value=shown(text))
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTH_NUMBERS.get(month, 0)
    try:
        return dt.date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        told = gettext_noop("“%(value)s” is a day that does not exist")
        raise NotUnderstood(told, value=shown(text)) from None


def shown(text: str) -> str:
    """`text` as a sentence can quote it: one line, no control characters, not too long."""
    start = text.strip()[: SHOWN_CHARACTERS + 1]
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in start)
    return visible if len(visible) <= SHOWN_CHARACTERS else visible[:-1].rstrip() + "…"
