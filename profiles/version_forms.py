"""Forms of publishing and comparing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.formats import day
from profiles.models import ProfileVersion

DRAFT = "draft"
"""Stands in the address where a version's number stands, for the draft as it is now."""


class PublishForm(forms.Form):
    published_on = forms.DateField(
        label=_("On Upwork since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day from which clients see it: figures are held against it."),
    )
    note = forms.CharField(
        label=_("What is new"),
        max_length=300,
        required=False,
        help_text=_("Change one thing at a time, and you will know what worked."),
    )


class CompareForm(forms.Form):
    """Two versions, or a version and the draft; without a choice the newest one and the draft."""

    before = forms.ChoiceField(label=_("From"))
    after = forms.ChoiceField(label=_("To"))

    def __init__(
        self, data: Mapping[str, Any] | None, *, versions: Sequence[ProfileVersion]
    ) -> None:
        numbers = [str(version.number) for version in versions]
        first = {"before": numbers[0] if numbers else DRAFT, "after": DRAFT}
        given = {name: data.get(name, first[name]) for name in first} if data else first
        super().__init__(given)
        words = _("Version %(number)s, %(day)s")
        numbered = (
            (str(each.number), words % {"number": each.number, "day": day(each.published_on)})
            for each in versions
        )
        choices = [(DRAFT, _("The draft, as it is now")), *numbered]
        for name in first:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = choices
        self._first = first

    @property
    def chosen(self) -> tuple[str, str]:
        """The two ends: each a version's number or `DRAFT`."""
        ends = self.cleaned_data if self.is_valid() else self._first
        return ends["before"], ends["after"]
