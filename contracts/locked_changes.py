"""The changes of contracts and feedback themselves, on rows that are locked.

`contracts.services` wraps one of them in a transaction, `contracts.grid_saving` and
`contracts.change_groups` many at once. Everything here runs in the caller's transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from contracts.changes import changed_names, differs, plain_value, value_from_plain, values_of
from contracts.models import Contract, Feedback
from contracts.models.contracts import ContractQuerySet
from contracts.models.feedback import PART_SCORES

FEEDBACK_FIELDS: Final = (
    "public_rating",
    *PART_SCORES,
    "comment",
    "private_rating",
    "given_on",
    "changed_on",
    "rating_before_change",
)

CONTRACT_CHANGED: Final = "contract.changed"
CONTRACT_UNDONE: Final = "contract.change_undone"
FEEDBACK_CHANGED: Final = "feedback.changed"
FEEDBACK_UNDONE: Final = "feedback.change_undone"
#: What undoing such an event is called: an undone undo, a redo, is a change again.
UNDO_VERBS: Final = {
    CONTRACT_CHANGED: CONTRACT_UNDONE,
    CONTRACT_UNDONE: CONTRACT_CHANGED,
    FEEDBACK_CHANGED: FEEDBACK_UNDONE,
    FEEDBACK_UNDONE: FEEDBACK_CHANGED,
}


@dataclass(slots=True)
class LockedContract:
    """A fresh row, locked until the transaction ends, and the client's feedback to it."""

    row: Contract
    feedback: Feedback | None


def _rows_to_lock(actor: Actor, keys: Iterable[int]) -> ContractQuerySet:
    """These contracts as far as the actor sees them, to be locked when read; checks permission."""
    actor.require(Permission.CHANGE)
    # PostgreSQL locks no DISTINCT rows, and a member's are: so their keys come from a subquery.
    seen = Contract.objects.for_actor(actor).filter(pk__in=keys).values("pk")
    return (
        Contract.objects.select_for_update(of=("self",))
        .select_related("client", "freelancer")
        .filter(pk__in=seen)
    )


def contract_locked(*, actor: Actor, contract: Contract) -> Contract:
    """The row afresh, locked until the transaction ends; checks permission and scope.

    Raises `Contract.DoesNotExist` if it is not seen.
    """
    return _rows_to_lock(actor, [contract.pk]).get()


def contracts_locked(*, actor: Actor, keys: Iterable[int]) -> dict[int, LockedContract]:
    """Lock these contracts, by primary key. Raises `Contract.DoesNotExist` if one is not seen.

    In the order of their keys, so that two who lock the same rows wait for each other in turn.
    """
    wanted = set(keys)
    rows = _rows_to_lock(actor, wanted).order_by("pk")
    locked = {row.pk: LockedContract(row, None) for row in rows}
    if wanted - locked.keys():
        raise Contract.DoesNotExist
    for feedback in Feedback.objects.from_client().filter(contract__in=locked):
        locked[feedback.contract_id].feedback = feedback
    return locked


# ── Contracts ────────────────────────────────────────────────────────────────────────────────────


def contract_write(
    *, actor: Actor, row: Contract, changes: Mapping[str, object], verb: str = CONTRACT_CHANGED
) -> AuditEvent | None:
    """Write these values and their audit event; None when nothing changes.

    A cleared `closed_on` clears `ended_by` too: nobody has ended an open contract. Raises
    `ValidationError`, and then leaves the row as it was.
    """
    values = dict(changes)
    if "closed_on" in values and not values["closed_on"]:
        values.setdefault("ended_by", "")
    before = values_of(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        _contract_clean(actor, row, values, before)
    except ValidationError:
        for name, value in before.items():
            setattr(row, name, value)
        raise
    names = changed_names(before, values_of(row, values))
    if not names:
        return None
    row.save(update_fields=[*names, "changed_at"])
    return _record(actor, row, verb, before, values_of(row, names))


def _contract_clean(
    actor: Actor, row: Contract, changes: Mapping[str, object], before: Mapping[str, object]
) -> None:
    """Check the changed fields, and what they say together with the others."""
    others = {field.name for field in row._meta.fields} - changes.keys()
    errors: dict[str, Any] = {}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        errors = error.update_error_dict(errors)
    if "client" in changes and row.client and row.client.practice_id != actor.practice.pk:
        errors["client"] = [_("Choose a client of this practice.")]
    if not errors:
        errors = {
            name: [text] for name, text in _contradictions(row, changes, before) if name in changes
        }
    if errors:
        raise ValidationError(errors)


def _contradictions(
    row: Contract, changes: Mapping[str, object], before: Mapping[str, object]
) -> Iterable[tuple[str, str]]:
    """What the database would refuse too, in words, with the changed field that is at fault."""
    if row.closed_on and row.started_on and row.closed_on < row.started_on:
        at_fault = "closed_on" if "closed_on" in changes else "started_on"
        yield at_fault, _("A contract cannot close before it starts.")
    elif (
        # An imported log may name such a day; whoever changes something else is not held up by it.
        row.closed_on
        and row.closed_on != before.get("closed_on")
        and row.closed_on > timezone.localdate()
    ):
        yield "closed_on", _("This day is still to come: a contract closes on a past day.")
    if problem := _impossible_delivery(row, changes):
        yield "delivered_on", problem
    elif row.closed_on and row.delivered_on and row.closed_on < row.delivered_on:
        yield "closed_on", _("The delivery is entered for a later day: correct that one first.")
    if row.ended_by and not row.closed_on:
        yield "ended_by", _("Nobody has ended an open contract: enter the closing date first.")
    if row.hours is not None and row.hours < 0:
        yield "hours", _("Hours cannot be below 0.")
    if row.upwork_contract_id and "upwork_contract_id" in changes and _has_namesake(row):
        yield (
            "upwork_contract_id",
            _("Another contract of this freelancer has this Upwork contract id."),
        )


def _impossible_delivery(row: Contract, changes: Mapping[str, object]) -> str:
    delivered = row.delivered_on
    if delivered is None or "delivered_on" not in changes:
        return ""
    if delivered > timezone.localdate():
        return _("This day is still to come: enter the delivery once it is done.")
    if row.started_on and delivered < row.started_on:
        return _("A contract cannot be delivered before it starts.")
    if row.closed_on and delivered > row.closed_on:
        return _("A contract cannot be delivered after it was closed.")
    return ""


def _has_namesake(row: Contract) -> bool:
    same = Contract.objects.filter(
        freelancer=row.freelancer_id, upwork_contract_id=row.upwork_contract_id
    )
    return same.exclude(pk=row.pk).exists()


# ── Feedback ─────────────────────────────────────────────────────────────────────────────────────


def feedback_write(
    *,
    actor: Actor,
    contract: LockedContract,
    changes: Mapping[str, object],
    verb: str = FEEDBACK_CHANGED,
) -> AuditEvent | None:
    """Write these values of `FEEDBACK_FIELDS`; a `public_rating` of None deletes the feedback.

    Raises `ValidationError`, and then leaves the row as it was.
    """
    before = values_of(contract.feedback, FEEDBACK_FIELDS)
    row = contract.feedback or Feedback(practice=actor.practice, contract=contract.row)
    for name, value in changes.items():
        setattr(row, name, "" if name == "comment" and value is None else value)
    gone = row.public_rating is None
    try:
        if not gone:
            others = {field.name for field in row._meta.fields} - set(FEEDBACK_FIELDS)
            row.clean_fields(exclude=others)
    except ValidationError:
        for name, value in before.items():
            setattr(row, name, value)
        raise
    after = values_of(None if gone else row, FEEDBACK_FIELDS)
    names = changed_names(before, after)
    if not names:
        return None
    if gone:
        row.delete()
    else:
        row.save()
    contract.feedback = None if gone else row
    return _record(actor, contract.row, verb, before, {name: after[name] for name in names})


def rating_kept(feedback: Feedback | None, changes: Mapping[str, object]) -> dict[str, object]:
    """Return what another rating keeps of the former one (J9)."""
    rating = changes.get("public_rating")
    if feedback is None or rating is None or rating == feedback.public_rating:
        return {}
    return {
        "rating_before_change": feedback.public_rating,
        "changed_on": timezone.localdate(),
    }


def _record(
    actor: Actor,
    contract: Contract,
    verb: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> AuditEvent:
    return audit_record(
        actor=actor,
        verb=verb,
        target=contract,
        for_freelancer=contract.freelancer,
        before={name: plain_value(before[name]) for name in after},
        after={name: plain_value(value) for name, value in after.items()},
    )


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


def change_take_back(*, actor: Actor, contract: LockedContract, change: AuditEvent) -> AuditEvent:
    """Put back what the change replaced; return the undo's own event, for a redo.

    Raises `ChangedSince` when a value is no longer the one that the change left.
    """
    try:
        if change.verb in (CONTRACT_CHANGED, CONTRACT_UNDONE):
            undone = _contract_take_back(actor, contract.row, change)
        else:
            undone = _feedback_take_back(actor, contract, change)
    except ValidationError as error:  # such as a start that was moved behind the old closing date
        raise ChangedSince(" ".join(error.messages)) from error
    if undone is None:
        raise _changed_since(change)
    return undone


def _contract_take_back(actor: Actor, row: Contract, change: AuditEvent) -> AuditEvent | None:
    if any(differs(Contract, name, getattr(row, name), was) for name, was in change.after.items()):
        raise _changed_since(change)
    return contract_write(
        actor=actor, row=row, changes=_restored(Contract, change), verb=UNDO_VERBS[change.verb]
    )


def _feedback_take_back(
    actor: Actor, contract: LockedContract, change: AuditEvent
) -> AuditEvent | None:
    expected = dict(change.after)
    if change.before.get("public_rating", "") is None:
        # The undo deletes the row: nothing may have been added to it that the trail does not hold.
        expected = dict.fromkeys(FEEDBACK_FIELDS) | expected
    now = values_of(contract.feedback, FEEDBACK_FIELDS)
    if any(differs(Feedback, name, now[name], was) for name, was in expected.items()):
        raise _changed_since(change)
    return feedback_write(
        actor=actor,
        contract=contract,
        changes=_restored(Feedback, change),
        verb=UNDO_VERBS[change.verb],
    )


def _restored(model: type[Contract | Feedback], change: AuditEvent) -> dict[str, object]:
    return {name: value_from_plain(model, name, was) for name, was in change.before.items()}


def _changed_since(change: AuditEvent) -> ChangedSince:
    return ChangedSince(
        _("“%(title)s” was changed again since then, so this was not undone.")
        % {"title": change.target_label}
    )
