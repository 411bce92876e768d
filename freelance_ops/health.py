"""Is everything that the product consists of alive?

Worker and beat cannot be asked over HTTP, so each leaves a time stamp in the cache every few
seconds; `/healthz` reads them. The cache is the one thing that all processes share in every set-up
(files on a laptop, Redis in the grown-up one).
"""

import logging
import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection

HEARTBEAT_SECONDS = 3.0
# Three missed beats and a little: a machine that is busy for a moment is not dead.
STALE_AFTER_SECONDS = 15.0
KEEP_SECONDS = 3600
BEATING = ("worker", "beat")

logger = logging.getLogger(__name__)


class Pulse:
    """Called often, it leaves a stamp every `HEARTBEAT_SECONDS`."""

    def __init__(self, process: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.process = process
        self._clock = clock
        self._beaten_at = float("-inf")

    def __call__(self) -> None:
        now = self._clock()
        if now - self._beaten_at >= HEARTBEAT_SECONDS:
            self._beaten_at = now
            heartbeat_record(self.process)


def heartbeat_record(process: str) -> None:
    """Say that `process` is alive now; a cache that is down is logged, never raised."""
    try:
        cache.set(_key(process), time.time(), timeout=KEEP_SECONDS)
    except Exception as error:  # whatever the cache raises, the process goes on
        logger.warning("The heartbeat of %s could not be stored: %s", process, error)


def heartbeat_forget(*processes: str) -> None:
    """Called when a process is known to be gone, or before it starts."""
    try:
        cache.delete_many([_key(process) for process in processes])
    except Exception as error:  # a stale stamp runs out by itself
        logger.warning("A heartbeat could not be removed: %s", error)


def health() -> dict[str, str]:
    """`ok` or what is wrong, for the database, the worker and beat; `status` names the culprits."""
    parts = {"database": _database(), **_heartbeats()}
    culprits = [name for name, state in parts.items() if state != "ok"]
    status = f"not ok: {', '.join(culprits)}" if culprits else "ok"
    return {"status": status, **parts}


def _key(process: str) -> str:
    return f"heartbeat:{process}"


def _database() -> str:
    # The words are for whoever may ask, signed in or not; the details stay in the log.
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception as error:  # a pool's time-out is not a DatabaseError
        logger.warning("The database does not answer: %s", error)
        return "does not answer"
    return "ok"


def _heartbeats() -> dict[str, str]:
    try:
        stamps = cache.get_many([_key(process) for process in BEATING])
    except Exception as error:  # each cache has errors of its own
        logger.warning("The cache does not answer: %s", error)
        return dict.fromkeys(BEATING, "unknown: the cache does not answer")
    return {process: _state(stamps.get(_key(process))) for process in BEATING}


def _state(beaten_at: float | None) -> str:
    if beaten_at is None:
        return "no heartbeat"
    age = time.time() - beaten_at
    return "ok" if age <= STALE_AFTER_SECONDS else f"no heartbeat for {age:.0f} s"
