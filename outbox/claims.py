"""Which mail is whose turn: rows claimed one at a time, and what became of them.

A claim is an UPDATE that only succeeds on the row as it was seen, so two senders never hold the
same one (SQLite has one writer at a time, and knows no SKIP LOCKED). Looking for what is due is
done for several mails at once. The claim ends by itself when its lease does.
"""

import datetime as dt
import logging
import random
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from outbox.models import LONGEST_ERROR, DigestSchedule, Mail
from outbox.verdicts import Fate, Verdict

#: Few enough that what was seen is still true when its turn comes.
LOOKED_AT_ONCE: Final = 25
#: Then whatever is due is in other hands, and the next wake will see.
LOOKS: Final = 3

logger = logging.getLogger(__name__)


class Candidates:
    """The due mails as they were last seen; each is claimed by itself, and only as it was seen."""

    def __init__(self, shuffle: Callable[[list[Mail]], None] = random.shuffle) -> None:
        self._shuffle = shuffle
        self._seen: list[Mail] = []

    def claim(self, *, now: dt.datetime, lease: dt.timedelta) -> Mail | None:
        """Take a due mail for the length of `lease`, of the longest due ones; None without any.

        Call it in a transaction. `attempts` counts the attempt that is now to be made.
        """
        for _look in range(LOOKS):
            if mail := self._claim_seen(now, lease):
                return mail
            if not self._look(now):
                return None
        return self._claim_seen(now, lease)

    def forget(self) -> None:
        """Look anew next time: an address was paused, and what was seen knows nothing of it."""
        self._seen.clear()

    def _claim_seen(self, now: dt.datetime, lease: dt.timedelta) -> Mail | None:
        while self._seen:
            mail = self._seen.pop()
            # SKIP LOCKED: whoever waited for a row here, with another one settled and not yet
            # committed, could wait for a sender that waits for that one.
            seen = {"state": mail.state, "attempts": mail.attempts, "due_at": mail.due_at}
            as_seen = Mail.objects.filter(pk=mail.pk, **seen)
            free = as_seen.select_for_update(skip_locked=True).values("pk")
            taken = {"state": Mail.State.SENDING, "attempts": mail.attempts + 1}
            if Mail.objects.filter(pk__in=free).update(**taken, due_at=now + lease):
                mail.state, mail.attempts, mail.due_at = "sending", mail.attempts + 1, now + lease
                return mail
            # Another sender looks at the same rows: from here on each takes them as they come.
            self._shuffle(self._seen)
        return None

    def _look(self, now: dt.datetime) -> bool:
        """Whether anything is due that nobody has claimed yet."""
        due = Mail.objects.due(now).order_by("due_at")
        related = ("membership__user", "membership__digest_schedule")
        self._seen = list(due.select_related(*related)[:LOOKED_AT_ONCE])
        self._seen.reverse()
        return bool(self._seen)


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


def steps() -> Sequence[float]:
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
