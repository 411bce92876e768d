"""What the page says about a job post: each profile's answer to it, the best one first (P8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from profiles.content import Content
from profiles.match_advice import Move, moves_of
from profiles.match_words import HOW_WORDS, SPOT_WORDS, WHERE_WORDS, language_name
from profiles.matching import (
    Evidence,
    ProfileMatch,
    Term,
    best_of,
    from_record,
    match_of,
    terms_of,
)
from profiles.matching.match import CREDITS, PLACES
from profiles.models import Profile
from profiles.record import PastWork


@dataclass(frozen=True, slots=True)
class Line:
    """One term in the arithmetic: `points` of `weight`."""

    term: Term
    points: Decimal
    where: str
    how: str
    passage: str


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A term, the place where it stands now, and the one where it would be seen."""

    term: Term
    now: str
    to: str
    passage: str


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """How one profile answers the post. `in_log` and `nowhere` together are what it lacks."""

    profile: Profile
    match: ProfileMatch
    is_best: bool
    lines: tuple[Line, ...]
    places: tuple[tuple[str, tuple[Term, ...]], ...]
    moves: tuple[ShownMove, ...]
    in_log: tuple[tuple[Term, tuple[Evidence, ...]], ...]
    nowhere: tuple[Term, ...]

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def most(self) -> int:
        """Points of a profile that says all of it."""
        return sum(line.term.weight for line in self.lines)


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """The whole answer; `answers` is empty where the post asks for nothing that can be found."""

    text: str
    was_cleaned: bool
    has_work: bool
    terms: tuple[Term, ...]
    answers: tuple[ProfileAnswer, ...]

    @property
    def best(self) -> ProfileAnswer | None:
        return next((each for each in self.answers if each.is_best), None)

    @property
    def language_words(self) -> str:
        """What to know about a post in another language than English; "" for English."""
        language = self.terms[0].language if self.terms else "en"
        if language == "en":
            return ""
        if not language:
            return _(
                "We do not know the forms of words in this post's language: only what is "
                "written alike in the post and in your profile is found."
            )
        return _(
            "This post is in %(language)s. What your profile says in another language is not "
            "found, but for names such as those of programs."
        ) % {"language": language_name(language)}


def post_answer(
    text: str,
    contents: Sequence[tuple[Profile, Content]],
    work: Sequence[PastWork],
    *,
    was_cleaned: bool = False,
) -> PostAnswer:
    """Hold a post, cleaned and at most `LONGEST_POST` long, against the profiles (P8)."""
    terms = terms_of(text)
    matches = [match_of(terms, content) for _profile, content in contents]
    best = best_of(matches)
    lacking = {term for match in matches for term in match.missing}
    evidence = from_record([term for term in terms if term in lacking], work)
    answers = [
        _profile_answer(profile, content, match, terms, evidence, is_best=place == best)
        for place, ((profile, content), match) in enumerate(zip(contents, matches, strict=True))
    ]
    answers.sort(key=lambda each: (not each.is_best, -each.match.score))
    return PostAnswer(text, was_cleaned, bool(work), terms, tuple(answers) if terms else ())


def _profile_answer(
    profile: Profile,
    content: Content,
    match: ProfileMatch,
    terms: Iterable[Term],
    evidence: Sequence[Evidence],
    *,
    is_best: bool,
) -> ProfileAnswer:
    in_log = tuple(
        (term, shown)
        for term in match.missing
        if (shown := tuple(each for each in evidence if each.term == term))
    )
    proved = {term for term, _shown in in_log}
    return ProfileAnswer(
        profile=profile,
        match=match,
        is_best=is_best,
        lines=tuple(_lines(match, terms)),
        places=tuple(_places(match)),
        moves=tuple(_shown(move) for move in moves_of(match, content)),
        in_log=in_log,
        nowhere=tuple(term for term in match.missing if term not in proved),
    )


def _lines(match: ProfileMatch, terms: Iterable[Term]) -> Iterable[Line]:
    found = {each.term: each for each in match.found}
    for term in terms:
        if each := found.get(term):
            points = term.weight * Decimal(str(CREDITS[each.how]))
            where, how = WHERE_WORDS[each.where], HOW_WORDS[each.how]
            yield Line(term, points, str(where), str(how), each.passage)
        else:
            yield Line(term, Decimal(0), "", "", "")


def _places(match: ProfileMatch) -> Iterable[tuple[str, tuple[Term, ...]]]:
    """What stands where, from what a client sees first to last."""
    ordered = sorted(match.found, key=lambda each: PLACES.index(each.where))
    for where, group in groupby(ordered, key=lambda each: each.where):
        yield str(WHERE_WORDS[where]), tuple(each.term for each in group)


def _shown(move: Move) -> ShownMove:
    found = move.found
    now, to = WHERE_WORDS[found.where], SPOT_WORDS[move.to]
    return ShownMove(found.term, str(now), str(to), found.passage)
