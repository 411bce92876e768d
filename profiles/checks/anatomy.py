"""A text taken apart: lines, paragraphs, bullets and sentences, each as a span of code points.

Every expression here is anchored or bounded, so that a hostile text costs what a kind one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Span

OPENING_READ: Final = 600
"""Characters within which the opening sentence is looked for."""

BULLET: Final = re.compile(r"[ \t]{0,20}(?:[-–—*•·▪▫●○◦‣⁃➤►▶✓✔✅☑→»>]|\d{1,2}[.)]|[a-z]\))[ \t]")
# A mark at the start of its run only: a thousand full stops are looked through once.
_SENTENCE_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]{0,3}(?=\s|\Z)")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:[^\W\d_]|e\.g|i\.e|etc|vs|no|approx|dr|mr|mrs|ms|inc|ltd|co|st|jr|sr))\.\Z",
    re.IGNORECASE,
)


def lines_of(text: str) -> Iterator[Span]:
    """Lines without their line ends, empty ones too."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space around it."""
    part = text[span[0] : span[1]]
    left = len(part) - len(part.lstrip())
    return span[0] + min(left, len(part)), span[0] + max(left, len(part.rstrip()))


def paragraphs_of(text: str) -> list[Span]:
    """What empty lines part; in a text without an empty line every line is a paragraph."""
    lines = [(span, bool(text[span[0] : span[1]].strip())) for span in lines_of(text)]
    filled = [number for number, (_, has_words) in enumerate(lines) if has_words]
    if not filled:
        return []
    inner = lines[filled[0] : filled[-1] + 1]
    if all(has_words for _, has_words in inner):
        return [trimmed(text, span) for span, _ in inner]
    found: list[Span] = []
    goes_on = False
    for span, has_words in inner:
        if has_words and goes_on:
            found[-1] = found[-1][0], span[1]
        elif has_words:
            found.append(span)
        goes_on = has_words
    return [trimmed(text, span) for span in found]


def is_bullet(text: str, start: int) -> bool:
    """Whether the line that starts here is one of a list."""
    return bool(BULLET.match(text, start))


def prose_paragraphs(text: str) -> list[Span]:
    """Paragraphs that hold no list."""
    return [
        (start, end)
        for start, end in paragraphs_of(text)
        if not any(is_bullet(text, start + line) for line, _ in lines_of(text[start:end]))
    ]


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets just behind each sentence; shortened words such as “e.g.” end none."""
    for mark in _SENTENCE_END.finditer(text, start, end):
        if mark[0] == "." and _SHORTENED.search(text[max(start, mark.start() - 8) : mark.end()]):
            continue
        yield mark.end()


def opening_sentence(text: str) -> Span:
    """The first sentence, or the first line where that is shorter; empty for an empty text."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    limit = min(line_end, start + OPENING_READ)
    return trimmed(text, (start, next(sentence_ends(text, start, limit), line_end)))
