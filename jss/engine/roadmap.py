"""The dates on which a score changes, and by which contracts (J10)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from jss.engine.columns import NO_SCORE, Counts, Days, PerCents, Positions, as_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import TREND, RuleSet
from jss.engine.timeline import Block, Timeline


@dataclass(frozen=True, slots=True)
class RoadmapEntry:
    """One date on which one window's displayed score changes.

    Scores are whole per cents, or None where nothing is counted; `before` is the day before.
    """

    date: date
    months: int
    """The window's; TREND for the trending score."""
    left: tuple[ClosedContract, ...]
    """The contracts that left this window that day (of TREND: either of its two), oldest first,
    without those that never count (J2) and those that were only assumed."""
    score_before: int | None
    score_after: int | None
    shown_before: int | None
    """The highest displayed score of all windows on the day before."""
    shown_after: int | None
    arrived: int = 0
    """Assumed contracts that were closed on this day."""


@dataclass(frozen=True, slots=True, eq=False)
class Roadmaps:
    """The roadmaps of many freelancers: one row per entry, by freelancer, date and window."""

    freelancer: Positions
    day: Days
    months: Counts
    score_before: PerCents
    score_after: PerCents
    shown_before: PerCents
    shown_after: PerCents
    left_start: Positions
    left_stop: Positions
    """The contracts that left are `order[left_start:left_stop]` …"""
    also_start: Positions
    also_stop: Positions
    """… and, of the trending score's other window, `order[also_start:also_stop]`."""
    order: Positions
    """Rows of the contract table by freelancer and closing day (and row); assumed contracts (J10)
    have numbers beyond it."""
    contracts: int
    """The length of the contract table."""
    assumed: Days

    def __len__(self) -> int:
        return len(self.freelancer)

    def left(self, entry: int) -> Positions:
        """The table's rows that left at that entry, oldest first; without assumed contracts."""
        longer = self.order[self.left_start[entry] : self.left_stop[entry]]
        recent = self.order[self.also_start[entry] : self.also_stop[entry]]
        rows: Positions = np.concatenate([longer, recent])
        return rows[rows < self.contracts]

    def of(self, freelancer: int, contracts: Sequence[ClosedContract]) -> tuple[RoadmapEntry, ...]:
        """One freelancer's roadmap; `contracts` are the rows of the table."""
        start, stop = np.searchsorted(self.freelancer, [freelancer, freelancer + 1])
        arrived = Counter(self.assumed.tolist())
        own = int(self.left_start[start:stop].min(initial=len(self.order)))
        last = int(self.also_stop[start:stop].max(initial=own))
        order = self.order[own:last].tolist()
        # Whole columns at once: one by one, numpy's values take most of the time.
        columns = zip(
            self.day[start:stop].tolist(),
            self.months[start:stop].tolist(),
            *(_as_scores(scores[start:stop]) for scores in self._scores),
            *((places[start:stop] - own).tolist() for places in self._places),
            strict=True,
        )
        return tuple(
            RoadmapEntry(
                date=day,
                months=months,
                left=tuple(
                    contracts[row]
                    for row in order[first:stop] + order[also:end]
                    if row < self.contracts
                ),
                score_before=before,
                score_after=after,
                shown_before=shown_before,
                shown_after=shown_after,
                arrived=arrived[day],
            )
            for day, months, before, after, shown_before, shown_after, first, stop, also, end in (
                columns
            )
        )

    @property
    def _places(self) -> tuple[Positions, ...]:
        return self.left_start, self.left_stop, self.also_start, self.also_stop

    @property
    def _scores(self) -> tuple[PerCents, ...]:
        return self.score_before, self.score_after, self.shown_before, self.shown_after


def _as_scores(column: PerCents) -> list[int | None]:
    return [None if score == NO_SCORE else score for score in column.tolist()]


def roadmaps_of(
    table: ContractTable,
    as_of: date,
    *,
    assumed: Sequence[date] = (),
    until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> Roadmaps:
    """Every freelancer's roadmap from the day after `as_of`, in one pass (J10).

    It has one entry per date and window in which that window's displayed score changes, until all
    windows are empty or to the end of `until`. No new contracts come in, save for one with five
    stars on each of the `assumed` days. Contracts closed after `as_of` are ignored.

    Raises ValueError where an assumed day isn't after `as_of`.
    """
    if assumed and min(assumed) <= as_of:
        raise ValueError("Assumed contracts are closed after the day from which one looks ahead.")
    timeline = Timeline.over(
        table, first_day=as_of, last_day=until, as_of=as_of, assumed=assumed, rules=rules
    )
    return roadmaps_on(timeline, table)


def roadmaps_on(timeline: Timeline, table: ContractTable) -> Roadmaps:
    """`roadmaps_of` for whoever has the table's timeline already."""
    blocks = [_changes(block, timeline) for block in timeline.blocks()]
    changes = _Changes(*(np.concatenate(column) for column in zip(*blocks, strict=True)))
    return Roadmaps(
        freelancer=changes.freelancer,
        day=timeline.days[changes.day],
        months=np.array(timeline.rules.lines)[changes.line],
        score_before=changes.score_before,
        score_after=changes.score_after,
        shown_before=changes.shown_before,
        shown_after=changes.shown_after,
        left_start=changes.left_start,
        left_stop=changes.left_stop,
        also_start=changes.also_start,
        also_stop=changes.also_stop,
        order=timeline.ledger.rows,
        contracts=len(table),
        assumed=np.array([as_day(day) for day in timeline.assumed], dtype="datetime64[D]"),
    )


def roadmap_of(
    contracts: Sequence[ClosedContract],
    as_of: date,
    *,
    assumed: Sequence[date] = (),
    until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> tuple[RoadmapEntry, ...]:
    """`roadmaps_of` for one freelancer."""
    table = ContractTable.of_one(contracts, rules)
    return roadmaps_of(table, as_of, assumed=assumed, until=until, rules=rules).of(0, contracts)


class _Changes(NamedTuple):
    """The entries of a block's roadmaps, in columns."""

    freelancer: Positions
    day: Positions
    """A position among the timeline's days."""
    line: Positions
    """A position among the rules' lines."""
    score_before: PerCents
    score_after: PerCents
    shown_before: PerCents
    shown_after: PerCents
    left_start: Positions
    left_stop: Positions
    also_start: Positions
    also_stop: Positions


def _changes(block: Block, timeline: Timeline) -> _Changes:
    """The days and lines of which the displayed score is not that of the day before.

    Everything is looked up in flattened arrays, a day's lines standing side by side: what holds
    on the day after stands just so many lines further on.
    """
    score, shown = block.score, block.shown
    _, days, lines = score.shape
    changed = np.flatnonzero(score[:, 1:] != score[:, :-1])
    freelancer, place = np.divmod(changed, (days - 1) * lines)
    day_before = place // lines
    line = place - day_before * lines
    at = changed + freelancer * lines
    shown_at = freelancer * days + day_before
    upto, after = block.upto.ravel(), timeline.after.ravel()
    windows = timeline.after.shape[1]
    row, cell = freelancer * timeline.ledger.width, day_before * windows
    longer, recent = _windows_of_lines(timeline.rules)
    held = cell + longer[line]
    left_start, left_stop = upto[row + after[held]], upto[row + after[held + windows]]
    also_start = also_stop = left_stop
    if timeline.rules.trend_months:
        is_trend = line == len(timeline.rules.window_months)
        held = cell + recent
        also_start = np.where(is_trend, upto[row + after[held]], left_stop)
        also_stop = np.where(is_trend, upto[row + after[held + windows]], left_stop)
    return _Changes(
        freelancer=freelancer + block.first,
        day=day_before + 1,
        line=line,
        score_before=score.ravel()[at],
        score_after=score.ravel()[at + lines],
        shown_before=shown.ravel()[shown_at],
        shown_after=shown.ravel()[shown_at + 1],
        left_start=left_start,
        left_stop=left_stop,
        also_start=also_start,
        also_stop=also_stop,
    )


def _windows_of_lines(rules: RuleSet) -> tuple[Positions, int]:
    """For each line the window that it looks at, the longer one of the trending score; and the
    other one of that."""
    months = list(rules.all_months)
    recent, longer = rules.trend_months or (months[0], months[0])
    of_line = [longer if line == TREND else line for line in rules.lines]
    return np.array([months.index(each) for each in of_line]), months.index(recent)
