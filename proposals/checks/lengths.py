"""How long a letter is, against what was asked (B3), and Upwork's limit (B10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Finding, Place, Weight
from proposals.checks.asked import Asked

LIMIT: Final = 5_000
"""Characters that Upwork takes (B10)."""
LONG: Final = 300
"""Words that are enough where nothing was asked [C]; 4–5 sentences can be (B3)."""
FOR_EACH_QUESTION: Final = 120
"""Words that an answer may take in addition [C]."""
SHORT_ANSWER: Final = 8
"""Words that each answer takes at least, in the mean [C]."""
FEWEST_QUESTIONS: Final = 2
"""One question can have an answer of one word."""
OF_POST: Final = 0.6
"""A long post may have a letter of this share of its words [C]."""

_WORD: Final = re.compile(r"[^\W_]+")


def length_findings(letter: Place, asked: Asked, length: int) -> Iterator[Finding]:
    """`length` is that of the whole letter, in characters."""
    if length > LIMIT:
        facts = {"length": length, "limit": LIMIT, "over": length - LIMIT}
        yield letter.whole("length-limit", "B10", Weight.MUST, **facts)
        return
    words = _count(letter.text)
    demands = len(asked.questions) + len(asked.requests)
    enough = max(LONG, int(OF_POST * _count(asked.text[: 4 * LIMIT])))
    enough += FOR_EACH_QUESTION * demands
    if words > enough:
        yield letter.whole("length-long", "B3", words=words, enough=enough)
    questions = len(asked.questions)
    if words and questions >= FEWEST_QUESTIONS and words < SHORT_ANSWER * questions:
        yield letter.whole("length-short", "B3", words=words, questions=questions)


def _count(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))
