"""The chart of the balance of connects as geometry: a ledger in, SVG out (B6). No Django.

A balance stays as it is until something moves it, so the line goes in steps. After today it goes on
dashed, as it will if nothing is spent or comes. All measures are pixels of the SVG.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from profiles.figures_chart import Tick, scale_of
from proposals.connects import Ledger

LEFT: Final = 44
RIGHT: Final = 14
TOP: Final = 14
BOTTOM: Final = 26
BETWEEN_MONTHS: Final = 64
"""Pixels at least between two names of months."""
WEEK: Final = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Column:
    """The strip of one week, from top to bottom: what a pointer finds, and the words for it."""

    starts_on: dt.date
    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Short:
    """A day on which more was spent than was known."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BalanceChart:
    """Everything that the template draws."""

    width: int
    height: int
    path: str
    area: str
    ahead: str
    """What comes if nothing moves; "" where nothing is left to lapse."""
    today: float
    ticks: tuple[Tick, ...]
    months: tuple[Tick, ...]
    columns: tuple[Column, ...]
    shorts: tuple[Short, ...]

    left = LEFT
    top = TOP

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM

    @property
    def depth(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Plane:
    """From days and connects to pixels."""

    first: dt.date
    last: dt.date
    width: int
    height: int
    highest: int

    def x(self, day: dt.date) -> float:
        inner = self.width - LEFT - RIGHT
        return round(
            LEFT + inner * (day - self.first).days / max((self.last - self.first).days, 1), 1
        )

    def y(self, balance: int) -> float:
        bottom = self.height - BOTTOM
        return round(bottom - (bottom - TOP) * balance / self.highest, 1)


def balance_chart(
    ledger: Ledger,
    *,
    first: dt.date,
    last: dt.date,
    width: int,
    height: int,
    words: Mapping[dt.date, str] | None = None,
) -> BalanceChart:
    """The balance from `first` to today, and dashed to `last`; `first` ≤ today ≤ `last`.

    `words` name a week by its Monday; a week without words has no strip.
    """
    steps = _steps(ledger, first)
    ahead = _ahead(ledger, last)
    highest = max(balance for _day, balance in (*steps, *ahead))
    ticks = scale_of(highest)
    plane = _Plane(first, last, width, height, ticks[-1])
    path = _line(plane, steps, ledger.as_of)
    bottom = height - BOTTOM
    today = plane.x(ledger.as_of)
    return BalanceChart(
        width=width,
        height=height,
        path=path,
        area=f"{path}V{bottom}H{plane.x(first)}Z",
        ahead=_line(plane, ahead, last),
        today=today,
        ticks=tuple(Tick(plane.y(value), value) for value in ticks),
        months=_months(plane),
        columns=_columns(plane, words or {}, ledger.as_of),
        shorts=tuple(
            Short(plane.x(day.day), plane.y(day.balance))
            for day in ledger.shortfalls
            if first <= day.day
        ),
    )


def mondays(first: dt.date, last: dt.date) -> list[dt.date]:
    """The Monday of each week that holds one of these days."""
    monday = first - dt.timedelta(days=first.weekday())
    return [monday + number * WEEK for number in range((last - monday).days // 7 + 1)]


def _steps(ledger: Ledger, first: dt.date) -> list[tuple[dt.date, int]]:
    moves = ledger.days_between(first, ledger.as_of)
    return [(first, ledger.balance_on(first)), *((day.day, day.balance) for day in moves)]


def _ahead(ledger: Ledger, last: dt.date) -> list[tuple[dt.date, int]]:
    """From today on, each day on which a lot lapses."""
    days = sorted({lot.lapses_on for lot in ledger.lots if lot.lapses_on <= last})
    return [(ledger.as_of, ledger.balance), *((day, ledger.balance_on(day)) for day in days)]


def _line(plane: _Plane, steps: list[tuple[dt.date, int]], last: dt.date) -> str:
    (first, balance), *rest = steps
    parts = [f"M{plane.x(first)} {plane.y(balance)}"]
    parts += [f"H{plane.x(day)}V{plane.y(after)}" for day, after in rest]
    return "".join([*parts, f"H{plane.x(last)}"])


def _columns(plane: _Plane, words: Mapping[dt.date, str], today: dt.date) -> tuple[Column, ...]:
    found = []
    for monday in mondays(plane.first, today):
        begin = plane.x(max(monday, plane.first))
        end = plane.x(min(monday + WEEK, plane.last))
        if monday in words and end > begin:
            found.append(Column(monday, words[monday], begin, round(end - begin, 1)))
    return tuple(found)


def _months(plane: _Plane) -> tuple[Tick, ...]:
    """The first day of every month, or of every second, third … so that their names fit."""
    inner = plane.width - LEFT - RIGHT
    months = max((plane.last - plane.first).days / 30.4, 1)
    every = next((n for n in (1, 2, 3, 6) if inner * n / months >= BETWEEN_MONTHS), 12)
    day = plane.first if plane.first.day == 1 else next_month(plane.first)
    found = []
    while day < plane.last:
        x = plane.x(day)
        # A name that would run over the edge is left out.
        if (day.month - 1) % every == 0 and LEFT + 10 < x < plane.width - RIGHT - 10:
            found.append(Tick(x, day))
        day = next_month(day)
    return tuple(found)


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
