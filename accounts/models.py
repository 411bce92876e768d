"""People and practices: the tenant, its roles, its freelancers, and the audit trail."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from accounts.time_zones import time_zone_names


def validate_time_zone(name: str) -> None:
    if name not in time_zone_names():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Europe/Kyiv."),
            params={"name": name},
        )


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with a login. Signs in with an e-mail address; there is no user name."""

    username = None  # type: ignore[assignment]  # AbstractUser declares a field; None removes it
    first_name = None  # type: ignore[assignment]  # likewise
    last_name = None  # type: ignore[assignment]  # likewise
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # no user names

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"), name="accounts_user_email_once_in_any_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.email


class Practice(PublicIdModel):
    """The tenant: one freelancer's practice or an agency. Every domain row belongs to one."""

    class Kind(models.TextChoices):
        SOLO = "solo", _("Solo")
        AGENCY = "agency", _("Agency")

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SOLO)
    is_sample = models.BooleanField(_("made-up sample data"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    own_lookup = "user"


class Membership(PublicIdModel):
    """A user's role in a practice."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        MANAGER = "manager", _("Manager")
        MEMBER = "member", _("Member")
        VIEWER = "viewer", _("Viewer")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"], name="accounts_membership_once_per_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "manager", "member", "viewer"]),
                name="accounts_membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"


class FreelancerQuerySet(ScopedQuerySet["Freelancer"]):
    own_lookup = "user"

    def in_order(self) -> Self:
        return self.order_by("name", "pk")


class Freelancer(PublicIdModel):
    """Whose contracts and score it is. May exist without a login: then a manager keeps the data."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="freelancers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="freelancers",
    )
    name = models.CharField(_("name"), max_length=150)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    locale = models.CharField(_("date and number format"), max_length=12, default="en-US")

    objects = ScopedManager.from_queryset(FreelancerQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"],
                condition=models.Q(user__isnull=False),
                name="accounts_freelancer_once_per_login",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeedQuerySet(ScopedQuerySet["CalendarFeed"]):
    own_lookup = "user"


class CalendarFeed(PublicIdModel):
    """A person's secret calendar address in a practice; deleting the row revokes it.

    The address holds a signature over `public_id` and `nonce`, so that a copy of the database alone
    opens no calendar.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds"
    )
    nonce = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CalendarFeedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"], name="accounts_calendar_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"calendar #{self.pk}"


class AuditEventQuerySet(ScopedQuerySet["AuditEvent"]):
    """Rows are added and read, and nothing else: what happened stays as it was written."""

    own_lookup = "for_freelancer__user"

    def update(self, **_fields: Any) -> NoReturn:
        raise TypeError("An audit event is never edited.")

    def bulk_update(self, *_arguments: Any, **_options: Any) -> NoReturn:
        raise TypeError("An audit event is never edited.")

    def bulk_create(self, objs: Any, *arguments: Any, **options: Any) -> list[AuditEvent]:
        if options.get("update_conflicts"):
            raise TypeError("An audit event is never edited.")
        return super().bulk_create(objs, *arguments, **options)

    def delete(self) -> NoReturn:
        raise TypeError("An audit event is never deleted.")

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django marks its own


class AuditEvent(PublicIdModel):
    """Who changed what, for whom, when, before and after. Written once, never edited (A8)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="audit_events")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="audit_events"
    )
    who_name = models.CharField(max_length=254)
    for_freelancer = models.ForeignKey(
        Freelancer, models.SET_NULL, null=True, related_name="audit_events"
    )
    verb = models.CharField(max_length=60, help_text="Such as contract.changed or import.undone.")
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=20, help_text="The public id of the row.")
    target_label = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(AuditEventQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["practice", "-at"], name="accounts_audit_newest"),
            models.Index(fields=["target_type", "target_id"], name="accounts_audit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An audit event is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("An audit event is never deleted.")
