"""How much one outcome weighs: the refined estimate (J11) and the tiers found published (J17).

Weights are kept in whole units, `UNITS` to a weight of 1, so that sums and comparisons are exact.
1.25, 1.5 and a sixth are whole numbers of them; a logarithm is rounded to the nearest.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import log10
from typing import Protocol

UNITS = 1200
"""So many units are a weight of 1."""

LOWEST_RATING = 1
"""J11: with this public rating an outcome is wholly negative."""


class Weighable(Protocol):
    """What the weight of a contract may depend on."""

    @property
    def earned(self) -> Decimal | None:
        """Dollars, gross; None: nobody noted it."""

    @property
    def months_paid(self) -> int:
        """Calendar months with a payment."""

    @property
    def is_long_term(self) -> bool:
        """Its client has several contracts, or this one took 90 days or more (J11)."""


class Weights(Protocol):
    """One way of weighing outcomes."""

    @property
    def is_partly_negative(self) -> bool:
        """Whether a rating below the cut-off is the less negative the nearer it is to it (J11)."""

    def units_of(self, contract: Weighable) -> int:
        """The weight of a contract's outcome in units, above 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefinedWeights:
    """J11: more money weighs more, and so does a long-term client; having none costs nothing.

    Raises ValueError for a negative strength.
    """

    strength: Fraction = Fraction(1)
    """1: the convention of J11; 0: everything weighs 1; between them, and beyond, in proportion."""
    long_term: Fraction = Fraction(1, 4)
    """So much more weighs the contract of a long-term client."""
    is_partly_negative: bool = True

    def __post_init__(self) -> None:
        if self.strength < 0 or self.long_term < 0:
            raise ValueError("A weight never falls with money or with time.")

    def units_of(self, contract: Weighable) -> int:
        """1 + log10(1 + earned / $100), times 1.25 for a long-term client, at strength 1."""
        hundreds = float(max(contract.earned or Decimal(0), Decimal(0))) / 100
        weight = 1 + float(self.strength) * log10(1 + hundreds)
        if contract.is_long_term:
            weight *= 1 + float(self.strength * self.long_term)
        return round(UNITS * weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieredWeights:
    """J17 (b): weights by earnings, and one more for every few months with a payment; they add."""

    tiers: tuple[tuple[int, Fraction], ...] = ((250, Fraction(1)), (1000, Fraction(5, 4)))
    """Up to so many dollars an outcome weighs so much; lowest first."""
    above: Fraction = Fraction(3, 2)
    months_a_step: int = 3
    at_most: int = 8
    is_partly_negative: bool = False

    def units_of(self, contract: Weighable) -> int:
        """$1-250 = 1, $251-1,000 = 1.25, above 1.5; one more per three months paid, at most 8."""
        earned = contract.earned or Decimal(0)
        tier = next((weight for dollars, weight in self.tiers if earned <= dollars), self.above)
        longer = contract.months_paid // self.months_a_step
        return round(UNITS * min(tier + longer, Fraction(self.at_most)))
