"""The way to the Top Rated badge: 13 of the last 16 weeks at 90 % or more (J12, J13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

import numpy as np

from jss.engine.columns import Counts, Flags
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.ratios import reaches
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import TREND, RuleSet
from jss.engine.scores import Scores, scores_of
from jss.engine.targets import target_ratio
from jss.engine.timeline import Timeline
from jss.engine.windows import is_in_window

WEEKS = 16
WEEKS_NEEDED = 13
"""J13: in so many of the last `WEEKS` weeks the score has to be at the threshold or above."""
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class ObservedScore:
    """A score seen on Upwork, as displayed."""

    date: date
    score: int


class Source(StrEnum):
    """Where a week's score is from."""

    READING = "reading"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, by the score at their end, or by the last reading in them."""

    start: date
    end: date
    source: Source
    score: int | None
    """As displayed; None: there was no score."""
    exact: Fraction | None
    """Of a computed one before rounding: 89.6 % is displayed as 90 and still below it (J12)."""
    is_at_threshold: bool


@dataclass(frozen=True, slots=True)
class Fall:
    """The shown score falls below the threshold."""

    date: date
    """The first day below."""
    score_before: int | None
    score_after: int | None
    exact_after: Fraction | None
    left: tuple[ClosedContract, ...]
    """The contracts that on that day left the windows that had reached it, oldest first."""


@dataclass(frozen=True, slots=True)
class TopRatedTrack:
    """Where one freelancer stands on one day, if no contract is closed from then on (J13)."""

    as_of: date
    rules: RuleSet
    weeks: tuple[Week, ...]
    """The last 16 weeks, oldest first; the last one ends on the as-of date."""
    earliest_on: date | None
    """The first day, the as-of date included, on which 13 of the last 16 weeks are at the
    threshold or above; None: no day ahead is one."""
    lost_on: date | None
    """The first day after that one on which they are fewer again."""
    fall: Fall | None
    """The first time ahead that the score falls below the threshold."""

    @property
    def held(self) -> int:
        """How many of the 16 weeks are at the threshold or above."""
        return sum(week.is_at_threshold for week in self.weeks)

    @property
    def missing(self) -> int:
        """So many weeks more are needed."""
        return max(0, WEEKS_NEEDED - self.held)


def top_rated_track(
    contracts: Sequence[ClosedContract],
    as_of: date,
    *,
    readings: Sequence[ObservedScore] = (),
    rules: RuleSet = CLASSIC,
) -> TopRatedTrack:
    """The last 16 weeks, when there will be 13 good ones of 16, and what ends it (J13).

    A week that holds readings goes by the last one; else by the score worked out for its last day,
    from what was closed until then. Weeks end on the weekday of the day that one asks about.
    Readings and contracts after `as_of` are ignored.
    """
    first = as_of - timedelta(days=WEEKS * DAYS_A_WEEK)
    computed = _days_at_threshold(contracts, first, as_of, rules)
    seen = _last_readings(readings, as_of)
    good = list(computed)
    for day, reading in seen.items():
        if day >= first:
            good[(day - first).days] = reading.score >= rules.top_rated_from
    now = WEEKS * DAYS_A_WEEK
    enough = [_weeks_until(good, end) >= WEEKS_NEEDED for end in range(now, len(good))]
    earliest = enough.index(True) if True in enough else None
    lost = enough.index(False, earliest) if earliest is not None else None
    weeks = [as_of - timedelta(days=ago * DAYS_A_WEEK) for ago in reversed(range(WEEKS))]
    falls = [n for n in range(now + 1, len(good)) if computed[n - 1] and not computed[n]]
    return TopRatedTrack(
        as_of=as_of,
        rules=rules,
        weeks=tuple(_week(contracts, end, seen.get(end), rules) for end in weeks),
        earliest_on=None if earliest is None else as_of + timedelta(days=earliest),
        lost_on=None if lost is None else as_of + timedelta(days=lost),
        fall=_fall(contracts, as_of, first + timedelta(days=falls[0]), rules) if falls else None,
    )


def _days_at_threshold(
    contracts: Sequence[ClosedContract], first: date, as_of: date, rules: RuleSet
) -> list[bool]:
    """For each day from `first` until every window has long been empty, whether the score worked
    out for it is at the threshold or above, exactly (J12)."""
    ratio = target_ratio(rules.top_rated_from)

    def reached(lead: Counts, total: Counts) -> Flags:
        return reaches(lead, total, ratio.numerator, ratio.denominator)

    table = ContractTable.of_one(contracts, rules)
    timeline = Timeline.over(table, first_day=first, last_day=None, as_of=as_of, rules=rules)
    flags = np.concatenate([each.any(axis=2)[0] for _, _, each in timeline.evaluated(reached)])
    # Nothing counts any more at the end; 16 weeks later no week before it is among the last 16.
    days: list[bool] = flags.tolist()
    return days + [False] * (WEEKS * DAYS_A_WEEK)


def _last_readings(readings: Sequence[ObservedScore], as_of: date) -> dict[date, ObservedScore]:
    """For each day, the last reading of the seven days that end on it, where there is one."""
    found = {}
    for reading in sorted(readings, key=lambda each: each.date):
        if reading.date <= as_of:
            for later in range(DAYS_A_WEEK):
                found[reading.date + timedelta(days=later)] = reading
    return found


def _weeks_until(good: Sequence[bool], end: int) -> int:
    """How many of the 16 weeks that end on that day, and seven days before each, are good."""
    return sum(good[end - ago * DAYS_A_WEEK] for ago in range(WEEKS))


def _week(
    contracts: Sequence[ClosedContract], end: date, seen: ObservedScore | None, rules: RuleSet
) -> Week:
    start = end - timedelta(days=DAYS_A_WEEK - 1)
    if seen:
        enough = seen.score >= rules.top_rated_from
        return Week(start, end, Source.READING, seen.score, None, enough)
    shown = scores_of(contracts, end, rules=rules).shown
    enough = shown.exact is not None and shown.exact * 100 >= rules.top_rated_from
    return Week(start, end, Source.COMPUTED, shown.score, shown.exact, enough)


def _fall(contracts: Sequence[ClosedContract], as_of: date, day: date, rules: RuleSet) -> Fall:
    yesterday = day - timedelta(days=1)
    before = scores_of(contracts, yesterday, closed_until=as_of, rules=rules)
    after = scores_of(contracts, day, closed_until=as_of, rules=rules)
    reached = _windows_at_threshold(before, rules)
    left = [
        contract
        for contract in contracts
        if contract.closed_on
        and contract.closed_on <= as_of
        and contract.outcome(rules) != Outcome.NEVER_COUNTED
        and any(
            is_in_window(contract.closed_on, yesterday, months)
            and not is_in_window(contract.closed_on, day, months)
            for months in reached
        )
    ]
    return Fall(
        date=day,
        score_before=before.shown.score,
        score_after=after.shown.score,
        exact_after=after.shown.exact,
        left=tuple(sorted(left, key=lambda each: each.closed_on or day)),
    )


def _windows_at_threshold(scores: Scores, rules: RuleSet) -> set[int]:
    """The windows whose score is there, and those of the trending score if it is (J17)."""
    reached: set[int] = set()
    for line in scores.lines:
        if line.exact is not None and line.exact * 100 >= rules.top_rated_from:
            reached |= set(rules.trend_months or ()) if line.months == TREND else {line.months}
    return reached
