"""Texts to write proposals from: whole templates, blocks, and the placeholders in them (B2)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from proposals.fields import Entry, Field


class PlaceholderQuerySet(ScopedQuerySet["Placeholder"]):
    own_lookup = None

    def in_order(self) -> Self:
        return self.order_by("label", "pk")


class Placeholder(PublicIdModel):
    """A `{{ name }}` that a practice's templates may use, beside those that the product fills."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="placeholders")
    name = models.CharField(_("name in the text"), max_length=40)
    label = models.CharField(_("label"), max_length=80)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    default = models.TextField(_("default"), max_length=5_000, blank=True)
    is_required = models.BooleanField(_("must be filled"), default=True)
    entry = models.CharField(_("takes"), max_length=10, default=Entry.LINE.value)
    choices = models.JSONField(_("choices"), default=list, blank=True)

    objects = ScopedManager.from_queryset(PlaceholderQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"], name="proposals_placeholder_name_once"
            ),
            models.CheckConstraint(
                condition=Q(entry__in=[entry.value for entry in Entry]),
                name="proposals_placeholder_entry_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def as_field(self) -> Field:
        return Field(
            name=self.name,
            label=self.label,
            hint=self.hint,
            default=self.default,
            is_required=self.is_required,
            entry=Entry(self.entry),
            choices=tuple(self.choices),
        )


class PieceQuerySet(ScopedQuerySet["Piece"]):
    def for_actor(self, actor: Actor) -> Self:
        """The shared ones and the actor's own; who sees the whole practice sees all (A8)."""
        rows = self.filter(practice=actor.practice)
        if actor.sees_only_own:
            rows = rows.filter(Q(freelancer=None) | Q(freelancer__user=actor.user))
        return rows

    def usable_by(self, freelancer: Freelancer) -> Self:
        """Those that this freelancer's proposals may be written from."""
        return self.kept().filter(Q(freelancer=None) | Q(freelancer=freelancer))

    def kept(self) -> Self:
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def templates(self) -> Self:
        return self.filter(kind=Piece.Kind.TEMPLATE)

    def blocks(self) -> Self:
        return self.exclude(kind=Piece.Kind.TEMPLATE)

    def in_order(self) -> Self:
        return self.order_by("kind", "name", "pk")


class Piece(PublicIdModel):
    """A text to write from: a whole letter (a template), or a block of one."""

    class Kind(models.TextChoices):
        TEMPLATE = "template", _("Template")
        EXPERIENCE = "experience", _("Experience")
        CASE = "case", _("Case")
        REVIEW = "review", _("Review")
        QUESTION = "question", _("Question")
        CALL_TO_ACTION = "call_to_action", _("Call to action")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="pieces")
    freelancer = models.ForeignKey(
        Freelancer, models.CASCADE, null=True, blank=True, related_name="pieces"
    )
    """Whose it is; None: shared with everybody in the practice."""
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    niche = models.CharField(_("niche"), max_length=200, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    body = models.TextField(_("text"), max_length=20_000)
    """As the newest of its versions has it."""
    removed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PieceQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("template", "experience", "case"),
                        *("review", "question", "call_to_action"),
                    ]
                ),
                name="proposals_piece_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PieceVersionQuerySet(ScopedQuerySet["PieceVersion"]):
    def for_actor(self, actor: Actor) -> Self:
        """As its piece."""
        rows = self.filter(practice=actor.practice)
        if actor.sees_only_own:
            own = Q(piece__freelancer__user=actor.user)
            rows = rows.filter(Q(piece__freelancer=None) | own)
        return rows

    def newest_first(self) -> Self:
        return self.order_by("-number")


class PieceVersion(PublicIdModel):
    """A piece as it stood: what proposals were written from, so that their replies are its own."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="piece_versions")
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    body = models.TextField()
    who_name = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PieceVersionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "number"], name="proposals_piece_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
