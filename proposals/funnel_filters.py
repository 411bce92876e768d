"""Which proposals the table shows, and in which order.

Every choice stands in the URL; one that makes no sense is said and not used, never fatal.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.db.models import F, OrderBy
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.ignored_choices import Ignored
from accounts.models import Freelancer
from proposals.funnel import ENDED, Stage
from proposals.funnel_words import STAGE_NAMES
from proposals.models.proposals import ProposalQuerySet
from proposals.selectors import OPEN_STAGES, forgotten, proposals_of, searched, write_again

LONGEST_SEARCH: Final = 100
DEFAULT_SORT: Final = "-moved_at"
OPEN, ENDED_ALL, DUE, FORGOTTEN = "open", "ended", "due", "forgotten"
SHOW: Final[tuple[tuple[str, Promise], ...]] = (
    (OPEN, gettext_lazy("Open")),
    (ENDED_ALL, gettext_lazy("Ended")),
    (DUE, gettext_lazy("Write again today")),
    (FORGOTTEN, gettext_lazy("Forgotten")),
)
"""What may be chosen beside the single stages."""

_PK = F("pk").desc()
_SORT_KEYS: Final[dict[str, F | Lower]] = {
    "title": Lower("title"),
    "client": Lower("client_name"),
    "sent_at": F("sent_at"),
    "moved_at": F("moved_at"),
}
SORTS: Final[dict[str, tuple[OrderBy, ...]]] = {
    **{key: (expression.asc(), _PK) for key, expression in _SORT_KEYS.items()},
    **{f"-{key}": (expression.desc(), _PK) for key, expression in _SORT_KEYS.items()},
    # Drafts were not sent: last in both directions.
    "sent_at": (F("sent_at").asc(nulls_last=True), _PK),
    "-sent_at": (F("sent_at").desc(nulls_last=True), _PK),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown; the empty one is everything, newest first."""

    words: str = ""
    show: str = ""
    niche: str = ""
    freelancer: Freelancer | None = None
    sort: str = DEFAULT_SORT

    @property
    def is_narrowed(self) -> bool:
        return bool(self.show or self.words or self.niche or self.freelancer)

    def narrow(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """Everything but `show`: what the numbers beside the stages are counted over."""
        if self.freelancer:
            rows = rows.filter(freelancer=self.freelancer)
        if self.niche:
            rows = rows.filter(niche=self.niche)
        return searched(rows, self.words) if self.words else rows

    def shown(self, rows: ProposalQuerySet, *, today: dt.date) -> ProposalQuerySet:
        """Apply `show`."""
        match self.show:
            case "":
                return rows
            case "open":
                return rows.filter(stage__in=OPEN_STAGES)
            case "ended":
                return rows.ended()
            case "due":
                return write_again(rows, today=today)
            case "forgotten":
                return forgotten(rows, today=today)
            case stage:
                return rows.filter(stage=stage)

    @property
    def order(self) -> tuple[OrderBy, ...]:
        return SORTS[self.sort]

    @property
    def params(self) -> QueryDict:
        """The URL's query that leads here again, without the page."""
        values = {
            "view": "table",
            "q": self.words,
            "show": self.show,
            "niche": self.niche,
            "freelancer": self.freelancer.public_id if self.freelancer else "",
            "sort": self.sort if self.sort != DEFAULT_SORT else "",
        }
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return query


def niches_of(actor: Actor) -> list[str]:
    rows = proposals_of(actor).exclude(niche="").order_by("niche")
    return list(rows.values_list("niche", flat=True).distinct())


class FunnelFilterForm(forms.Form):
    """The table's filters. Choices that make no sense are reported by `ignored` and not used."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=LONGEST_SEARCH)
    show = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    niche = forms.ChoiceField(label=gettext_lazy("Niche"), required=False)
    freelancer = forms.ModelChoiceField(
        Freelancer.objects.none(),
        label=gettext_lazy("Freelancer"),
        required=False,
        to_field_name="public_id",
        empty_label=gettext_lazy("Everybody"),
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("Sort"), required=False, choices=[(key, key) for key in SORTS]
    )

    def __init__(self, data: QueryDict, *, actor: Actor, several: bool) -> None:
        super().__init__(data)
        stages = [(stage.value, STAGE_NAMES[stage]) for stage in Stage]
        self._choose("show", [("", gettext_lazy("All")), *SHOW, *stages])
        niches = [(niche, niche) for niche in niches_of(actor)]
        self._choose("niche", [("", gettext_lazy("Any niche")), *niches])
        if several and not actor.freelancer:
            people = cast("forms.ModelChoiceField[Any]", self.fields["freelancer"])
            people.queryset = Freelancer.objects.for_actor(actor).in_order()
        else:
            del self.fields["freelancer"]  # the switcher has chosen already
        if not niches:
            del self.fields["niche"]
        for field in self.fields.values():
            kind = "select" if isinstance(field.widget, forms.Select) else "input"
            field.widget.attrs["class"] = f"{kind} h-9.5"

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def selection(self) -> Selection:
        """What can be used of the URL."""
        self.full_clean()
        good = self.cleaned_data
        return Selection(
            words=good.get("q", ""),
            show=good.get("show", ""),
            niche=good.get("niche", ""),
            freelancer=good.get("freelancer"),
            sort=good.get("sort") or DEFAULT_SORT,
        )

    @property
    def ignored(self) -> list[Ignored]:
        """What could not be used, in words."""
        return [
            Ignored(
                label=str(self.fields[name].label or _("Filter")),
                value=str(self.data.get(name, ""))[:60],
                reason=_("There is no such choice here.")
                if name != "q"
                else " ".join(str(message) for message in messages),
            )
            for name, messages in self.errors.items()
        ]


def chip_counts(stages: dict[str, int], *, due: int, forgotten_count: int) -> dict[str, int]:
    """How many each choice of `show` would show."""
    ended = sum(number for stage, number in stages.items() if stage in ENDED)
    total = sum(stages.values())
    return {
        "": total,
        OPEN: total - ended,
        ENDED_ALL: ended,
        DUE: due,
        FORGOTTEN: forgotten_count,
        **{stage.value: stages.get(stage, 0) for stage in Stage},
    }
