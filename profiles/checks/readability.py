"""How hard an English text is to read, by textstat (Flesch and Kincaid)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from profiles.checks.findings import Finding, Place
from profiles.checks.language import is_english

FEWEST_WORDS: Final = 30
HARD_GRADE: Final = 13
"""Years of school; more is a text that a busy client reads twice."""
MOST_READ: Final = 6_000
"""Characters; an overview has no more than 5,000 (P11)."""

_TOO_LONG: Final = re.compile(r"\S{31,}")
_ENDED: Final = re.compile(r"[.!?…:;][\"'”’)]?\Z")


@dataclass(frozen=True, slots=True)
class Readability:
    """`grade`: years of school (Flesch-Kincaid). `ease`: Flesch, about 0 (hard) to 100 (easy)."""

    grade: float
    ease: float
    words: int
    sentences: int


def readability_of(text: str) -> Readability | None:
    """None for a text that is not English or has fewer than `FEWEST_WORDS` words."""
    return _measured(text) if is_english(text) else None


@lru_cache(maxsize=64)
def _measured(text: str) -> Readability | None:
    prose = _as_sentences(text[:MOST_READ])
    if len(prose.split()) < FEWEST_WORDS:
        return None
    # Its dictionary of syllables takes a second to load, so it waits for the first text.
    import textstat  # noqa: PLC0415  # slow to load

    return Readability(
        grade=round(float(textstat.flesch_kincaid_grade(prose)), 1),
        ease=round(float(textstat.flesch_reading_ease(prose)), 1),
        words=int(textstat.lexicon_count(prose)),
        sentences=int(textstat.sentence_count(prose)),
    )


def _as_sentences(text: str) -> str:
    """Headings and bullets have no full stop: without one they'd make a sentence of a page."""
    lines = (line.strip() for line in _TOO_LONG.sub(" ", text).split("\n"))
    return "\n".join(line if _ENDED.search(line) else f"{line}." for line in lines if line)


def hard_to_read(overview: Place) -> list[Finding]:
    """P4: what takes more than `HARD_GRADE` years of school."""
    found = _measured(overview.text)
    if found is None or found.grade <= HARD_GRADE:
        return []
    facts = {"grade": round(found.grade), "ease": round(found.ease)}
    return [overview.whole("hard-to-read", "P4", **facts)]
