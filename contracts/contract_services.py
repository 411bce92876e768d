"""Making, editing, closing and deleting contracts by hand.

The single changes are `contracts.services.contract_change`'s: checked, audited and to be undone.
Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a contract that the actor
sees, else `Contract.DoesNotExist`; `ValidationError`s carry messages per field.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import conflicts
from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.conflicts import ChangedMeanwhile
from accounts.models import AuditEvent, Freelancer
from contracts.changes import plain_value
from contracts.importing.identities import folded_name
from contracts.imports.clients import clients_named
from contracts.locked_changes import contract_locked
from contracts.models import Client, Contract, Feedback
from contracts.services import CONTRACT_FIELDS, contract_change, feedback_change

CONTRACT_CREATED: Final = "contract.created"
CONTRACT_DELETED: Final = "contract.deleted"
LONGEST_CLIENT_NAME: Final = 200


class HasPayments(Exception):  # noqa: N818  # says what is in the way
    """A contract with payments goes only with the import that brought them."""


def fingerprint(values: Mapping[str, object]) -> str:
    """A short text that differs when the values do: what a form saw when it was opened."""
    return conflicts.fingerprint({name: plain_value(value) for name, value in values.items()})


def client_named(*, actor: Actor, name: str) -> Client | None:
    """The practice's client of that name, in any case, made where there is none; None for "".

    As an import finds them: in the whole practice, however it is written.
    """
    actor.require(Permission.CHANGE)
    clients, _made = clients_named(actor.practice, [name])
    return clients.get(folded_name(name))


@transaction.atomic
def contract_create(
    *,
    actor: Actor,
    freelancer: Freelancer,
    title: str,
    client_name: str = "",
    **values: object,
) -> Contract:
    """Make a contract by hand; `values` are further names of `CONTRACT_FIELDS`."""
    actor.require(Permission.CHANGE)
    if not Freelancer.objects.for_actor(actor).filter(pk=freelancer.pk).exists():
        raise PermissionDenied
    if not title.strip():
        raise ValidationError({"title": _("Give the contract its title.")})
    contract = Contract.objects.create(
        practice=actor.practice, freelancer=freelancer, title=title[:300]
    )
    audit_record(actor=actor, verb=CONTRACT_CREATED, target=contract, for_freelancer=freelancer)
    client = client_named(actor=actor, name=client_name)
    contract_change(actor=actor, contract=contract, **{"client": client, **values, "title": title})
    return contract


@transaction.atomic
def contract_edit(
    *,
    actor: Actor,
    contract: Contract,
    seen: str = "",
    client_name: str | None = None,
    **changes: object,
) -> AuditEvent | None:
    """Change what a form showed, unless it was changed since then.

    `client_name` names the client, who is made where needed. `seen` is the `fingerprint` of the
    fields (the client among them) when the form was opened; "" asks for no check. Raises
    `ChangedMeanwhile`, and then changes nothing.
    """
    row = contract_locked(actor=actor, contract=contract)
    if client_name is not None:
        changes["client"] = client_named(actor=actor, name=client_name)
    if seen and seen != fingerprint({name: getattr(row, name) for name in changes}):
        raise ChangedMeanwhile
    return contract_change(actor=actor, contract=contract, **changes)


@transaction.atomic
def feedback_edit(
    *, actor: Actor, contract: Contract, seen: str = "", **changes: object
) -> AuditEvent | None:
    """Change the client's feedback as a form showed it; else like `contract_edit`."""
    row = contract_locked(actor=actor, contract=contract)
    feedback = Feedback.objects.from_client().filter(contract=row).first() or Feedback()
    if seen and seen != fingerprint({name: getattr(feedback, name) for name in changes}):
        raise ChangedMeanwhile
    return feedback_change(actor=actor, contract=contract, **changes)


def contract_close(
    *, actor: Actor, contract: Contract, closed_on: dt.date, ended_by: str, end_reason: str = ""
) -> AuditEvent | None:
    """End a contract: from here on it has an outcome (J2)."""
    return contract_change(
        actor=actor,
        contract=contract,
        closed_on=closed_on,
        ended_by=ended_by,
        end_reason=end_reason,
    )


def contract_reopen(*, actor: Actor, contract: Contract) -> AuditEvent | None:
    """Take an end back; the feedback stays, and counts again once the contract is closed."""
    return contract_change(
        actor=actor, contract=contract, closed_on=None, ended_by="", end_reason=""
    )


@transaction.atomic
def contract_delete(*, actor: Actor, contract: Contract) -> AuditEvent:
    """Delete a contract without payments, with its feedback and log. Raises `HasPayments`.

    The audit trail keeps what it was.
    """
    row = contract_locked(actor=actor, contract=contract)
    if row.payments.exists():
        raise HasPayments
    before = {name: plain_value(getattr(row, name)) for name in sorted(CONTRACT_FIELDS)}
    rating = Feedback.objects.from_client().filter(contract=row).first()
    before["public_rating"] = plain_value(rating.public_rating) if rating else None
    event = audit_record(
        actor=actor,
        verb=CONTRACT_DELETED,
        target=row,
        for_freelancer=row.freelancer,
        before=before,
    )
    row.delete()
    return event
