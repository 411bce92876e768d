"""When somebody gets his or her own digest."""

from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import places_by_region
from outbox.models import DigestSchedule
from outbox.recurrence import EVERY_DAY

BOX = {"class": "checkbox"}
DAYS = [(str(day), name) for day, name in WEEKDAYS.items()]


class HowOften(TextChoices):
    EVERY_DAY = "daily", _("Every day")
    CHOSEN = "chosen", _("On the days that I choose")
    WEEKLY = "weekly", _("Once a week")


class RemindersForm(forms.Form):
    """Days, hour and zone; the days count for what is chosen in `how_often` only."""

    is_on = forms.BooleanField(label=_("Send me a digest of what is due"), required=False)
    how_often = forms.ChoiceField(
        label=_("How often"), choices=HowOften.choices, widget=forms.RadioSelect(attrs=BOX)
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=BOX),
    )
    weekday = forms.ChoiceField(label=_("Day"), choices=DAYS, required=False)
    hour = forms.TypedChoiceField(
        label=_("At"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, data: Any = None, *, schedule: DigestSchedule) -> None:
        super().__init__(data, initial=_initial(schedule))
        zones = cast("forms.ChoiceField", self.fields["time_zone"])
        zones.choices = places_by_region()
        if not zones.valid_value(schedule.time_zone):  # an old name, still understood
            zones.choices = [(schedule.time_zone, schedule.time_zone), *places_by_region()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        how_often = cleaned.get("how_often")
        if how_often == HowOften.CHOSEN and not cleaned.get("weekdays", True):
            self.add_error("weekdays", _("Choose at least one day, or switch the digest off."))
        if how_often == HowOften.WEEKLY and not cleaned.get("weekday", True):
            self.add_error("weekday", _("Choose a day."))
        return cleaned

    @property
    def rule(self) -> dict[str, Any]:
        """What the valid form says, as `schedule_change` takes it."""
        days = {
            HowOften.EVERY_DAY.value: range(7),
            HowOften.CHOSEN.value: map(int, self.cleaned_data["weekdays"]),
            HowOften.WEEKLY.value: map(int, filter(None, [self.cleaned_data["weekday"]])),
        }[self.cleaned_data["how_often"]]
        kept = {name: self.cleaned_data[name] for name in ("hour", "time_zone", "is_on")}
        return kept | {"weekdays": sum(1 << day for day in days)}


def _initial(schedule: DigestSchedule) -> dict[str, Any]:
    days = [day for day in range(7) if schedule.weekdays >> day & 1]
    how_often = HowOften.CHOSEN
    if schedule.weekdays == EVERY_DAY:
        how_often = HowOften.EVERY_DAY
    elif len(days) == 1:
        how_often = HowOften.WEEKLY
    return {
        "is_on": schedule.is_on,
        "how_often": how_often.value,
        # Monday to Friday is what somebody who starts choosing most likely wants.
        "weekdays": [str(day) for day in (days if how_often is HowOften.CHOSEN else range(5))],
        "weekday": str(days[0] if how_often is HowOften.WEEKLY else 0),
        "hour": schedule.hour,
        "time_zone": schedule.time_zone,
    }
