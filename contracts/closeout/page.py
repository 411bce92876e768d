"""What the board's page and one contract's close-out page show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from accounts.actors import Actor
from contracts.closeout.board import Board, BoardRow, contract_row
from contracts.closeout.cards import Card, cards_of
from contracts.closeout.wording import step_label
from contracts.models import CloseoutEvent, Contract

DUE_AT_FIRST = 50
COMING_AT_FIRST = 30


@dataclass(frozen=True, slots=True)
class StepFilter:
    """One step above the board, with how many contracts stand at it."""

    kind: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class BoardPage:
    """The board in words; each part is worked out when the template asks for it."""

    actor: Actor
    board: Board

    @property
    def is_team(self) -> bool:
        """Whether the freelancer's name has to stand on each card."""
        return self.actor.freelancer is None

    @property
    def filters(self) -> list[StepFilter]:
        return [
            StepFilter(kind, step_label(kind), count, kind == self.board.only)
            for kind, count in self.board.counts
        ]

    @property
    def step_count(self) -> int:
        return sum(count for _kind, count in self.board.counts)

    @cached_property
    def due(self) -> list[Card]:
        return cards_of(self.actor, self.board.due[:DUE_AT_FIRST])

    @property
    def due_count(self) -> int:
        return len(self.board.due)

    @cached_property
    def coming(self) -> list[Card]:
        return cards_of(self.actor, self.board.coming[:COMING_AT_FIRST])

    @property
    def more_coming(self) -> int:
        return max(0, len(self.board.coming) - COMING_AT_FIRST)

    @cached_property
    def dormant(self) -> list[Card]:
        """What Upwork warns about and no due card says already."""
        told = {row.contract.pk for row in self.board.due}
        rows = [row for row in self.board.dormant_soon if row.contract.pk not in told]
        return cards_of(self.actor, rows)

    @cached_property
    def feedback(self) -> list[Card]:
        return cards_of(self.actor, self.board.feedback_open)

    @property
    def is_empty(self) -> bool:
        return not self.board.rows


@dataclass(frozen=True)
class ContractCadence:
    """One contract's next step and all that led to it."""

    actor: Actor
    contract: Contract

    @cached_property
    def row(self) -> BoardRow:
        return contract_row(actor=self.actor, contract=self.contract, as_of=timezone.localdate())

    @cached_property
    def card(self) -> Card:
        return cards_of(self.actor, [self.row])[0]

    @cached_property
    def events(self) -> list[CloseoutEvent]:
        """What was recorded, the latest first."""
        rows = CloseoutEvent.objects.for_actor(self.actor).filter(contract=self.contract)
        return list(rows.select_related("author").order_by("-happened_on", "-pk"))
