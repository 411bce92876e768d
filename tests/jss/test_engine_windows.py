"""J5: the edges of a window; J7: the dates of the calculations."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import is_in_window, leaves_on, next_recalculation, window_start
from jss.engine.windows import leaving_days, window_starts
from tests.jss import plain
from tests.jss.cases import CASES

MONTHS = st.sampled_from([1, 3, 6, 12, 24])
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize("case", CASES["window_edge"])
def test_j5_worked_edges(case: dict[str, object]) -> None:
    closed_on = date.fromisoformat(str(case["closed_on"]))
    as_of = date.fromisoformat(str(case["as_of"]))
    months = case["months"]
    assert isinstance(months, int)
    assert is_in_window(closed_on, as_of, months) is case["counted"]


@given(DAYS, MONTHS)
@settings(max_examples=300, deadline=None)
def test_j5_the_start_is_clamped_to_the_end_of_its_month(day: date, months: int) -> None:
    assert window_start(day, months) == plain.start_of_window(day, months)


@given(DAYS, MONTHS)
@settings(max_examples=300, deadline=None)
def test_j5_a_contract_leaves_on_the_first_day_on_which_it_is_not_in_the_window(
    closed_on: date, months: int
) -> None:
    gone = leaves_on(closed_on, months)
    assert is_in_window(closed_on, gone - timedelta(days=1), months)
    assert not is_in_window(closed_on, gone, months)
    assert gone > closed_on


def test_j5_a_contract_is_in_the_window_on_the_day_it_is_closed_and_not_before() -> None:
    assert is_in_window(date(2026, 3, 5), date(2026, 3, 5), 6)
    assert not is_in_window(date(2026, 3, 5), date(2026, 3, 4), 6)


@pytest.mark.parametrize("months", [6, 12, 24])
def test_j5_many_days_at_once_are_the_same_as_one_by_one(months: int) -> None:
    days = np.arange(np.datetime64("2023-12-01", "D"), np.datetime64("2026-04-01", "D"))
    one_by_one = [day.item() for day in days]
    assert window_starts(days, months).tolist() == [window_start(d, months) for d in one_by_one]
    assert leaving_days(days, months).tolist() == [leaves_on(day, months) for day in one_by_one]


def test_j5_beyond_the_calendar_there_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="calendar"):
        leaves_on(date(9999, 1, 1), 12)
    with pytest.raises(ValueError, match="calendar"):
        window_start(date(1, 3, 1), 6)


@pytest.mark.parametrize(
    ("observed_on", "as_of", "following"),
    [
        (date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 15)),
        (date(2026, 11, 1), date(2026, 11, 14), date(2026, 11, 15)),
        (date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 29)),
        (date(2026, 11, 1), date(2026, 10, 31), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2026, 10, 1), date(2026, 10, 4)),
    ],
)
def test_j7_calculations_are_a_fortnight_apart(
    observed_on: date, as_of: date, following: date
) -> None:
    assert next_recalculation(observed_on, as_of) == following
