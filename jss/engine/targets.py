"""A score to reach, as an exact ratio (J8, J12)."""

from fractions import Fraction

import numpy as np

from jss.engine.columns import Counts, Flags

type PerCent = int | Fraction


def target_ratio(target: PerCent) -> Fraction:
    """The target, given in per cent above 0 and up to 100, as a ratio of 1.

    Raises ValueError outside that range.
    """
    if not 0 < target <= 100:
        raise ValueError(f"A target lies above 0 and is at most 100 per cent, not {target}.")
    return Fraction(target) / 100


def reaches(
    lead: Counts, total: Counts, numerator: Counts | int, denominator: Counts | int
) -> Flags:
    """Where `lead` over `total` (J1) is at least `numerator` over `denominator`, exactly."""
    reached: Flags = np.maximum(lead, 0) * denominator >= numerator * total
    return reached & (total > 0)
