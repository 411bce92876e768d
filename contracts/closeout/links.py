"""One-click links in a mail: signed, good for one act on one contract, for a while, and once.

A link opens a page whose button posts; opening it changes nothing, because mail scanners open
links too. Whoever has the link can do what it says and nothing else: no login is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import AuditEvent, Membership
from accounts.readers import actor_of
from contracts.closeout.acts import Act, Acted, StepChanged, closeout_act
from contracts.closeout.board import BoardRow
from contracts.closeout.services import CLOSEOUT_CHANGED
from contracts.locked_changes import CONTRACT_CHANGED, contract_locked
from contracts.models import CloseoutEvent, Contract
from contracts.undo import event_undo
from outbox.models import DigestSchedule

SALT: Final = "contracts.closeout.link"
UNDO_SALT: Final = "contracts.closeout.link.undo"
GOOD_FOR_SECONDS: Final = 30 * 24 * 3600
UNDO_SECONDS: Final = 24 * 3600
#: Acts whose meaning hangs on the step that the mail named.
OF_ONE_STEP: Final = frozenset({Act.SENT, Act.CLOSED, Act.SNOOZE})
#: Acts that leave no event with the link's name, but an end of the contract.
OF_THE_END: Final = frozenset({Act.CLOSED, Act.CLIENT_CLOSED})


class LinkBroken(Exception):  # noqa: N818  # says what is wrong with it
    """Tampered with, cut off, or of somebody who is not in the practice any more."""


class LinkExpired(LinkBroken):
    """Older than `GOOD_FOR_SECONDS`."""


class LinkUsed(Exception):  # noqa: N818  # says what happened to it
    """It was used before, or what it is about has happened since."""


@dataclass(frozen=True, slots=True)
class Link:
    """Who does what on which contract; `step` and `mail` make it one of a kind.

    `day` is the mail's, as an ISO date.
    """

    membership: str
    contract: str
    act: str
    step: str
    mail: str
    day: str

    @property
    def fingerprint(self) -> str:
        """Names the link in the log of what it recorded; 64 characters."""
        return hashlib.sha256("\n".join(astuple(self)).encode()).hexdigest()


def link_url(link: Link) -> str:
    """The whole address, as a mail carries it."""
    token = signing.dumps(astuple(link), salt=SALT)
    return settings.SITE_URL + reverse("contracts:closeout_link", args=[token])


def link_read(token: str) -> Link:
    """The link of an address. Raises `LinkExpired` or `LinkBroken`."""
    try:
        values = signing.loads(token, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.SignatureExpired:
        raise LinkExpired from None
    except signing.BadSignature:
        raise LinkBroken from None
    try:
        link = Link(*values)
        Act(link.act)
    except (TypeError, ValueError):  # signed by another version of the product
        raise LinkBroken from None
    return link


def link_actor(link: Link) -> Actor:
    """Who is at work. Raises `LinkBroken` for somebody who left the practice."""
    rows = Membership.objects.select_related("user", "practice")
    membership = rows.filter(public_id=link.membership, user__is_active=True).first()
    if membership is None:
        raise LinkBroken
    return actor_of(membership)


def link_time_zone(actor: Actor) -> str:
    """The zone of the mails that the actor gets: what was due there today is due here too."""
    schedule = DigestSchedule.objects.of(actor).first()
    return schedule.time_zone if schedule else ""


def link_contract(link: Link, actor: Actor) -> Contract:
    """The contract that it is about. Raises `LinkBroken` for one that the actor does not see."""
    rows = Contract.objects.for_actor(actor).select_related("client", "freelancer")
    contract = rows.filter(public_id=link.contract).first()
    if contract is None:
        raise LinkBroken
    return contract


def is_used(link: Link) -> bool:
    return CloseoutEvent.objects.filter(link=link.fingerprint).exists()


def is_reopened(link: Link, contract: Contract) -> bool:
    """Whether the contract was opened again since the mail: its end then is none of now."""
    kind = CloseoutEvent.Kind.REOPENED
    rows = CloseoutEvent.objects.filter(contract=contract, kind=kind, happened_on__gte=link.day)
    return link.act in OF_THE_END and rows.exists()


def is_answered(link: Link, contract: Contract) -> bool:
    """Whether an answer is noted since the mail: an old mail does not invent another."""
    kind = CloseoutEvent.Kind.ANSWERED
    rows = CloseoutEvent.objects.filter(contract=contract, kind=kind, happened_on__gte=link.day)
    return link.act == Act.ANSWERED and rows.exists()


def is_over(link: Link, row: BoardRow) -> bool:
    """Whether it was used, or what it is about has happened since."""
    act = Act(link.act)
    has_moved_on = act in OF_ONE_STEP and link.step != row.key
    ends = act in (Act.CLIENT_CLOSED, Act.ANSWERED) and row.contract.closed_on is not None
    return has_moved_on or ends or _is_noted(link, row.contract)


def _is_noted(link: Link, contract: Contract) -> bool:
    return is_used(link) or is_reopened(link, contract) or is_answered(link, contract)


@transaction.atomic
def link_use(*, link: Link, actor: Actor, contract: Contract) -> Acted:
    """Do what the link says, once. Raises `LinkUsed`, `PermissionDenied`, `ValidationError`."""
    locked = contract_locked(actor=actor, contract=contract)
    if _is_noted(link, locked):
        raise LinkUsed
    act = Act(link.act)
    try:
        return closeout_act(
            actor=actor,
            contract=locked,
            act=act,
            step_key=link.step if act in OF_ONE_STEP else None,
            link=link.fingerprint,
        )
    except StepChanged:
        raise LinkUsed from None


def undo_token(link: Link, event: AuditEvent) -> str:
    return signing.dumps([link.membership, event.public_id], salt=UNDO_SALT)


def link_undo(*, token: str, link: Link, actor: Actor) -> Contract:
    """Take back what the link did, within a day. Raises `LinkBroken` or `ChangedSince`."""
    try:
        membership, event_id = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise LinkBroken from None
    verbs = (CLOSEOUT_CHANGED, CONTRACT_CHANGED)
    events = AuditEvent.objects.for_actor(actor).filter(target_id=link.contract, verb__in=verbs)
    event = events.filter(public_id=event_id).first()
    if event is None or membership != link.membership:
        raise LinkBroken
    return event_undo(actor=actor, event=event)
