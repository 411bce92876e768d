"""Forms of a contract: its fields, its end, feedback both ways, the log.

They check types and choices; the rules are the services', whose messages `take_errors` puts beside
the fields. `seen` carries what the form showed when it was opened, so that another tab's change is
noticed and not overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.currencies import currency_choices
from accounts.models import Freelancer
from accounts.service_forms import ServiceForm
from contracts.contract_services import LONGEST_CLIENT_NAME, fingerprint
from contracts.filters import DayInput
from contracts.log_services import GIVEN_FIELDS, LOG_FIELDS
from contracts.models import Client, Contract, Feedback, LogEntry
from contracts.models.feedback import PART_SCORES
from contracts.services import FEEDBACK_FIELDS
from contracts.wording import value_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TEXT = 20_000


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that is not what the form showed: what is saved now, and what was typed."""

    label: str
    saved: str
    typed: str


class RowForm(ServiceForm):
    """A form over some fields of one row, which it leaves untouched."""

    model: ClassVar[type[models.Model]]
    names: ClassVar[Sequence[str]]

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, row: models.Model) -> None:
        values = self.seen_values(row)
        super().__init__(data, initial={**values, "seen": fingerprint(values)})
        self.conflicts: list[Conflict] = []
        shown = [name for name in self.names if name not in self.fields]
        self.fields.update(forms.fields_for_model(self.model, fields=shown))
        for name in shown:
            self._settle(name)

    def _settle(self, name: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.DateField):
            field.widget = DayInput()
        elif isinstance(field.widget, forms.Textarea):
            field.validators.append(MaxLengthValidator(LONGEST_TEXT))
            field.widget.attrs |= {"rows": 3, "maxlength": LONGEST_TEXT}
        elif isinstance(field, forms.TypedChoiceField) and not field.required:
            known = [choice for choice in cast("list[Any]", field.choices) if choice[0]]
            field.choices = [("", _("Not known")), *known]

    def seen_values(self, row: models.Model) -> dict[str, object]:
        """The row's values of the fields that this form saves."""
        return {name: getattr(row, name) for name in self.names}

    @property
    def changes(self) -> dict[str, Any]:
        """What to hand to the service."""
        return {name: self.cleaned_data[name] for name in self.names}

    def tell_conflicts(self, row: models.Model) -> None:
        """Show both where the saved row and what was typed differ; sending again overwrites."""
        now = self.seen_values(row)
        for name, value in now.items():
            saved = str(value) if isinstance(value, models.Model) else value
            typed = self.cleaned_data.get(name)
            if (saved or None) != (typed or None):
                words = (value_words(self.model, name, either) for either in (saved, typed))
                self.conflicts.append(Conflict(str(self.fields[name].label), *words))
        data = cast("QueryDict", self.data).copy()  # a request's own is not to be written to
        data["seen"] = fingerprint(now)
        self.data = data


class ContractForm(RowForm):
    """Every field of a contract. A new one (an unsaved row) also asks whose it is."""

    model = Contract
    names = (
        "title",
        "client",
        "kind",
        "under_agency",
        "upwork_contract_id",
        "started_on",
        "delivered_on",
        "delivered_what",
        "closed_on",
        "ended_by",
        "end_reason",
        "currency",
        "rate",
        "hours",
        "earned",
        "fees",
        "escrow",
        "last_milestone_on",
        "client_flagged",
        "feedback_removed",
        "notes",
    )

    client = forms.CharField(
        label=_("Client"),
        required=False,
        max_length=LONGEST_CLIENT_NAME,
        help_text=_("The name as it stands in Upwork's reports. A new name makes a new client."),
        widget=forms.TextInput(attrs={"list": "client-names", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"))
    freelancer = forms.ModelChoiceField(
        Freelancer.objects.none(), label=_("Freelancer"), to_field_name="public_id"
    )

    def __init__(self, data: QueryDict | None = None, *, row: Contract, actor: Actor) -> None:
        super().__init__(data, row=row)
        self.initial["client"] = row.client.name if row.client else ""
        self.fields["fees"].required = False
        currencies = dict(currency_choices(get_language() or "en"))
        cast("forms.ChoiceField", self.fields["currency"]).choices = list(
            ({row.currency: row.currency} | currencies).items()
        )
        self.fields["hours"].widget.attrs["min"] = "0"
        self.client_names = (
            Client.objects.for_actor(actor).order_by("name").values_list("name", flat=True)
        )
        if row._state.adding:
            self._ask_whose(actor)
        else:
            del self.fields["freelancer"]

    def _ask_whose(self, actor: Actor) -> None:
        field = cast("forms.ModelChoiceField[Freelancer]", self.fields["freelancer"])
        field.queryset = Freelancer.objects.for_actor(actor).in_order()
        chosen = actor.freelancer
        self.initial["freelancer"] = chosen.public_id if chosen else None
        field.empty_label = None if chosen else gettext("Choose whose contract it is")
        if chosen and len(field.queryset[:2]) == 1:
            field.widget = forms.HiddenInput()

    def clean_fees(self) -> Decimal:
        return self.cleaned_data["fees"] or Decimal("0.00")

    @property
    def changes(self) -> dict[str, Any]:
        changes = super().changes
        changes["client_name"] = changes.pop("client")
        return changes


class CloseForm(RowForm):
    """When a contract ended, who ended it, and why (C1)."""

    model = Contract
    names = ("closed_on", "ended_by", "end_reason")

    def __init__(self, data: QueryDict | None = None, *, row: Contract) -> None:
        super().__init__(data, row=row)
        self.fields["closed_on"].required = True
        self.initial["closed_on"] = row.closed_on or timezone.localdate()


class DeliverForm(RowForm):
    """The final delivery (C2), and the money in escrow that goes with it (C7)."""

    model = Contract
    names = ("delivered_on", "delivered_what", "escrow", "last_milestone_on")

    def __init__(self, data: QueryDict | None = None, *, row: Contract) -> None:
        super().__init__(data, row=row)
        self.fields["delivered_on"].required = True
        self.initial["delivered_on"] = row.delivered_on or timezone.localdate()


@dataclass(frozen=True, slots=True)
class Scale:
    """A score's range as a validator, with one sentence for whatever is wrong."""

    low: int
    high: int
    places: int
    words: _StrPromise

    def __call__(self, score: Decimal | int) -> None:
        if not self.low <= score <= self.high or score != round(score, self.places):
            raise ValidationError(self.words)


_STARS = Scale(1, 5, 2, _("Stars run from 1.00 to 5.00, with at most two decimals."))
_PARTS = Scale(1, 5, 0, _("Part scores are whole numbers from 1 to 5."))
_PRIVATE = Scale(0, 10, 0, _("The private rating is a whole number from 0 to 10."))
SCALES: dict[str, Scale] = {
    "public_rating": _STARS,
    "rating_before_change": _STARS,
    "private_rating": _PRIVATE,
    **dict.fromkeys(PART_SCORES, _PARTS),
}


class GivenFeedbackForm(RowForm):
    """What one side said of the other."""

    model = Feedback
    names: ClassVar[Sequence[str]] = GIVEN_FIELDS

    def __init__(self, data: QueryDict | None = None, *, row: Feedback) -> None:
        super().__init__(data, row=row)
        self.fields["public_rating"].error_messages["required"] = _STARS.words
        for name in SCALES.keys() & self.fields.keys():
            scale, field = SCALES[name], self.fields[name]
            field.validators = [scale]
            field.error_messages["invalid"] = scale.words
            field.widget.attrs |= {"min": scale.low, "max": scale.high}

    def clean_given_on(self) -> Any:
        return not_to_come(self.cleaned_data["given_on"])


class ClientFeedbackForm(GivenFeedbackForm):
    """What the client said, and whether it was changed afterwards (J9)."""

    names = FEEDBACK_FIELDS

    was_changed = forms.BooleanField(
        label=_("The client changed this feedback afterwards"),
        required=False,
        help_text=_("Leave it empty when you only correct a slip of your own."),
    )

    def __init__(self, data: QueryDict | None = None, *, row: Feedback) -> None:
        super().__init__(data, row=row)
        self.stored_rating = None if row._state.adding else row.public_rating
        self.initial["was_changed"] = bool(row.changed_on or row.rating_before_change)

    def clean_changed_on(self) -> Any:
        return not_to_come(self.cleaned_data["changed_on"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("was_changed"):
            return cleaned | {"changed_on": None, "rating_before_change": None}
        cleaned["changed_on"] = cleaned.get("changed_on") or timezone.localdate()
        if cleaned.get("rating_before_change") is None:
            cleaned["rating_before_change"] = self._former_rating(cleaned)
        return cleaned

    def _former_rating(self, cleaned: Mapping[str, Any]) -> Decimal | None:
        is_other = self.stored_rating != cleaned.get("public_rating")
        return self.stored_rating if is_other else None


class LogEntryForm(RowForm):
    """What happened, what was learned, what will be done differently (C6)."""

    model = LogEntry
    names = LOG_FIELDS

    def __init__(self, data: QueryDict | None = None, *, row: LogEntry) -> None:
        super().__init__(data, row=row)
        self.initial["happened_on"] = row.happened_on or timezone.localdate()

    def clean_happened_on(self) -> Any:
        return not_to_come(self.cleaned_data["happened_on"])


def not_to_come(day: Any) -> Any:
    """The day, if there is one and it is not still to come."""
    if day and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))
    return day
