"""What the recovery plan reads beside the score: who was written to, the log, the clients."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import CloseoutEvent, Contract, LogEntry
from jss.engine import CLASSIC, ClosedContract, Outcome, RuleSet
from jss.past_clients import PastClient
from jss.recovery_words import LogNote

Kind = CloseoutEvent.Kind
_COURSE = (Kind.GOING_BADLY, Kind.GOING_WELL, Kind.REOPENED)
_READ = (Kind.FEEDBACK_ASKED, Kind.OWNED_UP, *_COURSE)


@dataclass(frozen=True)
class Contacts:
    """What the close-out log says of closed contracts, by their public ids."""

    asked: dict[str, dt.date] = field(default_factory=dict)
    """The last day on which the client was asked to rate it, since it ended."""
    owned_up: dict[str, dt.date] = field(default_factory=dict)
    ended_badly: set[str] = field(default_factory=set)


def contacts_of(*, actor: Actor, freelancer: Freelancer) -> Contacts:
    """Whose clients were written to (J15), and which contracts went badly to their end (C1)."""
    rows = (
        CloseoutEvent.objects.for_actor(actor)
        .filter(contract__freelancer=freelancer, contract__closed_on__isnull=False, kind__in=_READ)
        .order_by("happened_on", "pk")
        .values_list("contract__public_id", "contract__closed_on", "kind", "happened_on")
    )
    contacts = Contacts()
    for key, closed_on, kind, happened_on in rows:
        if kind == Kind.GOING_BADLY:
            contacts.ended_badly.add(key)
        elif kind in _COURSE:
            contacts.ended_badly.discard(key)
        elif closed_on and happened_on >= closed_on:  # what was before a reopening is over
            days = contacts.asked if kind == Kind.FEEDBACK_ASKED else contacts.owned_up
            days[key] = happened_on
    return contacts


def log_notes(*, actor: Actor, freelancer: Freelancer) -> Mapping[str, list[LogNote]]:
    """The log of each of a freelancer's closed contracts (C6), oldest entry first."""
    rows = (
        LogEntry.objects.for_actor(actor)
        .filter(contract__freelancer=freelancer, contract__closed_on__isnull=False)
        .order_by("happened_on", "pk")
        .values_list("contract__public_id", "happened_on", "what", "lesson", "differently")
    )
    notes: dict[str, list[LogNote]] = defaultdict(list)
    for key, happened_on, what, lesson, differently in rows:
        notes[key].append(LogNote(happened_on, what, lesson, differently))
    return notes


def contracts_to_write_about(*, actor: Actor, keys: Iterable[str]) -> dict[str, Contract]:
    """Contracts with all that a message names, by their public ids."""
    rows = Contract.objects.for_actor(actor).filter(public_id__in=list(keys))
    return {row.public_id: row for row in rows.select_related("client", "freelancer")}


def client_names(*, actor: Actor, freelancer: Freelancer) -> Mapping[str, tuple[str, str]]:
    """By contract, its client's public id and name; contracts without a client are left out."""
    rows = (
        Contract.objects.for_actor(actor)
        .filter(freelancer=freelancer, client__isnull=False)
        .values_list("public_id", "client__public_id", "client__name")
    )
    return {key: (client, name) for key, client, name in rows if client and name}


def past_clients(
    contracts: Collection[ClosedContract],
    clients: Mapping[str, tuple[str, str]],
    *,
    rules: RuleSet = CLASSIC,
) -> list[PastClient]:
    """Each client with what the closed contracts say; those that never count are left out (J2)."""
    found: dict[tuple[str, str], list[ClosedContract]] = defaultdict(list)
    for contract in contracts:
        known = clients.get(contract.key)
        if known and contract.closed_on and contract.outcome(rules) != Outcome.NEVER_COUNTED:
            found[known].append(contract)
    return [
        PastClient(
            key=key,
            name=name,
            closed=len(rows),
            rated=sum(row.rating is not None for row in rows),
            negative=sum(row.outcome(rules) == Outcome.NEGATIVE for row in rows),
            last_closed_on=max(row.closed_on for row in rows if row.closed_on),
        )
        for (key, name), rows in found.items()
    ]
