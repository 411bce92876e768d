"""What the table of proposals shows, read in a fixed number of queries however many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from proposals.board_page import LOT
from proposals.funnel import Stage, follow_up_on
from proposals.funnel_filters import (
    DUE,
    ENDED_ALL,
    FORGOTTEN,
    OPEN,
    SHOW,
    FunnelFilterForm,
    chip_counts,
)
from proposals.funnel_words import STAGE_NAMES, since_words, stage_name
from proposals.models import Proposal
from proposals.models.proposals import ProposalQuerySet
from proposals.selectors import forgotten, proposals_of, stage_counts, write_again

ROWS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Chip:
    """A quick filter: its value in the URL, its words, how many it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; `sort` is what its link sorts by, "" where it does not."""

    label: Promise
    sort: str = ""
    aria_sort: str = "none"
    numeric: bool = False
    wide: bool = False

    @property
    def is_sorted(self) -> bool:
        return self.aria_sort != "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in the table."""

    proposal: Proposal
    stage: str
    since: str
    follow_up_on: dt.date | None
    is_due: bool


class CountedPaginator(Paginator[Proposal]):
    """A paginator that is told the number of rows instead of counting them once more."""

    def __init__(self, rows: ProposalQuerySet, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `sort` is what its heading sorts by at the first click, "" where it does not.

    A column that is `wide` only is left out on a tablet: the row's own page has it.
    """

    label: Promise
    sort: str = ""
    numeric: bool = False
    wide: bool = False


COLUMNS: Final = (
    Column(_("Proposal"), "title"),
    Column(_("Client"), "client"),
    Column(_("Stage")),
    Column(_("For"), "-moved_at"),
    Column(_("Sent"), "-sent_at", wide=True),
    Column(_("Write again")),
    Column(_("Niche"), wide=True),
    Column(_("Bid"), numeric=True, wide=True),
)


class TablePage:
    """The proposals that a URL's query selects for an actor."""

    lot = LOT

    def __init__(self, *, actor: Actor, query: QueryDict, with_freelancer: bool) -> None:
        self.actor = actor
        self.today = timezone.localdate()
        self.form = FunnelFilterForm(query, actor=actor, several=with_freelancer)
        self.selection = self.form.selection
        self.with_freelancer = (
            with_freelancer and actor.freelancer is None and self.selection.freelancer is None
        )
        self._page = query.get("page", "")
        self._narrowed = self.selection.narrow(proposals_of(actor))

    @property
    def params(self) -> QueryDict:
        return self.selection.params

    @property
    def query(self) -> str:
        """The URL's query in its shortest form, with the page."""
        params = self.params
        if self.page.number > 1:
            params["page"] = str(self.page.number)
        return f"?{params.urlencode()}"

    @property
    def page_before(self) -> str:
        """What stands before the number in a link to another page."""
        params = self.params
        params["page"] = ""
        return f"?{params.urlencode()}"

    @cached_property
    def counts(self) -> dict[str, int]:
        return chip_counts(
            stage_counts(self._narrowed),
            due=write_again(self._narrowed, today=self.today).count(),
            forgotten_count=forgotten(self._narrowed, today=self.today).count(),
        )

    @property
    def count(self) -> int:
        return self.counts[self.selection.show]

    @property
    def is_first_time(self) -> bool:
        return not self.selection.is_narrowed and not self.count

    @property
    def chips(self) -> list[Chip]:
        """Those that show anything, and always the first two and the chosen one."""
        labels = [("", _("All")), *SHOW, *((stage.value, STAGE_NAMES[stage]) for stage in Stage)]
        always = {"", OPEN, ENDED_ALL, self.selection.show}
        return [
            Chip(value, str(label), self.counts[value], value == self.selection.show)
            for value, label in labels
            if value in always or self.counts[value]
        ]

    @property
    def is_of_forgotten(self) -> bool:
        return self.selection.show == FORGOTTEN

    @property
    def is_of_due(self) -> bool:
        return self.selection.show == DUE

    @cached_property
    def page(self) -> Page[Proposal]:
        rows = self.selection.shown(self._narrowed, today=self.today)
        rows = rows.without_texts().select_related("freelancer")
        rows = rows.order_by(*self.selection.order)
        return CountedPaginator(rows, ROWS_A_PAGE, count=self.count).get_page(self._page)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(proposal) for proposal in self.page.object_list]

    def _row(self, proposal: Proposal) -> Row:
        stage = Stage(proposal.stage)
        due_on = follow_up_on(stage, proposal.dates, by_hand=proposal.follow_up_on)
        return Row(
            proposal=proposal,
            stage=stage_name(stage),
            since=since_words(proposal.moved_at, today=self.today),
            follow_up_on=due_on,
            is_due=bool(due_on and due_on <= self.today),
        )

    @property
    def headings(self) -> list[Heading]:
        found = [self._heading(column) for column in COLUMNS]
        if self.with_freelancer:
            found.insert(2, Heading(_("Freelancer"), wide=True))
        return found

    def _heading(self, column: Column) -> Heading:
        key, after, aria_sort = column.sort.lstrip("-"), column.sort, "none"
        if key and self.selection.sort == key:
            after, aria_sort = f"-{key}", "ascending"
        elif key and self.selection.sort == f"-{key}":
            after, aria_sort = key, "descending"
        return Heading(column.label, after, aria_sort, column.numeric, column.wide)
