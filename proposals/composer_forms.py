"""The forms of the composer: the pasted post, its facts, the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.formats import number
from accounts.models import Freelancer
from accounts.service_forms import ServiceForm
from profiles.models import Profile
from profiles.pasting import normalised
from proposals.composer_services import (
    LONGEST_BODY,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    seen_of_facts,
)
from proposals.fields import LONGEST_VALUE, Entry, Field, FieldFlaw, flaw_of
from proposals.models import Proposal, ScreeningAnswer
from proposals.post_facts import facts_from_plain
from proposals.posts import text_of

LONGEST_PASTE: Final = 2_000_000
"""Characters of a pasted page; its text is far shorter."""
LONGEST_POST: Final = 50_000
LONGEST_ANSWER: Final = 5_000
LETTER_FIELDS: Final = ("body", "profile", "bid", "is_invitation", "connects", "boost")
VALUE: Final = "value-"
ANSWER: Final = "answer-"


class PostForm(ServiceForm):
    """A pasted post, and who answers it (asked only where there are several)."""

    freelancer = forms.ModelChoiceField(
        label=_("Who answers it"),
        queryset=Freelancer.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose…"),
    )
    post = forms.CharField(
        label=_("The job post"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 14, "spellcheck": "false", "dir": "auto", "autofocus": True}
        ),
        help_text=_(
            "All of its page: select everything on it and copy, or paste the source of the saved "
            "page. It stays with you; nothing is ever sent to Upwork."
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, actor: Actor) -> None:
        if data is not None:
            data = {name: normalised(str(data.get(name, ""))) for name in self.base_fields}
        super().__init__(data)
        freelancers = Freelancer.objects.for_actor(actor).in_order()
        field = cast("forms.ModelChoiceField[Freelancer]", self.fields["freelancer"])
        field.queryset = freelancers
        field.initial = actor.freelancer and actor.freelancer.public_id
        few = list(freelancers[:2])
        self.only_freelancer = few[0] if len(few) == 1 else None
        if self.only_freelancer:
            del self.fields["freelancer"]

    def clean_post(self) -> str:
        pasted = self.cleaned_data["post"]
        if len(pasted) > LONGEST_PASTE:
            raise ValidationError(_too_long(len(pasted), LONGEST_PASTE))
        text = text_of(pasted)
        if not text.strip():
            raise ValidationError(gettext("Paste the job post here."))
        if len(text) > LONGEST_POST:
            raise ValidationError(_too_long(len(text), LONGEST_POST))
        return text

    @property
    def freelancer_chosen(self) -> Freelancer:
        chosen: Freelancer = self.only_freelancer or self.cleaned_data["freelancer"]
        return chosen


def _too_long(has: int, most: int) -> str:
    return gettext(
        "This has %(has)s characters, and %(most)s are read. It stays here: leave out what is not "
        "the post, and try again."
    ) % {"has": number(has), "most": number(most)}


def _money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class FactsForm(ServiceForm):
    """What the post says, to be corrected."""

    title = forms.CharField(label=_("Title"), max_length=300)
    client_name = forms.CharField(
        label=_("Client's name"),
        max_length=200,
        required=False,
        help_text=_("Where the post is signed, or the client has written."),
    )
    kind = forms.ChoiceField(
        label=_("Paid"), required=False, choices=[("", _("not said")), *Proposal.Kind.choices]
    )
    rate_low = _money(_("Rate from"))
    rate_high = _money(_("Rate to"))
    budget = _money(_("Budget"))
    country = forms.CharField(label=_("Country"), max_length=100, required=False)
    total_spent = forms.CharField(label=_("Has spent"), max_length=40, required=False)
    hires = forms.CharField(label=_("Hires"), max_length=40, required=False)
    hire_rate = forms.CharField(label=_("Hires, per cent"), max_length=40, required=False)
    rating = forms.CharField(label=_("Rated"), max_length=40, required=False)
    skills = forms.CharField(
        label=_("Skills"),
        max_length=3_000,
        required=False,
        help_text=_("With commas between them."),
    )
    questions = forms.CharField(
        label=_("Questions"),
        max_length=MOST_QUESTIONS * LONGEST_QUESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One on a line: those that a proposal has to answer."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, proposal: Proposal) -> None:
        facts = facts_from_plain(proposal.facts)
        initial = {name: proposal.facts.get(name, "") for name in self.base_fields}
        initial |= {"title": proposal.title, "client_name": proposal.client_name}
        initial |= {"kind": proposal.kind, "skills": ", ".join(facts.skills)}
        initial["questions"] = "\n".join(facts.questions)
        initial["seen"] = seen_of_facts(proposal)
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("rate_low"), cleaned.get("rate_high")
        if low is not None and high is not None and high < low:
            self.add_error("rate_high", gettext("The higher rate is lower than the lower one."))
        return cleaned

    def tell_conflict(self, now: Proposal) -> None:
        """Say that somebody else corrected the facts first; sent again, these replace them."""
        words = gettext(
            "Somebody corrected these meanwhile. Yours are below: send them again to replace what "
            "is kept now."
        )
        self.add_error(None, words)
        self.data = {**self.data.dict(), "seen": seen_of_facts(now)}  # type: ignore[attr-defined]  # a QueryDict

    @property
    def corrected(self) -> dict[str, Any]:
        """As the services keep it: plain values."""
        cleaned = dict(self.cleaned_data)
        cleaned["skills"] = _split(cleaned["skills"].split(","))
        cleaned["questions"] = _split(cleaned["questions"].splitlines())[:MOST_QUESTIONS]
        for name in ("rate_low", "rate_high", "budget"):
            cleaned[name] = "" if cleaned[name] is None else f"{cleaned[name]}"
        return cleaned


def _split(parts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


FLAW_WORDS: Final = {
    FieldFlaw.MISSING: _("Fill this, or the letter shows braces."),
    FieldFlaw.SEVERAL_LINES: _("This takes one line."),
    FieldFlaw.NO_CHOICE: _("Choose one of the list."),
    FieldFlaw.TOO_LONG: _("This is too long for a letter."),
}


class LetterForm(forms.Form):
    """The letter while it is written: its text, what fills it, the bid, the answers.

    What is not valid is not saved and said beside its field; the rest is saved (`understood`).
    """

    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    profile = forms.ModelChoiceField(
        label=_("From the profile"),
        queryset=Profile.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=None,
    )
    bid = _money(_("Your bid"))
    is_invitation = forms.BooleanField(label=_("They invited me"), required=False)
    connects = forms.IntegerField(label=_("Connects"), required=False, min_value=0, max_value=999)
    boost = forms.IntegerField(
        label=_("For boosting"), required=False, min_value=0, max_value=9_999
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        proposal: Proposal,
        profiles: Sequence[Profile],
        fields: Sequence[Field],
        answers: Sequence[ScreeningAnswer],
    ) -> None:
        initial = {name: getattr(proposal, name) for name in LETTER_FIELDS}
        initial["profile"] = proposal.profile and proposal.profile.public_id
        super().__init__(data, initial=initial)
        chosen = cast("forms.ModelChoiceField[Profile]", self.fields["profile"])
        chosen.queryset = Profile.objects.filter(pk__in=[each.pk for each in profiles])
        self.placeholders = {VALUE + field.name: field for field in fields}
        for name, field in self.placeholders.items():
            self.fields[name] = _control(field, proposal.values.get(field.name, ""))
        self.first_empty = next((n for n in self.placeholders if not self.fields[n].initial), "")
        if self.first_empty and not self.is_bound:
            self.fields[self.first_empty].widget.attrs["autofocus"] = True
        for row in answers:
            self.fields[f"{ANSWER}{row.key}"] = forms.CharField(
                label=row.question,
                required=False,
                max_length=LONGEST_ANSWER,
                initial=row.answer,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """The controls of the placeholders, in the order of the text."""
        return [self[name] for name in self.placeholders]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(ANSWER)]

    def typed_answer(self, key: str) -> str | None:
        """As it stands in the form, saved or not; None where the form has no such question."""
        name = f"{ANSWER}{key}"
        return str(self[name].value() or "") if name in self.fields else None

    def has_fields_of(self, fields: Sequence[Field]) -> bool:
        """Whether these are its places to fill, so that nothing on the page is to be replaced."""
        shown = [name for name in self.data if name.startswith(VALUE)]
        return shown == [VALUE + field.name for field in fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, field in self.placeholders.items():
            flaw = flaw_of(field, normalised(str(cleaned.get(name, ""))))
            if flaw and flaw is not FieldFlaw.MISSING:  # what is missing, the preview says
                self.add_error(name, str(FLAW_WORDS[flaw]))
        if cleaned.get("is_invitation") and cleaned.get("connects"):
            cleaned["connects"] = 0  # an invitation costs none (B6)
        return cleaned

    def values(self, proposal: Proposal) -> dict[str, Any]:
        """What may be saved: everything sent that is valid, else what is stored."""
        cleaned = self.cleaned_data
        found: dict[str, Any] = {}
        for name in LETTER_FIELDS:
            if name in cleaned and (name in self.data or name == "is_invitation"):
                found[name] = cleaned[name]
        for name in ("connects", "boost"):
            if name in found:
                found[name] = found[name] or 0
        if found.get("is_invitation"):
            found["connects"] = 0  # also where what was typed there is not valid (B6)
        if "body" in found:
            found["body"] = normalised(found["body"])
        typed = {
            field.name: normalised(cleaned[name]).strip()
            for name, field in self.placeholders.items()
            if name in cleaned and name in self.data
        }
        found["values"] = {**proposal.values, **typed}
        return found

    def answers(self) -> dict[str, str]:
        """By the question's key."""
        return {
            name.removeprefix(ANSWER): normalised(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(ANSWER) and name in self.data
        }


def _control(field: Field, value: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "help_text": field.hint,
        "required": False,
        "initial": value or field.default,
    }
    if field.entry is Entry.CHOICE:
        choices = [("", gettext("Choose…")), *((each, each) for each in field.choices)]
        return forms.ChoiceField(choices=choices, **common)
    attributes = {"dir": "auto"}
    if field.entry is Entry.LINES:
        return forms.CharField(
            max_length=LONGEST_VALUE,
            widget=forms.Textarea(attrs={"rows": 3, **attributes}),
            **common,
        )
    return forms.CharField(
        max_length=LONGEST_VALUE, widget=forms.TextInput(attrs=attributes), **common
    )
