"""What Today shows: where one stands, what is due, what to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from contracts.closeout.board import Board, board_rows
from contracts.closeout.cards import Card, cards_of
from contracts.models import Contract, LogEntry
from contracts.models.contracts import STALE_AFTER, ContractQuerySet
from contracts.models.feedback import POSITIVE_FROM
from jss.engine import RuleSet, window_start
from jss.models import Reading
from jss.rules_in_use import RulesInUse, rules_in_use
from jss.score_page import ScorePage
from jss.selectors import contracts_for_score
from jss.team import FreelancerStanding, standings
from outbox.models import DigestSchedule

ROWS = 8
LOG_ROWS = 5
DUE_ROWS = 4
RECENT_MONTHS = 6
"""What ended so long ago or less is on the list of what is to do."""


@dataclass(frozen=True, slots=True)
class OpenContract:
    """An open contract and how long nothing has happened on it."""

    contract: Contract
    quiet_days: int | None

    @property
    def is_stale(self) -> bool:
        return self.quiet_days is not None and self.quiet_days > STALE_AFTER.days


@dataclass(frozen=True)
class Today:
    """The dashboard of one actor; each part is worked out when the template asks for it."""

    actor: Actor
    day: dt.date

    @property
    def _contracts(self) -> ContractQuerySet:
        return Contract.objects.for_actor(self.actor).of_choice(self.actor)

    @cached_property
    def in_use(self) -> RulesInUse:
        """By which rules the practice's scores are worked out."""
        return rules_in_use(self.actor)

    @property
    def rules(self) -> RuleSet:
        return self.in_use.chosen

    @cached_property
    def counts(self) -> dict[str, int]:
        """Numbers for the list of what is to do."""
        recent = window_start(self.day, RECENT_MONTHS)
        is_negative = Q(closed_on__gt=recent, rating__lt=POSITIVE_FROM)
        found: dict[str, int] = self._contracts.with_rating().aggregate(
            all=Count("pk"),
            open=Count("pk", filter=Q(closed_on=None)),
            silent=Count("pk", filter=Q(closed_on__gt=recent, rating=None)),
            negative=Count("pk", filter=is_negative),
        )
        return found | {"stale": self._contracts.stale(self.day).count()}

    @cached_property
    def page(self) -> ScorePage | None:
        """The score of the freelancer chosen in the switcher."""
        freelancer = self.actor.freelancer
        if freelancer is None:
            return None
        return ScorePage(
            contracts=contracts_for_score(actor=self.actor, freelancer=freelancer),
            as_of=self.day,
            today=self.day,
            target=self.rules.top_rated_from,
            rules=self.rules,
            per_month=0,
            last_reading=Reading.objects.for_actor(self.actor).of_choice(self.actor).first(),
        )

    @cached_property
    def team(self) -> list[FreelancerStanding]:
        """With everybody chosen: each one's score, the lowest first."""
        if self.actor.freelancer:
            return []
        rows = standings(actor=self.actor, as_of=self.day, rules=self.rules)
        return sorted(
            rows, key=lambda row: (row.scores.shown.exact is None, row.scores.shown.exact)
        )

    @cached_property
    def paused(self) -> DigestSchedule | None:
        """The reader's own reminders, where a mail server refuses the address."""
        return DigestSchedule.objects.of(self.actor).paused().first()

    @cached_property
    def board(self) -> Board:
        """The steps on the way to feedback (C3)."""
        return Board(board_rows(actor=self.actor, as_of=self.day))

    @cached_property
    def due(self) -> list[Card]:
        """The steps that are due, the longest overdue first."""
        return cards_of(self.actor, self.board.due[:DUE_ROWS])

    @cached_property
    def open_contracts(self) -> list[OpenContract]:
        """The open contracts on which nothing has happened for longest."""
        rows = (
            self._contracts.open()
            .with_last_activity()
            .select_related("client", "freelancer")
            .order_by(Coalesce("last_activity_on", dt.date.max), "pk")
        )
        return [
            OpenContract(
                row, (self.day - row.last_activity_on).days if row.last_activity_on else None
            )
            for row in rows[:ROWS]
        ]

    @cached_property
    def log_entries(self) -> list[LogEntry]:
        rows = LogEntry.objects.for_actor(self.actor).select_related("contract__client", "author")
        if self.actor.freelancer:
            rows = rows.filter(contract__freelancer=self.actor.freelancer)
        return list(rows[:LOG_ROWS])
