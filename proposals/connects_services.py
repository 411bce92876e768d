"""Keeping the ledger of connects (B6, B10), and taking back what was kept.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a freelancer or an entry that
the actor sees, else `DoesNotExist`. Expiry is never an entry: it is worked out.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.conflicts import ChangedSince
from accounts.formats import day as day_words
from accounts.formats import number
from accounts.models import AuditEvent, Freelancer
from proposals.connects import (
    SPENT,
    Day,
    Entry,
    Kind,
    correction_for,
    ledger_of,
    newly_short,
)
from proposals.connects_selectors import ledger_of_freelancer
from proposals.models import ConnectsEntry, Proposal

ADDED: Final = "connects.added"
REMOVED: Final = "connects.removed"
TAKEN_BACK: Final = "connects.taken_back"
PUT_BACK: Final = "connects.put_back"
UNDOABLE: Final = (ADDED, REMOVED)
_FIELDS: Final = ("kind", "amount", "happened_on", "cost", "note", "source", "external_id")


class FallsShort(ValidationError):  # noqa: N818  # says what happens, and the page shows its words
    """More would be spent than there was; `day` is the first one on which that is so."""

    def __init__(self, words: str, day: Day) -> None:
        super().__init__(words)
        self.day = day


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of rows from elsewhere; `event` undoes them all, None where nothing is new."""

    new: int
    same: int
    alike: tuple[str, ...]
    """The external ids of those that look like what is there already, and so were left out."""
    event: AuditEvent | None


@transaction.atomic
def entry_add(
    *,
    actor: Actor,
    freelancer: Freelancer,
    kind: Kind,
    amount: int,
    happened_on: dt.date,
    cost: Decimal | None = None,
    note: str = "",
    had: int | None = None,
) -> AuditEvent:
    """Note one movement; `amount` is how many, and the kind says which way.

    Raises `FallsShort` where the balance would go below zero on any day. `had` says how many there
    were before it on that day: a correction to that number is noted along with it.
    """
    owner = owner_locked(actor, freelancer)
    today = timezone.localdate()
    if happened_on > today:
        raise ValidationError(_("That day is still to come."))
    ledger = ledger_of_freelancer(actor, owner, as_of=today)
    entries, rows = list(ledger.entries), []
    if had is not None:
        then = ledger_of(entries, as_of=happened_on)
        if correction := correction_for(then, happened_on, had):
            rows.append(_row(actor, owner, Kind.CORRECTION, correction, happened_on))
            entries.append(Entry(happened_on, correction, Kind.CORRECTION))
    signed = -amount if kind in SPENT else amount
    cost = cost if kind is Kind.PURCHASE else None
    entries.append(Entry(happened_on, signed, kind, cost))
    if short := newly_short(ledger, ledger_of(entries, as_of=today)):
        raise FallsShort(_short_words(short, happened_on, amount), short)
    rows.append(_row(actor, owner, kind, signed, happened_on, cost=cost, note=note))
    return entries_keep(actor, owner, rows)


@transaction.atomic
def balance_correct(
    *, actor: Actor, freelancer: Freelancer, balance: int, on: dt.date
) -> AuditEvent | None:
    """Say how many connects there were in the evening of a day; None where the ledger says so."""
    owner = owner_locked(actor, freelancer)
    if on > timezone.localdate():
        raise ValidationError(_("That day is still to come."))
    amount = correction_for(ledger_of_freelancer(actor, owner, as_of=on), on, balance)
    if not amount:
        return None
    return entries_keep(actor, owner, [_row(actor, owner, Kind.CORRECTION, amount, on)])


@transaction.atomic
def entry_remove(*, actor: Actor, entry: ConnectsEntry) -> AuditEvent:
    """Take an entry out; `change_undo` of what is returned puts it back.

    What a later spend took may then be missing, which the ledger says. Raises `ValidationError`
    for what stands with a proposal: it goes when the proposal says so.
    """
    actor.require(Permission.CHANGE)
    rows = ConnectsEntry.objects.for_actor(actor).select_related("freelancer", "proposal")
    row = rows.select_for_update(of=("self",)).get(pk=entry.pk)
    if stands_with_proposal(row):
        words = _("It stands with the proposal “%(title)s”: change its connects there.")
        raise ValidationError(words % {"title": row.proposal.title if row.proposal else ""})
    event = audit_record(
        actor=actor,
        verb=REMOVED,
        target=row,
        for_freelancer=row.freelancer,
        before={
            **{name: getattr(row, name) for name in _FIELDS},
            "proposal": row.proposal.public_id if row.proposal else "",
        },
    )
    row.delete()
    return event


@transaction.atomic
def change_undo(*, actor: Actor, event: AuditEvent) -> Freelancer:
    """Put back what was removed, or take out what was added; returns whose ledger it is.

    Raises `ChangedSince` where that happened already.
    """
    if event.for_freelancer_id is None:
        raise Freelancer.DoesNotExist
    owner = owner_locked(actor, Freelancer(pk=event.for_freelancer_id))
    if event.verb == REMOVED:
        _put_back(actor, owner, event)
        return owner
    ids = event.after.get("entries", [])
    rows = ConnectsEntry.objects.for_actor(actor).filter(freelancer=owner, public_id__in=ids)
    taken, _by_model = rows.delete()
    if not taken:
        raise ChangedSince(_("That is gone already."))
    before = {"entries": ids}
    audit_record(actor=actor, verb=TAKEN_BACK, target=owner, for_freelancer=owner, before=before)
    return owner


def owner_locked(actor: Actor, freelancer: Freelancer) -> Freelancer:
    """The freelancer, whose ledger nobody else changes meanwhile."""
    actor.require(Permission.CHANGE)
    return Freelancer.objects.for_actor(actor).select_for_update().get(pk=freelancer.pk)


def entries_keep(actor: Actor, owner: Freelancer, rows: Sequence[ConnectsEntry]) -> AuditEvent:
    """Store new rows, with one event that undoes them all."""
    ConnectsEntry.objects.bulk_create(rows)
    return audit_record(
        actor=actor,
        verb=ADDED,
        target=owner,
        for_freelancer=owner,
        after={
            "connects": sum(row.amount for row in rows),
            "entries": [row.public_id for row in rows],
        },
    )


def stands_with_proposal(entry: ConnectsEntry) -> bool:
    """Whether it is kept in step with a proposal that is still in the funnel."""
    proposal = entry.proposal
    is_kept = proposal is not None and proposal.removed_at is None
    return is_kept and entry.source == "proposal" and entry.amount < 0


def _put_back(actor: Actor, owner: Freelancer, event: AuditEvent) -> None:
    was = dict(event.before)
    rows = ConnectsEntry.objects.for_actor(actor).filter(freelancer=owner)
    key = {"source": was["source"], "external_id": was["external_id"]}
    is_there = rows.filter(public_id=event.target_id).exists()
    if is_there or (key["external_id"] and rows.filter(**key).exists()):
        raise ChangedSince(_("That is back already."))
    public_id = was.pop("proposal")
    proposal = Proposal.objects.for_actor(actor).filter(public_id=public_id).first()
    values: dict[str, Any] = was | {
        "happened_on": dt.date.fromisoformat(was["happened_on"]),
        "cost": None if was["cost"] is None else Decimal(was["cost"]),
    }
    row = ConnectsEntry.objects.create(
        practice=actor.practice,
        freelancer=owner,
        public_id=event.target_id,
        proposal=proposal,
        **values,
    )
    audit_record(actor=actor, verb=PUT_BACK, target=row, for_freelancer=owner, after=was)


def _row(
    actor: Actor,
    owner: Freelancer,
    kind: Kind,
    amount: int,
    day: dt.date,
    *,
    cost: Decimal | None = None,
    note: str = "",
) -> ConnectsEntry:
    return ConnectsEntry(
        practice=actor.practice,
        freelancer=owner,
        kind=kind.value,
        amount=amount,
        happened_on=day,
        cost=cost,
        note=note,
    )


def _short_words(short: Day, happened_on: dt.date, amount: int) -> str:
    params = {
        "day": day_words(short.day),
        "amount": number(amount),
        "missing": number(short.missing),
    }
    if short.day == happened_on:
        words = _(
            "By this ledger you did not have %(amount)s connects on %(day)s: %(missing)s are "
            "missing."
        )
    else:
        words = _("Then %(missing)s connects would be missing for what was spent on %(day)s.")
    return words % params
