"""One import of a file or of pasted text, from upload to undo."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    pass


class ImportBatch(PublicIdModel):
    """An import on its way: the file, what was found in it, what the user decided, how it ended."""

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
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    problem = models.JSONField(default=dict, help_text="Why the file could not be read.")
    preview = models.JSONField(default=dict, help_text="What was found: see contracts.previews.")
    decisions = models.JSONField(default=dict, help_text="What the user decided, by contract key.")
    outcome = models.JSONField(default=dict, help_text="What the import changed, for its undo.")
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ImportBatchQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name or f"import {self.public_id}"
