"""Reading and applying large imports where nobody waits for the answer."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from contracts.imports import applying, reading

log = logging.getLogger(__name__)


@shared_task(name="contracts.tasks.import_read")
def import_read(batch_id: int) -> None:
    """Read an import. Delivered twice, it does nothing the second time."""
    reading.import_read(batch_id)


@shared_task(name="contracts.tasks.import_apply")
def import_apply(batch_id: int, user_id: int) -> None:
    """Apply an import for a user. Delivered twice, it does nothing the second time."""
    applying.import_apply(batch_id, user_id)


def reading_start(batch_id: int, *, at_once: bool) -> None:
    """Read an import here and now, or have the worker do it."""
    if at_once:
        reading.import_read(batch_id)
    else:
        _hand_over(lambda: import_read.delay(batch_id), lambda: reading.import_read(batch_id))


def applying_start(batch_id: int, user_id: int, *, at_once: bool) -> None:
    """Apply an import here and now, or have the worker do it."""
    if at_once:
        applying.import_apply(batch_id, user_id)
    else:
        _hand_over(
            lambda: import_apply.delay(batch_id, user_id),
            lambda: applying.import_apply(batch_id, user_id),
        )


def _hand_over(enqueue: Callable[[], object], do_it_here: Callable[[], None]) -> None:
    """Enqueue once the database has the row; without a broker, rather slowly than not at all."""

    def after_commit() -> None:
        try:
            enqueue()
        except OperationalError:
            log.exception("The broker does not answer; the import is done in the request.")
            do_it_here()

    transaction.on_commit(after_commit)
