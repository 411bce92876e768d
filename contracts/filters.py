"""Which contracts the list shows.

Every choice stands in the URL; one that makes no sense is said and not used, never fatal.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.ignored_choices import Ignored
from accounts.models import Freelancer
from contracts.models import Client
from contracts.models.contracts import ContractQuerySet
from contracts.models.feedback import POSITIVE_FROM
from contracts.tables import DEFAULT_SORT, SORTS

LONGEST_SEARCH = 100


class Show(models.TextChoices):
    """The quick filters above the list."""

    ALL = "", _("All")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    WITHOUT_FEEDBACK = "without-feedback", _("Without feedback")
    NEGATIVE = "negative", _("Negative")
    STALE = "stale", _("Stale")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, in which order. The empty selection is everything, in the usual order."""

    show: str = ""
    words: str = ""
    client: Client | None = None
    freelancer: Freelancer | None = None
    closed_from: dt.date | None = None
    closed_to: dt.date | None = None
    sort: str = DEFAULT_SORT

    @property
    def is_narrowed(self) -> bool:
        return bool(self.show) or self.is_narrowed_beyond_show

    @property
    def is_narrowed_beyond_show(self) -> bool:
        return bool(self.words) or self.is_narrowed_by_fields

    @property
    def is_narrowed_by_fields(self) -> bool:
        """By what a phone keeps folded away."""
        return any((self.client, self.freelancer, self.closed_from, self.closed_to))

    def apply(self, rows: ContractQuerySet, as_of: dt.date) -> ContractQuerySet:
        """Narrow and sort; `as_of` decides which open contracts are stale."""
        return self.sorted(shown(self.narrow(rows), self.show, as_of))

    def narrow(self, rows: ContractQuerySet) -> ContractQuerySet:
        """Everything but the quick filter: what the quick filters' numbers are counted over."""
        if self.words:
            rows = rows.search(self.words)
        if self.client:
            rows = rows.filter(client=self.client)
        if self.freelancer:
            rows = rows.filter(freelancer=self.freelancer)
        if self.closed_from:
            rows = rows.filter(closed_on__gte=self.closed_from)
        if self.closed_to:
            rows = rows.filter(closed_on__lte=self.closed_to)
        return rows

    def sorted(self, rows: ContractQuerySet) -> ContractQuerySet:
        return rows.with_rating().order_by(*SORTS[self.sort])

    @property
    def params(self) -> QueryDict:
        """The URL's query that leads here again, without the page."""
        values = {
            "show": self.show,
            "q": self.words,
            "client": self.client.public_id if self.client else "",
            "freelancer": self.freelancer.public_id if self.freelancer else "",
            "closed_from": self.closed_from.isoformat() if self.closed_from else "",
            "closed_to": self.closed_to.isoformat() if self.closed_to else "",
            "sort": self.sort if self.sort != DEFAULT_SORT else "",
        }
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return query


def shown(rows: ContractQuerySet, show: str, as_of: dt.date) -> ContractQuerySet:
    """Apply one quick filter."""
    match show:
        case Show.OPEN:
            return rows.open()
        case Show.CLOSED:
            return rows.closed()
        case Show.WITHOUT_FEEDBACK:
            return rows.without_feedback()
        case Show.NEGATIVE:
            return rows.negative()
        case Show.STALE:
            return rows.stale(as_of)
        case _:
            return rows


def quick_counts(rows: ContractQuerySet, as_of: dt.date) -> dict[str, int]:
    """How many contracts each quick filter would show, in one query."""
    is_closed = Q(closed_on__isnull=False)
    stale = rows.stale(as_of).order_by().values("pk")
    counts: dict[str, int] = (
        rows.with_rating()
        .order_by()
        .aggregate(
            all=Count("pk", distinct=True),
            open=Count("pk", filter=~is_closed, distinct=True),
            closed=Count("pk", filter=is_closed, distinct=True),
            without_feedback=Count("pk", filter=is_closed & Q(rating__isnull=True), distinct=True),
            negative=Count("pk", filter=is_closed & Q(rating__lt=POSITIVE_FROM), distinct=True),
            stale=Count("pk", filter=Q(pk__in=stale), distinct=True),
        )
    )
    return {show.value: counts[show.name.lower()] for show in Show}


class DayInput(forms.DateInput):
    """The browser's own date picker; a query and a form field carry the ISO date."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """Nothing for what is no date: browsers show an empty picker and complain."""
        text = super().format_value(value)
        try:
            dt.date.fromisoformat(text or "")
        except ValueError:
            return None
        return text


_NOT_USED = {
    "client": _("You have no such client."),
    "freelancer": _("There is no such freelancer."),
    "closed_from": _("Write the day as 2026-10-02."),
    "closed_to": _("Write the day as 2026-10-02."),
    "show": _("There is no such filter."),
    "sort": _("The list cannot be sorted by it."),
}


class ContractFilterForm(forms.Form):
    """The list's filters. Choices that make no sense are reported by `ignored` and not used."""

    q = forms.CharField(label=_("Words"), required=False, max_length=LONGEST_SEARCH)
    client = forms.ModelChoiceField(
        Client.objects.none(),
        label=_("Client"),
        required=False,
        to_field_name="public_id",
        empty_label=_("Any client"),
    )
    freelancer = forms.ModelChoiceField(
        Freelancer.objects.none(),
        label=_("Freelancer"),
        required=False,
        to_field_name="public_id",
        empty_label=_("Everybody"),
    )
    closed_from = forms.DateField(
        label=_("Closed from"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"]
    )
    closed_to = forms.DateField(
        label=_("Closed to"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"]
    )
    show = forms.ChoiceField(label=_("Show"), required=False, choices=Show)
    sort = forms.ChoiceField(label=_("Sort"), required=False, choices=[(key, key) for key in SORTS])

    def __init__(self, data: QueryDict, *, actor: Actor) -> None:
        super().__init__(data)
        clients = Client.objects.for_actor(actor).order_by("name")
        freelancers = Freelancer.objects.for_actor(actor).in_order()
        if actor.freelancer:
            del self.fields["freelancer"]  # the switcher has chosen already
            clients = clients.filter(contracts__freelancer=actor.freelancer).distinct()
        else:
            self._choose_from("freelancer", freelancers)
        self._choose_from("client", clients)
        for name, words in _NOT_USED.items():
            if name in self.fields:
                code = "invalid" if name.startswith("closed") else "invalid_choice"
                self.fields[name].error_messages[code] = words
        for field in self.fields.values():
            kind = "select" if isinstance(field.widget, forms.Select) else "input"
            field.widget.attrs["class"] = f"{kind} h-9.5"

    def _choose_from(self, name: str, rows: models.QuerySet[Any]) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("closed_from"), cleaned.get("closed_to")
        if begin and end and end < begin:
            self.add_error("closed_to", _("This day is before the first one."))
        return cleaned

    @property
    def selection(self) -> Selection:
        """What can be used of the URL."""
        self.full_clean()
        good = self.cleaned_data
        return Selection(
            show=good.get("show", ""),
            words=good.get("q", ""),
            client=good.get("client"),
            freelancer=good.get("freelancer"),
            closed_from=good.get("closed_from"),
            closed_to=good.get("closed_to"),
            sort=good.get("sort") or DEFAULT_SORT,
        )

    @property
    def ignored(self) -> list[Ignored]:
        """What could not be used, in words."""
        return [
            Ignored(
                label=str(self.fields[name].label or gettext("Filter")),
                value=str(self.data.get(name, ""))[:60],
                reason=" ".join(str(message) for message in messages),
            )
            for name, messages in self.errors.items()
        ]
