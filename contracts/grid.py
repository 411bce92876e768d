"""Which contracts the grid shows, in which order, and what they still need.

Needs something: an open contract that went quiet (its closing date can be guessed), one that has a
rating and no closing date, and a closed one of which neither rating nor who ended it is known.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from contracts.importing import CLOSING_GAP_DAYS, proposed_closing_date
from contracts.importing.payment_types import INCOME
from contracts.models import Contract, Payment
from contracts.models.contracts import ContractQuerySet

PAGE_SIZE: Final = 100

_NEEDS: Final = Q(needs=True)  # annotations of grid_contracts
_HAS_GUESS: Final = Q(has_guess=True)


class Show(models.TextChoices):
    """Which rows: those that need something come first in any case."""

    ALL = "all", _("All")
    NEEDS = "needs", _("Need something")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the freelancer has come; `guesses` are closing dates that wait for a yes."""

    total: int
    needs: int
    guesses: int

    @property
    def complete(self) -> int:
        return self.total - self.needs


def grid_contracts(actor: Actor, as_of: dt.date) -> ContractQuerySet:
    """Every contract that the actor sees, with `rating`, `last_paid_on`, `has_guess`, `needs`."""
    paid = (
        Payment.objects.filter(contract=OuterRef("pk"), category__in=list(INCOME), amount__gt=0)
        .order_by("-paid_on")
        .values("paid_on")[:1]
    )
    quiet_before = as_of - dt.timedelta(days=CLOSING_GAP_DAYS)
    has_guess = (
        Q(closed_on__isnull=True)
        & Q(last_paid_on__lt=quiet_before)
        & (Q(started_on__isnull=True) | Q(started_on__lte=F("last_paid_on")))
    )
    is_rated_and_open = Q(closed_on__isnull=True, rating__isnull=False)
    is_undecided = Q(closed_on__isnull=False, rating__isnull=True, ended_by="")
    return (
        Contract.objects.for_actor(actor)
        .select_related("client", "freelancer")
        .with_rating()
        .annotate(last_paid_on=Subquery(paid, output_field=models.DateField()))
        .annotate(has_guess=_yes_or_no(has_guess))
        .annotate(needs=_yes_or_no(_HAS_GUESS | is_rated_and_open | is_undecided))
        .annotate(newest=Coalesce("last_paid_on", "closed_on", "started_on"))
    )


def in_grid_order(rows: ContractQuerySet) -> ContractQuerySet:
    """What needs something first, and of that the most recent, which weighs longest (J5)."""
    return rows.order_by(F("needs").desc(), F("newest").desc(nulls_last=True), "title", "pk")


def shown(rows: ContractQuerySet, show: str) -> ContractQuerySet:
    return rows.filter(_NEEDS) if show == Show.NEEDS else rows


def guessed(rows: ContractQuerySet) -> ContractQuerySet:
    """Those whose closing date waits for a yes."""
    return rows.filter(_HAS_GUESS)


def progress(rows: ContractQuerySet) -> Progress:
    """Count in one query."""
    counts = rows.order_by().aggregate(
        total=Count("pk"),
        needing=Count("pk", filter=_NEEDS),
        guessed=Count("pk", filter=_HAS_GUESS),
    )
    return Progress(counts["total"], counts["needing"], counts["guessed"])


def _yes_or_no(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


def guess_for(contract: Contract, as_of: dt.date) -> dt.date | None:
    """The proposed closing date of a row of `grid_contracts`: not stored before it is confirmed."""
    if not contract.has_guess:  # type: ignore[attr-defined]  # annotated by grid_contracts
        return None
    # `last_paid_on` is annotated too.
    return proposed_closing_date(contract.last_paid_on, as_of)  # type: ignore[attr-defined]
