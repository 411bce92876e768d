"""The edges of a window (J5): on which day a contract comes into it, and on which it is gone.

The window of N months at day `d` holds the contracts with `start < closed_on <= d`, where `start`
is `d` minus N calendar months, its day clamped to the end of that month.
"""

from datetime import date

import numpy as np

from jss.engine.columns import Counts, Days, as_date, as_day


def window_starts(days: Days, months: int) -> Days:
    """The `start` of the window of so many months at each day: the first day *not* in it (J5)."""
    month, day_of_month = _month_and_day(days)
    start_month = month - np.timedelta64(months, "M")
    clamped = np.minimum(day_of_month, _days_in(start_month) - 1)
    return _day_in(start_month, clamped)


def leaving_days(closed_on: Days, months: int) -> Days:
    """The first day on which a contract closed on each day is not in the window any more (J5).

    That is the same day of the month so many months later; where that month is too short, the
    first of the following one, because until then `start` is clamped to a day before.
    """
    month, day_of_month = _month_and_day(closed_on)
    leaving_month = month + np.timedelta64(months, "M")
    return _day_in(leaving_month, np.minimum(day_of_month, _days_in(leaving_month)))


def window_start(as_of: date, months: int) -> date:
    """`window_starts` for one day. Raises ValueError before the year 1."""
    return as_date(window_starts(np.array([as_day(as_of)]), months)[0])


def leaves_on(closed_on: date, months: int) -> date:
    """`leaving_days` for one day. Raises ValueError after the year 9999."""
    return as_date(leaving_days(np.array([as_day(closed_on)]), months)[0])


def is_in_window(closed_on: date, as_of: date, months: int) -> bool:
    """Whether a contract closed on that day is in the window at `as_of` (J5)."""
    return window_start(as_of, months) < closed_on <= as_of


def _month_and_day(days: Days) -> tuple[Days, Counts]:
    """The month of each day, and its day of the month counted from 0."""
    month = days.astype("datetime64[M]")
    return month, (days - month.astype("datetime64[D]")).astype(np.int64)


def _days_in(month: Days) -> Counts:
    following = month + np.timedelta64(1, "M")
    length = following.astype("datetime64[D]") - month.astype("datetime64[D]")
    days: Counts = length.astype(np.int64)
    return days


def _day_in(month: Days, day_of_month: Counts) -> Days:
    days: Days = month.astype("datetime64[D]") + day_of_month.astype("timedelta64[D]")
    return days
