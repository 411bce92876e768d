"""The two days between which the movement of the score is asked for."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jss.forms import EARLIEST, LATEST, DateInput


class SpanForm(forms.Form):
    """`from` and `to` of the URL. `from` is a word of Python's own, so it has no attribute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"from": gettext_lazy("From the end of"), "to": gettext_lazy("To the end of")}
        for name, label in labels.items():
            self.fields[name] = forms.DateField(label=label, required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("from", "to"):
            day = cleaned.get(name)
            if day and not EARLIEST <= day <= LATEST:
                span = {"first": EARLIEST.isoformat(), "last": LATEST.isoformat()}
                text = _("Choose a day from %(first)s to %(last)s.")
                self.add_error(name, ValidationError(text, params=span))
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("from", _("This day lies after the other one. Choose an earlier one."))
        return cleaned

    def day(self, name: str) -> dt.date | None:
        """A valid day; None where there is none: an invalid one is named beside its field."""
        self.is_valid()
        found: dt.date | None = self.cleaned_data.get(name)
        return found
