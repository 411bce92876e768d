"""Changes to one contract and to its client's feedback, each audited and each to be undone.

An undo is a change like any other: it is written down and can be undone in its turn (a redo).
Every service needs `Permission.CHANGE` (else `PermissionDenied`) and a contract that the actor
sees (else `Contract.DoesNotExist`); it works on a fresh row under a lock, in one transaction, and
brings the instance that was handed in up to date.
"""

from decimal import Decimal
from typing import Final

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from contracts.locked_changes import (
    CONTRACT_CHANGED,
    CONTRACT_UNDONE,
    FEEDBACK_CHANGED,
    FEEDBACK_FIELDS,
    FEEDBACK_UNDONE,
    UNDO_VERBS,
    change_take_back,
    contract_write,
    contracts_locked,
    feedback_write,
    rating_kept,
)
from contracts.models import Contract

__all__ = [
    "CONTRACT_CHANGED",
    "CONTRACT_FIELDS",
    "CONTRACT_UNDONE",
    "FEEDBACK_CHANGED",
    "FEEDBACK_FIELDS",
    "FEEDBACK_UNDONE",
    "ChangedSince",
    "change_undo",
    "contract_change",
    "feedback_change",
    "rating_set",
]

CONTRACT_FIELDS: Final = frozenset(
    {
        "client",
        "title",
        "kind",
        "upwork_contract_id",
        "under_agency",
        "started_on",
        "delivered_on",
        "delivered_what",
        "closed_on",
        "ended_by",
        "end_reason",
        "currency",
        "rate",
        "hours",
        "earned",
        "fees",
        "escrow",
        "last_milestone_on",
        "client_flagged",
        "feedback_removed",
        "notes",
    }
)


@transaction.atomic
def contract_change(*, actor: Actor, contract: Contract, **changes: object) -> AuditEvent | None:
    """Change fields of a contract; None when they all are as given already.

    `changes` are names of `CONTRACT_FIELDS` with their new values. A cleared `closed_on` clears
    `ended_by` too: nobody has ended an open contract. Raises `ValidationError` with messages per
    field, and then changes nothing.
    """
    row = contracts_locked(actor=actor, keys=[contract.pk])[contract.pk].row
    if unknown := changes.keys() - CONTRACT_FIELDS:
        raise TypeError(f"Not to be changed here: {', '.join(sorted(unknown))}.")
    event = contract_write(actor=actor, row=row, changes=changes)
    for name in [*changes, "ended_by", "status"]:
        setattr(contract, name, getattr(row, name))
    return event


@transaction.atomic
def feedback_change(*, actor: Actor, contract: Contract, **changes: object) -> AuditEvent | None:
    """Change the client's feedback; None when nothing changes.

    `changes` are names of `FEEDBACK_FIELDS`. `public_rating=None` deletes the feedback. Another
    rating than before keeps the former one and the date of the change (J9), unless the caller
    names them. Raises `ValidationError` with messages per field.
    """
    locked = contracts_locked(actor=actor, keys=[contract.pk])[contract.pk]
    if unknown := changes.keys() - set(FEEDBACK_FIELDS):
        raise TypeError(f"Not a field of feedback: {', '.join(sorted(unknown))}.")
    values = rating_kept(locked.feedback, changes) | changes
    return feedback_write(actor=actor, contract=locked, changes=values)


def rating_set(*, actor: Actor, contract: Contract, rating: Decimal | None) -> AuditEvent | None:
    """Set the client's public rating, 1.00 to 5.00; None takes the feedback away.

    Returns None when nothing changes. Raises `ValidationError` about `public_rating`.
    """
    return feedback_change(actor=actor, contract=contract, public_rating=rating)


@transaction.atomic
def change_undo(*, actor: Actor, event: AuditEvent | str) -> Contract:
    """Put back what a change of a contract or of its feedback replaced; return the contract.

    `event` is the change's audit event or its public id. Raises `ChangedSince` when a value is no
    longer the one that the change left, `AuditEvent.DoesNotExist` for what cannot be undone here.
    """
    actor.require(Permission.CHANGE)
    public_id = event if isinstance(event, str) else event.public_id
    change = AuditEvent.objects.for_actor(actor).get(public_id=public_id, verb__in=UNDO_VERBS)
    contract = Contract.objects.for_actor(actor).get(public_id=change.target_id)
    locked = contracts_locked(actor=actor, keys=[contract.pk])[contract.pk]
    change_take_back(actor=actor, contract=locked, change=change)
    return locked.row
