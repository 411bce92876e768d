"""The contract and its log."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from contracts.models.clients import Client
from contracts.models.feedback import POSITIVE_FROM, Feedback, Outcome, RatingField
from proposals.models import Proposal

STALE_AFTER = dt.timedelta(days=30)  # C3: about a month after the last contact


def contains(field: str, word: str) -> dict[str, str]:
    """A look-up for `word` within `field` in any case, in any script.

    SQLite's LIKE knows upper and lower case of ASCII letters only; its regular expressions are
    Python's, so for other scripts the word, taken literally, is looked for with one.
    """
    if word.isascii():
        return {f"{field}__icontains": word}
    return {f"{field}__iregex": re.escape(word)}


class ContractQuerySet(ScopedQuerySet["Contract"]):
    """Contracts in the words of the trade."""

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def closed(self) -> Self:
        return self.filter(closed_on__isnull=False)

    def closed_between(self, after: dt.date, until: dt.date) -> Self:
        """Closed in `after < closed_on <= until`, as a window of the score has it (J5)."""
        return self.filter(closed_on__gt=after, closed_on__lte=until)

    def with_rating(self) -> Self:
        """Annotate `rating`: the client's public rating, None without feedback."""
        ratings = Feedback.objects.filter(
            contract=OuterRef("pk"), direction=Feedback.Direction.FROM_CLIENT
        ).values("public_rating")[:1]
        return self.annotate(rating=Subquery(ratings, output_field=RatingField()))

    def without_feedback(self) -> Self:
        """Closed without a public rating; an open contract cannot have one yet (J3)."""
        return self.closed().with_rating().filter(rating__isnull=True)

    def negative(self) -> Self:
        """Closed with a public rating below 4.0 (J2)."""
        return self.closed().with_rating().filter(rating__lt=POSITIVE_FROM)

    def positive(self) -> Self:
        return self.closed().with_rating().filter(rating__gte=POSITIVE_FROM)

    def with_last_activity(self) -> Self:
        """Annotate `last_activity_on`: the latest of payment, delivery and start; else None."""
        payments = (
            apps.get_model("contracts", "Payment")
            .objects.filter(contract=OuterRef("pk"))
            .order_by("-paid_on")
        )
        paid = Subquery(payments.values("paid_on")[:1], output_field=models.DateField())
        rows = self.annotate(last_payment_on=paid)
        # Each way round, because SQLite's and PostgreSQL's GREATEST disagree about NULL.
        days = ("last_payment_on", "delivered_on", "started_on")
        return rows.annotate(
            last_activity_on=Greatest(
                Coalesce(days[0], days[1], days[2]),
                Coalesce(days[1], days[2], days[0]),
                Coalesce(days[2], days[0], days[1]),
            )
        )

    def stale(self, as_of: dt.date) -> Self:
        """Open and without activity for about a month (C3)."""
        return self.open().with_last_activity().filter(last_activity_on__lt=as_of - STALE_AFTER)

    def with_never_counts(self) -> Self:
        """Annotate `client_is_flagged`: the contract's own flag or its client's (J2)."""
        return self.annotate(
            client_is_flagged=Case(
                When(Q(client_flagged=True) | Q(client__flagged=True), then=Value(True)),
                default=Value(False),
            )
        )

    def search(self, words: str) -> Self:
        """Every word in the title, the client's name, the Upwork id, the notes or the log."""
        rows = self
        for word in words.replace("\0", " ").split():  # PostgreSQL takes no NUL
            is_in_log = LogEntry.objects.filter(contract=OuterRef("pk"), **contains("what", word))
            rows = rows.filter(
                Q(**contains("title", word))
                | Q(**contains("client__name", word))
                | Q(**contains("upwork_contract_id", word))
                | Q(**contains("notes", word))
                | Exists(is_in_log)
            )
        return rows


class Contract(PublicIdModel):
    """One contract of a freelancer with a client. Open until `closed_on` is known."""

    class Kind(models.TextChoices):
        HOURLY = "hourly", _("Hourly")
        FIXED = "fixed", _("Fixed price")

    class EndedBy(models.TextChoices):
        CLIENT = "client", _("Client")
        FREELANCER = "freelancer", _("Freelancer")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DELIVERED = "delivered", _("Delivered")
        CLOSED = "closed", _("Closed")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="contracts")
    freelancer = models.ForeignKey(Freelancer, models.PROTECT, related_name="contracts")
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="contracts", null=True, blank=True
    )
    proposal = models.ForeignKey(
        Proposal, models.SET_NULL, related_name="contracts", null=True, blank=True
    )
    """What won it, where it was written here (B5)."""
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    upwork_contract_id = models.CharField(_("Upwork contract id"), max_length=20, blank=True)
    under_agency = models.BooleanField(
        _("under the agency"), default=False, help_text=_("Counts for the agency first (J14).")
    )

    started_on = models.DateField(_("started on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=EndedBy, blank=True)
    end_reason = models.CharField(_("reason for the end"), max_length=300, blank=True)
    status = models.GeneratedField(
        expression=Case(
            When(closed_on__isnull=False, then=Value("closed")),
            When(delivered_on__isnull=False, then=Value("delivered")),
            default=Value("open"),
        ),
        output_field=models.CharField(max_length=10, choices=Status),
        db_persist=True,
    )

    currency = models.CharField(_("currency"), max_length=3, default="USD")
    rate = models.DecimalField(
        _("rate"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Per hour, or the whole price of a fixed-price contract."),
    )
    hours = models.DecimalField(_("hours"), max_digits=9, decimal_places=2, null=True, blank=True)
    earned = models.DecimalField(
        _("earned"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Gross, before Upwork's fees, less refunds."),
    )
    fees = models.DecimalField(_("fees"), max_digits=12, decimal_places=2, default=Decimal("0.00"))

    delivered_what = models.CharField(
        _("what was delivered"),
        max_length=300,
        blank=True,
        help_text=_("In a few words, as a message to the client names it."),
    )
    escrow = models.DecimalField(
        _("money in escrow"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Of a fixed-price contract: funded and not yet released."),
    )
    last_milestone_on = models.DateField(
        _("last milestone's date"),
        null=True,
        blank=True,
        help_text=_("Upwork calls the contract dormant 90 days after it."),
    )

    client_flagged = models.BooleanField(
        _("client flagged or removed by Upwork"), default=False, help_text=_("Never counts (J2).")
    )
    feedback_removed = models.BooleanField(
        _("feedback removed from the score"), default=False, help_text=_("Never counts (J13).")
    )
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(ContractQuerySet)()

    if TYPE_CHECKING:  # what the queryset's `with_…` methods annotate
        rating: Decimal | None
        last_activity_on: dt.date | None
        client_is_flagged: bool

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="contracts_contract_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["", "hourly", "fixed"]), name="contracts_contract_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__in=["", "client", "freelancer"]),
                name="contracts_contract_ended_by_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(closed_on__gte=F("started_on")),
                name="contracts_contract_closes_after_start",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=False) | Q(ended_by=""),
                name="contracts_contract_open_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0),
                name="contracts_contract_hours_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(escrow__isnull=True) | Q(escrow__gte=0),
                name="contracts_contract_escrow_not_negative",
            ),
            models.UniqueConstraint(
                fields=["practice", "freelancer", "upwork_contract_id"],
                condition=~Q(upwork_contract_id=""),
                name="contracts_contract_upwork_id_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "freelancer", "closed_on"], name="contracts_contract_windows"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status_label(self) -> str:
        """The status in words; a generated field has no `get_status_display`."""
        return str(self.Status(self.status).label)

    @property
    def never_counts(self) -> bool:
        """Its client is flagged, or its feedback removed from the score (J2, J13).

        Reads the client: fetch it with `select_related`.
        """
        client_is_flagged = self.client_flagged or bool(self.client and self.client.flagged)
        return client_is_flagged or self.feedback_removed

    @property
    def outcome(self) -> Outcome:
        """What the contract is for the score (J2); needs `with_rating()` and the client."""
        if self.closed_on is None:
            return Outcome.OPEN
        if self.never_counts:
            return Outcome.NEVER_COUNTS
        if self.rating is None:
            return Outcome.NO_FEEDBACK
        return Outcome.POSITIVE if self.rating >= POSITIVE_FROM else Outcome.NEGATIVE

    def is_stale(self, as_of: dt.date) -> bool:
        """Like the queryset's `stale`, of one contract `with_last_activity()`."""
        last = self.last_activity_on
        return self.closed_on is None and last is not None and last < as_of - STALE_AFTER


class LogEntryQuerySet(ScopedQuerySet["LogEntry"]):
    own_lookup = "contract__freelancer__user"


class LogEntry(PublicIdModel):
    """What happened on a contract, what was learned, what will be done differently (C6)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="log_entries")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="log_entries")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="log_entries"
    )
    happened_on = models.DateField(_("date"))
    what = models.TextField(_("what happened"))
    lesson = models.TextField(_("what was learned"), blank=True)
    differently = models.TextField(_("what will be done differently"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(LogEntryQuerySet)()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="contracts_logentry_says_something")
        ]

    def __str__(self) -> str:
        return self.what[:80]
