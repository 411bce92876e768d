"""The fields of a draft, and the lists of entries, as forms.

A draft is saved a field at a time: a form is made with the fields that were sent, and says beside
each what was not understood. What is over Upwork's limits (P11) is kept and checked, not refused:
people write first and cut afterwards.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.formats import number
from profiles.choices import AVAILABILITIES, EARNINGS
from profiles.content import HIGHEST_RATE, LOWEST_RATE, SHARED
from profiles.field_names import field_name
from profiles.models import LONGEST_DRAFT, Profile
from profiles.pasting import normalised

KEPT_TITLE: Final = 200
"""Characters of a title that a draft keeps; Upwork takes P11's 70."""
KEPT_SKILLS: Final = 50
KEPT_SKILL: Final = 100
OWN_TEXTS: Final = ("title", "rate", "overview", "skills", "market", "service", "video")
SHARED_TEXTS: Final = ("availability", "available_on", "earnings")


class NormalisedField(forms.CharField):
    """Text as typed or pasted: line ends and look-alike spaces made one, nothing else changed."""

    def __init__(self, *, keeps: int, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.keeps = keeps

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.keeps:
            raise ValidationError(
                _(
                    "This has %(has)s characters, and a draft keeps %(keeps)s. It is not saved, "
                    "but it stays here: shorten it, or copy it elsewhere."
                )
                % {"has": number(len(value)), "keeps": number(self.keeps)}
            )


class LineField(NormalisedField):
    """One line: what was pasted with line ends becomes one."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s*\n\s*", " ", super().to_python(value)).strip()


class RateField(forms.CharField):
    """Dollars an hour, also as “$85.00/hr”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value)).strip()
        bare = re.sub(r"^\$|\s*(/|per)\s*(h|hr|hour)\.?$", "", text, flags=re.IGNORECASE).strip()
        if not bare:
            return None
        try:
            rate = Decimal(bare.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", bare) else bare)
        except InvalidOperation:
            rate = Decimal("NaN")
        if not rate.is_finite():
            raise ValidationError(_("Write the rate as a number of dollars, such as 85 or 62.50."))
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise ValidationError(
                _("Upwork takes hourly rates from $%(lowest)s to $%(highest)s.")
                % {"lowest": LOWEST_RATE, "highest": HIGHEST_RATE}
            )
        if rate != round(rate, 2):
            raise ValidationError(_("A rate has at most two places after the point."))
        return rate


class SkillsField(NormalisedField):
    """Skills, one a line or with commas between them; each once."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found: dict[str, str] = {}
        for part in re.split(r"[\n,;]", text):
            skill = " ".join(part.split())
            if len(skill) > KEPT_SKILL:
                raise ValidationError(
                    _("“%(start)s…” is too long for a skill: put one a line.")
                    % {"start": skill[:30]}
                )
            if skill:
                found.setdefault(skill.casefold(), skill)
        if len(found) > KEPT_SKILLS:
            raise ValidationError(
                _("These are %(has)s skills; a draft keeps %(keeps)s and Upwork takes 15.")
                % {"has": number(len(found)), "keeps": number(KEPT_SKILLS)}
            )
        return list(found.values())


class DraftForm(forms.Form):
    """The texts of a draft; those of `only` where not all of them were sent."""

    title = LineField(
        keeps=KEPT_TITLE,
        help_text=gettext_lazy("What you do, for whom, in a client's words. Up to 70 characters."),
    )
    rate = RateField(help_text=gettext_lazy("Dollars an hour, before Upwork's fee."))
    overview = NormalisedField(
        keeps=LONGEST_DRAFT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        help_text=gettext_lazy(
            "Clients see the first 250 characters in their list. Up to 5,000 characters."
        ),
    )
    skills = SkillsField(
        keeps=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line, the most important ones first. Up to 15."),
    )
    market = LineField(
        keeps=200, help_text=gettext_lazy("Whom you work for, such as “dental clinics”.")
    )
    service = LineField(
        keeps=200, help_text=gettext_lazy("What you do for them, such as “online booking”.")
    )
    video = LineField(keeps=500, help_text=gettext_lazy("Address of your introduction, if any."))
    availability = forms.ChoiceField(required=False, choices=AVAILABILITIES)
    available_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Only with “From a date”."),
    )
    earnings = forms.ChoiceField(
        required=False,
        choices=EARNINGS,
        help_text=gettext_lazy(
            "Hide them only while your first few contracts were far below today's rate."
        ),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        profile: Profile,
        only: Iterable[str] | None = None,
        may_change: bool = True,
    ) -> None:
        names = [name for name in self.base_fields if profile.is_general or name not in SHARED]
        initial = {name: getattr(profile, name) for name in names}
        super().__init__(data, initial=initial, auto_id="id_%s")
        wanted = set(names) if only is None else set(names) & set(only)
        for name in list(self.fields):
            if name not in wanted:
                del self.fields[name]
                continue
            self.fields[name].label = field_name(name)
            self.fields[name].widget.attrs["dir"] = "auto"
            self.fields[name].disabled = not may_change

    @property
    def understood(self) -> dict[str, Any]:
        """What can be saved: the fields without an error."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}

    def clean_earnings(self) -> str:
        return self.cleaned_data["earnings"] or "shown"
