"""Forms of people and practices."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    """What signing up asks beside e-mail and password; allauth puts the two together."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it stands on your Upwork profile."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Filled by a few lines of JavaScript from the browser; without them the person sets it later.
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    field_order = ("name", "email", "password1")

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        return name if name in available_timezones() else "UTC"

    def signup(self, request: object, user: object) -> None:
        """allauth asks for this method; the adapter does the work in one place."""
