"""What lies ahead: when a target is reached, and how bad it gets (J10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import (
    NO_SCORE,
    Counts,
    Days,
    Flags,
    PerCents,
    as_date,
    as_score,
    as_scored_day,
)
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.ratios import reaches
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.targets import PerCent, target_ratio
from jss.engine.timeline import Timeline
from jss.engine.windows import leaving_days, window_starts


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is ahead of one freelancer, from the as-of date on."""

    reaches_target_on: date | None
    """The first day, the as-of date included, on which the shown score is at or above the target,
    exactly; None where it never is."""
    worst_score: int | None
    """The lowest that the displayed shown score will be while there is one; None: there is none."""
    worst_on: date | None
    """The first day of it."""
    last_negative_leaves_on: date | None
    """The day the last negative outcome leaves the shortest window; None: it holds none."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlooks:
    """`Outlook` in columns, one row per freelancer; NaT and NO_SCORE stand for None."""

    reaches_target_on: Days
    worst_score: PerCents
    worst_on: Days
    last_negative_leaves_on: Days

    def of(self, freelancer: int) -> Outlook:
        """One freelancer's outlook."""
        return Outlook(
            reaches_target_on=_date_or_none(self.reaches_target_on[freelancer]),
            worst_score=as_score(self.worst_score[freelancer]),
            worst_on=_date_or_none(self.worst_on[freelancer]),
            last_negative_leaves_on=_date_or_none(self.last_negative_leaves_on[freelancer]),
        )


def outlooks_of(
    table: ContractTable,
    as_of: date,
    target: PerCent,
    *,
    assumed: Sequence[date] = (),
    until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> Outlooks:
    """Every freelancer's outlook, in one pass (J10); `target` in per cent, above 0 and up to 100.

    No new contracts come in, save for one with five stars on each of the `assumed` days.
    """
    timeline = Timeline.over(
        table, first_day=as_of, last_day=until, as_of=as_of, assumed=assumed, rules=rules
    )
    return outlooks_on(timeline, table, as_of, target)


def outlooks_on(timeline: Timeline, table: ContractTable, as_of: date, target: PerCent) -> Outlooks:
    """`outlooks_of` for whoever has the table's timeline from `as_of` on already."""
    ratio = target_ratio(target)

    def reached(lead: Counts, total: Counts) -> Flags:
        return reaches(lead, total, ratio.numerator, ratio.denominator)

    reached_on = [
        _first_day(reaching.any(axis=2), timeline.days)
        for _, _, reaching in timeline.evaluated(reached)
    ]
    shown = [block.shown for block in timeline.blocks()]
    above_all = np.int8(101)
    scored = [np.where(part == NO_SCORE, above_all, part) for part in shown]
    worst = np.concatenate([part.min(axis=1) for part in scored])
    worst_on = [
        _first_day(part == part.min(axis=1, keepdims=True), timeline.days) for part in scored
    ]
    return Outlooks(
        reaches_target_on=np.concatenate(reached_on),
        worst_score=np.where(worst == above_all, np.int8(NO_SCORE), worst),
        worst_on=np.where(worst == above_all, np.datetime64("NaT", "D"), np.concatenate(worst_on)),
        last_negative_leaves_on=_last_negative_leaves_on(table, as_of, timeline.rules),
    )


def outlook_of(
    contracts: Sequence[ClosedContract],
    as_of: date,
    target: PerCent,
    *,
    assumed: Sequence[date] = (),
    until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> Outlook:
    """`outlooks_of` for one freelancer."""
    table = ContractTable.of_one(contracts, rules)
    return outlooks_of(table, as_of, target, assumed=assumed, until=until, rules=rules).of(0)


def _first_day(flags: Flags, days: Days) -> Days:
    """The first day on which each row's flag is set, NaT where it never is."""
    return np.where(flags.any(axis=1), days[flags.argmax(axis=1)], np.datetime64("NaT", "D"))


def _last_negative_leaves_on(table: ContractTable, as_of: date, rules: RuleSet) -> Days:
    now = as_scored_day(as_of)
    months = rules.shortest_months
    held = (table.outcome == Outcome.NEGATIVE) & (table.closed_on <= now)
    held &= table.closed_on > window_starts(np.array([now]), months)[0]
    # Days as whole numbers, as the lowest one (that is: NaT) is what nobody's maximum stays below.
    last = np.full(table.freelancers, np.iinfo(np.int64).min)
    closed_on = table.closed_on.astype("datetime64[D]").astype(np.int64)
    np.maximum.at(last, table.freelancer[held], closed_on[held])
    closed = last.astype("datetime64[D]")
    return np.where(np.isnat(closed), closed, leaving_days(closed, months))


def _date_or_none(day: np.datetime64) -> date | None:
    return None if np.isnat(day) else as_date(day)
