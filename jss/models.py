"""What a freelancer saw on Upwork, and by which rules a practice has its scores worked out."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
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
