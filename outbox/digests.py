"""Whose digest is due, and putting it into the outbox once.

A digest is due when its schedule's `next_at` has come. Moving `next_at` on and enqueueing the mail
are one transaction, and the move only succeeds on the time as it was seen: two planners make one
mail, and one that dies leaves the schedule due. After days without a planner there is one digest.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from django.db import connection, transaction

from accounts.actors import Actor
from accounts.readers import actor_of
from outbox.composing import digest_compose
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedule_make, schedules_create
from outbox.services import mail_enqueue

# What was enqueued is sent in between; the next wake goes on with the others.
PLAN_SECONDS: Final = 10.0

logger = logging.getLogger(__name__)


class SentNow(Enum):
    """What became of asking for a digest at once."""

    ENQUEUED = auto()
    ALREADY = auto()
    NOTHING_DUE = auto()
    PAUSED = auto()


def plan(
    now: dt.datetime,
    *,
    seconds: float = PLAN_SECONDS,
    stopwatch: Callable[[], float] = time.monotonic,
) -> int:
    """Enqueue the digests that are due, for so many seconds; how many mails that made."""
    ends_at = stopwatch() + seconds
    schedules_create(now)
    due = DigestSchedule.objects.due(now).order_by("next_at")
    planned = 0
    for key in list(due.values_list("pk", flat=True)):
        if stopwatch() >= ends_at:
            break
        try:
            planned += _plan_one(key, now)
        except Exception:
            logger.exception("The digest of schedule %s could not be put together.", key)
            if not connection.is_usable():
                raise
    return planned


@transaction.atomic
def digest_send_now(*, actor: Actor, now: dt.datetime, click: str) -> SentNow:
    """Enqueue the actor's digest at once; `click` is the same for a button pressed twice."""
    schedule = schedule_make(actor=actor, now=now)
    if schedule.is_paused:
        return SentNow.PAUSED
    occurrence = f"digest-now:{actor.membership.public_id}:{click}"
    is_there = Mail.objects.filter(occurrence=occurrence)
    if not is_there.exists() and _enqueue(actor_of(actor.membership), schedule, occurrence, now):
        return SentNow.ENQUEUED
    return SentNow.ALREADY if is_there.exists() else SentNow.NOTHING_DUE


@transaction.atomic
def _plan_one(key: int, now: dt.datetime) -> bool:
    """Move one schedule on, and enqueue its mail; False where another planner was first."""
    rows = DigestSchedule.objects.due(now).filter(pk=key)
    schedule = rows.select_related("membership__user", "membership__practice").first()
    if schedule is None:
        return False
    seen = DigestSchedule.objects.filter(pk=key, next_at=schedule.next_at, is_on=True)
    if not seen.update(next_at=schedule.next_after(now)) or schedule.is_paused:
        return False
    due_at = schedule.next_at.astimezone(dt.UTC).isoformat()
    occurrence = f"digest:{schedule.membership.public_id}:{due_at}"
    return _enqueue(actor_of(schedule.membership), schedule, occurrence, now) is not None


def _enqueue(
    actor: Actor, schedule: DigestSchedule, occurrence: str, now: dt.datetime
) -> Mail | None:
    """Only ever to the reader's own address: clients are never written to (C5)."""
    digest = digest_compose(actor=actor, schedule=schedule, now=now, mail_key=occurrence)
    if digest is None:
        return None
    return mail_enqueue(
        practice=actor.practice,
        membership=actor.membership,
        occurrence=occurrence,
        to_address=actor.user.email,
        subject=digest.subject,
        text=digest.text,
        html=digest.html,
        headers=digest.headers,
        due_at=now,
    )
