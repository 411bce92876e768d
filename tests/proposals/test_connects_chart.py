"""The chart of the balance of connects as geometry (B6)."""

import datetime as dt
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from proposals.connects import Entry, Kind, ledger_of
from proposals.connects_chart import BOTTOM, LEFT, RIGHT, TOP, BalanceChart, balance_chart, mondays

TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


def chart(*moves: tuple[int, int], back: int = 90, width: int = 400) -> BalanceChart:
    """Of these moves, each so many days ago."""
    entries = [
        Entry(TODAY - days * DAY, amount, Kind.GRANT if amount > 0 else Kind.SPEND)
        for days, amount in moves
    ]
    return balance_chart(
        ledger_of(entries, as_of=TODAY),
        first=TODAY - back * DAY,
        last=TODAY + 60 * DAY,
        width=width,
        height=200,
        words=dict.fromkeys(mondays(TODAY - back * DAY, TODAY), "words"),
    )


def ys(path: str) -> list[float]:
    return [float(y) for y in re.findall(r"(?:V|M[0-9.]+ )([0-9.]+)", path)]


def test_the_line_goes_in_steps_from_edge_to_today() -> None:
    drawn = chart((40, 20), (20, -10))

    assert ys(drawn.path) == [200 - BOTTOM, TOP, TOP + (200 - BOTTOM - TOP) / 2]
    assert drawn.path.startswith(f"M{float(LEFT)} ")
    assert drawn.path.endswith(f"H{drawn.today}")


def test_it_goes_on_dashed_to_the_end_and_steps_down_where_something_lapses() -> None:
    drawn = chart((350, 20), (20, 20))

    assert drawn.ahead.endswith(f"H{float(400 - RIGHT)}")
    assert len(ys(drawn.ahead)) == 2
    assert ys(drawn.ahead)[0] < ys(drawn.ahead)[1]


def test_what_was_there_before_the_first_day_is_its_height() -> None:
    assert ys(chart((120, 20)).path) == [TOP]


def test_a_day_that_fell_short_is_marked() -> None:
    drawn = chart((40, 20), (20, -30), (10, 10))

    assert [short.y for short in drawn.shorts] == [200 - BOTTOM]
    assert chart((200, -5)).shorts == ()


def test_without_anything_left_it_is_a_flat_line_on_a_scale() -> None:
    drawn = chart((10, -5))

    assert set(ys(drawn.path)) == {200 - BOTTOM}
    assert len(drawn.ticks) > 1


def test_the_weeks_lie_side_by_side_from_the_edge_on() -> None:
    columns = chart((40, 20)).columns

    assert columns[0].x == LEFT
    assert all(one.x + one.width <= other.x + 0.2 for one, other in pairwise(columns))


def test_the_names_of_months_keep_their_distance() -> None:
    for back in (28, 90, 182, 365):
        at = [tick.at for tick in chart((20, 10), back=back).months]
        assert all(later - earlier > 40 for earlier, later in pairwise(at))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(-60, 60).filter(bool)), max_size=30))
def test_whatever_is_drawn_lies_within_the_chart(moves: list[tuple[int, int]]) -> None:
    drawn = chart(*moves)

    assert all(TOP <= y <= 200 - BOTTOM for y in [*ys(drawn.path), *ys(drawn.ahead)])
    assert all(LEFT <= short.x <= 400 - RIGHT for short in drawn.shorts)
