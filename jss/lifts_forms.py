"""What the pages on lifting the score are asked: all of it stands in the URL."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import formats
from jss.engine import CLASSIC, RuleSet, leaves_on
from jss.forms import DateInput

MOST = 99


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)


class LiftsForm(forms.Form):
    """Which target by which day, and how much of each step can be had at most."""

    target = forms.IntegerField(
        label=_("Target, %"),
        required=False,
        min_value=1,
        max_value=100,
        initial=CLASSIC.top_rated_from,
    )
    by = forms.DateField(label=_("By"), required=False, widget=DateInput())
    new = _number(_("New contracts, at most"))
    ask = _number(_("Ratings given, at most"))
    change = _number(_("Changed, at most"))

    def __init__(self, *args: Any, today: dt.date, rules: RuleSet = CLASSIC, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.last_day = leaves_on(today, rules.longest_months)

    def clean_by(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["by"]
        if day and not self.today <= day <= self.last_day:
            raise ValidationError(
                _("Choose a day from today until %(last)s: what counts today is gone by then."),
                params={"last": formats.day(self.last_day)},
            )
        return day

    def chosen(self, name: str, default: Any = None) -> Any:
        """A valid value, else the default: an invalid one is named beside its field."""
        self.is_valid()
        value = self.cleaned_data.get(name)
        return default if value is None else value
