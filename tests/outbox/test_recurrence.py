"""A weekly rule fires exactly once a week, in every zone there is."""

import datetime as dt
import os
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.time_zones import time_zone_names
from outbox.recurrence import EVERY_DAY, WeeklyRule, next_occurrence

ZONES = sorted(time_zone_names())
WEEKS = 522  # ten years
# OUTBOX_LONG_TESTS=1 is for an hour in which nobody waits.
EXAMPLES = 5_000 if os.environ.get("OUTBOX_LONG_TESTS") else 60
DAY = dt.timedelta(days=1)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def is_on_the_clock(wall: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of the zone ever show this; `wall` has no zone of its own."""
    return any(
        wall.replace(tzinfo=zone, fold=fold)
        .astimezone(dt.UTC)
        .astimezone(zone)
        .replace(tzinfo=None)
        == wall
        for fold in (0, 1)
    )


def check_ten_years(rule: WeeklyRule, monday: dt.date) -> None:
    """The n-th firing belongs to the n-th week: by the clock on the wall, or less than a day on."""
    zone = ZoneInfo(rule.time_zone)
    weekday = rule.weekdays.bit_length() - 1
    wall = dt.datetime.combine(monday + weekday * DAY, dt.time(rule.hour))
    fired = wall.replace(tzinfo=zone).astimezone(dt.UTC) - dt.timedelta(seconds=1)
    for _week in range(WEEKS):
        before, fired = fired, next_occurrence(rule, fired)
        shown = fired.astimezone(zone).replace(tzinfo=None)
        if is_on_the_clock(wall, zone):
            assert shown == wall
            assert fired.astimezone(zone).fold == 0
        else:
            assert wall < shown <= wall + DAY
        assert fired > before
        wall += 7 * DAY


def test_a_sunday_at_two_in_every_zone() -> None:
    for zone in ZONES:
        check_ten_years(WeeklyRule(64, 2, zone), dt.date(2024, 1, 1))


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    monday=st.dates(dt.date(1970, 1, 5), dt.date(2037, 1, 1)),
)
def test_once_in_every_week_of_ten_years(
    weekday: int, hour: int, zone: str, monday: dt.date
) -> None:
    check_ten_years(WeeklyRule(1 << weekday, hour, zone), monday - monday.weekday() * DAY)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    weekdays=st.integers(1, EVERY_DAY),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    day=st.dates(dt.date(1975, 1, 1), dt.date(2090, 1, 1)),
    time=st.times(),
    offset=st.integers(-12, 14),
)
def test_the_answer_is_later_and_nothing_lies_between(
    weekdays: int, hour: int, zone: str, day: dt.date, time: dt.time, offset: int
) -> None:
    rule = WeeklyRule(weekdays, hour, zone)
    asked = dt.datetime.combine(day, time, dt.timezone(dt.timedelta(hours=offset)))
    found = next_occurrence(rule, asked)
    assert found > asked
    assert found.tzinfo is dt.UTC
    between = asked + (found - asked) / 2
    assert next_occurrence(rule, between) == found
    assert next_occurrence(rule, found - dt.timedelta(microseconds=1)) == found


@pytest.mark.parametrize("weekday", range(7))
def test_several_weekdays_are_the_firings_of_each(weekday: int) -> None:
    together = WeeklyRule(0b0010101 | 1 << weekday, 7, "America/New_York")
    moment, fired = utc("2026-10-01T00:00"), []
    for _ in range(12):
        moment = next_occurrence(together, moment)
        fired.append(moment.astimezone(ZoneInfo("America/New_York")))
    assert {local.weekday() for local in fired} == {0, 2, 4, weekday}
    assert {local.hour for local in fired} == {7}


@pytest.mark.parametrize(
    ("zone", "weekday", "hour", "after", "expected"),
    [
        # Skipped by daylight saving: 02:00 does not exist on 29 March 2026 in Berlin.
        ("Europe/Berlin", 6, 2, "2026-03-28T12:00", "2026-03-29T01:00"),
        # Comes twice on 25 October 2026: the first, in summer time.
        ("Europe/Berlin", 6, 2, "2026-10-24T12:00", "2026-10-25T00:00"),
        ("Europe/Berlin", 6, 2, "2026-10-25T00:00", "2026-11-01T01:00"),
        # No midnight on this day in Beirut.
        ("Asia/Beirut", 6, 0, "2026-03-28T12:00", "2026-03-28T22:00"),
        # Half an hour is skipped on Lord Howe.
        ("Australia/Lord_Howe", 6, 2, "2026-10-03T12:00", "2026-10-03T15:30"),
        # No 30 December 2011 (a Friday) in Samoa: it fires with the 31st's.
        ("Pacific/Apia", 4, 9, "2011-12-29T20:00", "2011-12-30T19:00"),
        ("Pacific/Apia", 5, 9, "2011-12-29T20:00", "2011-12-30T19:00"),
        ("UTC", 0, 9, "2026-11-16T09:00", "2026-11-23T09:00"),
    ],
)
def test_odd_nights(zone: str, weekday: int, hour: int, after: str, expected: str) -> None:
    assert next_occurrence(WeeklyRule(1 << weekday, hour, zone), utc(after)) == utc(expected)


def test_a_day_that_did_not_exist_fires_once_and_not_twice() -> None:
    """Every day at nine: the skipped Friday and the Saturday after it are one firing."""
    rule = WeeklyRule(EVERY_DAY, 9, "Pacific/Apia")
    moment, fired = utc("2011-12-28T18:00"), []
    for _ in range(4):
        moment = next_occurrence(rule, moment)
        fired.append(moment.astimezone(ZoneInfo("Pacific/Apia")).strftime("%d %H"))
    assert fired == ["28 09", "29 09", "31 09", "01 09"]


def test_what_is_no_rule_is_refused() -> None:
    for weekdays, hour in ((0, 9), (128, 9), (1, 24), (1, -1)):
        with pytest.raises(ValueError, match="no"):
            WeeklyRule(weekdays, hour, "UTC")
    with pytest.raises(ValueError, match="zone"):
        next_occurrence(WeeklyRule(1, 9, "UTC"), dt.datetime(2026, 1, 1))  # noqa: DTZ001
