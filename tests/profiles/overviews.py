"""Overviews kept as text files: a head of `name: value` lines, an empty line, the overview.

`expect: check | passage` lines of a head name the planted faults.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from profiles.content import (
    Availability,
    CatalogueProject,
    Certification,
    Content,
    Education,
    Employment,
    Experience,
    Language,
    Level,
    PortfolioItem,
    Testimonial,
)

DATA: Final = Path(__file__).parent / "data"
TODAY: Final = dt.date(2026, 11, 22)

FULL: Final = Content(
    title="Bookkeeper",
    rate=Decimal(40),
    overview="Small shops hand me their receipts and know on Monday what they earned.",
    skills=tuple(f"Skill {number}" for number in range(10)),
    market="small shops",
    service="bookkeeping",
    video="https://example.com/video",
    availability=Availability.MORE_THAN_30,
    portfolio=tuple(
        PortfolioItem(f"Piece {number}", "What it was for and how it went.") for number in range(4)
    ),
    languages=(Language("English", Level.FLUENT), Language("Polish", Level.NATIVE)),
    education=(Education("Evening school", "Diploma"),),
    employment=(
        Employment("Clerk", "A mill", "2010", "I kept the accounts of a mill and learned to ask."),
    ),
    testimonials=(Testimonial("She found what three others had missed.", "A former client"),),
    certifications=(Certification("A licence", "The state", "2015"),),
    experience=(Experience("Choir", "I have sung in a choir for years."),),
    catalogue=(CatalogueProject("A first look", "100", "I read your papers and answer."),),
)
"""A profile in which nothing is missing."""


@dataclass(frozen=True, slots=True)
class Written:
    """An overview of the test data and the faults planted in it, as check and passage."""

    name: str
    content: Content
    faults: tuple[tuple[str, str], ...]


def overviews_in(folder: str) -> list[Written]:
    return [_read(path) for path in sorted((DATA / folder).glob("*.txt"))]


def _read(path: Path) -> Written:
    head, _, overview = path.read_text().partition("\n\n")
    lines = [line.partition(": ")[::2] for line in head.splitlines()]
    named = dict(lines)
    faults = [
        (check, _written_out(passage))
        for check, _, passage in (
            value.partition(" | ") for name, value in lines if name == "expect"
        )
    ]
    content = complete(
        title=named["title"],
        rate=Decimal(named["rate"]),
        overview=_written_out(overview.rstrip("\n")),
        skills=tuple(named["skills"].split("; ")),
        market=named["market"],
        service=named["service"],
    )
    return Written(path.stem, content, tuple(faults))


def _written_out(text: str) -> str:
    """What can't be seen is written “␣” in the files, and a new line in a head “\\n”."""
    return text.replace("␣", "\u200b").replace("\\n", "\n")


def complete(**given: object) -> Content:
    """`FULL` with other values."""
    return replace(FULL, **given)  # type: ignore[arg-type]  # the names are a test's own
