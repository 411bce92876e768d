"""Many changes that were one act (a pasted block, a page of guesses) are one step to undo.

Each change keeps its own audit event on its own contract, where its history looks for it. An event
of the practice names them all, and undoing that one undoes each of them, or none.
"""

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import AuditEvent
from contracts.locked_changes import (
    CONTRACT_UNDONE,
    FEEDBACK_UNDONE,
    UNDO_VERBS,
    change_take_back,
    contracts_locked,
)
from contracts.models import Contract

GROUP_CHANGED: Final = "contracts.changed"
GROUP_UNDONE: Final = "contracts.change_undone"
_GROUPS: Final = (GROUP_CHANGED, GROUP_UNDONE)
UNDOABLE: Final = (*_GROUPS, *UNDO_VERBS)


@transaction.atomic
def change_group_record(
    *, actor: Actor, events: Sequence[AuditEvent], verb: str = GROUP_CHANGED
) -> AuditEvent | None:
    """Return the one event that stands for all of these; None for none of them."""
    actor.require(Permission.CHANGE)
    if len(events) < 2:
        return next(iter(events), None)
    freelancers = {event.for_freelancer for event in events}
    return audit_record(
        actor=actor,
        verb=verb,
        target=actor.practice,
        # A member sees events of one freelancer only, and changes only that one's contracts.
        for_freelancer=freelancers.pop() if len(freelancers) == 1 else None,
        after={"events": [event.public_id for event in events]},
    )


@transaction.atomic
def change_group_undo(*, actor: Actor, event_id: str) -> tuple[AuditEvent, list[Contract]]:
    """Undo a change or a group of them; return the undo's own event, for a redo, and what changed.

    Raises `ChangedSince` when one of the values is no longer the one that was left, and then undoes
    nothing; `AuditEvent.DoesNotExist` for what cannot be undone here.
    """
    actor.require(Permission.CHANGE)
    event = AuditEvent.objects.for_actor(actor).get(public_id=event_id, verb__in=UNDOABLE)
    changes = _changes_of(actor, event)
    contracts = Contract.objects.for_actor(actor).filter(
        public_id__in={change.target_id for change in changes}
    )
    keys = {contract.public_id: contract.pk for contract in contracts}
    locked = contracts_locked(actor=actor, keys=keys.values())
    if any(change.target_id not in keys for change in changes):
        raise Contract.DoesNotExist
    undone = [
        change_take_back(actor=actor, contract=locked[keys[change.target_id]], change=change)
        for change in changes
    ]
    verb = GROUP_CHANGED if is_undo(event) else GROUP_UNDONE
    undo = change_group_record(actor=actor, events=undone, verb=verb)
    if undo is None:
        raise AuditEvent.DoesNotExist
    return undo, [contract.row for contract in locked.values()]


def _changes_of(actor: Actor, event: AuditEvent) -> list[AuditEvent]:
    """The single changes, newest first: what was written last is taken back first."""
    if event.verb not in _GROUPS:
        return [event]
    events = AuditEvent.objects.for_actor(actor)
    return list(events.filter(public_id__in=event.after["events"]).order_by("-pk"))


def is_undo(event: AuditEvent) -> bool:
    """Whether undoing the event would be a redo."""
    return event.verb in (GROUP_UNDONE, CONTRACT_UNDONE, FEEDBACK_UNDONE)


def change_count(event: AuditEvent) -> int:
    """How many changes an event stands for."""
    return len(event.after["events"]) if event.verb in _GROUPS else 1
