"""Everything that the what-if page shows of one freelancer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import formats
from jss.chart import Chart, chart_of
from jss.engine import (
    CLASSIC,
    ClosedContract,
    History,
    Outlook,
    Publication,
    RoadmapEntry,
    Scores,
    Standing,
    WhatIf,
    WindowScore,
    first_score_of,
    history_of,
    is_changeable,
    is_in_window,
    leaves_on,
    outlook_of,
    positives_needed,
    reachable_on,
    reversals_of,
    scores_of,
    standing_of,
    what_if_of,
    window_start,
)
from jss.what_if import MOST_ADDED, Choices, Meaning

ROWS_A_PAGE = 25
DATES_A_PAGE = 20
AS_IT_IS = 0
"""Names the line of the chart that nothing is supposed of."""


@dataclass(frozen=True, slots=True)
class WindowChange:
    """One window as it is and as it would be."""

    before: WindowScore
    window: WindowScore
    is_shown: bool
    start: dt.date


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario worth a look, as a link."""

    title: str
    words: str
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One contract that counts, and what is supposed of it."""

    contract: ClosedContract
    outcome: str
    is_flipped: bool
    is_worsened: bool
    is_removed: bool


@dataclass(frozen=True)
class WhatIfPage:
    """Each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    meaning: Meaning
    today: dt.date
    rows_page_number: str = "1"
    roadmap_page_number: str = "1"

    @property
    def choices(self) -> Choices:
        return self.meaning.choices

    @property
    def query(self) -> str:
        """The address of what is shown, the page of the table included."""
        number = self.rows_page.number
        return self.choices.query + (f"&rows={number}" if number > 1 else "")

    @property
    def as_of(self) -> dt.date:
        return self.choices.day

    @property
    def is_today(self) -> bool:
        return self.as_of == self.today

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing at all is supposed."""
        return self.choices.query == Choices(day=self.today, target=self.choices.target).query

    @cached_property
    def what_if(self) -> WhatIf:
        return what_if_of(self.contracts, self.meaning.scenario, self.choices.target)

    @cached_property
    def today_scores(self) -> Scores:
        """Those of today, where one looks at another day."""
        return scores_of(self.contracts, self.today)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.what_if.after.scores.shown.exact)

    @cached_property
    def windows(self) -> list[WindowChange]:
        before, after = self.what_if.before.scores, self.what_if.after.scores
        return [
            WindowChange(
                before=was,
                window=window,
                is_shown=window.months in after.shown.months,
                start=window_start(self.as_of, window.months),
            )
            for was, window in zip(before.windows, after.windows, strict=True)
        ]

    @property
    def outlooks(self) -> tuple[Outlook, Outlook]:
        """As it is, and as it would be."""
        return self.what_if.before.outlook, self.what_if.after.outlook

    @cached_property
    def positives_needed(self) -> int | None:
        """So many good contracts more, on top of what is supposed (J8)."""
        after = self.what_if.after.contracts
        return positives_needed(after, self.as_of, self.choices.target)

    @cached_property
    def reachable_on(self) -> dt.date:
        """The earliest day on which enough good contracts would reach the target (J8)."""
        return reachable_on(self.what_if.after.contracts, self.as_of, self.choices.target)

    @cached_property
    def roadmap_page(self) -> Page[RoadmapEntry]:
        """A page of the dates on which a score would change."""
        return Paginator(self.what_if.after.roadmap, DATES_A_PAGE).get_page(
            self.roadmap_page_number
        )

    @cached_property
    def rows_page(self) -> Page[ClosedContract]:
        """A page of the contracts that count on that day, newest end first."""
        counting = [
            contract
            for contract in reversed(self.contracts)
            if contract.closed_on
            and is_changeable(contract)
            and is_in_window(contract.closed_on, self.as_of, CLASSIC.longest_months)
        ]
        return Paginator(counting, ROWS_A_PAGE).get_page(self.rows_page_number)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(
                contract=contract,
                outcome=contract.outcome().name.lower(),
                is_flipped=contract.key in self.choices.flip,
                is_worsened=contract.key in self.choices.worsen,
                is_removed=contract.key in self.choices.remove,
            )
            for contract in self.rows_page
        ]

    @cached_property
    def elsewhere(self) -> list[tuple[str, str]]:
        """What is chosen for contracts on other pages of the table: it stays chosen."""
        here = {contract.key for contract in self.rows_page}
        return [
            (name, key)
            for name in ("flip", "worsen", "remove")
            for key in getattr(self.choices, name)
            if key not in here
        ]

    @cached_property
    def presets(self) -> list[Preset]:
        """The scenarios of J8, J9, J10 and J16, as far as they make sense here."""
        made = [self._first_score(), self._enough_good(), self._worst_reversed(), self._waiting()]
        return [preset for preset in made if preset]

    def _preset(self, title: str, words: str, choices: Choices) -> Preset:
        return Preset(title, words, choices.query, choices.query == self.choices.query)

    @cached_property
    def _now(self) -> Choices:
        return Choices(day=self.today, target=self.choices.target)

    def _first_score(self) -> Preset | None:
        """J16: the first contracts decide."""
        first = first_score_of(self.contracts, self.today)
        if first.publication == Publication.PUBLISHED:
            return None
        left = first.contracts_left
        words = ngettext(
            "%(number)s contract more until the first score is surely published: what if it is "
            "good?",
            "%(number)s contracts more until the first score is surely published: what if they "
            "are all good?",
            left,
        )
        return self._preset(
            _("The first contracts all good"),
            words % {"number": left},
            self._now.with_changes(good=left),
        )

    def _enough_good(self) -> Preset | None:
        """J8: as many as it takes."""
        needed = positives_needed(self.contracts, self.today, self.choices.target)
        if not needed or needed > MOST_ADDED:
            return None
        words = ngettext(
            "%(number)s five-star contract closed today.",
            "%(number)s five-star contracts closed today.",
            needed,
        )
        return self._preset(
            _("As many good ones as reach %(target)s%%") % {"target": self.choices.target},
            words % {"number": needed},
            self._now.with_changes(good=needed),
        )

    def _worst_reversed(self) -> Preset | None:
        """J9: the negative outcome whose reversal lifts the shown score most."""
        found = reversals_of(self.contracts, self.today)
        if not found:
            return None
        # Of those that lift it alike the lowest rating, and of these the newest.
        worst = max(
            found,
            key=lambda one: (
                one.after.shown.exact or 0,
                -(one.contract.rating or 0),
                one.contract.closed_on or dt.date.min,
            ),
        ).contract
        return self._preset(
            _("The worst negative turned positive"),
            _("The client of “%(title)s” changes the rating.") % {"title": worst.title},
            self._now.with_changes(flip=(worst.key,)),
        )

    def _waiting(self) -> Preset | None:
        """J10: until the shortest window is without a negative outcome."""
        day = outlook_of(self.contracts, self.today, self.choices.target).last_negative_leaves_on
        if not day:
            return None
        return self._preset(
            _("Wait until the last negative leaves"),
            _("On %(day)s the %(months)s-month window is without one.")
            % {"day": formats.day(day), "months": CLASSIC.shortest_months},
            self._now.with_changes(day=day),
        )

    @cached_property
    def _lines(self) -> History:
        """The shown score as it is and as it would be, from that day on."""
        until = leaves_on(self.as_of, CLASSIC.longest_months)
        scenario = self.what_if.scenario
        before = history_of(self.contracts, self.as_of, until, as_of=self.as_of)
        after = history_of(
            self.what_if.after.contracts,
            self.as_of,
            until,
            as_of=self.as_of,
            assumed=scenario.assumed,
        )
        return History({AS_IT_IS: before.shown}, after.shown)

    @cached_property
    def charts(self) -> tuple[Chart, Chart]:
        """A wide one, and one for a phone."""
        until = leaves_on(self.as_of, CLASSIC.longest_months)
        wide, narrow = (
            chart_of(
                self._lines,
                as_of=self.as_of,
                last_day=until,
                thresholds=(CLASSIC.top_rated_from, CLASSIC.considered_from),
                width=width,
                height=220,
                months_between_ticks=months,
            )
            for width, months in ((760, 3), (360, 6))
        )
        return wide, narrow

    @cached_property
    def chart_data(self) -> dict[str, object]:
        """What the chart's hover says."""
        lines = {str(AS_IT_IS): self._lines.windows[AS_IT_IS], "shown": self._lines.shown}
        return {
            "lines": {
                name: [[step.date.isoformat(), step.score] for step in steps]
                for name, steps in lines.items()
            },
            "left": [
                {"date": entry.date.isoformat(), "months": entry.months, "left": titles}
                for entry in self.what_if.after.roadmap
                if (titles := [contract.title for contract in entry.left if contract.key])
            ],
            "closed": [],
            "asOf": self.as_of.isoformat(),
        }
