"""How many outcomes of each kind the windows hold (J2 to J5)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import Counts, as_day, as_scored_day
from jss.engine.contracts import ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.windows import window_starts


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Closed contracts that can count, by outcome; the last axis runs over the rules' windows."""

    positive: Counts
    negative: Counts
    no_feedback: Counts

    @property
    def closed(self) -> Counts:
        """All of a window's closed contracts, but for those that never count (J3)."""
        return self.positive + self.negative + self.no_feedback

    @property
    def lead(self) -> Counts:
        """Positive minus negative outcomes: the numerator of J1 before its floor at 0."""
        return self.positive - self.negative

    def counted(self, rules: RuleSet = CLASSIC) -> Counts:
        """The denominator of J1."""
        return counted(self.closed, self.no_feedback, rules)

    def with_positives(self, more: Counts | int) -> "Tallies":
        """With so many positive outcomes more in each window."""
        return Tallies(self.positive + more, self.negative, self.no_feedback)


def tolerated(closed: Counts, no_feedback: Counts, rules: RuleSet) -> Counts:
    """How many of a window's contracts without feedback cost nothing (J3)."""
    share = rules.tolerated_share
    allowance = np.maximum(rules.tolerated_at_least, closed * share.numerator // share.denominator)
    return np.minimum(no_feedback, allowance)


def counted(closed: Counts, no_feedback: Counts, rules: RuleSet) -> Counts:
    """The denominator of J1: every outcome but the tolerated contracts without feedback (J3)."""
    return closed - tolerated(closed, no_feedback, rules)


def tallies_at(
    table: ContractTable,
    day: date,
    *,
    closed_until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> Tallies:
    """What each freelancer's windows hold at the end of that day; shape (freelancers, windows).

    Contracts closed after `closed_until` (usual: after that day) are ignored, which is how a day
    ahead is looked at as nothing else were closed until then (J7).
    """
    now = as_scored_day(day)
    known = now if closed_until is None else min(now, as_day(closed_until))
    windows = len(rules.window_months)
    # The windows are nested, so each contract is put into the shortest one that holds it.
    shortest = np.zeros(len(table), dtype=np.int64)
    for months in rules.window_months:
        shortest += table.closed_on <= window_starts(np.array([now]), months)[0]
    held = (table.closed_on <= known) & (shortest < windows)  # false for NaT: open
    held &= table.outcome != Outcome.NEVER_COUNTED
    cell = (table.outcome[held] * np.int64(table.freelancers) + table.freelancer[held]) * windows
    shape = (len(Outcome) - 1, table.freelancers, windows)
    counts = np.bincount(cell + shortest[held], minlength=shape[0] * shape[1] * shape[2])
    positive, negative, no_feedback = counts.reshape(shape).cumsum(axis=2)
    return Tallies(positive, negative, no_feedback)
