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
        from freelance_ops.health import HEARTBEAT_SECONDS, heartbeat_record  # noqa: PLC0415

        heartbeat_record("worker")
        self.entry = consumer.timer.call_repeatedly(
            HEARTBEAT_SECONDS, heartbeat_record, ("worker",), priority=10
        )

    def stop(self, consumer: Any) -> None:
        if self.entry:
            self.entry.cancel()
            self.entry = None


app.steps["consumer"].add(Heartbeat)
