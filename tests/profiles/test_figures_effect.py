"""What a version changed, and what is missing before anything may be said (P7)."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.conversion import CONVENTION, Measure, Verdict, Week, compared
from profiles.figures_effect import (
    Missing,
    effect_of,
    missing_of,
    newest_with_both_sides,
    whole_weeks_between,
)

MONDAY = dt.date(2026, 6, 1)
WEEK = dt.timedelta(weeks=1)


def weeks(*views: int, first: dt.date = MONDAY, proposals: int | None = None) -> list[Week]:
    return [
        Week(first + number * WEEK, each, each // 20, each // 40, proposals)
        for number, each in enumerate(views)
    ]


def test_the_weeks_on_both_sides_reach_to_the_neighbouring_publications_p7() -> None:
    at, next_one = MONDAY + 4 * WEEK, MONDAY + 7 * WEEK
    effect = effect_of(weeks(*[100] * 10), [MONDAY + WEEK, at, next_one], at)

    assert [week.starts_on for week in effect.before] == [MONDAY + n * WEEK for n in (1, 2, 3)]
    assert [week.starts_on for week in effect.after] == [MONDAY + n * WEEK for n in (4, 5, 6)]


def test_replies_are_held_against_proposals_only_where_some_were_noted_p7() -> None:
    def measures(proposals: int | None) -> list[Measure]:
        noted = weeks(100, 100, proposals=proposals)
        return [each.measure for each in effect_of(noted, [MONDAY], MONDAY + WEEK).comparisons]

    assert Measure.REPLIES_PER_PROPOSAL not in measures(None)
    assert Measure.REPLIES_PER_PROPOSAL in measures(5)


def test_what_is_missing_is_counted_for_each_side_p7() -> None:
    comparison = compared(weeks(50), weeks(40, 40, 40, 40))

    assert missing_of(comparison) == (Missing(weeks=2, trials=50), Missing())
    assert not missing_of(comparison)[1]


def test_proposals_have_a_limit_of_their_own_p7() -> None:
    before, after = weeks(100, 100, 100, proposals=4), weeks(100, 100, 100, proposals=7)

    missing = missing_of(compared(before, after, Measure.REPLIES_PER_PROPOSAL))

    assert missing == (Missing(trials=CONVENTION.fewest_proposals - 12), Missing())


@settings(deadline=None)  # the first example loads SciPy
@given(
    st.lists(st.integers(0, 80), max_size=6), st.lists(st.integers(0, 80), min_size=1, max_size=6)
)
def test_something_is_missing_wherever_there_is_too_little_and_nowhere_else(
    before: list[int], after: list[int]
) -> None:
    comparison = compared(weeks(*before), weeks(*after))

    assert any(missing_of(comparison)) == (comparison.verdict is Verdict.NOT_ENOUGH)


def test_the_version_looked_at_is_the_newest_with_weeks_on_both_sides() -> None:
    first, second, third = MONDAY, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK
    noted = weeks(100, 100, 100, 100)

    assert newest_with_both_sides(noted, [third, first, second]) == second
    assert newest_with_both_sides(noted, [first]) is None
    assert newest_with_both_sides([], []) is None


def test_a_side_that_another_version_ends_is_whole_once_all_its_weeks_are_noted_p7() -> None:
    days = [MONDAY, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK]

    full = effect_of(weeks(100, 100, 100, 100), days, days[1])
    assert (full.before_is_whole, full.after_is_whole) == (True, True)
    some = effect_of(weeks(100, first=MONDAY + WEEK), days, days[1])
    assert (some.before_is_whole, some.after_is_whole) == (False, False)
    first = effect_of(weeks(100, 100), days, days[0])
    assert (first.before_is_whole, first.after_is_whole) == (False, True)
    newest = effect_of(weeks(*[100] * 9), days, days[2])
    assert (newest.before_is_whole, newest.after_is_whole) == (True, False)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 100))
def test_whole_weeks_are_counted_as_they_are_laid_out(first: dt.date, days: int) -> None:
    until = first + dt.timedelta(days=days)
    mondays = [first + dt.timedelta(days=n) for n in range(days)]
    whole = [day for day in mondays if day.weekday() == 0 and day + WEEK <= until]

    assert whole_weeks_between(first, until) == len(whole)
