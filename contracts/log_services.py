"""The log (C6) and the feedback that the freelancer gave: rows that hang on a contract.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a contract that the actor
sees, else `Contract.DoesNotExist`; `ValidationError`s carry messages per field.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from accounts.actors import Actor
from accounts.conflicts import ChangedMeanwhile
from accounts.models import AuditEvent
from contracts.contract_services import fingerprint
from contracts.hanging_rows import authored_row, hanging_write, require_as_left, values_before
from contracts.locked_changes import contract_locked
from contracts.models import Contract, Feedback, LogEntry
from contracts.models.feedback import PART_SCORES

LOG_CHANGED: Final = "log.changed"
GIVEN_CHANGED: Final = "given_feedback.changed"

LOG_FIELDS: Final = ("happened_on", "what", "lesson", "differently")
GIVEN_FIELDS: Final = ("public_rating", *PART_SCORES, "comment", "private_rating", "given_on")


@transaction.atomic
def log_entry_add(
    *,
    actor: Actor,
    contract: Contract,
    happened_on: dt.date,
    what: str,
    lesson: str = "",
    differently: str = "",
) -> AuditEvent | None:
    """Write down what happened, what was learned, and what will be done differently (C6)."""
    row = contract_locked(actor=actor, contract=contract)
    entry = LogEntry(practice=actor.practice, contract=row, author=actor.user)
    texts = {"what": what, "lesson": lesson, "differently": differently}
    return _log_write(actor, row, entry, {"happened_on": happened_on, **texts})


@transaction.atomic
def log_entry_change(*, actor: Actor, entry: LogEntry, **changes: object) -> AuditEvent | None:
    """Change an entry; None when nothing does. `changes` are names of `LOG_FIELDS`."""
    row = contract_locked(actor=actor, contract=entry.contract)
    fresh = LogEntry.objects.select_related("author").get(pk=entry.pk, contract=row)
    return _log_write(actor, row, fresh, changes)


@transaction.atomic
def log_entry_delete(*, actor: Actor, entry: LogEntry) -> AuditEvent | None:
    """Take an entry out of the log; the undo puts it back as it was."""
    row = contract_locked(actor=actor, contract=entry.contract)
    fresh = LogEntry.objects.select_related("author").get(pk=entry.pk, contract=row)
    return _log_write(actor, row, fresh, None)


@transaction.atomic
def given_feedback_change(
    *, actor: Actor, contract: Contract, seen: str = "", **changes: object
) -> AuditEvent | None:
    """Change what the freelancer said of the client; None when nothing changes.

    `changes` are names of `GIVEN_FIELDS`; `public_rating=None` deletes it. `seen` is the
    `fingerprint` of `changes`' fields when the form was opened: raises `ChangedMeanwhile`.
    """
    row = contract_locked(actor=actor, contract=contract)
    feedback = _given(actor, row)
    if seen and seen != fingerprint({name: getattr(feedback, name) for name in changes}):
        raise ChangedMeanwhile
    gone = "public_rating" in changes and changes["public_rating"] is None
    return _given_write(actor, row, feedback, None if gone else changes)


# ── The log ──────────────────────────────────────────────────────────────────────────────────────


def _log_write(
    actor: Actor, contract: Contract, entry: LogEntry, values: Mapping[str, object] | None
) -> AuditEvent | None:
    identity = {"entry": entry.public_id, "author": entry.author.pk if entry.author else None}
    return hanging_write(
        actor=actor,
        contract=contract,
        row=entry,
        fields=LOG_FIELDS,
        values=values,
        verb=LOG_CHANGED,
        identity=identity,
    )


def log_undo(actor: Actor, contract: Contract, change: AuditEvent) -> None:
    """Put back what a change of the log replaced, in the caller's transaction.

    Raises `ChangedSince` when the entry is not as the change left it.
    """
    kept: Mapping[str, Any] = change.after or change.before
    entry = authored_row(
        LogEntry,
        actor=actor,
        contract=contract,
        public_id=kept["entry"],
        author_key=kept["author"],
    )
    require_as_left(entry, LOG_FIELDS, change)
    _log_write(actor, contract, entry, values_before(LogEntry, LOG_FIELDS, change.before))


# ── Given feedback ───────────────────────────────────────────────────────────────────────────────


def _given(actor: Actor, contract: Contract) -> Feedback:
    """What the freelancer gave, or a new row for it."""
    direction = Feedback.Direction.FROM_FREELANCER
    found = Feedback.objects.filter(contract=contract, direction=direction).first()
    return found or Feedback(practice=actor.practice, contract=contract, direction=direction)


def given_undo(actor: Actor, contract: Contract, change: AuditEvent) -> None:
    """The same for the feedback that the freelancer gave."""
    feedback = _given(actor, contract)
    require_as_left(feedback, GIVEN_FIELDS, change)
    _given_write(actor, contract, feedback, values_before(Feedback, GIVEN_FIELDS, change.before))


def _given_write(
    actor: Actor, contract: Contract, feedback: Feedback, values: Mapping[str, object] | None
) -> AuditEvent | None:
    return hanging_write(
        actor=actor,
        contract=contract,
        row=feedback,
        fields=GIVEN_FIELDS,
        values=values,
        verb=GIVEN_CHANGED,
    )
