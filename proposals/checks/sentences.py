"""A letter's sentences, each as a span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import lines_of, sentence_ends
from profiles.checks.findings import Span

_SENTENCE_END: Final = ".!?\n"
MOST_BEFORE: Final = 300
"""Characters of a sentence that are read on each side of a passage."""

_DENIED: Final = re.compile(
    r"\b(?:no|not|never|cannot|can['’]?t|don['’]?t|doesn['’]?t|won['’]?t|wouldn['’]?t|nobody"
    r"|without|neither|nor|against|instead of|rather than|avoid)\b",
    re.IGNORECASE,
)


def sentences_in(text: str, first: int = 0, last: int | None = None) -> Iterator[Span]:
    """The sentences that begin between the two offsets; a line's end ends one."""
    last = len(text) if last is None else last
    for line in lines_of(text[first:]):
        start = first + line[0]
        if start >= last:
            return
        line_end = first + line[1]
        for end in (*sentence_ends(text, start, line_end), line_end):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if start < end and start < last:
                yield start, end
            start = end


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that a passage stands in, as far as `MOST_BEFORE` reaches."""
    low, high = max(0, span[0] - MOST_BEFORE), min(len(text), span[1] + MOST_BEFORE)
    start = max(text.rfind(mark, low, span[0]) for mark in _SENTENCE_END) + 1
    ends = [end for mark in _SENTENCE_END if (end := text.find(mark, span[1], high)) >= 0]
    return max(start, low), min(ends, default=high)


def is_denied(text: str, start: int) -> bool:
    """Whether a “not” or “never” stands before the passage in its sentence."""
    first, _ = sentence_around(text, (start, start))
    return bool(_DENIED.search(text[max(first, start - 60) : start]))
