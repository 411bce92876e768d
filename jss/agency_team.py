"""An agency's members with their contracts, and what they earned under it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Sum

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.importing.payment_types import WORK
from contracts.models import Contract, Payment
from jss.engine import Agency, ClosedContract, Member
from jss.selectors import contracts_for_scores

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Team:
    """Everybody in the practice, by the same positions as the agency's members."""

    freelancers: Sequence[Freelancer]
    agency: Agency

    @cached_property
    def position_of(self) -> dict[str, int]:
        """Where somebody stands, by public id."""
        return {each.public_id: position for position, each in enumerate(self.freelancers)}

    @cached_property
    def owner_of(self) -> dict[str, int]:
        """The position of the member whose a contract is, by the contract's key."""
        return {
            contract.key: position
            for position, member in enumerate(self.agency.members)
            for contract in member.contracts
        }

    @cached_property
    def agency_contracts(self) -> list[ClosedContract]:
        """The agency's, oldest end first, as the score's page has those of a freelancer."""
        return sorted(self.agency.contracts, key=lambda row: row.closed_on or dt.date.min)


def team_of(*, actor: Actor) -> Team:
    """The whole practice (J14). Raises PermissionDenied for who sees only his or her own rows: a
    score of some of the agency's contracts would be a wrong one."""
    if actor.sees_only_own:
        raise PermissionDenied
    freelancers = list(Freelancer.objects.for_actor(actor).in_order())
    contracts = contracts_for_scores(actor=actor, freelancers=freelancers)
    under = set(
        Contract.objects.for_actor(actor)
        .filter(under_agency=True)
        .values_list("public_id", flat=True)
    )
    members = [
        Member(tuple(rows), tuple(contract.key in under for contract in rows)) for rows in contracts
    ]
    return Team(freelancers, Agency(tuple(members)))


def earned_under_agency(*, actor: Actor, after: dt.date, until: dt.date) -> dict[int, Decimal]:
    """By the freelancer's key, what clients paid under the agency in `after < day <= until`: gross,
    less refunds, in US dollars.

    Transactions and weekly rows are two views of the same money, so of each contract the larger sum
    is taken. Where no payment is known, what is entered as earned counts on the day of the end.
    """
    found: dict[int, Decimal] = {}
    for freelancer, amount in [*_paid(actor, after, until), *_entered(actor, after, until)]:
        found[freelancer] = found.get(freelancer, NOTHING) + amount
    return found


def _paid(actor: Actor, after: dt.date, until: dt.date) -> list[tuple[int, Decimal]]:
    sums = (
        Payment.objects.for_actor(actor)
        .filter(contract__under_agency=True, category__in=list(WORK))
        .filter(paid_on__gt=after, paid_on__lte=until)
        .order_by()
        .values_list("contract__freelancer_id", "contract_id", "source")
        .annotate(sum=Sum("amount"))
    )
    largest: dict[tuple[int, int], Decimal] = {}
    for freelancer, contract, _source, amount in sums:
        key = (freelancer, contract)
        largest[key] = max(amount, largest.get(key, amount))
    return [(freelancer, amount) for (freelancer, _contract), amount in largest.items()]


def _entered(actor: Actor, after: dt.date, until: dt.date) -> list[tuple[int, Decimal]]:
    payments = Payment.objects.filter(contract=OuterRef("pk"))
    sums = (
        Contract.objects.for_actor(actor)
        .filter(under_agency=True, earned__isnull=False)
        .filter(~Exists(payments))
        .closed_between(after, until)
        .order_by()
        .values_list("freelancer_id")
        .annotate(sum=Sum("earned"))
    )
    return list(sums)
