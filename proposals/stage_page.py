"""What the page of one proposal's stage shows: where it stands, since when, how it got there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from accounts.actors import Actor
from proposals.funnel import DATED, ENDED, STEPS, Stage, follow_up_on
from proposals.funnel_words import due_words, since_words, stage_name
from proposals.models import Proposal, ProposalMove
from proposals.outcomes import Outcome, outcomes_of
from proposals.stage_forms import FollowUpForm, MoveForm


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: whether it was reached, and when."""

    name: str
    day: dt.date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """One move as the list shows it; the newest can be undone."""

    move: ProposalMove
    before: str
    after: str
    is_newest: bool


@dataclass
class StagePage:
    """One proposal; each part is worked out when the template asks for it."""

    actor: Actor
    proposal: Proposal
    move_form: MoveForm | None = None
    follow_up_form: FollowUpForm | None = None

    @property
    def stage(self) -> Stage:
        return Stage(self.proposal.stage)

    @property
    def stage_name(self) -> str:
        return stage_name(self.stage)

    @property
    def is_ended(self) -> bool:
        return self.stage in ENDED

    @property
    def can_be_followed_up(self) -> bool:
        return not self.is_ended and self.stage is not Stage.DRAFT

    @property
    def since(self) -> str:
        return since_words(self.proposal.moved_at, today=timezone.localdate())

    @property
    def due(self) -> str:
        row = self.proposal
        day = follow_up_on(self.stage, row.dates, by_hand=row.follow_up_on)
        return due_words(day, today=timezone.localdate()) if day else ""

    @property
    def steps(self) -> list[Step]:
        """Those that lead to a deal, and how it ended where that was no deal."""
        dates = self.proposal.dates
        found = [
            Step(stage_name(stage), dates.reached.get(stage), stage is self.stage)
            for stage in DATED
        ]
        last = self.stage if self.is_ended else Stage.WON
        return [*found, Step(stage_name(last), dates.ended, self.is_ended)]

    @property
    def form(self) -> MoveForm:
        """With the next step of the way chosen."""
        return self.move_form or MoveForm(initial={"to": self._next, "seen_stage": self.stage})

    @property
    def _next(self) -> Stage:
        if self.stage not in STEPS or self.stage is Stage.WON:
            return self.stage
        return STEPS[STEPS.index(self.stage) + 1]

    @property
    def again_form(self) -> FollowUpForm:
        return self.follow_up_form or FollowUpForm(initial={"on": self.proposal.follow_up_on})

    @cached_property
    def outcome(self) -> Outcome | None:
        found = outcomes_of(actor=self.actor, proposals=[self.proposal.pk])
        return found.get(self.proposal.pk)

    @cached_property
    def moves(self) -> list[Moved]:
        rows = ProposalMove.objects.for_actor(self.actor).filter(proposal=self.proposal)
        return [
            Moved(move, stage_name(move.before), stage_name(move.after), number == 0)
            for number, move in enumerate(rows.newest_first())
        ]
