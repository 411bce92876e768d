"""What the roof itself does on a schedule."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def sessions_clear() -> None:
    """Delete the sessions that have run out; Django leaves them in the table."""
    call_command("clearsessions")
