"""When a weekly rule at a local hour fires next, daylight saving included.

The rule and the zone are what a person chose; the instant is worked out anew each time, because
governments change their clocks. An hour that the clocks skip counts by the offset before the
change (zoneinfo's fold=0): 02:00 in a night without one fires where 03:00 stands on the clock. An
hour that comes twice fires the first time.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

EVERY_DAY = 0b1111111
# A zone may skip a whole day (Samoa had no 30 December 2011): its 30th fires on the 31st. So what
# was due on an earlier date may still lie ahead, and a week and a day on there is always one more.
_DAYS_BACK = 2
_DAYS_AHEAD = 9


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """Local `hour` (0 to 23) on the weekdays whose bits are set: Monday is 1, Sunday is 64."""

    weekdays: int
    hour: int
    time_zone: str

    def __post_init__(self) -> None:
        if not 1 <= self.weekdays <= EVERY_DAY:
            raise ValueError(f"{self.weekdays} names no weekday.")
        if not 0 <= self.hour <= 23:
            raise ValueError(f"{self.hour} is no hour of a day.")

    def includes(self, date: dt.date) -> bool:
        return bool(self.weekdays >> date.weekday() & 1)


def next_occurrence(rule: WeeklyRule, after: dt.datetime) -> dt.datetime:
    """The first instant (UTC) strictly after `after` at which the rule fires.

    `after` is aware, else `ValueError`; `ZoneInfoNotFoundError` for a zone that does not exist.
    """
    if after.tzinfo is None:
        raise ValueError("An instant without a zone is not one.")
    zone = ZoneInfo(rule.time_zone)
    first = after.astimezone(zone).date() - dt.timedelta(days=_DAYS_BACK)
    for days in range(_DAYS_BACK + _DAYS_AHEAD + 1):
        date = first + dt.timedelta(days=days)
        if rule.includes(date):
            instant = dt.datetime.combine(date, dt.time(rule.hour), zone).astimezone(dt.UTC)
            if instant > after:
                return instant
    raise AssertionError("A weekly rule fires within nine days.")
