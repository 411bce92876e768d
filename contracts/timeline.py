"""The story of one contract, newest first: what a reader wants to know before writing to a client.

Three hundred payments would drown the rest, so they are told month by month; changes are told day
by day and person by person. Nothing here knows the database: values in, items out.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from contracts.importing import MoneySource, contract_money
from contracts.importing.payment_types import INCOME


class Happening(StrEnum):
    """What an item tells; in the order in which things of one day happen."""

    STARTED = "started"
    PAYMENTS = "payments"
    DELIVERED = "delivered"
    CLOSEOUT = "closeout"
    CLOSED = "closed"
    FEEDBACK = "feedback"
    FEEDBACK_CHANGED = "feedback_changed"
    LOG = "log"
    CHANGES = "changes"


_ORDER = {happening: position for position, happening in enumerate(Happening)}


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment row, as `contract_money` adds them up: fees and refunds negative."""

    paid_on: dt.date
    source: str
    category: str
    amount: Decimal
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthOfPayments:
    """A month's payments: `gross` less refunds; `fees` as a cost, so positive.

    `count` is how often the client paid. A month known by its weekly hours only has no money.
    """

    first_day: dt.date
    count: int
    gross: Decimal
    fees: Decimal
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Rated:
    """A public rating, 1.00 to 5.00, that one side gave; `before` where it was changed (J9)."""

    on: dt.date | None
    from_client: bool
    rating: Decimal
    comment: str = ""
    changed_on: dt.date | None = None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of the log (C6)."""

    on: dt.date
    key: str
    what: str
    lesson: str = ""
    differently: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the audit trail: who did what on which day, a line for each field.

    `key` names the event where it is the one that can be undone.
    """

    on: dt.date
    who: str
    lines: tuple[str, ...]
    key: str = ""

    @property
    def is_short(self) -> bool:
        return len(self.lines) <= 2


@dataclass(frozen=True, slots=True)
class Changes:
    """What one person changed on one day, latest first."""

    who: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something on the way to feedback (C3), in words; `until` ends a snooze."""

    on: dt.date
    words: str
    until: dt.date | None = None


type Detail = MonthOfPayments | Rated | Note | Recorded | Changes | None


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened on a day."""

    on: dt.date
    happening: Happening
    detail: Detail = None


def timeline(
    *,
    started_on: dt.date | None = None,
    delivered_on: dt.date | None = None,
    closed_on: dt.date | None = None,
    payments: Iterable[Paid] = (),
    ratings: Iterable[Rated] = (),
    notes: Iterable[Note] = (),
    closeout: Iterable[Recorded] = (),
    changes: Sequence[Change] = (),
) -> list[TimelineItem]:
    """Tell it newest first. Things without a day are left out, except a rating, which then stands
    on the closing day, when both sides are asked for it."""
    steps = (
        (started_on, Happening.STARTED),
        (delivered_on, Happening.DELIVERED),
        (closed_on, Happening.CLOSED),
    )
    items = [TimelineItem(day, happening) for day, happening in steps if day]
    items += by_month(payments)
    for rated in ratings:
        items += _rating_items(rated, closed_on)
    items += [TimelineItem(note.on, Happening.LOG, note) for note in notes]
    items += [TimelineItem(one.on, Happening.CLOSEOUT, one) for one in closeout]
    items += _by_day_and_person(changes)
    return sorted(items, key=lambda item: (item.on, _ORDER[item.happening]), reverse=True)


def by_month(payments: Iterable[Paid]) -> list[TimelineItem]:
    """One item a month, on the day of its last payment.

    Transactions and weeks (format C) are two views of the same money, and a week is paid up to a
    month after it. So weeks tell money only where the transactions do not reach; their hours count
    everywhere.
    """
    rows = sorted(payments, key=lambda paid: paid.paid_on)
    months = [_month(paid.paid_on) for paid in rows if paid.source != MoneySource.WEEKLY]
    items = []
    for month, group in groupby(rows, key=lambda paid: _month(paid.paid_on)):
        every = list(group)
        told = [paid for paid in every if paid.source != MoneySource.WEEKLY]
        if not told and (not months or not months[0] - 1 <= month <= months[-1]):
            told = every
        money = contract_money(told)
        detail = MonthOfPayments(
            first_day=every[0].paid_on.replace(day=1),
            count=sum(paid.category in INCOME for paid in told),
            gross=money.gross - money.refunds,
            fees=money.fees,
            hours=contract_money(every).hours,
        )
        items.append(TimelineItem(every[-1].paid_on, Happening.PAYMENTS, detail))
    return items


def _month(day: dt.date) -> int:
    return 12 * day.year + day.month


def _rating_items(rated: Rated, closed_on: dt.date | None) -> Iterable[TimelineItem]:
    day = rated.on or closed_on
    if day:
        yield TimelineItem(day, Happening.FEEDBACK, rated)
    if rated.changed_on:
        yield TimelineItem(rated.changed_on, Happening.FEEDBACK_CHANGED, rated)


def _by_day_and_person(changes: Sequence[Change]) -> Iterable[TimelineItem]:
    """`changes` come latest first; those of one person on one day become one item."""
    for (day, who), group in groupby(changes, key=lambda change: (change.on, change.who)):
        yield TimelineItem(day, Happening.CHANGES, Changes(who, tuple(group)))
