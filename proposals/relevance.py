"""Which texts answer a post best (P8): the same estimate as for profiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from profiles.content import Content
from profiles.matching import Term, match_of


@dataclass(frozen=True, slots=True)
class Text:
    """A template or a block: what it says, and what it is meant for."""

    key: int
    name: str
    body: str
    niche: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A text with its score from 0 to 100, and what of the post it answers."""

    text: Text
    score: int
    found: tuple[str, ...]


def ranked(terms: Sequence[Term], texts: Iterable[Text]) -> tuple[Ranked, ...]:
    """The texts, the one that answers most of the post first; among equals as they came."""
    scored = [_ranked(terms, text) for text in texts]
    return tuple(sorted(scored, key=lambda each: -each.score))


def _ranked(terms: Sequence[Term], text: Text) -> Ranked:
    content = Content(
        title=f"{text.name} {text.niche}".strip(), overview=text.body, skills=text.skills
    )
    match = match_of(terms, content)
    return Ranked(text, match.score, tuple(each.term.text for each in match.found))
