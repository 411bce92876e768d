"""Changes to outgoing mail and to when people get their digest.

A mail server is spoken to in `outbox.sending` only: everything here is rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.utils import make_msgid
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.audit import audit_record, changed_fields
from accounts.models import Membership, Practice
from outbox.models import DigestSchedule, Mail
from outbox.recurrence import WeeklyRule, next_occurrence
from outbox.schedules import schedule_make

NOT_BOUNCED: Final = {"bounced_address": "", "bounced_because": "", "bounced_at": None}


def mail_enqueue(
    *,
    practice: Practice,
    membership: Membership,
    occurrence: str,
    to_address: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    due_at: dt.datetime,
) -> Mail | None:
    """Put a mail into the outbox; None where the occurrence has one already.

    Part of the caller's transaction, if there is one: then the mail exists if and only if what it
    is about does. Two at once make one mail; the second waits for the first and gets None. The
    Message-ID is made here, so that each attempt and each copy carries the same.
    """
    mail = Mail(
        practice=practice,
        membership=membership,
        occurrence=occurrence,
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
        to_address=to_address,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        headers=dict(headers or {}),
        due_at=due_at,
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        if Mail.objects.filter(occurrence=occurrence).exists():
            return None
        raise
    return mail


@transaction.atomic
def mail_resend(*, actor: Actor, mail: Mail) -> bool:
    """Have a mail that was given up sent again, to its person's address of today.

    Lifts the pause of that address. False where the mail is not given up (any more); raises
    `Mail.DoesNotExist` out of scope.
    """
    row = (
        Mail.objects.kept_by(actor)
        .select_for_update(of=("self",))
        .select_related("membership__user")
        .get(pk=mail.pk)
    )
    if row.state != Mail.State.DEAD:
        return False
    before = {"state": row.state, "to_address": row.to_address, "last_error": row.last_error}
    row.state, row.attempts, row.due_at = Mail.State.WAITING, 0, timezone.now()
    row.last_error = ""
    if row.membership:
        row.to_address = row.membership.user.email
        DigestSchedule.objects.filter(membership=row.membership).update(**NOT_BOUNCED)
    row.save(update_fields=["state", "attempts", "due_at", "last_error", "to_address"])
    after = {"state": row.state, "to_address": row.to_address}
    audit_record(actor=actor, verb="mail.resent", target=row, before=before, after=after)
    return True


@transaction.atomic
def schedule_resume(*, actor: Actor, schedule: DigestSchedule) -> bool:
    """Use an address again that a mail server refused; False where none is paused (any more).

    Raises `DigestSchedule.DoesNotExist` out of scope.
    """
    row = DigestSchedule.objects.kept_by(actor).select_for_update().get(pk=schedule.pk)
    if not row.bounced_address:
        return False
    _write(actor, row, "reminders.resumed", NOT_BOUNCED)
    return True


@transaction.atomic
def schedule_change(
    *, actor: Actor, weekdays: int, hour: int, time_zone: str, is_on: bool
) -> DigestSchedule:
    """Set when the actor gets his or her own digest; made here if there is none yet.

    `weekdays` are bits (Monday is 1), `hour` is local, 0 to 23; `ValueError` for what is no rule.
    """
    now = timezone.now()
    made = schedule_make(actor=actor, now=now)
    row = DigestSchedule.objects.of(actor).select_for_update().get(pk=made.pk)
    changes = {"weekdays": weekdays, "hour": hour, "time_zone": time_zone, "is_on": is_on}
    if any(getattr(row, name) != value for name, value in changes.items()):
        next_at = next_occurrence(WeeklyRule(weekdays, hour, time_zone), now)
        _write(actor, row, "reminders.changed", changes | {"next_at": next_at})
    return row


def schedule_unsubscribe(*, schedule: DigestSchedule) -> bool:
    """Switch a digest off for whoever holds the signed link of one; False if it was off."""
    return _switch(schedule, is_on=False)


def schedule_resubscribe(*, schedule: DigestSchedule) -> bool:
    """Take an unsubscription back; False if the digest was on."""
    return _switch(schedule, is_on=True)


@transaction.atomic
def _switch(schedule: DigestSchedule, *, is_on: bool) -> bool:
    row = (
        DigestSchedule.objects.select_for_update(of=("self",))
        .select_related("practice", "membership__user", "membership__practice")
        .get(pk=schedule.pk)
    )
    if row.is_on == is_on:
        return False
    person = Actor(row.membership.user, row.practice, row.membership)
    changes: dict[str, Any] = {"is_on": is_on}
    if is_on:
        changes["next_at"] = row.next_after(timezone.now())
    _write(person, row, "reminders.changed", changes)
    return True


def _write(actor: Actor, row: DigestSchedule, verb: str, values: Mapping[str, Any]) -> None:
    before, after = changed_fields(row, values)
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=list(after))
    audit_record(actor=actor, verb=verb, target=row, before=before, after=after)
