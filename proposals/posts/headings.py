"""The headings of the page, which say what the lines below them are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from proposals.posts.lines import Line, Part

_LOOKED_AHEAD: Final = 14
"""Lines below “About the client” of which one must be a figure, else the client wrote it [C]."""

_HEADINGS: Final[dict[str, Part]] = {
    **dict.fromkeys(("summary", "job description", "description", "job summary"), Part.TEXT),
    **dict.fromkeys(("skills and expertise", "skills & expertise"), Part.SKILLS),
    **dict.fromkeys(("activity on this job", "job activity"), Part.ACTIVITY),
    **dict.fromkeys(("about the client", "about this client", "client information"), Part.CLIENT),
}
# Words that a client may well use: the page's only below another part of the page.
_LATER: Final[dict[str, Part]] = {
    **dict.fromkeys(("mandatory skills", "nice-to-have skills", "preferred skills"), Part.SKILLS),
    **dict.fromkeys(("preferred qualifications", "job link", "reviews", "about us"), Part.OTHER),
    **dict.fromkeys(("how it works", "terms of service", "privacy policy"), Part.OTHER),
}
_AFTER: Final[dict[Part, frozenset[Part]]] = {
    Part.SKILLS: frozenset({Part.SKILLS}),
    Part.OTHER: frozenset({Part.SKILLS, Part.ACTIVITY, Part.CLIENT, Part.OTHER}),
}
_QUESTIONS: Final = re.compile(r"you will be asked to answer the following questions?\b.{0,60}")
_OTHER: Final = re.compile(
    r"client'?s'? recent history\b.{0,20}|recent history \(\d.{0,10}|"
    r"(?:explore |more )?(?:similar|related|(?:other )?open) jobs (?:on|by|from|for)\b.{0,50}|"
    r"(?:explore )?similar jobs|jobs in progress|people also viewed.{0,20}|©.{0,80}"
)
_STRONG: Final = frozenset({Part.ACTIVITY, Part.CLIENT, Part.OTHER})
"""Only these lead out of other jobs and reviews, which may hold the other headings too."""


def give_parts(lines: Sequence[Line], is_client_figure: Callable[[Line], bool]) -> None:
    """Say of each line what part of the page it belongs to, and whether it is its heading."""
    part = Part.TEXT
    for at, line in enumerate(lines):
        begun = _part_begun(line.key, part)
        if begun == Part.CLIENT:
            below = lines[at + 1 : at + 1 + _LOOKED_AHEAD]
            begun = begun if any(map(is_client_figure, below)) else None
        if begun is not None and (part != Part.OTHER or begun in _STRONG):
            part = begun
            line.is_heading = True
        line.part = part


def _part_begun(key: str, part: Part) -> Part | None:
    if key in _HEADINGS:
        return _HEADINGS[key]
    if key in _LATER:
        begun = _LATER[key]
        return begun if part in _AFTER[begun] else None
    if _QUESTIONS.fullmatch(key):
        return Part.QUESTIONS
    return Part.OTHER if _OTHER.fullmatch(key) else None
