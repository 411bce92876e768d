"""How often, and when last, something changed: what a calendar entry calls its revision.

It is read from the audit trail, to which rows are only ever added: so a number never falls and a
time never goes back, even where what changed was a deletion or an undo.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from django.db.models import Count, Max, QuerySet

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.models import Contract

#: What every contract of the practice hangs on: its intervals, messages and clients.
SHARED: Final = ("accounts.practice", "contracts.messagetemplate", "contracts.client")


@dataclass(frozen=True, slots=True)
class Revision:
    """Goes up with every change; `at` is the time of the last one."""

    number: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions of some contracts and of the freelancers that the actor sees: 3 queries."""

    contracts: Mapping[str, Revision]
    freelancers: Mapping[str, Revision]
    shared: Revision

    @classmethod
    def read(cls, actor: Actor, contracts: Iterable[Contract]) -> Self:
        trail = AuditEvent.objects.for_actor(actor)
        ids = [contract.public_id for contract in contracts]
        of_contracts = trail.filter(target_type="contracts.contract", target_id__in=ids)
        # What is shared belongs to no freelancer; a member sees its effects, if not its history.
        shared = AuditEvent.objects.filter(practice=actor.practice, target_type__in=SHARED)
        started = Revision(0, actor.practice.created_at)
        return cls(
            contracts=_by(of_contracts, "target_id"),
            freelancers=_by(trail.exclude(for_freelancer=None), "for_freelancer__public_id"),
            shared=_newest(started, *_by(shared, "practice__public_id").values()),
        )

    def of_contract(self, contract: Contract) -> Revision:
        """The revision of a contract with its `closeout_events` fetched."""
        recorded = (Revision(0, event.created_at) for event in contract.closeout_events.all())
        changed = Revision(0, contract.changed_at)
        own = self.contracts.get(contract.public_id, changed)
        return _newest(self.shared, own, changed, *recorded)

    def of_freelancer(self, freelancer: Freelancer) -> Revision:
        untouched = Revision(0, self.shared.at)
        return _newest(self.shared, self.freelancers.get(freelancer.public_id, untouched))


def _by(events: QuerySet[AuditEvent], field: str) -> dict[str, Revision]:
    rows = events.order_by().values_list(field).annotate(Count("pk"), Max("at"))
    return {name: Revision(number, at) for name, number, at in rows}


def _newest(*revisions: Revision) -> Revision:
    """All of these together."""
    return Revision(
        sum(revision.number for revision in revisions),
        max(revision.at for revision in revisions),
    )
