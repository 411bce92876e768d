"""Forms of the Job Success page."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jss.engine import CLASSIC, RuleSet
from jss.models import Reading
from jss.rules_in_use import RulesInUse, title_of

EARLIEST = dt.date(2005, 1, 1)
LATEST = dt.date(2100, 12, 31)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ScoreForm(forms.Form):
    """Which day, which target and which assumption the page is worked out for: all in the URL."""

    as_of = forms.DateField(label=_("As of"), required=False, widget=DateInput())
    target = forms.IntegerField(
        label=_("Target"),
        required=False,
        min_value=1,
        max_value=100,
        initial=CLASSIC.top_rated_from,
    )
    per_month = forms.IntegerField(
        label=_("New five-star contracts a month"),
        required=False,
        min_value=0,
        max_value=20,
        initial=0,
    )

    def __init__(self, *args: Any, rules: RuleSet = CLASSIC, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not typed but linked to: the table of contracts narrowed to one window.
        self.fields["in_window"] = forms.TypedChoiceField(
            choices=[(months, months) for months in rules.all_months],
            coerce=int,
            required=False,
            empty_value=None,
            widget=forms.HiddenInput,
        )

    def clean_as_of(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["as_of"]
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s."),
                params={"first": EARLIEST.isoformat(), "last": LATEST.isoformat()},
            )
        return day

    def chosen(self, name: str, default: Any) -> Any:
        """A valid value, else the default: an invalid one is named beside its field."""
        value = self.cleaned_data.get(name) if self.is_valid() or self.is_bound else None
        return default if value is None else value


class ReadingForm(forms.ModelForm[Reading]):
    """An update of the score seen on Upwork (J7)."""

    class Meta:
        model = Reading
        fields = ("observed_on", "score")
        widgets = {"observed_on": DateInput()}

    def clean_observed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["observed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("That day is still to come. Enter the day you saw the update."))
        if day < EARLIEST:
            raise ValidationError(_("That is before Upwork had a score. Check the year."))
        return day

    def clean_score(self) -> int | None:
        score: int | None = self.cleaned_data["score"]
        if score is not None and score > 100:
            raise ValidationError(_("A score is a whole per cent from 0 to 100."))
        return score


class RulesForm(forms.Form):
    """The rule set that scores are worked out by, and what is switched on in it (J1, J11, J17)."""

    refined = forms.BooleanField(label=_("Weigh outcomes by money and length"), required=False)
    share = forms.BooleanField(label=_("Read as positives over all counted"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, in_use: RulesInUse) -> None:
        chosen, *options = in_use.chosen.name.split("+")
        super().__init__(data, initial={"base": chosen, **dict.fromkeys(options, True)})
        self.fields["base"] = forms.ChoiceField(
            label=_("Rule set"), choices=[(name, title_of(name)) for name in in_use.bases]
        )

    @property
    def switches(self) -> list[forms.BoundField]:
        """What can be switched on in any rule set."""
        return [self["refined"], self["share"]]

    @property
    def name(self) -> str:
        """The chosen rule set's name, options included."""
        options = [option for option in ("refined", "share") if self.cleaned_data[option]]
        return "+".join([self.cleaned_data["base"], *options])
