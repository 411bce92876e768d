"""Everything that the Job Success page shows of one freelancer on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from accounts import formats
from jss.chart import Chart, chart_of, line_key
from jss.engine import (
    CLASSIC,
    TREND,
    ClosedContract,
    Explanation,
    FirstScore,
    History,
    Outlook,
    Reason,
    RoadmapEntry,
    RuleSet,
    Scores,
    ShownScore,
    Standing,
    TrendScore,
    WindowScore,
    assumed_closings,
    explanations_of,
    first_score_of,
    history_of,
    leaves_on,
    next_recalculation,
    outlook_of,
    positives_needed,
    reachable_on,
    roadmap_of,
    scores_of,
    standing_of,
    window_start,
)
from jss.models import Reading

ROWS_A_WINDOW = 12
CONTRACTS_A_PAGE = 50
DATES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WindowView:
    """One window with the rows that it came from."""

    window: WindowScore
    is_shown: bool
    start: dt.date
    rows: tuple[tuple[ClosedContract, Reason, dt.date | None], ...]
    """The newest of them; the page's table of contracts holds all."""
    in_window: int


@dataclass(frozen=True, slots=True)
class RuleSetRow:
    """What another rule set comes to on the same day."""

    rules: RuleSet
    shown: ShownScore
    is_chosen: bool


@dataclass(frozen=True)
class ScorePage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    as_of: dt.date
    today: dt.date
    target: int
    per_month: int
    last_reading: Reading | None
    rules: RuleSet = CLASSIC
    other_rules: Sequence[RuleSet] = ()
    in_window: int | None = None
    """The table of contracts shows only those in the window of so many months; None: all."""
    contracts_page_number: str = "1"
    roadmap_page_number: str = "1"

    @cached_property
    def scores(self) -> Scores:
        return scores_of(self.contracts, self.as_of, rules=self.rules)

    @property
    def is_today(self) -> bool:
        return self.as_of == self.today

    @property
    def without_feedback(self) -> int:
        """Contracts without a rating in the longest window: perhaps only not entered yet (J3)."""
        return self.scores.windows[-1].no_feedback

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.scores.shown.exact, rules=self.rules)

    @cached_property
    def first_score(self) -> FirstScore:
        return first_score_of(self.contracts, self.as_of, rules=self.rules)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """Newest end first, and before them the open ones."""
        return tuple(reversed(explanations_of(self.contracts, self.as_of, rules=self.rules)))

    @cached_property
    def contracts_page(self) -> Page[Explanation]:
        """A page of the table that says which contract counts where."""
        rows = self.explanations
        if self.in_window in self.rules.all_months:
            rows = tuple(row for row in rows if row.in_window(self.in_window).leaves_on)
        return Paginator(rows, CONTRACTS_A_PAGE).get_page(self.contracts_page_number)

    @cached_property
    def roadmap_page(self) -> Page[RoadmapEntry]:
        """A page of the roadmap's dates."""
        return Paginator(self.roadmap, DATES_A_PAGE).get_page(self.roadmap_page_number)

    @cached_property
    def windows(self) -> list[WindowView]:
        return [self._view(window) for window in self.scores.windows]

    @cached_property
    def trend_windows(self) -> list[WindowView]:
        """The two windows of the trending score (J17), where there is one."""
        trend = self.scores.trend
        return [self._view(trend.recent), self._view(trend.longer)] if trend else []

    @property
    def trend_is_shown(self) -> bool:
        return TREND in self.scores.shown.months

    def _view(self, window: WindowScore) -> WindowView:
        places = [(row.contract, row.in_window(window.months)) for row in self.explanations]
        rows = [(contract, at.reason, at.leaves_on) for contract, at in places if at.leaves_on]
        return WindowView(
            window=window,
            is_shown=window.months in self.scores.shown.months,
            start=window_start(self.as_of, window.months),
            rows=tuple(rows[:ROWS_A_WINDOW]),
            in_window=len(rows),
        )

    @cached_property
    def rule_sets(self) -> list[RuleSetRow]:
        """What every rule set comes to, the chosen one first."""
        return [
            RuleSetRow(rules, scores_of(self.contracts, self.as_of, rules=rules).shown, at == 0)
            for at, rules in enumerate((self.rules, *self.other_rules))
        ]

    @cached_property
    def score_range(self) -> tuple[int, int] | None:
        """The lowest and the highest of them; None where there is no score by any."""
        scores = [row.shown.score for row in self.rule_sets if row.shown.score is not None]
        return (min(scores), max(scores)) if scores else None

    @cached_property
    def recalculates_on(self) -> dt.date | None:
        """The next recalculation, where one update was observed (J7)."""
        if self.last_reading is None:
            return None
        return next_recalculation(self.last_reading.observed_on, self.as_of, rules=self.rules)

    @cached_property
    def scores_then(self) -> Scores | None:
        """The scores at the next recalculation, were nothing closed until then (J7)."""
        if self.recalculates_on is None:
            return None
        return scores_of(
            self.contracts, self.recalculates_on, closed_until=self.as_of, rules=self.rules
        )

    @property
    def line_pairs(self) -> list[tuple[WindowScore | TrendScore, WindowScore | TrendScore]]:
        """Each score now and at the next recalculation."""
        later = self.scores_then.lines if self.scores_then else ()
        return list(zip(self.scores.lines, later, strict=False))

    @cached_property
    def positives_needed(self) -> int | None:
        return positives_needed(self.contracts, self.as_of, self.target, rules=self.rules)

    @cached_property
    def reachable_on(self) -> dt.date:
        """The earliest day on which enough good contracts would reach the target (J8)."""
        return reachable_on(self.contracts, self.as_of, self.target, rules=self.rules)

    @cached_property
    def assumed(self) -> tuple[dt.date, ...]:
        return assumed_closings(self.as_of, self.per_month, months=self.rules.longest_months)

    @cached_property
    def until(self) -> dt.date:
        """As far as the forecast looks: when the last contract of today is gone."""
        return leaves_on(self.as_of, self.rules.longest_months)

    @cached_property
    def roadmap(self) -> tuple[RoadmapEntry, ...]:
        return roadmap_of(
            self.contracts, self.as_of, assumed=self.assumed, until=self.until, rules=self.rules
        )

    @cached_property
    def next_change(self) -> RoadmapEntry | None:
        """The next date on which the score that is shown changes."""
        return next((e for e in self.roadmap if e.shown_before != e.shown_after), None)

    @cached_property
    def outlook(self) -> Outlook:
        return outlook_of(
            self.contracts,
            self.as_of,
            self.target,
            assumed=self.assumed,
            until=self.until,
            rules=self.rules,
        )

    @cached_property
    def history(self) -> History:
        return history_of(
            self.contracts,
            window_start(self.as_of, self.rules.longest_months),
            self.until,
            as_of=self.as_of,
            assumed=self.assumed,
            rules=self.rules,
        )

    @cached_property
    def charts(self) -> tuple[Chart, Chart]:
        """A wide one, and one for a phone: type would shrink with a single one."""
        return (
            self._chart(width=1120, height=320, months_between_ticks=3),
            self._chart(width=360, height=240, months_between_ticks=12),
        )

    @cached_property
    def small_charts(self) -> tuple[Chart, Chart]:
        """The same beside a column of other things."""
        return (
            self._chart(width=740, height=230, months_between_ticks=6),
            self._chart(width=360, height=220, months_between_ticks=12),
        )

    def _chart(self, *, width: int, height: int, months_between_ticks: int) -> Chart:
        return chart_of(
            self.history,
            as_of=self.as_of,
            last_day=self.until,
            thresholds=(self.rules.top_rated_from, self.rules.considered_from),
            width=width,
            height=height,
            months_between_ticks=months_between_ticks,
        )

    @cached_property
    def chart_data(self) -> dict[str, object]:
        """What the chart's hover says: each line's steps, and which contracts came or left."""
        lines = {
            **{line_key(months): steps for months, steps in self.history.windows.items()},
            "shown": self.history.shown,
        }
        events = [
            {"date": entry.date.isoformat(), "months": line_key(entry.months), "left": titles}
            for entry in self.roadmap
            if (titles := [contract.title for contract in entry.left])
        ]
        closed = [
            {"date": contract.closed_on.isoformat(), "title": contract.title}
            for contract in self.contracts
            if contract.closed_on and contract.closed_on <= self.as_of
        ]
        days = sorted({step.date for steps in lines.values() for step in steps})
        return {
            "lines": {
                name: [[step.date.isoformat(), step.score] for step in steps]
                for name, steps in lines.items()
            },
            "left": events,
            "closed": closed,
            "asOf": self.as_of.isoformat(),
            "labels": {day.isoformat(): formats.day(day) for day in days},
        }
