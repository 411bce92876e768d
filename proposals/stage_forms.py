"""What the pages about a proposal's stage are given."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.funnel import Stage
from proposals.funnel_words import STAGE_NAMES
from proposals.pasted_connects import EARLIEST

DAY: Final = ["%Y-%m-%d"]
NOT_A_DAY: Final = gettext_lazy("Enter a day such as 2026-10-05.")


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MoveForm(forms.Form):
    """To which stage, and as of which day; today where none is given."""

    to = forms.ChoiceField(
        label=gettext_lazy("Move to"),
        choices=[(stage.value, STAGE_NAMES[stage]) for stage in Stage],
        error_messages={
            "required": gettext_lazy("Choose a stage."),
            "invalid_choice": gettext_lazy("There is no such stage. Choose one of the list."),
        },
    )
    on = forms.DateField(
        label=gettext_lazy("On"),
        required=False,
        input_formats=DAY,
        widget=_day_input(),
        help_text=gettext_lazy("Today, if you leave it empty."),
        error_messages={"invalid": NOT_A_DAY},
    )
    seen_stage = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def clean_on(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["on"]
        if on and on < EARLIEST:
            raise forms.ValidationError(_("That is before Upwork; check the year."))
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return on


class FollowUpForm(forms.Form):
    """The day on which to write again; empty for what the product works out by itself."""

    on = forms.DateField(
        label=gettext_lazy("Write again on"),
        required=False,
        input_formats=DAY,
        widget=_day_input(),
        help_text=gettext_lazy("Empty: worked out from the last thing that happened."),
        error_messages={"invalid": NOT_A_DAY},
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        # It stands beside the form that moves, which has a day of its own.
        super().__init__(data, auto_id="id_again_%s", **kwargs)
