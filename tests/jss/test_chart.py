"""The chart as geometry: it shows exactly the days and per cents that the history holds."""

import datetime as dt
import re

from jss.chart import BOTTOM, LEFT, RIGHT, TOP, Chart, chart_of
from jss.engine import History, Step

FIRST, AS_OF, LAST = dt.date(2026, 1, 1), dt.date(2026, 1, 11), dt.date(2026, 1, 21)
WIDTH, HEIGHT = LEFT + RIGHT + 200, TOP + BOTTOM + 100  # ten pixels a day


def drawn(*steps: Step, thresholds: tuple[int, ...] = (90, 80)) -> Chart:
    return chart_of(
        History({6: steps}, steps),
        as_of=AS_OF,
        last_day=LAST,
        thresholds=thresholds,
        width=WIDTH,
        height=HEIGHT,
        months_between_ticks=1,
    )


def numbers(path: str) -> list[tuple[str, float]]:
    return [(kind, float(value)) for kind, value in re.findall(r"([MVH ])(-?[\d.]+)", path)]


def test_past_and_forecast_meet_on_the_day() -> None:
    line = drawn(Step(FIRST, 100)).lines[0]
    assert numbers(line.past) == [("M", LEFT), (" ", TOP), ("H", LEFT + 100)]
    assert numbers(line.ahead) == [("M", LEFT + 100), (" ", TOP), ("H", LEFT + 200)]


def test_a_change_is_a_step_on_its_day() -> None:
    line = drawn(Step(FIRST, 100), Step(dt.date(2026, 1, 6), 80)).lines[0]
    assert [value for kind, value in numbers(line.past) if kind == "H"] == [LEFT + 50, LEFT + 100]
    assert any(kind == "V" for kind, _ in numbers(line.past))


def test_a_line_breaks_where_there_is_no_score() -> None:
    line = drawn(
        Step(FIRST, 100), Step(dt.date(2026, 1, 4), None), Step(dt.date(2026, 1, 6), 90)
    ).lines[0]
    assert line.past.count("M") == 2


def test_the_scale_begins_at_the_ten_below_the_lowest() -> None:
    assert drawn(Step(FIRST, 83)).lowest == 70
    assert drawn(Step(FIRST, 12)).lowest == 0


def test_thresholds_stand_where_their_per_cent_is() -> None:
    chart = drawn(Step(FIRST, 100))
    by_value = {tick.value: tick.at for tick in chart.per_cents}
    assert [(tick.value, tick.at) for tick in chart.thresholds] == [
        (90, by_value[90]),
        (80, by_value[80]),
    ]


def test_months_are_marked_on_their_first_day() -> None:
    steps = (Step(FIRST, 100),)
    chart = chart_of(
        History({6: steps}, steps),
        as_of=AS_OF,
        last_day=dt.date(2027, 2, 1),
        thresholds=(90,),
        width=WIDTH,
        height=HEIGHT,
        months_between_ticks=6,
    )
    assert [tick.value for tick in chart.months] == [dt.date(2026, 7, 1), dt.date(2027, 1, 1)]


def test_what_was_seen_stands_as_points_on_the_scale() -> None:
    history = History({}, (Step(dt.date(2026, 1, 1), 90),))
    chart = chart_of(
        history,
        as_of=dt.date(2026, 1, 11),
        last_day=dt.date(2026, 1, 11),
        thresholds=(90, 80),
        width=LEFT + RIGHT + 100,
        height=TOP + BOTTOM + 100,
        months_between_ticks=1,
        seen=[Step(dt.date(2026, 1, 1), 100), Step(dt.date(2026, 1, 6), 55)],
    )
    assert chart.lowest == 50
    points = [(point.x, point.y, point.score) for point in chart.seen]
    assert points == [(LEFT, TOP, 100), (LEFT + 50, TOP + 90, 55)]
