"""The array types that the engine passes around, under names that say what is in them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

type Days = NDArray[np.datetime64]  # datetime64[D]; NaT where a contract is open
type Counts = NDArray[np.integer]  # numbers of contracts
type Positions = NDArray[np.integer]  # indices into another array
type PerCents = NDArray[np.int8]  # displayed scores, 0 to 100, NO_SCORE where there is none
type Flags = NDArray[np.bool_]

NO_SCORE = -1
"""Stands for "no score" (null) in arrays of displayed scores: below every score, so `max` works."""

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2999, 12, 31)
"""The days for which scores can be asked."""

ONE_DAY = np.timedelta64(1, "D")


def as_day(day: date) -> np.datetime64:
    """The day as numpy counts it."""
    return np.datetime64(day, "D")


def as_scored_day(day: date) -> np.datetime64:
    """A day for which scores are asked.

    Raises ValueError outside FIRST_DAY to LAST_DAY, so that every day of its windows and its
    roadmap is one that `date` can hold.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"Scores are worked out for {FIRST_DAY} to {LAST_DAY}, not for {day}.")
    return as_day(day)


def as_date(day: np.datetime64) -> date:
    """The day as a `date`.

    Raises ValueError for a day that Python's calendar (years 1 to 9999) doesn't hold.
    """
    value = day.astype("datetime64[D]").item()
    if not isinstance(value, date):
        raise ValueError(f"{day} lies outside the calendar (years 1 to 9999).")
    return value


def as_score(per_cent: np.integer | int) -> int | None:
    """The displayed score in per cent, None where the array says NO_SCORE."""
    return None if per_cent == NO_SCORE else int(per_cent)
