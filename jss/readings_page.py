"""Everything that the page on readings and calibration shows of one freelancer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.paginator import Page, Paginator

from jss.calibration_words import FitWords, points, signed
from jss.chart import Chart, chart_of
from jss.engine import (
    BUILT_IN,
    FEWEST_READINGS,
    Compared,
    Comparison,
    Fit,
    History,
    Observation,
    RuleSet,
    Step,
    comparisons_of,
    fit_of,
    history_of,
)
from jss.models import Reading
from jss.rules_in_use import FITTED, RulesInUse

TICKS = (1, 3, 6)
"""Months between the marks of the chart's axis: as few as fit, else 12."""
READINGS_A_PAGE = 26
"""A year of them: there is one every two weeks (J7)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rule set computes for the day of one reading."""

    rules: RuleSet
    compared: Compared | None
    """None for a reading without a score."""

    @property
    def score(self) -> int | None:
        return self.compared.score if self.compared else None

    @property
    def off(self) -> int | None:
        return self.compared.off if self.compared else None

    @property
    def off_words(self) -> str:
        return signed(self.off)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading with every rule set beside it."""

    reading: Reading
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RulesRow:
    """How far one rule set is off."""

    comparison: Comparison
    is_nearest: bool
    is_in_use: bool

    @property
    def usually(self) -> Decimal | None:
        return points(self.comparison.root_mean_square)

    @property
    def worst(self) -> str:
        return signed(self.comparison.worst)


@dataclass(frozen=True)
class ReadingsPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    readings: Sequence[Reading]
    """Newest first."""
    observations: Sequence[Observation]
    """Those of them that have a score, with the contracts of their day."""
    rules: RulesInUse
    today: dt.date
    fit_from: RuleSet | None = None
    """The rule set of which a fit is asked for; None: of none."""
    fitted_to: Sequence[Observation] = ()
    """The readings that it is made from: everybody's that the actor sees."""
    removed_text: str = ""
    page_number: str = "1"

    fewest = FEWEST_READINGS

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """Every rule set that is worth a look beside the readings, the one in use first."""
        found = comparisons_of(self.observations, self.rules.offered)
        return {each.rules.name: each for each in found}

    @cached_property
    def rule_rows(self) -> list[RulesRow]:
        """The nearest first; without a reading to compare there is none."""
        used = [each for each in self.comparisons.values() if each.offs]
        offs = {each.rules.name: each.root_mean_square or 0 for each in used}
        least = min(offs.values(), default=0)
        rows = [
            RulesRow(each, offs[each.rules.name] == least, each.rules.name == self.in_use)
            for each in used
        ]
        return sorted(rows, key=lambda row: offs[row.comparison.rules.name])

    @property
    def nearer_than_fit(self) -> RuleSet | None:
        """A rule set that comes nearer to these readings than the fit does, where there is one."""
        if self.fit is None or not self.fit.after or len(self.fitted_to) != len(self.observations):
            return None
        fitted = self.fit.after.root_mean_square
        for row in self.rule_rows[:1]:
            off = row.comparison.root_mean_square
            if off is not None and fitted is not None and off < fitted:
                return row.comparison.rules
        return None

    @property
    def in_use(self) -> str:
        """The name of the rule set that the practice's pages are worked out by."""
        return self.rules.chosen.name

    @cached_property
    def columns(self) -> list[RuleSet]:
        """The rule sets that each reading is shown beside: in use, built in, and the own one."""
        names = {self.in_use, *BUILT_IN, FITTED}
        return [each.rules for name, each in self.comparisons.items() if name in names]

    @cached_property
    def rows(self) -> Page[ReadingRow]:
        """A page of the readings."""
        rows = [self._row(reading) for reading in self.readings]
        return Paginator(rows, READINGS_A_PAGE).get_page(self.page_number)

    def _row(self, reading: Reading) -> ReadingRow:
        found = (self._compared[rules.name].get(reading.public_id) for rules in self.columns)
        cells = zip(self.columns, found, strict=True)
        return ReadingRow(reading, tuple(Cell(rules, compared) for rules, compared in cells))

    @cached_property
    def _compared(self) -> dict[str, dict[str, Compared]]:
        return {
            name: {row.observation.key: row for row in comparison.rows}
            for name, comparison in self.comparisons.items()
        }

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The readings as points over the line of the rule set in use, wide and for a phone; none
        for fewer than two readings."""
        seen = [Step(each.seen.day, each.seen.score) for each in reversed(self.observations)]
        if len(seen) < 2:
            return ()
        history = history_of(
            self.observations[0].contracts,
            seen[0].date,
            self.today,
            as_of=self.today,
            rules=self.rules.chosen,
        )
        days = (self.today - seen[0].date).days
        return tuple(
            chart_of(
                History({}, history.shown),
                as_of=self.today,
                last_day=self.today,
                thresholds=(self.rules.chosen.top_rated_from, self.rules.chosen.considered_from),
                width=width,
                height=height,
                months_between_ticks=next((n for n in TICKS if days <= n * days_by_month), 12),
                seen=seen,
            )
            for width, height, days_by_month in ((1120, 260, 360), (360, 220, 120))
        )

    @property
    def is_today(self) -> bool:
        """The chart ends today."""
        return True

    @cached_property
    def without_score(self) -> list[dt.date]:
        """The days of readings for which the rule set in use computes no score, oldest first."""
        left_out = self.comparisons[self.in_use].without_score
        return sorted(each.seen.day for each in left_out)

    @cached_property
    def removed(self) -> tuple[dt.date, int | None] | None:
        """The reading that was just removed, to be put back; None where it is there again."""
        day, _space, score = self.removed_text.partition(" ")
        try:
            found = dt.date.fromisoformat(day), int(score) if score else None
        except ValueError:
            return None
        return None if any(each.observed_on == found[0] for each in self.readings) else found

    @cached_property
    def fit(self) -> Fit | None:
        """The best fit, where it is asked for."""
        return fit_of(self.fitted_to, self.fit_from) if self.fit_from else None

    @cached_property
    def fit_words(self) -> FitWords | None:
        return FitWords(self.fit) if self.fit else None

    @property
    def freelancers_fitted(self) -> int:
        return len({each.whose for each in self.fitted_to})
