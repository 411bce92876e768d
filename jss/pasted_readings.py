"""Readings as people note them, one a line: “2026-10-01 93”, “93%; 1 Oct 2026” (J7). No Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.importing.dates import date_in
from contracts.importing.problems import CellNotUnderstood, Problem, gettext_noop, shown

EARLIEST = date(2005, 1, 1)
"""Before it Upwork had no score."""
MOST_LINES = 200

_BETWEEN = r"[\s;,|:]+"
_NUMBER = r"([0-9]{1,4}(?:[.][0-9]+)?)\s*%?"
_DATE_FIRST = re.compile(rf"(?P<date>.+?){_BETWEEN}(?P<score>{_NUMBER})")
_SCORE_FIRST = re.compile(rf"(?P<score>{_NUMBER}){_BETWEEN}(?P<date>.+)")


@dataclass(frozen=True, slots=True)
class PastedReading:
    """One understood line, counted from 1."""

    line: int
    observed_on: date
    score: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not understood, and why."""

    line: int
    text: str
    problem: Problem


def pasted_readings(text: str, *, today: date) -> tuple[list[PastedReading], list[BadLine]]:
    """Every line that isn't empty: the understood ones, and the others with their reason.

    The same day may stand there twice only with the same score, which is then one reading.
    """
    found: dict[date, PastedReading] = {}
    bad: list[BadLine] = []
    for number, line in _lines(text):
        try:
            day, score = _reading_in(line, today)
            first = found.setdefault(day, PastedReading(number, day, score))
            if first.score != score:
                told = gettext_noop("line %(line)s gives another score for the same day")
                raise CellNotUnderstood(told, line=first.line)
        except CellNotUnderstood as error:
            bad.append(BadLine(number, shown(line), error.problem))
    return list(found.values()), bad


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if stripped := line.strip().strip(";,|").strip():
            yield number, stripped


def _reading_in(line: str, today: date) -> tuple[date, int]:
    """The day and the score of a line. Raises `CellNotUnderstood`."""
    orders = [_DATE_FIRST.fullmatch(line), _SCORE_FIRST.fullmatch(line)]
    matches = [match for match in orders if match]
    if not matches:
        raise CellNotUnderstood(_what_is_missing(line))
    problem = None
    for match in matches:
        try:
            day = date_in(match["date"].strip())
        except CellNotUnderstood as error:
            problem = problem or error
            continue
        return _checked_day(day, today), _score_in(match["score"])
    raise problem or CellNotUnderstood(_what_is_missing(line))


def _what_is_missing(line: str) -> str:
    try:
        date_in(line)
    except CellNotUnderstood:
        return gettext_noop("a date and a score are expected, such as 2026-10-01 93")
    return gettext_noop("the score is missing")


def _checked_day(day: date, today: date) -> date:
    if day > today:
        raise CellNotUnderstood(gettext_noop("that day is still to come"))
    if day < EARLIEST:
        raise CellNotUnderstood(gettext_noop("that is before Upwork had a score; check the year"))
    return day


def _score_in(text: str) -> int:
    number = text.rstrip("% \t")
    if "." in number or int(number) > 100:
        raise CellNotUnderstood(gettext_noop("a score is a whole per cent from 0 to 100"))
    return int(number)
