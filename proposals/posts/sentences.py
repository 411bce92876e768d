"""The sentences of a line, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from proposals.posts.facts import Read
from proposals.posts.lines import Line

_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"”’'»)]*+(?=\s|$)")
_SHORTENED: Final = frozenset(
    (
        *("e.g", "i.e", "eg", "ie", "etc", "vs", "approx", "no", "dr", "mr", "mrs", "ms"),
        *("incl", "ca", "u.s", "st", "z.b"),
    )
)


def sentences_in(line: Line) -> Iterator[Read[str]]:
    """Each with the mark that ends it; a point after “e.g” or within “4.2” ends nothing."""
    start = 0
    for end in _END.finditer(line.plain):
        before = line.plain[max(start, end.start() - 12) : end.start()].split()
        if before and end[0] == "." and before[-1].lower().lstrip("(") in _SHORTENED:
            continue
        yield from _kept(line, start, end.end())
        start = end.end()
    yield from _kept(line, start, len(line.plain))


def _kept(line: Line, start: int, end: int) -> Iterator[Read[str]]:
    sentence = line.plain[start:end]
    if kept := sentence.strip():
        begin = line.start + start + len(sentence) - len(sentence.lstrip())
        yield Read(kept, begin, begin + len(kept))
