"""The skills that a post lists in a part of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from proposals.posts.facts import Read
from proposals.posts.lines import Line, Part, is_site_word, parts_of

LONGEST_SKILL: Final = 60
"""Characters; a longer line is a sentence about what is wanted."""
MOST: Final = 60
"""Lines of a list of the client's own making."""
MOST_WORDS: Final = 4
"""Of an entry in a list of the client's own making [C]."""

_BETWEEN: Final = re.compile(r"[,;|•·\n\t]+| {3,}")
_MORE: Final = re.compile(r"\+\s?\d+(?: more)?|\d+ more", re.IGNORECASE)
_GROUP: Final = re.compile(
    r"(?:.{1,30} deliverables|(?:other|additional|soft|mandatory) skills|other|business size.*)",
    re.IGNORECASE,
)
_OWN_LABEL: Final = re.compile(
    r"(?:required |key |needed |must-have |mandatory |nice-to-have |preferred )?"
    r"skills?(?: required| needed)?\s*(?P<rest>:.*)?|"
    r"(?:навички|навыки|kenntnisse|fähigkeiten|habilidades|competencias|compétences|umiejętności|"
    r"competenze|vaardigheden)\s*(?P<other>:.*)?",
    re.IGNORECASE,
)


def skills_in(lines: Sequence[Line]) -> tuple[Read[str], ...]:
    """Those of the page's own list, else of a list that the client calls so; each once."""
    listed = [entry for line in parts_of(lines, Part.SKILLS) for entry in _entries(line)]
    return _once(listed or _own_list(lines))


def _entries(line: Line, start: int = 0) -> Iterator[Read[str]]:
    ends = [each.span() for each in _BETWEEN.finditer(line.plain, start)]
    length = len(line.plain)
    for begin, end in zip(
        [start, *(e for _, e in ends)], [*(b for b, _ in ends), length], strict=True
    ):
        entry = line.plain[begin:end]
        name = entry.strip(" .:")
        if not name or ":" in name or len(name) > LONGEST_SKILL or _MORE.fullmatch(name):
            continue
        if not is_site_word(line) and not _GROUP.fullmatch(name):
            at = line.start + begin + entry.index(name)
            yield Read(name, at, at + len(name))


def _own_list(lines: Sequence[Line]) -> list[Read[str]]:
    for at, line in enumerate(lines):
        label = _OWN_LABEL.fullmatch(line.plain) if line.part == Part.TEXT else None
        if not label:
            continue
        rest = label["rest"] or label["other"] or ""
        if rest.strip(" :"):
            found = list(_entries(line, len(line.plain) - len(rest) + 1))
        else:
            found = list(_below(lines[at + 1 : at + 1 + MOST]))
        if found and all(len(each.value.split()) <= MOST_WORDS for each in found):
            return found
    return []


def _below(lines: Sequence[Line]) -> Iterator[Read[str]]:
    for number, line in enumerate(lines):
        is_entry = (
            line.part == Part.TEXT and not line.is_heading and (line.mark or not line.has_gap)
        )
        if not is_entry and number:
            return
        if line.part != Part.TEXT or line.plain.endswith((".", "!", "?", ":")):
            return
        yield from _entries(line)


def _once(found: Sequence[Read[str]]) -> tuple[Read[str], ...]:
    first: dict[str, Read[str]] = {}
    for each in found:
        first.setdefault(each.value.casefold(), each)
    return tuple(first.values())
