"""What is missing (P5), what is over a limit (P11), and the niche (P1, P9). Any language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from profiles.checks.findings import Fact, Finding, Place, Weight
from profiles.checks.word_data import stems_of
from profiles.content import (
    ENOUGH_PORTFOLIO,
    ENOUGH_SKILLS,
    HIGHEST_RATE,
    LONGEST_OVERVIEW,
    LONGEST_TITLE,
    LOWEST_RATE,
    MOST_SKILLS,
    Availability,
    Content,
    Kind,
    Level,
)

KEY_SKILLS: Final = 2
"""A specialised profile centres on one or two (P1)."""
MANY_CERTIFICATIONS: Final = 3
"""From more than these on we ask which of them carry weight [C]."""


def _about(
    field: str, check: str, rule: str, weight: Weight = Weight.ADVICE, /, **facts: Fact
) -> Finding:
    return Finding(check, rule, weight, field, facts=facts)


def limit_findings(content: Content) -> Iterator[Finding]:
    """P11: what Upwork does not take."""
    lengths: Mapping[str, tuple[str, int]] = {
        "title": (content.title, LONGEST_TITLE),
        "overview": (content.overview, LONGEST_OVERVIEW),
    }
    for field, (text, limit) in lengths.items():
        if len(text) > limit:
            place = Place(field, text)
            facts: dict[str, Fact] = {"length": len(text), "limit": limit}
            yield place.at((limit, len(text)), f"{field}-limit", "P11", Weight.MUST, **facts)
    if len(content.skills) > MOST_SKILLS:
        skills = {"count": len(content.skills), "limit": MOST_SKILLS}
        yield _about("skills", "skills-limit", "P11", Weight.MUST, **skills)
    if content.rate is not None and not LOWEST_RATE <= content.rate <= HIGHEST_RATE:
        bounds = {"rate": str(content.rate), "lowest": str(LOWEST_RATE)}
        highest = str(HIGHEST_RATE)
        yield _about("rate", "rate-limit", "P11", Weight.MUST, **bounds, highest=highest)


def missing_findings(content: Content) -> Iterator[Finding]:
    """P5: what an empty field costs; video and catalogue with both views."""
    for field in ("title", "overview"):
        if not getattr(content, field).strip():
            yield _about(field, f"{field}-empty", "P5")
    if content.rate is None:
        yield _about("rate", "rate-empty", "P5")
    for field in ("education", "employment", "testimonials"):
        if not getattr(content, field):
            yield _about(field, f"{field}-empty", "P5")
    if not content.video.strip():
        yield _about("video", "video-empty", "P5", Weight.BOTH_WAYS)
    if not content.catalogue:
        yield _about("catalogue", "catalogue-empty", "P5", Weight.BOTH_WAYS)
    if not content.experience:
        yield _about("experience", "experience-empty", "P5", Weight.NOTE)


def count_findings(content: Content) -> Iterator[Finding]:
    """P5: too few skills and portfolio items, certifications without weight."""
    if len(content.skills) < ENOUGH_SKILLS:
        skills = {"count": len(content.skills), "enough": ENOUGH_SKILLS}
        yield _about("skills", "skills-few", "P5", **skills)
    if len(content.portfolio) < ENOUGH_PORTFOLIO:
        items = {"count": len(content.portfolio), "enough": ENOUGH_PORTFOLIO}
        yield _about("portfolio", "portfolio-few", "P5", **items)
    if len(content.certifications) > MANY_CERTIFICATIONS:
        count = len(content.certifications)
        yield _about("certifications", "certifications-many", "P5", Weight.NOTE, count=count)


def language_findings(content: Content) -> Iterator[Finding]:
    """P5: languages, each with one of four levels."""
    if not content.languages:
        yield _about("languages", "languages-empty", "P5")
    levels = {level.value for level in Level}
    for index, language in enumerate(content.languages):
        if language.level not in levels:
            name = language.name
            place = Place("languages", name, index, "name")
            yield place.at((0, len(name)), "language-level", "P5", name=name)


def availability_findings(content: Content, as_of: dt.date | None) -> Iterator[Finding]:
    """P5: chosen, and from a day that is still to come."""
    if content.availability not in {each.value for each in Availability}:
        yield _about("availability", "availability-empty", "P5")
    if content.availability != Availability.FROM_DATE:
        return
    if content.available_on is None:
        yield _about("available_on", "availability-date-missing", "P5")
    elif as_of is not None and content.available_on < as_of:
        day = content.available_on.isoformat()
        yield _about("available_on", "availability-date-past", "P5", day=day)


def niche_findings(content: Content) -> Iterator[Finding]:
    """P1, P9: a specialised profile names its key skill in the title, and a market."""
    if content.kind is not Kind.SPECIALISED:
        return
    key_skills = content.skills[:KEY_SKILLS]
    named = stems_of(" ".join(key_skills)) & stems_of(content.title)
    if content.title.strip() and key_skills and not named:
        yield _about("title", "title-without-key-skill", "P1", skills=", ".join(key_skills))
    for field in ("market", "service"):
        if not getattr(content, field).strip():
            yield _about(field, f"{field}-empty", "P9")
