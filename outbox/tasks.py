"""Celery only wakes the outbox; what is due stands in the database.

So a wake that is lost costs fifteen seconds and nothing else, and several at once are harmless.
"""

from celery import shared_task

from outbox import waking


@shared_task(name="outbox.tasks.wake")
def wake() -> None:
    """Plan the digests that are due and send the mails that are."""
    waking.wake()


@shared_task(name="outbox.tasks.purge")
def purge() -> None:
    """Delete mails that were kept long enough."""
    waking.purge()
