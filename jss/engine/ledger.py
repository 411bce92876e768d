"""Contracts in the order of their closing, with running totals: any window is a slice of it.

Each freelancer's contracts stand together, sorted by the day they were closed. With the running
totals of that order, what was closed between two days is the difference of two entries, so the
score of any window on any day costs two look-ups (J1, J3, J4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import Counts, Days, Flags, Positions, as_day
from jss.engine.contracts import ContractTable, Stakes
from jss.engine.outcomes import Outcome
from jss.engine.rules import RuleSet
from jss.engine.windows import window_starts

FREELANCERS_AT_A_TIME = 256
"""So many are looked at day by day at once: what that takes stays in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The contracts that can count and were closed in a span of days, sorted.

    Days are counted from `origin`, a day before the first one on which a contract may be closed.
    """

    origin: np.datetime64
    width: int
    """Number of days, `origin` included."""
    freelancers: int
    rows: Positions
    """The contract table's row of each contract; assumed ones (J10) are numbered after the last."""
    cell: Positions
    """freelancer * width + the day of closing, ascending."""
    lead: Counts
    """What stands above the line of J1 for the first 0, 1, 2 … contracts."""
    no_feedback: Counts
    """Contracts without feedback among the first 0, 1, 2 … contracts."""
    weight: Counts | None
    """What the first 0, 1, 2 … contracts weigh; None: their number."""

    @property
    def last(self) -> np.datetime64:
        """The last day on which a contract of this ledger may have been closed."""
        return self.origin + np.timedelta64(self.width - 1, "D")

    def day_index(self, days: Days) -> Positions:
        """Each day counted from `origin`; days after the last are as good as the last."""
        index: Positions = (np.minimum(days, self.last) - self.origin).astype(np.int64)
        return index

    def blocks(self) -> Iterator[tuple[int, Positions]]:
        """The freelancers in blocks: the first one's number, and for each one and day how many
        contracts stand in the ledger up to and including those closed by that freelancer that day.
        """
        # Nobody at all is one empty block, so that whoever puts blocks together needs no exception.
        firsts = np.arange(0, max(self.freelancers, 1), FREELANCERS_AT_A_TIME)
        stops = np.minimum(firsts + FREELANCERS_AT_A_TIME, self.freelancers)
        begins = np.searchsorted(self.cell, firsts * self.width)
        ends = np.searchsorted(self.cell, stops * self.width)
        for first, stop, begin, end in zip(firsts, stops, begins, ends, strict=True):
            days = (stop - first) * self.width
            closed = np.bincount(self.cell[begin:end] - first * self.width, minlength=days)
            upto = closed.cumsum(dtype=self.lead.dtype) + self.lead.dtype.type(begin)
            yield int(first), upto.reshape(-1, self.width)


def ledger_of(
    table: ContractTable,
    *,
    first_day: date,
    as_of: date,
    rules: RuleSet,
    assumed: Sequence[date] = (),
) -> Ledger:
    """The ledger from which every window of the rules from `first_day` on can be worked out, as
    known at `as_of`: what was closed later is ignored.

    On the `assumed` days every freelancer closes a further contract with five stars (J10).
    """
    origin = window_starts(np.array([min(as_day(first_day), as_day(as_of))]), rules.longest_months)[
        0
    ]
    last = max(as_day(day) for day in (as_of, *assumed))
    width = int((last - origin).astype(np.int64)) + 1
    day = (table.closed_on - origin).astype("timedelta64[D]").astype(np.int64)
    until = int((as_day(as_of) - origin).astype(np.int64))
    # An open contract's NaT is the lowest of all numbers, so it falls out like one closed before.
    kept = (day > 0) & (day <= until) & (table.outcome != Outcome.NEVER_COUNTED)
    rows = np.flatnonzero(kept)
    cell = table.freelancer[rows] * np.int64(width) + day[rows]
    outcome = table.outcome[rows]
    stakes = table.stakes and table.stakes.taken(rows)
    if assumed:
        more = np.array([as_day(day) for day in assumed]) - origin
        arrivals = np.arange(table.freelancers)[:, None] * width + more.astype(np.int64)
        cell = np.concatenate([cell, arrivals.ravel()])
        rows = np.concatenate([rows, len(table) + np.arange(arrivals.size)])
        outcome = np.concatenate([outcome, np.full(arrivals.size, Outcome.POSITIVE, np.int8)])
        stakes = stakes and stakes.with_positives(arrivals.size, rules)
    cell, order = _sorted(cell)
    totals = _running_totals(outcome[order], stakes and stakes.taken(order))
    return Ledger(origin, width, table.freelancers, rows[order], cell, *totals)


def _sorted(cell: Positions) -> tuple[Positions, Positions]:
    """The cells in ascending order and where each was; equal ones stay in their order.

    Both are packed into one whole number each, as numpy sorts plain numbers many times faster than
    it finds an order. 63 bits hold ten million contracts of a hundred thousand freelancers.
    """
    bits = len(cell).bit_length()
    if len(cell) and int(cell.max()).bit_length() + bits > 63:
        order = np.argsort(cell, kind="stable")
        return cell[order], order
    packed: Positions = np.sort((cell << bits) | np.arange(len(cell)))
    return packed >> bits, packed & ((1 << bits) - 1)


def _running_totals(outcome: Counts, stakes: Stakes | None) -> tuple[Counts, Counts, Counts | None]:
    """Of 0, 1, 2 … contracts: the lead (J1), those without feedback, and the weight."""
    # Half the memory, twice the speed; the formula multiplies by 200, so ten million is the end.
    dtype = np.int32 if len(outcome) < 10_000_000 else np.int64
    no_feedback = _upto(outcome == Outcome.NO_FEEDBACK, dtype)
    if stakes:
        return _upto(stakes.lead, np.int64), no_feedback, _upto(stakes.weight, np.int64)
    step = (outcome == Outcome.POSITIVE).astype(np.int8) - (outcome == Outcome.NEGATIVE)
    return _upto(step, dtype), no_feedback, None


def _upto(steps: Counts | Flags, dtype: type[np.integer]) -> Counts:
    """The sum of the first 0, 1, 2 … steps."""
    sums: Counts = np.zeros(len(steps) + 1, dtype=dtype)
    np.cumsum(steps, out=sums[1:])
    return sums
