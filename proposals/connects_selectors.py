"""Reading the ledger of connects: its entries as the pure rules take them (B6)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum

from accounts.actors import Actor
from accounts.models import Freelancer
from proposals.connects import Entry, Kind, Ledger, ledger_of
from proposals.models import ConnectsEntry


def ledger_of_freelancer(actor: Actor, freelancer: Freelancer, *, as_of: dt.date) -> Ledger:
    return ledgers_of(actor, [freelancer], as_of=as_of)[freelancer.pk]


def ledgers_of(
    actor: Actor, freelancers: Iterable[Freelancer], *, as_of: dt.date
) -> dict[int, Ledger]:
    """Each freelancer's ledger, by primary key."""
    owners = [freelancer.pk for freelancer in freelancers]
    entries = _entries(actor, owners)
    return {owner: ledger_of(entries[owner], as_of=as_of) for owner in owners}


def _entries(actor: Actor, owners: list[int]) -> dict[int, list[Entry]]:
    """What moved, with what is alike on one day added up by the database: a ledger takes as long
    for fifty thousand proposals as for the days on which they were sent."""
    rows = ConnectsEntry.objects.for_actor(actor).filter(freelancer__in=owners).order_by()
    groups = rows.annotate(
        comes=ExpressionWrapper(Q(amount__gt=0), output_field=BooleanField()),
        has_cost=ExpressionWrapper(Q(cost__isnull=False), output_field=BooleanField()),
    ).values_list("freelancer_id", "happened_on", "kind", "comes", "has_cost")
    found: dict[int, list[Entry]] = defaultdict(list)
    sums = groups.annotate(Sum("amount"), Sum("cost"), Count("pk"))
    for owner, day, kind, _comes, _has_cost, amount, cost, times in sums:
        found[owner].append(Entry(day, amount, Kind(kind), cost, times))
    return found
