"""J8, J9, J10, J15: what lifts the score, ranked."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from jss.engine import (
    EFFORTS,
    ClosedContract,
    Efforts,
    Lever,
    LeverKind,
    explanations_of,
    levers_of,
    outlook_of,
    positives_needed,
    reversals_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices

DAYS = 365


def exact_shown(contracts: list[ClosedContract], day: date) -> Fraction | None:
    exact = [each.exact for each in plain.scores(contracts, day).values()]
    return max((each for each in exact if each is not None), default=None)


def mean_gain(before: list[ClosedContract], after: list[ClosedContract], as_of: date) -> Fraction:
    """In points over the days on which there is a score without the lever."""
    total = Fraction(0)
    for number in range(DAYS):
        day = as_of + timedelta(days=number)
        was, would_be = exact_shown(before, day), exact_shown(after, day)
        if was is not None:
            assert would_be is not None
            total += would_be - was
    return total * 100 / DAYS


def pulled(contracts: list[ClosedContract], as_of: date, lever: Lever) -> list[ClosedContract]:
    changed = [
        replace(each, rating=Decimal(5)) if each in lever.contracts else each
        for each in plain.known_at(contracts, as_of)
    ]
    return changed + [plain.five_stars(as_of)] * lever.earned


@given(practices(most=10))
@settings(max_examples=12, deadline=None)
def test_each_gain_is_the_one_found_day_by_day(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    was = exact_shown(known, as_of)
    for lever in levers_of(contracts, as_of, 90).ranking:
        after = pulled(contracts, as_of, lever)
        would_be = exact_shown(after, as_of)
        assert lever.after.exact == would_be
        if was is None or would_be is None:
            assert lever.gain_today is None
        else:
            assert lever.gain_today == (would_be - was) * 100
        assert lever.gain_over_year == mean_gain(known, after, as_of)


@given(practices(most=20))
@settings(max_examples=80, deadline=None)
def test_j15_feedback_is_asked_for_where_its_lack_counts_against_the_score(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    expected = {
        row.contract.title
        for row in explanations_of(contracts, as_of)
        if any(place.reason == "no_feedback_counted" for place in row.windows)
    }
    asking = [
        lever
        for lever in levers_of(contracts, as_of, 90).ranking
        if lever.kind == LeverKind.ASK_FOR_FEEDBACK
    ]
    single = [lever.contracts[0].title for lever in asking if len(lever.contracts) == 1]
    assert sorted(single) == sorted(expected)
    groups = [lever for lever in asking if len(lever.contracts) > 1]
    assert [{each.title for each in lever.contracts} for lever in groups] == (
        [expected] if len(expected) > 1 else []
    )


@given(practices(most=20))
@settings(max_examples=80, deadline=None)
def test_j9_every_negative_that_counts_can_be_owned_up_to(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    owning = {
        lever.contracts[0].title: lever.after
        for lever in levers_of(contracts, as_of, 90).ranking
        if lever.kind == LeverKind.OWN_UP
    }
    reversals = reversals_of(contracts, as_of)
    assert owning == {each.contract.title: each.after.shown for each in reversals}


@given(practices(most=20))
@settings(max_examples=60, deadline=None)
def test_j8_a_few_new_contracts_and_as_many_as_reach_the_target(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    earned = {
        lever.earned
        for lever in levers_of(contracts, as_of, 90).ranking
        if lever.kind == LeverKind.EARN
    }
    needed = positives_needed(contracts, as_of, 90)
    assert earned == {1, 2, 3, 5, needed or 1}


@given(practices(most=20))
@settings(max_examples=80, deadline=None)
def test_j10_waiting_is_a_lever_where_it_reaches_the_target_later(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    levers = levers_of(contracts, as_of, 90)
    reached_on = outlook_of(contracts, as_of, 90).reaches_target_on
    waiting = [each for each in levers.ranking if each.kind == LeverKind.WAIT]
    assert levers.reaches_target_on == reached_on
    later = reached_on is not None and reached_on > as_of
    assert [each.waits_until for each in waiting] == ([reached_on] if later else [])
    assert all(each.gain_over_year == 0 and each.effort == 0 for each in waiting)
    assert all(not each.gain_today for each in waiting)


@given(practices(most=20))
@settings(max_examples=80, deadline=None)
def test_ranked_by_gain_over_a_year_per_effort_then_by_gain_today(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    ranking = levers_of(contracts, as_of, 90).ranking
    worth = [
        (each.gain_over_year / each.effort if each.effort else 0, each.gain_today or 0)
        for each in ranking
    ]
    assert worth == sorted(worth, reverse=True)


def test_equal_levers_stand_in_the_order_of_j15_newest_contract_first() -> None:
    # 100 % already and nothing ever below: nothing gains anything.
    ranking = levers_of(closed("+++"), AS_OF, 90).ranking
    assert [each.earned for each in ranking] == [1, 2, 3, 5]
    older = closed("-", AS_OF - timedelta(days=40))
    newer = [replace(closed("-", AS_OF - timedelta(days=35))[0], title="newer")]
    both = closed("-", AS_OF - timedelta(days=40))
    both[0] = replace(both[0], title="same day, entered later")
    levers = levers_of([*closed("++++++"), *older, *both, *newer], AS_OF, 90).ranking
    owning = [each.contracts[0].title for each in levers if each.kind == LeverKind.OWN_UP]
    assert owning == ["newer", "-0", "same day, entered later"]


def test_j9_worked_by_hand_one_negative_of_eight_turned_positive() -> None:
    # 7 good and 1 bad closed today: 75 %, and all of them stay for 365 days in the 24 months.
    levers = levers_of(closed("+++++++-", AS_OF), AS_OF, 90)
    (owning,) = [each for each in levers.ranking if each.kind == LeverKind.OWN_UP]
    assert levers.before.score == 75
    assert [owning.gain_today, owning.gain_over_year] == [25, 25]
    assert owning.effort == EFFORTS.own_up
    assert owning.gain_per_effort == Fraction(25, EFFORTS.own_up)


def test_j3_asking_for_all_of_it_takes_as_many_efforts_as_contracts() -> None:
    # 4 good, 5 silent: two of the five are tolerated, three count.
    (group,) = [
        each
        for each in levers_of(closed("++++00000"), AS_OF, 90).ranking
        if len(each.contracts) > 1
    ]
    assert len(group.contracts) == 3
    assert group.effort == 3 * EFFORTS.ask_for_feedback
    assert group.after.score == 100


def test_j6_without_a_score_there_is_nothing_to_gain_on() -> None:
    levers = levers_of([], AS_OF, 90)
    assert levers.before.score is None
    assert [each.earned for each in levers.ranking] == [1, 2, 3, 5]
    assert all(each.gain_today is None for each in levers.ranking)
    assert all(each.gain_over_year == 0 for each in levers.ranking)


def test_what_never_counts_is_no_lever() -> None:
    flagged = [replace(each, client_flagged=True) for each in closed("-000")]
    kinds = {each.kind for each in levers_of([*closed("++"), *flagged], AS_OF, 90).ranking}
    assert kinds == {LeverKind.EARN}


def test_no_effort_is_refused() -> None:
    with pytest.raises(ValueError, match="some effort"):
        Efforts(own_up=0)


def test_other_efforts_change_the_ranking() -> None:
    practice = closed("+++++-")
    first = levers_of(practice, AS_OF, 90).ranking[0]
    assert first.kind == LeverKind.OWN_UP
    other = levers_of(practice, AS_OF, 90, efforts=Efforts(own_up=1000, earn=1)).ranking[0]
    assert other.kind == LeverKind.EARN


def test_of_an_equal_gain_over_a_year_the_larger_gain_today_stands_first() -> None:
    # One good contract that stays, ten silent ones (two tolerated, eight counting): each of the
    # eight gains as much for each effort as the other seven, and all eight together eight times as
    # much today.
    practice = closed("+", AS_OF) + closed("0" * 10, AS_OF)
    asking = [
        each
        for each in levers_of(practice, AS_OF, 90).ranking
        if each.kind == LeverKind.ASK_FOR_FEEDBACK
    ]
    assert len({each.gain_per_effort for each in asking}) == 1
    assert [len(each.contracts) for each in asking] == [8, *[1] * 8]
