"""One import of a file or of pasted text, from upload to undo."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    def without_content(self) -> Self:
        """Leave the file itself, up to 50 MB, in the database."""
        return self.defer("content")

    def for_page(self) -> Self:
        return self.without_content().select_related("practice", "freelancer", "created_by")

    def for_list(self) -> Self:
        """Without what was found, decided and changed, which can be megabytes.

        Annotates `contracts_created` (None before it is applied) and `has_record` of what it
        changed, without which it cannot be undone.
        """
        return (
            self.defer("content", "preview", "decisions", "outcome", "problem")
            .select_related("freelancer")
            .annotate(
                contracts_created=F("outcome__counts__contracts_created"),
                has_record=Case(
                    When(outcome__has_key="created", then=Value(True)), default=Value(False)
                ),
            )
        )


class ImportBatch(PublicIdModel):
    """An import on its way: the file, what was found in it, what the user decided, how it ended.

    `claim` names the worker that reads or applies it now: one that was taken for dead and comes
    back finds another claim and stops. `progress_at` is its last sign of life.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be read")
        READING = "reading", _("Reading")
        NEEDS_ENCODING = "needs_encoding", _("Needs its encoding")
        UNREADABLE = "unreadable", _("Cannot be read")
        PREVIEW = "preview", _("Ready to look at")
        APPLYING = "applying", _("Importing")
        APPLIED = "applied", _("Imported")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="imports")
    freelancer = models.ForeignKey(Freelancer, models.PROTECT, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200, blank=True)
    # In the database and not on a disk: web and worker may run on different machines.
    content = models.BinaryField()
    encoding = models.CharField(max_length=20, blank=True)
    format = models.CharField(max_length=1, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.UPLOADED)
    claim = models.CharField(max_length=14, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    problem = models.JSONField(default=dict, help_text="Why the file could not be read.")
    preview = models.JSONField(default=dict, help_text="What was found: contracts.imports.previews")
    decisions = models.JSONField(default=dict, help_text="What the user decided, by contract key.")
    outcome = models.JSONField(default=dict, help_text="What the import changed, for its undo.")
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ImportBatchQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name or f"import {self.public_id}"


class ImportItemQuerySet(ScopedQuerySet["ImportItem"]):
    own_lookup = "batch__freelancer__user"


class ImportItem(models.Model):
    """A contract as an import found it, before anything is changed.

    `key` names it across readings of the same file; the parts of a contract that the user split
    share their `group_key`. `match` is the contract that it was recognised as. Money is in US
    dollars: `amount` adds up all of its rows, `gross` leaves fees out; the `known` ones are stored
    already. `facts` holds what only a page shows: see `contracts.imports.items`.
    """

    class Status(models.TextChoices):
        NEW = "new", _("New")
        KNOWN = "known", _("Known")
        CHANGED = "changed", _("Changed")
        DOUBTFUL = "doubtful", _("In doubt")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    group_key = models.CharField(max_length=60)
    part_from = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=300)
    client = models.CharField(max_length=200, blank=True)
    upwork_contract_id = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10, choices=Status)
    match = models.ForeignKey(
        "contracts.Contract", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    gross = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    fees = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    hours = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, default=Decimal(0))
    amount_known = models.DecimalField(max_digits=24, decimal_places=6, default=Decimal(0))
    rows = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)

    objects = ScopedManager.from_queryset(ImportItemQuerySet)()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "key"], name="contracts_importitem_key_once"),
            models.CheckConstraint(
                condition=Q(status__in=["new", "known", "changed", "doubtful"]),
                name="contracts_importitem_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "status", "number"], name="contracts_importitem_pages")
        ]

    def __str__(self) -> str:
        return self.title
