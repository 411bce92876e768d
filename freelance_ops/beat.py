"""Celery's clock, which also says that it is alive."""

import time
from typing import Any

from celery.beat import PersistentScheduler

from freelance_ops.health import HEARTBEAT_SECONDS, heartbeat_record


class HeartbeatScheduler(PersistentScheduler):
    """Wakes up at least every `HEARTBEAT_SECONDS` and leaves a stamp each time."""

    _beaten_at = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; seconds until the next look."""
        pause: float = super().tick(*args, **kwargs)
        now = time.monotonic()
        if now - self._beaten_at >= HEARTBEAT_SECONDS:
            self._beaten_at = now
            heartbeat_record("beat")
        return pause
