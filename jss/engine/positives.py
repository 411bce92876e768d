"""How many good contracts it takes to reach a score (J8)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from jss.engine.columns import Counts
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.tallies import Tallies, tallies_at
from jss.engine.targets import PerCent, reaches, target_ratio

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
    needed = positives_needed_by_all(tallies_at(table, as_of, rules=rules), target, rules=rules)
    return None if needed[0] == NEVER else int(needed[0])


def positives_needed_by_all(
    tallies: Tallies, target: PerCent, *, rules: RuleSet = CLASSIC
) -> Counts:
    """`positives_needed` for every freelancer; NEVER where no number is enough."""
    ratio = target_ratio(target)
    in_windows = positives_needed_in_windows(tallies, ratio.numerator, ratio.denominator, rules)
    return fewest(in_windows)


def fewest(in_windows: Counts) -> Counts:
    """The least number of each row, as the highest of the windows is the one shown (J4)."""
    beyond = np.iinfo(np.int64).max
    least = np.where(in_windows == NEVER, beyond, in_windows).min(axis=-1)
    return np.where(least == beyond, NEVER, least)


def positives_needed_in_windows(
    tallies: Tallies, numerator: Counts | int, denominator: Counts | int, rules: RuleSet
) -> Counts:
    """The fewest positive outcomes with which each window reaches numerator/denominator.

    J3's allowance is worked out anew with every one of them, so there is no closed formula; but a
    further positive outcome never lowers a score (it adds 1 to the numerator and at most 1 to the
    denominator), so the least number is found by halving the range that must hold it.
    """
    high = _surely_enough(tallies, numerator, denominator, rules)
    possible = high != NEVER
    low = np.zeros_like(high)
    high = np.where(possible, high, 0)
    while (low < high).any():
        middle = (low + high) // 2
        grown = tallies.with_positives(middle)
        enough = reaches(grown.lead, grown.counted(rules), numerator, denominator)
        low, high = (
            np.where(enough, low, np.minimum(middle + 1, high)),
            np.where(enough, middle, high),
        )
    return np.where(possible, high, NEVER)


def _surely_enough(
    tallies: Tallies, numerator: Counts | int, denominator: Counts | int, rules: RuleSet
) -> Counts:
    """A number of positive outcomes that reaches the target; NEVER where there is none.

    Below 100 %: what it takes if J3's allowance didn't grow. At 100 %: what it takes for every
    contract without feedback to be tolerated, provided that there is no negative outcome.
    """
    total = tallies.counted(rules)
    gap = np.maximum(denominator - numerator, 1)
    short = numerator * total - denominator * tallies.lead
    below_all = np.maximum(-(-short // gap), 0)

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
