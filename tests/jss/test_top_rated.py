"""J13: 13 of the last 16 weeks at 90 % or more."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    ClosedContract,
    ObservedScore,
    Source,
    TopRatedTrack,
    leaves_on,
    top_rated_track,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices

ENOUGH = Fraction(90, 100)


def exact_shown(contracts: list[ClosedContract], day: date) -> Fraction | None:
    exact = [each.exact for each in plain.scores(contracts, day).values()]
    return max((each for each in exact if each is not None), default=None)


def is_good(known: list[ClosedContract], readings: list[ObservedScore], end: date) -> bool:
    inside = [each for each in readings if end - timedelta(days=7) < each.date <= end]
    if inside:
        return max(inside, key=lambda each: each.date).score >= 90
    exact = exact_shown(known, end)
    return exact is not None and exact >= ENOUGH


def held(known: list[ClosedContract], readings: list[ObservedScore], end: date) -> int:
    return sum(is_good(known, readings, end - timedelta(weeks=ago)) for ago in range(16))


READINGS = st.lists(
    st.tuples(st.integers(-120, 10), st.sampled_from([70, 89, 90, 97])),
    max_size=6,
    unique_by=lambda each: each[0],
)


@given(practices(most=8), READINGS)
@settings(max_examples=10, deadline=None)
def test_weeks_and_dates_are_those_found_day_by_day(
    practice: tuple[list[ClosedContract], date], seen: list[tuple[int, int]]
) -> None:
    contracts, as_of = practice
    all_readings = [ObservedScore(as_of + timedelta(days=day), score) for day, score in seen]
    readings = [each for each in all_readings if each.date <= as_of]
    known = plain.known_at(contracts, as_of)
    track = top_rated_track(contracts, as_of, readings=all_readings)
    assert [week.is_at_threshold for week in track.weeks] == [
        is_good(known, readings, as_of - timedelta(weeks=ago)) for ago in reversed(range(16))
    ]
    assert track.held == held(known, readings, as_of)

    days = [as_of + timedelta(days=number) for number in range(860)]
    enough = [day for day in days if held(known, readings, day) >= 13]
    assert track.earliest_on == (enough[0] if enough else None)
    fewer = [day for day in days if enough and day > enough[0] and day not in set(enough)]
    assert track.lost_on == (fewer[0] if enough else None)

    at = [(exact_shown(known, day) or 0) >= ENOUGH for day in days]
    falls = [day for n, day in enumerate(days) if n and at[n - 1] and not at[n]]
    assert (track.fall.date if track.fall else None) == (falls[0] if falls else None)


@given(practices(most=20))
@settings(max_examples=80, deadline=None)
def test_a_fall_is_the_work_of_contracts_that_leave_that_day(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    fall = top_rated_track(contracts, as_of).fall
    if fall:
        before = fall.date - timedelta(days=1)
        known = plain.known_at(contracts, as_of)
        assert fall.left
        assert (exact_shown(known, before) or 0) >= ENOUGH
        for contract in fall.left:
            leaving = [
                months
                for months in plain.MONTHS
                if plain.in_window(contract, before, months)
                and not plain.in_window(contract, fall.date, months)
            ]
            assert any((plain.score(known, before, m).exact or 0) >= ENOUGH for m in leaving)


def good_since(day: date) -> list[ClosedContract]:
    return closed("++++++++", day)


def held_after(weeks: int) -> TopRatedTrack:
    return top_rated_track(good_since(AS_OF - timedelta(weeks=weeks - 1)), AS_OF)


def test_twelve_weeks_lack_one_and_thirteen_are_enough() -> None:
    twelve = held_after(12)
    assert (twelve.held, twelve.missing) == (12, 1)
    assert twelve.earliest_on == AS_OF + timedelta(weeks=1)
    assert twelve.lost_on == leaves_on(AS_OF - timedelta(weeks=11), 24) + timedelta(weeks=3)
    thirteen = held_after(13)
    assert (thirteen.held, thirteen.missing, thirteen.earliest_on) == (13, 0, AS_OF)


def test_the_weeks_are_the_last_112_days_without_a_gap() -> None:
    weeks = held_after(3).weeks
    assert (len(weeks), weeks[-1].end, weeks[0].start) == (16, AS_OF, AS_OF - timedelta(days=111))
    for one, following in pairwise(weeks):
        assert following.start == one.end + timedelta(days=1)


def test_a_reading_goes_before_the_computed_score_of_its_week_only() -> None:
    reading = ObservedScore(AS_OF - timedelta(days=3), 88)
    track = top_rated_track(good_since(date(2026, 1, 5)), AS_OF, readings=[reading])
    last, one_before = track.weeks[-1], track.weeks[-2]
    assert (last.source, last.score, last.is_at_threshold) == (Source.READING, 88, False)
    assert (one_before.source, one_before.score) == (Source.COMPUTED, 100)
    assert track.held == 15


def test_the_last_reading_of_a_week_decides_in_whatever_order_they_come() -> None:
    late = ObservedScore(AS_OF - timedelta(days=1), 95)
    early = ObservedScore(AS_OF - timedelta(days=4), 70)
    for readings in ([late, early], [early, late]):
        assert top_rated_track([], AS_OF, readings=readings).weeks[-1].score == 95


def test_a_reading_counts_for_seven_days() -> None:
    six, seven = (ObservedScore(AS_OF - timedelta(days=days), 95) for days in (6, 7))
    assert top_rated_track([], AS_OF, readings=[six]).weeks[-1].source == Source.READING
    track = top_rated_track([], AS_OF, readings=[seven])
    assert [week.source for week in track.weeks[-2:]] == [Source.READING, Source.COMPUTED]


def test_a_reading_of_a_later_day_is_not_known_yet() -> None:
    later = ObservedScore(AS_OF + timedelta(days=1), 70)
    track = top_rated_track(good_since(AS_OF - timedelta(weeks=11)), AS_OF, readings=[later])
    assert track.earliest_on == AS_OF + timedelta(weeks=1)


def test_a_reading_of_90_is_taken_as_displayed() -> None:
    track = top_rated_track([], AS_OF, readings=[ObservedScore(AS_OF, 90)])
    assert track.weeks[-1].is_at_threshold


def test_j12_a_computed_score_displayed_as_90_may_lie_below() -> None:
    track = top_rated_track(closed("+" * 60 + "0" * 23, AS_OF), AS_OF)  # 60 of 67
    assert track.weeks[-1].score == 90
    assert not track.weeks[-1].is_at_threshold


def test_the_contract_that_ends_it_is_named() -> None:
    # From February 2027 on the 12 months hold the last one only: 100 %, until it leaves them too.
    early = closed("+++++++-", date(2026, 2, 10))
    last = [replace(closed("+")[0], closed_on=date(2026, 9, 15), title="The last good one")]
    # That day a bad one leaves the 24 months, which were below 90 %: it has no part in it.
    bad = closed("-", date(2025, 9, 15))
    fall = top_rated_track([*early, *last, *bad], AS_OF).fall
    assert fall
    assert fall.date == date(2027, 9, 15)
    assert (fall.score_before, fall.score_after) == (100, 78)
    assert [each.title for each in fall.left] == ["The last good one"]


def test_without_contracts_no_day_is_one() -> None:
    track = top_rated_track([], AS_OF)
    assert (track.held, track.earliest_on, track.lost_on, track.fall) == (0, None, None, None)
    assert {week.score for week in track.weeks} == {None}


def test_an_end_of_all_scores_is_a_fall_too() -> None:
    track = top_rated_track(good_since(date(2026, 3, 15)), AS_OF)
    assert track.fall
    assert (track.fall.date, track.fall.score_after) == (date(2028, 3, 15), None)
    assert track.lost_on == date(2028, 3, 15) + timedelta(weeks=3)
