"""What a retainer costs, and how that came about (T1, T2, T5, T6). No Django, no clock.

Money is `Decimal` of one currency, rounded half up to cents; time is whole minutes.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from retainers.hours import HOUR

CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a schedule: due on that day, with what it pays for (T2)."""

    due_on: dt.date
    amount: Decimal
    deliverable: str = ""


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def minutes_bought(budget: Decimal, rate: Decimal) -> int:
    """The minutes that a budget buys at an hourly rate, everything included (T5).

    Whole minutes, rounded down: nobody is promised what was not paid for. Raises ValueError for a
    rate that is not above 0 or a budget below 0.
    """
    if rate <= 0 or budget < 0:
        raise ValueError("A budget needs a rate above 0.")
    return int(budget * HOUR // rate)


def monthly_fee(minutes: int, rate: Decimal) -> Decimal:
    """What so many minutes cost at an hourly rate (T1)."""
    if rate <= 0 or minutes < 0:
        raise ValueError("Hours need a rate above 0.")
    return cents(rate * minutes / HOUR)


def spread(total: Decimal, months: int) -> tuple[Decimal, ...]:
    """A total in monthly payments; the odd cents are on the last one (T2).

    Raises ValueError for a total that is not above 0 or less than one month.
    """
    if total <= 0 or months < 1:
        raise ValueError("A total needs months to be spread over.")
    each = (total / months).quantize(CENT, rounding="ROUND_DOWN")
    return (*[each] * (months - 1), cents(total - each * (months - 1)))


def schedule(
    total: Decimal, *, begins_on: dt.date, months: int, deliverables: Sequence[str] = ()
) -> tuple[Payment, ...]:
    """The payments of a project, each at a month's start, with its deliverables (T2).

    A month that has no such day is due on its last one.
    """
    amounts = spread(total, months)
    named = [*deliverables, *[""] * (months - len(deliverables))]
    return tuple(
        Payment(months_later(begins_on, number), amount, named[number])
        for number, amount in enumerate(amounts)
    )


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def call_minutes(minutes: int, attendees: int) -> int:
    """What a call takes out of the budget: everybody's time (T6)."""
    if minutes < 0 or attendees < 1:
        raise ValueError("A call takes time, and somebody is there.")
    return minutes * attendees


def call_cost(minutes: int, rates: Sequence[Decimal]) -> Decimal:
    """What a call costs, with the hourly rate of each who attends (T6)."""
    return cents(sum(rates, Decimal(0)) * minutes / HOUR)


def effective_rate(fee: Decimal, minutes: int) -> Decimal | None:
    """What an hour brought in the end; None where nothing was worked."""
    return cents(fee * HOUR / minutes) if minutes else None
