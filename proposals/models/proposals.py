"""A proposal: the post it answers, its letter, and its way through the funnel (B5)."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from profiles.models import Profile
from proposals.funnel import DATED, ENDED, WAITING, Dates, Stage
from proposals.models.pieces import PieceVersion

STAGES: Final = [stage.value for stage in Stage]


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Proposals in the words of the trade."""

    def kept(self) -> Self:
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def drafts(self) -> Self:
        return self.filter(stage=Stage.DRAFT)

    def waiting(self) -> Self:
        """Sent, and not ended."""
        return self.filter(stage__in=[stage.value for stage in WAITING])

    def ended(self) -> Self:
        return self.filter(stage__in=[stage.value for stage in ENDED])

    def newest_first(self) -> Self:
        return self.order_by("-moved_at", "-pk")

    def without_texts(self) -> Self:
        """For lists: what is long stays in the database."""
        return self.defer("post", "facts", "body", "values", "letter")


class Proposal(PublicIdModel):
    """One answer of a freelancer to one job post. A person sends it by hand (B7)."""

    class Kind(models.TextChoices):
        HOURLY = "hourly", _("Hourly")
        FIXED = "fixed", _("Fixed price")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="proposals")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="proposals")
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals_written"
    )
    who_name = models.CharField(max_length=254)
    """Who wrote it; for whom is `freelancer` (A8)."""

    post = models.TextField(_("job post"), blank=True)
    post_key = models.CharField(max_length=64, blank=True)
    """The same for the same post, pasted with other surroundings."""
    facts = models.JSONField(default=dict, blank=True)
    """What the post says, as the person corrected it."""
    title = models.CharField(_("job title"), max_length=300)
    client_name = models.CharField(_("client's name"), max_length=200, blank=True)
    niche = models.CharField(_("niche"), max_length=200, blank=True)

    template = models.ForeignKey(
        PieceVersion, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    body = models.TextField(_("text"), blank=True)
    """The text as it is written, its placeholders not filled yet."""
    values = models.JSONField(default=dict, blank=True)
    """What the placeholders are filled with, by their names."""
    letter = models.TextField(_("letter"), blank=True)
    """The filled text as it was copied."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    bid = models.DecimalField(
        _("bid"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    """Dollars an hour, or for all of it, by `kind`."""
    is_invitation = models.BooleanField(_("answers an invitation"), default=False)
    connects = models.PositiveIntegerField(_("connects"), default=0)
    boost = models.PositiveIntegerField(_("connects for boosting"), default=0)

    stage = models.CharField(_("stage"), max_length=10, default=Stage.DRAFT.value)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    viewed_on = models.DateField(_("viewed"), null=True, blank=True)
    replied_on = models.DateField(_("replied"), null=True, blank=True)
    call_on = models.DateField(_("call"), null=True, blank=True)
    audit_on = models.DateField(_("audit"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    follow_up_on = models.DateField(_("write again on"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=5_000, blank=True)
    moved_at = models.DateTimeField()
    """When its stage last changed."""
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ProposalQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="proposals_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value) | Q(sent_at__isnull=False),
                name="proposals_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", "hourly", "fixed"]), name="proposals_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(is_invitation=False) | Q(connects=0),
                name="proposals_invitation_is_free",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "post_key"], name="proposals_same_post"),
            models.Index(fields=["practice", "sent_at"], name="proposals_by_sending"),
            # The lists show what was not removed. Each holds all that its query counts or orders
            # by: the rows themselves are wide, with whole letters in them.
            models.Index(
                fields=["practice", "stage", "-moved_at", "freelancer"],
                condition=Q(removed_at=None),
                name="proposals_newest_of_stage",
            ),
            models.Index(
                fields=["practice", "freelancer", "stage", "-moved_at"],
                condition=Q(removed_at=None),
                name="proposals_newest_of_one",
            ),
            models.Index(
                fields=["practice", "-moved_at", "freelancer"],
                condition=Q(removed_at=None),
                name="proposals_newest",
            ),
            models.Index(
                fields=[
                    *("practice", "stage", "freelancer", "follow_up_on"),
                    *("replied_on", "call_on", "audit_on", "viewed_on", "sent_at"),
                ],
                condition=Q(removed_at=None),
                name="proposals_write_again",
            ),
            models.Index(
                fields=["practice", "stage", "sent_at", "freelancer"],
                condition=Q(removed_at=None),
                name="proposals_forgotten",
            ),
            models.Index(
                F("practice"),
                Lower("title"),
                condition=Q(removed_at=None),
                name="proposals_by_title",
            ),
            models.Index(
                F("practice"),
                Lower("client_name"),
                condition=Q(removed_at=None),
                name="proposals_by_client",
            ),
            models.Index(
                fields=["practice", "niche", "freelancer", "stage", "-moved_at"],
                condition=Q(removed_at=None),
                name="proposals_niches",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dates(self) -> Dates:
        """What happened when, by the day where the practice is."""
        days: dict[Stage, dt.date | None] = {
            Stage.SENT: timezone.localdate(self.sent_at) if self.sent_at else None,
            Stage.VIEWED: self.viewed_on,
            Stage.REPLIED: self.replied_on,
            Stage.CALL: self.call_on,
            Stage.AUDIT: self.audit_on,
        }
        reached = {stage: day for stage in DATED if (day := days[stage])}
        return Dates(reached, self.ended_on)


class UsedBlockQuerySet(ScopedQuerySet["UsedBlock"]):
    own_lookup = "proposal__freelancer__user"


class UsedBlock(models.Model):
    """A block that a proposal was written with."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="used_blocks")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="used_blocks")
    version = models.ForeignKey(PieceVersion, models.CASCADE, related_name="uses")

    objects = ScopedManager.from_queryset(UsedBlockQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "version"], name="proposals_block_used_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.proposal_id}"


class ProposalMoveQuerySet(ScopedQuerySet["ProposalMove"]):
    def newest_first(self) -> Self:
        return self.order_by("-moved_at", "-pk")


class ProposalMove(PublicIdModel):
    """A proposal's move from one stage to another, and all its dates before: for undo (B5)."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="proposal_moves")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="proposal_moves")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    happened_on = models.DateField()
    dates_before = models.JSONField(default=dict)
    who_name = models.CharField(max_length=254)
    moved_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ProposalMoveQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=STAGES) & Q(after__in=STAGES),
                name="proposals_move_stages_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ScreeningAnswerQuerySet(ScopedQuerySet["ScreeningAnswer"]):
    def in_order(self) -> Self:
        return self.order_by("proposal", "position")


class ScreeningAnswer(PublicIdModel):
    """A question of a post, and what was answered: offered again when a similar one comes."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="screening_answers")
    freelancer = models.ForeignKey(Freelancer, models.CASCADE, related_name="screening_answers")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(_("question"), max_length=1_000)
    answer = models.TextField(_("answer"), max_length=5_000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(ScreeningAnswerQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"], name="proposals_question_place_once"
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def key(self) -> str:
        """What names it in a form: the question's own, wherever it stands by now."""
        return hashlib.sha256(self.question.encode()).hexdigest()[:10]
