"""What a freelancer saw on Upwork, and the computed scores that are kept night by night."""

from django.db import models
from django.db.models import F, Q
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


class KeptScoreQuerySet(ScopedQuerySet["KeptScore"]):
    pass


class KeptScore(models.Model):
    """What was computed for a freelancer's day by a rule set, where it differs from the day before.

    A day without a row stands at the latest row before it, from `ScoreKeeping.first_day` to
    `ScoreKeeping.kept_until`; outside of that span nothing is kept. So a year is some dozen rows.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="kept_scores")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="kept_scores")
    rules = models.CharField(_("rule set"), max_length=100)
    day = models.DateField(_("from this day on"))
    score = models.PositiveSmallIntegerField(_("score shown"), null=True)
    windows = models.JSONField(
        _("each window's score"), help_text="By the window's months: a whole per cent, or null."
    )
    computed_at = models.DateTimeField()
    recomputed_at = models.DateTimeField(
        null=True, help_text="When a change of older contracts put it here, or changed it."
    )

    objects = ScopedManager.from_queryset(KeptScoreQuerySet)()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "rules", "day"], name="jss_kept_score_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="jss_kept_score_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.score}"


class ScoreKeepingQuerySet(ScopedQuerySet["ScoreKeeping"]):
    pass


class ScoreKeeping(models.Model):
    """How far a freelancer's scores are kept, and the contracts that they were computed from.

    The next look compares those with what is there then: the difference names the contracts that
    a recomputation is due to, even ones that are gone.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="score_keepings")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="score_keepings")
    rules = models.CharField(_("rule set"), max_length=100)
    rules_digest = models.CharField(
        max_length=64, help_text="Of the rule set's numbers: under one name they may change."
    )
    first_day = models.DateField()
    kept_until = models.DateField(help_text="The last day kept, of the freelancer's own calendar.")
    contracts = models.JSONField(help_text="By public id: jss.engine.recomputation.state_of.")
    looked_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(ScoreKeepingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freelancer", "rules"], name="jss_keeping_once"),
            models.CheckConstraint(
                condition=Q(kept_until__gte=F("first_day")), name="jss_keeping_from_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rules}: {self.first_day} to {self.kept_until}"


class RecomputationQuerySet(ScopedQuerySet["Recomputation"]):
    pass


class Recomputation(models.Model):
    """Older contracts changed, and with them scores that were kept: what they were, and why.

    Written once. The former figures of the days that changed stand in `differences`, so nothing is
    lost when `KeptScore` goes on with the new ones.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="recomputations")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="recomputations")
    rules = models.CharField(_("rule set"), max_length=100)
    recomputed_at = models.DateTimeField()
    first_day = models.DateField(help_text="The first of the days that changed.")
    last_day = models.DateField(help_text="The last of them; days in between may stand as before.")
    differences = models.JSONField(
        help_text="Runs of days: months (0: shown), first, last, before, after."
    )
    contracts = models.JSONField(help_text="Those behind it: key, title, what, fields.")
    rules_changed = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(RecomputationQuerySet)()

    class Meta:
        ordering = ["-recomputed_at", "-pk"]
        indexes = [
            models.Index(fields=["freelancer", "rules", "-recomputed_at"], name="jss_recomputed")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="jss_recomputed_from_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
