"""What proposals brought in the end (B5); the settings PROPOSAL_OUTCOMES and …_TOTALS name it."""

from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import Avg, Count, Q, Sum

from accounts.actors import Actor
from contracts.models import Contract
from proposals.outcomes import Outcome, Totals

CENT: Final = Decimal("0.01")
DOLLARS: Final = "USD"


def outcomes_of(*, actor: Actor, proposals: Collection[int]) -> Mapping[int, Outcome]:
    """The contract of each of these proposals that has one; the newest where it has several."""
    rows = Contract.objects.for_actor(actor).filter(proposal__in=proposals)
    return {
        row.proposal_id: Outcome(
            title=row.title,
            public_id=row.public_id,
            client=row.client.name if row.client else "",
            earned=row.earned,
            currency=row.currency,
            rating=row.rating,
        )
        for row in rows.with_rating().select_related("client").order_by("pk")
        if row.proposal_id
    }


def totals_of(*, actor: Actor) -> Mapping[int | None, Totals]:
    """What the contracts won with each template earned, and how they were rated; one query."""
    rows = Contract.objects.for_actor(actor).of_choice(actor).filter(proposal__removed_at=None)
    by_template = (
        rows.exclude(proposal=None)
        .with_rating()
        .order_by()
        .values("proposal__template__piece")
        .annotate(
            contracts=Count("pk"),
            earned=Sum("earned", filter=Q(currency=DOLLARS)),
            rated=Count("rating"),
            mean=Avg("rating"),
        )
    )
    return {
        row["proposal__template__piece"]: Totals(
            row["contracts"],
            row["earned"] or Decimal(0),
            row["rated"],
            None if row["mean"] is None else Decimal(row["mean"]).quantize(CENT, ROUND_HALF_UP),
        )
        for row in by_template
    }
