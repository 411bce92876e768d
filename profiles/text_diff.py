"""What changed between two texts, and between two states of a profile, word by word.

Paragraphs are aligned first, then the words within those that changed. What two texts have in
common by chance, such as a lone “and”, is not worth a reader's while: it joins the change around
it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby, takewhile
from typing import Final

from rapidfuzz.distance import Indel

from profiles.content import FIELDS, Content
from profiles.content_lines import lines_of

MOST_PAIRS: Final = 450_000_000
"""Of words compared with each other: more than 20,000 by 20,000, one bit of memory each."""

_PARAGRAPHS: Final = re.compile(r"[^\n]*\n+|[^\n]+")
_MARKS: Final = r"!-/:-@\[-^`{-~¡«»¿‐-‧‹›、。「」！，．：；？"  # punctuation; no "_"
_SINGLE: Final = r"\u3040-\u30ff\u3400-\u9fff"  # written without spaces: each sign is a word
_WORD: Final = rf"[^\s{_MARKS}{_SINGLE}]+"
_A_WORD: Final = re.compile(rf"{_WORD}|[{_SINGLE}]")
_WORDS: Final = re.compile(rf"{_WORD}(?:['’.\-]{_WORD})*|\n+|[^\S\n]+|[{_MARKS}{_SINGLE}]")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate; never empty."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a profile that is not what it was; `field` is its name in `Content`.

    Lists stand in `before` and `after` as lines of text, the rate in dollars with cents, a date as
    YYYY-MM-DD.
    """

    field: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Positions `first` up to `last` before, and `new_first` up to `new_last` after."""

    is_same: bool
    first: int
    last: int
    new_first: int
    new_last: int


def contents_compared(
    before: Content, after: Content, *, labels: Mapping[str, str] | None = None
) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the page.

    `labels` has the words for what is kept as a code: availability, earnings and the levels of
    languages. A code without one stands as it is.
    """
    changed = (name for name in FIELDS if getattr(before, name) != getattr(after, name))
    return tuple(
        _difference(
            name,
            lines_of(name, getattr(before, name), labels=labels),
            lines_of(name, getattr(after, name), labels=labels),
        )
        for name in changed
    )


def words_compared(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order; within a change what was removed stands first.

    SAME and REMOVED pieces joined are `before`, SAME and ADDED ones `after`, to the character.
    20,000 characters each take less than a second, whatever they are; of much longer texts with
    nothing in common at either end the middle counts as rewritten.
    """
    old, new = _PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)
    pieces: list[tuple[Change, str]] = []
    for stretch in _aligned(old, new):
        old_text = "".join(old[stretch.first : stretch.last])
        if stretch.is_same:
            pieces.append((Change.SAME, old_text))
        else:
            new_text = "".join(new[stretch.new_first : stretch.new_last])
            pieces += _words_of(_WORDS.findall(old_text), _WORDS.findall(new_text))
    said = (each for each in pieces if each[1])
    return tuple(
        Piece(change, "".join(text for _change, text in run))
        for change, run in groupby(said, key=lambda each: each[0])
    )


def _words_of(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, str]]:
    for stretch in _trimmed(old, new, _readable(old, _aligned(old, new), new)):
        removed = "".join(old[stretch.first : stretch.last])
        added = "".join(new[stretch.new_first : stretch.new_last])
        if stretch.is_same:
            yield Change.SAME, removed
        else:
            yield Change.REMOVED, removed
            yield Change.ADDED, added


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[_Stretch]:
    """What is the same and what is not, in turns, so that as much as possible is the same."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    found = [_Stretch(True, 0, head, 0, head)] if head else []
    found += _middle(old, new, head, old_end, new_end)
    if tail:
        found.append(_Stretch(True, old_end, len(old), new_end, len(new)))
    return found


def _middle(
    old: Sequence[str], new: Sequence[str], start: int, old_end: int, new_end: int
) -> list[_Stretch]:
    if start == old_end and start == new_end:
        return []
    if (old_end - start) * (new_end - start) > MOST_PAIRS:
        return [_Stretch(False, start, old_end, start, new_end)]
    # Numbers and not the words themselves, of which the library would compare the hashes only.
    numbers: dict[str, int] = {}
    old_numbers = [numbers.setdefault(word, len(numbers)) for word in old[start:old_end]]
    new_numbers = [numbers.setdefault(word, len(numbers)) for word in new[start:new_end]]
    steps = Indel.opcodes(old_numbers, new_numbers)
    found = []
    for is_same, run in groupby(steps, key=lambda step: step.tag == "equal"):
        own = list(run)
        old_stretch = (start + own[0].src_start, start + own[-1].src_end)
        new_stretch = (start + own[0].dest_start, start + own[-1].dest_end)
        found.append(_Stretch(is_same, *old_stretch, *new_stretch))
    return found


def _readable(
    old: Sequence[str], stretches: Sequence[_Stretch], new: Sequence[str]
) -> list[_Stretch]:
    """The changes with what little lies between two of them, where it is no help to the reader."""
    # Sums up to each position: a stretch may be asked about many times.
    old_length = list(accumulate(map(len, old), initial=0))
    new_length = list(accumulate(map(len, new), initial=0))
    line_ends = list(accumulate(("\n" in word for word in old), initial=0))
    real_words = list(accumulate((bool(_A_WORD.match(word)) for word in old), initial=0))

    def length(each: _Stretch) -> int:
        """Characters on the longer side."""
        return max(
            old_length[each.last] - old_length[each.first],
            new_length[each.new_last] - new_length[each.new_first],
        )

    def is_noise(kept: _Stretch, *around: _Stretch) -> bool:
        if line_ends[kept.last] > line_ends[kept.first]:
            return False  # the end of a paragraph is where a reader finds the place again
        has_word = real_words[kept.last] > real_words[kept.first]
        return not has_word or length(kept) <= min(map(length, around))

    found: list[_Stretch] = []
    for stretch in stretches:
        found.append(stretch)
        while len(found) > 2 and not found[-1].is_same and is_noise(found[-2], *found[-3::2]):
            first, _kept, last = found[-3:]
            found[-3:] = [_Stretch(False, first.first, last.last, first.new_first, last.new_last)]
    return found


def _trimmed(
    old: Sequence[str], new: Sequence[str], stretches: Sequence[_Stretch]
) -> Iterator[_Stretch]:
    """The same with what each change's two sides begin and end alike as no change."""
    for each in stretches:
        if each.is_same:
            yield each
            continue
        own_old = old[each.first : each.last]
        own_new = new[each.new_first : each.new_last]
        head = _common(own_old, own_new)
        tail = _common(own_old[head:][::-1], own_new[head:][::-1])
        first, new_first = each.first + head, each.new_first + head
        last, new_last = each.last - tail, each.new_last - tail
        yield _Stretch(True, each.first, first, each.new_first, new_first)
        yield _Stretch(False, first, last, new_first, new_last)
        yield _Stretch(True, last, each.last, new_last, each.new_last)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of the first words are alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _difference(name: str, before: str, after: str) -> FieldDifference:
    return FieldDifference(name, before, after, words_compared(before, after))
