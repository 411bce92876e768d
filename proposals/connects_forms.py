"""What the page of the ledger of connects is given (B6)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.pasted_lines import BadLine
from proposals.connects import Kind
from proposals.pasted_connects import EARLIEST, MOST, Pasted, PastedEntry, pasted_connects

MOST_CHARACTERS: Final = 300_000
MOST_SAID: Final = 12
"""Lines that are named at once: whoever mends those sees the pattern."""
TYPED: Final = (Kind.SPEND, Kind.BOOST, Kind.GRANT, Kind.PURCHASE, Kind.REFUND)
KIND_WORDS: Final = {
    Kind.SPEND: gettext_lazy("Spent on a proposal"),
    Kind.BOOST: gettext_lazy("Spent on a boost"),
    Kind.GRANT: gettext_lazy("Granted or earned"),
    Kind.PURCHASE: gettext_lazy("Bought"),
    Kind.REFUND: gettext_lazy("Came back"),
    Kind.CORRECTION: gettext_lazy("Correction"),
}


def _connects(label: Any, *, least: int, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter a number of connects."),
            "invalid": gettext_lazy("Enter a whole number."),
            "min_value": gettext_lazy("Enter %(limit_value)s or more."),
            "max_value": gettext_lazy("That is more than there can be."),
        },
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("Enter a day such as 2026-10-05."),
        },
    )


class _OnADay(forms.Form):
    """What both forms about one day know of it."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day < EARLIEST:
            raise ValidationError(_("That is before Upwork; check the year."))
        if day > self.today:
            raise ValidationError(_("That day is still to come."))
        return day


class EntryForm(_OnADay):
    """One movement. `had` is asked for only where more was spent than the ledger knows of."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[(kind.value, KIND_WORDS[kind]) for kind in TYPED],
        error_messages={"invalid_choice": gettext_lazy("Choose one of these.")},
    )
    amount = _connects(gettext_lazy("Connects"), least=1)
    on = _day(gettext_lazy("On"))
    cost = forms.DecimalField(
        label=gettext_lazy("Paid in dollars"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
        help_text=gettext_lazy("Of what you bought; left empty, $0.15 each."),
        error_messages={"invalid": gettext_lazy("Enter an amount such as 12.00.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as the job's title."),
    )
    had = _connects(gettext_lazy("How many did you have before it?"), least=0, required=False)

    asks_had = False

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, of a valid form."""
        data = dict(self.cleaned_data)
        return data | {"kind": Kind(data["kind"]), "happened_on": data.pop("on")}


class BalanceForm(_OnADay):
    """How many there were in the evening of a day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The form beside it has a day too.
        super().__init__(*args, auto_id="id_balance_%s", **kwargs)

    balance = _connects(gettext_lazy("I had"), least=0)
    on = _day(gettext_lazy("In the evening of"))


class PasteForm(forms.Form):
    """A history. What is understood is kept; the other lines stay in the field, each with what is
    wrong with it."""

    lines = forms.CharField(
        label=gettext_lazy("One movement a line"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Paste at least one line.")},
    )
    with_alike = forms.BooleanField(required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.said: list[str] = []
        self.left_alike: tuple[PastedEntry, ...] = ()

    def clean_lines(self) -> Pasted:
        pasted = pasted_connects(self.cleaned_data["lines"], today=self.today)
        if not (pasted.entries or pasted.bad or pasted.lapsed):
            raise ValidationError(_("Paste at least one line."))
        return pasted

    @property
    def pasted(self) -> Pasted:
        """What was read, of a valid form."""
        found: Pasted = self.cleaned_data["lines"]
        return found

    def left(self, alike: Sequence[str]) -> "PasteForm | None":
        """A form with what is left to look at: lines that were not understood, and movements whose
        keys are among `alike`. None where nothing is."""
        pasted = self.pasted
        left_alike = tuple(each for each in pasted.entries if each.key in set(alike))
        lines = [*pasted.bad_texts, *(each.text for each in left_alike)]
        if not lines:
            return None
        form = PasteForm(initial={"lines": _with_header(pasted.header, lines)}, today=self.today)
        form.said = _said(pasted.bad)
        form.left_alike = left_alike
        return form


def _with_header(header: str, lines: Iterable[str]) -> str:
    return "\n".join([header, *lines] if header else lines)


def _said(bad: Sequence[BadLine]) -> list[str]:
    said = [_in_words(each) for each in bad[:MOST_SAID]]
    if len(bad) > MOST_SAID:
        said.append(_("And %(number)s more lines like these.") % {"number": len(bad) - MOST_SAID})
    return said


def _in_words(bad: BadLine) -> str:
    reason = _(bad.problem.template) % bad.problem.params
    words = _("Line %(line)s, “%(text)s”: %(reason)s.")
    return words % {"line": bad.line, "text": bad.text, "reason": reason.rstrip(".")}
