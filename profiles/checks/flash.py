"""Flash (P4), in any language: exclamation marks, capitals, decoration and emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Finding, Place, Span
from profiles.checks.word_data import familiarity_of, frequency_of, is_plain_word

_RUN_OF_MARKS: Final = re.compile(r"(?<![!?])[!?]++(?![=\w])")
_LONGEST_WORD: Final = 30
_DECORATION: Final = re.compile(
    r"(?:(?<![★☆✦✧✩✪✫✬✭✮✯✰✔✓✅☑✗✘✖●◆◇■□▶►▸➤➜➔❖❤♥♦♣♠•▬═█▓░«»※])"
    r"[★☆✦✧✩✪✫✬✭✮✯✰✔☑✘✖◆◇■□▶►▸➤➜➔❖❤♥♦♣♠▬═█▓░※]++"
    r"|(?<![~*=>_#+<|\-–—•.])(?:~{2,}+|\*{3,}+|={3,}+|>{2,}+|<{2,}+|_{3,}+|#{2,}+|\+{3,}+|-{3,}+|~[*=_~]{2,}+|=[*~]{2,}+|\*[~=_][~=_*]{1,}+"
    r"|[–—]{3,}+|•{2,}+|\.{4,}+|\|{2,}+))"
)
# Pictures, flags and dingbats that are shown in colour; © ® ™ and arrows are none.
_EMOJI: Final = re.compile(
    r"(?<![\U0001F000-\U0001FAFF☀-➿])"
    r"(?:[\U0001F1E6-\U0001FAFF]|[☀-☄☎☔☕☘☝☠☢-☹☺⚓-⛽✂✈✉✊-✍✅✨❄❤❌❎❓❗❣⭐⚡⏰⏳⌛⌚])"
    r"[\U0001F1E6-\U0001FAFF☀-➿\uFE0F\u200D⭐]*+"
)
_CAPITALS: Final = re.compile(r"(?<![\w&/.-])[^\W\d_a-z]{2,40}(?:['’][A-Z]{1,2})?(?![\w&/])")
_RUN: Final = 3
"""Words in capitals one after another that shout, whatever the words are."""
_SURE_WORD: Final = 4.0
"""Zipf frequency of a word of four letters and more that is no acronym."""
_SURE_SHORT_WORD: Final = 5.6
_NEVER_SHOUTED: Final = frozenset({"who", "aids"})
"""Words that are the names of things too."""


def flash_findings(place: Place, *, english: bool, known: frozenset[str]) -> Iterator[Finding]:
    """All four; `known` holds the words in capitals that are names here (skills and title)."""
    yield from place.each(_exclamations(place.text), "exclamation-marks", "P4")
    yield from place.each(_capitals(place.text, english, known), "words-in-capitals", "P4")
    emoji = [found.span() for found in _EMOJI.finditer(place.text)]
    yield from place.each(emoji, "emoji", "P4")
    taken = {offset for start, end in emoji for offset in range(start, end)}
    decoration = (found.span() for found in _DECORATION.finditer(place.text))
    yield from place.each((span for span in decoration if span[0] not in taken), "decoration", "P4")


def _exclamations(text: str) -> Iterator[Span]:
    """Each with the word before it, so that dismissing one does not dismiss all."""
    for found in _RUN_OF_MARKS.finditer(text):
        if "!" not in found[0]:
            continue
        start = found.start()
        while start > max(0, found.start() - _LONGEST_WORD) and not text[start - 1].isspace():
            start -= 1
        yield start, found.end()


def _capitals(text: str, english: bool, known: frozenset[str]) -> Iterator[Span]:
    run: list[Span] = []
    for found in _CAPITALS.finditer(text):
        if not found[0].isupper():
            continue
        if run and not _goes_on(text[run[-1][1] : found.start()]):
            yield from _shouted(text, run, english, known)
            run = []
        run.append(found.span())
    yield from _shouted(text, run, english, known)


def _goes_on(between: str) -> bool:
    """Whether nothing stands between two words in capitals but one space, or “I”, “A”, “&”."""
    return between.strip(" ,'’") in {"", "I", "A", "&", "-", "–", "—", ":"} and len(between) < 8


def _shouted(text: str, run: list[Span], english: bool, known: frozenset[str]) -> Iterator[Span]:
    words = [text[start:end].lower() for start, end in run]
    loud = [word not in known and _is_loud(word, english) for word in words]
    if english:
        if any(loud):
            yield run[loud.index(True)][0], run[len(loud) - 1 - loud[::-1].index(True)][1]
    elif sum(len(word) > 3 and word not in known for word in words) >= _RUN:
        yield run[0][0], run[-1][1]


def _is_loud(word: str, english: bool) -> bool:
    word = word.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
    if not english or len(word) < 3 or word in _NEVER_SHOUTED or not word.isascii():
        return False
    least = _SURE_SHORT_WORD if len(word) == 3 else _SURE_WORD
    common = frequency_of(word) if len(word) == 3 else familiarity_of(word)
    return common >= least and is_plain_word(word)
