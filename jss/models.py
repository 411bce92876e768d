"""What a freelancer saw on Upwork, and the answer to whoever asks about the score."""

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


class RecoveryAnswerQuerySet(ScopedQuerySet["RecoveryAnswer"]):
    pass


class RecoveryAnswer(PublicIdModel):
    """A freelancer's own words about a poor score (J15); without a row the draft holds."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="recovery_answers")
    freelancer = models.OneToOneField(Freelancer, models.CASCADE, related_name="recovery_answer")
    text = models.TextField(_("your answer"))
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(RecoveryAnswerQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="jss_recovery_answer_has_words")
        ]

    def __str__(self) -> str:
        return self.text[:80]
