"""A score to reach, as an exact ratio (J8, J12)."""

from fractions import Fraction

type PerCent = int | Fraction


def target_ratio(target: PerCent) -> Fraction:
    """The target, given in per cent above 0 and up to 100, as a ratio of 1.

    Raises ValueError outside that range.
    """
    if not 0 < target <= 100:
        raise ValueError(f"A target lies above 0 and is at most 100 per cent, not {target}.")
    return Fraction(target) / 100
