"""What the pages of templates and blocks show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from profiles.text_diff import Piece as DiffPiece
from profiles.text_diff import words_compared
from proposals.known_names import ASKED, FILLED
from proposals.models import Piece, PieceVersion, Placeholder
from proposals.placeholders import render
from proposals.template_problems import template_problems


def sample_values(placeholders: list[Placeholder]) -> dict[str, str]:
    """What a text is shown with where there is no post yet."""
    values = {
        "client_name": _("Maria"),
        "job_title": _("A faster checkout for our tea shop"),
        "my_name": _("Alex"),
        "my_title": _("Web developer for small shops"),
        "skill": _("page speed"),
        "problem": _("the payment page asks for the address twice"),
        "first_step": _("I would look at where visitors leave"),
    }
    return values | {
        each.name: each.default or next(iter(each.choices), "") or f"[{each.label}]"
        for each in placeholders
    }


@dataclass(frozen=True)
class TextPage:
    """One template or block, or a new one: `body` is what its form holds."""

    actor: Actor
    piece: Piece | None
    body: str
    compared_with: int | None = None

    @cached_property
    def placeholders(self) -> list[Placeholder]:
        return list(Placeholder.objects.for_actor(self.actor).in_order())

    @property
    def names(self) -> Mapping[str, str | Promise]:
        """Every name that the text may use, with what it stands for."""
        own = {each.name: each.hint or each.label for each in self.placeholders}
        return {**FILLED, **ASKED, **own}

    @property
    def preview(self) -> str:
        return render(self.body, sample_values(self.placeholders), allowed=self.names).text

    @property
    def problems(self) -> list[str]:
        return template_problems(self.body, allowed=self.names)

    @cached_property
    def versions(self) -> list[PieceVersion]:
        if self.piece is None:
            return []
        return list(
            PieceVersion.objects.for_actor(self.actor).filter(piece=self.piece).newest_first()
        )

    @property
    def compared(self) -> tuple[DiffPiece, ...]:
        """What the present text says otherwise than the version that was asked for."""
        for version in self.versions:
            if version.number == self.compared_with and self.piece:
                return words_compared(version.body, self.piece.body)
        return ()

    @property
    def may_change(self) -> bool:
        is_shared = self.piece is not None and self.piece.freelancer_id is None
        return self.actor.may(Permission.CHANGE_SHARED if is_shared else Permission.CHANGE)


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The texts of one kind, for the list."""

    kind: str
    label: str
    pieces: tuple[Piece, ...]


def kind_groups(actor: Actor) -> list[KindGroup]:
    """All texts that the actor sees, by kind; one query. Templates first."""
    rows = Piece.objects.for_actor(actor).kept().select_related("freelancer").order_by("name", "pk")
    if actor.freelancer:
        rows = rows.usable_by(actor.freelancer)
    pieces = list(rows)
    return [
        KindGroup(kind.value, str(kind.label), tuple(p for p in pieces if p.kind == kind))
        for kind in Piece.Kind
    ]
