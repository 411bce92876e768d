"""How far a rule set is off the official scores that were seen (J7, J17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt

import numpy as np

from jss.engine.columns import NO_SCORE, Counts
from jss.engine.observations import Held, Observation, held_of
from jss.engine.ratios import displayed, highest, in_lines, per_cent
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Compared:
    """One reading beside the score that a rule set computes for its day."""

    observation: Observation
    exact: Fraction | None
    """0 to 1, before rounding; None: nothing counts on that day."""

    @property
    def score(self) -> int | None:
        """As displayed, in whole per cent."""
        return None if self.exact is None else displayed(self.exact)

    @property
    def off(self) -> int | None:
        """How many points the displayed score lies above the reading. A reading is a rounded whole
        per cent, so less than half a point before rounding is 0: agreement."""
        return None if self.score is None else self.score - self.observation.seen.score


@dataclass(frozen=True)
class Comparison:
    """A rule set beside all readings, in the given order."""

    rules: RuleSet
    rows: tuple[Compared, ...]

    @cached_property
    def offs(self) -> tuple[int, ...]:
        """Of the readings with a computed score, how many points off it is."""
        return tuple(row.off for row in self.rows if row.off is not None)

    @property
    def without_score(self) -> tuple[Observation, ...]:
        """The readings of days on which nothing counted: there is nothing to compare."""
        return tuple(row.observation for row in self.rows if row.exact is None)

    @property
    def root_mean_square(self) -> float | None:
        """The usual size of a miss in points: the root of the mean square; None: no reading."""
        return mean_root(sum(off * off for off in self.offs), len(self.offs))

    @property
    def worst(self) -> int | None:
        """The farthest miss in points, with its sign."""
        return max(self.offs, key=abs, default=None)

    @property
    def agreeing(self) -> int:
        """How many readings the computed score agrees with."""
        return self.offs.count(0)


def mean_root(squares: int, number: int) -> float | None:
    """The root of the mean of that many squares with that sum; None where there are none."""
    return sqrt(squares / number) if number else None


def comparisons_of(
    observations: Sequence[Observation], rule_sets: Iterable[RuleSet]
) -> list[Comparison]:
    """What each rule set computes for the day of each reading.

    Raises ValueError for a day that is out of range.
    """
    held: dict[tuple[int, ...], tuple[Held, ...]] = {}
    found = []
    for rules in rule_sets:
        if rules.all_months not in held:
            held[rules.all_months] = held_of(observations, rules)
        exact: list[Fraction | None] = [None] * len(observations)
        for group in held[rules.all_months]:
            tallies = group.tallies_by(rules)
            lead, total = highest(*in_lines(tallies.lead, tallies.total, rules))
            for position, above, below in zip(group.positions, lead, total, strict=True):
                exact[position] = Fraction(int(above), int(below)) if below else None
        rows = zip(observations, exact, strict=True)
        found.append(Comparison(rules, tuple(Compared(each, score) for each, score in rows)))
    return found


def comparison_of(observations: Sequence[Observation], *, rules: RuleSet = CLASSIC) -> Comparison:
    """`comparisons_of` for one rule set."""
    return comparisons_of(observations, [rules])[0]


def shown_scores(tallies: Tallies, costless: Counts) -> Counts:
    """The displayed score of each reading, for each allowance of missing feedback (J3).

    `costless` holds what each allowance lets pass, on one axis in front of those of the tallies;
    NO_SCORE where nothing counts.
    """
    total = tallies.weight - tallies.rules.scale * costless
    lead = np.broadcast_to(tallies.lead, total.shape)
    lines = per_cent(*in_lines(lead, total, tallies.rules))
    return lines.max(axis=-1, initial=NO_SCORE).astype(np.int64)
