"""The chart of the weekly figures as geometry (P7)."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from profiles.conversion import Week, rate_of
from profiles.figures_chart import (
    LABEL_ROW,
    LEFT,
    MOST_DOTS,
    MOST_ROWS,
    RIGHT,
    WHISKER_WIDTH,
    FiguresChart,
    Publication,
    figures_chart,
    scale_of,
    whiskers,
)

MONDAY = dt.date(2026, 6, 1)
DAY = dt.timedelta(days=1)


def weeks(*numbers: int) -> list[Week]:
    """The weeks of these numbers, counted from `MONDAY`."""
    return [Week(MONDAY + 7 * number * DAY, 50 + number, 2, 1) for number in numbers]


def published(*days: int, label: str = "Version 1") -> list[Publication]:
    return [Publication(MONDAY + day * DAY, label, str(day)) for day in days]


def chart(noted: list[Week], publications: list[Publication] | None = None) -> FiguresChart:
    return figures_chart(noted, publications or [], width=400)


def test_every_week_has_its_strip_from_one_edge_to_the_other() -> None:
    columns = chart(weeks(0, 1, 2, 3)).columns

    assert columns[0].x == LEFT
    assert columns[-1].x + columns[-1].width == 400 - RIGHT
    assert {column.width for column in columns} == {(400 - LEFT - RIGHT) / 4}


def test_one_week_alone_is_a_chart_too() -> None:
    drawn = chart(weeks(0))

    assert len(drawn.panels[0].bars) == 1
    assert len(drawn.panels[1].dots) == 1


def test_the_panels_stand_one_below_the_other_within_the_chart() -> None:
    drawn = chart(weeks(0, 1))
    edges = [edge for panel in drawn.panels for edge in (panel.top, panel.bottom)]

    assert [panel.name for panel in drawn.panels] == ["views", "invitations", "replies"]
    assert edges == sorted(edges)
    assert drawn.bottom == drawn.panels[-1].bottom < drawn.height


def test_a_week_without_figures_leaves_a_gap_in_the_line_and_in_the_bars() -> None:
    drawn = chart(weeks(0, 1, 4, 5))

    assert drawn.panels[1].path.count("M") == 2
    assert drawn.panels[1].path.count("L") == 2
    assert len(drawn.panels[0].bars) == 4


def test_with_many_weeks_only_a_lonely_one_keeps_its_dot() -> None:
    many = weeks(*range(MOST_DOTS), MOST_DOTS + 3)

    assert len(chart(many).panels[1].dots) == 1
    assert len(chart(many[:-1]).panels[1].dots) == MOST_DOTS


def test_the_weeks_before_and_after_the_version_are_told_apart() -> None:
    noted = weeks(0, 1, 2, 3)
    drawn = figures_chart(noted, [], width=400, before=noted[:1], after=noted[2:])

    assert [bar.side for bar in drawn.panels[0].bars] == ["before", "", "after", "after"]


def test_a_publication_stands_at_its_day_and_one_before_the_first_week_is_left_out() -> None:
    drawn = chart(weeks(0, 1, 2, 3), published(-1, 14))

    assert [mark.x for mark in drawn.marks] == [LEFT + (400 - LEFT - RIGHT) / 2]


def test_the_axis_goes_on_to_a_publication_after_the_last_week() -> None:
    drawn = chart(weeks(0, 1), published(21))

    assert drawn.columns[-1].x + drawn.columns[-1].width < drawn.marks[0].x < drawn.right


def test_a_label_at_the_right_edge_stands_left_of_its_mark() -> None:
    marks = chart(weeks(*range(10)), published(0, 68)).marks

    assert [mark.anchor for mark in marks] == ["start", "end"]


def test_labels_that_would_run_into_each_other_go_a_row_lower_and_at_last_away() -> None:
    drawn = chart(weeks(*range(20)), published(7, 8, 9, 10))

    assert [mark.has_label for mark in drawn.marks] == [True] * MOST_ROWS + [False]
    assert len({mark.label_y for mark in drawn.marks if mark.has_label}) == MOST_ROWS
    assert drawn.top == MOST_ROWS * LABEL_ROW


def test_without_a_publication_no_room_is_kept_for_labels() -> None:
    assert chart(weeks(0)).top == 0


def test_the_names_of_months_keep_their_distance() -> None:
    for number in (4, 30, 100, 500):
        at = [tick.at for tick in chart(weeks(*range(number))).months]
        assert all(later - earlier > 30 for earlier, later in pairwise(at))


@given(st.integers(0, 1_000_000))
def test_a_scale_begins_at_nothing_reaches_the_highest_and_has_few_round_steps(
    highest: int,
) -> None:
    scale = scale_of(highest)
    step = scale[1]

    assert scale[0] == 0
    assert scale[-1] >= max(highest, 1)
    assert 2 <= len(scale) <= 4
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert scale == tuple(range(0, scale[-1] + 1, step))


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 200)),
        min_size=1,
        max_size=40,
        unique_by=lambda each: each[0],
    )
)
def test_whatever_is_drawn_lies_within_its_panel(figures: list[tuple[int, int]]) -> None:
    noted = [Week(MONDAY + 7 * n * DAY, v, v // 2, v // 3) for n, v in figures]
    drawn = chart(noted)

    views = drawn.panels[0]
    assert all(views.top <= bar.y <= bar.y + bar.height <= views.bottom + 0.1 for bar in views.bars)
    for panel in drawn.panels[1:]:
        assert all(panel.top <= y <= panel.bottom for _x, y in panel.dots)
        assert all(drawn.left <= x <= drawn.right for x, _y in panel.dots)


def test_two_rates_stand_on_one_scale_and_one_without_a_share_nowhere() -> None:
    low, high, unknown = whiskers(rate_of(2, 100), rate_of(6, 100), rate_of(3, 2))

    assert low
    assert high
    assert unknown is None
    assert 0 < low.low < low.at < low.high < high.high < WHISKER_WIDTH
    assert low.at < high.at


def test_where_nothing_was_tried_there_is_no_whisker() -> None:
    assert whiskers(rate_of(0, 0), rate_of(0, 0)) == (None, None)
