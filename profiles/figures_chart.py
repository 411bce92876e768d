"""The chart of the weekly figures as geometry: weeks and publications in, SVG out (P7). No Django.

Views, invitations and replies differ by a factor of fifty, so each has a panel and a scale of its
own, one below the other over the same weeks. All measures are pixels of the SVG.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from profiles.conversion import WEEK, Rate, Week

LEFT: Final = 40
RIGHT: Final = 14
BOTTOM: Final = 24
"""Below the last panel, for the months."""
LABEL_ROW: Final = 16
"""Height of a row of version labels; they stand above the panels."""
MOST_ROWS: Final = 3
"""Of labels; a mark that finds no room in them is drawn without one."""
CHARACTER: Final = 6.2
"""About as wide as a letter of the labels is."""
TITLE: Final = 34
"""Above each panel, for its name."""
VIEWS_HEIGHT, COUNT_HEIGHT = 130, 72
MOST_STEPS: Final = 3
"""Between the lines of a scale."""
BETWEEN_MONTHS: Final = 64
"""Pixels at least between two names of months."""
MOST_DOTS: Final = 60
"""With more weeks a dot for each would run into the next."""
PANELS: Final = ("views", "invitations", "replies")


@dataclass(frozen=True, slots=True)
class Publication:
    """A version that was published: `key` tells which, `label` is what stands at its mark."""

    day: dt.date
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of a scale, or the first day of a month."""

    at: float
    value: int | dt.date


@dataclass(frozen=True, slots=True)
class Bar:
    """The views of one week. `side` is "before", "after" or ""."""

    x: float
    y: float
    width: float
    height: float
    side: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure over all weeks: as bars, or as a line with its dots."""

    name: str
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    path: str = ""
    dots: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The strip of one week, from top to bottom: what a pointer finds, and the words for it."""

    week: Week
    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """The vertical line of a publication, with its label where there is room."""

    publication: Publication
    x: float
    label_y: float
    anchor: str
    has_label: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FiguresChart:
    """Everything that the template draws."""

    width: int
    height: float
    top: float
    panels: tuple[Panel, ...]
    columns: tuple[Column, ...]
    months: tuple[Tick, ...]
    marks: tuple[Mark, ...]

    left = LEFT

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> float:
        return self.height - BOTTOM

    @property
    def depth(self) -> float:
        """From the top of the first panel to the bottom of the last."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Days:
    """From days to pixels."""

    first: dt.date
    last: dt.date
    width: int

    def x(self, day: dt.date, days: float = 0) -> float:
        inner = self.width - LEFT - RIGHT
        share = ((day - self.first).days + days) / max((self.last - self.first).days, 1)
        return round(LEFT + inner * share, 1)


def figures_chart(
    weeks: Sequence[Week],
    publications: Sequence[Publication],
    *,
    width: int,
    chosen: str = "",
    before: Collection[Week] = (),
    after: Collection[Week] = (),
    words: Mapping[dt.date, str] | None = None,
) -> FiguresChart:
    """The chart of at least one week. Publications before the first week are left out; for one
    after the last week the axis goes on to the end of its week. `words` name a week by its Monday.
    """
    ordered = sorted(weeks, key=lambda week: week.starts_on)
    first = ordered[0].starts_on
    shown = sorted((each for each in publications if each.day >= first), key=lambda p: p.day)
    last = max([ordered[-1].starts_on, *(each.day for each in shown)]) + WEEK
    days = _Days(first, last, width)
    marks, rows = _marks(shown, days, chosen)
    top = float(rows * LABEL_ROW)
    panels = _panels(ordered, days, top, {week.starts_on for week in before}, after)
    return FiguresChart(
        width=width,
        height=panels[-1].bottom + BOTTOM,
        top=top,
        panels=panels,
        columns=tuple(_column(week, days, words or {}) for week in ordered),
        months=_months(days),
        marks=marks,
    )


def _marks(
    publications: Sequence[Publication], days: _Days, chosen: str
) -> tuple[tuple[Mark, ...], int]:
    """The marks, and how many rows of labels they take."""
    ends = [float("-inf")] * MOST_ROWS  # how far each row is taken
    found: list[Mark] = []
    rows = 0
    for each in publications:
        x, wide = days.x(each.day), len(each.label) * CHARACTER
        is_at_end = x + wide > days.width - 2
        start = x - wide if is_at_end else x
        row = next((n for n, end in enumerate(ends) if end < start), None)
        if row is not None:
            ends[row] = start + wide + CHARACTER
            rows = max(rows, row + 1)
        found.append(
            Mark(
                publication=each,
                x=x,
                label_y=(row or 0) * LABEL_ROW + LABEL_ROW - 4.0,
                anchor="end" if is_at_end else "start",
                has_label=row is not None,
                is_chosen=each.key == chosen,
            )
        )
    return tuple(found), rows


def _panels(
    weeks: Sequence[Week],
    days: _Days,
    top: float,
    before: Collection[dt.date],
    after: Collection[Week],
) -> tuple[Panel, ...]:
    sides = {week.starts_on: "after" for week in after} | dict.fromkeys(before, "before")
    found = []
    for name in PANELS:
        begin = top + TITLE
        top = begin + (VIEWS_HEIGHT if name == "views" else COUNT_HEIGHT)
        values = [getattr(week, name) for week in weeks]
        steps = scale_of(max(values))
        panel_ys = [_y(value, steps[-1], begin, top) for value in values]
        ticks = tuple(Tick(_y(value, steps[-1], begin, top), value) for value in steps)
        if name == "views":
            bars = tuple(
                _bar(week, y, top, days, sides.get(week.starts_on, ""))
                for week, y in zip(weeks, panel_ys, strict=True)
            )
            found.append(Panel(name, begin, top, ticks, bars=bars))
        else:
            path, dots = _line(weeks, panel_ys, days)
            found.append(Panel(name, begin, top, ticks, path=path, dots=dots))
    return tuple(found)


def _column(week: Week, days: _Days, words: Mapping[dt.date, str]) -> Column:
    x, end = days.x(week.starts_on), days.x(week.starts_on, 7)
    return Column(week, words.get(week.starts_on, ""), x, round(end - x, 1))


def _y(value: int, highest: int, top: float, bottom: float) -> float:
    return round(bottom - (bottom - top) * value / highest, 1)


def _bar(week: Week, y: float, bottom: float, days: _Days, side: str) -> Bar:
    x, end = days.x(week.starts_on, 0.6), days.x(week.starts_on, 6.4)
    return Bar(x, y, round(end - x, 1), round(bottom - y, 1), side)


def _line(
    weeks: Sequence[Week], ys: Sequence[float], days: _Days
) -> tuple[str, tuple[tuple[float, float], ...]]:
    """A line through the middle of each week, broken where weeks are missing; its dots."""
    parts, dots = [], []
    previous: dt.date | None = None
    for position, (week, y) in enumerate(zip(weeks, ys, strict=True)):
        x = days.x(week.starts_on, 3.5)
        goes_on = previous is not None and week.starts_on - previous == WEEK
        following = weeks[position + 1].starts_on if position + 1 < len(weeks) else None
        is_alone = not goes_on and following != week.starts_on + WEEK
        parts.append(f"{'L' if goes_on else 'M'}{x} {y}")
        if is_alone or len(weeks) <= MOST_DOTS:
            dots.append((x, y))
        previous = week.starts_on
    return "".join(parts), tuple(dots)


def scale_of(highest: int) -> tuple[int, ...]:
    """Round whole numbers from 0 to at least `highest`: two to four of them."""
    step, power = 1, 1
    while step * MOST_STEPS < highest:
        step = next((f * power for f in (1, 2, 5) if f * power > step), 10 * power)
        power = 10 * power if step == 10 * power else power
    most = max(-(-highest // step), 1)
    return tuple(step * number for number in range(most + 1))


def _months(days: _Days) -> tuple[Tick, ...]:
    """The first day of every month, or of every second, third … so that their names fit."""
    inner = days.width - LEFT - RIGHT
    months = max((days.last - days.first).days / 30.4, 1)
    every = next((n for n in (1, 2, 3, 6) if inner * n / months >= BETWEEN_MONTHS), 12)
    day = days.first if days.first.day == 1 else _next_month(days.first)
    found = []
    while day < days.last:
        if (day.month - 1) % every == 0:
            found.append(Tick(days.x(day), day))
        day = _next_month(day)
    return tuple(found)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Whisker:
    """One rate with its interval, on a scale from 0 to `WHISKER_WIDTH`."""

    low: float
    at: float
    high: float


WHISKER_WIDTH: Final = 200
_WHISKER_EDGE: Final = 6
"""Room for half a dot at both ends."""


def whiskers(*rates: Rate) -> tuple[Whisker | None, ...]:
    """The rates on one scale, from nothing to the highest end; None for one without a share."""
    highest = max((rate.high or 0.0 for rate in rates), default=0.0) or 1.0
    inner = WHISKER_WIDTH - 2 * _WHISKER_EDGE

    def placed(share: float) -> float:
        return round(_WHISKER_EDGE + inner * share / highest, 1)

    return tuple(
        None
        if rate.share is None or rate.low is None or rate.high is None
        else Whisker(placed(rate.low), placed(rate.share), placed(rate.high))
        for rate in rates
    )
