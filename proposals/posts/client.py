"""What the page tells of the client: where, since when, and how they hired before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from proposals.posts.amounts import AMOUNT, amount_in
from proposals.posts.countries import is_country
from proposals.posts.facts import Read
from proposals.posts.lines import Line, Part, parts_of, runs_of

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
_COUNT: Final = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
_SCORE: Final = r"[0-5](?:\.\d{1,2})?"
_TIME: Final = r"\d{1,2}:\d{2}\s?(?:[AaPp]\.?[Mm]\.?)?"
_CITY: Final = re.compile(rf"(?P<city>[^\W\d](?:[^\d\n]{{0,40}}[^\W\d]\.?)?)[\s,–-]+{_TIME}")
_CITY_ALONE: Final = re.compile(r"[^\W\d][^\d\n]{0,40}")
_PLACE: Final = re.compile(
    r"(?:(?:country|location): ?)?(?:(?P<city>[^\W\d][^\d,:]{1,40}), ?)?(?P<country>[^\d,:]{2,60})",
    re.IGNORECASE,
)


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def _day(text: str) -> dt.date | None:
    month, day, year = re.findall(r"[^\W_]+", text)
    try:
        return dt.date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:  # no such month, or no such day
        return None


def _is_verified(text: str) -> bool:
    return not re.search(r"not |un", text, re.IGNORECASE)


def _percentage(text: str) -> int | None:
    return int(text) if int(text) <= 100 else None


def _score(text: str) -> Decimal | None:
    return Decimal(text) if Decimal(text) <= 5 else None


_FIGURES: Final[tuple[tuple[str, str, Callable[[str], object]], ...]] = (
    ("is_payment_verified", r"\b(payment (?:method )?(?:not |un)?verified)\b", _is_verified),
    ("member_since", r"\bmember since:?\s([a-z]{3,9}\.? \d{1,2},? \d{4})\b", _day),
    ("jobs_posted", rf"(?<![\d,.])({_COUNT}) jobs? posted\b", _whole),
    ("jobs_posted", rf"\bjobs posted:\s?({_COUNT})\b", _whole),
    ("hire_rate", r"(?<![\d,.])(\d{1,3})\s?% hire rate\b", _percentage),
    ("hire_rate", r"\bhire rate:\s?(\d{1,3})\s?%", _percentage),
    ("total_spent", r"(?<![\w.,])(SUM) (?:total )?spent\b", amount_in),
    ("total_spent", r"\btotal spent:\s?(SUM)", amount_in),
    ("hires", rf"(?<![\d,.])({_COUNT}) hires?\b(?! rate)", _whole),
    ("hires", rf"\b(?:total )?hires:\s?({_COUNT})\b", _whole),
    ("average_rate", r"(?<![\w.,])(SUM)\s?/\s?hr avg\.? hourly rate paid", amount_in),
    ("average_rate", r"\bavg\.? hourly rate paid:\s?(SUM)", amount_in),
    ("rating", rf"(?<![\d,.])({_SCORE}) of (?:{_COUNT}) reviews?\b", _score),
    ("rating", rf"\brating is ({_SCORE}) out of 5\b", _score),
    ("rating", rf"(?<![\d,.])({_SCORE}) ?\((?:{_COUNT}) reviews?\)", _score),
    ("reviews", rf"(?<![\d,.])({_COUNT}) reviews?\b", _whole),
)


def _with_blanks(pattern: str) -> str:
    """A figure and its words may stand on two lines; the blanks within a sum are its own."""
    return pattern.replace(" ", r"\s{1,3}").replace("SUM", AMOUNT)


_PATTERNS: Final = tuple(
    (name, re.compile(_with_blanks(pattern), re.IGNORECASE), value)
    for name, pattern, value in _FIGURES
)


def client_in(text: str, lines: Sequence[Line]) -> dict[str, Any]:
    """The facts about the client, by the names they have in `Facts`, from the page's own lines."""
    found: dict[str, Any] = {}
    runs = list(runs_of(lines, Part.CLIENT))
    for name, pattern, value_of in _PATTERNS:
        for start, end in runs:
            match = None if name in found else pattern.search(text, start, end)
            value = value_of(match[1]) if match else None
            if match and value is not None:
                found[name] = Read(value, match.start(1), match.end(1))
    return {**found, **_place_in([line for line in parts_of(lines, Part.CLIENT) if line.key])}


def _place_in(rows: Sequence[Line]) -> dict[str, Read[str]]:
    """The country, and the city that stands with it or with the local time below it."""
    for at, row in enumerate(rows):
        place = _PLACE.fullmatch(row.plain)
        if not place or not is_country(place["country"].strip()):
            continue
        found = {"country": _read(row, place, "country")}
        if place["city"]:
            found["city"] = _read(row, place, "city")
        elif city := _city_in(rows[at + 1 : at + 3]):
            found["city"] = city
        return found
    return {}


def _city_in(below: Sequence[Line]) -> Read[str] | None:
    if not below:
        return None
    match = _CITY.fullmatch(below[0].plain)
    if match:
        return _read(below[0], match, "city")
    has_time = len(below) > 1 and re.fullmatch(_TIME, below[1].plain)
    if has_time and _CITY_ALONE.fullmatch(below[0].plain):
        return Read(below[0].plain, below[0].start, below[0].end)
    return None


def _read(line: Line, match: re.Match[str], group: str) -> Read[str]:
    start, end = match.span(group)
    return Read(match[group], line.start + start, line.start + end)
