"""Which mail is whose turn: rows claimed one at a time, and what became of them.

A claim is an UPDATE that only succeeds on the row as it was seen, so two senders never hold the
same one; PostgreSQL's SKIP LOCKED merely spares them the collision (SQLite has one writer at a
time). The claim ends by itself when its lease does.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from outbox.models import LONGEST_ERROR, DigestSchedule, Mail
from outbox.verdicts import Fate, Verdict

logger = logging.getLogger(__name__)


def claim(*, now: dt.datetime, lease: dt.timedelta) -> Mail | None:
    """Take the mail that has waited longest, for the length of `lease`; None when none is due.

    Call it in a transaction. `attempts` counts the attempt that is now to be made.
    """
    waiting = (
        Mail.objects.due(now)
        .select_related("membership__user", "membership__digest_schedule")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("due_at")
    )
    while mail := waiting.first():
        seen = Mail.objects.filter(pk=mail.pk, state=mail.state, attempts=mail.attempts)
        if seen.update(state=Mail.State.SENDING, attempts=F("attempts") + 1, due_at=now + lease):
            mail.state, mail.attempts, mail.due_at = "sending", mail.attempts + 1, now + lease
            return mail
    return None


def settle(mail: Mail, verdict: Verdict, *, now: dt.datetime, jitter: float) -> Fate:
    """Write down how an attempt ended, unless the lease ran out and somebody else has the mail.

    Call it in a transaction. `jitter` is 0 to 1. Returns REFUSED too for a mail that was tried
    often enough.
    """
    fate = verdict.fate
    if fate in {Fate.LATER, Fate.AWAY} and mail.attempts > len(steps()):
        fate = Fate.REFUSED
    values: dict[str, Any] = {"last_error": verdict.reason[:LONGEST_ERROR]}
    if fate is Fate.SENT:
        values |= {"state": Mail.State.SENT, "sent_at": now, "due_at": None}
    elif fate in {Fate.LATER, Fate.AWAY}:
        values |= {"state": Mail.State.WAITING, "due_at": now + wait(mail.attempts, jitter)}
    else:
        values |= {"state": Mail.State.DEAD, "due_at": None}
    held = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, attempts=mail.attempts)
    if not held.update(**values):
        logger.warning("Mail %s was taken over by another sender meanwhile.", mail.occurrence)
    elif fate is Fate.BOUNCED:
        _pause(mail, verdict.reason, now)
    return fate


def put_off(*, now: dt.datetime, reason: str, jitter: float) -> None:
    """The server is away: what is due waits a little, and it costs no mail an attempt."""
    with transaction.atomic():
        due = Mail.objects.due(now).filter(state=Mail.State.WAITING)
        keys = due.select_for_update(skip_locked=True).values_list("pk", flat=True)
        due.filter(pk__in=keys).update(due_at=now + wait(1, jitter), last_error=reason)


def steps() -> Sequence[int]:
    """Seconds to wait after the first failed attempt, the second, and so on."""
    return settings.OUTBOX_RETRY_SECONDS


def wait(attempts: int, jitter: float) -> dt.timedelta:
    """How long after that many failed attempts: the step, give or take a fifth."""
    step = steps()[min(attempts, len(steps())) - 1]
    return dt.timedelta(seconds=step * (0.8 + 0.4 * jitter))


def _pause(mail: Mail, reason: str, now: dt.datetime) -> None:
    """Nothing more is sent to this address until somebody says so (or it is another)."""
    DigestSchedule.objects.filter(membership=mail.membership).update(
        bounced_address=mail.to_address, bounced_because=reason, bounced_at=now
    )
