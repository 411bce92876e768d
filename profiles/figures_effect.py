"""What a published version did to the weekly figures (P7): both sides of it, and what is missing
before anything may be said. No Django, no clock.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from profiles.conversion import (
    CONVENTION,
    WEEK,
    Comparison,
    Convention,
    Measure,
    Week,
    around,
    compared,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """What one side lacks until a verdict is given; `trials` are views, or proposals sent."""

    weeks: int = 0
    trials: int = 0

    def __bool__(self) -> bool:
        return bool(self.weeks or self.trials)


@dataclass(frozen=True, slots=True)
class Effect:
    """The weeks before and after a publication, oldest first, and what each measure says.

    A side is whole when every week that it can have is noted: another publication ends it.
    """

    before: tuple[Week, ...]
    after: tuple[Week, ...]
    comparisons: tuple[Comparison, ...]
    before_is_whole: bool = False
    after_is_whole: bool = False


def effect_of(weeks: Iterable[Week], published: Sequence[dt.date], at: dt.date) -> Effect:
    """What changed with what was published on the day `at`; `published` are the days of all
    versions, since any of them may have moved the figures.

    Replies are held against proposals only where some week has a number of them.
    """
    before, after = around(weeks, published, at)
    measures = [
        measure
        for measure in Measure
        if measure is not Measure.REPLIES_PER_PROPOSAL
        or any(week.proposals is not None for week in (*before, *after))
    ]
    earlier = max((day for day in published if day < at), default=None)
    later = min((day for day in published if day > at), default=None)
    return Effect(
        before,
        after,
        tuple(compared(before, after, measure) for measure in measures),
        before_is_whole=earlier is not None and len(before) >= whole_weeks_between(earlier, at),
        after_is_whole=later is not None and len(after) >= whole_weeks_between(at, later),
    )


def whole_weeks_between(first: dt.date, until: dt.date) -> int:
    """How many weeks, Monday to Sunday, lie in the days from `first` up to `until`, without it."""
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    return max(0, (until - monday) // WEEK)


def missing_of(
    comparison: Comparison, convention: Convention = CONVENTION
) -> tuple[Missing, Missing]:
    """What the side before and the side after lack; both are empty where there is enough [C]."""
    per_proposal = comparison.measure is Measure.REPLIES_PER_PROPOSAL
    fewest = convention.fewest_proposals if per_proposal else convention.fewest_views

    def lacks(weeks: int, trials: int) -> Missing:
        return Missing(max(0, convention.fewest_weeks - weeks), max(0, fewest - trials))

    return (
        lacks(comparison.weeks_before, comparison.before.trials),
        lacks(comparison.weeks_after, comparison.after.trials),
    )


def newest_with_both_sides(weeks: Sequence[Week], published: Sequence[dt.date]) -> dt.date | None:
    """The last publication with whole weeks before and after it; None where there is none."""
    for day in sorted(set(published), reverse=True):
        if all(around(weeks, published, day)):
            return day
    return None
