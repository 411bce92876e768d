"""What the close-out cadence stands on: what happened, the practice's intervals and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_INTERVAL: Final = 365  # days


class CloseoutEventQuerySet(ScopedQuerySet["CloseoutEvent"]):
    own_lookup = "contract__freelancer__user"


class CloseoutEvent(PublicIdModel):
    """One thing that happened on the way to a closed contract with feedback (C3).

    Delivery and end are dates of the contract itself; everything else is a row here, so that the
    next step follows from what happened and is never stored.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked the five-star question")
        PINGED = "pinged", _("Pinged the client")
        ANSWERED = "answered", _("Client answered")
        REOPENED = "reopened", _("Opened again")
        SNOOZED = "snoozed", _("Snoozed")
        GOING_BADLY = "going_badly", _("Going badly")
        GOING_WELL = "going_well", _("Going well again")
        TAKEN_OUT = "taken_out", _("Taken out of the cadence")
        TAKEN_BACK = "taken_back", _("Back in the cadence")
        FEEDBACK_ASKED = "feedback_asked", _("Asked to rate the closed contract")
        OWNED_UP = "owned_up", _("Owned up to a bad end")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="closeout_events")
    contract = models.ForeignKey(
        "contracts.Contract", models.CASCADE, related_name="closeout_events"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="closeout_events"
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    happened_on = models.DateField(_("date"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Of a snooze."))
    #: Which one-click link of a mail recorded it: each link is good for once.
    link = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CloseoutEventQuerySet)()

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="snoozed") & Q(until__isnull=False))
                | (~Q(kind="snoozed") & Q(until__isnull=True)),
                name="contracts_closeout_only_a_snooze_ends",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("happened_on")),
                name="contracts_closeout_snooze_ends_later",
            ),
            models.UniqueConstraint(
                fields=["link"], condition=~Q(link=""), name="contracts_closeout_link_once"
            ),
        ]
        indexes = [models.Index(fields=["practice", "contract"], name="contracts_closeout_log")]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


def _days(
    label: _StrPromise, help_text: _StrPromise
) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        help_text=help_text,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)],
    )


INTERVAL_FIELDS: Final = ("ping_days", "silence_days", "close_days", "rate_days")


class CloseoutIntervalsQuerySet(ScopedQuerySet["CloseoutIntervals"]):
    own_lookup = None


class CloseoutIntervals(PublicIdModel):
    """The cadence's intervals in days: the practice's (without a contract) or one contract's.

    None inherits: a contract from its practice, the practice from C3.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="closeout_intervals")
    contract = models.OneToOneField(
        "contracts.Contract",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="closeout_intervals",
    )
    ping_days = _days(_("days between two pings"), _("While the client answers."))
    silence_days = _days(_("days of silence"), _("From a ping without an answer to the last one."))
    close_days = _days(_("days to the end"), _("From the last ping to closing it yourself."))
    rate_days = _days(
        _("days to the request to rate"), _("From the end of a contract without feedback.")
    )

    objects = ScopedManager.from_queryset(CloseoutIntervalsQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(contract__isnull=True),
                name="contracts_intervals_practice_once",
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True})
                    | Q(**{f"{name}__range": (1, LONGEST_INTERVAL)}),
                    name=f"contracts_intervals_{name}_1_to_365",
                )
                for name in INTERVAL_FIELDS
            ],
        ]

    def __str__(self) -> str:
        return f"intervals #{self.pk}"


class MessageLanguage(models.TextChoices):
    """The languages in which messages to clients are written; each in its own words."""

    ENGLISH = "en", "English"
    UKRAINIAN = "uk", "Українська"
    RUSSIAN = "ru", "Русский"


class MessageTemplateQuerySet(ScopedQuerySet["MessageTemplate"]):
    own_lookup = None


class MessageTemplate(PublicIdModel):
    """A practice's own words for a message to a client; without a row the built-in ones hold."""

    class Kind(models.TextChoices):
        FIVE_STAR_QUESTION = "five_star_question", _("Five-star question")
        PING = "ping", _("Weekly ping")
        LAST_PING = "last_ping", _("Last ping")
        OWN_UP = "own_up", _("Owning up after a bad end")
        REQUEST_TO_RATE = "request_to_rate", _("Request to rate a closed contract")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="message_templates")
    kind = models.CharField(_("message"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=MessageLanguage)
    body = models.TextField(_("words"))
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(MessageTemplateQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "language"], name="contracts_message_once"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="contracts_message_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
