"""The close-out cadence: what is the next step of a contract, when is it due, and why (C1–C6).

    day 0     deliver, and ask the five-star question                                C2, C3
    + 7       ping; while the client answers, ping again 7 days after each answer    C3
    + 14      no answer to a ping: wait two extra weeks, then the last ping          C3
    + 7       still nothing: close it yourself, about a month after the last contact C3
    closed    without feedback: ask once to rate it, while that is possible          J15, J18
    closed    with a bad rating, or while it went badly: own up once                 J15

The next step follows from what happened, and is never stored. A contract that is going badly gets
the other advice: end it yourself (C1). Nothing here knows a clock or a database: the log and a day
go in, a step comes out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Happened(StrEnum):
    """What can happen to a contract on its way to feedback."""

    DELIVERED = "delivered"
    ASKED = "asked"
    PINGED = "pinged"
    ANSWERED = "answered"
    CLOSED = "closed"
    RATED_WELL = "rated_well"
    RATED_BADLY = "rated_badly"
    REOPENED = "reopened"
    SNOOZED = "snoozed"
    GOING_BADLY = "going_badly"
    GOING_WELL = "going_well"
    TAKEN_OUT = "taken_out"
    TAKEN_BACK = "taken_back"
    FEEDBACK_ASKED = "feedback_asked"
    OWNED_UP = "owned_up"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day; `until` is the first day after a snooze."""

    on: dt.date
    what: Happened
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Days, each at least 1, between the steps of C3; `rate_days` is a convention of ours."""

    ping_days: int = 7
    silence_days: int = 14
    close_days: int = 7
    rate_days: int = 3


C3: Final = Intervals()

FEEDBACK_DAYS: Final = 14  # J18: feedback can be left for 14 days after the end
OWN_UP_DAYS: Final = 28  # J18: a response to feedback can be given for 28 days


class StepKind(StrEnum):
    """What to do next."""

    ASK = "ask"
    PING = "ping"
    LAST_PING = "last_ping"
    CLOSE = "close"
    END_BADLY = "end_badly"
    ASK_FOR_FEEDBACK = "ask_for_feedback"
    OWN_UP = "own_up"


class Why(StrEnum):
    """The reason for a step, which the pages put into words."""

    JUST_DELIVERED = "just_delivered"  # C2
    CLIENT_IN_TOUCH = "client_in_touch"  # C3: a week since the last contact
    CLIENT_SILENT = "client_silent"  # C3: two extra weeks since the ping
    LAST_PING_UNANSWERED = "last_ping_unanswered"  # C3: one more week
    GOING_BADLY = "going_badly"  # C1
    NO_FEEDBACK = "no_feedback"  # J15
    BAD_RATING = "bad_rating"  # J15
    BAD_END = "bad_end"  # J15: it went badly, and the client has not rated it (yet)


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: due on a day, because of what happened on the day `since`."""

    kind: StepKind
    due_on: dt.date
    why: Why
    since: dt.date

    def days_overdue(self, as_of: dt.date) -> int:
        """Days since it fell due; 0 on the day itself, negative before it."""
        return (as_of - self.due_on).days


#: Of one day, in this order: a contract can be delivered, asked about and answered on one day.
_ORDER: Final = {
    what: position
    for position, what in enumerate(
        (
            Happened.REOPENED,
            Happened.TAKEN_BACK,
            Happened.DELIVERED,
            Happened.ASKED,
            Happened.PINGED,
            Happened.ANSWERED,
            Happened.GOING_WELL,
            Happened.GOING_BADLY,
            Happened.TAKEN_OUT,
            Happened.CLOSED,
            Happened.SNOOZED,
            Happened.RATED_WELL,
            Happened.RATED_BADLY,
            Happened.FEEDBACK_ASKED,
            Happened.OWNED_UP,
        )
    )
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """Where a contract stands: its next step, if any, and whether somebody set it aside."""

    step: Step | None
    is_taken_out: bool = False
    is_going_badly: bool = False
    snoozed_until: dt.date | None = None  # only while the snooze lasts


def next_step(events: Iterable[Event], as_of: dt.date, intervals: Intervals = C3) -> Step | None:
    """The one next step of a contract as its log stands on `as_of`; None when there is none.

    What happens after `as_of` is not known yet. An open contract has no step before it is
    delivered, and none once it is taken out; a closed one has at most one, and that only while
    feedback or an answer to it can still be given (J18). Without a further event the same step
    keeps its date, and no other takes its place, however many days pass.
    """
    return cadence_of(events, as_of, intervals).step


def cadence_of(
    events: Iterable[Event],
    as_of: dt.date,
    intervals: Intervals = C3,
    *,
    known_until: dt.date | None = None,
) -> Cadence:
    """Like `next_step`, with what else there is to know.

    `known_until` (usual: `as_of`) is the last day of which something can be known already: where a
    colleague lives it may be tomorrow.
    """
    standing = _Standing()
    known = [event for event in events if event.on <= (known_until or as_of)]
    for event in sorted(known, key=lambda event: (event.on, _ORDER[event.what])):
        standing.take(event)
    step = standing.step(intervals)
    if step and standing.is_too_late(step, as_of):
        step = None
    until = standing.snoozed_until
    return Cadence(
        step=step,
        is_taken_out=standing.is_out,
        is_going_badly=standing.badly is not None and standing.closed is None,
        snoozed_until=until if until and until > as_of else None,
    )


@dataclass(slots=True)
class _Standing:
    """Where a contract stands after the events that it has taken in."""

    delivered: dt.date | None = None
    asked: dt.date | None = None
    contact: dt.date | None = None  # when the client was last known to be in touch
    pings: int = 0  # without an answer, since the contact
    last_ping: dt.date | None = None
    badly: dt.date | None = None
    closed: dt.date | None = None
    is_rated_well: bool = False
    rated_badly: dt.date | None = None
    is_feedback_asked: bool = False
    has_owned_up: bool = False
    snoozed_until: dt.date | None = None
    is_out: bool = False

    def take(self, event: Event) -> None:
        """Move on by one event."""
        match event.what:
            case Happened.DELIVERED:
                self.delivered = event.on
                self._heard(event.on)
            case Happened.ASKED:
                self.asked = event.on
                self._heard(event.on)
            case Happened.PINGED:
                self.pings += 1
                self.last_ping = event.on
            case Happened.ANSWERED:
                self._heard(event.on)
            case Happened.CLOSED:
                self.closed = event.on
                self.snoozed_until = None
            case Happened.REOPENED:
                self._reopen(event.on)
            case Happened.SNOOZED:
                self.snoozed_until = event.until
            case _:
                self._mark(event)

    def _heard(self, day: dt.date) -> None:
        """A contact: the wait for the client starts anew (C3)."""
        self.contact = day
        self.pings = 0

    def _reopen(self, day: dt.date) -> None:
        """What belonged to the end is over; whom the client asks to go on is in touch."""
        self.closed = self.rated_badly = self.badly = None
        self.is_rated_well = self.is_feedback_asked = self.has_owned_up = False
        self._heard(day)

    def _mark(self, event: Event) -> None:
        match event.what:
            case Happened.GOING_BADLY:
                self.badly = event.on
            case Happened.GOING_WELL:
                self.badly = None
            case Happened.TAKEN_OUT | Happened.TAKEN_BACK:
                self.is_out = event.what == Happened.TAKEN_OUT
            case Happened.RATED_WELL:
                self.is_rated_well, self.rated_badly = True, None
            case Happened.RATED_BADLY:
                self.is_rated_well, self.rated_badly = False, event.on
            case Happened.FEEDBACK_ASKED:
                self.is_feedback_asked = True
            case _:
                self.has_owned_up = True

    def step(self, intervals: Intervals) -> Step | None:
        """The step that all this asks for, its date moved behind a snooze."""
        if self.is_out:
            return None
        step = self._after_the_end(intervals) if self.closed else self._while_open(intervals)
        if step and self.snoozed_until and self.snoozed_until > step.due_on:
            until = self.snoozed_until
            if self.closed:  # it wakes in time for what Upwork still takes (J18)
                until = max(step.due_on, min(until, self._last_day(step)))
            return Step(step.kind, until, step.why, step.since)
        return step

    def _while_open(self, intervals: Intervals) -> Step | None:
        if self.badly:
            return Step(StepKind.END_BADLY, self.badly, Why.GOING_BADLY, self.badly)
        if self.delivered is None:
            return None
        if self.asked is None or self.asked < self.delivered:
            return Step(StepKind.ASK, self.delivered, Why.JUST_DELIVERED, self.delivered)
        contact = self.contact or self.delivered
        if self.pings == 0 or self.last_ping is None:
            due = contact + dt.timedelta(intervals.ping_days)
            return Step(StepKind.PING, due, Why.CLIENT_IN_TOUCH, contact)
        if self.pings == 1:
            due = self.last_ping + dt.timedelta(intervals.silence_days)
            return Step(StepKind.LAST_PING, due, Why.CLIENT_SILENT, self.last_ping)
        due = self.last_ping + dt.timedelta(intervals.close_days)
        return Step(StepKind.CLOSE, due, Why.LAST_PING_UNANSWERED, self.last_ping)

    def _after_the_end(self, intervals: Intervals) -> Step | None:
        closed = self.closed
        if closed is None or self.is_rated_well:
            return None
        if self.rated_badly:
            if self.has_owned_up:
                return None
            due = self.rated_badly + dt.timedelta(1)
            return Step(StepKind.OWN_UP, due, Why.BAD_RATING, self.rated_badly)
        if self.badly:
            # Asking for the rating now would invite the bad one that ending it was to avoid (C1).
            due = closed + dt.timedelta(1)
            return None if self.has_owned_up else Step(StepKind.OWN_UP, due, Why.BAD_END, closed)
        if self.is_feedback_asked:
            return None
        # A practice that waits longer than feedback can be left asks on the last day.
        due = closed + dt.timedelta(min(intervals.rate_days, FEEDBACK_DAYS))
        return Step(StepKind.ASK_FOR_FEEDBACK, due, Why.NO_FEEDBACK, closed)

    def is_too_late(self, step: Step, as_of: dt.date) -> bool:
        """Whether Upwork no longer takes what the step asks for (J18)."""
        return self.closed is not None and as_of > self._last_day(step)

    def _last_day(self, step: Step) -> dt.date:
        """The last day on which a step after the end can be done (J18)."""
        is_request = step.kind == StepKind.ASK_FOR_FEEDBACK
        return step.since + dt.timedelta(FEEDBACK_DAYS if is_request else OWN_UP_DAYS)
