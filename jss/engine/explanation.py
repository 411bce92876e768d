"""Which contract counts in which window, and why not (J2 to J5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from jss.engine.columns import as_scored_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.tallies import tallies_at
from jss.engine.windows import leaving_days, window_starts


class Reason(StrEnum):
    """Why a contract counts in a window as it does, or doesn't."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NO_FEEDBACK_COUNTED = "no_feedback_counted"
    NO_FEEDBACK_TOLERATED = "no_feedback_tolerated"
    OUTSIDE_WINDOW = "outside_window"
    CLIENT_FLAGGED = "client_flagged"
    FEEDBACK_REMOVED = "feedback_removed"
    NO_FEEDBACK_LEFT_OUT = "no_feedback_left_out"
    """By rule sets that don't count missing feedback (J17)."""
    UNPAID = "unpaid"
    """It brought no money and didn't go badly; by rule sets that leave such contracts out (J17)."""
    OPEN = "open"
    CLOSED_LATER = "closed_later"

    @property
    def counts(self) -> bool:
        """Whether the contract is in the denominator of J1."""
        return self in {Reason.POSITIVE, Reason.NEGATIVE, Reason.NO_FEEDBACK_COUNTED}


@dataclass(frozen=True, slots=True)
class InWindow:
    """What one contract is to one window."""

    months: int
    reason: Reason
    leaves_on: date | None
    """The first day on which it isn't in the window any more (J5); None where it isn't in it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one contract is to each window (`rules.all_months`), shortest window first."""

    contract: ClosedContract
    windows: tuple[InWindow, ...]

    def in_window(self, months: int) -> InWindow:
        """What it is to the window of so many months."""
        return next(place for place in self.windows if place.months == months)


def explanations_of(
    contracts: Sequence[ClosedContract], as_of: date, *, rules: RuleSet = CLASSIC
) -> tuple[Explanation, ...]:
    """What each contract, in the given order, is to each window on that day."""
    table = ContractTable.of_one(contracts, rules)
    tallies = tallies_at(table, as_of, rules=rules)
    costless = tallies.tolerated[0]
    elsewhere = [_never(contract, as_of, rules) or Reason.OUTSIDE_WINDOW for contract in contracts]
    columns = []
    for months, free in zip(rules.all_months, costless.tolist(), strict=True):
        column = [InWindow(months, reason, None) for reason in elsewhere]
        for row, reason, gone in _held(table, as_of, months, free):
            column[row] = InWindow(months, reason, gone)
        columns.append(column)
    return tuple(map(Explanation, contracts, zip(*columns, strict=True)))


def _held(
    table: ContractTable, as_of: date, months: int, free: int
) -> Iterator[tuple[int, Reason, date]]:
    """The rows that a window holds and that can count, why, and when they leave it.

    Oldest first, as the first `free` ones without feedback are the tolerated ones (J3).
    """
    now = as_scored_day(as_of)
    held = (table.closed_on > window_starts(np.array([now]), months)[0]) & (table.closed_on <= now)
    rows = np.flatnonzero(held & (table.outcome != Outcome.NEVER_COUNTED))
    rows = rows[np.argsort(table.closed_on[rows], kind="stable")]
    gone = leaving_days(table.closed_on[rows], months)
    for row, outcome, day in zip(rows.tolist(), table.outcome[rows], gone.tolist(), strict=True):
        match outcome:
            case Outcome.POSITIVE:
                reason = Reason.POSITIVE
            case Outcome.NEGATIVE:
                reason = Reason.NEGATIVE
            case _:
                free -= 1
                reason = Reason.NO_FEEDBACK_COUNTED if free < 0 else Reason.NO_FEEDBACK_TOLERATED
        yield row, reason, day


def _never(contract: ClosedContract, as_of: date, rules: RuleSet) -> Reason | None:
    """Why it counts in no window on that day, whatever the window's length; None where it may."""
    if contract.closed_on is None:
        return Reason.OPEN
    if contract.client_flagged:
        return Reason.CLIENT_FLAGGED
    if contract.feedback_removed:
        return Reason.FEEDBACK_REMOVED
    if contract.closed_on > as_of:
        return Reason.CLOSED_LATER
    if contract.outcome(rules) != Outcome.NEVER_COUNTED:
        return None
    is_left_out = contract.rating is None and not rules.counts_no_feedback
    return Reason.NO_FEEDBACK_LEFT_OUT if is_left_out else Reason.UNPAID
