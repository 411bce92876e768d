"""What the board of the funnel shows, in a fixed number of queries however many there are (B5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise

from accounts.actors import Actor
from proposals.funnel import Stage, follow_up_on
from proposals.funnel_words import STAGE_HINTS, due_words, silent_words, since_words, stage_name
from proposals.models import Proposal
from proposals.outcomes import Outcome, outcomes_of
from proposals.selectors import (
    ENDED_STAGES,
    OPEN_STAGES,
    board_cards,
    forgotten,
    proposals_of,
    recently_ended,
    stage_counts,
    write_again,
)

CARDS_AT_MOST: Final = 25
"""Of one stage: more than that nobody takes in, and each costs time; the table has the rest."""
WRITE_AGAIN_SHOWN: Final = 5
LOT: Final = 100
"""So many forgotten ones are moved at once."""


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal on the board."""

    public_id: str
    title: str
    client: str
    freelancer: str
    since: str
    due: str
    is_due: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many stand there, and the newest of them. What has ended is counted for the
    days only that the board shows."""

    stage: Stage
    count: int
    cards: list[Card]

    @property
    def name(self) -> str:
        return stage_name(self.stage)

    @property
    def hint(self) -> Promise | str:
        return STAGE_HINTS.get(self.stage, "")

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class WriteAgain:
    """Somebody to write to today."""

    proposal: Proposal
    why: str
    due: str


class BoardPage:
    """The board of the chosen freelancer, or of everybody."""

    lot = LOT

    def __init__(self, *, actor: Actor, with_freelancer: bool) -> None:
        self.actor = actor
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.with_freelancer = with_freelancer and actor.freelancer is None
        self.rows = proposals_of(actor)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return stage_counts(self.rows)

    @property
    def is_first_time(self) -> bool:
        return not self.counts

    @cached_property
    def _cards(self) -> dict[str, list[Card]]:
        found = board_cards(self.actor, now=self.now, at_most=CARDS_AT_MOST)
        won = [row.pk for row in found if row.stage == Stage.WON]
        outcomes = outcomes_of(actor=self.actor, proposals=won)
        cards: defaultdict[str, list[Card]] = defaultdict(list)
        for row in found:
            cards[row.stage].append(self._card(row, outcomes.get(row.pk)))
        return cards

    def _card(self, row: Proposal, outcome: Outcome | None) -> Card:
        due_on = follow_up_on(Stage(row.stage), row.dates, by_hand=row.follow_up_on)
        return Card(
            public_id=row.public_id,
            title=row.title,
            client=row.client_name,
            freelancer=row.freelancer.name if self.with_freelancer else "",
            since=since_words(row.moved_at, today=self.today),
            due=due_words(due_on, today=self.today) if due_on else "",
            is_due=bool(due_on and due_on <= self.today),
            outcome=outcome,
        )

    @property
    def columns(self) -> list[Column]:
        """The way to a deal, without the deal itself."""
        return [
            Column(stage, self.counts.get(stage, 0), self._cards[stage]) for stage in OPEN_STAGES
        ]

    @cached_property
    def ended(self) -> list[Column]:
        counts = stage_counts(recently_ended(self.rows, now=self.now))
        return [Column(stage, counts.get(stage, 0), self._cards[stage]) for stage in ENDED_STAGES]

    @property
    def ended_count(self) -> int:
        return sum(column.count for column in self.ended)

    @property
    def ended_before(self) -> int:
        """What ended longer ago: the table has it."""
        return sum(self.counts.get(stage, 0) for stage in ENDED_STAGES) - self.ended_count

    @cached_property
    def _write_again(self) -> list[Proposal]:
        rows = write_again(self.rows, today=self.today).select_related("freelancer")
        return list(rows.without_texts().order_by("moved_at", "pk")[: WRITE_AGAIN_SHOWN + 1])

    @property
    def write_again(self) -> list[WriteAgain]:
        """The longest silent first."""
        return list(self._written_again())

    def _written_again(self) -> Iterator[WriteAgain]:
        for row in self._write_again[:WRITE_AGAIN_SHOWN]:
            due_on = follow_up_on(Stage(row.stage), row.dates, by_hand=row.follow_up_on)
            late = due_words(due_on or self.today, today=self.today)
            yield WriteAgain(row, silent_words(row, today=self.today), late)

    @property
    def has_more_to_write(self) -> bool:
        return len(self._write_again) > WRITE_AGAIN_SHOWN

    @cached_property
    def forgotten_count(self) -> int:
        return forgotten(self.rows, today=self.today).count()
