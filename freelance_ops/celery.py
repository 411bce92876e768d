"""The Celery application: tasks are looked up in each app's `tasks.py`."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
app = Celery("freelance_ops")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_kwargs: Any) -> None:
    """With a receiver here Celery leaves logging alone: all processes write the same lines."""


class Heartbeat(bootsteps.StartStopStep):
    """Says that the worker is alive while it is connected, from a timer: tasks don't delay it."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        super().__init__(consumer, **kwargs)
        self.entry: Any = None

    def start(self, consumer: Any) -> None:
        # Not at the top: `freelance_ops` imports this module before there are settings.
        from freelance_ops.health import Pulse  # noqa: PLC0415  # needs settings

        # Every second, because the timer's thread sleeps until its next entry is due, and a
        # worker that is told to stop waits for it.
        self.entry = consumer.timer.call_repeatedly(1.0, Pulse("worker"), priority=10)

    def stop(self, consumer: Any) -> None:
        if self.entry:
            self.entry.cancel()
            self.entry = None


app.steps["consumer"].add(Heartbeat)
