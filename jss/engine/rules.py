"""What the Job Success Score is worked out by: every number that the rules leave to convention.

Upwork does not publish its algorithm and has changed it more than once (J17), so the constants are
one frozen value. Whatever the engine computes is an estimate by *one* such value, and names it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


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
    """J4: the lengths of the windows in calendar months, shortest first."""
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

    def __post_init__(self) -> None:
        months = self.window_months
        if not months or months[0] < 1 or list(months) != sorted(set(months)):
            raise ValueError("The windows must be whole months, shortest first, each once.")
        if not 0 <= self.tolerated_share <= 1 or self.tolerated_at_least < 0:
            raise ValueError("The tolerated share lies between 0 and 1, the least number from 0.")
        if not 0 < self.score_possible_from <= self.score_published_from:
            raise ValueError("A score is possible before it is published.")
        if not 0 < self.considered_from <= self.top_rated_from <= 100:
            raise ValueError("The thresholds are per cents, the lower one first.")
        if self.recalculated_every_days < 1:
            raise ValueError("Calculations are at least a day apart.")

    @property
    def longest_months(self) -> int:
        """The length of the longest window: what is older than this counts nowhere."""
        return self.window_months[-1]

    @property
    def shortest_months(self) -> int:
        """The length of the shortest window, which a negative outcome leaves first (J10)."""
        return self.window_months[0]


CLASSIC = RuleSet(
    name="classic",
    written_on=date(2026, 11, 21),
    documentation=(
        "Rules J1 to J8, J10 and J12: positive minus negative outcomes over all counted ones, in"
        " windows of 6, 12 and 24 months, the highest of which is shown. Where the sources leave a"
        " gap (what a rating below 4 means, how much missing feedback is a pattern, the edges of a"
        " window) a convention fills it; what changed at Upwork since is in J17."
    ),
    window_months=(6, 12, 24),
    positive_from=Decimal("4.0"),
    tolerated_at_least=2,
    tolerated_share=Fraction(1, 5),
    score_possible_from=5,
    score_published_from=8,
    top_rated_from=90,
    considered_from=80,
    recalculated_every_days=14,
)
