"""The scores over a span of days as the steps of a line chart (J4, J10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import Counts, Days, PerCents, Positions, as_date, as_score
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on a line stands at this displayed score; None: there is no score."""

    date: date
    score: int | None


@dataclass(frozen=True, slots=True)
class History:
    """The lines of one freelancer's chart. Each begins with a step on the first day."""

    windows: dict[int, tuple[Step, ...]]
    """By the window's months, or TREND (`rules.lines`)."""
    shown: tuple[Step, ...]


SHOWN = -1
"""Stands in `Histories.months` for the score that is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """The steps of many freelancers: one row per step, by freelancer, line and day."""

    freelancer: Positions
    months: Counts
    """The window's months, TREND or SHOWN."""
    day: Days
    score: PerCents
    rules: RuleSet

    def of(self, freelancer: int) -> History:
        """One freelancer's lines."""
        start, stop = np.searchsorted(self.freelancer, [freelancer, freelancer + 1])
        lines: dict[int, list[Step]] = {months: [] for months in (*self.rules.lines, SHOWN)}
        for row in range(start, stop):
            step = Step(as_date(self.day[row]), as_score(self.score[row]))
            lines[int(self.months[row])].append(step)
        shown = tuple(lines.pop(SHOWN))
        return History({months: tuple(line) for months, line in lines.items()}, shown)


def histories_of(
    table: ContractTable,
    first_day: date,
    last_day: date,
    *,
    as_of: date,
    assumed: Sequence[date] = (),
    rules: RuleSet = CLASSIC,
) -> Histories:
    """Every freelancer's scores on each day of the span, as the days on which they change.

    On a day before `as_of` only what was closed by then counts; the days after it are a forecast,
    in which contracts are closed on the `assumed` days only (J10).

    Raises ValueError where the span is empty.
    """
    if last_day < first_day:
        raise ValueError("A span of days ends on the day on which it begins, or later.")
    timeline = Timeline.over(
        table, first_day=first_day, last_day=last_day, as_of=as_of, assumed=assumed, rules=rules
    )
    columns: list[tuple[Counts, ...]] = []
    for block in timeline.blocks():
        lines = np.concatenate([block.score, block.shown[:, :, None]], axis=2).swapaxes(1, 2)
        new = np.ones(lines.shape, dtype=np.bool_)
        new[:, :, 1:] = lines[:, :, 1:] != lines[:, :, :-1]
        freelancer, line, day = np.nonzero(new)
        columns.append((freelancer + block.first, line, day, lines[freelancer, line, day]))
    freelancer, line, day, score = (np.concatenate(part) for part in zip(*columns, strict=True))
    months = np.array([*rules.lines, SHOWN])[line]
    return Histories(freelancer, months, timeline.days[day], score.astype(np.int8), rules)


def history_of(
    contracts: Sequence[ClosedContract],
    first_day: date,
    last_day: date,
    *,
    as_of: date,
    assumed: Sequence[date] = (),
    rules: RuleSet = CLASSIC,
) -> History:
    """`histories_of` for one freelancer."""
    table = ContractTable.of_one(contracts, rules)
    return histories_of(table, first_day, last_day, as_of=as_of, assumed=assumed, rules=rules).of(0)
