"""The least effort with which a score reaches a target on a day ahead (J3, J4, J8, J9, J10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from jss.engine.contracts import ClosedContract
from jss.engine.levers import EFFORTS, Efforts
from jss.engine.outcomes import Outcome
from jss.engine.positives import NEVER, positives_needed_in_windows
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.scores import Scores, WindowScore, scores_of
from jss.engine.tallies import Tallies
from jss.engine.targets import PerCent, target_ratio
from jss.engine.windows import is_in_window

FIVE_STARS = Decimal(5)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do until a day, and the scores on that day with it and without."""

    by: date
    target: Fraction
    """As a ratio of 1."""
    reaches: bool
    """Whether the target is reached; if not, this is the least effort for the best there is."""
    ask_for_feedback: tuple[ClosedContract, ...]
    """J15.1: contracts without feedback to be rated well, newest first."""
    own_up: tuple[ClosedContract, ...]
    """J9: negatives to be turned positive, newest first."""
    earn: int
    """J8: new five-star contracts, all of them in every window on that day."""
    effort: int
    waiting: Scores
    """Doing nothing."""
    after: Scores
    rules: RuleSet

    @property
    def is_waiting(self) -> bool:
        """Whether there is nothing to be done."""
        return self.effort == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of each can be had at most; None: of every contract that there is.

    Raises ValueError for a negative number.
    """

    earn: int
    ask_for_feedback: int | None = None
    own_up: int | None = None

    def __post_init__(self) -> None:
        if min(self.earn, self.ask_for_feedback or 0, self.own_up or 0) < 0:
            raise ValueError("Numbers of contracts are at least 0.")

    def asks(self, window: WindowScore) -> int:
        """Contracts of that window for which feedback may be asked."""
        most = self.ask_for_feedback
        return window.no_feedback if most is None else min(window.no_feedback, most)

    def reversals(self, window: WindowScore) -> int:
        """Negatives of that window that may be turned positive."""
        return window.negative if self.own_up is None else min(window.negative, self.own_up)


class _Counts(NamedTuple):
    """A plan as numbers. What is compared first stands first; the least is the best."""

    effort: int
    steps: int
    earn: int
    own_up: int
    ask_for_feedback: int


def cheapest_plan(
    contracts: Sequence[ClosedContract],
    as_of: date,
    by: date,
    target: PerCent,
    *,
    bounds: Bounds,
    rules: RuleSet = CLASSIC,
    efforts: Efforts = EFFORTS,
) -> Plan:
    """The plan of least effort with which the shown score is at or above the target (per cent,
    exactly) on the day `by`, within `bounds`. New contracts are closed so late that every window
    still holds them then. Of equal plans that with fewer steps.

    A window's score depends only on how many contracts of each kind it holds, so numbers are tried
    and not sets of contracts; and the shown score reaches a target where any window does (J4).

    Raises ValueError for a day before `as_of` or a target outside 0–100.
    """
    if by < as_of:
        raise ValueError("A plan ends on the day from which one looks ahead, or later.")
    ratio = target_ratio(target)
    known = [each for each in contracts if each.closed_on and each.closed_on <= as_of]
    waiting = scores_of(known, by, rules=rules)
    found = _search(waiting, ratio, bounds, rules, efforts)
    reaches = found is not None
    if found is None:
        best = _everything_done(waiting, bounds, rules)
        found = _search(waiting, best, bounds, rules, efforts) if best is not None else None
    counts, window = found or (_Counts(0, 0, 0, 0, 0), 0)
    months = rules.window_months[window]
    asked = _newest(
        known, Outcome.NO_FEEDBACK, by, months=months, number=counts.ask_for_feedback, rules=rules
    )
    reversed_ = _newest(
        known, Outcome.NEGATIVE, by, months=months, number=counts.own_up, rules=rules
    )
    return Plan(
        by=by,
        target=ratio,
        reaches=reaches,
        ask_for_feedback=tuple(known[row] for row in asked),
        own_up=tuple(known[row] for row in reversed_),
        earn=counts.earn,
        effort=counts.effort,
        waiting=waiting,
        after=scores_of(_done(known, {*asked, *reversed_}, counts.earn, by), by, rules=rules),
        rules=rules,
    )


def usual_number_until(contracts: Sequence[ClosedContract], as_of: date, by: date) -> int:
    """How many contracts are closed until `by` at the pace of the last 12 months; at least one."""
    closed = sum(
        1 for each in contracts if each.closed_on and is_in_window(each.closed_on, as_of, 12)
    )
    return max(1, -(-closed * (by - as_of).days // 365))


def _search(
    waiting: Scores, ratio: Fraction, bounds: Bounds, rules: RuleSet, efforts: Efforts
) -> tuple[_Counts, int] | None:
    """The best, and the position of the window that reaches the target by it."""
    found = (_search_window(each, ratio, bounds, rules, efforts) for each in waiting.windows)
    plans = [(each, at) for at, each in enumerate(found) if each is not None]
    return min(plans, default=None)


def _search_window(
    window: WindowScore,
    ratio: Fraction,
    bounds: Bounds,
    rules: RuleSet,
    efforts: Efforts,
) -> _Counts | None:
    """Every number of ratings asked for and reversed, each with the fewest new contracts (J8)."""
    asks, reversals = bounds.asks(window), bounds.reversals(window)
    alone = int(_new_needed(window, np.zeros(1, int), np.zeros(1, int), ratio, rules)[0])
    if alone != NEVER and alone <= bounds.earn:
        # Either lifts a score at least as far as a new contract, so more of them are never needed.
        asks, reversals = min(asks, alone), min(reversals, alone)
    asked, reversed_ = np.divmod(np.arange((asks + 1) * (reversals + 1)), reversals + 1)
    earn = _new_needed(window, asked, reversed_, ratio, rules)
    possible = (earn != NEVER) & (earn <= bounds.earn)
    asked, reversed_, earn = asked[possible], reversed_[possible], earn[possible]
    if not len(earn):
        return None
    effort = asked * efforts.ask_for_feedback + reversed_ * efforts.own_up + earn * efforts.earn
    columns = (effort, asked + reversed_ + earn, earn, reversed_, asked)
    least = np.lexsort(columns[::-1])[0]
    return _Counts(*(int(column[least]) for column in columns))


def _new_needed(
    window: WindowScore,
    asked: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    reversed_: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    ratio: Fraction,
    rules: RuleSet,
) -> "np.ndarray[tuple[int, ...], np.dtype[np.integer]]":
    tallies = Tallies(
        positive=window.positive + asked + reversed_,
        negative=window.negative - reversed_,
        no_feedback=window.no_feedback - asked,
    )
    return positives_needed_in_windows(tallies, ratio.numerator, ratio.denominator, rules)


def _everything_done(waiting: Scores, bounds: Bounds, rules: RuleSet) -> Fraction | None:
    """The highest score that can be had: no step ever lowers one, so it takes them all."""
    scores = []
    for window in waiting.windows:
        asked, reversed_ = bounds.asks(window), bounds.reversals(window)
        tallies = Tallies(
            positive=np.array([window.positive + asked + reversed_ + bounds.earn]),
            negative=np.array([window.negative - reversed_]),
            no_feedback=np.array([window.no_feedback - asked]),
        )
        counted = int(tallies.counted(rules)[0])
        if counted:
            scores.append(Fraction(max(0, int(tallies.lead[0])), counted))
    return max(scores, default=None)


def _newest(
    known: Sequence[ClosedContract],
    outcome: Outcome,
    by: date,
    *,
    months: int,
    number: int,
    rules: RuleSet,
) -> list[int]:
    """So many rows with that outcome that the window still holds, those that stay longest."""
    rows = [
        (each.closed_on, -row)
        for row, each in enumerate(known)
        if each.closed_on
        and each.outcome(rules) == outcome
        and is_in_window(each.closed_on, by, months)
    ]
    return [-row for _, row in sorted(rows, reverse=True)[:number]]


def _done(
    known: Sequence[ClosedContract], turned: set[int], earn: int, by: date
) -> list[ClosedContract]:
    after = [
        replace(each, rating=FIVE_STARS) if row in turned else each
        for row, each in enumerate(known)
    ]
    return after + [ClosedContract("", by, FIVE_STARS)] * earn
