"""What a check answers: the place, the passage and the figures, never a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute  # a finding has a field of its own
from enum import StrEnum
from itertools import islice
from typing import Final

type Fact = str | int
type Span = tuple[int, int]

MOST_OF_A_CHECK: Final = 20
"""Findings of one check in one text; a wall of the same mark teaches nothing more."""
LONGEST_KEY: Final = 160
"""Characters of `Finding.key`."""
_COMPARED: Final = 400


class Weight(StrEnum):
    """How much a finding binds."""

    MUST = "must"  # Upwork refuses it, or takes something else than what is seen
    ADVICE = "advice"
    BOTH_WAYS = "both_ways"  # the sources disagree: both views are shown
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a coach would point at.

    `field` is a field of `Content`; for an entry of a list, `entry` is its index from 0 and
    `part` the name of its text ("description"), "" for a skill, which is a text itself. What was
    found in the contract log has the field "record".
    `start` and `end` count code points of that text, `start == end` means the field as a whole.
    """

    check: str
    rule: str
    weight: Weight
    field: str
    start: int = 0
    end: int = 0
    passage: str = ""
    entry: int | None = None
    part: str = ""
    facts: Mapping[str, Fact] = attribute(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """What a dismissal is kept under: it outlives edits elsewhere in the text.

        Where there is no passage, what it names counts (a day, skills), and no number: another
        day that has passed is another finding, one skill fewer is not. At most `LONGEST_KEY`
        characters; of a long passage the beginning counts.
        """
        named = " ".join(fact for fact in self.facts.values() if isinstance(fact, str))
        passage = " ".join((self.passage or named)[:_COMPARED].casefold().split())
        return f"{self.check}:{passage}"[:LONGEST_KEY]


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the profile and where it stands."""

    field: str
    text: str
    entry: int | None = None
    part: str = ""

    def whole(
        self, check: str, rule: str, weight: Weight = Weight.ADVICE, /, **facts: Fact
    ) -> Finding:
        """About the text as a whole."""
        return Finding(
            check, rule, weight, self.field, entry=self.entry, part=self.part, facts=facts
        )

    def at(
        self, span: Span, check: str, rule: str, weight: Weight = Weight.ADVICE, /, **facts: Fact
    ) -> Finding:
        """About the passage between two offsets."""
        start, end = span
        passage = self.text[start:end]
        return Finding(
            check, rule, weight, self.field, start, end, passage, self.entry, self.part, facts
        )

    def each(
        self, spans: Iterable[Span], check: str, rule: str, weight: Weight = Weight.ADVICE
    ) -> Iterator[Finding]:
        """About each passage, up to `MOST_OF_A_CHECK`."""
        for span in islice(spans, MOST_OF_A_CHECK):
            yield self.at(span, check, rule, weight)
