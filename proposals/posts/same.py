"""Whether two pastes are one post: what stands around the client's words changes by the hour."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from proposals.posts.lines import Line
from proposals.posts.reading import READ, own_lines_of
from proposals.posts.sentences import sentences_in

LONGEST: Final = 3
"""Sentences that make the fingerprint: short lines may be the page's own [C]."""
SHINGLE: Final = 4
"""Words that are compared together."""
SAME: Final = 0.8
"""The share of such runs that two pastes of one post have in common, of all in both [C]."""
HELD: Final = 0.95
"""The share of the shorter one's runs that a longer paste of the same post holds [C]."""
FEWEST_HELD: Final = 25
"""Runs that the shorter one needs for that: less may be a phrase that everyone uses [C]."""

_BLANKS: Final = re.compile(r"[^\S\n]+")
_WORD: Final = re.compile(r"\w+")


def fingerprint_of(text: str) -> str:
    """32 hexadecimal digits that the same post has again, for looking it up; "" without words.

    From its longest sentences alone, without case and punctuation, so that the number of
    proposals, the hour, and blanks change nothing.
    """
    sentences = {
        " ".join(_WORD.findall(sentence.value.casefold()))
        for line in _own(text)
        for sentence in sentences_in(line)
    }
    longest = sorted(sentences, key=lambda each: (-len(each), each))[:LONGEST]
    told = "\n".join(sorted(filter(None, longest)))
    return hashlib.sha256(told.encode()).hexdigest()[:32] if told else ""


def same_post(first: str, second: str) -> bool:
    """Whether both are texts of one post, be one of them cut or in a page of other things."""
    one, other = _runs(first), _runs(second)
    if not one or not other:
        return False
    common, fewer = len(one & other), min(len(one), len(other))
    if common >= SAME * len(one | other):
        return True
    return fewer >= FEWEST_HELD and common >= HELD * fewer


def _own(text: str) -> Sequence[Line]:
    return own_lines_of(_BLANKS.sub(" ", text[:READ]))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of a few words of the client's own; of a shorter text itself."""
    words = [word for line in _own(text) for word in _WORD.findall(line.plain.casefold())]
    last = max(1, len(words) - SHINGLE + 1)
    return {tuple(words[at : at + SHINGLE]) for at in range(last)} - {()}
