"""Who works on an import now: claimed by a conditional UPDATE, watched, cancelled.

A worker can be killed at any time, and a task can be delivered twice. So a worker first claims the
import; every sign of life and the result are written only where the claim is still its own; and an
import without a sign of life for `SILENT_AFTER` can be claimed by somebody else.

Applying is one transaction, whose rows nobody else sees and during which SQLite lets nobody else
write. Its signs of life and the wish to cancel it therefore go through the cache.
"""

import datetime as dt
import time
from typing import Final

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from accounts.public_ids import new_public_id
from contracts.models import ImportBatch

SILENT_AFTER: Final = dt.timedelta(seconds=30)
WRITE_EVERY: Final = 0.3  # seconds between two signs of life
_REMEMBERED: Final = 3600  # seconds

State = ImportBatch.State


class Cancelled(Exception):  # noqa: N818 - says what happened
    """The user wants the work to stop."""


class Superseded(Exception):  # noqa: N818 - says what happened
    """Somebody else works on the import now, because this worker seemed dead."""


def reading_claim(batch_id: int) -> str:
    """Claim an import to read: one that waits, or whose reader fell silent; "" for neither."""
    return _claim(batch_id, Q(state=State.UPLOADED) | _silent(State.READING), State.READING)


def applying_claim(batch_id: int) -> str:
    """Claim an import to apply: one that nobody has claimed, or whose worker fell silent."""
    batch = ImportBatch.objects.without_content().filter(pk=batch_id).first()
    if batch is None or (batch.claim and not is_silent(batch)):
        return ""
    return _claim(batch_id, Q(state=State.APPLYING, claim=batch.claim), State.APPLYING)


def _silent(state: State) -> Q:
    return Q(state=state, progress_at__lt=timezone.now() - SILENT_AFTER)


def _claim(batch_id: int, claimable: Q, working: State) -> str:
    claim = new_public_id()
    claimed = ImportBatch.objects.filter(claimable, pk=batch_id).update(
        state=working, claim=claim, progress_at=timezone.now(), rows_done=0
    )
    return claim if claimed else ""


def is_silent(batch: ImportBatch) -> bool:
    """Say whether nobody has worked on an unfinished import for a while."""
    if batch.state not in (State.UPLOADED, State.READING, State.APPLYING):
        return False
    sign = batch.progress_at or batch.created_at
    if batch.state == State.APPLYING:
        seen = cache.get(_progress_key(batch.pk))
        if seen and seen["claim"] == batch.claim:
            sign = max(sign, seen["at"])
    return timezone.now() - sign > SILENT_AFTER


class ReadingProgress:
    """Signs of life of a reading, in the database. Call it with the number of rows done."""

    def __init__(self, batch_id: int, claim: str) -> None:
        self._rows = ImportBatch.objects.filter(pk=batch_id, claim=claim, state=State.READING)
        self._written = time.monotonic()

    def __call__(self, rows_done: int) -> None:
        """Raise `Cancelled` or `Superseded` where the work should stop."""
        if time.monotonic() - self._written < WRITE_EVERY:
            return
        alive = self._rows.filter(cancel_requested=False)
        if not alive.update(rows_done=rows_done, progress_at=timezone.now()):
            raise Cancelled if self._rows.exists() else Superseded
        self._written = time.monotonic()


class ApplyingProgress:
    """Signs of life of an import that is being applied, in the cache."""

    def __init__(self, batch_id: int, claim: str = "") -> None:
        self._id = batch_id
        self._claim = claim
        self._total = 0
        self._done = 0
        self._written = 0.0

    def start(self, total: int) -> None:
        """Say how many rows there are to be written."""
        self._total = total
        self._write()

    def while_reading(self, _rows: int) -> None:
        """Give a sign of life while the file is read once more."""
        self()

    def __call__(self, more: int = 0) -> None:
        """Count `more` rows as written. Raise `Cancelled` where the work should stop."""
        self._done += more
        if time.monotonic() - self._written >= WRITE_EVERY:
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        if not self._claim:
            return
        if cache.get(_cancel_key(self._id)) == self._claim:
            raise Cancelled
        sign = {
            "claim": self._claim,
            "done": self._done,
            "total": self._total,
            "at": timezone.now(),
        }
        cache.set(_progress_key(self._id), sign, _REMEMBERED)


def applying_rows(batch: ImportBatch) -> tuple[int, int]:
    """Return the rows written so far and all rows to be written, (0, 0) before there are any."""
    sign = cache.get(_progress_key(batch.pk))
    if not sign or sign["claim"] != batch.claim:
        return 0, 0
    return sign["done"], sign["total"]


def applying_cancel(batch: ImportBatch) -> None:
    """Ask the worker that applies the import to stop; what it wrote is rolled back."""
    cache.set(_cancel_key(batch.pk), batch.claim, _REMEMBERED)


def applying_is_being_cancelled(batch: ImportBatch) -> bool:
    return bool(batch.claim) and cache.get(_cancel_key(batch.pk)) == batch.claim


def _progress_key(batch_id: int) -> str:
    return f"import-progress-{batch_id}"


def _cancel_key(batch_id: int) -> str:
    return f"import-cancel-{batch_id}"
