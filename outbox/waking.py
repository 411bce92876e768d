"""One look at the outbox, whoever calls: Celery's beat, or `manage.py outbox_run`."""

import datetime as dt
import logging

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from outbox.digests import plan
from outbox.models import Mail
from outbox.sending import RunResult, run

# A pool may hold several connections that a restarted server has forgotten.
CONNECTIONS_TO_TRY = 10

logger = logging.getLogger(__name__)


def wake() -> RunResult:
    """Plan the digests that are due, then send the mails that are."""
    database_reconnect()
    try:
        plan(timezone.now())
    except Exception:  # what was enqueued before goes out all the same
        logger.exception("The digests could not be planned.")
    return run()


def is_more_due_than(mails: int) -> bool:
    """Whether so much is to be sent that two senders would be quicker than one."""
    database_reconnect()
    due = Mail.objects.due(timezone.now())
    return len(due.values_list("pk")[: mails + 1]) > mails


def purge() -> int:
    """Delete sent mails after `OUTBOX_KEEP_DAYS`, those given up after twice as long."""
    database_reconnect()
    now, kept = timezone.now(), dt.timedelta(days=settings.OUTBOX_KEEP_DAYS)
    sent, _rows = Mail.objects.filter(state=Mail.State.SENT, sent_at__lt=now - kept).delete()
    dead, _rows = Mail.objects.filter(state=Mail.State.DEAD, created_at__lt=now - 2 * kept).delete()
    return sent + dead


def database_reconnect() -> None:
    """Let go of connections that the database server no longer knows, as after its restart."""
    if connection.in_atomic_block:  # somebody's transaction hangs on this one: it is alive
        return
    close_old_connections()
    for _attempt in range(CONNECTIONS_TO_TRY):
        connection.ensure_connection()
        if connection.is_usable():
            return
        connection.close()
