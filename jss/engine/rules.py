"""What the Job Success Score is worked out by: every number that the rules leave to convention.

Upwork does not publish its algorithm and has changed it more than once (J17), so the constants are
one frozen value. Whatever the engine computes is an estimate by *one* such value, and names it.
The built-in ones stand in `rule_sets`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jss.engine.weights import LOWEST_RATING, UNITS, Weights

TREND = 0
"""Stands where a window's months stand, for the trending score: the mean of two windows' (J17)."""


class Reading(StrEnum):
    """What stands above the line of the formula; published examples disagree (J1)."""

    NET = "net"
    """Positive minus negative outcomes."""
    SHARE = "share"
    """Positive outcomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """J13: the right of Top Rated freelancers to remove one feedback, and its clock."""

    every_weeks: int = 10
    contracts_between: int = 10
    """So many contracts must have been closed since the last removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One way of working out the score.

    Raises ValueError where the numbers contradict each other.
    """

    name: str
    written_on: date
    """The day on which this reading of the sources was written down (most of them are undated)."""
    documentation: str

    window_months: tuple[int, ...]
    """J4: the lengths of the windows in calendar months, shortest first; each has its score."""
    positive_from: Decimal
    """J2: the lowest public rating that is a positive outcome; below it the outcome is negative."""
    tolerated_at_least: int
    """J3: so many contracts without feedback cost nothing in any window."""
    tolerated_share: Fraction
    """J3: the share of a window's closed contracts that may lack feedback at no cost (rounded
    down to whole contracts); the larger of the two allowances holds."""
    score_possible_from: int
    """J6: from so many closed contracts a first score may appear at the next calculation."""
    score_published_from: int
    """J6: from so many closed contracts the score is published."""
    top_rated_from: int
    """J12: per cent to keep, for the Top Rated track and the strictest client filter."""
    considered_from: int
    """J12: below so many per cent one is hardly considered for one's main field."""
    recalculated_every_days: int
    """J7: days from one calculation to the next."""

    reading: Reading = Reading.NET
    """J1: what stands above the line."""
    weights: Weights | None = None
    """J11, J17: what outcomes weigh; None: each weighs 1. A contract without feedback that counts
    weighs 1 whatever its money, as it has no outcome to weigh."""
    trend_months: tuple[int, int] | None = None
    """J17 (a): the two windows of which the mean score is one more score, the longer of which has a
    score of its own; None: there is none."""
    counts_no_feedback: bool = True
    """Whether missing feedback counts at all; if so, what J3 doesn't tolerate."""
    counts_unpaid: bool = True
    """Whether an outcome counts, unless it is negative, though the contract brought no money."""
    clients_from: int = 1
    """A first score takes contracts of so many different clients."""
    removal: Removal | None = None
    """J13: the right to remove a feedback; None: there is none (J17 (c))."""

    def __post_init__(self) -> None:
        for months in (self.window_months, self.trend_months or (1,)):
            if not months or months[0] < 1 or list(months) != sorted(set(months)):
                raise ValueError("The windows must be whole months, shortest first, each once.")
        if self.trend_months and self.trend_months[-1] not in self.window_months:
            raise ValueError("The longer window of the trending score has a score of its own.")
        if not LOWEST_RATING < self.positive_from <= 5:
            raise ValueError("A rating is positive from some number of stars above 1 up to 5.")
        if not 0 <= self.tolerated_share <= 1 or self.tolerated_at_least < 0:
            raise ValueError("The tolerated share lies between 0 and 1, the least number from 0.")
        if not 0 < self.score_possible_from <= self.score_published_from:
            raise ValueError("A score is possible before it is published.")
        if not 0 < self.considered_from <= self.top_rated_from <= 100:
            raise ValueError("The thresholds are per cents, the lower one first.")
        if min(self.recalculated_every_days, self.clients_from) < 1:
            raise ValueError("Calculations are at least a day apart; a score takes a client.")

    @property
    def all_months(self) -> tuple[int, ...]:
        """Every window that is worked out, with those of the trending score; shortest first."""
        return tuple(sorted({*self.window_months, *(self.trend_months or ())}))

    @property
    def lines(self) -> tuple[int, ...]:
        """The scores of which the highest is shown: the windows by their months, then TREND."""
        return (*self.window_months, *((TREND,) if self.trend_months else ()))

    @property
    def longest_months(self) -> int:
        """The length of the longest window: what is older than this counts nowhere."""
        return self.all_months[-1]

    @property
    def shortest_months(self) -> int:
        """The length of the shortest window, which a negative outcome leaves first (J10)."""
        return self.window_months[0]

    @property
    def scale(self) -> int:
        """So many units are a weight of 1 in this rule set's sums."""
        return UNITS if self.weights else 1

    @property
    def is_plain(self) -> bool:
        """Whether an outcome is +1 or -1 (J1), and nothing else has to be kept of a contract."""
        return self.weights is None and self.reading == Reading.NET
