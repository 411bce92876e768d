"""Contracts as the engine wants them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Freelancer, Practice
from contracts.models import Contract, Feedback, Payment
from contracts.models.contracts import ContractQuerySet
from contracts.models.feedback import FeedbackQuerySet
from jss.engine import (
    ClosedContract,
    RatingChange,
    is_long,
    whole_months,
    with_long_term_clients,
)

HUNDREDTH = Decimal("0.01")
COLUMNS = (
    "public_id",
    "title",
    "started_on",
    "closed_on",
    "kind",
    "earned",
    "client__public_id",
    "rating",
    "client_is_flagged",
    "feedback_removed",
)


def contracts_for_score(*, actor: Actor, freelancer: Freelancer) -> list[ClosedContract]:
    """One freelancer's contracts, open ones included, oldest end first."""
    return contracts_for_scores(actor=actor, freelancers=[freelancer])[0]


def contracts_for_scores(
    *, actor: Actor, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    """The contracts of each freelancer, in two queries, so that all are one pass of the engine."""
    return _by_freelancer(Contract.objects.for_actor(actor), freelancers)


def contracts_of_practice(
    *, practice: Practice, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    """The same for work that nobody asked for, such as that of the night."""
    return _by_freelancer(Contract.objects.filter(practice=practice), freelancers)


def _by_freelancer(
    contracts: ContractQuerySet, freelancers: Sequence[Freelancer]
) -> list[list[ClosedContract]]:
    own = contracts.filter(freelancer__in=freelancers)
    rows = (
        own.with_rating()
        .with_never_counts()
        .order_by("closed_on", "pk")
        .values_list("freelancer_id", *COLUMNS, named=True)
    )
    months_paid = Payment.objects.months_paid(own)
    found: dict[int, list[ClosedContract]] = {freelancer.pk: [] for freelancer in freelancers}
    for row in rows:
        found[row.freelancer_id].append(_contract(row, months_paid))
    return [with_long_term_clients(found[freelancer.pk]) for freelancer in freelancers]


def _contract(row: Any, months_paid: Mapping[str, int]) -> ClosedContract:
    """One row with the `COLUMNS`."""
    # Nobody imported its payments: an hourly contract is taken to be paid in each of its months.
    is_hourly = row.kind == Contract.Kind.HOURLY
    months = whole_months(row.started_on, row.closed_on) if is_hourly else 0
    return ClosedContract(
        row.title,
        row.closed_on,
        # SQLite hands computed decimals out as floats with 15 digits.
        None if row.rating is None else row.rating.quantize(HUNDREDTH),
        row.client_is_flagged,
        row.feedback_removed,
        key=row.public_id,
        client=row.client__public_id or "",
        earned=row.earned,
        months_paid=months_paid.get(row.public_id, months),
        is_long_term=is_long(row.started_on, row.closed_on),
    )


def rating_changes(*, actor: Actor, freelancer: Freelancer) -> list[RatingChange]:
    """Which of a freelancer's ratings the clients changed, as far as it was noted (J9)."""
    return _changes(Feedback.objects.for_actor(actor), [freelancer])[0]


def rating_changes_of(*, actor: Actor, freelancers: Sequence[Freelancer]) -> list[RatingChange]:
    """The same for several freelancers, all in one; each change names its contract."""
    changes = _changes(Feedback.objects.for_actor(actor), freelancers)
    return [change for own in changes for change in own]


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
