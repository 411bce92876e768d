"""Feedback, both ways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet

POSITIVE_FROM = Decimal("4.00")  # J2: our convention, kept equal to the rule set's by a test

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PART_SCORES = ("skills", "quality", "availability", "deadlines", "communication", "cooperation")


class FeedbackQuerySet(ScopedQuerySet["Feedback"]):
    own_lookup = "contract__freelancer__user"

    def from_client(self) -> FeedbackQuerySet:
        return self.filter(direction=Feedback.Direction.FROM_CLIENT)


class RatingField(models.DecimalField[Decimal, Decimal]):
    """For annotations: SQLite hands a computed 4.9 out with up to 15 digits; a rating has two."""

    def __init__(self) -> None:
        super().__init__(max_digits=3, decimal_places=2)

    def from_db_value(
        self, value: Decimal | None, _expression: object, _connection: object
    ) -> Decimal | None:
        return None if value is None else value.quantize(Decimal("0.01"))


def _part_score(label: _StrPromise) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Feedback(PublicIdModel):
    """What one side said of the other when a contract ended.

    The public rating runs from 1.00 to 5.00; the six part scores from 1 to 5; the private rating,
    an old input that Upwork is taking out of its form (J17d), from 0 to 10.
    """

    class Direction(models.TextChoices):
        FROM_CLIENT = "from_client", _("From the client")
        FROM_FREELANCER = "from_freelancer", _("From the freelancer")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="feedback")
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="feedback")
    direction = models.CharField(max_length=20, choices=Direction, default=Direction.FROM_CLIENT)
    public_rating = models.DecimalField(
        _("public rating"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
    )
    skills = _part_score(_("skills"))
    quality = _part_score(_("quality of work"))
    availability = _part_score(_("availability"))
    deadlines = _part_score(_("adherence to deadlines"))
    communication = _part_score(_("communication"))
    cooperation = _part_score(_("cooperation"))
    comment = models.TextField(_("comment"), blank=True)
    private_rating = models.PositiveSmallIntegerField(
        _("private rating"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    given_on = models.DateField(_("given on"), null=True, blank=True)
    changed_on = models.DateField(_("changed on"), null=True, blank=True)
    rating_before_change = models.DecimalField(
        _("rating before the change"), max_digits=3, decimal_places=2, null=True, blank=True
    )

    objects = ScopedManager.from_queryset(FeedbackQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "direction"], name="contracts_feedback_once_each_way"
            ),
            models.CheckConstraint(
                condition=Q(public_rating__gte=1) & Q(public_rating__lte=5),
                name="contracts_feedback_rating_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(private_rating__isnull=True) | Q(private_rating__lte=10),
                name="contracts_feedback_private_0_to_10",
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{part}__isnull": True})
                    | (Q(**{f"{part}__gte": 1}) & Q(**{f"{part}__lte": 5})),
                    name=f"contracts_feedback_{part}_1_to_5",
                )
                for part in PART_SCORES
            ],
        ]

    def __str__(self) -> str:
        return f"{self.public_rating} {self.direction}"


class Outcome(models.TextChoices):
    """What a contract is for the score (J2); an open one is nothing yet."""

    OPEN = "open", _("No outcome yet")
    POSITIVE = "positive", _("Positive")
    NEGATIVE = "negative", _("Negative")
    NO_FEEDBACK = "no_feedback", _("No feedback")
    NEVER_COUNTS = "never_counts", _("Never counts")
