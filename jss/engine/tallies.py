"""How many outcomes of each kind the windows hold (J2 to J5), and what they weigh (J11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import Counts, Flags, Positions, as_day, as_scored_day
from jss.engine.contracts import ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.windows import window_starts


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Closed contracts that can count, by outcome; the last axis runs over `rules.all_months`.

    The contracts are counted for J3's allowance; what stands in the formula (J1) is weighed, in
    units of the rule set.
    """

    positive: Counts
    negative: Counts
    no_feedback: Counts
    gained: Counts
    """The weight of the positive outcomes."""
    lead: Counts
    """The numerator of J1 before its floor at 0: by the net reading `gained` less what the negative
    outcomes take."""
    weight: Counts
    """The weight of everything that can count, missing feedback included."""
    rules: RuleSet

    @classmethod
    def plain(
        cls, positive: Counts, negative: Counts, no_feedback: Counts, rules: RuleSet = CLASSIC
    ) -> Tallies:
        """Where every outcome weighs 1 (J1)."""
        closed = positive + negative + no_feedback
        return cls(positive, negative, no_feedback, positive, positive - negative, closed, rules)

    @property
    def closed(self) -> Counts:
        """All of a window's closed contracts, but for those that never count (J3)."""
        return self.positive + self.negative + self.no_feedback

    @property
    def tolerated(self) -> Counts:
        """How many of the contracts without feedback cost nothing (J3)."""
        return tolerated(self.closed, self.no_feedback, self.rules)

    @property
    def total(self) -> Counts:
        """The denominator of J1: the weight of all but the tolerated missing feedback (J3)."""
        return self.weight - self.rules.scale * self.tolerated

    def with_positives(self, more: Counts | int) -> Tallies:
        """With so many positive outcomes of weight 1 more in each window (J8)."""
        units = self.rules.scale * more
        return Tallies(
            self.positive + more,
            self.negative,
            self.no_feedback,
            self.gained + units,
            self.lead + units,
            self.weight + units,
            self.rules,
        )


def tolerated(closed: Counts, no_feedback: Counts, rules: RuleSet) -> Counts:
    """How many of a window's contracts without feedback cost nothing (J3)."""
    share = rules.tolerated_share
    allowance = np.maximum(rules.tolerated_at_least, closed * share.numerator // share.denominator)
    return np.minimum(no_feedback, allowance)


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
    windows = len(rules.all_months)
    # The windows are nested, so each contract is put into the shortest one that holds it.
    shortest = np.zeros(len(table), dtype=np.int64)
    for months in rules.all_months:
        shortest += table.closed_on <= window_starts(np.array([now]), months)[0]
    held = (table.closed_on <= known) & (shortest < windows)  # false for NaT: open
    held &= table.outcome != Outcome.NEVER_COUNTED
    cell = (table.outcome[held] * np.int64(table.freelancers) + table.freelancer[held]) * windows
    cell += shortest[held]
    shape = (len(Outcome) - 1, table.freelancers, windows)
    counts = np.bincount(cell, minlength=shape[0] * shape[1] * shape[2])
    positive, negative, no_feedback = counts.reshape(shape).cumsum(axis=2)
    if table.stakes is None:
        return Tallies.plain(positive, negative, no_feedback, rules)
    lead, weight = (
        _summed(column, cell, held, shape) for column in (table.stakes.lead, table.stakes.weight)
    )
    return Tallies(
        positive,
        negative,
        no_feedback,
        gained=lead[Outcome.POSITIVE],
        lead=lead.sum(axis=0),
        weight=weight.sum(axis=0),
        rules=rules,
    )


def _summed(column: Counts, cell: Positions, held: Flags, shape: tuple[int, int, int]) -> Counts:
    """The column's sum by outcome, freelancer and window."""
    # Sums of whole numbers far below 2**53, so numpy's floats hold them exactly.
    sums = np.bincount(cell, weights=column[held], minlength=shape[0] * shape[1] * shape[2])
    return sums.astype(np.int64).reshape(shape).cumsum(axis=2)
