"""What a letter answers: the post and what it asks for, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from profiles.matching import LONGEST_POST, Term, terms_of


@dataclass(frozen=True, slots=True)
class Requested:
    """Something the letter shall hold; `word` where one must be written, letter by letter."""

    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A job post. `text` is all that the client wrote, `questions` those to be answered in the
    letter, `client_name` the client's where it is known. `has_contract`: one with this client has
    been accepted, so contact details may be exchanged (B11).
    """

    title: str = ""
    text: str = ""
    skills: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    requests: tuple[Requested, ...] = ()
    client_name: str = ""
    has_contract: bool = False

    @property
    def everything(self) -> str:
        """All of it in one text, the title first, as far as a post is read."""
        asked = [*self.questions, *(each.text for each in self.requests)]
        parts = (self.title, *asked, ", ".join(self.skills), self.text)
        return "\n".join(parts)[:LONGEST_POST]


def terms_asked(asked: Asked) -> tuple[Term, ...]:
    """What the post is about, the most wanted first (P8)."""
    skills = f"\nSkills: {', '.join(asked.skills)}" if asked.skills else ""
    return _terms(f"{asked.title}\n{asked.text}{skills}")


@lru_cache(maxsize=32)
def _terms(post: str) -> tuple[Term, ...]:
    """Kept, because a letter is checked again and again while it is written."""
    return terms_of(post)
