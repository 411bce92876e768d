"""What a profile earns as a landing page (P7), honest at small numbers. No Django, no clock.

Views become invitations and replies. How many of them is one figure; how sure that figure is, is
another: ten views say next to nothing. So each `Rate` has its interval, and two of them are only
told apart where there is enough of both (`CONVENTION`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import Any, Final

WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Convention:
    """When a verdict is given at all [C]: our choice, no source names such figures."""

    fewest_views: int = 100
    """On each side, for what is counted per view."""
    fewest_proposals: int = 20
    """On each side, for what is counted per proposal."""
    fewest_weeks: int = 3
    """On each side: a single good week is mostly luck, or a holiday."""
    sure: float = 0.95
    """From this chance on it is called better, and from 1 minus it downwards worse."""
    coverage: float = 0.95
    """Of the interval of a single rate."""


CONVENTION: Final = Convention()


@dataclass(frozen=True, slots=True)
class Week:
    """One week of My Stats. `starts_on` is a Monday; `proposals` None where they were not noted."""

    starts_on: dt.date
    views: int
    invitations: int
    replies: int
    proposals: int | None = None


class Measure(StrEnum):
    """What is held against what."""

    INVITATIONS_PER_VIEW = "invitations_per_view"
    REPLIES_PER_VIEW = "replies_per_view"
    REPLIES_PER_PROPOSAL = "replies_per_proposal"


class Verdict(StrEnum):
    """What may be said about a change (P7)."""

    NOT_ENOUGH = "not_enough"
    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"


@dataclass(frozen=True, slots=True)
class Rate:
    """`successes` of `trials`; shares from 0 to 1.

    `share`, `low` and `high` are None where nothing was tried, and where there are more successes
    than trials (`is_contradictory`): replies also come from people whose view was not counted, and
    then there is no share to be unsure about.
    """

    successes: int
    trials: int
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_contradictory(self) -> bool:
        """More successes than trials: the figures can't both be right for one share."""
        return self.successes > self.trials


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after one publication (P7).

    `chance_better` is the probability from 0 to 1 that the share behind `after` is higher than the
    one behind `before`; None where one of them is contradictory. `weeks_before` and `weeks_after`
    are the numbers of weeks that were counted.
    """

    measure: Measure
    before: Rate
    after: Rate
    chance_better: float | None
    verdict: Verdict
    weeks_before: int
    weeks_after: int


_COUNTS: Final[dict[Measure, Callable[[Week], tuple[int, int | None]]]] = {
    Measure.INVITATIONS_PER_VIEW: lambda week: (week.invitations, week.views),
    Measure.REPLIES_PER_VIEW: lambda week: (week.replies, week.views),
    Measure.REPLIES_PER_PROPOSAL: lambda week: (week.replies, week.proposals),
}


_SURE_WITHIN: Final = NormalDist().inv_cdf((1 + CONVENTION.coverage) / 2)
"""Standard deviations to either side that hold so much of a normal distribution."""


def rate_of(successes: int, trials: int) -> Rate:
    """The share with its 95 % Wilson interval (P7). Raises `ValueError` for a negative number."""
    if successes < 0 or trials < 0:
        raise ValueError("a number of successes or trials is negative")
    if trials == 0 or successes > trials:
        return Rate(successes, trials)
    # The formula and not SciPy's binomtest, which works out a p-value beside it: that takes
    # milliseconds each, and a page has hundreds of them.
    share, squared = successes / trials, _SURE_WITHIN**2
    middle = (share + squared / (2 * trials)) / (1 + squared / trials)
    spread = share * (1 - share) / trials + squared / (4 * trials**2)
    reach = _SURE_WITHIN / (1 + squared / trials) * sqrt(spread)
    low = middle - reach if successes else 0.0
    high = middle + reach if successes < trials else 1.0
    return Rate(successes, trials, share, low, high)


def measured(weeks: Iterable[Week], measure: Measure) -> tuple[Rate, int]:
    """The rate over these weeks, and how many weeks it rests on.

    A week without a number of proposals is left out of both sides of what is counted per proposal.
    """
    successes = trials = counted = 0
    for week in weeks:
        succeeded, tried = _COUNTS[measure](week)
        if tried is not None:
            successes, trials, counted = successes + succeeded, trials + tried, counted + 1
    return rate_of(successes, trials), counted


def compared(
    before: Sequence[Week],
    after: Sequence[Week],
    measure: Measure = Measure.INVITATIONS_PER_VIEW,
    convention: Convention = CONVENTION,
) -> Comparison:
    """Both sides and what may be said about them (P7)."""
    rate_before, weeks_before = measured(before, measure)
    rate_after, weeks_after = measured(after, measure)
    chance = None
    if not (rate_before.is_contradictory or rate_after.is_contradictory):
        chance = chance_better(rate_before, rate_after)
    per_proposal = measure is Measure.REPLIES_PER_PROPOSAL
    fewest = convention.fewest_proposals if per_proposal else convention.fewest_views
    is_enough = (
        min(rate_before.trials, rate_after.trials) >= fewest
        and min(weeks_before, weeks_after) >= convention.fewest_weeks
    )
    verdict = _verdict(chance, convention.sure) if is_enough else Verdict.NOT_ENOUGH
    return Comparison(measure, rate_before, rate_after, chance, verdict, weeks_before, weeks_after)


def _verdict(chance: float | None, sure: float) -> Verdict:
    if chance is None:
        return Verdict.NOT_ENOUGH
    if chance >= sure:
        return Verdict.BETTER
    if chance <= 1 - sure:
        return Verdict.WORSE
    return Verdict.NO_CLEAR_DIFFERENCE


_NODES: Final = 256
"""Of the quadrature: the answer is right to about five decimals (see the tests)."""


def chance_better(before: Rate, after: Rate) -> float:
    """The probability, 0 to 1, that the share behind `after` is the higher one.

    Bayesian, from a uniform prior: each share is distributed as Beta(successes + 1,
    failures + 1). The mean of one's distribution function over the other, by Gauss and Legendre's
    quadrature over the quantiles of the narrower of the two: the integrand is then smooth. No
    random numbers, so the same figures give the same chance for ever. Raises `ValueError` for
    contradictory rates.
    """
    if before.is_contradictory or after.is_contradictory:
        raise ValueError("more successes than trials")
    # Loading it takes half a second, which the start of the product shall not pay.
    from scipy import special  # noqa: PLC0415  # slow to load

    quantiles, weights = _quadrature()
    old, new = _posterior(before), _posterior(after)
    if _variance(*old) <= _variance(*new):
        shares = special.betaincinv(*old, quantiles)
        mean = float(weights @ special.betaincc(*new, shares)) / 2
    else:
        shares = special.betaincinv(*new, quantiles)
        mean = float(weights @ special.betainc(*old, shares)) / 2
    return min(max(mean, 0.0), 1.0)


@cache
def _quadrature() -> tuple[Any, Any]:
    """Where the integrand is looked at, from 0 to 1, and the weights, which add up to 2."""
    import numpy as np  # noqa: PLC0415  # slow to load, like SciPy

    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return (nodes + 1) / 2, weights


def _posterior(rate: Rate) -> tuple[float, float]:
    return rate.successes + 1.0, rate.trials - rate.successes + 1.0


def _variance(a: float, b: float) -> float:
    return a * b / ((a + b) ** 2 * (a + b + 1))


def around(
    weeks: Iterable[Week], published: Iterable[dt.date], at: dt.date
) -> tuple[tuple[Week, ...], tuple[Week, ...]]:
    """The whole weeks between the publication before `at` and `at`, and from there to the next.

    A week in the middle of which a version was published belongs to neither side: it had both.
    Published on its Monday, it belongs to the new one. Both come oldest first.
    """
    earlier = max((day for day in published if day < at), default=dt.date.min)
    later = min((day for day in published if day > at), default=dt.date.max)
    ordered = sorted(weeks, key=lambda week: week.starts_on)
    return whole_weeks(ordered, earlier, at), whole_weeks(ordered, at, later)


def whole_weeks(weeks: Iterable[Week], first: dt.date, until: dt.date) -> tuple[Week, ...]:
    """Those that lie wholly in the days from `first` up to, and without, `until`."""
    last_start = until - WEEK if until - dt.date.min >= WEEK else dt.date.min
    return tuple(week for week in weeks if first <= week.starts_on <= last_start)
