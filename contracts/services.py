"""Changes to one contract and to its client's feedback, each audited and each to be undone.

An undo is a change like any other: it is written down and can be undone in its turn (a redo).
Every service needs `Permission.CHANGE` (else `PermissionDenied`) and a contract that the actor
sees (else `Contract.DoesNotExist`); it works on a fresh row under a lock, in one transaction, and
brings the instance that was handed in up to date.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import AuditEvent
from contracts.changes import changed_names, differs, plain_value, value_from_plain, values_of
from contracts.models import Contract, Feedback
from contracts.models.feedback import PART_SCORES

CONTRACT_FIELDS: Final = frozenset(
    {
        "client",
        "title",
        "kind",
        "upwork_contract_id",
        "under_agency",
        "started_on",
        "delivered_on",
        "closed_on",
        "ended_by",
        "end_reason",
        "currency",
        "rate",
        "hours",
        "earned",
        "fees",
        "client_flagged",
        "feedback_removed",
        "notes",
    }
)
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
_UNDOABLE: Final = (CONTRACT_CHANGED, CONTRACT_UNDONE, FEEDBACK_CHANGED, FEEDBACK_UNDONE)

#: The database's constraints in words: the fields that may be at fault, the message.
_CONSTRAINTS: Final[dict[str, tuple[tuple[str, ...], Promise]]] = {
    "contracts_contract_closes_after_start": (
        ("closed_on", "started_on"),
        gettext_lazy("A contract cannot close before it starts."),
    ),
    "contracts_contract_open_has_no_end": (
        ("ended_by", "closed_on"),
        gettext_lazy("Nobody has ended an open contract: enter the closing date first."),
    ),
    "contracts_contract_hours_not_negative": (
        ("hours",),
        gettext_lazy("Hours cannot be below 0."),
    ),
    "contracts_contract_upwork_id_once": (
        ("upwork_contract_id",),
        gettext_lazy("Another contract of this freelancer has this Upwork contract id."),
    ),
}


class ChangedSince(Exception):  # noqa: N818  # says what happened, and the page shows its words
    """An undo would overwrite something newer. `str()` is a sentence for the user."""


def contract_locked(*, actor: Actor, contract: Contract) -> Contract:
    """Return the row afresh, locked until the caller's transaction ends."""
    actor.require(Permission.CHANGE)
    # PostgreSQL locks no DISTINCT rows, and a member's are: so their keys come from a subquery.
    seen = Contract.objects.for_actor(actor).filter(pk=contract.pk).values("pk")
    return (
        Contract.objects.select_for_update(of=("self",))
        .select_related("client", "freelancer")
        .get(pk__in=seen)
    )


@transaction.atomic
def contract_change(*, actor: Actor, contract: Contract, **changes: object) -> AuditEvent | None:
    """Change fields of a contract; None when they all are as given already.

    `changes` are names of `CONTRACT_FIELDS` with their new values. A cleared `closed_on` clears
    `ended_by` too: nobody has ended an open contract. Raises `ValidationError` with messages per
    field, and then changes nothing.
    """
    row = contract_locked(actor=actor, contract=contract)
    if unknown := changes.keys() - CONTRACT_FIELDS:
        raise TypeError(f"Not to be changed here: {', '.join(sorted(unknown))}.")
    if "closed_on" in changes and not changes["closed_on"]:
        changes.setdefault("ended_by", "")
    event = _contract_write(actor, row, changes, CONTRACT_CHANGED)
    _bring_up_to_date(contract, row, changes)
    return event


@transaction.atomic
def feedback_change(*, actor: Actor, contract: Contract, **changes: object) -> AuditEvent | None:
    """Change the client's feedback; None when nothing changes.

    `changes` are names of `FEEDBACK_FIELDS`. `public_rating=None` deletes the feedback. Another
    rating than before keeps the former one and the date of the change (J9), unless the caller
    names them. Raises `ValidationError` with messages per field.
    """
    row = contract_locked(actor=actor, contract=contract)
    if unknown := changes.keys() - set(FEEDBACK_FIELDS):
        raise TypeError(f"Not a field of feedback: {', '.join(sorted(unknown))}.")
    feedback = _feedback_of(row)
    deletes = "public_rating" in changes and changes["public_rating"] is None
    values = _without_feedback() if deletes else {**_kept_rating(feedback, changes), **changes}
    return _feedback_write(actor, row, feedback, values, FEEDBACK_CHANGED)


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
    _event, contract = change_undo_with_event(actor=actor, event=event)
    return contract


@transaction.atomic
def change_undo_with_event(*, actor: Actor, event: AuditEvent | str) -> tuple[AuditEvent, Contract]:
    """Do what `change_undo` does; return the undo's own audit event too, for a redo."""
    actor.require(Permission.CHANGE)
    public_id = event if isinstance(event, str) else event.public_id
    change = AuditEvent.objects.for_actor(actor).get(public_id=public_id, verb__in=_UNDOABLE)
    contract = Contract.objects.for_actor(actor).get(public_id=change.target_id)
    row = contract_locked(actor=actor, contract=contract)
    undo = _contract_undo if change.verb in (CONTRACT_CHANGED, CONTRACT_UNDONE) else _feedback_undo
    undone = undo(actor, row, change)
    if undone is None:
        raise ChangedSince(_("This is undone already."))
    return undone, row


# ── Contracts ────────────────────────────────────────────────────────────────────────────────────


def _contract_write(
    actor: Actor, row: Contract, changes: Mapping[str, object], verb: str
) -> AuditEvent | None:
    before = values_of(row, changes)
    for name, value in changes.items():
        setattr(row, name, value)
    _contract_clean(actor, row, changes)
    after = values_of(row, changes)
    names = changed_names(before, after)
    if not names:
        return None
    row.save(update_fields=[*names, "changed_at"])
    return audit_record(
        actor=actor,
        verb=verb,
        target=row,
        for_freelancer=row.freelancer,
        before={name: plain_value(before[name]) for name in names},
        after={name: plain_value(after[name]) for name in names},
    )


def _contract_clean(actor: Actor, row: Contract, changes: Mapping[str, object]) -> None:
    """Check the changed fields and the constraints that name one of them."""
    others = {field.name for field in row._meta.fields} - changes.keys()
    errors: dict[str, Any] = {}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        errors = error.update_error_dict(errors)
    if "client" in changes and row.client and row.client.practice_id != actor.practice.pk:
        errors["client"] = [_("Choose a client of this practice.")]
    closed_on = row.closed_on if "closed_on" in changes and not errors else None
    if closed_on and closed_on > timezone.localdate():
        errors["closed_on"] = [_("This day is still to come: a contract closes on a past day.")]
    if not errors:
        errors = _violated_constraints(row, changes)
    if errors:
        raise ValidationError(errors)


def _violated_constraints(row: Contract, changes: Mapping[str, object]) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for constraint in row._meta.constraints:
        fields, message = _CONSTRAINTS.get(constraint.name, ((), ""))
        at_fault = next((name for name in fields if name in changes), None)
        if at_fault is None:
            continue
        try:
            constraint.validate(Contract, row)
        except ValidationError:
            errors.setdefault(at_fault or NON_FIELD_ERRORS, []).append(str(message))
    return errors


def _bring_up_to_date(contract: Contract, row: Contract, changes: Mapping[str, object]) -> None:
    for name in changes:
        setattr(contract, name, getattr(row, name))


def _contract_undo(actor: Actor, row: Contract, change: AuditEvent) -> AuditEvent | None:
    if any(differs(Contract, name, getattr(row, name), was) for name, was in change.after.items()):
        raise _changed_since(change)
    restored = {name: value_from_plain(Contract, name, was) for name, was in change.before.items()}
    try:
        return _contract_write(actor, row, restored, _undo_verb(change))
    except ValidationError as error:  # such as a start that was moved behind the old closing date
        raise ChangedSince(" ".join(error.messages)) from error


def _undo_verb(change: AuditEvent) -> str:
    """An undone undo, a redo, is a change again."""
    return {
        CONTRACT_CHANGED: CONTRACT_UNDONE,
        CONTRACT_UNDONE: CONTRACT_CHANGED,
        FEEDBACK_CHANGED: FEEDBACK_UNDONE,
        FEEDBACK_UNDONE: FEEDBACK_CHANGED,
    }[change.verb]


def _changed_since(change: AuditEvent) -> ChangedSince:
    return ChangedSince(
        _("“%(title)s” was changed again since then, so this was not undone.")
        % {"title": change.target_label}
    )


# ── Feedback ─────────────────────────────────────────────────────────────────────────────────────


def _feedback_of(contract: Contract) -> Feedback | None:
    return Feedback.objects.from_client().filter(contract=contract).first()


def _without_feedback() -> dict[str, object]:
    return dict.fromkeys(FEEDBACK_FIELDS)


def _kept_rating(feedback: Feedback | None, changes: Mapping[str, object]) -> dict[str, object]:
    """Return what another rating keeps of the former one (J9)."""
    rating = changes.get("public_rating")
    if feedback is None or rating is None or rating == feedback.public_rating:
        return {}
    return {
        "rating_before_change": feedback.public_rating,
        "changed_on": timezone.localdate(),
    }


def _feedback_write(
    actor: Actor,
    contract: Contract,
    feedback: Feedback | None,
    values: Mapping[str, object],
    verb: str,
) -> AuditEvent | None:
    """Write these values; a `public_rating` of None deletes the row, which then has no values."""
    before = values_of(feedback, FEEDBACK_FIELDS)
    row = feedback or Feedback(practice=actor.practice, contract=contract)
    for name, value in values.items():
        setattr(row, name, "" if name == "comment" and value is None else value)
    gone = row.public_rating is None
    if not gone:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(FEEDBACK_FIELDS))
    after = values_of(None if gone else row, FEEDBACK_FIELDS)
    names = changed_names(before, after)
    if not names:
        return None
    if not gone:
        row.save()
    elif feedback:
        feedback.delete()
    return audit_record(
        actor=actor,
        verb=verb,
        target=contract,
        for_freelancer=contract.freelancer,
        before={name: plain_value(before[name]) for name in names},
        after={name: plain_value(after[name]) for name in names},
    )


def _feedback_undo(actor: Actor, row: Contract, change: AuditEvent) -> AuditEvent | None:
    feedback = _feedback_of(row)
    now = values_of(feedback, FEEDBACK_FIELDS)
    expected = dict(change.after)
    if change.before.get("public_rating", "") is None:
        # The undo deletes the row: nothing may have been added to it that the trail does not hold.
        expected = {**_without_feedback(), **expected}
    if any(differs(Feedback, name, now[name], was) for name, was in expected.items()):
        raise _changed_since(change)
    restored = {name: value_from_plain(Feedback, name, was) for name, was in change.before.items()}
    return _feedback_write(actor, row, feedback, restored, _undo_verb(change))
