"""Profile drafts, what changed in them, their published versions, and the figures they earned."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from profiles.content import (
    FIELDS,
    HIGHEST_RATE,
    LOWEST_RATE,
    SHARED,
    Content,
    Kind,
    content_from_plain,
)

LONGEST_DRAFT: Final = 20_000
"""Characters of an overview that are kept while it is worked on; published are at most P11's."""
MOST_SPECIALISED: Final = 2
"""P1."""
GENERAL_POSITION: Final = 0
"""The general profile's; the specialised ones stand at 1 and 2."""


class ProfileQuerySet(ScopedQuerySet["Profile"]):
    def kept(self) -> Self:
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def in_order(self) -> Self:
        return self.order_by("freelancer__name", "freelancer", "position")

    def general(self) -> Self:
        return self.filter(position=GENERAL_POSITION)


class Profile(PublicIdModel):
    """The draft of one profile of a freelancer (P1): what stands here is being worked on.

    The lists hold entries as `profiles.content.ENTRY_TYPES` has them. What `SHARED` names is kept
    on the general profile only; `content_with` puts the two together.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="profiles")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="profiles")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    rate = models.DecimalField(
        _("hourly rate"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST_RATE), MaxValueValidator(HIGHEST_RATE)],
    )
    overview = models.TextField(
        _("overview"), blank=True, validators=[MaxLengthValidator(LONGEST_DRAFT)]
    )
    skills = models.JSONField(_("skills"), default=list, blank=True)
    market = models.CharField(_("market"), max_length=200, blank=True)
    service = models.CharField(_("service"), max_length=200, blank=True)
    video = models.CharField(_("video"), max_length=500, blank=True)
    availability = models.CharField(_("availability"), max_length=20, blank=True)
    available_on = models.DateField(_("available from"), null=True, blank=True)
    earnings = models.CharField(_("earnings"), max_length=10, default="shown")
    portfolio = models.JSONField(_("portfolio"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    education = models.JSONField(_("education"), default=list, blank=True)
    employment = models.JSONField(_("employment"), default=list, blank=True)
    testimonials = models.JSONField(_("testimonials"), default=list, blank=True)
    certifications = models.JSONField(_("certifications"), default=list, blank=True)
    experience = models.JSONField(_("other experience"), default=list, blank=True)
    catalogue = models.JSONField(_("catalogue projects"), default=list, blank=True)
    target_rate = models.DecimalField(
        _("target rate"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    """Dollars an hour; what R1's starting rate is taken from."""
    skills_reviewed_on = models.DateField(_("skills last reviewed"), null=True, blank=True)
    """P5: monthly; kept on the general profile."""
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ProfileQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["freelancer", "position"],
                condition=Q(removed_at__isnull=True),
                name="profiles_one_general_two_specialised",
            ),
            models.CheckConstraint(
                condition=Q(position__lte=MOST_SPECIALISED), name="profiles_position_known"
            ),
            models.CheckConstraint(
                condition=Q(position__gt=GENERAL_POSITION) | Q(removed_at__isnull=True),
                name="profiles_general_stays",
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__range=(LOWEST_RATE, HIGHEST_RATE)),
                name="profiles_rate_as_upwork_takes",
            ),
            models.CheckConstraint(
                condition=Q(
                    availability__in=["", "more_than_30", "less_than_30", "as_needed", "from_date"]
                ),
                name="profiles_availability_known",
            ),
            models.CheckConstraint(
                condition=Q(earnings__in=["shown", "hidden"]), name="profiles_earnings_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("General profile") if self.is_general else _("Specialised"))

    @property
    def is_general(self) -> bool:
        return self.position == GENERAL_POSITION

    @property
    def kind(self) -> Kind:
        return Kind.GENERAL if self.is_general else Kind.SPECIALISED

    def plain(self, name: str) -> Any:
        """The value of one of `FIELDS`, as JSON keeps it."""
        value = getattr(self, name)
        if isinstance(value, Decimal):
            return f"{value:.2f}"  # as the column gives it back
        return value.isoformat() if isinstance(value, dt.date) else value

    def content_with(self, general: Profile) -> Content:
        """What a client sees of this profile: `SHARED` fields come from the general one."""
        plain = {
            name: (general if name in SHARED else self).plain(name)
            for name in FIELDS  # each of them is a field of this model
        }
        return content_from_plain({"kind": self.kind.value, **plain})


class DraftChangeQuerySet(ScopedQuerySet["DraftChange"]):
    def with_profile(self) -> Self:
        return self.select_related("profile__freelancer")

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")


class DraftChange(PublicIdModel):
    """One person's work on one field of a draft, before and after: who changed what, and undo.

    What somebody types without a longer pause is one change, whose `after` moves on; when anything
    else happens to the profile in between it is closed, and never edited again.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="draft_changes")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="draft_changes")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="draft_changes"
    )
    who_name = models.CharField(max_length=254)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    stands_alone = models.BooleanField(default=False)
    """Done by one click, such as an undo: what is typed after it is another change."""

    objects = ScopedManager.from_queryset(DraftChangeQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=FIELDS), name="profiles_change_field_known"
            )
        ]
        indexes = [models.Index(fields=["profile", "-changed_at"], name="profiles_change_newest")]

    def __str__(self) -> str:
        return f"{self.field} by {self.who_name}"


class ProfileVersionQuerySet(ScopedQuerySet["ProfileVersion"]):
    def newest_first(self) -> Self:
        return self.order_by("-published_on", "-number")

    def newest_of(self, profiles: ProfileQuerySet) -> Self:
        """The newest of each; the others, of which there may be hundreds, are not read."""
        own = self.filter(profile=OuterRef("pk")).newest_first()
        newest = profiles.order_by().annotate(newest=Subquery(own.values("pk")[:1]))
        return self.filter(pk__in=newest.values("newest"))


class ProfileVersion(PublicIdModel):
    """A published profile, frozen: what stood on Upwork from `published_on` on."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="profile_versions")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="profile_versions")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    published_on = models.DateField(_("published on"))
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    content = models.JSONField()
    who_name = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ProfileVersionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "number"], name="profiles_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def as_content(self) -> Content:
        return content_from_plain(self.content)


class DismissalQuerySet(ScopedQuerySet["Dismissal"]):
    def with_profile(self) -> Self:
        return self.select_related("profile__freelancer")


class Dismissal(PublicIdModel):
    """A finding of a check that somebody set aside, and why."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="dismissals")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="dismissals")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=64)
    """A digest of `Finding.key`: the check and the passage that it found."""
    check_name = models.CharField(max_length=60)
    passage = models.TextField(blank=True)
    reason = models.CharField(_("why it does not apply"), max_length=300)
    who_name = models.CharField(max_length=254)
    dismissed_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(DismissalQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="profiles_dismissed_once")
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason}"


class WeeklyFiguresQuerySet(ScopedQuerySet["WeeklyFigures"]):
    def in_order(self) -> Self:
        return self.order_by("starts_on")


class WeeklyFigures(PublicIdModel):
    """What Upwork's My Stats showed for one week, Monday to Sunday (P7)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="weekly_figures")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="weekly_figures")
    starts_on = models.DateField(_("week of"))
    views = models.PositiveIntegerField(_("profile views"))
    invitations = models.PositiveIntegerField(_("invitations"))
    replies = models.PositiveIntegerField(_("replies"))
    proposals = models.PositiveIntegerField(_("proposals sent"), null=True, blank=True)

    objects = ScopedManager.from_queryset(WeeklyFiguresQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freelancer", "starts_on"], name="profiles_week_once"),
            models.CheckConstraint(
                condition=Q(starts_on__iso_week_day=1), name="profiles_week_starts_on_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"week of {self.starts_on}"

    @property
    def ends_on(self) -> dt.date:
        return self.starts_on + dt.timedelta(days=6)


class ChecklistTickQuerySet(ScopedQuerySet["ChecklistTick"]):
    pass


class ChecklistTick(PublicIdModel):
    """An item of a checklist that only the person can know, ticked by hand (P10, P5)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="checklist_ticks")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="checklist_ticks")
    item = models.CharField(max_length=60)
    ticked_on = models.DateField()

    objects = ScopedManager.from_queryset(ChecklistTickQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freelancer", "item"], name="profiles_ticked_once")
        ]

    def __str__(self) -> str:
        return self.item
