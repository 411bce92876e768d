"""The terms of a job: how it is paid, how long it takes, who may apply, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final

from proposals.posts.amounts import AMOUNT, amount_in, currency_in
from proposals.posts.facts import Between, Kind, Level, Read
from proposals.posts.lines import Line, Part, parts_of, runs_of
from proposals.posts.page_lines import DURATION, HOURS, LEVEL, POSTED, WHEN, is_place

_DASH: Final = r"\s*[-–—]\s*"
_PER_HOUR: Final = r"\s?/\s?hr\b"
_FIXED: Final = r"fixed[ -]price(?: project| job| budget)?"
_RATES: Final = (
    re.compile(rf"(?P<low>{AMOUNT})(?:{_PER_HOUR})?{_DASH}(?P<high>{AMOUNT})", re.IGNORECASE),
    re.compile(rf"hourly(?: range| rate)?\s*[:–—-]\s*(?P<low>{AMOUNT})", re.IGNORECASE),
    re.compile(rf"(?P<low>{AMOUNT})(?:{_PER_HOUR}|\s*\n[-•*\s]*hourly\b)", re.IGNORECASE),
)
_PRICES: Final = (
    re.compile(rf"(?P<sum>{AMOUNT})\s*\n?[-•*\s]*{_FIXED}", re.IGNORECASE),
    re.compile(rf"{_FIXED}[\s:–—•*-]*(?P<sum>{AMOUNT})", re.IGNORECASE),
    re.compile(rf"\bbudget[\s:]*(?P<sum>{AMOUNT})", re.IGNORECASE),
)
_KIND: Final = re.compile(
    rf"(?P<hourly>\bhourly\b|{_PER_HOUR})|(?P<fixed>\b{_FIXED}\b|\best\.? budget\b)", re.IGNORECASE
)
_NOT_PER: Final = (
    r"(?!\S?\d|\s*(?:[-–—/]|to\b|per\b|an?\b|each\b|every\b|monthly|weekly|daily|p\.|or\b|pro\b"
    r"|на\b|за\b|al?\b))"
)
_BUDGET_LABEL: Final = re.compile(
    r"(?:total |project |fixed |my |our )?"
    r"(?:budget|бюджет|presupuesto|orçamento|budżet)\s*[:–—=]\s*"
    rf"(?P<sum>{AMOUNT}){_NOT_PER}",
    re.IGNORECASE,
)
_BUDGET_IN_PROSE: Final = re.compile(
    r"\b(?:my|our|the|total|project) (?:(?:total|project|fixed) )?budget"
    r"(?: for (?:this|the|it|all)(?: \w+){0,3})? is "
    rf"(?:about |around |roughly |approximately )?(?P<sum>{AMOUNT}){_NOT_PER}",
    re.IGNORECASE,
)
_CONNECTS: Final = re.compile(
    r"(?:send a proposal for|required connects to submit a proposal|connects required|"
    r"connects to (?:apply|submit a proposal))\s?:?\s*(?P<number>\d{1,3})?(?:\s?connects)?",
    re.IGNORECASE,
)
_CONNECTS_VALUE: Final = re.compile(r"(?P<number>\d{1,3})(?:\s?connects)?", re.IGNORECASE)
_PROPOSALS: Final = re.compile(r"proposals\s?:?\s*(?P<value>\d.{0,10}|less than.{0,6})?", re.I)
_COUNT: Final = re.compile(
    r"less than (?P<below>\d{1,4})|(?P<low>\d{1,4}) to (?P<high>\d{1,4})|(?P<from>\d{1,4})\+|"
    r"(?P<exact>\d{1,4})",
    re.IGNORECASE,
)
_OWN_DURATION: Final = re.compile(
    r"(?:duration|project length|estimated duration|timeline)\s*:\s*(?P<value>[^.;]{3,40})", re.I
)
_OWN_LEVEL: Final = re.compile(rf"experience level\s*:\s*(?P<value>{LEVEL})\b", re.IGNORECASE)
_LEVELS: Final = {"ent": Level.ENTRY, "int": Level.INTERMEDIATE, "exp": Level.EXPERT}


def terms_in(text: str, lines: Sequence[Line]) -> dict[str, Any]:
    """The facts about the job itself, by the names they have in `Facts`."""
    terms = list(parts_of(lines, Part.TERMS))
    rows = list(parts_of(lines, Part.TERMS, Part.HEAD))
    return {
        **_pay_in(text, lines),
        "level": _level_in(terms),
        "duration": _first(rows, DURATION) or _own_duration(lines),
        "weekly_hours": _first(rows, HOURS),
        "connects": _connects_in(lines),
        "proposals": _proposals_in(lines),
        "posted": _posted_in(lines),
        "location": _location_in(lines),
    }


def _pay_in(text: str, lines: Sequence[Line]) -> dict[str, Any]:
    kind, rate, budget = None, None, None
    for start, end in runs_of(lines, Part.TERMS):
        kind = kind or _kind_in(text, start, end)
        rate = rate or _rate_in(text, start, end)
        budget = budget or _price_in(text, start, end)
    if kind and kind.value == Kind.FIXED:
        rate = None
    elif rate:
        budget = None
    if not (budget or rate):
        budget = _own_budget(lines)
    paid = rate or budget
    sign = re.search(AMOUNT, text[paid.start : paid.end], re.IGNORECASE) if paid else None
    currency = None
    if paid and sign:
        currency = Read(currency_in(sign[0]), paid.start + sign.start(), paid.start + sign.end())
    return {"kind": kind, "rate": rate, "budget": budget, "currency": currency}


def _kind_in(text: str, start: int, end: int) -> Read[Kind] | None:
    found = _KIND.search(text, start, end)
    if not found:
        return None
    return Read(Kind.HOURLY if found["hourly"] else Kind.FIXED, found.start(), found.end())


def _rate_in(text: str, start: int, end: int) -> Read[Between[Decimal]] | None:
    if not re.search(r"hourly|/\s?hr", text[start:end], re.IGNORECASE):
        return None
    for pattern in _RATES:
        if found := pattern.search(text, start, end):
            last = "high" if found.groupdict().get("high") else "low"
            low, high = sorted((amount_in(found["low"]), amount_in(found[last])))
            return Read(Between(low, high), found.start("low"), found.end(last))
    return None


def _price_in(text: str, start: int, end: int) -> Read[Decimal] | None:
    for pattern in _PRICES:
        if found := pattern.search(text, start, end):
            return Read(amount_in(found["sum"]), found.start("sum"), found.end("sum"))
    return None


def _own_budget(lines: Sequence[Line]) -> Read[Decimal] | None:
    """What the client's own words call the budget."""
    for line in parts_of(lines, Part.TEXT):
        found = _BUDGET_LABEL.match(line.plain) or _BUDGET_IN_PROSE.search(line.plain)
        if found:
            start, end = (line.start + each for each in found.span("sum"))
            return Read(amount_in(found["sum"]), start, end)
    return None


def _level_in(lines: Sequence[Line]) -> Read[Level] | None:
    for line in lines:
        found = re.search(rf"(?:^|[-–—·|•:] ?)({LEVEL})\b", line.plain, re.IGNORECASE)
        if found and not line.key.startswith("category"):
            level = _LEVELS[found[1][:3].lower()]
            return Read(level, line.start + found.start(1), line.start + found.end(1))
    return None


def _first(lines: Sequence[Line], pattern: str) -> Read[str] | None:
    for line in lines:
        if found := re.search(pattern, line.plain, re.IGNORECASE):
            return Read(found[0], line.start + found.start(), line.start + found.end())
    return None


def _own_duration(lines: Sequence[Line]) -> Read[str] | None:
    for line in parts_of(lines, Part.TEXT, Part.TERMS):
        found = _OWN_DURATION.fullmatch(line.plain.rstrip("."))
        if found and re.search(r"\b(?:days?|weeks?|months?|years?)\b", found["value"], re.I):
            start, end = (line.start + each for each in found.span("value"))
            return Read(found["value"], start, end)
    return None


def _connects_in(lines: Sequence[Line]) -> Read[int] | None:
    for line, below in zip_longest(lines, lines[1:]):
        label = _CONNECTS.fullmatch(line.plain.rstrip(".")) if line.key else None
        if not label:
            continue
        if label["number"]:
            found, at = label, line
        elif below and (value := _CONNECTS_VALUE.fullmatch(below.plain)):
            found, at = value, below
        else:
            continue
        return Read(int(found["number"]), at.start + found.start(1), at.start + found.end(1))
    return None


def _proposals_in(lines: Sequence[Line]) -> Read[Between[int]] | None:
    rows = list(parts_of(lines, Part.ACTIVITY, Part.TERMS, Part.CLIENT))
    for line, below in zip_longest(rows, rows[1:]):
        label = _PROPOSALS.fullmatch(line.plain) if line.key else None
        if not label:
            continue
        at, start = (line, label.start("value")) if label["value"] else (below, 0)
        if at and (found := _COUNT.match(at.plain, start)):
            return Read(_count_of(found), at.start + found.start(), at.start + found.end())
    return None


def _count_of(found: re.Match[str]) -> Between[int]:
    if found["below"]:
        return Between(0, max(0, int(found["below"]) - 1))
    if found["from"]:
        return Between(int(found["from"]), None)
    low = int(found["low"] or found["exact"])
    return Between(low, int(found["high"] or low))


def _posted_in(lines: Sequence[Line]) -> Read[str] | None:
    for line in parts_of(lines, Part.HEAD, Part.TERMS):
        if found := POSTED.search(line.plain) or WHEN.fullmatch(line.plain):
            start, end = (line.start + each for each in found.span("when"))
            return Read(found["when"], start, end)
    return None


def _location_in(lines: Sequence[Line]) -> Read[str] | None:
    for line in parts_of(lines, Part.HEAD):
        if is_place(line) and line.plain.rstrip(".").casefold() != "worldwide":
            return Read(line.plain, line.start, line.end)
    return None
