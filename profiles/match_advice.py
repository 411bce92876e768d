"""Where in a profile to say what a client wants and hardly sees there now (P8, P11). No Django."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from profiles.content import LONGEST_TITLE, Content
from profiles.matching import Found, ProfileMatch, Term

WANTED_IN_TITLE: Final = 3
"""Weight from which a term is worth a place in the title: it stands in the post's own [C]."""
_SEPARATOR: Final = 3
"""Characters between two things in a title: a blank, a sign and a blank."""


class Spot(StrEnum):
    """What a client sees without opening anything."""

    TITLE = "title"
    OVERVIEW = "overview-first"
    SKILLS = "skills-first"


@dataclass(frozen=True, slots=True)
class Move:
    """What is found far down, and where it would be seen."""

    found: Found
    to: Spot


def moves_of(match: ProfileMatch, content: Content) -> tuple[Move, ...]:
    """Where to bring what the profile holds and a client hardly sees, most wanted first.

    At most one term goes into the title, where there is room for it (P11: 70 characters); what the
    post lists as a skill goes among the first skills, the rest into the first 250 characters.
    """
    moves: list[Move] = []
    for found in match.move_up:
        has_title = any(move.to is Spot.TITLE for move in moves)
        fits = not has_title and _fits_title(found.term, content.title)
        moves.append(Move(found, _spot_of(found.term, may_be_title=fits)))
    return tuple(moves)


def _fits_title(term: Term, title: str) -> bool:
    needed = len(term.text) + (_SEPARATOR if title else 0)
    return term.weight >= WANTED_IN_TITLE and len(title) + needed <= LONGEST_TITLE


def _spot_of(term: Term, *, may_be_title: bool) -> Spot:
    if may_be_title:
        return Spot.TITLE
    return Spot.SKILLS if term.is_skill else Spot.OVERVIEW
