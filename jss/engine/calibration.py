"""The conventions that fit the readings best: least squares over a grid (J1 to J4, J7, J11).

Every combination within the bounds of `conventions` is tried on every reading, in whole points: the
difference between the displayed score and the reading. So the sums of squares are whole numbers,
equal fits are exactly equal, and the order of the readings can't matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import product, repeat

import numpy as np

from jss.engine.columns import NO_SCORE, Counts, Flags
from jss.engine.comparison import Comparison, comparison_of, mean_root, shown_scores
from jss.engine.conventions import (
    Convention,
    Grid,
    Value,
    grid_of,
    with_allowance,
    with_cut_off,
    with_strength,
)
from jss.engine.observations import Held, Observation, held_of
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.tallies import Tallies, tolerated

OWN = "own"
"""Names the rule set that comes out."""

FEWEST_READINGS = 3
"""With fewer readings nothing is fitted: some combination nearly always agrees with two."""
READINGS_TO_BE_SURE = len(Convention) + 1
"""With no more readings than free conventions a fit may be chance."""
WORTH_IT = 0.5
"""Points of the root mean square by which a fit has to be nearer than what it is made from."""
AS_GOOD = 0.25
"""Points of the root mean square within which another fit is practically as good."""
WIDE = {
    Convention.POSITIVE_FROM: Fraction(1),
    Convention.WEIGHT_STRENGTH: Fraction(1, 2),
    Convention.TOLERATED_AT_LEAST: Fraction(2),
    Convention.TOLERATED_SHARE: Fraction(1, 5),
}
"""Where practically as good values span more than this, the readings don't settle a convention."""
IMPOSSIBLE = 10**12
"""Stands for the squares of a combination by which a day with a reading has no score."""


class FitVerdict(StrEnum):
    """What the search came to."""

    TOO_FEW = "too_few"
    NO_BETTER = "no_better"
    """Nothing is nearer to the readings than the base by so much that it is worth it."""
    FITS = "fits"
    NOT_SURE = "not_sure"
    """It is nearer, but so few readings, or such wide ranges, may be chance."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One convention: what it was, what fits best, and how sure that is."""

    convention: Convention
    before: Fraction
    after: Fraction
    lowest: Fraction
    """From here to `highest` lie the values with which some combination is practically as good."""
    highest: Fraction
    is_open: bool
    """Every value that is tried is practically as good: the readings say nothing about it."""

    @property
    def has_changed(self) -> bool:
        return self.before != self.after

    @property
    def is_wide(self) -> bool:
        """Whether the readings leave it unsettled."""
        return self.highest - self.lowest > WIDE[self.convention]


@dataclass(frozen=True, slots=True)
class Fit:
    """The best combination beside what it is made from."""

    base: RuleSet
    rules: RuleSet
    """The base itself where no fit is offered."""
    before: Comparison
    after: Comparison
    conventions: tuple[Fitted, ...]
    """None of them with too few readings."""
    verdict: FitVerdict

    @property
    def readings(self) -> int:
        """How many readings have a computed score, and so took part."""
        return len(self.before.offs)

    @property
    def is_offered(self) -> bool:
        """Whether it is worth keeping."""
        return self.verdict in {FitVerdict.FITS, FitVerdict.NOT_SURE}


def fit_of(observations: Sequence[Observation], base: RuleSet = CLASSIC) -> Fit:
    """The conventions of `base` changed so that the readings are met best (least squares).

    Of equal fits the one with the fewest changed conventions, then the nearest to the base.
    Readings of days without a computed score by `base` are left out. Raises ValueError for a base
    whose cut-off lies out of bounds, and for a day that is out of range.
    """
    before = comparison_of(observations, rules=base)
    used = [row.observation for row in before.rows if row.exact is not None]
    if len(used) < FEWEST_READINGS:
        return Fit(base, base, before, before, (), FitVerdict.TOO_FEW)
    groups = held_of(used, base)
    grid = grid_of((row for held in groups for row in held.rows), base)
    squares = np.zeros(grid.shape, dtype=np.int64)
    for held in groups:
        squares += _squares(held, _seen(held, used), grid, base)
    at = _best(squares, grid)
    rules = _rules_at(grid, at, base)
    after = comparison_of(observations, rules=rules)
    conventions = _fitted(squares, at, grid, len(used))
    verdict = _verdict(before, after, conventions)
    if verdict is FitVerdict.NO_BETTER:
        rules, after = base, before
    return Fit(base, rules, before, after, conventions, verdict)


def _seen(held: Held, used: Sequence[Observation]) -> Counts:
    return np.array([used[position].seen.score for position in held.positions], dtype=np.int64)


def _squares(held: Held, seen: Counts, grid: Grid, base: RuleSet) -> Counts:
    """The sum of squares of one freelancer's readings for each combination of the grid."""
    found = np.empty(grid.shape, dtype=np.int64)
    strengths = [with_strength(base, v.tried) for v in grid.values[Convention.WEIGHT_STRENGTH]]
    units = [held.units(rules) for rules in strengths]
    for row, cut_off in enumerate(grid.values[Convention.POSITIVE_FROM]):
        cut = [with_cut_off(rules, cut_off.tried) for rules in strengths]
        outcome = held.outcomes(cut[0])
        # How negative an outcome is depends on there being weights, not on how strong they are.
        lost = [held.lost(outcome, cut[0])] + [held.lost(outcome, cut[1])] * (len(cut) - 1)
        columns = map(held.columns, repeat(outcome), units, lost, cut)
        tallies = [held.tallies(each, rules) for each, rules in zip(columns, cut, strict=True)]
        # Nothing is weighed for the allowance, so it is the same for every strength.
        costless = _costless(tallies[0], grid)
        for column, each in enumerate(tallies):
            shown = shown_scores(each, costless)
            square = np.where(shown == NO_SCORE, IMPOSSIBLE, (shown - seen) ** 2).sum(axis=-1)
            found[row, column] = square.reshape(grid.shape[2:])
    return found


def _costless(tallies: Tallies, grid: Grid) -> Counts:
    """How many contracts without feedback cost nothing, for each allowance on the first axis."""
    at_least, share = (
        grid.values[each] for each in (Convention.TOLERATED_AT_LEAST, Convention.TOLERATED_SHARE)
    )
    allowances = [
        with_allowance(tallies.rules, number.tried, part.tried)
        for number, part in product(at_least, share)
    ]
    closed, silent = tallies.closed, tallies.no_feedback
    return np.stack([tolerated(closed, silent, rules) for rules in allowances])


def _best(squares: Counts, grid: Grid) -> tuple[int, ...]:
    """The least squares; then the fewest changes; then the fewest steps; then the lowest values."""
    places = np.indices(grid.shape)
    steps = [
        np.abs(place - grid.base[convention])
        for convention, place in zip(Convention, places, strict=True)
    ]
    changes = sum(step > 0 for step in steps) + np.zeros(grid.shape, dtype=np.int64)
    order = np.lexsort((sum(steps).ravel(), changes.ravel(), squares.ravel()))
    return tuple(int(place) for place in np.unravel_index(order[0], grid.shape))


def _rules_at(grid: Grid, at: tuple[int, ...], base: RuleSet) -> RuleSet:
    cut_off, strength, at_least, share = (
        value.tried for _convention, value in _values_at(grid, at)
    )
    rules = with_strength(with_cut_off(base, cut_off), strength)
    return replace(with_allowance(rules, at_least, share), name=OWN)


def _values_at(grid: Grid, at: tuple[int, ...]) -> Iterator[tuple[Convention, Value]]:
    for convention, place in zip(Convention, at, strict=True):
        yield convention, grid.values[convention][place]


def _fitted(squares: Counts, at: tuple[int, ...], grid: Grid, readings: int) -> tuple[Fitted, ...]:
    """Each convention with the values that come practically as near, whatever the others are."""
    least = mean_root(int(squares[at]), readings) or 0
    as_good: Flags = squares <= (least + AS_GOOD) ** 2 * readings
    found = []
    for axis, (convention, value) in enumerate(_values_at(grid, at)):
        others = tuple(other for other in range(as_good.ndim) if other != axis)
        places = np.flatnonzero(as_good.any(axis=others))
        values = grid.values[convention]
        found.append(
            Fitted(
                convention=convention,
                before=values[grid.base[convention]].tried,
                after=value.tried,
                lowest=values[places[0]].lowest,
                highest=values[places[-1]].highest,
                is_open=len(places) == len(values),
            )
        )
    return tuple(found)


def _verdict(before: Comparison, after: Comparison, conventions: tuple[Fitted, ...]) -> FitVerdict:
    gained = (before.root_mean_square or 0) - (after.root_mean_square or 0)
    if gained < WORTH_IT:
        return FitVerdict.NO_BETTER
    unsettled = any(each.is_wide for each in conventions if each.has_changed)
    if unsettled or len(after.offs) < READINGS_TO_BE_SURE:
        return FitVerdict.NOT_SURE
    return FitVerdict.FITS
