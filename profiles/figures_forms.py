"""What the page of the weekly figures is given (P7)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.conversion import WEEK, Week
from profiles.pasted_figures import EARLIEST, MOST, pasted_figures
from profiles.pasted_lines import BadLine

MOST_CHARACTERS: Final = 60_000
MOST_SAID: Final = 12
"""Lines that are named at once: whoever mends those sees the pattern."""


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _count(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter a number; 0 where there was none."),
            "invalid": gettext_lazy("Enter a whole number."),
            "min_value": gettext_lazy("Enter 0 or more."),
            "max_value": gettext_lazy("That is more than a week can have."),
        },
    )


class WeekForm(forms.Form):
    """One week. Any day of it will do; it is kept under its Monday."""

    starts_on = forms.DateField(
        label=gettext_lazy("Week of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day of that week."),
            "invalid": gettext_lazy("Enter a day such as 2026-10-05."),
        },
    )
    views = _count(gettext_lazy("Profile views"))
    invitations = _count(gettext_lazy("Invitations"))
    replies = _count(gettext_lazy("Replies"))
    proposals = _count(gettext_lazy("Proposals sent"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if day < EARLIEST:
            raise ValidationError(_("That is before Upwork; check the year."))
        if monday_of(day) > self.today:
            raise ValidationError(_("That week is still to come."))
        return monday_of(day)

    @property
    def week(self) -> Week:
        """What was entered, of a valid form."""
        return Week(**self.cleaned_data)


class PasteForm(forms.Form):
    """Several weeks at once. Every line that isn't understood is named, and then none is kept:
    what was pasted stays in the field."""

    lines = forms.CharField(
        label=gettext_lazy("One week a line"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Paste at least one week.")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_lines(self) -> tuple[Week, ...]:
        weeks, bad = pasted_figures(self.cleaned_data["lines"], today=self.today)
        if bad:
            raise ValidationError(_said(bad))
        if not weeks:
            raise ValidationError(_("Paste at least one week."))
        return weeks


def _said(bad: tuple[BadLine, ...]) -> list[ValidationError]:
    said = [_in_words(each) for each in bad[:MOST_SAID]]
    if len(bad) > MOST_SAID:
        more = _("And %(number)s more lines like these.") % {"number": len(bad) - MOST_SAID}
        said.append(ValidationError(more))
    return said


def _in_words(bad: BadLine) -> ValidationError:
    reason = _(bad.problem.template) % bad.problem.params
    words = _("Line %(line)s, “%(text)s”: %(reason)s.")
    params = {"line": bad.line, "text": bad.text, "reason": reason.rstrip(".")}
    return ValidationError(words, params=params)


def lines_from(weeks: Iterable[Week]) -> str:
    """Weeks as `pasted_figures` reads them: what an address carries to put them back."""
    return "\n".join(_line(week) for week in weeks)


def _line(week: Week) -> str:
    counts = [week.views, week.invitations, week.replies]
    given = counts if week.proposals is None else [*counts, week.proposals]
    return ",".join([week.starts_on.isoformat(), *map(str, given)])


def next_week(noted: Iterable[dt.date], today: dt.date) -> dt.date:
    """The week that is probably noted next: the one after the newest, and at most this one; the
    last whole one where there is none yet."""
    newest = max(noted, default=None)
    this = monday_of(today)
    return this - WEEK if newest is None else min(newest + WEEK, this)
