"""T1, T2, T5, T6: the worked cases of retainers, to the cent and to the minute."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainers.hours import HOUR, USE_OR_LOSE, Period, RollOver, at_the_end, periods, pro_rata
from retainers.pricing import (
    call_cost,
    call_minutes,
    effective_rate,
    minutes_bought,
    monthly_fee,
    months_later,
    schedule,
    spread,
)

hours = st.integers(0, 200 * HOUR)


def test_t5_a_budget_buys_hours() -> None:
    assert minutes_bought(Decimal(2_500), Decimal(100)) == 25 * HOUR
    assert monthly_fee(25 * HOUR, Decimal(100)) == Decimal(2_500)


@pytest.mark.parametrize(
    ("total", "months", "payments"),
    [
        ("20000", 4, ["5000.00"] * 4),
        ("10000", 3, ["3333.33", "3333.33", "3333.34"]),
        ("0.02", 3, ["0.00", "0.00", "0.02"]),
        ("99.99", 1, ["99.99"]),
    ],
)
def test_t2_a_total_over_months(total: str, months: int, payments: list[str]) -> None:
    assert list(spread(Decimal(total), months)) == [Decimal(each) for each in payments]


@given(st.decimals("0.01", "1000000", places=2), st.integers(1, 60))
def test_t2_the_payments_are_the_total_to_the_cent(total: Decimal, months: int) -> None:
    payments = spread(total, months)
    assert sum(payments) == total
    assert payments[-1] - payments[0] < Decimal("0.01") * months


def test_t2_each_payment_is_due_at_a_months_start_with_its_deliverables() -> None:
    payments = schedule(
        Decimal(10_000), begins_on=dt.date(2026, 1, 31), months=3, deliverables=["Audit"]
    )
    assert [each.due_on for each in payments] == [
        dt.date(2026, 1, 31),
        dt.date(2026, 2, 28),
        dt.date(2026, 3, 31),
    ]
    assert [each.deliverable for each in payments] == ["Audit", "", ""]


def test_months_later_over_a_year_and_a_leap_day() -> None:
    assert months_later(dt.date(2027, 12, 31), 2) == dt.date(2028, 2, 29)
    assert months_later(dt.date(2026, 12, 15), 1) == dt.date(2027, 1, 15)


def test_t6_calls_cost_what_everybody_there_costs() -> None:
    two_calls = 2 * call_cost(HOUR, [Decimal(100)] * 3)
    assert two_calls == Decimal(600)
    assert 10 * two_calls == Decimal(6_000)
    assert call_cost(30, [Decimal(600), *[Decimal(250)] * 9]) == Decimal(1_425)
    assert call_minutes(HOUR, 3) == 3 * HOUR


@pytest.mark.parametrize(
    ("rule", "left", "lapsed", "over"),
    [
        (RollOver(cap=None, periods=None), [20, 10, 0, 30], [0, 0, 0, 0], [0, 0, 0, 0]),
        (USE_OR_LOSE, [0, 0, 0, 0], [20, 0, 0, 30], [0, 10, 10, 0]),
        (RollOver(cap=5 * HOUR, periods=None), [5, 0, 0, 5], [15, 0, 0, 25], [0, 5, 10, 0]),
        (RollOver(cap=None, periods=1), [20, 10, 0, 30], [0, 0, 0, 0], [0, 0, 0, 0]),
    ],
)
def test_t1_thirty_hours_a_month_with_10_40_40_and_0_worked(
    rule: RollOver, left: list[int], lapsed: list[int], over: list[int]
) -> None:
    worked = [10 * HOUR, 40 * HOUR, 40 * HOUR, 0]
    found = periods([30 * HOUR] * 4, worked, rule=rule)
    assert [each.left // HOUR for each in found] == left
    assert [each.lapsed // HOUR for each in found] == lapsed
    assert [each.over // HOUR for each in found] == over


def test_t1_carried_time_lapses_when_its_periods_are_over() -> None:
    found = periods([HOUR] * 3, [0, 0, 0], rule=RollOver(cap=None, periods=1))
    assert found[1] == Period(bought=60, carried_in=60, worked=0, over=0, lapsed=60, left=60)


@given(
    st.lists(st.tuples(hours, hours), max_size=24),
    st.builds(
        RollOver,
        cap=st.none() | st.integers(0, 100 * HOUR),
        periods=st.none() | st.integers(0, 6),
    ),
)
def test_t1_bought_is_used_and_lapsed_and_left_to_the_minute(
    months: list[tuple[int, int]], rule: RollOver
) -> None:
    found = periods([each for each, _ in months], [each for _, each in months], rule=rule)
    bought = sum(each.bought for each in found)
    assert bought == sum(each.used + each.lapsed for each in found) + (
        found[-1].left if found else 0
    )
    for before, after in pairwise(found):
        assert after.carried_in == before.left
    for each in found:
        assert min(each.used, each.over, each.lapsed, each.left) >= 0
        assert rule.cap is None or each.left <= rule.cap
        assert not each.over or each.left == each.lapsed == 0


def test_t1_the_first_month_is_pro_rata() -> None:
    assert pro_rata(40 * HOUR, days=15, of_days=30) == 20 * HOUR
    assert pro_rata(40 * HOUR, days=16, of_days=31) == 1_239  # 1,238.7


def test_at_this_pace_it_will_be_too_much() -> None:
    assert at_the_end(52 * HOUR, days=15, of_days=30) == 104 * HOUR


def test_what_an_hour_brought() -> None:
    assert effective_rate(Decimal(2_500), 50 * HOUR) == Decimal(50)
    assert effective_rate(Decimal(2_500), 0) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: minutes_bought(Decimal(100), Decimal(0)),
        lambda: minutes_bought(Decimal(-1), Decimal(10)),
        lambda: monthly_fee(-1, Decimal(10)),
        lambda: spread(Decimal(0), 3),
        lambda: spread(Decimal(10), 0),
        lambda: call_minutes(60, 0),
        lambda: pro_rata(60, days=32, of_days=31),
        lambda: at_the_end(60, days=0, of_days=30),
        lambda: periods([-1], [0]),
        lambda: periods([1, 1], [0]),
    ],
)
def test_what_makes_no_sense_is_an_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"needs?|more|takes|share|said|shorter"):
        wrong()
