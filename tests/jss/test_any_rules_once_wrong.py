"""What the engine once got wrong, found by making up rule sets."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from jss.engine import (
    CLASSIC,
    TRENDING,
    WEIGHTED_2024,
    Bounds,
    ClosedContract,
    RatingChange,
    cheapest_plan,
    last_change_of_shown,
    positives_needed,
    roadmap_of,
    scores_of,
    top_rated_track,
    with_options,
)
from tests.jss.cases import AS_OF, closed

BEFORE = AS_OF - timedelta(days=60)


def one(
    title: str, rating: str, earned: str | None = None, weight: Fraction | None = None
) -> ClosedContract:
    money = None if earned is None else Decimal(earned)
    return ClosedContract(title, BEFORE, Decimal(rating), key=title, earned=money, weight=weight)


def test_j17_the_trends_longer_window_has_a_score_of_its_own() -> None:
    with pytest.raises(ValueError, match="a score of its own"):
        replace(TRENDING, name="foreign trend", window_months=(24,))


def test_j17_a_plan_knows_that_an_unpaid_contract_turned_good_is_not_counted_any_more() -> None:
    rules = with_options(WEIGHTED_2024, share=True)
    contracts = [one("good", "5"), one("unpaid", "1", "0")]
    plan = cheapest_plan(contracts, AS_OF, AS_OF, 90, bounds=Bounds(earn=0), rules=rules)
    assert plan.waiting.shown.score == 50
    assert [each.title for each in plan.own_up] == ["unpaid"]
    assert plan.reaches


def test_j11_j17_a_plan_takes_the_negative_that_does_most() -> None:
    rules = with_options(WEIGHTED_2024, refined=True)
    # Turned good, the first of them makes 9 of 11 and the second (9 - 1/30) of 10.
    negative = [one("a little", "3.9"), one("unpaid", "1", "0")]
    contracts = [*[one(f"good {n}", "5") for n in range(9)], *negative]
    plan = cheapest_plan(contracts, AS_OF, AS_OF, 88, bounds=Bounds(earn=0), rules=rules)
    assert [each.title for each in plan.own_up] == ["unpaid"]


def test_j3_j17_a_plan_whose_allowance_shrinks_with_an_unpaid_contract() -> None:
    rules = replace(CLASSIC, name="unpaid left out", counts_unpaid=False)
    # 15 contracts tolerate 3 without feedback, 14 only 2.
    contracts = [*closed("+" * 11 + "000"), one("unpaid", "1", "0")]
    plan = cheapest_plan(contracts, AS_OF, AS_OF, 95, bounds=Bounds(earn=0), rules=rules)
    assert plan.after.shown.exact is not None
    assert plan.reaches == (plan.after.shown.exact >= Fraction(95, 100))


def test_j11_a_changed_rating_of_the_same_outcome_changes_a_weighed_score() -> None:
    rules = with_options(CLASSIC, refined=True)
    contracts = [*[one(f"good {n}", "5") for n in range(3)], one("bad", "3.5")]
    changed_on = AS_OF - timedelta(days=10)
    changes = [RatingChange("bad", changed_on, Decimal(1))]  # 50 % before, 71 % since
    assert last_change_of_shown(contracts, AS_OF, changes=changes, rules=rules) == changed_on


def test_j13_j17_what_left_when_the_trending_score_fell() -> None:
    recent = closed("++", AS_OF - timedelta(days=10))
    contracts = [*closed("+" * 9 + "-", AS_OF - timedelta(days=100)), *recent]
    fall = top_rated_track(contracts, AS_OF, rules=TRENDING).fall
    assert fall is not None
    assert fall.date == date(2027, 2, 11)
    assert fall.left == tuple(recent)


WEIGHED_TREND = replace(
    WEIGHTED_2024, name="weighed trend", window_months=(6,), trend_months=(3, 6)
)


def test_j11_a_weight_of_a_million_in_a_trending_roadmap() -> None:
    contracts = [one("heavy", "5", weight=Fraction(10**6)), one("bad", "1")]
    roadmap = roadmap_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert {entry.score_before for entry in roadmap} == {100}


def test_j11_a_counted_outcome_always_has_a_score() -> None:
    contracts = [one("light", "5", weight=Fraction(1, 10_000))]
    (window,) = scores_of(contracts, AS_OF, rules=WEIGHTED_2024).windows
    assert window.counted == 1
    assert window.score == 100


def test_j8_a_trending_score_very_near_to_a_hundred() -> None:
    contracts = closed("-", AS_OF - timedelta(days=150))  # in the six months, not in the three
    unweighed = replace(WEIGHED_TREND, weights=None)  # nor does a weight of 1 change anything
    target = Fraction(9_999_999, 100_000)
    needed = positives_needed(contracts, AS_OF, target, rules=unweighed)
    assert needed == 9_999_999
    assert positives_needed(contracts, AS_OF, target, rules=WEIGHED_TREND) == needed
