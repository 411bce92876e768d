"""What an expert coach would point at in a profile (P1, P3–P6, P9, P11). Pure: no Django, no clock.

`findings_of` runs every check over a `Content`. Precision goes before recall: a check that is not
sure keeps silent. The words for people stand in `profiles.check_words`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from profiles.checks import (
    balance,
    claims,
    completeness,
    employment,
    flash,
    jargon,
    opening,
    paragraphs,
    pasted,
    readability,
    resume,
)
from profiles.checks.findings import Finding, Place, Weight
from profiles.checks.language import is_english, language_of
from profiles.content import ENTRY_TYPES, FIELDS, Content
from profiles.record import Record

__all__ = ["ALL_CHECKS", "Finding", "Weight", "findings_of", "language_of"]

ALL_CHECKS: Final = (
    # The first words (P3, P4, P11)
    *("weak-opening-greeting", "weak-opening-years", "weak-opening-question"),
    *("opening-line-long", "opening-paragraph-long", "opening-says-nothing"),
    # The other don'ts (P4)
    *("repeats-badge", "repeats-quotes", "bullet-wall", "date-range"),
    *("early-jargon", "early-acronym", "hard-to-read", "promise"),
    *("exclamation-marks", "words-in-capitals", "emoji", "decoration"),
    # Modules (P3)
    *("paragraph-long", "paragraph-leans"),
    # Pasted along
    *("pasted-html", "invisible-characters", "direction-override"),
    # Limits (P11)
    *("title-limit", "overview-limit", "skills-limit", "rate-limit"),
    # Completeness (P5)
    *("title-empty", "rate-empty", "overview-empty", "skills-few", "portfolio-few"),
    *("languages-empty", "language-level", "education-empty", "employment-empty"),
    *("testimonials-empty", "certifications-many", "experience-empty"),
    *("availability-empty", "availability-date-missing", "availability-date-past"),
    *("video-empty", "catalogue-empty"),
    *("employment-third-person", "employment-acronym"),
    # One or two skills, a market and a service (P1, P9)
    *("title-without-key-skill", "market-empty", "service-empty"),
    # The contract log (P6)
    *("balance-hours", "balance-only-fixed", "balance-only-hourly", "balance-quiet"),
    *("earnings-hidden", "earnings-may-hide"),
)
"""The key of every check."""

LONGEST_READ: Final = 20_000
"""Characters of one text that are read; what stands behind them is far over every limit."""

_OWN_WORDS: Final = frozenset(
    {
        *("title", "overview", "market", "service"),
        *("portfolio", "employment", "experience", "catalogue"),
    }
)
"""Where the freelancer's own prose stands; testimonials are other people's words."""
_PAGE: Final = {name: number for number, name in enumerate((*FIELDS, "record"))}
_PARTS: Final = {name: [part.name for part in fields(kind)] for name, kind in ENTRY_TYPES.items()}
_NO_PROSE: Final = frozenset({"years", "link", "level", "price", "year"})


def findings_of(
    content: Content,
    *,
    record: Record | None = None,
    as_of: dt.date | None = None,
    language: str | None = None,
) -> tuple[Finding, ...]:
    """Everything found, by field in the order of the page and then by place in the text.

    `language` is an ISO 639-1 code; without it the overview's own is guessed. English alone has
    all checks, any other language those that know no words. Without `record` nothing is said about
    balance (P6), without `as_of` nothing about what has passed since.
    """
    overview = Place("overview", content.overview[:LONGEST_READ])
    english = is_english(content.overview.strip() or content.title, language)
    found = [
        *_any_overview(overview),
        *_any_text(content, english=english),
        *completeness.limit_findings(content),
        *completeness.missing_findings(content),
        *completeness.count_findings(content),
        *completeness.language_findings(content),
        *completeness.availability_findings(content, as_of),
        *completeness.niche_findings(content),
    ]
    if english:
        found += _english_findings(content, overview, language)
    if record is not None:
        found += balance.balance_findings(content, record, as_of)
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    entry = -1 if finding.entry is None else finding.entry
    return _PAGE[finding.field], entry, finding.start, finding.end, finding.check


def _any_overview(overview: Place) -> Iterator[Finding]:
    yield from opening.opening_lengths(overview)
    yield from claims.repeated_quotes(overview)
    yield from resume.bullet_walls(overview)
    yield from resume.date_ranges(overview)
    yield from paragraphs.paragraph_lengths(overview)


def _any_text(content: Content, *, english: bool) -> Iterator[Finding]:
    names = jargon.own_names(content)
    for place in _places(content):
        yield from pasted.pasted_findings(place)
        if place.field in _OWN_WORDS and place.part not in _NO_PROSE:
            yield from flash.flash_findings(place, english=english, known=names)


def _places(content: Content) -> Iterator[Place]:
    """Every text that somebody typed."""
    for field in ("title", "overview", "market", "service", "video"):
        yield Place(field, getattr(content, field)[:LONGEST_READ])
    for index, skill in enumerate(content.skills):
        yield Place("skills", skill[:LONGEST_READ], index)
    for field in ENTRY_TYPES:
        for index, entry in enumerate(getattr(content, field)):
            for part in _PARTS[field]:
                yield Place(field, getattr(entry, part)[:LONGEST_READ], index, part)


def _english_findings(content: Content, overview: Place, language: str | None) -> Iterator[Finding]:
    yield from opening.opening_findings(overview)
    yield from opening.opening_says_nothing(overview, content)
    yield from claims.repeated_badges(overview)
    yield from claims.promises(overview)
    yield from claims.promises(Place("title", content.title[:LONGEST_READ]))
    yield from jargon.early_jargon(overview, content)
    yield from paragraphs.leaning_paragraphs(overview)
    yield from readability.hard_to_read(overview)
    for index, job in enumerate(content.employment):
        place = Place("employment", job.description[:LONGEST_READ], index, "description")
        if is_english(place.text, language):
            yield from employment.third_person(place, job.company)
            yield from jargon.employment_acronyms(place, content)
