"""New contracts that one may assume when looking ahead (J10)."""

from datetime import date

import numpy as np

from jss.engine.columns import as_date, as_scored_day
from jss.engine.windows import leaving_days


def assumed_closings(as_of: date, per_month: int, *, months: int) -> tuple[date, ...]:
    """The days on which so many contracts a month are closed, for so many months from `as_of` on.

    They are spread evenly: the last one of each month is closed on the day that is whole months
    after `as_of`, the others in equal steps before it, rounded down to days.

    Raises ValueError for negative numbers.
    """
    if per_month < 0 or months < 0:
        raise ValueError("Numbers of contracts and of months are at least 0.")
    now = np.array([as_scored_day(as_of)])
    edges = np.concatenate([now, *(leaving_days(now, month + 1) for month in range(months))])
    length = np.diff(edges).astype(np.int64)
    share = np.arange(1, per_month + 1)
    ahead = np.maximum(length[:, None] * share // max(per_month, 1), 1)
    days = edges[:-1, None] + ahead.astype("timedelta64[D]")
    return tuple(as_date(day) for day in days.ravel())
