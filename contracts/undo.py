"""Undoing any change of a contract, of its feedback and of its log, by its audit event."""

from django.db import transaction

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.closeout.services import CLOSEOUT_CHANGED, closeout_undo
from contracts.locked_changes import contract_locked
from contracts.log_services import GIVEN_CHANGED, LOG_CHANGED, given_undo, log_undo
from contracts.models import Contract
from contracts.services import (
    CONTRACT_CHANGED,
    CONTRACT_UNDONE,
    FEEDBACK_CHANGED,
    FEEDBACK_UNDONE,
    change_undo,
)

# What undoes a change of the rows that hang on a contract.
HANGING = {
    LOG_CHANGED: log_undo,
    GIVEN_CHANGED: given_undo,
    CLOSEOUT_CHANGED: closeout_undo,
}
UNDOABLE = frozenset(
    {CONTRACT_CHANGED, CONTRACT_UNDONE, FEEDBACK_CHANGED, FEEDBACK_UNDONE, *HANGING}
)


def undoable_event(*, actor: Actor, public_id: str) -> AuditEvent:
    """The change that the actor may see and undo; raises `AuditEvent.DoesNotExist`."""
    return AuditEvent.objects.for_actor(actor).get(public_id=public_id, verb__in=UNDOABLE)


@transaction.atomic
def event_undo(*, actor: Actor, event: AuditEvent) -> Contract:
    """Put back what the change replaced; returns the contract.

    Raises `ChangedSince` when something newer would be overwritten, `Contract.DoesNotExist` when
    the contract is gone, `PermissionDenied` without `Permission.CHANGE`.
    """
    undo = HANGING.get(event.verb)
    if undo is None:
        return change_undo(actor=actor, event=event)
    contract = Contract.objects.for_actor(actor).get(public_id=event.target_id)
    row = contract_locked(actor=actor, contract=contract)
    undo(actor, row, event)
    return row
