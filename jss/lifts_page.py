"""What the pages “What lifts it” and “Top Rated” show of one freelancer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from jss.engine import (
    CLASSIC,
    EFFORTS,
    WEEKS,
    WEEKS_NEEDED,
    Bounds,
    ClosedContract,
    Efforts,
    Lever,
    LeverKind,
    Levers,
    ObservedScore,
    Plan,
    Publication,
    RemovalRight,
    RuleSet,
    TopRatedTrack,
    TrendScore,
    WindowScore,
    cheapest_plan,
    first_score_of,
    leaves_on,
    levers_of,
    reachable_on,
    removal_right,
    top_rated_track,
    usual_number_until,
)
from jss.models import Reading

MONTHS_TO_PLAN = 3
LEVERS_A_PAGE = 25
MOST_IN_A_LINK = 50
TENTH = Decimal("0.1")


def points(gain: Fraction | None) -> Decimal | None:
    """For showing: to a tenth of a point, and what is more than nothing is never shown as 0."""
    if gain is None:
        return None
    tenths = round(gain * 10)
    return max(TENTH, Decimal(tenths) / 10) if gain > 0 else Decimal(tenths) / 10


@dataclass(frozen=True, slots=True)
class LeverRow:
    """One lever with its gains as they are shown."""

    lever: Lever
    gain_today: Decimal | None
    gain_over_year: Decimal | None
    gain_per_effort: Decimal | None
    rules_query: str

    @property
    def what_if(self) -> str:
        """The query of the what-if page that shows its windows and its roadmap; empty where the
        address would be too long for a browser's link."""
        if len(self.lever.contracts) > MOST_IN_A_LINK:
            return ""
        rules = [("rules", self.rules_query)] if self.rules_query else []
        if self.lever.waits_until:
            return urlencode([("day", self.lever.waits_until.isoformat()), *rules])
        earned = [("good", self.lever.earned)] if self.lever.earned else []
        done = "remove" if self.lever.kind == LeverKind.REMOVE else "flip"
        changed = [(done, each.key) for each in self.lever.contracts]
        return urlencode([*earned, *changed, *rules])


@dataclass(frozen=True)
class LiftsPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    today: dt.date
    target: int
    rules: RuleSet = CLASSIC
    rules_query: str = ""
    """Names the rule set in links, where it isn't the practice's."""
    chosen_by: dt.date | None = None
    chosen_new: int | None = None
    ask: int | None = None
    change: int | None = None
    page_number: str = "1"

    @property
    def efforts(self) -> Efforts:
        return EFFORTS

    @cached_property
    def by(self) -> dt.date:
        return self.chosen_by or leaves_on(self.today, MONTHS_TO_PLAN)

    @cached_property
    def usual_number(self) -> int:
        """As many contracts as the last 12 months let one expect until that day."""
        return usual_number_until(self.contracts, self.today, self.by)

    @property
    def new(self) -> int:
        return self.usual_number if self.chosen_new is None else self.chosen_new

    @cached_property
    def levers(self) -> Levers:
        return levers_of(
            self.contracts,
            self.today,
            self.target,
            may_remove=self.removal.is_open,
            rules=self.rules,
        )

    @cached_property
    def removal(self) -> RemovalRight:
        """Whether a feedback may be removed now (J13), as far as it can be told."""
        return removal_right(self.contracts, self.today, rules=self.rules)

    @cached_property
    def worthwhile(self) -> list[Lever]:
        """Those that change anything; where there is no score yet, all of them."""
        return [
            lever
            for lever in self.levers.ranking
            if lever.kind == LeverKind.WAIT
            or lever.gain_today is None
            or lever.gain_today > 0
            or lever.gain_over_year > 0
        ]

    @property
    def without_gain(self) -> int:
        return len(self.levers.ranking) - len(self.worthwhile)

    @cached_property
    def ranking_page(self) -> Page[LeverRow]:
        rows = [
            LeverRow(
                lever,
                points(lever.gain_today),
                points(lever.gain_over_year),
                points(lever.gain_per_effort),
                self.rules_query,
            )
            for lever in self.worthwhile
        ]
        return Paginator(rows, LEVERS_A_PAGE).get_page(self.page_number)

    @cached_property
    def plan(self) -> Plan:
        bounds = Bounds(earn=self.new, ask_for_feedback=self.ask, own_up=self.change)
        return cheapest_plan(
            self.contracts, self.today, self.by, self.target, bounds=bounds, rules=self.rules
        )

    @cached_property
    def reachable_on(self) -> dt.date:
        """The earliest day on which enough good contracts would reach the target (J8)."""
        return reachable_on(self.contracts, self.today, self.target, rules=self.rules)

    @property
    def plan_lines(self) -> list[tuple[WindowScore | TrendScore, WindowScore | TrendScore]]:
        """Each score on the day of the plan: by waiting alone, and with the plan."""
        return list(zip(self.plan.waiting.lines, self.plan.after.lines, strict=True))


@dataclass(frozen=True)
class TopRatedPage:
    """The way to the badge; each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    today: dt.date
    readings: Sequence[Reading]
    rules: RuleSet = CLASSIC

    weeks_needed = WEEKS_NEEDED
    weeks_of = WEEKS

    @cached_property
    def track(self) -> TopRatedTrack:
        observed = [
            ObservedScore(reading.observed_on, reading.score)
            for reading in self.readings
            if reading.score is not None
        ]
        return top_rated_track(self.contracts, self.today, readings=observed, rules=self.rules)

    @cached_property
    def publication(self) -> Publication:
        return first_score_of(self.contracts, self.today, rules=self.rules).publication
