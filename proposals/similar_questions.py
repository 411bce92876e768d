"""Which earlier answer fits a question that comes again, in other words (B2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 75.0
"""Per cent of likeness from which two questions are taken for one; our own figure."""
MOST_OFFERED: Final = 3
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered before."""

    key: str
    question: str
    answer: str


def similar(question: str, answered: Sequence[Answered]) -> tuple[Answered, ...]:
    """The most alike first, at most three, no answer twice; nothing where none is alike."""
    wanted = _plain(question)
    if not wanted:
        return ()
    scored = [
        (fuzz.token_sort_ratio(wanted, _plain(each.question)), each)
        for each in answered
        if each.answer.strip()
    ]
    found: dict[str, Answered] = {}
    for score, each in sorted(scored, key=lambda pair: -pair[0]):
        if score >= ALIKE:
            found.setdefault(each.answer.strip(), each)
    return tuple(found.values())[:MOST_OFFERED]


def _plain(question: str) -> str:
    return " ".join(_WORD.findall(question.casefold()))
