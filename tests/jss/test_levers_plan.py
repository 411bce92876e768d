"""J3, J8, J9, J10: the plan of least effort to a target on a day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    EFFORTS,
    Bounds,
    ClosedContract,
    Outcome,
    Plan,
    cheapest_plan,
    leaves_on,
    usual_number_until,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices

IN_THREE_MONTHS = leaves_on(AS_OF, 3)


def exact_shown(contracts: list[ClosedContract], day: date) -> Fraction | None:
    exact = [each.exact for each in plain.scores(contracts, day).values()]
    return max((each for each in exact if each is not None), default=None)


def every_plan(
    contracts: list[ClosedContract], as_of: date, by: date, bounds: Bounds
) -> list[tuple[int, Fraction | None]]:
    """Effort and exact score of every set of contracts turned, with every number of new ones."""
    known = plain.known_at(contracts, as_of)
    held = [row for row, each in enumerate(known) if plain.in_window(each, by, 24)]
    silent = [row for row in held if known[row].outcome() == Outcome.NO_FEEDBACK]
    negative = [row for row in held if known[row].outcome() == Outcome.NEGATIVE]
    plans = []
    for asked, owned in product(
        subsets(silent, bounds.ask_for_feedback), subsets(negative, bounds.own_up)
    ):
        changed = [
            replace(each, rating=Decimal(5)) if row in {*asked, *owned} else each
            for row, each in enumerate(known)
        ]
        for new in range(bounds.earn + 1):
            effort = (
                len(asked) * EFFORTS.ask_for_feedback
                + len(owned) * EFFORTS.own_up
                + new * EFFORTS.earn
            )
            plans.append((effort, exact_shown(changed + [plain.five_stars(by)] * new, by)))
    return plans


def subsets(rows: list[int], most: int | None) -> list[tuple[int, ...]]:
    upto = len(rows) if most is None else min(most, len(rows))
    return [chosen for size in range(upto + 1) for chosen in combinations(rows, size)]


def taken(plan: Plan) -> tuple[int, int, int]:
    return len(plan.ask_for_feedback), len(plan.own_up), plan.earn


@given(
    practices(most=8),
    st.integers(0, 400),
    st.sampled_from([50, 80, 90, 95, 100]),
    st.integers(0, 4),
    st.none() | st.integers(0, 2),
    st.none() | st.integers(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_no_plan_takes_less_and_where_there_is_none_no_other_score_is_higher(
    practice: tuple[list[ClosedContract], date],
    days: int,
    target: int,
    new: int,
    asks: int | None,
    reversals: int | None,
) -> None:
    contracts, as_of = practice
    by = as_of + timedelta(days=days)
    bounds = Bounds(earn=new, ask_for_feedback=asks, own_up=reversals)
    plan = cheapest_plan(contracts, as_of, by, target, bounds=bounds)
    everything = every_plan(contracts, as_of, by, bounds)
    reaching = [effort for effort, exact in everything if exact and exact * 100 >= target]
    assert plan.reaches == bool(reaching)
    if not reaching:
        best = max((exact for _, exact in everything if exact is not None), default=None)
        reaching = [effort for effort, exact in everything if exact == best]
        assert plan.after.shown.exact == best
    else:
        assert plan.after.shown.exact is not None
        assert plan.after.shown.exact * 100 >= target
    assert plan.effort == min(reaching)
    asked, owned, earned = taken(plan)
    assert plan.effort == EFFORTS.total(ask_for_feedback=asked, own_up=owned, earn=earned)


@given(practices(most=12), st.integers(0, 400), st.sampled_from([80, 90, 100]))
@settings(max_examples=60, deadline=None)
def test_the_scores_of_a_plan_are_those_of_its_contracts(
    practice: tuple[list[ClosedContract], date], days: int, target: int
) -> None:
    contracts, as_of = practice
    by = as_of + timedelta(days=days)
    plan = cheapest_plan(contracts, as_of, by, target, bounds=Bounds(earn=6))
    known = plain.known_at(contracts, as_of)
    turned = [*plan.ask_for_feedback, *plan.own_up]
    after = [replace(each, rating=Decimal(5)) if each in turned else each for each in known]
    after += [plain.five_stars(by)] * plan.earn
    assert plan.after.shown.exact == exact_shown(after, by)
    assert plan.waiting.shown.exact == exact_shown(known, by)
    assert all(each.outcome() == Outcome.NO_FEEDBACK for each in plan.ask_for_feedback)
    assert all(each.outcome() == Outcome.NEGATIVE for each in plan.own_up)


def test_nothing_is_to_be_done_where_waiting_is_enough() -> None:
    practice = [*closed("++++", AS_OF - timedelta(days=10)), *closed("-", date(2026, 5, 30))]
    plan = cheapest_plan(practice, AS_OF, date(2026, 11, 30), 90, bounds=Bounds(earn=9))
    assert plan.is_waiting
    assert plan.reaches
    assert plan.after.shown.score == 100
    assert taken(cheapest_plan(practice, AS_OF, date(2026, 11, 29), 90, bounds=Bounds(earn=9))) == (
        0,
        1,
        0,
    )


def test_j9_one_reversal_instead_of_twelve_new_contracts() -> None:
    plan = cheapest_plan(closed("+++++++-"), AS_OF, AS_OF, 90, bounds=Bounds(earn=20))
    assert taken(plan) == (0, 1, 0)
    only_new = cheapest_plan(closed("+++++++-"), AS_OF, AS_OF, 90, bounds=Bounds(earn=20, own_up=0))
    assert taken(only_new) == (0, 0, 12)  # J8's worked number


def test_where_the_target_is_out_of_reach_the_least_effort_for_the_best_score() -> None:
    plan = cheapest_plan(closed("+++++++-"), AS_OF, AS_OF, 90, bounds=Bounds(earn=2, own_up=0))
    assert not plan.reaches
    assert taken(plan) == (0, 0, 2)
    assert plan.after.shown.exact == Fraction(8, 10)


def test_of_equal_efforts_the_plan_with_fewer_steps() -> None:
    # 20 good, 1 bad, 5 silent (all tolerated: a fifth of 26): 19 of 21 are 90.5 %.
    plan = cheapest_plan(closed("+" * 20 + "-" + "0" * 5), AS_OF, AS_OF, 93, bounds=Bounds(earn=20))
    assert plan.effort == EFFORTS.own_up
    assert taken(plan) == (0, 1, 0)


def test_j12_a_target_is_exact() -> None:
    # 60 of 67 are 89.55 %: displayed as 90, and not enough.
    plan = cheapest_plan(closed("+" * 60 + "0" * 23), AS_OF, AS_OF, 90, bounds=Bounds(earn=0))
    assert plan.waiting.shown.score == 90
    assert taken(plan) == (1, 0, 0)


def test_the_newest_contracts_are_named_as_they_stay_longest() -> None:
    old = [replace(each, title="old") for each in closed("-", AS_OF - timedelta(days=60))]
    new = [replace(each, title="new") for each in closed("-", AS_OF - timedelta(days=20))]
    plan = cheapest_plan([*new, *closed("+" * 16), *old], AS_OF, AS_OF, 88, bounds=Bounds(earn=0))
    assert [each.title for each in plan.own_up] == ["new"]


def test_what_was_closed_after_the_day_is_not_known() -> None:
    later = closed("+" * 30, AS_OF + timedelta(days=3))
    plan = cheapest_plan([*closed("+-"), *later], AS_OF, IN_THREE_MONTHS, 90, bounds=Bounds(earn=0))
    assert plan.waiting.shown.score == 0


def test_without_contracts_and_without_new_ones_there_is_no_plan() -> None:
    plan = cheapest_plan([], AS_OF, IN_THREE_MONTHS, 90, bounds=Bounds(earn=0))
    assert (plan.reaches, plan.effort, plan.after.shown.score) == (False, 0, None)
    assert cheapest_plan([], AS_OF, IN_THREE_MONTHS, 90, bounds=Bounds(earn=1)).reaches


def test_a_plan_for_a_day_gone_by_or_of_negative_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="looks ahead"):
        cheapest_plan([], AS_OF, AS_OF - timedelta(days=1), 90, bounds=Bounds(earn=0))
    with pytest.raises(ValueError, match="at least 0"):
        Bounds(earn=-1)


@pytest.mark.parametrize(
    ("kinds", "days", "expected"),
    [("", 90, 1), ("++", 0, 1), ("+" * 12, 365, 12), ("+" * 12, 31, 2), ("+" * 12, 30, 1)],
)
def test_the_pace_of_the_last_year_goes_on(kinds: str, days: int, expected: int) -> None:
    practice = [*closed(kinds), *closed("+++", AS_OF - timedelta(days=400))]
    assert usual_number_until(practice, AS_OF, AS_OF + timedelta(days=days)) == expected
