"""Contracts as the engine wants them."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract
from jss.engine import ClosedContract

HUNDREDTH = Decimal("0.01")
COLUMNS = ("public_id", "title", "closed_on", "rating", "client_is_flagged", "feedback_removed")


def contracts_for_score(*, actor: Actor, freelancer: Freelancer) -> list[ClosedContract]:
    """One freelancer's contracts, open ones included, oldest end first."""
    return contracts_for_scores(actor=actor, freelancers=[freelancer])[0]


def contracts_for_scores(
    *, actor: Actor, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    """The contracts of each freelancer, in one query, so that all are one pass of the engine."""
    rows = (
        Contract.objects.for_actor(actor)
        .filter(freelancer__in=freelancers)
        .with_rating()
        .with_never_counts()
        .order_by("closed_on", "pk")
        .values_list("freelancer_id", *COLUMNS)
    )
    found: dict[int, list[ClosedContract]] = {freelancer.pk: [] for freelancer in freelancers}
    for freelancer_id, public_id, title, closed_on, rating, flagged, removed in rows:
        # SQLite hands computed decimals out as floats with 15 digits.
        stars = None if rating is None else rating.quantize(HUNDREDTH)
        found[freelancer_id].append(
            ClosedContract(title, closed_on, stars, flagged, removed, key=public_id)
        )
    return [found[freelancer.pk] for freelancer in freelancers]
