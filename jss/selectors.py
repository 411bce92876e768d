"""Contracts as the engine wants them."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Freelancer, Practice
from contracts.models import Contract, Feedback
from contracts.models.contracts import ContractQuerySet
from contracts.models.feedback import FeedbackQuerySet
from jss.engine import ClosedContract, RatingChange

HUNDREDTH = Decimal("0.01")
COLUMNS = ("public_id", "title", "closed_on", "rating", "client_is_flagged", "feedback_removed")


def contracts_for_score(*, actor: Actor, freelancer: Freelancer) -> list[ClosedContract]:
    """One freelancer's contracts, open ones included, oldest end first."""
    return contracts_for_scores(actor=actor, freelancers=[freelancer])[0]


def contracts_for_scores(
    *, actor: Actor, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    """The contracts of each freelancer, in one query, so that all are one pass of the engine."""
    return _by_freelancer(Contract.objects.for_actor(actor), freelancers)


def contracts_of_practice(
    *, practice: Practice, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    """The same for work that nobody asked for, such as that of the night."""
    return _by_freelancer(Contract.objects.filter(practice=practice), freelancers)


def _by_freelancer(
    contracts: ContractQuerySet, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    rows = (
        contracts.filter(freelancer__in=freelancers)
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


def rating_changes(*, actor: Actor, freelancer: Freelancer) -> list[RatingChange]:
    """Which of a freelancer's ratings the clients changed, as far as it was noted (J9)."""
    return _changes(Feedback.objects.for_actor(actor), [freelancer])[0]


def rating_changes_of_practice(
    *, practice: Practice, freelancers: Sequence[Freelancer]
) -> list[list[RatingChange]]:
    """The same of several freelancers, for work that nobody asked for."""
    return _changes(Feedback.objects.filter(practice=practice), freelancers)


def _changes(
    feedback: FeedbackQuerySet, freelancers: Sequence[Freelancer]
) -> list[list[RatingChange]]:
    rows = (
        feedback.from_client()
        .filter(contract__freelancer__in=freelancers)
        .filter(Q(changed_on__isnull=False) | Q(rating_before_change__isnull=False))
        .order_by("changed_on", "pk")
        .values_list(
            "contract__freelancer_id",
            "contract__public_id",
            "changed_on",
            "rating_before_change",
        )
    )
    found: dict[int, list[RatingChange]] = {freelancer.pk: [] for freelancer in freelancers}
    for freelancer_id, key, changed_on, before in rows:
        found[freelancer_id].append(RatingChange(key, changed_on, before))
    return [found[freelancer.pk] for freelancer in freelancers]
