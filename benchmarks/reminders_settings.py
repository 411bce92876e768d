"""The product's settings with the waits made short: a benchmark has minutes, not days."""

import os

from freelance_ops import settings as product
from freelance_ops.settings import *  # noqa: F403  # settings are a module to take over

SHORTER = 3600
OUTBOX_RETRY_SECONDS = tuple(each / SHORTER for each in product.OUTBOX_RETRY_SECONDS)
OUTBOX_LEASE_SECONDS = 13
if wake := os.environ.get("BENCH_WAKE_SECONDS"):
    CELERY_BEAT_SCHEDULE = product.CELERY_BEAT_SCHEDULE
    CELERY_BEAT_SCHEDULE["outbox-wake"]["schedule"] = float(wake)
MAILERS = product.MAILERS
MAILERS["default"]["OPTIONS"]["timeout"] = 2
