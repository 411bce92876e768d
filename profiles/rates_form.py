"""The figures that the calculators start from, as people write them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.draft_forms import RateField
from profiles.rate_words import BAD_FIGURE_WORDS

MOST_PEERS: Final = 50
LONGEST: Final = 2_000
"""Characters of anything that stands in the address."""
_AROUND: Final = re.compile(r"^\$|%$|\s*h(?:ours?|rs?|r)?\.?$", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA: Final = re.compile(r"-?\d+,\d{1,2}")
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")


class FigureField(forms.CharField):
    """A number, also as “$1,200.50”, “12,5” or “40 h”; None where nothing is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = "".join(str(super().clean(value)).split())
        text = _AROUND.sub("", _AROUND.sub("", text))
        if not text:
            return None
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        elif _COMMA.fullmatch(text):
            text = text.replace(",", ".")
        if not _NUMBER.fullmatch(text):
            raise ValidationError(BAD_FIGURE_WORDS["no_number"])
        return Decimal(text)


class PeersField(forms.CharField):
    """Rates of other people with blanks, semicolons or commas between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)

    def clean(self, value: Any) -> list[Decimal]:
        rates: list[Decimal] = []
        for text in re.split(r"[\s;]+|,(?=\s|$)", str(super().clean(value))):
            try:
                rate = RateField().clean(text)
            except ValidationError as error:
                words = _("“%(text)s”: %(problem)s")
                raise ValidationError(
                    words % {"text": text[:30], "problem": " ".join(error.messages)}
                ) from None
            rates += [] if rate is None else [rate]
        if len(rates) > MOST_PEERS:
            raise ValidationError(_("Up to %(most)s rates are enough.") % {"most": MOST_PEERS})
        return rates


def _figure(label: Any, hint: Any = "") -> FigureField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return FigureField(label=label, help_text=hint, widget=widget)


def _rate(label: Any, hint: Any = "") -> RateField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return RateField(label=label, help_text=hint, widget=widget, max_length=LONGEST)


class RatesForm(forms.Form):
    """All calculators' figures. It is always bound: what was not sent is the record's own."""

    rate = _rate(gettext_lazy("Your rate today, $ an hour"))
    target = _rate(gettext_lazy("Your target rate, $ an hour"))
    ratings = _figure(gettext_lazy("Public ratings"), gettext_lazy("Counted in your contract log."))
    booked_hours = _figure(gettext_lazy("Hours booked a week"))
    capacity = _figure(gettext_lazy("Hours that you can work a week"))
    is_full = forms.BooleanField(
        required=False, label=gettext_lazy("My plate is full, whatever the hours say")
    )
    wage = _figure(gettext_lazy("An employee's wage, $ an hour"))
    value = _figure(
        gettext_lazy("What the work brings the client, $"),
        gettext_lazy("More sales or less cost, in the first year for example."),
    )
    share = _figure(gettext_lazy("Your share of it, %"))
    hours = _figure(gettext_lazy("Hours that it takes"), gettext_lazy("If you know them."))
    peers = PeersField(
        label=gettext_lazy("Rates of peers, $ an hour"),
        help_text=gettext_lazy("Of people with your experience: blanks between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, field in self.fields.items():
            hint = f"id_{name}_helptext " if field.help_text else ""
            field.widget.attrs["aria-describedby"] = f"{hint}id_{name}_error"

    def clean_ratings(self) -> int | None:
        ratings: Decimal | None = self.cleaned_data["ratings"]
        if ratings is not None and ratings % 1:
            raise ValidationError(_("Write a whole number, such as 7."))
        return None if ratings is None else int(ratings)

    def clean_share(self) -> Decimal | None:
        share: Decimal | None = self.cleaned_data["share"]
        return None if share is None else share / 100
