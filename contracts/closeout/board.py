"""The close-out board: the contracts by step, the due ones first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils import timezone

from accounts.actors import Actor
from contracts.cadence import (
    Cadence,
    Intervals,
    Step,
    StepKind,
    cadence_of,
)
from contracts.closeout.history import (
    events_of,
    in_cadence,
    intervals_of,
    practice_intervals,
    with_history,
)
from contracts.models import Contract
from contracts.upwork_clocks import Dormancy, dormancy, feedback_deadline

#: What a colleague wrote down may bear a day that the reader's clock has not reached: between
#: Kiritimati and Pago Pago up to two. It is known all the same.
ELSEWHERE: Final = dt.timedelta(2)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A contract with its place in the cadence on one day."""

    contract: Contract
    as_of: dt.date
    cadence: Cadence
    intervals: Intervals

    @property
    def step(self) -> Step | None:
        return self.cadence.step

    @property
    def is_due(self) -> bool:
        return self.step is not None and self.step.due_on <= self.as_of

    @property
    def days_overdue(self) -> int:
        """Whole days since the step fell due; 0 on the day itself, negative before it."""
        return self.step.days_overdue(self.as_of) if self.step else 0

    @property
    def key(self) -> str:
        """Names the step, so that a second click on it is known as one."""
        return f"{self.step.kind}:{self.step.due_on.isoformat()}" if self.step else ""

    @property
    def dormancy(self) -> Dormancy | None:
        """Upwork's dormancy clock, for fixed price with money in escrow (C7)."""
        contract = self.contract
        if contract.closed_on or contract.kind == Contract.Kind.HOURLY:
            return None
        if not contract.escrow or contract.last_milestone_on is None:
            return None
        return dormancy(contract.last_milestone_on, self.as_of)

    @property
    def has_dormancy_news(self) -> bool:
        """Whether Upwork's first notice is out (C7)."""
        return self.dormancy is not None and self.dormancy.passed is not None

    @property
    def returns_escrow(self) -> bool:
        """Whether ending it yourself gives money back to the client (C7)."""
        advises_end = self.step and self.step.kind in (StepKind.CLOSE, StepKind.END_BADLY)
        is_hourly = self.contract.kind == Contract.Kind.HOURLY
        return bool(advises_end and self.contract.escrow and not is_hourly)

    @property
    def feedback_until(self) -> dt.datetime | None:
        """The instant (UTC) up to which feedback can be left; None when there is some."""
        contract = self.contract
        if contract.closed_on is None or contract.rating is not None:
            return None
        return feedback_deadline(contract.closed_on)

    @property
    def is_waiting_for_delivery(self) -> bool:
        contract = self.contract
        return self.step is None and contract.closed_on is None and contract.delivered_on is None


def board_row(contract: Contract, as_of: dt.date, practice: Intervals) -> BoardRow:
    """The row of a contract that comes from `with_history`."""
    intervals = intervals_of(contract, practice)
    known_until = as_of + ELSEWHERE
    cadence = cadence_of(events_of(contract), as_of, intervals, known_until=known_until)
    return BoardRow(contract, as_of, cadence, intervals)


def board_rows(*, actor: Actor, as_of: dt.date) -> list[BoardRow]:
    """Every contract on which something is to be done or waited for: three queries."""
    rows = in_cadence(Contract.objects.for_actor(actor).of_choice(actor), as_of)
    practice = practice_intervals(actor.practice.pk)
    return [board_row(row, as_of, practice) for row in with_history(rows).order_by("pk")]


def contract_row(*, actor: Actor, contract: Contract, as_of: dt.date) -> BoardRow:
    """One contract's row, read afresh."""
    rows = Contract.objects.for_actor(actor).filter(pk=contract.pk)
    return board_row(with_history(rows).get(), as_of, practice_intervals(actor.practice.pk))


def by_due_date(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """The longest due first."""
    return sorted(
        rows, key=lambda row: (row.step.due_on if row.step else dt.date.max, row.contract.pk)
    )


@dataclass(frozen=True)
class Board:
    """The board of one actor on one day; `only` is a step to look at alone, or ""."""

    rows: list[BoardRow]
    only: str = ""

    @cached_property
    def counts(self) -> list[tuple[StepKind, int]]:
        """How many contracts stand at each step, in the order of the cadence."""
        found = Counter(row.step.kind for row in self.rows if row.step)
        return [(kind, found[kind]) for kind in StepKind if found[kind]]

    @cached_property
    def _shown(self) -> list[BoardRow]:
        rows = [row for row in self.rows if row.step]
        return by_due_date(row for row in rows if not self.only or row.step.kind == self.only)  # type: ignore[union-attr]  # filtered above

    @cached_property
    def due(self) -> list[BoardRow]:
        return [row for row in self._shown if row.is_due]

    @property
    def coming(self) -> list[BoardRow]:
        return [row for row in self._shown if not row.is_due]

    @property
    def waiting_for_delivery(self) -> list[BoardRow]:
        return [
            row for row in self.rows if row.is_waiting_for_delivery and not row.cadence.is_taken_out
        ]

    @property
    def taken_out(self) -> list[BoardRow]:
        return [row for row in self.rows if row.cadence.is_taken_out]

    @property
    def dormant_soon(self) -> list[BoardRow]:
        """Contracts about which Upwork has sent a notice, the oldest milestone first (C7)."""
        rows = (row for row in self.rows if row.has_dormancy_news)
        return sorted(rows, key=lambda row: row.contract.last_milestone_on or dt.date.max)

    @property
    def feedback_open(self) -> list[BoardRow]:
        """Closed without feedback while it can be left, the first deadline first (J18)."""
        # By the clock and not by the day: midnight UTC falls within the day of most readers.
        now = timezone.now()
        rows = (row for row in self.rows if row.feedback_until and row.feedback_until > now)
        return sorted(rows, key=lambda row: row.contract.closed_on or dt.date.max)
