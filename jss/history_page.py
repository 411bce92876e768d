"""Everything that the page of one freelancer's kept scores shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from accounts.models import Freelancer
from contracts.models.contracts import ContractQuerySet
from jss.chart import Chart, chart_of, line_key
from jss.engine import History, RuleSet, Step, history_from
from jss.history_notes import Note, note_of
from jss.keeping import figures_kept
from jss.keeping_due import ONE_DAY
from jss.models import KeptScore, Reading, Recomputation, RecomputationQuerySet, ScoreKeeping

CHANGES_A_PAGE = 25
NOTES_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which the score shown changed, and what it stood at until it changed again."""

    kept: KeptScore
    before: int | None
    """None too on the first day that is kept."""
    until: dt.date
    windows: tuple[tuple[int, int | None], ...]
    """Each window's score on the first of the days."""
    recomputed_at: dt.datetime | None
    is_first: bool
    """Nothing is kept of the day before."""


@dataclass(frozen=True)
class HistoryPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    freelancer: Freelancer
    rules: RuleSet
    keeping: ScoreKeeping | None
    rows: Sequence[KeptScore]
    """Oldest first."""
    notes: RecomputationQuerySet
    readings: Sequence[Reading]
    contracts: ContractQuerySet
    """Those that the reader may open."""
    changes_page_number: str = "1"
    notes_page_number: str = "1"

    @cached_property
    def has_contracts(self) -> bool:
        return self.contracts.filter(freelancer=self.freelancer).exists()

    @cached_property
    def kept_until(self) -> dt.date:
        """Only asked for where something is kept."""
        return self.keeping.kept_until if self.keeping else dt.date.min

    @property
    def first_look_at(self) -> dt.datetime:
        """When keeping began; the days before were worked out then."""
        return min(row.computed_at for row in self.rows)

    @property
    def months(self) -> tuple[int, ...]:
        return self.rules.lines

    @cached_property
    def changes(self) -> list[Change]:
        """Every change of the score shown, newest first."""
        found: list[Change] = []
        until = self.kept_until
        newest: list[KeptScore] = []
        pairs = zip(reversed(self.rows), [*reversed(self.rows[:-1]), None], strict=True)
        for row, previous in pairs:
            newest.append(row)
            before = previous.score if previous else None
            if row.score == before:
                continue
            found.append(self._change(row, before, until, newest))
            until, newest = row.day - ONE_DAY, []
        return found

    @cached_property
    def changes_page(self) -> Page[Change]:
        return Paginator(self.changes, CHANGES_A_PAGE).get_page(self.changes_page_number)

    @cached_property
    def notes_page(self) -> Page[Recomputation]:
        return Paginator(self.notes, NOTES_A_PAGE).get_page(self.notes_page_number)

    @cached_property
    def notes_shown(self) -> list[Note]:
        """The recomputations of this page; contracts that can be opened are links."""
        shown = list(self.notes_page)
        keys = {contract["key"] for row in shown for contract in row.contracts}
        there = self.contracts.filter(public_id__in=keys).values_list("public_id", flat=True)
        can_be_opened = frozenset(there) if keys else frozenset()
        return [note_of(row, can_be_opened) for row in shown]

    @cached_property
    def history(self) -> History:
        """The kept lines from the first day with a score on."""
        figures = figures_kept(self.rows)
        first = next((at for at, row in enumerate(figures) if row.score is not None), 0)
        return history_from(figures[first:])

    @cached_property
    def seen(self) -> tuple[Step, ...]:
        """What was read on Upwork within the chart's days."""
        first = self.history.shown[0].date
        return tuple(
            Step(reading.observed_on, reading.score)
            for reading in self.readings
            if reading.score is not None and first <= reading.observed_on <= self.kept_until
        )

    @cached_property
    def charts(self) -> tuple[Chart, Chart]:
        """A wide one, and one for a phone."""
        return (
            self._chart(width=1120, height=300, months_between_ticks=3),
            self._chart(width=360, height=240, months_between_ticks=6),
        )

    @cached_property
    def chart_data(self) -> dict[str, object]:
        """What the chart's hover says."""
        lines = {
            **{line_key(months): steps for months, steps in self.history.windows.items()},
            "shown": self.history.shown,
        }
        return {
            "lines": {
                name: [[step.date.isoformat(), step.score] for step in steps]
                for name, steps in lines.items()
            },
            "left": [],
            "closed": [],
            "asOf": self.kept_until.isoformat(),
        }

    def _chart(self, *, width: int, height: int, months_between_ticks: int) -> Chart:
        return chart_of(
            self.history,
            as_of=self.kept_until,
            last_day=self.kept_until,
            thresholds=(self.rules.top_rated_from, self.rules.considered_from),
            width=width,
            height=height,
            months_between_ticks=months_between_ticks,
            seen=self.seen,
        )

    def _change(
        self, row: KeptScore, before: int | None, until: dt.date, rows: Sequence[KeptScore]
    ) -> Change:
        recomputed = [each.recomputed_at for each in rows if each.recomputed_at]
        windows = tuple((months, row.windows.get(str(months))) for months in self.months)
        return Change(
            kept=row,
            before=before,
            until=until,
            windows=windows,
            recomputed_at=max(recomputed, default=None),
            is_first=row is self.rows[0],
        )
