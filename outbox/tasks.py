"""Celery only wakes the outbox; what is due stands in the database.

So a wake that is lost costs fifteen seconds and nothing else, and several at once are harmless.
"""

from celery import shared_task

from outbox import waking

#: With more mails than this the worker's other process takes its share.
MANY = 100
HELP_EXPIRES_SECONDS = 15


@shared_task(name="outbox.tasks.wake")
def wake(*, is_help: bool = False) -> None:
    """Plan the digests that are due and send the mails that are."""
    if not is_help and waking.is_more_due_than(MANY):
        wake.apply_async(kwargs={"is_help": True}, expires=HELP_EXPIRES_SECONDS)
    waking.wake()


@shared_task(name="outbox.tasks.purge")
def purge() -> None:
    """Delete mails that were kept long enough."""
    waking.purge()
