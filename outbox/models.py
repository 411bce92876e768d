"""Outgoing e-mail: when each person gets a digest, and every mail as a row of its own."""

from __future__ import annotations

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Permission
from accounts.models import Membership, Practice, validate_time_zone
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from accounts.time_zones import zone_or_utc
from outbox.recurrence import EVERY_DAY, WeeklyRule, next_occurrence

LONGEST_ERROR: Final = 500


class PersonalQuerySet[RowT: models.Model](ScopedQuerySet[RowT]):
    """Rows about one person of the practice: of no concern to colleagues who only look."""

    own_lookup = "membership__user"

    def kept_by(self, actor: Actor) -> Self:
        """One's own; for an owner or manager, who sees to it that mail arrives, everybody's."""
        rows = self.for_actor(actor)
        return rows if actor.may(Permission.CHANGE_SHARED) else rows.of(actor)

    def of(self, actor: Actor) -> Self:
        """The actor's own, whatever the role: a digest's links act in its reader's name."""
        return self.filter(practice=actor.practice, membership=actor.membership)


class DigestScheduleQuerySet(PersonalQuerySet["DigestSchedule"]):
    def due(self, now: dt.datetime) -> Self:
        """Switched on, and their time has come; who may not sign in gets none."""
        return self.filter(is_on=True, next_at__lte=now, membership__user__is_active=True)

    def paused(self) -> Self:
        """Those whose person's address a mail server refused for good."""
        return self.filter(bounced_address=models.F("membership__user__email"))


class DigestSchedule(PublicIdModel):
    """When one person gets the digest of one practice: local hour on chosen weekdays.

    The rule and the IANA zone are stored; `next_at` (UTC) is worked out from them each time.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="digest_schedules")
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="digest_schedule")
    weekdays = models.PositiveSmallIntegerField(
        _("weekdays"), default=EVERY_DAY, help_text=_("Bits: Monday is 1, Sunday is 64.")
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=9, help_text=_("Local, 0 to 23."))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    is_on = models.BooleanField(_("switched on"), default=True)
    next_at = models.DateTimeField(_("next digest"))
    # A mail server refused this very address for good; another address of the person is fine.
    bounced_address = models.CharField(max_length=254, blank=True)
    bounced_because = models.CharField(max_length=LONGEST_ERROR, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(DigestScheduleQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, EVERY_DAY)), name="outbox_schedule_has_a_weekday"
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="outbox_schedule_hour_of_day"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(is_on=True), name="outbox_schedule_due")
        ]

    def __str__(self) -> str:
        return f"schedule #{self.pk}"

    @property
    def rule(self) -> WeeklyRule:
        """In UTC where this machine does not know the zone (any more)."""
        return WeeklyRule(self.weekdays, self.hour, zone_or_utc(self.time_zone).key)

    @property
    def is_paused(self) -> bool:
        """Whether a mail server refused the person's present address for good."""
        return self.bounced_address == self.membership.user.email

    def next_after(self, now: dt.datetime) -> dt.datetime:
        return next_occurrence(self.rule, now)


class MailQuerySet(PersonalQuerySet["Mail"]):
    def due(self, now: dt.datetime) -> Self:
        """To be sent now: waiting for its turn, or left behind by a sender that died."""
        return self.filter(due_at__lte=now)

    def dead(self) -> Self:
        """Given up; a person can have it sent again."""
        return self.filter(state=Mail.State.DEAD)


class Mail(PublicIdModel):
    """One e-mail to one person.

    `due_at` is when it is to be looked at next: the first attempt, the next one after a failure,
    or, while it is being sent, the end of the sender's lease; None once it is sent or given up. So
    a sender that was killed needs no healing: its row simply falls due again. And what is due is
    one look at one index, however many were sent. `attempts` is counted up before each attempt.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Given up")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="mails")
    membership = models.ForeignKey(
        Membership,
        models.CASCADE,
        null=True,
        related_name="mails",
        help_text=_("Whose it is: somebody who left the practice gets nothing more."),
    )
    occurrence = models.CharField(
        max_length=120, unique=True, help_text=_("What it is about: at most one mail for each.")
    )
    message_id = models.CharField(max_length=200, unique=True)
    to_address = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("plain text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=LONGEST_ERROR, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = ScopedManager.from_queryset(MailQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "dead"]),
                name="outbox_mail_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outbox_mail_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], due_at__isnull=False)
                | Q(state__in=["sent", "dead"], due_at__isnull=True),
                name="outbox_mail_due_until_it_ends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="outbox_mail_due"
            ),
            models.Index(fields=["practice", "-created_at"], name="outbox_mail_newest"),
        ]

    def __str__(self) -> str:
        return self.occurrence
