"""The ledger of connects (B6, B10): what came, was spent, lapsed, and is left. No Django.

Connects are used in the order in which they came [P], and what is left of a lot lapses a year
after it came: what came on 15 March is gone from the start of 15 March a year later, and what came
on 29 February from 28 February (the day clamped to the month's end, as J5 does). Connects that
come back after a cancelled job are a lot of their own from that day [C]: the sources do not say
whether they keep the age that they had. On one day what came goes before what was spent.

Who begins the ledger in the middle spends more than it knows of. That is a shortfall, kept apart:
the balance never goes below 0, and always: came + missing = went + lapsed + left.
"""

import datetime as dt
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

PRICE: Final = Decimal("0.15")
"""Dollars for one connect (B10)."""
SOON: Final = dt.timedelta(days=30)
"""How far ahead the page warns of what lapses; Upwork does the same."""
_PRICE: Final = Fraction(PRICE)


class Kind(StrEnum):
    """What moved connects; the same words as `ConnectsEntry.Kind`."""

    GRANT = "grant"  # each month, or earned by an interview
    PURCHASE = "purchase"
    SPEND = "spend"
    BOOST = "boost"
    REFUND = "refund"  # a cancelled job
    CORRECTION = "correction"  # either way: "I had N on that day"


SPENT: Final = frozenset({Kind.SPEND, Kind.BOOST})


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement, or several of one day and kind taken together (`times`).

    `amount` is positive for what came, negative for what went, never 0. `cost` is what a purchase
    was paid with, in dollars; without one a connect counts as `PRICE`.
    """

    day: dt.date
    amount: int
    kind: Kind
    cost: Decimal | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Purchase:
    """Connects that were bought, as an imported transaction has it; `key` is its own id there."""

    day: dt.date
    amount: int
    cost: Decimal
    key: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Connects that came together and lapse together; `left` of them are there still."""

    came_on: dt.date
    lapses_on: dt.date
    left: int
    price: Fraction
    """Dollars for one."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the ledger moved, and how it stood that evening."""

    day: dt.date
    came: int = 0
    went: int = 0
    lapsed: int = 0
    missing: int = 0
    """Of what went, how much nothing known was there for."""
    cost: Fraction = Fraction(0)
    """Dollars of what proposals and boosts took."""
    balance: int = 0


@dataclass(frozen=True)
class Ledger:
    """How it all came out, up to the evening of `as_of`."""

    as_of: dt.date
    entries: tuple[Entry, ...]
    """In order; later ones than `as_of` are left out."""
    days: tuple[Day, ...]
    lots: tuple[Lot, ...]
    """With something left, the one that lapses first in front."""

    @cached_property
    def _dates(self) -> list[dt.date]:
        return [day.day for day in self.days]

    @property
    def balance(self) -> int:
        return self.days[-1].balance if self.days else 0

    @property
    def begins_on(self) -> dt.date | None:
        return self.days[0].day if self.days else None

    @property
    def missing(self) -> int:
        return sum(day.missing for day in self.days)

    @property
    def shortfalls(self) -> tuple[Day, ...]:
        """The days on which more went than the ledger knows of, oldest first."""
        return tuple(day for day in self.days if day.missing)

    @property
    def lapses(self) -> tuple[Day, ...]:
        """The days on which something lapsed, oldest first."""
        return tuple(day for day in self.days if day.lapsed)

    def balance_on(self, day: dt.date) -> int:
        """In the evening of that day; after `as_of`, what is left if nothing more happens."""
        if day > self.as_of:
            return sum(lot.left for lot in self.lots if lot.lapses_on > day)
        at = bisect_right(self._dates, day)
        return self.days[at - 1].balance if at else 0

    def lapsing(self, within: dt.timedelta = SOON) -> tuple[Lot, ...]:
        """The lots that lapse in the time to come if nothing is spent until then."""
        return tuple(lot for lot in self.lots if lot.lapses_on <= self.as_of + within)

    def days_between(self, after: dt.date, until: dt.date) -> tuple[Day, ...]:
        """The days with `after` < day ≤ `until` (J5's edges)."""
        return self.days[bisect_right(self._dates, after) : bisect_right(self._dates, until)]

    def entries_between(self, after: dt.date, until: dt.date) -> tuple[Entry, ...]:
        first = bisect_right(self.entries, after, key=_day_of)
        return self.entries[first : bisect_right(self.entries, until, key=_day_of)]


def year_after(day: dt.date) -> dt.date:
    """The day on which what came on `day` is gone."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def ledger_of(entries: Iterable[Entry], *, as_of: dt.date) -> Ledger:
    """Work the ledger out; the order in which the entries are given makes no difference."""
    known = sorted((each for each in entries if each.day <= as_of), key=_in_order)
    book = _Book()
    for entry in known:
        book.lapse_until(entry.day)
        if entry.amount > 0:
            book.take_in(entry)
        else:
            book.take_out(entry)
    book.lapse_until(as_of)
    return Ledger(
        as_of=as_of,
        entries=tuple(known),
        days=tuple(book.days),
        lots=tuple(lot.left_over for lot in book.lots),
    )


def correction_for(ledger: Ledger, day: dt.date, balance: int) -> int:
    """The amount of a correction on `day` that makes it end with `balance`; 0 where it does.

    A correction upwards is there before what was spent that day, so it first makes good what that
    day went short of.
    """
    short = sum(each.missing for each in ledger.days if each.day == day)
    amount = balance - ledger.balance_on(day)
    return amount + short if amount >= 0 else amount


def newly_short(before: Ledger, after: Ledger) -> Day | None:
    """The first day on which `after` misses more than `before` did; None where there is none."""
    missed = {day.day: day.missing for day in before.shortfalls}
    return next((day for day in after.shortfalls if day.missing > missed.get(day.day, 0)), None)


def cents(amount: Fraction) -> Decimal:
    """Dollars to the cent, rounded half up."""
    whole = Decimal(amount.numerator) / Decimal(amount.denominator)
    return whole.quantize(Decimal("0.01"), ROUND_HALF_UP)


def price_of(entry: Entry) -> Fraction:
    """Dollars for one connect of what came."""
    if entry.kind is Kind.PURCHASE and entry.cost is not None:
        return Fraction(entry.cost) / entry.amount
    return _PRICE


def _day_of(entry: Entry) -> dt.date:
    return entry.day


def _in_order(entry: Entry) -> tuple[dt.date, bool, Kind, int, Decimal, int]:
    """Total, so that any order of input gives the same ledger; what came goes first."""
    cost = Decimal(-1) if entry.cost is None else entry.cost
    return (entry.day, entry.amount < 0, entry.kind, -entry.amount, cost, entry.times)


@dataclass(slots=True)
class _OpenLot:
    came_on: dt.date
    left: int
    price: Fraction

    @property
    def lapses_on(self) -> dt.date:
        return year_after(self.came_on)

    @property
    def left_over(self) -> Lot:
        return Lot(self.came_on, self.lapses_on, self.left, self.price)


class _Book:
    """The ledger while it is worked out, day by day."""

    def __init__(self) -> None:
        self.lots: deque[_OpenLot] = deque()
        self.days: list[Day] = []
        self.balance = 0

    def lapse_until(self, day: dt.date) -> None:
        """Let go of what is a year old by the start of `day`."""
        while self.lots and self.lots[0].lapses_on <= day:
            lot = self.lots.popleft()
            self.balance -= lot.left
            self._note(lot.lapses_on, lapsed=lot.left)

    def take_in(self, entry: Entry) -> None:
        self.lots.append(_OpenLot(entry.day, entry.amount, price_of(entry)))
        self.balance += entry.amount
        self._note(entry.day, came=entry.amount)

    def take_out(self, entry: Entry) -> None:
        """From the oldest lot on; what no lot holds is missing, and counts at the usual price."""
        wanted, cost = -entry.amount, Fraction(0)
        while wanted and self.lots:
            lot = self.lots[0]
            taken = min(lot.left, wanted)
            lot.left -= taken
            wanted -= taken
            cost += taken * lot.price
            if not lot.left:
                self.lots.popleft()
        cost += wanted * _PRICE
        self.balance -= -entry.amount - wanted
        self._note(
            entry.day,
            went=-entry.amount,
            missing=wanted,
            cost=cost if entry.kind in SPENT else Fraction(0),
        )

    def _note(
        self,
        day: dt.date,
        *,
        came: int = 0,
        went: int = 0,
        lapsed: int = 0,
        missing: int = 0,
        cost: Fraction = Fraction(0),
    ) -> None:
        is_same = bool(self.days) and self.days[-1].day == day
        before = self.days.pop() if is_same else Day(day)
        self.days.append(
            Day(
                day=day,
                came=before.came + came,
                went=before.went + went,
                lapsed=before.lapsed + lapsed,
                missing=before.missing + missing,
                cost=before.cost + cost,
                balance=self.balance,
            )
        )
