"""The log (C6) and the feedback that the freelancer gave: rows that hang on a contract.

Each write is one audit event on the contract with the row's values before and after, {} where there
was, or is, no row; so adding, changing and deleting are one thing, and so is undoing them.
Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a contract that the actor
sees, else `Contract.DoesNotExist`; `ValidationError`s carry messages per field.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.models import AuditEvent, User
from contracts.changes import plain_value, value_from_plain
from contracts.contract_services import ChangedMeanwhile, fingerprint
from contracts.locked_changes import contract_locked
from contracts.models import Contract, Feedback, LogEntry
from contracts.models.feedback import PART_SCORES
from contracts.services import ChangedSince

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


def hanging_undo(*, actor: Actor, contract: Contract, change: AuditEvent) -> None:
    """Put back what a change of the log or of the given feedback replaced.

    Runs within the caller's transaction. Raises `ChangedSince` when the row is not as it was left.
    """
    row = contract_locked(actor=actor, contract=contract)
    if change.verb == LOG_CHANGED:
        _log_undo(actor, row, change)
    else:
        feedback = _given(actor, row)
        _require_as_left(feedback, GIVEN_FIELDS, change)
        _given_write(actor, row, feedback, _restored(Feedback, GIVEN_FIELDS, change.before))


# ── The log ──────────────────────────────────────────────────────────────────────────────────────


def _log_write(
    actor: Actor, contract: Contract, entry: LogEntry, values: Mapping[str, object] | None
) -> AuditEvent | None:
    identity = {"entry": entry.public_id, "author": entry.author.pk if entry.author else None}
    return _write(
        actor=actor,
        contract=contract,
        row=entry,
        fields=LOG_FIELDS,
        values=values,
        verb=LOG_CHANGED,
        identity=identity,
    )


def _log_undo(actor: Actor, contract: Contract, change: AuditEvent) -> None:
    kept: Mapping[str, Any] = change.after or change.before
    entry = (
        LogEntry.objects.select_related("author")
        .filter(contract=contract, public_id=kept["entry"])
        .first()
    ) or LogEntry(
        practice=actor.practice,
        contract=contract,
        public_id=kept["entry"],
        author=User.objects.filter(pk=kept["author"]).first(),
    )
    _require_as_left(entry, LOG_FIELDS, change)
    _log_write(actor, contract, entry, _restored(LogEntry, LOG_FIELDS, change.before))


# ── Given feedback ───────────────────────────────────────────────────────────────────────────────


def _given(actor: Actor, contract: Contract) -> Feedback:
    """What the freelancer gave, or a new row for it."""
    direction = Feedback.Direction.FROM_FREELANCER
    found = Feedback.objects.filter(contract=contract, direction=direction).first()
    return found or Feedback(practice=actor.practice, contract=contract, direction=direction)


def _given_write(
    actor: Actor, contract: Contract, feedback: Feedback, values: Mapping[str, object] | None
) -> AuditEvent | None:
    return _write(
        actor=actor,
        contract=contract,
        row=feedback,
        fields=GIVEN_FIELDS,
        values=values,
        verb=GIVEN_CHANGED,
    )


# ── Both ─────────────────────────────────────────────────────────────────────────────────────────


def _write(
    *,
    actor: Actor,
    contract: Contract,
    row: LogEntry | Feedback,
    fields: tuple[str, ...],
    values: Mapping[str, object] | None,
    verb: str,
    identity: Mapping[str, object] = MappingProxyType({}),
) -> AuditEvent | None:
    """Save the row with these values, delete it for None; write it down unless nothing changes."""
    before = _plain(row, fields)
    for name, value in (values or {}).items():
        setattr(row, name, value)
    if values is not None:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(fields))
    after = {name: _plain_text(getattr(row, name)) for name in fields} if values else {}
    if before == after:
        return None
    if values is None:
        row.delete()
    else:
        row.save()
    return audit_record(
        actor=actor,
        verb=verb,
        target=contract,
        for_freelancer=contract.freelancer,
        before={**before, **identity} if before else {},
        after={**after, **identity} if after else {},
    )


def _plain(row: models.Model, fields: tuple[str, ...]) -> dict[str, object]:
    """The row's values as the trail keeps them; {} for a row that is not stored."""
    if row._state.adding:
        return {}
    return {name: _plain_text(getattr(row, name)) for name in fields}


def _plain_text(value: object) -> object:
    # Two places like the columns, so that what was typed equals what is read back.
    return f"{value:.2f}" if isinstance(value, Decimal) else plain_value(value)


def _require_as_left(row: models.Model, fields: tuple[str, ...], change: AuditEvent) -> None:
    left = {name: value for name, value in change.after.items() if name in fields}
    if _plain(row, fields) != left:
        raise ChangedSince(
            _("“%(title)s” was changed again since then, so this was not undone.")
            % {"title": change.target_label}
        )


def _restored(
    model: type[models.Model], fields: tuple[str, ...], before: Mapping[str, object]
) -> dict[str, object] | None:
    """The values that the trail keeps; None where there was no row."""
    if not before:
        return None
    return {name: value_from_plain(model, name, before[name]) for name in fields}
