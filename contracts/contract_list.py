"""What the list of contracts shows, read in a fixed number of queries however many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.http import QueryDict

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.filters import ContractFilterForm, Show, quick_counts, shown
from contracts.models import Contract
from contracts.models.contracts import ContractQuerySet
from contracts.tables import Heading, headings

CONTRACTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class QuickFilter:
    """One of the quick filters: its value in the URL, its words, how many it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What the selected contracts in one currency earned, and their hours."""

    currency: str
    earned: Decimal | None
    hours: Decimal | None
    count: int


class ContractList:
    """The contracts that a URL's query selects for an actor."""

    def __init__(self, *, actor: Actor, query: QueryDict, as_of: dt.date) -> None:
        self.actor = actor
        self.as_of = as_of
        self.form = ContractFilterForm(query, actor=actor)
        self.selection = self.form.selection
        self._page = query.get("page", "")
        everything = Contract.objects.for_actor(actor).of_choice(actor)
        self._narrowed = self.selection.narrow(everything)
        self._selected = shown(self._narrowed, self.selection.show, as_of)

    @property
    def params(self) -> QueryDict:
        return self.selection.params

    @property
    def query(self) -> str:
        """The URL's query in its shortest form, with the page."""
        params = self.params
        if self.page.number > 1:
            params["page"] = str(self.page.number)
        return f"?{params.urlencode()}" if params else ""

    @property
    def page_before(self) -> str:
        """What stands before the number in a link to another page."""
        params = self.params
        params["page"] = ""
        return f"?{params.urlencode()}"

    @cached_property
    def counts(self) -> dict[str, int]:
        return quick_counts(self._narrowed, self.as_of)

    @property
    def count(self) -> int:
        return self.counts[self.selection.show]

    @property
    def is_first_time(self) -> bool:
        """Nothing is here at all, and no filter hides it."""
        return not self.counts[Show.ALL] and not self.selection.is_narrowed_beyond_show

    @property
    def quick_filters(self) -> list[QuickFilter]:
        return [
            QuickFilter(
                value=show.value,
                label=str(show.label),
                count=self.counts[show.value],
                is_chosen=show.value == self.selection.show,
            )
            for show in Show
        ]

    @cached_property
    def page(self) -> Page[Contract]:
        rows = self.selection.sorted(self._selected).with_last_activity()
        rows = rows.select_related("client", "freelancer")
        return CountedPaginator(rows, CONTRACTS_A_PAGE, count=self.count).get_page(self._page)

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(contract, contract.is_stale(self.as_of)) for contract in self.page.object_list]

    @cached_property
    def totals(self) -> list[Total]:
        """One total a currency, the largest group first."""
        keys = self._selected.order_by().values("pk")
        rows = (
            Contract.objects.for_actor(self.actor)
            .filter(pk__in=keys)
            .values("currency")
            .annotate(earned=Sum("earned"), hours=Sum("hours"), count=Count("pk"))
            .order_by("-count", "currency")
        )
        return [Total(**row) for row in rows]

    @cached_property
    def with_freelancer(self) -> bool:
        """Whether the rows are of several people, so that a column says whose each is."""
        if self.actor.freelancer or self.selection.freelancer:
            return False
        return Freelancer.objects.for_actor(self.actor).count() > 1

    @property
    def headings(self) -> list[Heading]:
        return headings(self.selection.sort, with_freelancer=self.with_freelancer)


@dataclass(frozen=True, slots=True)
class Row:
    """A contract, and whether it has been quiet for long."""

    contract: Contract
    is_stale: bool


class CountedPaginator(Paginator[Contract]):
    """A paginator that is told the number of rows instead of counting them once more."""

    def __init__(self, rows: ContractQuerySet, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count
