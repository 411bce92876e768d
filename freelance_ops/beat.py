"""Celery's clock, which also says that it is alive."""

from typing import Any

from celery.beat import PersistentScheduler

from freelance_ops.health import Pulse


class HeartbeatScheduler(PersistentScheduler):
    """Leaves a heartbeat at each look; `CELERY_BEAT_MAX_LOOP_INTERVAL` says how often it looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.pulse = Pulse("beat")
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; seconds until the next look."""
        pause: float = super().tick(*args, **kwargs)
        self.pulse()
        return pause
