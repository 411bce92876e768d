"""The windows' scores day after day, for many freelancers at once (J4, J5, J10)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

import numpy as np

from jss.engine.columns import ONE_DAY, Counts, Days, PerCents, Positions, as_scored_day
from jss.engine.contracts import ContractTable
from jss.engine.ledger import Ledger, ledger_of
from jss.engine.ratios import in_lines, per_cent
from jss.engine.rules import RuleSet
from jss.engine.tallies import tolerated
from jss.engine.windows import leaving_days, window_starts


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A few freelancers, day after day."""

    first: int
    """The first one's number."""
    upto: Positions
    """(freelancers, days of the ledger): see `Ledger.blocks`."""
    score: PerCents
    """(freelancers, days, `rules.lines`)."""

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
    """(days, `rules.all_months`), in days of the ledger: a window holds what was closed after that
    day …"""
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
            rules=rules,
            assumed=assumed,
        )
        if last_day is None:
            last = leaving_days(np.array([ledger.last]), rules.longest_months)[0]
        else:
            last = as_scored_day(last_day)
        days, starts = _days_and_starts(first, last, rules.all_months)
        after = ledger.day_index(starts)
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
        """`figure` of the two sides of J1, by freelancer, day and line (`rules.lines`)."""
        if self.rules.trend_months:
            for first, upto, lead, total in self.held():
                yield first, upto, figure(lead, total)
            return
        for first, upto, lead, total in self._by_span():
            yield first, upto, self._placed(figure(lead, total))

    def held(self) -> Iterator[tuple[int, Positions, Counts, Counts]]:
        """Both sides of J1 themselves, by freelancer, day and line."""
        for first, upto, lead, total in self._by_span():
            sides = in_lines(self._placed(lead), self._placed(total), self.rules)
            yield first, upto, *sides

    def _by_span(self) -> Iterator[tuple[int, Positions, Counts, Counts]]:
        """Both sides of J1 for each freelancer and span."""
        after, until = np.divmod(self.spans, self.ledger.width)
        if (until == until[:1]).all():
            until = until[:1]
        lead, no_feedback, weight = self.ledger.lead, self.ledger.no_feedback, self.ledger.weight
        rules = self.rules
        for first, upto in self.ledger.blocks():
            begin, end = upto[:, after], upto[:, until]
            costless = tolerated(end - begin, no_feedback[end] - no_feedback[begin], rules)
            weighed = end - begin if weight is None else weight[end] - weight[begin]
            yield first, upto, lead[end] - lead[begin], weighed - rules.scale * costless

    def _placed[T: np.generic](
        self, by_span: "np.ndarray[tuple[int, ...], np.dtype[T]]"
    ) -> "np.ndarray[tuple[int, ...], np.dtype[T]]":
        """From spans to days and windows."""
        shape = (len(by_span), *self.after.shape)
        return np.take(by_span, self.place, axis=1).reshape(shape)


@lru_cache(maxsize=64)
def _days_and_starts(
    first: np.datetime64, last: np.datetime64, all_months: tuple[int, ...]
) -> tuple[Days, Days]:
    """The days of a span, and where each window starts on each of them (J5).

    Every answer of a day looks at the same span, so it is kept; nobody may write into it.
    """
    days = np.arange(first, last + ONE_DAY)
    starts = np.stack([window_starts(days, months) for months in all_months], axis=1)
    days.flags.writeable = starts.flags.writeable = False
    return days, starts


def highest(score: PerCents) -> PerCents:
    """The highest along the last axis; a few `maximum`s are far faster than one short `max`."""
    best = score[..., 0]
    for position in range(1, score.shape[-1]):
        best = np.maximum(best, score[..., position])
    return best
