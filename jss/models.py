"""What a freelancer saw on Upwork: readings of the score."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet


class ReadingQuerySet(ScopedQuerySet["Reading"]):
    pass


class Reading(PublicIdModel):
    """An update of the score observed on Upwork; later ones follow every 14 days (J7)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="readings")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="readings")
    observed_on = models.DateField(_("date of the update"))
    score = models.PositiveSmallIntegerField(_("score shown"), null=True, blank=True)

    objects = ScopedManager.from_queryset(ReadingQuerySet)()

    class Meta:
        ordering = ["-observed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "observed_on"], name="jss_reading_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="jss_reading_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observed_on}: {self.score}"
