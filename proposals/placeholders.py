"""Texts with placeholders, such as “Hi {{ client_name }}”, filled in one pass.

Names come from an allowed list; there is no logic, no attribute access, and what was filled in is
never read again, so a client called “{{ title }}” stays just that.

Any text has an answer: what cannot be filled stays in the text as it was written, where nobody
overlooks it, and is a problem that says where it stands. Lines and columns count from 1, columns
in characters. The time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

LONGEST_NAME: Final = 40
MOST_PROBLEMS: Final = 100
"""Told of one text: a thousand more would help nobody, and a megabyte of braces has many."""

# What was taken is never given back (`*+`): so hostile texts take linear time too.
_NAME: Final = re.compile(r"\{\{\s*+([^\W\d]\w{0,39}+)\s*+\}\}")
_PLACEHOLDER: Final = re.compile(f"({_NAME.pattern})")
# More than two braces in a row are no placeholder's: a run of them is broken as a whole.
_BRACES: Final = re.compile(r"\{\{+|\}\}+")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A `{{ name }}` in a text, allowed or not; `text[start:end]` is all of it."""

    name: str
    line: int
    column: int
    start: int
    end: int


class Flaw(StrEnum):
    """What can be wrong with a place in a text."""

    UNKNOWN = "unknown"  # a name that is not allowed
    EMPTY = "empty"  # an allowed name without a value
    BROKEN = "broken"  # {{ or }} that belongs to no placeholder


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where; `name` is the placeholder's, or the braces that are broken."""

    flaw: Flaw
    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled text, and what could not be filled, from its beginning to its end."""

    text: str
    problems: tuple[Problem, ...] = ()


def placeholders_in(text: str) -> list[Placeholder]:
    """Every well-formed placeholder, in order, whether its name is allowed or not."""
    places = _Places(text)
    return [
        Placeholder(part.name, *places.of(part.start), part.start, part.start + len(part.source))
        for part in _parts(text)
        if part.name
    ]


def problems_in(text: str, *, allowed: Collection[str]) -> tuple[Problem, ...]:
    """What would stay unfilled however full the values are: unknown names and broken braces."""
    return render(text, dict.fromkeys(allowed, "-"), allowed=allowed).problems


def render(text: str, values: Mapping[str, str], *, allowed: Collection[str]) -> Rendered:
    """Put each allowed name's value in its place, as it is; the first `MOST_PROBLEMS` are told.

    A value of blanks only counts as none. Values of names that are not allowed are not used.
    """
    filling = {name: value for name in allowed if (value := values.get(name, "")).strip()}
    filled = _all_filled(text, filling)
    if filled is not None:
        return Rendered(filled)
    split = _split(text)
    split[1::3] = [
        source if literal[-1:] == "{" else filling.get(name, source)
        for literal, source, name in zip(split[::3], split[1::3], split[2::3], strict=False)
    ]
    split[2::3] = [""] * (len(split) // 3)
    return Rendered("".join(split), tuple(_problems(text, filling, allowed)))


def _all_filled(text: str, filling: Mapping[str, str]) -> str | None:
    """The text where every brace belongs to a placeholder that is filled, as it mostly is."""
    split = _NAME.split(text) if "}}" in text else [text]  # literal, name, literal, …
    names = split[1::2]
    if not all(map(filling.__contains__, names)):
        return None
    left = "\n".join(split[::2])
    if "{{" in left or "}}" in left or "{\n" in left:
        return None
    split[1::2] = map(filling.__getitem__, names)
    return "".join(split)


def _split(text: str) -> list[str]:
    """Literal, source, name, literal, source, name, …, literal."""
    return _PLACEHOLDER.split(text) if "}}" in text else [text]


@dataclass(frozen=True, slots=True)
class _Part:
    """A placeholder, or a run of braces that is none and has no name."""

    name: str
    source: str
    start: int


class _Places:
    """Lines and columns of offsets that only ever grow: nothing is counted twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._line_start, self._counted = 1, 0, 0

    def of(self, start: int) -> tuple[int, int]:
        text, counted = self._text, self._counted
        self._line += text.count("\n", counted, start)
        self._line_start = text.rfind("\n", counted, start) + 1 or self._line_start
        self._counted = start
        return self._line, start - self._line_start + 1


def _problems(text: str, filling: Mapping[str, str], allowed: Collection[str]) -> Iterator[Problem]:
    places = _Places(text)
    wrong = (part for part in _parts(text) if part.name not in filling)
    for part in islice(wrong, MOST_PROBLEMS):
        line, column = places.of(part.start)
        if not part.name:
            yield Problem(Flaw.BROKEN, part.source[:2], line, column)
        else:
            flaw = Flaw.EMPTY if part.name in allowed else Flaw.UNKNOWN
            yield Problem(flaw, part.name, line, column)


def _parts(text: str) -> Iterator[_Part]:
    """Placeholders and broken braces, in order."""
    split = _split(text)
    literals, sources, names = split[::3], [*split[1::3], ""], [*split[2::3], ""]
    start = 0
    for literal, source, name in zip(literals, sources, names, strict=True):
        is_run = literal[-1:] == "{"
        if "{{" in literal or "}}" in literal or is_run:
            yield from _broken(literal + source if is_run else literal, start)
        start += len(literal)
        if name and not is_run:
            yield _Part(name, source, start)
        start += len(source)


def _broken(literal: str, start: int) -> Iterator[_Part]:
    for match in _BRACES.finditer(literal):
        yield _Part("", match[0], start + match.start())
