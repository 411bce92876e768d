"""Ratios of whole numbers, compared exactly and for whole arrays at once (J1, J4, J8)."""

from fractions import Fraction

import numpy as np

from jss.engine.columns import NO_SCORE, Counts, Flags, PerCents
from jss.engine.rules import RuleSet

MOST_BITS = 62
"""So many bits of a whole number numpy multiplies without losing any."""


def per_cent(lead: Counts, total: Counts) -> PerCents:
    """J1 as displayed: `lead` (what stands above the line) over `total` (all that counts).

    In whole numbers throughout: rounded half up, never below 0, NO_SCORE where `total` is 0.
    """
    above = np.maximum(lead, 0)
    # Numbers of contracts are kept so small that 200 times them fits (see `ledger`); units aren't.
    above = 200 * above if above.dtype == np.int32 else product(200, above)
    rounded = (above + total) // np.maximum(2 * total, 1)
    return np.where(total == 0, NO_SCORE, rounded).astype(np.int8)


def displayed(exact: Fraction) -> int:
    """One score (0 to 1) as it is displayed (J1): whole per cent, rounded half up."""
    return (200 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def reaches(
    lead: Counts, total: Counts, numerator: Counts | int, denominator: Counts | int
) -> Flags:
    """Where `lead` over `total` (J1) is at least `numerator` over `denominator`, exactly."""
    left = product(np.maximum(lead, 0), denominator)
    reached: Flags = (left >= product(numerator, total)).astype(np.bool_, copy=False)
    return reached & (total > 0)


def highest(lead: Counts, total: Counts) -> tuple[Counts, Counts]:
    """The highest lead/total along the last axis (J4); 0 over 0 where nothing counts in any."""
    lead = np.maximum(lead, 0)
    best_lead, best_total = lead[..., 0], total[..., 0]
    for position in range(1, lead.shape[-1]):
        one, of = lead[..., position], total[..., position]
        higher = product(one, best_total) > product(best_lead, of)
        better = (of > 0) & ((best_total == 0) | higher.astype(np.bool_, copy=False))
        best_lead, best_total = np.where(better, one, best_lead), np.where(better, of, best_total)
    return best_lead, best_total


def is_highest(lead: Counts, total: Counts) -> Flags:
    """Where lead/total is the greatest along the last axis."""
    best_lead, best_total = highest(lead, total)
    left = product(np.maximum(lead, 0), best_total[..., None])
    equal: Flags = (left == product(best_lead[..., None], total)).astype(np.bool_, copy=False)
    return equal & (total > 0)


def in_lines(lead: Counts, total: Counts, rules: RuleSet) -> tuple[Counts, Counts]:
    """From the last axis over `rules.all_months` to one over `rules.lines` (J4, J17)."""
    if rules.trend_months is None:
        return lead, total
    months = list(rules.all_months)
    shown = [months.index(each) for each in rules.window_months]
    recent, longer = (months.index(each) for each in rules.trend_months)
    trend = mean_of(lead[..., recent], total[..., recent], lead[..., longer], total[..., longer])
    both = (lead[..., shown], trend[0][..., None]), (total[..., shown], trend[1][..., None])
    return np.concatenate(both[0], axis=-1), np.concatenate(both[1], axis=-1)


def mean_of(lead: Counts, total: Counts, lead_2: Counts, total_2: Counts) -> tuple[Counts, Counts]:
    """The mean of two scores as one ratio (J17); over 0 where one of them is missing."""
    one, other = np.maximum(lead, 0), np.maximum(lead_2, 0)
    return product(one, total_2) + product(other, total), product(2 * total, total_2)


def product(one: Counts | int, other: Counts | int) -> Counts:
    """The product, in Python's own numbers where it might not fit into numpy's."""
    one, other = np.asarray(one), np.asarray(other)
    kind = np.int64 if _bits(one) + _bits(other) <= MOST_BITS else object
    product: Counts = one.astype(kind, copy=False) * other.astype(kind, copy=False)
    return product


def _bits(numbers: Counts) -> int:
    return int(max(numbers.max(initial=0), -numbers.min(initial=0))).bit_length()
