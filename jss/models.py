"""Readings of the score, the rules that it is worked out by, and the scores that are kept."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
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


class RuleChoiceQuerySet(ScopedQuerySet["RuleChoice"]):
    own_lookup = None


class RuleChoice(PublicIdModel):
    """The rule set that a practice has its scores worked out by; without a row the default one."""

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="rule_choice")
    rule_set = models.CharField(_("rule set"), max_length=60)
    """Its name with its options, such as `trending+refined`."""

    objects = ScopedManager.from_queryset(RuleChoiceQuerySet)()

    def __str__(self) -> str:
        return self.rule_set


class FittedRulesQuerySet(ScopedQuerySet["FittedRules"]):
    own_lookup = None


class FittedRules(PublicIdModel):
    """A practice's own rule set: the conventions that fit its readings best (J2, J3, J11).

    Their bounds are those of `jss.engine.calibration`.
    """

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="fitted_rules")
    base = models.CharField(_("rule set that it is made from"), max_length=30)
    reading = models.CharField(_("reading of the formula"), max_length=10, default="net")
    positive_from = models.DecimalField(
        _("lowest positive rating"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(3)), MaxValueValidator(Decimal(5))],
    )
    tolerated_at_least = models.PositiveSmallIntegerField(_("contracts without feedback for free"))
    tolerated_per_cent = models.PositiveSmallIntegerField(
        _("share of contracts without feedback for free, %")
    )
    weight_strength = models.DecimalField(_("strength of weights"), max_digits=3, decimal_places=2)
    """0: every outcome weighs 1, or what the base says; 1: the convention of J11."""
    fitted_on = models.DateField(_("fitted on"))
    readings = models.PositiveSmallIntegerField(_("number of readings"))
    off_before = models.DecimalField(_("points off before"), max_digits=5, decimal_places=2)
    """Root of the mean square of the differences, by the base; `off_after` by the fit."""
    off_after = models.DecimalField(_("points off after"), max_digits=5, decimal_places=2)

    objects = ScopedManager.from_queryset(FittedRulesQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(positive_from__range=(3, 5)), name="jss_fitted_positive_from_3_to_5"
            ),
            models.CheckConstraint(
                condition=Q(tolerated_per_cent__lte=100), name="jss_fitted_tolerated_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(weight_strength__range=(0, 3)), name="jss_fitted_strength_0_to_3"
            ),
            models.CheckConstraint(
                condition=Q(reading__in=["net", "share"]), name="jss_fitted_reading_known"
            ),
            models.CheckConstraint(
                condition=Q(base__in=["classic", "trending", "weighted-2024"]),
                name="jss_fitted_base_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base}, {self.fitted_on}"

    @property
    def base_name(self) -> str:
        """The name of what it is made from, with the reading of the formula (J1)."""
        return self.base if self.reading == "net" else f"{self.base}+{self.reading}"


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
