"""Celery only wakes the keeping of scores; which days are missing stands in the database."""

from celery import shared_task

from jss import keeping_looks


@shared_task(name="jss.tasks.scores_keep")
def scores_keep() -> None:
    """Keep the days that are over and not kept yet. Delivered twice, it does nothing more."""
    keeping_looks.look()
