"""Everything that the what-if page shows of one freelancer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.paginator import Page, Paginator

from jss.chart import AS_IT_IS, Chart, chart_of, line_key
from jss.engine import (
    CLASSIC,
    TREND,
    ClosedContract,
    History,
    Outcome,
    Outlook,
    RoadmapEntry,
    RuleSet,
    Scores,
    Standing,
    WhatIf,
    WindowScore,
    history_of,
    is_changeable,
    is_in_window,
    leaves_on,
    positives_needed,
    reachable_on,
    scores_of,
    standing_of,
    what_if_of,
    window_start,
)
from jss.what_if import WEIGHS, Choices, Meaning, usual_weight
from jss.what_if_presets import Preset, Presets

ROWS_A_PAGE = 25
DATES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class WindowChange:
    """One window as it is and as it would be."""

    before: WindowScore
    window: WindowScore
    is_shown: bool
    start: dt.date


@dataclass(frozen=True, slots=True)
class Row:
    """One contract that counts, and what is supposed of it."""

    contract: ClosedContract
    outcome: str
    is_flipped: bool
    is_worsened: bool
    is_removed: bool
    weight: Decimal | str | None
    """What its outcome weighs, as it is or as it is supposed, or what was typed for it and is no
    weight; None where nothing is weighed."""


@dataclass(frozen=True)
class WhatIfPage:
    """Each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    meaning: Meaning
    today: dt.date
    rules: RuleSet = CLASSIC
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
        return self.choices.query == self._now.query

    @cached_property
    def what_if(self) -> WhatIf:
        return what_if_of(
            self.contracts, self.meaning.scenario, self.choices.target, rules=self.rules
        )

    @cached_property
    def today_scores(self) -> Scores:
        """Those of today, where one looks at another day."""
        return scores_of(self.contracts, self.today, rules=self.rules)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.what_if.after.scores.shown.exact, rules=self.rules)

    @cached_property
    def windows(self) -> list[WindowChange]:
        before, after = self.what_if.before.scores, self.what_if.after.scores
        return [
            self._change(was, window)
            for was, window in zip(before.windows, after.windows, strict=True)
        ]

    @cached_property
    def trend_windows(self) -> list[WindowChange]:
        """The two windows of the trending score (J17), where there is one."""
        before, after = self.what_if.before.scores.trend, self.what_if.after.scores.trend
        if not (before and after):
            return []
        return [
            self._change(before.recent, after.recent),
            self._change(before.longer, after.longer),
        ]

    @property
    def trend_is_shown(self) -> bool:
        return TREND in self.what_if.after.scores.shown.months

    def _change(self, was: WindowScore, window: WindowScore) -> WindowChange:
        return WindowChange(
            before=was,
            window=window,
            is_shown=window.months in self.what_if.after.scores.shown.months,
            start=window_start(self.as_of, window.months),
        )

    @property
    def outlooks(self) -> tuple[Outlook, Outlook]:
        """As it is, and as it would be."""
        return self.what_if.before.outlook, self.what_if.after.outlook

    @cached_property
    def positives_needed(self) -> int | None:
        """So many good contracts more, on top of what is supposed (J8)."""
        after = self.what_if.after.contracts
        return positives_needed(after, self.as_of, self.choices.target, rules=self.rules)

    @cached_property
    def reachable_on(self) -> dt.date:
        """The earliest day on which enough good contracts would reach the target (J8)."""
        return reachable_on(
            self.what_if.after.contracts, self.as_of, self.choices.target, rules=self.rules
        )

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
            and is_changeable(contract, self.rules)
            and is_in_window(contract.closed_on, self.as_of, self.rules.longest_months)
        ]
        return Paginator(counting, ROWS_A_PAGE).get_page(self.rows_page_number)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(
                contract=contract,
                outcome=self._outcome(contract),
                weight=self._weight(contract),
                is_flipped=contract.key in self.choices.flip,
                is_worsened=contract.key in self.choices.worsen,
                is_removed=contract.key in self.choices.remove,
            )
            for contract in self.rows_page
        ]

    def _outcome(self, contract: ClosedContract) -> str:
        """What it counts as; missing feedback that the rules leave out is that too."""
        if contract.rating is None:
            return Outcome.NO_FEEDBACK.name.lower()
        return contract.outcome(self.rules).name.lower()

    def _weight(self, contract: ClosedContract) -> Decimal | str | None:
        if text := dict(self.choices.mistyped).get(contract.key):
            return text
        supposed = dict(self.choices.weigh).get(contract.key)
        return usual_weight(contract, self.rules) if supposed is None else supposed

    @cached_property
    def elsewhere(self) -> list[tuple[str, str]]:
        """What is chosen for contracts on other pages of the table: it stays chosen."""
        here = {contract.key for contract in self.rows_page}
        chosen = [
            (name, key)
            for name in ("flip", "worsen", "remove")
            for key in getattr(self.choices, name)
            if key not in here
        ]
        weights = [(f"{WEIGHS}{key}", str(to)) for key, to in self.choices.weigh if key not in here]
        return chosen + weights

    @cached_property
    def presets(self) -> list[Preset]:
        return Presets(self.contracts, self._now, self.choices, self.rules).all()

    @cached_property
    def _now(self) -> Choices:
        """Nothing supposed, today."""
        return Choices(day=self.today, target=self.choices.target, rules=self.choices.rules)

    @cached_property
    def _lines(self) -> History:
        """The shown score as it is and as it would be, from that day on."""
        until = leaves_on(self.as_of, self.rules.longest_months)
        scenario = self.what_if.scenario
        before = history_of(self.contracts, self.as_of, until, as_of=self.as_of, rules=self.rules)
        after = history_of(
            self.what_if.after.contracts,
            self.as_of,
            until,
            as_of=self.as_of,
            assumed=scenario.assumed,
            rules=self.rules,
        )
        return History({AS_IT_IS: before.shown}, after.shown)

    @cached_property
    def charts(self) -> tuple[Chart, Chart]:
        """A wide one, and one for a phone."""
        until = leaves_on(self.as_of, self.rules.longest_months)
        wide, narrow = (
            chart_of(
                self._lines,
                as_of=self.as_of,
                last_day=until,
                thresholds=(self.rules.top_rated_from, self.rules.considered_from),
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
        lines = {line_key(AS_IT_IS): self._lines.windows[AS_IT_IS], "shown": self._lines.shown}
        return {
            "lines": {
                name: [[step.date.isoformat(), step.score] for step in steps]
                for name, steps in lines.items()
            },
            "left": [
                {"date": entry.date.isoformat(), "months": line_key(entry.months), "left": titles}
                for entry in self.what_if.after.roadmap
                if (titles := [contract.title for contract in entry.left if contract.key])
            ],
            "closed": [],
            "asOf": self.as_of.isoformat(),
        }
