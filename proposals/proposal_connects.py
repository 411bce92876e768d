"""What a proposal costs in connects, kept in step with it (B6, B10).

A draft costs nothing, nor does the answer to an invitation. A sent proposal costs its connects and
its boost on the day on which it was sent, whatever becomes of it: neither a rejection nor a
withdrawal brings them back. They come back when the client cancels the job before any contract, or
the job is taken down.
"""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.models import Freelancer
from proposals.connects import Kind
from proposals.connects_services import ADDED, owner_locked
from proposals.funnel import Stage
from proposals.models import ConnectsEntry, Proposal

PROPOSAL: Final = "proposal"
"""The source of entries that follow a proposal."""
COSTS: Final = frozenset({"connects", "boost", "is_invitation"})
"""The fields of a proposal that say what it costs."""


@transaction.atomic
def proposal_spend_record(*, actor: Actor, proposal: Proposal) -> None:
    """Bring the ledger in step with a proposal that was just sent, changed or moved.

    The ledger never stands in a proposal's way: what it does not know of shows as missing there.
    An entry of the same day, amount and job that was pasted before is taken as the proposal's own,
    and stays as Upwork has it.
    """
    owner = owner_locked(actor, Freelancer(pk=proposal.freelancer_id))
    linked = list(ConnectsEntry.objects.for_actor(actor).filter(proposal=proposal))
    if proposal.stage == Stage.DRAFT:
        _let_go(linked)
        return
    day = timezone.localdate(proposal.sent_at)
    spent = 0
    for kind, amount in _costs(proposal).items():
        own = [row for row in linked if row.kind == kind]
        spent += _in_step(actor, owner, proposal, own, kind=kind, amount=amount, day=day)
    for row in linked:
        if row.kind == Kind.REFUND and row.source == PROPOSAL and row.amount != spent:
            _set_amount(row, spent)


@transaction.atomic
def proposal_refund(
    *, actor: Actor, proposal: Proposal, on: dt.date | None = None
) -> ConnectsEntry:
    """Note that a proposal's connects came back: the job was cancelled or taken down (B10).

    A second time changes nothing. Raises `ValidationError` where nothing was spent, where a
    contract came of it, and for a day before it was sent or still to come.
    """
    owner = owner_locked(actor, Freelancer(pk=proposal.freelancer_id))
    row = Proposal.objects.for_actor(actor).get(pk=proposal.pk)
    entries = list(ConnectsEntry.objects.for_actor(actor).filter(proposal=row))
    if there := next((each for each in entries if each.kind == Kind.REFUND), None):
        return there
    spent = -sum(each.amount for each in entries if each.amount < 0)
    day = on or timezone.localdate()
    if not spent or row.sent_at is None:
        raise ValidationError(_("Nothing was spent on it, so nothing can come back."))
    if row.stage == Stage.WON:
        raise ValidationError(_("A contract came of it: its connects do not come back."))
    if not timezone.localdate(row.sent_at) <= day <= timezone.localdate():
        raise ValidationError(_("They come back on a day from its sending up to today."))
    refund = ConnectsEntry.objects.create(
        practice=actor.practice,
        freelancer=owner,
        proposal=row,
        kind=Kind.REFUND.value,
        amount=spent,
        happened_on=day,
        source=PROPOSAL,
        external_id=_key(row, Kind.REFUND),
    )
    audit_record(
        actor=actor,
        verb=ADDED,
        target=owner,
        for_freelancer=owner,
        after={"connects": spent, "entries": [refund.public_id]},
    )
    return refund


def _costs(proposal: Proposal) -> dict[Kind, int]:
    if proposal.is_invitation:
        return {Kind.SPEND: 0, Kind.BOOST: 0}
    return {Kind.SPEND: proposal.connects, Kind.BOOST: proposal.boost}


def _in_step(
    actor: Actor,
    owner: Freelancer,
    proposal: Proposal,
    own: list[ConnectsEntry],
    *,
    kind: Kind,
    amount: int,
    day: dt.date,
) -> int:
    """Make the entries of one kind say what the proposal says; returns how many they take."""
    if own and own[0].source != PROPOSAL:
        return -own[0].amount
    if own and not amount:
        own[0].delete()
    elif own and (own[0].amount, own[0].happened_on) != (-amount, day):
        own[0].happened_on = day
        _set_amount(own[0], -amount)
    elif not own and amount and not _adopted(actor, proposal, kind, amount, day):
        ConnectsEntry.objects.create(
            practice=actor.practice,
            freelancer=owner,
            proposal=proposal,
            kind=kind.value,
            amount=-amount,
            happened_on=day,
            source=PROPOSAL,
            external_id=_key(proposal, kind),
        )
    return amount


def _adopted(actor: Actor, proposal: Proposal, kind: Kind, amount: int, day: dt.date) -> bool:
    """Whether an entry that is there already stands for it; it is the proposal's from now on."""
    rows = ConnectsEntry.objects.for_actor(actor).filter(
        freelancer=proposal.freelancer_id,
        proposal=None,
        kind=kind.value,
        amount=-amount,
        happened_on=day,
        note__iexact=proposal.title,
    )
    row = rows.first()
    if row is None:
        return False
    row.proposal = proposal
    row.save(update_fields=["proposal"])
    return True


def _let_go(linked: list[ConnectsEntry]) -> None:
    """A draft has cost nothing; what was pasted or typed stays in the ledger by itself."""
    for row in linked:
        if row.source == PROPOSAL:
            row.delete()
        else:
            row.proposal = None
            row.save(update_fields=["proposal"])


def _set_amount(row: ConnectsEntry, amount: int) -> None:
    if amount:
        row.amount = amount
        row.save(update_fields=["amount", "happened_on"])
    else:
        row.delete()


def _key(proposal: Proposal, kind: Kind) -> str:
    return f"{kind.value}:{proposal.public_id}"
