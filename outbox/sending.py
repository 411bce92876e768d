"""Hands due mail to the mail server, one mail at a time, over one connection.

The guarantee: at least once, and at most one more copy for each sender that dies. A mail is claimed
with a lease before it is sent and marked as sent afterwards; marking one and claiming the next
share a transaction. The connection stands before anything is claimed, so a server that cannot be
reached costs no mail an attempt.
"""

import datetime as dt
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.core.mail import mailers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.claims import Candidates, put_off, settle, steps
from outbox.message import message_of
from outbox.models import Mail
from outbox.verdicts import SENT, Fate, Verdict, reason_of, verdict_of

# A little less than between two wakes, so that runs do not pile up.
RUN_SECONDS: Final = 14.0
# RSET, MAIL, RCPT, DATA, the text, and one to spare: each may take the connection's time-out.
COMMANDS_A_MAIL: Final = 6
RESET: Final = 250
PLANNED: Final = "digest:"  # how the occurrence of a digest begins that nobody asked for just now

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class RunResult:
    """Mails handed over, to be tried again, given up; `trouble` is why the server had none."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    trouble: str = ""


def run(
    *,
    now: Callable[[], dt.datetime] = timezone.now,
    limit: int | None = None,
    seconds: float = RUN_SECONDS,
    jitter: Callable[[], float] = random.random,
    stopwatch: Callable[[], float] = time.monotonic,
) -> RunResult:
    """Send what is due until nothing is, `limit` mails were tried or `seconds` have passed."""
    if not Mail.objects.due(now()).exists():
        return RunResult()
    return Run(now=now, limit=limit, seconds=seconds, jitter=jitter, stopwatch=stopwatch).go()


class Run:
    """One sender's work on one connection at a time."""

    def __init__(
        self,
        *,
        now: Callable[[], dt.datetime],
        limit: int | None,
        seconds: float,
        jitter: Callable[[], float],
        stopwatch: Callable[[], float],
    ) -> None:
        self.now, self.jitter, self.stopwatch = now, jitter, stopwatch
        self.limit = limit
        self.ends_at = stopwatch() + seconds
        self.result = RunResult()
        self.candidates = Candidates()
        self.mailer: Any = mailers.default
        self.tried = 0
        self.carried = 0  # mails on this connection that the server answered
        per_mail = COMMANDS_A_MAIL * (getattr(self.mailer, "timeout", None) or 0)
        self.lease = dt.timedelta(seconds=max(settings.OUTBOX_LEASE_SECONDS, per_mail))

    def go(self) -> RunResult:
        try:
            mail = self._claim() if self._connect() else None
            while mail:
                verdict = self._attempt(mail)
                mail = self._settle_and_claim(mail, verdict)
        finally:
            self._disconnect()
        return self.result

    def _connect(self) -> bool:
        """Whether the server can be spoken to; if not, what is due is put off."""
        try:
            self.mailer.open()
        except (OSError, ValueError) as error:  # ValueError: a host name that cannot be one
            self._away(reason_of(error))
            return False
        self.carried = 0
        return True

    def _disconnect(self) -> None:
        try:
            self.mailer.close()
        except OSError:  # a farewell that nobody hears
            logger.debug("The connection to the mail server was gone already.", exc_info=True)

    def _claim(self) -> Mail | None:
        if not self._has_time():
            return None
        with transaction.atomic():
            return self.candidates.claim(now=self.now(), lease=self.lease)

    def _settle_and_claim(self, mail: Mail, verdict: Verdict) -> Mail | None:
        """One commit for both, unless there has to be a new connection in between."""
        goes_on = verdict.fate is not Fate.AWAY and self._has_time()
        with transaction.atomic():
            fate = settle(mail, verdict, now=self.now(), jitter=self.jitter())
            following = None
            if fate is Fate.BOUNCED:
                self.candidates.forget()
            if goes_on and not verdict.is_broken:
                following = self.candidates.claim(now=self.now(), lease=self.lease)
        self._count(mail, fate, verdict)
        if verdict.fate is Fate.AWAY:
            self._away(verdict.reason)
        if not verdict.is_broken:
            self.carried += 1
            return following
        # A connection that has served well may have had its time. A fresh one that breaks means
        # that the server is unwell, and the next mail would only suffer too.
        had_its_time = self.carried > 0
        self._disconnect()
        return self._claim() if goes_on and had_its_time and self._connect() else None

    def _attempt(self, mail: Mail) -> Verdict:
        self.tried += 1
        if reason := self._not_to_be_sent(mail):
            return Verdict(Fate.REFUSED, reason)
        try:
            self.mailer.send_messages([message_of(mail)])
        except Exception as error:  # whatever it is, the next mail must have its turn
            verdict = verdict_of(error)
            logger.warning(
                "Mail %s, attempt %d: %s", mail.occurrence, mail.attempts, verdict.reason
            )
            return verdict if self._is_ready_again() else replace(verdict, is_broken=True)
        return SENT

    def _is_ready_again(self) -> bool:
        """Whether the connection can carry another mail after one that failed.

        smtplib resets it after a refused sender or recipient, but not after a refused DATA: the
        server would take the next mail for a second one within the first.
        """
        connection = getattr(self.mailer, "connection", None)
        if connection is None:  # a folder
            return True
        try:
            code, _words = connection.rset()
        except OSError:
            return False
        return bool(code == RESET)

    def _not_to_be_sent(self, mail: Mail) -> str:
        schedule = getattr(mail.membership, "digest_schedule", None)
        if schedule and schedule.bounced_address == mail.to_address:
            return _("Not sent: this address was refused before. %(because)s") % {
                "because": schedule.bounced_because
            }
        if schedule and not schedule.is_on and mail.occurrence.startswith(PLANNED):
            return _("Not sent: the reminders were switched off meanwhile.")
        if mail.attempts > len(steps()) + 1:
            return _("Given up: each time the sender stopped in the middle of it.")
        return ""

    def _has_time(self) -> bool:
        within = self.limit is None or self.tried < self.limit
        return within and self.stopwatch() < self.ends_at

    def _count(self, mail: Mail, fate: Fate, verdict: Verdict) -> None:
        if fate is Fate.SENT:
            self.result.sent += 1
        elif fate in {Fate.LATER, Fate.AWAY}:
            self.result.failed += 1
        else:
            self.result.dead += 1
            logger.error("Mail %s is given up: %s", mail.occurrence, verdict.reason)

    def _away(self, reason: str) -> None:
        logger.warning("No mail can be sent now: %s", reason)
        self.result.trouble = reason
        put_off(now=self.now(), reason=reason, jitter=self.jitter())
