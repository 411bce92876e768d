"""A contract's rows as the events, intervals and dates that the cadence works on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, Q, Subquery

from contracts.cadence import C3, OWN_UP_DAYS, Event, Happened, Intervals
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract, Feedback
from contracts.models.closeout import INTERVAL_FIELDS
from contracts.models.contracts import ContractQuerySet
from contracts.models.feedback import POSITIVE_FROM

_Kind = CloseoutEvent.Kind
_SAME_NAMES = {kind.value: Happened(kind.value) for kind in _Kind}
#: What contradicts each other has one name here.
_QUESTION: dict[str, str] = {
    _Kind.GOING_BADLY: "course",
    _Kind.GOING_WELL: "course",
    _Kind.TAKEN_OUT: "place",
    _Kind.TAKEN_BACK: "place",
}


def with_history(rows: ContractQuerySet) -> ContractQuerySet:
    """Contracts with all that `events_of` and `intervals_of` read: two queries in all."""
    given = Feedback.objects.from_client().filter(contract=OuterRef("pk"))
    return (
        rows.with_rating()
        .annotate(rated_on=Subquery(given.values("given_on")[:1]))
        .select_related("practice", "client", "freelancer", "closeout_intervals")
        .prefetch_related("closeout_events")
    )


def in_cadence(rows: ContractQuerySet, as_of: dt.date) -> ContractQuerySet:
    """Open ones, and those that ended, or were rated, so lately that something can be done."""
    since = as_of - dt.timedelta(OWN_UP_DAYS)
    rated_lately = Feedback.objects.from_client().filter(given_on__gte=since).values("contract")
    return rows.filter(Q(closed_on=None) | Q(closed_on__gte=since) | Q(pk__in=rated_lately))


def events_of(contract: Contract) -> list[Event]:
    """Everything that the cadence wants to know of a contract from `with_history`."""
    return [*_recorded(contract), *_dated(contract)]


def _recorded(contract: Contract) -> Iterable[Event]:
    closed = contract.closed_on
    rows = contract.closeout_events.all()
    # Of two that contradict each other on one day, the one that was written later holds.
    last = {(row.happened_on, _QUESTION.get(row.kind, row.pk)): row for row in rows}
    for row in last.values():
        # A contract that is closed was not opened after that: somebody took the opening back.
        if not (closed and row.kind == _Kind.REOPENED and row.happened_on > closed):
            yield Event(row.happened_on, _SAME_NAMES[row.kind], row.until)


def _dated(contract: Contract) -> Iterable[Event]:
    if contract.delivered_on:
        yield Event(contract.delivered_on, Happened.DELIVERED)
    if contract.closed_on is None:
        return
    yield Event(contract.closed_on, Happened.CLOSED)
    if contract.rating is not None:
        is_bad = contract.rating < POSITIVE_FROM  # J2
        # Feedback comes after the end; one that was kept through a reopening still counts (J9).
        rated_on = max(contract.closed_on, getattr(contract, "rated_on", None) or dt.date.min)
        yield Event(rated_on, Happened.RATED_BADLY if is_bad else Happened.RATED_WELL)


def practice_intervals(practice_id: int) -> Intervals:
    """The practice's own intervals, C3's where it has none."""
    row = CloseoutIntervals.objects.filter(practice=practice_id, contract=None).first()
    return overridden(C3, row)


def intervals_of(contract: Contract, practice: Intervals) -> Intervals:
    """The contract's own intervals, the practice's where it has none."""
    return overridden(practice, getattr(contract, "closeout_intervals", None))


def overridden(intervals: Intervals, row: CloseoutIntervals | None) -> Intervals:
    """The intervals with what a row says otherwise."""
    values = {name: getattr(row, name, None) for name in INTERVAL_FIELDS}
    return replace(intervals, **{name: days for name, days in values.items() if days})
