"""Readings as people note them, one a line (J7)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jss.pasted_readings import EARLIEST, pasted_readings

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "line",
    [
        "2026-10-01 93",
        "2026-10-01 93%",
        "2026-10-01\t93 %",
        "2026-10-01,93",
        "93%; 1 Oct 2026",
        "93 % 2026-10-01",
        "1 Oct 2026 93",
        "Oct 1, 2026: 93%",
        "October 1, 2026\t93%",
        "01.10.2026 | 93",
        "93 1 Oct 2026",
        "  2026-10-01; 93; ",
    ],
)
def test_a_line_is_a_day_and_a_score_in_any_order(line: str) -> None:
    found, bad = pasted_readings(line, today=TODAY)
    assert [(each.observed_on, each.score) for each in found] == [(dt.date(2026, 10, 1), 93)]
    assert bad == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-10-01", "the score is missing"),
        ("93%", "a date and a score are expected, such as 2026-10-01 93"),
        ("hello", "a date and a score are expected, such as 2026-10-01 93"),
        ("2026-10-01 101", "a score is a whole per cent from 0 to 100"),
        ("2026-10-01 92.5%", "a score is a whole per cent from 0 to 100"),
        ("2026-11-22 93", "that day is still to come"),
        ("1999-10-01 93", "that is before Upwork had a score; check the year"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, reason: str) -> None:
    found, bad = pasted_readings(f"2026-10-01 90\n\n{line}", today=TODAY)
    assert len(found) == 1
    assert [(each.line, each.text, str(each.problem)) for each in bad] == [(3, line, reason)]


def test_a_day_that_is_none_or_could_be_two_is_told() -> None:
    _found, bad = pasted_readings("2026-02-30 93\n03/04/2026 93", today=TODAY)
    assert [each.line for each in bad] == [1, 2]


def test_the_same_day_twice_is_one_reading_if_its_score_is_the_same() -> None:
    found, bad = pasted_readings("2026-10-01 93\n93% 2026-10-01\n2026-10-01 94", today=TODAY)
    assert len(found) == 1
    told = [(each.line, str(each.problem)) for each in bad]
    assert told == [(3, "line 1 gives another score for the same day")]


@given(st.dates(EARLIEST, TODAY), st.integers(0, 100), st.sampled_from(["{0} {1}", "{1}% {0}"]))
def test_what_is_written_is_read(day: dt.date, score: int, line: str) -> None:
    found, bad = pasted_readings(line.format(day, score), today=TODAY)
    assert not bad
    assert [(each.observed_on, each.score) for each in found] == [(day, score)]


@given(st.text(max_size=200))
def test_every_line_is_either_understood_or_named(text: str) -> None:
    found, bad = pasted_readings(text, today=TODAY)
    assert all(0 <= each.score <= 100 and each.observed_on <= TODAY for each in found)
    assert len(found) + len(bad) <= len(text.splitlines())
    lines = [each.line for each in found] + [each.line for each in bad]
    assert len(set(lines)) == len(lines)
