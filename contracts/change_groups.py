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
from contracts.models import Contract
from contracts.services import CONTRACT_UNDONE, FEEDBACK_UNDONE, change_undo_with_event

GROUP_CHANGED: Final = "contracts.changed"
GROUP_UNDONE: Final = "contracts.change_undone"


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
    group = (
        AuditEvent.objects.for_actor(actor)
        .filter(public_id=event_id, verb__in=(GROUP_CHANGED, GROUP_UNDONE))
        .first()
    )
    if group is None:
        undone, contract = change_undo_with_event(actor=actor, event=event_id)
        return undone, [contract]
    # Newest first: what was written last on a contract is taken back first.
    undone_each = [
        change_undo_with_event(actor=actor, event=one) for one in reversed(group.after["events"])
    ]
    undo = change_group_record(
        actor=actor,
        events=[event for event, _row in undone_each],
        verb=GROUP_CHANGED if group.verb == GROUP_UNDONE else GROUP_UNDONE,
    )
    if undo is None:
        raise AuditEvent.DoesNotExist
    return undo, [row for _event, row in undone_each]


def is_undo(event: AuditEvent) -> bool:
    """Whether undoing the event would be a redo."""
    return event.verb in (GROUP_UNDONE, CONTRACT_UNDONE, FEEDBACK_UNDONE)


def change_count(event: AuditEvent) -> int:
    """How many changes an event stands for."""
    return len(event.after["events"]) if event.verb in (GROUP_CHANGED, GROUP_UNDONE) else 1
