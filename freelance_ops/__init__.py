"""The roof: settings, URLs, Celery, Today and the `up` command. Nobody imports it."""

from freelance_ops.celery import app as celery_app

__all__ = ["celery_app"]
