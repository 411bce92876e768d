"""Forms of templates, blocks and placeholders."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Permission
from accounts.models import Freelancer
from accounts.service_forms import ServiceForm
from profiles.pasting import normalised
from proposals.fields import Entry
from proposals.models import Piece, Placeholder
from proposals.piece_services import seen_of_piece

LONGEST_BODY = 20_000
MOST_SKILLS = 30
LONGEST_SKILL = 60
ENTRIES = (
    (Entry.LINE.value, _("One line")),
    (Entry.LINES.value, _("Several lines")),
    (Entry.CHOICE.value, _("One of a list")),
)


class PieceForm(ServiceForm):
    """A template or a block. Whose it is may be chosen among those that the actor may write for."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Piece.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    freelancer = forms.ModelChoiceField(
        label=_("Who uses it"),
        queryset=Freelancer.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    niche = forms.CharField(
        label=_("Niche"),
        max_length=200,
        required=False,
        help_text=_("For which market and service, such as “online shops, speed”."),
    )
    skills = forms.CharField(
        label=_("Skills"),
        max_length=2_000,
        required=False,
        help_text=_("With commas between them. Blocks are proposed where a post asks for these."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, actor: Actor, piece: Piece | None, kind: str = ""
    ) -> None:
        super().__init__(data, initial=_initial(piece, actor, kind))
        owners = cast("forms.ModelChoiceField[Freelancer]", self.fields["freelancer"])
        owners.queryset = Freelancer.objects.for_actor(actor).in_order()
        owners.empty_label = gettext("Everybody in the practice")
        if not actor.may(Permission.CHANGE_SHARED):
            owners.required, owners.empty_label = True, None

    def clean_skills(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["skills"].split(",")]
        skills = list(dict.fromkeys(name for name in names if name))
        if len(skills) > MOST_SKILLS or any(len(name) > LONGEST_SKILL for name in skills):
            raise ValidationError(
                gettext("At most 30 skills of at most 60 characters each, with commas between.")
            )
        return skills

    def clean_body(self) -> str:
        return normalised(self.cleaned_data["body"]).strip()

    @property
    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def typed_body(self) -> str:
        """The text as it stands in the form, valid or not."""
        return normalised(str(self["body"].value() or ""))


def _initial(piece: Piece | None, actor: Actor, kind: str) -> dict[str, Any]:
    if piece is None:
        known = kind if kind in Piece.Kind.values else Piece.Kind.TEMPLATE.value
        own = None if actor.may(Permission.CHANGE_SHARED) else actor.freelancer
        return {"kind": known, "freelancer": own and own.public_id}
    return {
        "kind": piece.kind,
        "name": piece.name,
        "freelancer": piece.freelancer and piece.freelancer.public_id,
        "niche": piece.niche,
        "skills": ", ".join(piece.skills),
        "body": piece.body,
        "seen": seen_of_piece(piece),
    }


class PlaceholderForm(ServiceForm):
    """A placeholder of the practice's own."""

    name = forms.CharField(
        label=_("Name in the text"),
        max_length=40,
        help_text=_("Letters, digits and “_”: “deadline” is written {{ deadline }}."),
    )
    label = forms.CharField(label=_("Label"), max_length=80)
    hint = forms.CharField(label=_("Hint"), max_length=200, required=False)
    entry = forms.ChoiceField(label=_("Takes"), choices=ENTRIES)
    choices = forms.CharField(
        label=_("Choices"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on a line; for “One of a list” only."),
    )
    default = forms.CharField(
        label=_("Default"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_required = forms.BooleanField(label=_("Must be filled"), required=False)

    def __init__(
        self, data: QueryDict | None = None, *, placeholder: Placeholder | None = None
    ) -> None:
        initial: dict[str, Any] = {"is_required": True}
        if placeholder:
            initial = {name: getattr(placeholder, name) for name in self.base_fields}
            initial["choices"] = "\n".join(placeholder.choices)
        super().__init__(data, initial=initial)

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_choice = cleaned.get("entry") == Entry.CHOICE
        if is_choice and len(cleaned.get("choices") or []) < 2:
            self.add_error("choices", gettext("Give at least two choices, one on a line."))
        default = cleaned.get("default")
        if is_choice and default and default not in (cleaned.get("choices") or []):
            self.add_error("default", gettext("The default must be one of the choices."))
        return cleaned
