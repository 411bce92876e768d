"""The windows' scores day after day, for many freelancers at once (J4, J5, J10)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from jss.engine.columns import ONE_DAY, Counts, Days, PerCents, Positions, as_scored_day
from jss.engine.contracts import ContractTable
from jss.engine.ledger import Ledger, ledger_of
from jss.engine.rules import RuleSet
from jss.engine.scores import per_cent
from jss.engine.tallies import counted
from jss.engine.windows import leaving_days, window_starts


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A few freelancers, day after day."""

    first: int
    """The first one's number."""
    upto: Positions
    """(freelancers, days of the ledger): see `Ledger.blocks`."""
    score: PerCents
    """(freelancers, days, windows)."""

    @property
    def shown(self) -> PerCents:
        """(freelancers, days): the highest displayed score, NO_SCORE where there is none."""
        return highest(self.score)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Consecutive days, and which closing days each window holds on each of them."""

    ledger: Ledger
    rules: RuleSet
    days: Days
    after: Positions
    """(days, windows), in days of the ledger: a window holds what was closed after that day …"""
    until: Positions
    """(days, 1): … and until that one."""
    spans: Positions
    """The different spans of closing days, packed: the windows see the same ones one after the
    other, so whatever is worked out is worked out once for each of them …"""
    place: Positions
    """… and handed to the days and windows that it belongs to: a position among the spans each."""
    assumed: Sequence[date]

    @classmethod
    def over(
        cls,
        table: ContractTable,
        *,
        first_day: date,
        last_day: date | None,
        as_of: date,
        assumed: Sequence[date] = (),
        rules: RuleSet,
    ) -> Self:
        """From `first_day` to `last_day`, or until every window is empty, as known at `as_of`."""
        first = as_scored_day(first_day)
        ledger = ledger_of(
            table,
            first_day=first_day,
            as_of=as_of,
            longest_months=rules.longest_months,
            assumed=assumed,
        )
        if last_day is None:
            last = leaving_days(np.array([ledger.last]), rules.longest_months)[0]
        else:
            last = as_scored_day(last_day)
        days = np.arange(first, last + ONE_DAY)
        starts = [window_starts(days, months) for months in rules.window_months]
        after = ledger.day_index(np.stack(starts, axis=1))
        until = ledger.day_index(days)[:, None]
        spans, place = np.unique((after * ledger.width + until).ravel(), return_inverse=True)
        return cls(ledger, rules, days, after, until, spans, place, assumed)

    def blocks(self) -> Iterator[Block]:
        """Every freelancer's displayed scores, a block of them at a time."""
        per_block = self.evaluated(per_cent)
        for first, upto, score in per_block:
            yield Block(first, upto, score)

    def evaluated[T: np.generic](
        self, figure: Callable[[Counts, Counts], "np.ndarray[tuple[int, ...], np.dtype[T]]"]
    ) -> Iterator[tuple[int, Positions, "np.ndarray[tuple[int, ...], np.dtype[T]]"]]:
        """`figure` of the lead and the number counted (J1), by freelancer, day and window."""
        after, until = np.divmod(self.spans, self.ledger.width)
        if (until == until[:1]).all():
            until = until[:1]
        lead, no_feedback = self.ledger.lead, self.ledger.no_feedback
        for first, upto in self.ledger.blocks():
            begin, end = upto[:, after], upto[:, until]
            silent = no_feedback[end] - no_feedback[begin]
            total = counted(end - begin, silent, self.rules)
            figures = figure(lead[end] - lead[begin], total)
            shape = (len(upto), *self.after.shape)
            yield first, upto, np.take(figures, self.place, axis=1).reshape(shape)


def highest(score: PerCents) -> PerCents:
    """The highest along the last axis; a few `maximum`s are far faster than one short `max`."""
    best = score[..., 0]
    for position in range(1, score.shape[-1]):
        best = np.maximum(best, score[..., position])
    return best
