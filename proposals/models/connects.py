"""The ledger of connects (B6): what came, what was spent, and what for."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from proposals.models.proposals import Proposal


class ConnectsEntryQuerySet(ScopedQuerySet["ConnectsEntry"]):
    def in_order(self) -> Self:
        """As they happened; on one day what came before what was spent."""
        return self.order_by("happened_on", "-amount", "pk")


class ConnectsEntry(PublicIdModel):
    """One movement of connects: positive what came, negative what was spent. Expiry is computed."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("Granted")
        PURCHASE = "purchase", _("Bought")
        SPEND = "spend", _("Proposal")
        BOOST = "boost", _("Boost")
        REFUND = "refund", _("Came back")
        CORRECTION = "correction", _("Correction")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="connects_entries")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="connects_entries")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    amount = models.IntegerField(_("connects"))
    happened_on = models.DateField(_("on"))
    cost = models.DecimalField(_("paid"), max_digits=10, decimal_places=2, null=True, blank=True)
    """Dollars, of a purchase."""
    proposal = models.ForeignKey(
        Proposal, models.CASCADE, null=True, blank=True, related_name="connects_entries"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(max_length=20, default="typed")
    """typed, proposal, pasted or transactions."""
    external_id = models.CharField(max_length=120, blank=True)
    """What makes an imported row the same when it is imported again."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ConnectsEntryQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "source", "external_id"],
                condition=~Q(external_id=""),
                name="proposals_connects_imported_once",
            ),
            models.CheckConstraint(
                condition=~Q(amount=0), name="proposals_connects_move_something"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["spend", "boost"], amount__lt=0)
                | Q(kind__in=["grant", "purchase", "refund"], amount__gt=0)
                | Q(kind="correction"),
                name="proposals_connects_sign_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["freelancer", "happened_on"], name="proposals_connects_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.kind}"
