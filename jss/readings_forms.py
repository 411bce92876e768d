"""What the page on readings and calibration is asked and given."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jss.engine import BUILT_IN, RuleSet, with_options
from jss.pasted_readings import MOST_LINES, BadLine, PastedReading, pasted_readings
from jss.rules_in_use import title_of

MOST_CHARACTERS = 40_000


def bases() -> dict[str, RuleSet]:
    """The rule sets that a fit can start from, by name: the built-in ones in both readings."""
    shares = [with_options(rules, share=True) for rules in BUILT_IN.values()]
    return {rules.name: rules for rules in (*BUILT_IN.values(), *shares)}


class FitForm(forms.Form):
    """Which rule set the fit starts from."""

    base = forms.ChoiceField(
        label=gettext_lazy("Start from"),
        choices=lambda: [(name, title_of(name)) for name in bases()],
        error_messages={"invalid_choice": gettext_lazy("Choose one of these rule sets.")},
    )

    @property
    def rules(self) -> RuleSet | None:
        """The chosen one; None for a name that there isn't: it is named beside the field."""
        return bases().get(self.cleaned_data.get("base", "")) if self.is_valid() else None


class PasteForm(forms.Form):
    """Several readings at once. Every line that isn't understood is named, and then none is kept:
    what was pasted stays in the field."""

    lines = forms.CharField(
        label=gettext_lazy("One reading a line"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_lines(self) -> list[PastedReading]:
        text = self.cleaned_data["lines"]
        if text.count("\n") > MOST_LINES:
            raise ValidationError(
                _("That is more than %(number)s lines. Paste them in parts."),
                params={"number": MOST_LINES},
            )
        found, bad = pasted_readings(text, today=self.today)
        if bad:
            raise ValidationError([_in_words(each) for each in bad])
        if not found:
            raise ValidationError(_("Enter at least one reading."))
        return found


def _in_words(bad: BadLine) -> ValidationError:
    reason = _(bad.problem.template) % bad.problem.params
    words = _("Line %(line)s, “%(text)s”: %(reason)s.")
    params = {"line": bad.line, "text": bad.text, "reason": reason.rstrip(".")}
    return ValidationError(words, params=params)
