"""Upwork's own clocks: how long feedback can be left (J18), and when escrow falls dormant (C7).

Nothing here knows a clock of its own: dates go in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contracts.cadence import FEEDBACK_DAYS

FIRST_NOTICE_DAY, SECOND_NOTICE_DAY, DORMANT_DAY = 76, 83, 90  # C7, after the last milestone


def feedback_deadline(closed_on: dt.date) -> dt.datetime:
    """The instant (UTC) up to which feedback can be left: midnight that ends the 14th day (J18)."""
    last_day = closed_on + dt.timedelta(FEEDBACK_DAYS)
    return dt.datetime.combine(last_day + dt.timedelta(1), dt.time(), dt.UTC)


class Clock(StrEnum):
    """What Upwork does to a fixed-price contract whose escrow lies still (C7)."""

    FIRST_NOTICE = "first_notice"
    SECOND_NOTICE = "second_notice"
    DORMANT = "dormant"


DORMANCY: Final = (
    (Clock.FIRST_NOTICE, FIRST_NOTICE_DAY),
    (Clock.SECOND_NOTICE, SECOND_NOTICE_DAY),
    (Clock.DORMANT, DORMANT_DAY),
)


@dataclass(frozen=True, slots=True)
class Dormancy:
    """Where Upwork's dormancy clock of a contract stands: `on` each day, what happens (C7)."""

    days: tuple[tuple[Clock, dt.date], ...]
    passed: Clock | None  # the last that has come
    coming: Clock | None  # the next that has not

    @property
    def dormant_on(self) -> dt.date:
        return self.days[-1][1]


def dormancy(last_milestone_on: dt.date, as_of: dt.date) -> Dormancy:
    """Notices on day 76 and 83, dormant on day 90 after the last milestone's date (C7)."""
    days = tuple((clock, last_milestone_on + dt.timedelta(day)) for clock, day in DORMANCY)
    passed = [clock for clock, day in days if day <= as_of]
    coming = [clock for clock, day in days if day > as_of]
    return Dormancy(days, passed[-1] if passed else None, coming[0] if coming else None)
