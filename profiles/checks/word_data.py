"""How common English words are, by wordfreq and simplemma; looked up once and kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_STEM: Final = 5
"""Letters that are compared: “captions” and “captioning” are one word here."""
_IN_EVERY_TEXT: Final = 5.7
"""Zipf frequency of words that say nothing of a trade (“with”, “work”)."""
_PLAIN_PART: Final = 4.3
"""Zipf frequency of words whose compound anybody understands (house + plants)."""
_LONGEST_COMPOUND: Final = 24


@cache
def _data() -> tuple[Callable[[str], float], Callable[[str], str], Callable[[str], bool]]:
    # Half a second to load, so it waits for the first text.
    import simplemma  # noqa: PLC0415  # slow to load
    import wordfreq  # noqa: PLC0415  # slow to load

    def zipf(word: str) -> float:
        return float(wordfreq.zipf_frequency(word, "en"))

    def lemma(word: str) -> str:
        return str(simplemma.lemmatize(word, lang="en"))

    def is_known(word: str) -> bool:
        return bool(simplemma.is_known(word, lang="en"))

    return zipf, lemma, is_known


@lru_cache(maxsize=20_000)
def frequency_of(word: str) -> float:
    """Zipf frequency of a lower-case word as it stands: 0 unknown, 7 “the”."""
    return _data()[0](word)


_PREFIXES: Final = ("un", "re", "non", "pre", "de", "co")
_SUFFIXES: Final = ("ly", "ness", "er", "ers", "ing", "ed", "able", "s")


@lru_cache(maxsize=20_000)
def familiarity_of(word: str) -> float:
    """The highest Zipf frequency of a lower-case word and of what it is plainly made from.

    That is its lemma, its British twin, what is left without a common prefix or ending
    (“crocheters”: crochet), and a compound of two plain words (“timesheets”).
    """
    lemma = _data()[1](word).lower()
    forms = {word, lemma, word.replace("is", "iz"), lemma.replace("is", "iz")}
    forms |= {word.removeprefix(prefix) for prefix in _PREFIXES}
    for stem in {word.removesuffix(suffix) for suffix in _SUFFIXES}:
        forms |= {stem, f"{stem}e"}
        if stem[-2:-1] == stem[-1:]:  # “knitt(er)”
            forms.add(stem[:-1])
    best = max(frequency_of(form) for form in forms if len(form) > 2)
    return max(best, _of_two_plain_words(word), _of_two_plain_words(word.removesuffix("s")))


def _of_two_plain_words(word: str) -> float:
    if len(word) > _LONGEST_COMPOUND:
        return 0.0
    cuts = (
        min(frequency_of(word[:cut]), frequency_of(word[cut:])) for cut in range(3, len(word) - 2)
    )
    best = max(cuts, default=0.0)
    return best if best >= _PLAIN_PART else 0.0


@lru_cache(maxsize=20_000)
def is_plain_word(word: str) -> bool:
    """Whether a lower-case word stands in the dictionary: “best” does, “nasa” does not."""
    return _data()[2](word)


def stems_of(text: str) -> frozenset[str]:
    """The first letters of each word that says something, to compare texts by."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(
        word[:_STEM]
        for word in words
        if len(word) >= 2 and (len(word) > 24 or frequency_of(word) < _IN_EVERY_TEXT)
    )
