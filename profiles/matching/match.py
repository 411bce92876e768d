"""Where a profile says what a post asks for, and where the contract log does (P8).

No experience is invented: what stands in neither of them is only ever named as missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from profiles.content import FIRST_SEEN, Content
from profiles.matching.finding import Part, Place, part_of
from profiles.matching.terms import Term
from profiles.record import PastWork

FIRST_SKILLS: Final = 5
"""Those that a client sees without opening the list [C]."""
CREDITS: Final = {"exact": 1.0, "alias": 1.0, "lemma": 1.0, "initials": 1.0, "near": 0.5}
"""What a term counts by how it was found [C]."""
PLACES: Final = (
    *("title", "overview-first", "skills-first", "overview", "skills", "portfolio"),
    *("employment", "certifications", "testimonials", "experience", "education", "catalogue"),
)
"""From what a client sees first to last."""
LOW_PLACES: Final = frozenset(PLACES[3:])
MOST_EVIDENCE: Final = 3
"""Contracts named for one term, the newest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term in the profile: `where` is one of `PLACES`, `how` one of `CREDITS`."""

    term: Term
    where: str
    passage: str
    how: str


@dataclass(frozen=True, slots=True)
class ProfileMatch:
    """`score` from 0 to 100; `found` and `missing` together are the post's terms, in its order.

    `move_up` are those found only where a client hardly looks: bring them into the title or the
    first 250 characters (P11).
    """

    score: int
    found: tuple[Found, ...]
    missing: tuple[Term, ...]
    move_up: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A contract that shows what the profile lacks. `passage` stands in its title or notes."""

    term: Term
    work: PastWork
    passage: str


def match_of(terms: Sequence[Term], content: Content) -> ProfileMatch:
    """How much of what the post asks for the profile says (P8): an estimate.

    The score is 100 × (sum of weight × credit of the found terms) / (sum of all weights), rounded
    down: a credit is 1, and 0.5 where only something near was found (`CREDITS`). 0 without terms.
    """
    language = terms[0].language if terms else "en"
    parts = list(_parts_of(content, language))
    found, missing = [], []
    for term in terms:
        best = _best_place(term, parts)
        if best is None:
            missing.append(term)
        else:
            found.append(Found(term, best[0], best[1].passage, best[1].how))
    total = sum(term.weight for term in terms)
    reached = sum(each.term.weight * CREDITS[each.how] for each in found)
    score = int(100 * reached / total) if total else 0
    move_up = tuple(each for each in found if each.where in LOW_PLACES)
    return ProfileMatch(score, tuple(found), tuple(missing), move_up)


def best_of(matches: Sequence[ProfileMatch]) -> int | None:
    """The place in `matches` of the best one, the first of equals; None where none says a thing."""
    if not any(match.score for match in matches):
        return None
    return max(range(len(matches)), key=lambda place: (matches[place].score, -place))


def from_record(missing: Sequence[Term], work: Sequence[PastWork]) -> tuple[Evidence, ...]:
    """What the contract log holds of what the profile lacks, by term, in the order of `work` (P8).

    Only what stands there in so many words: something near is no proof of experience, and neither
    are words in running text that happen to begin with the right letters.
    """
    language = missing[0].language if missing else "en"
    parts = [
        (each, [part_of(text, language) for text in (each.title, each.notes) if text])
        for each in work
    ]
    return tuple(
        evidence for term in missing for evidence in list(_evidence_of(term, parts))[:MOST_EVIDENCE]
    )


def _evidence_of(
    term: Term, parts: Sequence[tuple[PastWork, Sequence[Part]]]
) -> Iterator[Evidence]:
    for work, texts in parts:
        places = (part.find(term) for part in texts)
        sure = (each for each in places if each and each.how != "near" and not each.may_be_chance)
        if place := next(sure, None):
            yield Evidence(term, work, place.passage)


def _best_place(term: Term, parts: Sequence[tuple[str, Part]]) -> tuple[str, Place] | None:
    """The surest find, and of equally sure ones the one that a client sees first."""
    found = [(where, place) for where, part in parts if (place := part.find(term))]
    seen = [(_seen_at(where, place), place) for where, place in found]
    return min(seen, key=lambda each: (-CREDITS[each[1].how], PLACES.index(each[0])), default=None)


def _seen_at(where: str, place: Place) -> str:
    return "overview-first" if where == "overview" and place.end <= FIRST_SEEN else where


def _parts_of(content: Content, language: str) -> Iterator[tuple[str, Part]]:
    """The texts of the profile; the overview as one, so that no term is cut in two."""
    skills = content.skills
    texts: dict[str, Sequence[str]] = {
        "title": (content.title,),
        "skills-first": skills[:FIRST_SKILLS],
        "overview": (content.overview,),
        "skills": skills[FIRST_SKILLS:],
        "portfolio": [f"{each.title}\n{each.description}" for each in content.portfolio],
        "employment": [f"{each.role}\n{each.description}" for each in content.employment],
        "certifications": [each.name for each in content.certifications],
        "testimonials": [each.words for each in content.testimonials],
        "experience": [f"{each.title}\n{each.description}" for each in content.experience],
        "education": [f"{each.degree}\n{each.description}" for each in content.education],
        "catalogue": [f"{each.title}\n{each.description}" for each in content.catalogue],
    }
    for where, own in texts.items():
        is_list = where in {"skills-first", "skills", "title"}
        for text in own:
            if text.strip():
                yield where, part_of(text, language, listed=is_list)
