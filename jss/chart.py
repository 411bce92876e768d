"""The chart of the score as geometry: days and per cents in, SVG paths out. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jss.engine import History, Step

LEFT, RIGHT, TOP, BOTTOM = 36, 12, 14, 26
"""Room around the plot, in pixels, for the labels."""

LOWEST_CEILING = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: past solid, forecast dashed."""

    name: str
    past: str
    ahead: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    value: int | date


@dataclass(frozen=True, slots=True)
class Point:
    """A score that was seen: where it stands and what it says."""

    x: float
    y: float
    day: date
    score: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws, in pixels of an SVG of `width` by `height`."""

    width: int
    height: int
    first_day: date
    last_day: date
    lines: tuple[Line, ...]
    per_cents: tuple[Tick, ...]
    thresholds: tuple[Tick, ...]
    months: tuple[Tick, ...]
    today: float
    lowest: int
    points: tuple[Point, ...] = ()

    @property
    def ends_today(self) -> bool:
        """Nothing lies ahead, so what is said of today stands before it."""
        return self.today >= self.right

    @property
    def left(self) -> int:
        return LEFT

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def top(self) -> int:
        return TOP

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and per cents to pixels."""

    first: date
    days: int
    width: int
    height: int
    lowest: int

    def x(self, day: date) -> float:
        inner = self.width - LEFT - RIGHT
        return round(LEFT + inner * (day - self.first).days / max(self.days, 1), 1)

    def y(self, per_cent: int) -> float:
        inner = self.height - TOP - BOTTOM
        return round(TOP + inner * (100 - per_cent) / (100 - self.lowest), 1)


def chart_of(
    history: History,
    *,
    as_of: date,
    last_day: date,
    thresholds: Sequence[int],
    width: int,
    height: int,
    months_between_ticks: int,
    seen: Sequence[tuple[date, int]] = (),
) -> Chart:
    """The chart from the history's first day to `last_day`, with the scores `seen` as points.

    The scale of per cents begins at the ten below the lowest score, so that changes can be seen;
    its lowest label says where.
    """
    first = history.shown[0].date
    lines_held = [*history.windows.values(), history.shown]
    lowest = _lowest(lines_held, [*thresholds, *(score for _day, score in seen)])
    scale = _Scale(first, (last_day - first).days, width, height, lowest)
    named = [(str(months), steps) for months, steps in history.windows.items()]
    lines = tuple(
        Line(
            name,
            past=_path(steps, first, as_of, scale),
            ahead=_path(steps, as_of, last_day, scale),
        )
        for name, steps in [*named, ("shown", history.shown)]
    )
    step = 20 if lowest < 40 else 10
    return Chart(
        width=width,
        height=height,
        first_day=first,
        last_day=last_day,
        lines=lines,
        per_cents=tuple(Tick(scale.y(value), value) for value in range(lowest, 101, step)),
        thresholds=tuple(Tick(scale.y(value), value) for value in thresholds),
        months=tuple(
            Tick(scale.x(day), day) for day in _month_starts(first, last_day, months_between_ticks)
        ),
        today=scale.x(as_of),
        lowest=lowest,
        points=tuple(Point(scale.x(day), scale.y(score), day, score) for day, score in seen),
    )


def _lowest(lines: Sequence[Sequence[Step]], thresholds: Sequence[int]) -> int:
    scores = [step.score for steps in lines for step in steps if step.score is not None]
    lowest = min([*scores, *thresholds]) - 5
    return max(0, lowest - lowest % 10)


def _path(steps: Sequence[Step], first: date, last: date, scale: _Scale) -> str:
    """A step line between two days; it breaks where there is no score."""
    parts: list[str] = []
    drawing = False
    for position, step in enumerate(steps):
        until = steps[position + 1].date if position + 1 < len(steps) else last
        begin, end = max(step.date, first), min(until, last)
        if begin > end or (begin == end and end != last):
            continue
        if step.score is None:
            drawing = False
            continue
        x, y = scale.x(begin), scale.y(step.score)
        parts.append(f"{'V' if drawing else 'M'}{y if drawing else f'{x} {y}'}")
        parts.append(f"H{scale.x(end)}")
        drawing = True
    return "".join(parts)


def _month_starts(first: date, last: date, every: int) -> list[date]:
    """The first of every so many months, counted so that January is always one of them."""
    day = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    found = []
    while day <= last:
        if (day.month - 1) % every == 0:
            found.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return found
