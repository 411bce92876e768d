"""Mails to send, a clock to turn, and a mailer that answers as a test wants it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from accounts.actors import Actor
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedule_default
from outbox.sending import RunResult, run
from outbox.services import mail_enqueue

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def mail_for(actor: Actor, occurrence: str = "test:1", **fields: Any) -> Mail:
    """A mail that is due at noon."""
    given: dict[str, Any] = {
        "to_address": actor.user.email,
        "subject": "Due today",
        "text": "A ping is due.",
        "due_at": NOON,
    }
    mail = mail_enqueue(
        practice=actor.practice,
        membership=actor.membership,
        occurrence=occurrence,
        **(given | fields),
    )
    assert mail
    return mail


def schedule_for(actor: Actor, **fields: Any) -> DigestSchedule:
    """Every day at nine UTC; the next is tomorrow's, seen from noon."""
    schedule = schedule_default(membership=actor.membership, time_zone="UTC", now=NOON)
    for name, value in fields.items():
        setattr(schedule, name, value)
    schedule.save()
    return schedule


def fresh[RowT: (Mail, DigestSchedule)](row: RowT) -> RowT:
    """As the database has it now."""
    again: RowT = type(row).objects.get(pk=row.pk)
    return again


def send(now: dt.datetime = NOON, **options: Any) -> RunResult:
    """A run at a moment that stands still, without luck in its waits."""
    options = {"now": lambda: now, "jitter": lambda: 0.5, "stopwatch": lambda: 0.0} | options
    return run(**options)


class ScriptedMailer(BaseEmailBackend):
    """Raises what stands next in `script` (None: takes the mail); at the end takes everything."""

    script: ClassVar[list[Exception | None]] = []
    on_open: ClassVar[list[Exception | None]] = []
    while_sending: ClassVar[Callable[[], object] | None] = None
    taken: ClassVar[list[EmailMessage]] = []
    opened: ClassVar[int] = 0
    closed: ClassVar[int] = 0

    def open(self) -> None:
        type(self).opened += 1
        if self.on_open and (error := self.on_open.pop(0)):
            raise error

    def close(self) -> None:
        type(self).closed += 1

    def send_messages(self, email_messages: Any) -> int:
        error = self.script.pop(0) if self.script else None
        if doing := type(self).while_sending:
            doing()
        if error:
            raise error
        self.taken.extend(email_messages)
        return len(email_messages)
