"""Forms of people and practices."""

from copy import copy
from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Permission
from accounts.currencies import currency_choices
from accounts.formats import LOCALES
from accounts.models import Freelancer, Practice, User
from accounts.services import freelancer_change, practice_rename, user_rename
from accounts.time_zones import canonical, places_by_region, time_zone_names


class SignupForm(forms.Form):
    """What signing up asks beside e-mail and password; allauth puts the two together."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it stands on your Upwork profile."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Filled by a few lines of JavaScript from the browser; without them the person sets it later.
    # No limit on its length: nobody could see the error of a hidden field.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("name", "email", "password1")

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        return canonical(name) if name in time_zone_names() else "UTC"

    def signup(self, request: object, user: object) -> None:
        """allauth asks for this method; the adapter does the work in one place."""


class FreelancerForm(forms.ModelForm[Freelancer]):
    """Name, time zone and formats of the actor's own freelancer or of another."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("What new contracts start with; Upwork pays in USD.")
    )
    locale = forms.ChoiceField(label=_("Dates and numbers"), choices=LOCALES)

    class Meta:
        model = Freelancer
        fields = ("name", "time_zone", "currency", "locale")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_own = own = self.instance.user_id == actor.user.pk
        self.fields["name"].label = _("Your name") if own else _("Name")
        self.fields["name"].help_text = (
            _("As it stands on your Upwork profile.")
            if own
            else _("As it stands on the Upwork profile.")
        )
        self._offer("time_zone", places_by_region())
        self._offer("currency", currency_choices(get_language() or "en"))
        for field in self.fields.values():
            field.disabled = not actor.may_change

    def _offer(self, name: str, choices: Any) -> None:
        """Offer `choices`, and first the present value where it is an old one not among them."""
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = choices
        present = getattr(self.instance, name)
        if not field.valid_value(present):
            field.choices = [(present, present), *choices]


class AccountNameForm(forms.ModelForm[User]):
    """The name of a login that is no freelancer in the practice."""

    class Meta:
        model = User
        fields = ("name",)
        labels = {"name": _("Your name")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].disabled = not actor.may_change


class PracticeForm(forms.ModelForm[Practice]):
    """The practice's name, for its owners."""

    class Meta:
        model = Practice
        fields = ("name",)
        labels = {"name": _("Name of the practice")}
        help_texts = {"name": _("Everybody in the practice sees it.")}


class SettingsForms:
    """The one or two forms of the settings page, sent and checked together.

    `freelancer` is None for somebody who keeps the data of several and has chosen nobody. The forms
    work on copies: validating writes what was typed onto a form's instance, which the page's frame
    shows too.
    """

    def __init__(self, *, actor: Actor, freelancer: Freelancer | None, data: Any = None) -> None:
        self.actor = actor
        self.freelancer: FreelancerForm | None = None
        self.account: AccountNameForm | None = None
        self.practice: PracticeForm | None = None
        if freelancer is not None:
            self.freelancer = FreelancerForm(data, actor=actor, instance=copy(freelancer))
        else:
            self.account = AccountNameForm(data, actor=actor, instance=copy(actor.user))
        if actor.may(Permission.MANAGE):
            self.practice = PracticeForm(data, instance=copy(actor.practice), prefix="practice")

    def is_valid(self) -> bool:
        shown = (self.freelancer, self.account, self.practice)
        answers = [form.is_valid() for form in shown if form]  # each of them: all errors at once
        return all(answers)

    @transaction.atomic
    def save(self) -> None:
        """Carry out what the valid forms hold, all of it or nothing."""
        if self.freelancer:
            freelancer_change(
                actor=self.actor,
                freelancer=self.freelancer.instance,
                **self.freelancer.cleaned_data,
            )
        if self.account:
            user_rename(user=self.actor.user, **self.account.cleaned_data)
        if self.practice:
            practice_rename(actor=self.actor, **self.practice.cleaned_data)
