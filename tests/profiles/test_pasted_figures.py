"""Weekly figures as people paste them (P7)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.conversion import Week
from profiles.pasted_figures import EARLIEST, MOST, MOST_LINES, pasted_figures

TODAY = dt.date(2026, 11, 21)  # a Saturday
MONDAY = dt.date(2026, 9, 28)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-28,1200,3,2,7",
        "2026-09-28\t1,200\t3\t2\t7",
        "2026-09-28; 1.200; 3; 2; 7",
        "2026-09-28 | 1 200 | 3 | 2 | 7",
        "2026-10-02, 1200, 3, 2, 7",
        "Oct 2, 2026, 1200, 3, 2, 7",
        "October 2nd, 2026\t1,200\t3\t2\t7",
        "2 Oct 2026, 1200, 3, 2, 7",
        '"Oct 2, 2026","1,200",3,2,7',
        "02.10.2026;1'200;3;2;7",
        "Sep. 30 2026;1200;3;2;7",
        "30-Sept-2026;1200;3;2;7;;",
        "\ufeffWeek,Views,Invites,Replies,Sent\n2026-10-04,1200,3,2,7",
        "Date\tProposals sent\tInterviews\tInvitations\tProfile views\n2026-10-04\t7\t2\t3\t1,200",
        "\n\nweek of;profile views;hires;invites;responses;proposals\n2026-10-02;1200;1;3;2;7\n",
    ],
)
def test_a_line_is_a_week_in_any_usual_form(text: str) -> None:
    weeks, bad = pasted_figures(text, today=TODAY)
    assert bad == ()
    assert weeks == (Week(MONDAY, 1200, 3, 2, 7),)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-28,50,3,2",
        "2026-09-28,50,3,2,",
        "week,views,invitations,replies\n2026-09-28,50,3,2",
        "week,views,invitations,replies,proposals\n2026-09-28,50,3,2,",
    ],
)
def test_proposals_may_be_missing(text: str) -> None:
    assert pasted_figures(text, today=TODAY) == ((Week(MONDAY, 50, 3, 2, None),), ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-09-28,50,3", "“replies” is missing"),
        ("2026-09-28,,3,2", "“views” is missing"),
        ("2026-02-30,50,3,2", "“2026-02-30” is a day that does not exist"),
        ("3 Foo 2026,50,3,2", "“3 Foo 2026” is a day that does not exist"),
        (
            "03/04/2026,50,3,2",
            "“03/04/2026” could be two different days: put the year first, such as 2026-10-02",
        ),
        ("soon,50,3,2", "“soon” is not a date: write it as 2026-10-02"),
        ("2026-11-23,50,3,2", "that week is still to come"),
        ("2014-11-23,50,3,2", "that is before Upwork; check the year"),
        ("2026-09-28,-50,3,2", "“-50” is below zero"),
        ("2026-09-28,50,(3),2", "“(3)” is below zero"),
        ("2026-09-28;2.5;3;2", "“2.5” is not a whole number"),
        ("2026-09-28;50;3 %;2", "“3 %” is not a whole number"),
        ("2026-09-28;1,000,001;3;2", "“1,000,001” is more than a week can have"),
        ("2026-09-28;" + "9" * 50 + ";3;2", "“" + "9" * 50 + "” is more than a week can have"),
        ("2026-09-28,50,3,2,7,9", "there are 6 values and only 5 columns"),
        ("2026-09-14,51,3,2", "line 1 gives other figures for the same week"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_nothing_is_taken(line: str, reason: str) -> None:
    weeks, bad = pasted_figures(f"2026-09-14,50,3,2\n\n{line}", today=TODAY)
    assert weeks == ()
    assert [(each.line, str(each.problem)) for each in bad] == [(3, reason)]


def test_a_line_of_words_is_told_what_is_expected() -> None:
    _weeks, bad = pasted_figures("hello there", today=TODAY)
    assert [str(each.problem) for each in bad] == [
        "a day and the numbers of views, invitations and replies are expected, such as "
        "2026-10-05, 120, 3, 2"
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("week,views,replies", "the column “invitations” is missing"),
        ("week,views,invites,invitations,replies", "the column “invitations” is there twice"),
    ],
)
def test_a_header_that_cannot_be_used_is_told(header: str, reason: str) -> None:
    weeks, bad = pasted_figures(f"{header}\n", today=TODAY)
    assert weeks == ()
    assert [(each.line, str(each.problem)) for each in bad] == [(1, reason)]


def test_the_same_week_twice_is_one_if_its_figures_are_the_same() -> None:
    weeks, bad = pasted_figures("2026-09-28,5,3,2\n2026-10-04,5,3,2", today=TODAY)
    assert (len(weeks), bad) == (1, ())


def test_the_week_that_has_begun_may_be_noted_and_weeks_come_oldest_first() -> None:
    weeks, bad = pasted_figures("2026-11-22,5,3,2\n2026-09-28,5,3,2", today=TODAY)
    assert [week.starts_on for week in weeks] == [MONDAY, dt.date(2026, 11, 16)]
    assert bad == ()


def test_nothing_pasted_is_nothing() -> None:
    assert pasted_figures(" \n\t\n;;;", today=TODAY) == ((), ())


def test_too_many_lines_are_refused_once() -> None:
    weeks, bad = pasted_figures("2026-09-28,5,3,2\n" * (MOST_LINES + 9), today=TODAY)
    assert weeks == ()
    assert [each.line for each in bad] == [MOST_LINES + 1]


numbers = st.integers(0, MOST)


@given(
    st.lists(
        st.tuples(st.dates(EARLIEST, TODAY), numbers, numbers, numbers, numbers),
        unique_by=lambda row: row[0] - dt.timedelta(days=row[0].weekday()),
    ),
    st.sampled_from(["{}\t{:,}\t{:,}\t{:,}\t{:,}", "{},{},{},{},{}", "{:%b %d, %Y};{};{};{};{}"]),
)
def test_what_is_written_is_read(rows: list[tuple[dt.date, int, int, int, int]], line: str) -> None:
    weeks, bad = pasted_figures("\n".join(line.format(*row) for row in rows), today=TODAY)
    assert bad == ()
    assert {(w.starts_on, w.views, w.invitations, w.replies, w.proposals) for w in weeks} == {
        (day - dt.timedelta(days=day.weekday()), *figures) for day, *figures in rows
    }


@given(st.text(max_size=300) | st.text('0123456789,;\t\n -.weks"', max_size=300))
def test_any_text_is_either_understood_or_its_lines_are_named(text: str) -> None:
    weeks, bad = pasted_figures(text, today=TODAY)
    assert not (weeks and bad)
    assert all(week.starts_on.weekday() == 0 and week.starts_on <= TODAY for week in weeks)
    assert len({each.line for each in bad}) == len(bad)
    assert all(str(each.problem) for each in bad)
