"""How many good contracts it takes to reach a score (J8)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from jss.engine.columns import Counts, Flags
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.ratios import in_lines, product, reaches
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.tallies import Tallies, tallies_at
from jss.engine.targets import PerCent, target_ratio

NEVER = -1
"""Stands for "no number of positive outcomes is enough" in arrays."""


def positives_needed(
    contracts: Sequence[ClosedContract],
    as_of: date,
    target: PerCent,
    *,
    rules: RuleSet = CLASSIC,
) -> int | None:
    """The fewest five-star contracts, closed on `as_of`, with which the shown score reaches the
    target (per cent, exactly); None if none can (J8). Raises ValueError for a target outside 0–100.
    """
    table = ContractTable.of_one(contracts, rules)
    needed = positives_needed_by_all(tallies_at(table, as_of, rules=rules), target)
    return None if needed[0] == NEVER else int(needed[0])


def positives_needed_by_all(tallies: Tallies, target: PerCent) -> Counts:
    """`positives_needed` for every freelancer; NEVER where no number is enough."""
    ratio = target_ratio(target)
    return fewest_positives(tallies, ratio.numerator, ratio.denominator)


def fewest_positives(
    tallies: Tallies, numerator: Counts | int, denominator: Counts | int
) -> Counts:
    """The fewest positive outcomes with which the shown score reaches numerator/denominator.

    J3's allowance is worked out anew with every one of them, so there is no closed formula; but a
    further positive outcome never lowers a score (it adds its weight above the line, and at most as
    much below), so the least number is found by halving the range that must hold it.
    """
    of_windows = [tallies.rules.all_months.index(each) for each in tallies.rules.window_months]
    high = _least(_surely_enough(tallies, numerator, denominator)[..., of_windows])
    possible = high != NEVER
    low = np.zeros_like(high)
    high = np.where(possible, high, 0)
    while (low < high).any():
        middle = (low + high) // 2
        enough = _is_reached(tallies.with_positives(middle[..., None]), numerator, denominator)
        low, high = (
            np.where(enough, low, np.minimum(middle + 1, high)),
            np.where(enough, middle, high),
        )
    return np.where(possible, high, NEVER)


def _is_reached(tallies: Tallies, numerator: Counts | int, denominator: Counts | int) -> Flags:
    """Whether any of the scores, and so the one that is shown, is there (J4)."""
    lead, total = in_lines(tallies.lead, tallies.total, tallies.rules)
    return reaches(lead, total, numerator, denominator).any(axis=-1)


def _least(in_windows: Counts) -> Counts:
    """The least number of each row; NEVER where it holds none."""
    beyond = np.iinfo(np.int64).max
    least = np.where(in_windows == NEVER, beyond, in_windows).min(axis=-1)
    return np.where(least == beyond, NEVER, least)


def _surely_enough(tallies: Tallies, numerator: Counts | int, denominator: Counts | int) -> Counts:
    """For each window a number of positive outcomes that reaches the target; NEVER: there is none.

    Below 100 %: what it takes if J3's allowance didn't grow. At 100 %: what it takes for every
    contract without feedback to be tolerated, provided that there is no negative outcome.
    """
    rules, total = tallies.rules, tallies.total
    gap = np.maximum(denominator - numerator, 1)
    short = product(numerator, total) - product(denominator, tallies.lead)
    below_all = np.maximum(-(-short // (gap * rules.scale)), 0).astype(np.int64)

    share = rules.tolerated_share
    all_tolerated = np.zeros_like(total)
    if share:
        enough_closed = -(-tallies.no_feedback * share.denominator // share.numerator)
        all_tolerated = np.maximum(enough_closed - tallies.closed, 0)
    within_least = tallies.no_feedback <= rules.tolerated_at_least
    all_tolerated = np.where(within_least, 0, all_tolerated)
    impossible = tallies.negative > 0
    if not share:
        impossible = impossible | ~within_least

    at_all = np.where(impossible, NEVER, all_tolerated)
    enough = np.where(denominator > numerator, below_all, at_all)
    # An empty window reaches nothing until something is counted in it.
    return np.where((enough == 0) & (total == 0), 1, enough)
