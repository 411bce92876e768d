"""A résumé pasted in (P4), in any language: walls of bullets and ranges of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import is_bullet, lines_of, trimmed
from profiles.checks.findings import Finding, Place, Span

WALL: Final = 6
"""Bullets one under the other, empty lines between them not counted [C]."""

_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
_MONTH: Final = (
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|янв|фев|мар|апр|ма[йя]"
    r"|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру)[^\W\d_]{0,7}"
    r"\.?,? |\b\d{1,2}[./])"
)
_NOW: Final = (
    r"(?:present|now|today|current(?:ly)?|ongoing|till date|date|теперішній|дотепер|донині|сьогодні"
    r"|зараз|настоящее|по наст|наст|н\. ?в|сейчас|heute|actualidad|actualmente|presente|hoy|hoje"
    r"|aujourd['’]hui|présent|obecnie|oggi)\b"
)
_DATES: Final = re.compile(
    rf"(?<![\w$€£.,/-]){_MONTH}?{_YEAR}\s?(?:[-–—‒]\s?(?:{_MONTH}?{_YEAR}|{_NOW})"
    rf"|(?:to|until|till|по|до)\s(?:{_NOW}|{_MONTH}{_YEAR}))(?!\s(?:tax|season|school|academic|fiscal|financial"
    r"|budget|edition))",
    re.IGNORECASE,
)


def bullet_walls(overview: Place) -> Iterator[Finding]:
    """Each run of `WALL` bullets and more."""
    spans = (
        (span, bullets) for span, bullets in _runs_of_bullets(overview.text) if bullets >= WALL
    )
    for span, bullets in list(spans)[:3]:
        yield overview.at(span, "bullet-wall", "P4", bullets=bullets)


def _runs_of_bullets(text: str) -> Iterator[tuple[Span, int]]:
    start = end = bullets = 0
    for line in lines_of(text):
        if is_bullet(text, line[0]):
            start = start if bullets else trimmed(text, line)[0]
            end, bullets = trimmed(text, line)[1], bullets + 1
        elif text[line[0] : line[1]].strip():
            if bullets:
                yield (start, end), bullets
            bullets = 0
    if bullets:
        yield (start, end), bullets


def date_ranges(overview: Place) -> Iterator[Finding]:
    """“2015–2019”, “Jan 2018 - Present”: they belong to the employment history."""
    spans = (found.span() for found in _DATES.finditer(overview.text))
    yield from overview.each(spans, "date-range", "P4")
