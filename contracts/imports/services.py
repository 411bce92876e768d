"""Starting an import and steering it: what its page's buttons do.

Every service needs `Permission.CHANGE` (else `PermissionDenied`). Each change of state is one
conditional UPDATE, so that a double click or a second tab finds nothing to do and does no harm:
the services return whether they did something.
"""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from accounts.actors import Actor, Permission
from accounts.models import Freelancer
from contracts.imports.claims import SILENT_AFTER, State, applying_cancel, is_silent
from contracts.models import ImportBatch

ENCODINGS: Final = ("cp1252",)
_SMALL_TEXT_BYTES: Final = 1024 * 1024
_SMALL_TEXT_LINES: Final = 2_000
_SMALL_WORKBOOK_BYTES: Final = 100 * 1024  # it is packed: about as many rows
_UNFINISHED: Final = (State.UNREADABLE, State.NEEDS_ENCODING, State.FAILED, State.CANCELLED)


def import_create(
    *, actor: Actor, freelancer: Freelancer, content: bytes, file_name: str = ""
) -> ImportBatch:
    """Keep a file to be read. `file_name` is only shown, never interpreted."""
    actor.require(Permission.CHANGE)
    if not Freelancer.objects.for_actor(actor).filter(pk=freelancer.pk).exists():
        raise PermissionDenied
    return ImportBatch.objects.create(
        practice=actor.practice,
        freelancer=freelancer,
        created_by=actor.user,
        content=content,
        file_name=shown_name(file_name),
        progress_at=timezone.now(),
    )


def shown_name(file_name: str) -> str:
    """Return a file's name as it is kept: its end, without what cannot be printed."""
    return "".join(letter for letter in file_name if letter.isprintable())[-200:]


def is_small(content: bytes) -> bool:
    """Say whether a file is read in a moment, so that nobody has to wait for a worker."""
    if content.startswith(b"PK"):
        return len(content) <= _SMALL_WORKBOOK_BYTES
    return len(content) <= _SMALL_TEXT_BYTES and content.count(b"\n") <= _SMALL_TEXT_LINES


def is_read_quickly(batch: ImportBatch) -> bool:
    """Say the same of a file that was read, or begun to be read, before."""
    return 0 < batch.rows <= _SMALL_TEXT_LINES


def reading_again(*, actor: Actor, batch: ImportBatch, encoding: str | None = None) -> bool:
    """Have the file read once more: after a failure, a cancel or an undo, or by `encoding`."""
    actor.require(Permission.CHANGE)
    ended = Q(state__in=[*_UNFINISHED, State.PREVIEW, State.UNDONE])
    waiting = Q(state=State.UPLOADED)
    silent = Q(state=State.READING, progress_at__lt=timezone.now() - SILENT_AFTER)
    values: dict[str, object] = {} if encoding is None else {"encoding": encoding}
    if batch.state == State.UNDONE:
        # What was decided then was about other contracts; those that stayed can be matched now.
        values["decisions"] = {}
    return bool(
        ImportBatch.objects.filter(ended | waiting | silent, pk=batch.pk).update(
            state=State.UPLOADED,
            claim="",
            cancel_requested=False,
            problem={},
            progress_at=timezone.now(),
            **values,
        )
    )


def import_cancel(*, actor: Actor, batch: ImportBatch) -> bool:
    """Stop an import that is waiting, read, looked at or applied. Nothing of it is kept but itself.

    One that is being applied is stopped at its next sign of life, and its preview comes back.
    """
    actor.require(Permission.CHANGE)
    if batch.state == State.APPLYING and batch.claim:
        applying_cancel(batch)  # not in the database, which SQLite may have locked just now
        return True
    rows = ImportBatch.objects.filter(pk=batch.pk)
    resting = [State.UPLOADED, State.NEEDS_ENCODING, State.UNREADABLE, State.PREVIEW]
    if rows.filter(state__in=resting).update(state=State.CANCELLED, claim=""):
        return True
    silent = Q(progress_at__lt=timezone.now() - SILENT_AFTER)
    if rows.filter(silent, state=State.READING).update(state=State.CANCELLED, claim=""):
        return True
    if rows.filter(state=State.APPLYING, claim="").update(state=State.PREVIEW):
        return True
    return bool(rows.filter(state=State.READING).update(cancel_requested=True))


def applying_request(*, actor: Actor, batch: ImportBatch) -> bool:
    """Have a previewed import applied, or one whose worker fell silent."""
    actor.require(Permission.CHANGE)
    startable = Q(state=State.PREVIEW)
    if is_silent(batch):
        startable |= Q(state=State.APPLYING, claim=batch.claim)
    return bool(
        ImportBatch.objects.filter(startable, pk=batch.pk).update(
            state=State.APPLYING, claim="", progress_at=timezone.now(), problem={}
        )
    )
