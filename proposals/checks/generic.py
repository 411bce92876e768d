"""Whether a letter could have gone to anybody (B1), and how much of it did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from profiles.checks.findings import Finding, Place, Span, Weight
from profiles.checks.language import language_of
from profiles.matching import Term
from profiles.matching.finding import part_of

RUN: Final = 8
"""Words in a row that two letters must have in common to share them [C]."""
LETTERS_COMPARED: Final = 10
FEWEST_TERMS: Final = 3
"""A post that is about less says too little to miss it in a letter [C]."""
FEWEST_WORDS: Final = 12
"""A letter of fewer is only begun."""
MOSTLY_SHARED: Final = 70
"""Per cent from which a letter is remarked on, though blocks are meant to be used again [C]."""
NOTHING_OF_ITS_OWN: Final = 80
"""Per cent from which only what is not shared can show that the post was read [C]."""
LONGEST_COMPARED: Final = 10_000

_WORD: Final = re.compile(r"[^\W_]+")


def shared_percent(letter: str, sent_before: Sequence[str]) -> int:
    """How many of its words stand in runs of `RUN` words that an earlier letter has too, in %.

    Rounded down. Of `sent_before` the first `LETTERS_COMPARED` count: the newest come first. In
    time linear in the lengths.
    """
    words = _words(letter)
    return _percent(words, _shared_words(words, sent_before))


def generic_findings(
    letter: Place, terms: Sequence[Term], sent_before: Sequence[str]
) -> Iterator[Finding]:
    """B1, any language: nothing of the post in it; nearly all of it sent before."""
    words = _words(letter.text)
    if len(words) < FEWEST_WORDS:
        return
    shared = _shared_words(words, sent_before)
    percent = _percent(words, shared)
    facts = {"shared": percent, "letters": min(len(sent_before), LETTERS_COMPARED)}
    own = letter.text
    if percent >= NOTHING_OF_ITS_OWN:
        own = " ".join(
            letter.text[start:end] if not is_shared else "\n"
            for (_, (start, end)), is_shared in zip(words, shared, strict=True)
        )
    if len(terms) >= FEWEST_TERMS and not _is_about(own, terms, letter.text):
        check = "generic-and-shared" if percent else "generic"
        yield letter.whole(check, "B1", Weight.ADVICE, **facts)
    elif percent >= MOSTLY_SHARED:
        yield letter.whole("mostly-shared", "B1", Weight.NOTE, **facts)


def _is_about(own: str, terms: Sequence[Term], letter: str) -> bool:
    """Whether a term of the post stands in the text; of another language nothing is known."""
    language, of_post = language_of(letter), terms[0].language
    if language and language != of_post:
        return True
    part = part_of(own, of_post)
    return any(part.find(term) for term in terms)


def _words(text: str) -> list[tuple[str, Span]]:
    found = _WORD.finditer(text[:LONGEST_COMPARED])
    return [(each[0].casefold(), each.span()) for each in found]


def _shared_words(words: Sequence[tuple[str, Span]], sent_before: Sequence[str]) -> Sequence[bool]:
    """For each word whether it stands in a run of an earlier letter."""
    known = [_runs_of(text[:LONGEST_COMPARED]) for text in sent_before[:LETTERS_COMPARED]]
    shared = [False] * len(words)
    reached = 0
    for at, run in enumerate(_runs([word for word, _ in words])):
        if any(run in runs for runs in known):
            # No word is marked twice, so long shared parts cost no more than short ones.
            for place in range(max(reached, at), at + RUN):
                shared[place] = True
            reached = at + RUN
    return shared


def _percent(words: Sequence[object], shared: Sequence[bool]) -> int:
    return 100 * sum(shared) // len(words) if words else 0


@lru_cache(maxsize=64)
def _runs_of(text: str) -> frozenset[int]:
    """Kept, because a letter is compared with the same ones at every change."""
    return frozenset(_runs([word for word, _ in _words(text)]))


def _runs(words: Sequence[str]) -> Iterator[int]:
    for at in range(len(words) - RUN + 1):
        yield hash(tuple(words[at : at + RUN]))
