"""Official scores beside what was known of the contracts on those days (J7), as matrices.

Which contracts a window holds on the day of a reading (J5) doesn't depend on how a rating or a
missing feedback is taken, nor on what an outcome weighs. So it is worked out once, and any number
of rule sets with the same windows are tried on it by a multiplication each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from jss.engine.columns import Counts, Days, Flags, as_scored_day
from jss.engine.contracts import ClosedContract, weight_of
from jss.engine.culprits import SeenScore
from jss.engine.outcomes import Outcome
from jss.engine.rules import Reading, RuleSet
from jss.engine.tallies import Tallies
from jss.engine.weights import LOWEST_RATING
from jss.engine.windows import window_starts


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """A score seen on Upwork, and the contracts as they were known on that day."""

    seen: SeenScore
    contracts: Sequence[ClosedContract]
    whose: str = ""
    """Whatever the caller knows the freelancer by."""
    key: str = ""
    """Whatever the caller knows the reading by; the engine only hands it back."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What each row adds to both sides of J1 by one rule set, in its units."""

    outcome: Counts
    lead: Counts
    weight: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Lost:
    """Which part of each row's weight a negative outcome takes, as whole numbers (J11)."""

    numerator: Counts
    denominator: Counts

    def of(self, weight: Counts) -> Counts:
        """That part in whole units, rounded half to even as `round` does."""
        quotient, rest = np.divmod(weight * self.numerator, self.denominator)
        half = 2 * rest - self.denominator
        rounded: Counts = quotient + ((half > 0) | ((half == 0) & (quotient % 2 == 1)))
        return rounded


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Which contracts the windows of one freelancer's readings hold."""

    positions: tuple[int, ...]
    """Which of the observations they are."""
    rows: tuple[ClosedContract, ...]
    """Every contract that a window of one of them holds, each once for every rating it has had."""
    inside: NDArray[np.float64]
    """1 where the window holds the row; of shape (readings, `rules.all_months`, rows)."""

    def outcomes(self, rules: RuleSet) -> Counts:
        """What each row is by those rules (J2)."""
        return np.fromiter((row.outcome(rules) for row in self.rows), np.int8, len(self.rows))

    def units(self, rules: RuleSet) -> Counts:
        """What each row's outcome weighs, or would weigh (J11)."""
        return np.fromiter((weight_of(row, rules) for row in self.rows), np.int64, len(self.rows))

    def lost(self, outcome: Counts, rules: RuleSet) -> Lost:
        """What part of its weight a negative outcome takes from what stands above the line."""
        shares = np.zeros((2, len(self.rows)), dtype=np.int64)
        shares[1] = 1
        if rules.reading == Reading.NET:
            for at in np.flatnonzero(outcome == Outcome.NEGATIVE):
                shares[:, at] = _lost(self.rows[at], rules).as_integer_ratio()
        return Lost(*shares)

    def columns(self, outcome: Counts, units: Counts, lost: Lost, rules: RuleSet) -> Columns:
        """What each row adds, given its outcome and what that weighs."""
        silent, never = outcome == Outcome.NO_FEEDBACK, outcome == Outcome.NEVER_COUNTED
        weight = np.where(silent, rules.scale, np.where(never, 0, units))
        gained = np.where(outcome == Outcome.POSITIVE, weight, 0)
        return Columns(outcome, gained - lost.of(weight), weight)

    def tallies(self, columns: Columns, rules: RuleSet) -> Tallies:
        """What the windows hold; of shape (readings, `rules.all_months`)."""
        kinds = [columns.outcome == kind for kind in tuple(Outcome)[:3]]
        of_positive = np.where(kinds[0], columns.lead, 0)
        summed = np.stack([*kinds, of_positive, columns.lead, columns.weight], axis=1)
        # Sums of whole numbers far below 2**53, so numpy's floats hold them exactly.
        sums = self.inside @ summed.astype(np.float64)
        numbers = np.moveaxis(sums.astype(np.int64), -1, 0)
        positive, negative, no_feedback, gained, lead, weight = numbers
        return Tallies(positive, negative, no_feedback, gained, lead, weight, rules)

    def tallies_by(self, rules: RuleSet) -> Tallies:
        """The same for a rule set that is tried alone."""
        outcome = self.outcomes(rules)
        lost = self.lost(outcome, rules)
        columns = self.columns(outcome, self.units(rules), lost, rules)
        return self.tallies(columns, rules)


def _lost(contract: ClosedContract, rules: RuleSet) -> Fraction:
    """The part of a negative outcome's weight that is lost, as `stake_of` has it for one contract;
    apart from the weight, so that it is worked out once for all strengths."""
    if not rules.weights or not rules.weights.is_partly_negative or contract.rating is None:
        return Fraction(1)
    cut_off = Fraction(rules.positive_from)
    return min(Fraction(1), (cut_off - Fraction(contract.rating)) / (cut_off - LOWEST_RATING))


def held_of(observations: Sequence[Observation], rules: RuleSet) -> tuple[Held, ...]:
    """What the windows hold on the day of each observation, freelancer by freelancer.

    Raises ValueError for a day that is out of range.
    """
    numbered = sorted(enumerate(observations), key=lambda each: (each[1].whose, each[0]))
    return tuple(
        _held(list(group), rules) for _whose, group in groupby(numbered, lambda each: each[1].whose)
    )


def _held(group: Sequence[tuple[int, Observation]], rules: RuleSet) -> Held:
    rows: dict[int, ClosedContract] = {}
    for _number, observation in group:
        rows.update((id(contract), contract) for contract in observation.contracts)
    at = {identity: position for position, identity in enumerate(rows)}
    closed = [row.closed_on for row in rows.values()]
    closed_on = np.array(closed, dtype="datetime64[D]")  # NaT while it is open: in no window
    inside = np.zeros((len(group), len(rules.all_months), len(rows)))
    for number, (_position, observation) in enumerate(group):
        known = np.array([at[id(each)] for each in observation.contracts], dtype=np.int64)
        inside[number, :, known] = np.stack(
            list(_inside(closed_on[known], as_scored_day(observation.seen.day), rules)), axis=1
        )
    # What no window holds is worked out for nothing.
    kept = np.flatnonzero(inside.any(axis=(0, 1)))
    pool = tuple(rows.values())
    return Held(
        positions=tuple(position for position, _observation in group),
        rows=tuple(pool[position] for position in kept),
        inside=inside[:, :, kept],
    )


def _inside(closed_on: Days, day: np.datetime64, rules: RuleSet) -> Iterator[Flags]:
    """For each window whether it holds what was closed on those days (J5)."""
    for months in rules.all_months:
        yield (closed_on > window_starts(np.array([day]), months)[0]) & (closed_on <= day)
