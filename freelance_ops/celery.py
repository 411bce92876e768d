"""The Celery application: tasks are looked up in each app's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
app = Celery("freelance_ops")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
