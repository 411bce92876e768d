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
from typing import Final

# What was taken is never given back (`*+`, `++`): so hostile texts take linear time too.
_PARTS: Final = re.compile(
    r"""
    \{\{ \s*+ (?P<name> [^\W\d]\w*+ ) \s*+ \}\}   # {{ name }}
    | \{\{ | \}\}                                # braces that are none
    """,
    re.VERBOSE,
)


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
    return [part for part in _parts(text) if isinstance(part, Placeholder)]


def problems_in(text: str, *, allowed: Collection[str]) -> tuple[Problem, ...]:
    """What would stay unfilled however full the values are: unknown names and broken braces."""
    return render(text, dict.fromkeys(allowed, "-"), allowed=allowed).problems


def render(text: str, values: Mapping[str, str], *, allowed: Collection[str]) -> Rendered:
    """Put each allowed name's value in its place, as it is.

    A value of blanks only counts as none. Values of names that are not allowed are not used.
    """
    filled: list[str] = []
    problems: list[Problem] = []
    done = 0
    for part in _parts(text):
        problem = part if isinstance(part, Problem) else _problem_of(part, values, allowed)
        if problem:
            problems.append(problem)
        elif isinstance(part, Placeholder):
            filled += (text[done : part.start], values[part.name])
            done = part.end
    filled.append(text[done:])
    return Rendered("".join(filled), tuple(problems))


def _problem_of(
    part: Placeholder, values: Mapping[str, str], allowed: Collection[str]
) -> Problem | None:
    if part.name not in allowed:
        return Problem(Flaw.UNKNOWN, part.name, part.line, part.column)
    if not values.get(part.name, "").strip():
        return Problem(Flaw.EMPTY, part.name, part.line, part.column)
    return None


def _parts(text: str) -> Iterator[Placeholder | Problem]:
    """Placeholders and broken braces, in order."""
    line, line_start, counted = 1, 0, 0
    for match in _PARTS.finditer(text):
        start = match.start()
        # Counted on from the last place, and never from the beginning again.
        line += text.count("\n", counted, start)
        line_start = text.rfind("\n", counted, start) + 1 or line_start
        counted = start
        column = start - line_start + 1
        if match["name"]:
            yield Placeholder(match["name"], line, column, start, match.end())
        else:
            yield Problem(Flaw.BROKEN, match[0], line, column)
