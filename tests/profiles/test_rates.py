"""Calculators that show their arithmetic (R1–R4)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.conversion import Week, rate_of
from profiles.rates import (
    PAYROLL_FACTOR,
    BadFigure,
    employers_view,
    next_raise,
    peers_view,
    rate_history,
    starting_rate,
    to_cents,
    value_price,
)

MONDAY = dt.date(2026, 6, 1)
D = Decimal


def test_until_ten_ratings_the_rate_is_ten_to_twenty_per_cent_lower_r1() -> None:
    made = starting_rate(D(60), ratings=3)
    assert (made.low, made.high, made.ratings_missing) == (D("48.00"), D("54.00"), 7)
    assert [step.key for step in made.steps] == ["lower_end", "upper_end", "ratings_missing"]
    assert made.steps[0].figures == {"target": D(60), "percent": D(20), "rate": D("48.00")}


@pytest.mark.parametrize(("ratings", "low"), [(9, D(80)), (10, D(100)), (11, D(100))])
def test_from_the_tenth_rating_on_it_is_the_target_r1(ratings: int, low: Decimal) -> None:
    made = starting_rate(D(100), ratings)
    assert made.low == low
    assert made.ratings_missing == max(0, 10 - ratings)


def test_a_full_plate_asks_for_ten_dollars_more_r2() -> None:
    made = next_raise(D(55), booked_hours=D(40), capacity=D(40))
    assert (made.rate, made.is_full) == (D(65), True)
    assert [step.key for step in made.steps] == ["hours_full", "raise_now"]
    assert next_raise(D(55), is_full=True).rate == D(65)


def test_with_hours_free_the_rate_stays_r2() -> None:
    made = next_raise(D(55), booked_hours=D("31.5"), capacity=D(40))
    assert (made.rate, made.is_full) == (D(55), False)
    assert made.steps[0].figures["free"] == D("8.5")
    assert next_raise(D(55), is_full=False).rate == D(55)


def test_twenty_five_dollars_on_a_payroll_cost_eighty_four_thousand_a_year_r3() -> None:
    made = employers_view(D(25), D(50))
    assert D("1.68") == PAYROLL_FACTOR
    assert (made.cost_an_hour, made.cost_a_year) == (D(42), D(84_000))
    assert made.freelancer_a_month == D(8_000)
    assert [step.key for step in made.steps] == [
        *("payroll_hour", "hours_a_year", "payroll_year", "freelancer_month")
    ]


def test_the_year_is_what_its_line_multiplies_r3() -> None:
    made = employers_view(D("25.33"))
    assert made.cost_an_hour == D("42.55")
    assert made.cost_a_year == made.cost_an_hour * 2000


def test_without_a_rate_there_is_no_freelancers_month_r3() -> None:
    assert employers_view(D(25)).freelancer_a_month is None


def test_a_price_from_the_value_and_what_it_makes_an_hour_r4() -> None:
    made = value_price(D(50_000), D("0.1"), hours=D(40))
    assert (made.price, made.an_hour) == (D(5_000), D(125))
    assert made.steps[0].figures["percent"] == 10
    assert value_price(D(50_000), D("0.1")).an_hour is None


def test_the_own_rate_beside_the_peers_and_three_times_theirs_r4() -> None:
    made = peers_view(D(40), [D(30), D(80), D(50), D(60)])
    assert (made.middle, made.in_the_united_states) == (D(55), D(165))
    assert made.difference == D(-15)
    assert peers_view(D(40), [D(70), D(30), D(50)]).middle == D(50)


@pytest.mark.parametrize(
    ("calculate", "name", "key"),
    [
        (lambda: starting_rate(D(0), 3), "target", "not_positive"),
        (lambda: starting_rate(D(-5), 3), "target", "not_positive"),
        (lambda: starting_rate(D("NaN"), 3), "target", "no_number"),
        (lambda: starting_rate(D("Infinity"), 3), "target", "too_much"),
        (lambda: starting_rate(D(5), -1), "ratings", "negative"),
        (lambda: starting_rate(D(5), 1, D(1), D(1)), "low_discount", "not_a_share"),
        (lambda: starting_rate(D(5), 1, D("0.3"), D("0.2")), "low_discount", "low_above_high"),
        (lambda: next_raise(D(0), is_full=True), "rate", "not_positive"),
        (lambda: next_raise(D(9)), "booked_hours", "no_number"),
        (lambda: next_raise(D(9), booked_hours=D(3)), "capacity", "no_number"),
        (lambda: next_raise(D(9), booked_hours=D(-3), capacity=D(1)), "booked_hours", "negative"),
        (
            lambda: next_raise(D(9), booked_hours=D(3), capacity=D(0)),
            *("capacity", "not_positive"),
        ),
        (lambda: employers_view(D(0)), "wage", "not_positive"),
        (lambda: employers_view(D(25), D(0)), "rate", "not_positive"),
        (lambda: employers_view(D(25), hours_a_week=D(0)), "hours_a_week", "not_positive"),
        (lambda: value_price(D(10) ** 12, D("0.1")), "value", "too_much"),
        (lambda: value_price(D(100), D("1.1")), "share", "not_a_share"),
        (lambda: value_price(D(100), D(0)), "share", "not_a_share"),
        (lambda: value_price(D(100), D(1), D(0)), "hours", "not_positive"),
        (lambda: peers_view(D(40), []), "peers", "no_number"),
        (lambda: peers_view(D(40), [D(0)]), "peers", "not_positive"),
    ],
)
def test_a_figure_that_makes_no_sense_is_named(
    calculate: Callable[[], object], name: str, key: str
) -> None:
    with pytest.raises(BadFigure) as caught:
        calculate()
    assert (caught.value.name, caught.value.key) == (name, key)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.01"), ("1.004", "1.00"), ("2.675", "2.68")]
)
def test_cents_are_rounded_half_up(amount: str, rounded: str) -> None:
    assert to_cents(D(amount)) == D(rounded)


def weeks(count: int) -> list[Week]:
    return [Week(MONDAY + dt.timedelta(weeks=n), 50, 2, 1 + n, n or None) for n in range(count)]


def test_the_history_says_what_each_rate_did_to_the_replies() -> None:
    rates = [(MONDAY, D(40)), (dt.date(2026, 6, 17), D(50))]
    first, second = rate_history(weeks(6), rates)
    assert (first.rate, first.until, first.weeks, first.views) == (
        *(D(40), dt.date(2026, 6, 17), 2, 100),
    )
    assert first.replies_per_view == rate_of(3, 100)
    assert (first.proposals, first.replies_per_proposal) == (1, rate_of(2, 1))
    assert (second.rate, second.until, second.weeks) == (D(50), None, 3)
    assert second.replies_per_view == rate_of(4 + 5 + 6, 150)


def test_a_version_that_keeps_the_rate_goes_on_with_it() -> None:
    rates = [(MONDAY, D(40)), (dt.date(2026, 6, 17), D(40)), (dt.date(2026, 6, 29), D(45))]
    assert [(each.rate, each.weeks) for each in rate_history(weeks(6), rates)] == [
        *[(D(40), 4), (D(45), 2)]
    ]


def test_on_one_day_the_last_rate_counts_and_before_the_first_there_is_none() -> None:
    (only,) = rate_history(weeks(4), [(dt.date(2026, 6, 15), D(9)), (dt.date(2026, 6, 15), D(8))])
    assert (only.rate, only.weeks) == (D(8), 2)
    assert rate_history(weeks(4), []) == ()


amounts = st.decimals(D("0.01"), D(10_000), places=2)


@given(amounts, st.integers(0, 30))
def test_a_starting_rate_is_never_above_the_target(target: Decimal, ratings: int) -> None:
    made = starting_rate(target, ratings)
    assert D(0) <= made.low <= made.high <= made.target
    assert made.ratings_missing + min(ratings, 10) == 10


@given(amounts, amounts)
def test_an_employee_always_costs_more_than_the_wage(wage: Decimal, rate: Decimal) -> None:
    made = employers_view(wage, rate)
    assert made.cost_an_hour >= wage
    assert made.cost_a_year >= wage * 2000
    assert made.freelancer_a_month == rate * 160


@given(amounts, st.decimals(D("0.01"), D(1), places=2), amounts)
def test_a_share_of_the_value_is_never_more_than_it(
    value: Decimal, share: Decimal, hours: Decimal
) -> None:
    made = value_price(value, share, hours)
    assert D(0) <= made.price <= value
    assert made.an_hour == to_cents(made.price / hours)


@settings(deadline=None)  # the first example loads SciPy
@given(
    st.lists(
        st.tuples(st.dates(MONDAY, MONDAY + dt.timedelta(weeks=10)), st.sampled_from([D(1), D(2)])),
        max_size=5,
    )
)
def test_no_week_is_counted_for_two_rates(rates: list[tuple[dt.date, Decimal]]) -> None:
    made = rate_history(weeks(10), rates)
    assert sum(each.weeks for each in made) <= 10
    assert all(one.rate != other.rate for one, other in pairwise(made))
    assert all(one.until == other.first for one, other in pairwise(made))
