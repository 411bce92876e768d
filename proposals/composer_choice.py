"""What the composer proposes for a post: the profile, the template, blocks, passages of the log.

Nothing is invented (P8): passages come from the practice's own texts and its contract log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Freelancer
from profiles.matching import Term, best_of, from_record, match_of, terms_of
from profiles.models import Profile
from profiles.record import PastWork
from profiles.selectors import ProfileSet, profile_set
from proposals.models import Piece, PieceVersion
from proposals.relevance import Ranked, Text, ranked

MOST_BLOCKS = 8
MOST_FROM_LOG = 4
GOOD: Final = Decimal(4)
"""Stars from which an outcome is positive (J2): nobody shows off a bad one."""
TELLING: Final = 3
"""The weight from which a term that is no skill is worth proof: said more than once [C]."""


@dataclass(frozen=True, slots=True)
class RankedPiece:
    """A template or block with what of the post it answers."""

    piece: Piece
    score: int
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromLog:
    """A contract that shows what the post asks for, in words to begin from."""

    work: PastWork
    shows: str
    words: str


def best_profile(actor: Actor, freelancer: Freelancer, post: str) -> Profile | None:
    """The profile that answers the post best (P8); None where none is written."""
    scored = profile_scores(profile_set(actor, freelancer), terms_of(post))
    return scored[0][0] if scored else None


def profile_scores(profiles: ProfileSet, terms: Sequence[Term]) -> list[tuple[Profile, int]]:
    """Each profile with its score from 0 to 100, the best one first (P8)."""
    matches = [match_of(terms, content) for _profile, content in profiles.contents]
    if not matches:
        return []
    best = best_of(matches)
    pairs = list(zip(profiles.profiles, matches, strict=True))
    order = sorted(range(len(pairs)), key=lambda place: (place != best, -pairs[place][1].score))
    return [(pairs[place][0], pairs[place][1].score) for place in order]


def best_template(actor: Actor, freelancer: Freelancer, post: str) -> PieceVersion | None:
    """The newest version of the template that fits best; None where there is no template."""
    rows = ranked_pieces(actor, freelancer, terms_of(post))
    first = next((each.piece for each in rows if each.piece.kind == Piece.Kind.TEMPLATE), None)
    if first is None:
        return None
    return PieceVersion.objects.filter(piece=first).select_related("piece").newest_first().first()


def ranked_pieces(actor: Actor, freelancer: Freelancer, terms: Sequence[Term]) -> list[RankedPiece]:
    """All templates and blocks that this freelancer may use, the fittest first; one query."""
    rows = Piece.objects.for_actor(actor).usable_by(freelancer).in_order()
    pieces = {piece.pk: piece for piece in rows}
    texts = [
        Text(piece.pk, piece.name, piece.body, piece.niche, tuple(piece.skills))
        for piece in pieces.values()
    ]
    return [_of(each, pieces[each.text.key]) for each in ranked(terms, texts)]


def _of(each: Ranked, piece: Piece) -> RankedPiece:
    return RankedPiece(piece, each.score, each.found)


def passages_from_log(terms: Sequence[Term], work: Sequence[PastWork]) -> list[FromLog]:
    """Contracts of one's own that show what the post asks for, the most telling first."""
    telling = [term for term in terms if term.is_skill or term.weight >= TELLING]
    good = [each for each in work if each.rating is None or each.rating >= GOOD]
    shown: dict[str, FromLog] = {}
    for evidence in from_record(telling, good):
        words = passage_words(evidence.work)
        shown.setdefault(words, FromLog(evidence.work, evidence.term.text, words))
    return list(shown.values())[:MOST_FROM_LOG]


def passage_words(work: PastWork) -> str:
    """A sentence about a contract, to be rewritten: its title, its notes, its stars (B1).

    The client's name stays out: many would mind.
    """
    parts = [_("A similar job: %(title)s.") % {"title": work.title.rstrip(".")}]
    if work.notes.strip():
        parts.append(work.notes.strip())
    if work.rating is not None:
        parts.append(_("The client rated it %(rating)s of 5.") % {"rating": f"{work.rating:.1f}"})
    return " ".join(parts)
