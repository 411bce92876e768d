"""Views, invitations and replies, and what may be said about a change (P7)."""

import datetime as dt
from math import exp, lgamma

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from profiles.conversion import (
    CONVENTION,
    Measure,
    Rate,
    Verdict,
    Week,
    around,
    chance_better,
    compared,
    measured,
    rate_of,
)

MONDAY = dt.date(2026, 6, 1)


def weeks_of(
    *figures: tuple[int, int, int], first: dt.date = MONDAY, proposals: int | None = None
) -> list[Week]:
    return [
        Week(first + dt.timedelta(weeks=number), views, invitations, replies, proposals)
        for number, (views, invitations, replies) in enumerate(figures)
    ]


def exact_chance(before: Rate, after: Rate) -> float:
    """The known finite sum for two Beta distributions with whole parameters."""
    a, b = before.successes + 1, before.trials - before.successes + 1
    c, d = after.successes + 1, after.trials - after.successes + 1

    def log_beta(x: int, y: int) -> float:
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    return sum(
        exp(log_beta(a + i, b + d) - log_beta(1 + i, d) - log_beta(a, b)) / (d + i)
        for i in range(c)
    )


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),  # the same
        (0, 20, 0.0, 0.1611),  # the same
        (1, 29, 0.0061, 0.1718),  # the same
    ],
)
def test_the_interval_is_the_one_in_the_books(
    successes: int, trials: int, low: float, high: float
) -> None:
    rate = rate_of(successes, trials)
    assert rate.share == successes / trials
    assert rate.low == pytest.approx(low, abs=5e-5)
    assert rate.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("trials", [5, 20, 100, 300])
def test_the_interval_holds_the_true_share_as_often_as_it_says(trials: int) -> None:
    """Every outcome with its exact probability, for shares from 0.5 % to 99.5 %: no luck in it."""
    rates = [rate_of(successes, trials) for successes in range(trials + 1)]
    shares = [(step + 0.5) / 100 for step in range(100)]
    coverage = [
        sum(
            float(binom.pmf(rate.successes, trials, share))
            for rate in rates
            if (rate.low or 0.0) <= share <= (rate.high or 0.0)
        )
        for share in shares
    ]
    assert sum(coverage) / len(coverage) >= 0.94
    assert min(coverage) > 0.8


def test_without_a_trial_there_is_no_share() -> None:
    assert rate_of(0, 0) == Rate(0, 0, None, None, None)
    assert not rate_of(0, 0).is_contradictory


def test_more_replies_than_views_have_no_interval_and_say_so() -> None:
    rate = rate_of(6, 5)
    assert rate.is_contradictory
    assert (rate.share, rate.low, rate.high) == (None, None, None)
    with pytest.raises(ValueError, match="more successes"):
        chance_better(rate, rate_of(1, 5))


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        rate_of(-1, 5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((0, 0), (0, 0)),
        ((0, 10), (1, 10)),
        ((3, 100), (9, 110)),
        ((200, 1000), (2, 3)),
        ((2, 3), (200, 1000)),
        ((1, 40), (990, 1000)),
        ((50, 3000), (80, 3000)),
        ((0, 0), (1500, 3000)),
    ],
)
def test_the_chance_is_the_exact_one(before: tuple[int, int], after: tuple[int, int]) -> None:
    old, new = rate_of(*before), rate_of(*after)
    assert chance_better(old, new) == pytest.approx(exact_chance(old, new), abs=1e-5)


def test_a_clear_rise_is_better_and_a_clear_fall_worse() -> None:
    few, many = weeks_of(*[(100, 2, 1)] * 4), weeks_of(*[(100, 9, 1)] * 4)
    rise, fall = compared(few, many), compared(many, few)
    assert (rise.verdict, fall.verdict) == (Verdict.BETTER, Verdict.WORSE)
    assert (rise.before.successes, rise.before.trials) == (8, 400)
    assert (rise.weeks_before, rise.weeks_after) == (4, 4)
    assert rise.chance_better is not None
    assert rise.chance_better > 0.95


def test_a_small_rise_is_no_clear_difference() -> None:
    made = compared(weeks_of(*[(100, 3, 0)] * 4), weeks_of(*[(100, 4, 0)] * 4))
    assert made.verdict is Verdict.NO_CLEAR_DIFFERENCE


@pytest.mark.parametrize(
    "after",
    [
        [(33, 30, 0)] * 3,  # 99 views
        [(500, 400, 0)] * 2,  # two weeks
        [],
    ],
)
def test_few_views_or_weeks_are_not_enough_whatever_they_show(
    after: list[tuple[int, int, int]],
) -> None:
    made = compared(weeks_of(*[(100, 3, 0)] * 4), weeks_of(*after))
    assert made.verdict is Verdict.NOT_ENOUGH


def test_as_much_as_the_convention_asks_for_is_enough() -> None:
    made = compared(weeks_of(*[(34, 1, 0)] * 3), weeks_of(*[(34, 20, 0)] * 3))
    assert CONVENTION.fewest_views == 100
    assert made.verdict is Verdict.BETTER


def test_contradictory_figures_get_no_verdict() -> None:
    made = compared(weeks_of(*[(100, 101, 0)] * 4), weeks_of(*[(100, 4, 0)] * 4))
    assert (made.verdict, made.chance_better) == (Verdict.NOT_ENOUGH, None)
    assert made.before.is_contradictory


def test_replies_per_proposal_leave_out_weeks_without_proposals() -> None:
    weeks = [*weeks_of((50, 1, 2), proposals=8), *weeks_of((50, 1, 4))]
    assert measured(weeks, Measure.REPLIES_PER_PROPOSAL) == (rate_of(2, 8), 1)
    assert measured(weeks, Measure.REPLIES_PER_VIEW) == (rate_of(6, 100), 2)


def test_twenty_proposals_over_three_weeks_are_enough() -> None:
    before = weeks_of(*[(10, 0, 0)] * 3, proposals=7)
    after = weeks_of(*[(10, 0, 4)] * 3, proposals=7)
    assert compared(before, after, Measure.REPLIES_PER_PROPOSAL).verdict is Verdict.BETTER
    fewer = weeks_of(*[(10, 0, 4)] * 3, proposals=6)
    assert compared(before, fewer, Measure.REPLIES_PER_PROPOSAL).verdict is Verdict.NOT_ENOUGH


class TestAround:
    """June 2026 begins on a Monday: weeks start on the 1st, 8th, 15th, 22nd, 29th."""

    weeks = weeks_of(*[(1, 0, 0)] * 8)

    def starts(self, published: list[dt.date], at: dt.date) -> tuple[list[int], list[int]]:
        before, after = around(reversed(self.weeks), published, at)
        number = {week.starts_on: n for n, week in enumerate(self.weeks)}
        return [number[w.starts_on] for w in before], [number[w.starts_on] for w in after]

    def test_the_week_of_the_publication_belongs_to_neither_side(self) -> None:
        at = dt.date(2026, 6, 18)
        assert self.starts([at], at) == ([0, 1], [3, 4, 5, 6, 7])

    def test_published_on_a_monday_the_week_belongs_to_the_new_version(self) -> None:
        at = dt.date(2026, 6, 15)
        assert self.starts([at], at) == ([0, 1], [2, 3, 4, 5, 6, 7])

    def test_published_on_a_sunday_the_week_belongs_to_neither(self) -> None:
        at = dt.date(2026, 6, 21)
        assert self.starts([at], at) == ([0, 1], [3, 4, 5, 6, 7])

    def test_the_neighbouring_publications_are_the_ends(self) -> None:
        published = [dt.date(2026, 6, 3), dt.date(2026, 6, 24), dt.date(2026, 7, 9)]
        assert self.starts(published, published[1]) == ([1, 2], [4])

    def test_two_publications_in_one_week_leave_nothing_between(self) -> None:
        published = [dt.date(2026, 6, 9), dt.date(2026, 6, 11)]
        assert self.starts(published, published[1]) == ([], [2, 3, 4, 5, 6, 7])


rates = st.integers(0, 2000).flatmap(
    lambda trials: st.integers(0, trials).map(lambda successes: rate_of(successes, trials))
)


@settings(deadline=None)  # the first example loads SciPy
@given(rates, rates)
def test_the_chances_both_ways_add_up_to_one(one: Rate, other: Rate) -> None:
    there, back = chance_better(one, other), chance_better(other, one)
    assert 0 <= there <= 1
    assert there + back == pytest.approx(1, abs=1e-4)


@settings(deadline=None)  # the first example loads SciPy
@given(rates)
def test_the_share_lies_in_its_interval(rate: Rate) -> None:
    if rate.trials:
        assert rate.low is not None
        assert rate.share is not None
        assert rate.high is not None
        assert 0 <= rate.low <= rate.share + 1e-12
        assert rate.share - 1e-12 <= rate.high <= 1


@given(
    st.sets(st.integers(0, 60), max_size=30),
    st.sets(st.dates(MONDAY, MONDAY + dt.timedelta(weeks=60)), min_size=1, max_size=6),
)
def test_no_week_stands_on_both_sides_or_holds_a_publication(
    numbers: set[int], published: set[dt.date]
) -> None:
    weeks = [Week(MONDAY + dt.timedelta(weeks=number), 1, 0, 0) for number in numbers]
    for at in published:
        before, after = around(weeks, published, at)
        assert not set(before) & set(after)
        assert all(week.starts_on + dt.timedelta(days=7) <= at for week in before)
        assert all(week.starts_on >= at for week in after)
        for week in (*before, *after):
            inside = {week.starts_on + dt.timedelta(days=day) for day in range(1, 7)}
            assert not inside & published
