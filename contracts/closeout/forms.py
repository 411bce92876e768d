"""Forms of the close-out pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.service_forms import ServiceForm
from contracts.cadence import Intervals
from contracts.filters import DayInput
from contracts.models import CloseoutEvent, CloseoutIntervals
from contracts.models.closeout import INTERVAL_FIELDS, LONGEST_INTERVAL

if TYPE_CHECKING:
    from django.http import QueryDict

_Kind = CloseoutEvent.Kind
# In the order in which they happen; a reopening is recorded by opening the contract.
_RECORDABLE = tuple(kind for kind in _Kind if kind != _Kind.REOPENED)


class EventForm(ServiceForm):
    """Something that happened on another day than today, or that no button offers."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=[(kind.value, kind.label) for kind in _RECORDABLE]
    )
    happened_on = forms.DateField(label=_("On"), widget=DayInput())
    until = forms.DateField(
        label=_("Snoozed until"),
        required=False,
        widget=DayInput(),
        help_text=_("Only for a snooze: the day on which it falls due again."),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"happened_on": timezone.localdate()})


class IntervalsForm(forms.ModelForm[CloseoutIntervals]):
    """The days between two steps; an empty field inherits, and says what."""

    class Meta:
        model = CloseoutIntervals
        fields = INTERVAL_FIELDS

    def __init__(self, *args: Any, inherited: Intervals, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in INTERVAL_FIELDS:
            field = cast("forms.IntegerField", self.fields[name])
            field.widget.attrs |= {"min": 1, "max": LONGEST_INTERVAL}
            otherwise = gettext("Empty: %(days)s.") % {"days": getattr(inherited, name)}
            field.help_text = f"{field.help_text} {otherwise}"
