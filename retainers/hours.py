"""The hours of a retainer from period to period: bought, used, rolled over, lapsed (T1). No Django.

Time is whole minutes, so that nothing is lost in rounding: over any periods, what was bought is
what was used of it, what lapsed, and what is left. The oldest minutes are used first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

HOUR: Final = 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class RollOver:
    """What becomes of unused time when a period closes (T1).

    `cap` is the most that is carried into the next period, in minutes, None for all of it;
    `periods` how many later periods carried time may still be used in, None for any. Without
    rolling over both are 0.
    """

    cap: int | None = 0
    periods: int | None = 0


USE_OR_LOSE: Final = RollOver()


@dataclass(frozen=True, slots=True)
class Period:
    """One period, in minutes."""

    bought: int
    carried_in: int
    worked: int
    over: int
    """Worked beyond what there was: at the overage rate."""
    lapsed: int
    left: int
    """Carried into the next period."""

    @property
    def used(self) -> int:
        """Worked within what was bought."""
        return self.worked - self.over


@dataclass(frozen=True, slots=True)
class _Lot:
    minutes: int
    age: int
    """Periods since it was bought."""


def periods(
    bought: Sequence[int], worked: Sequence[int], *, rule: RollOver = USE_OR_LOSE
) -> tuple[Period, ...]:
    """Each period in turn: `bought[n]` and `worked[n]` are its minutes, both 0 or more.

    What is over the cap lapses, the oldest first. Raises ValueError for a negative number, and
    where the two are not as many.
    """
    if any(minutes < 0 for minutes in (*bought, *worked)):
        raise ValueError("Minutes are 0 or more.")
    lots: list[_Lot] = []
    found = []
    for buys, works in zip(bought, worked, strict=True):
        carried = sum(lot.minutes for lot in lots)
        left, used = _taken([*lots, _Lot(buys, 0)], works)
        kept = _carried(left, rule)
        remaining = sum(lot.minutes for lot in left)
        stays = sum(lot.minutes for lot in kept)
        found.append(
            Period(
                bought=buys,
                carried_in=carried,
                worked=works,
                over=works - used,
                lapsed=remaining - stays,
                left=stays,
            )
        )
        lots = kept
    return tuple(found)


def _taken(lots: Sequence[_Lot], minutes: int) -> tuple[list[_Lot], int]:
    """The lots after so many minutes were taken out of them, and how many there were to take."""
    left, missing = [], minutes
    for lot in lots:
        taken = min(lot.minutes, missing)
        missing -= taken
        if lot.minutes > taken:
            left.append(_Lot(lot.minutes - taken, lot.age))
    return left, minutes - missing


def _carried(lots: Sequence[_Lot], rule: RollOver) -> list[_Lot]:
    """What goes on into the next period: young enough, and the newest up to the cap."""
    room = rule.cap
    kept: list[_Lot] = []
    for lot in reversed(lots):
        if rule.periods is not None and lot.age >= rule.periods:
            continue
        stays = lot.minutes if room is None else min(lot.minutes, room)
        if room is not None:
            room -= stays
        if stays:
            kept.append(_Lot(stays, lot.age + 1))
    return kept[::-1]


def pro_rata(minutes: int, *, days: int, of_days: int) -> int:
    """The share of a period that begins within it: `days` of its `of_days`, to the minute.

    Raises ValueError unless 0 <= days <= of_days and there is a day at all.
    """
    if not 0 <= days <= of_days or of_days < 1:
        raise ValueError(f"{days} of {of_days} days is no share.")
    share = Decimal(minutes * days) / Decimal(of_days)
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def at_the_end(used: int, *, days: int, of_days: int) -> Fraction:
    """What will have been used at the period's end, in minutes, if it goes on like this.

    Raises ValueError before the first day is over, when nothing can be said.
    """
    if not 0 < days <= of_days:
        raise ValueError(f"After {days} of {of_days} days nothing can be said.")
    return Fraction(used * of_days, days)
