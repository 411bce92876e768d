"""Recording what happened on the way to a closed contract with feedback; each to be undone.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a contract that the actor
sees, else `Contract.DoesNotExist`; `ValidationError`s carry messages per field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record, changed_fields
from accounts.models import AuditEvent, Practice
from contracts.hanging_rows import authored_row, hanging_write, require_as_left, values_before
from contracts.locked_changes import contract_locked
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract
from contracts.models.closeout import INTERVAL_FIELDS

CLOSEOUT_CHANGED: Final = "closeout.changed"
INTERVALS_CHANGED: Final = "closeout_intervals.changed"
EVENT_FIELDS: Final = ("kind", "happened_on", "until", "link")

Kind = CloseoutEvent.Kind
#: Only after the delivery: before it there is nothing to ask about (C2, C3).
AFTER_DELIVERY: Final = frozenset({Kind.ASKED, Kind.PINGED, Kind.ANSWERED})
#: Only while the contract is open.
WHILE_OPEN: Final = AFTER_DELIVERY | {Kind.GOING_BADLY, Kind.GOING_WELL}
#: Only after the end (J15).
AFTER_THE_END: Final = frozenset({Kind.FEEDBACK_ASKED, Kind.OWNED_UP})


@transaction.atomic
def closeout_record(
    *,
    actor: Actor,
    contract: Contract,
    kind: str,
    happened_on: dt.date,
    until: dt.date | None = None,
    link: str = "",
) -> AuditEvent:
    """Write down what happened; `until` is the first day after a snooze.

    Raises `ValidationError` about `happened_on`, `until` or `kind` for what cannot have happened:
    on a day to come, before the contract's start, an answer before the delivery, and so on.
    """
    row = contract_locked(actor=actor, contract=contract)
    if problems := _impossible(row, kind, happened_on, until):
        raise ValidationError(problems)
    event = CloseoutEvent(practice=actor.practice, contract=row, author=actor.user)
    values = {"kind": kind, "happened_on": happened_on, "until": until, "link": link}
    written = _event_write(actor, row, event, values)
    if written is None:
        raise TypeError("A new event is always a change.")
    return written


@transaction.atomic
def closeout_delete(*, actor: Actor, event: CloseoutEvent) -> AuditEvent | None:
    """Take back something that did not happen; the undo puts it back."""
    row = contract_locked(actor=actor, contract=event.contract)
    fresh = CloseoutEvent.objects.select_related("author").get(pk=event.pk, contract=row)
    return _event_write(actor, row, fresh, None)


def closeout_undo(actor: Actor, contract: Contract, change: AuditEvent) -> None:
    """Put back what a change replaced, in the caller's transaction. Raises `ChangedSince`."""
    kept: Mapping[str, Any] = change.after or change.before
    event = authored_row(
        CloseoutEvent,
        actor=actor,
        contract=contract,
        public_id=kept["event"],
        author_key=kept["author"],
    )
    require_as_left(event, EVENT_FIELDS, change)
    before = values_before(CloseoutEvent, EVENT_FIELDS, change.before)
    _event_write(actor, contract, event, before)


@transaction.atomic
def intervals_change(
    *, actor: Actor, contract: Contract | None = None, **days: int | None
) -> CloseoutIntervals:
    """Change the practice's intervals, or one contract's; None inherits again.

    `days` are names of `INTERVAL_FIELDS`, 1 to 365. The practice's need `Permission.CHANGE_SHARED`.
    Raises `ValidationError` with messages per field.
    """
    actor.require(Permission.CHANGE if contract else Permission.CHANGE_SHARED)
    # The contract, or else the practice: two who save the first intervals wait for each other.
    locked = contract_locked(actor=actor, contract=contract) if contract else None
    if locked is None:
        Practice.objects.select_for_update().get(pk=actor.practice.pk)
    row = CloseoutIntervals.objects.filter(practice=actor.practice, contract=locked).first()
    row = row or CloseoutIntervals(practice=actor.practice, contract=locked)
    before, after = changed_fields(row, {name: days[name] for name in INTERVAL_FIELDS})
    for name, value in after.items():
        setattr(row, name, value)
    row.clean_fields(exclude={"practice", "contract", "public_id", "id"})
    if after:
        row.save()
        audit_record(
            actor=actor,
            verb=INTERVALS_CHANGED,
            target=locked or actor.practice,
            for_freelancer=locked.freelancer if locked else None,
            before=before,
            after=after,
        )
    return row


# ── What can have happened ───────────────────────────────────────────────────────────────────────


def _impossible(
    contract: Contract, kind: str, on: dt.date, until: dt.date | None
) -> dict[str, list[str]]:
    """What is wrong with an event, in words by field; {} when it can have happened."""
    if kind not in Kind.values:
        return {"kind": [_("Choose what happened.")]}
    if (until is None) == (kind == Kind.SNOOZED):
        return {"until": [_("A snooze needs the day on which it ends; nothing else has one.")]}
    if until and until <= max(on, timezone.localdate()):
        return {"until": [_("Choose a day that is still to come.")]}
    words = _impossible_day(contract, kind, on)
    return {"happened_on": [words]} if words else {}


def _impossible_day(contract: Contract, kind: str, on: dt.date) -> str:
    delivered, closed = contract.delivered_on, contract.closed_on
    if on > timezone.localdate():
        return _("This day is still to come.")
    if contract.started_on and on < contract.started_on:
        return _("The contract had not started by then.")
    if kind in AFTER_DELIVERY and delivered is None:
        return _("Nothing is delivered yet: enter the delivery first.")
    if kind in AFTER_DELIVERY and delivered and on < delivered:
        return _("This is before the delivery.")
    if kind in WHILE_OPEN and closed and on > closed:
        return _("The contract was closed by then.")
    if kind in AFTER_THE_END and closed is None:
        return _("The contract is still open: close it first.")
    if kind in AFTER_THE_END and closed and on < closed:
        return _("This is before the contract's end.")
    return ""


def _event_write(
    actor: Actor, contract: Contract, event: CloseoutEvent, values: Mapping[str, object] | None
) -> AuditEvent | None:
    return hanging_write(
        actor=actor,
        contract=contract,
        row=event,
        fields=EVENT_FIELDS,
        values=values,
        verb=CLOSEOUT_CHANGED,
        identity={"event": event.public_id, "author": event.author.pk if event.author else None},
    )
