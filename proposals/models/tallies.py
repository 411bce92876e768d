"""Counts of what was sent, month by month, so that no page counts all proposals anew (B5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Freelancer, Practice
from accounts.scoping import ScopedManager, ScopedQuerySet
from proposals.learning import Dimension


class TalliedMonthQuerySet(ScopedQuerySet["TalliedMonth"]):
    def stale(self) -> TalliedMonthQuerySet:
        """Those whose tallies are not right any more."""
        return self.filter(is_stale=True)


class TalliedMonth(models.Model):
    """A month in which a freelancer sent proposals; its tallies are right unless it is stale."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="tallied_months")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="tallied_months")
    month = models.DateField()
    """Its first day; by UTC."""
    is_stale = models.BooleanField(default=True)

    objects = ScopedManager.from_queryset(TalliedMonthQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "month"], name="proposals_month_tallied_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["practice"], condition=Q(is_stale=True), name="proposals_month_stale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class TallyQuerySet(ScopedQuerySet["Tally"]):
    """Counts by month, to be summed."""


class Tally(models.Model):
    """What came of the proposals of one month that share a trait; see `proposals.learning`."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="tallies")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="tallies")
    month = models.DateField()
    dimension = models.CharField(max_length=10)
    key = models.CharField(max_length=200, blank=True)
    sent = models.PositiveIntegerField(default=0)
    viewed = models.PositiveIntegerField(default=0)
    replied = models.PositiveIntegerField(default=0)
    won = models.PositiveIntegerField(default=0)
    connects = models.PositiveIntegerField(default=0)

    objects = ScopedManager.from_queryset(TallyQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "month", "dimension", "key"], name="proposals_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=[dimension.value for dimension in Dimension]),
                name="proposals_tally_dimension_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension} {self.key}"
