"""The least effort with which a score reaches a target on a day ahead (J3, J4, J8, J9, J10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from jss.engine.columns import Counts
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.efforts import EFFORTS, Efforts
from jss.engine.outcomes import BEST, Outcome
from jss.engine.positives import NEVER, fewest_positives
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import TREND, RuleSet
from jss.engine.scores import Scores, score_table_from, scores_of
from jss.engine.tallies import Tallies, tallies_at
from jss.engine.targets import PerCent, target_ratio
from jss.engine.windows import is_in_window

type Numbers = "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"


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

    def of(self, line: "_Line") -> tuple[int, int]:
        """How many of the ratings may be asked for, and how many negatives turned."""
        return (
            len(line.silent[: self.ask_for_feedback]),
            len(line.negative[: self.own_up]),
        )


class _Counts(NamedTuple):
    """A plan as numbers. What is compared first stands first; the least is the best."""

    effort: int
    steps: int
    earn: int
    own_up: int
    ask_for_feedback: int


class _Line(NamedTuple):
    """One line (a window, or TREND) on the day, and what may be done about it: rows of the
    contracts, in the order in which they are taken."""

    known: Sequence[ClosedContract]
    by: date
    rules: RuleSet
    """The rule set with nothing but that line's windows."""
    silent: list[int]
    """They might be rated well."""
    negative: list[int]
    """They might turn positive."""


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

    The shown score reaches a target where any line does (J4), so each is tried by itself. A
    window's score depends on how many contracts of each kind it holds and on what they weigh, and
    the heaviest do most; so numbers are tried and not sets of contracts. Only for a trending score
    (J17) of which the outcomes are weighed might another choice of contracts be cheaper still.

    Raises ValueError for a day before `as_of` or a target outside 0-100.
    """
    if by < as_of:
        raise ValueError("A plan ends on the day from which one looks ahead, or later.")
    ratio = target_ratio(target)
    known = [each for each in contracts if each.closed_on and each.closed_on <= as_of]
    lines = [_line(known, by, line, rules) for line in rules.lines]
    found = _search(lines, ratio, bounds, efforts)
    reaches = found is not None
    if found is None:
        best = _everything_done(lines, bounds)
        found = _search(lines, best, bounds, efforts) if best is not None else None
    counts, position = found or (_Counts(0, 0, 0, 0, 0), 0)
    asked = _newest_first(known, lines[position].silent[: counts.ask_for_feedback])
    reversed_ = _newest_first(known, lines[position].negative[: counts.own_up])
    return Plan(
        by=by,
        target=ratio,
        reaches=reaches,
        ask_for_feedback=tuple(known[row] for row in asked),
        own_up=tuple(known[row] for row in reversed_),
        earn=counts.earn,
        effort=counts.effort,
        waiting=scores_of(known, by, rules=rules),
        after=scores_of(_done(known, {*asked, *reversed_}, counts.earn, by), by, rules=rules),
        rules=rules,
    )


def usual_number_until(contracts: Sequence[ClosedContract], as_of: date, by: date) -> int:
    """How many contracts are closed until `by` at the pace of the last 12 months; at least one."""
    closed = sum(
        1 for each in contracts if each.closed_on and is_in_window(each.closed_on, as_of, 12)
    )
    return max(1, -(-closed * (by - as_of).days // 365))


def _line(known: Sequence[ClosedContract], by: date, line: int, rules: RuleSet) -> _Line:
    """The contracts that the line still holds on that day: those in its shorter window first, then
    those that do most, then the newest."""
    if line == TREND and rules.trend_months:
        rules = replace(rules, window_months=rules.trend_months[1:])
    else:
        rules = replace(rules, window_months=(line,), trend_months=None)
    today = tallies_at(ContractTable.of_one(known, rules), by, rules=rules)
    lead, weight = int(today.lead[0, -1]), int(today.total[0, -1])
    silent, negative = [], []
    for row, each in enumerate(known):
        held = [_holds(each, by, months) for months in rules.all_months]
        change = _change(each, rules)
        if not any(held) or each.client_flagged or each.feedback_removed or not any(change):
            continue
        # What the longest window comes to if that alone is done.
        alone = Fraction(lead + change.lead, max(1, weight + change.weight))
        if each.outcome(rules) == Outcome.NEGATIVE:
            negative.append((held, alone, each.closed_on, -row))
        elif each.rating is None:
            silent.append((held, alone, each.closed_on, -row))
    return _Line(
        known,
        by,
        rules,
        [-row for *_, row in sorted(silent, reverse=True)],
        [-row for *_, row in sorted(negative, reverse=True)],
    )


class _Change(NamedTuple):
    """What a contract that turns positive changes in the tallies of a window that holds it."""

    positive: int
    negative: int
    no_feedback: int
    gained: int
    lead: int
    weight: int


def _change(contract: ClosedContract, rules: RuleSet) -> _Change:
    good = replace(contract, rating=BEST)
    was, is_, outcome = contract.stake(rules), good.stake(rules), contract.outcome(rules)
    return _Change(
        # An unpaid contract that went well may not count at all (J17).
        positive=int(good.outcome(rules) == Outcome.POSITIVE),
        negative=-(outcome == Outcome.NEGATIVE),
        no_feedback=-(outcome == Outcome.NO_FEEDBACK),
        gained=is_.lead,
        lead=is_.lead - was.lead,
        weight=is_.weight - was.weight,
    )


def _search(
    lines: Sequence[_Line],
    ratio: Fraction,
    bounds: Bounds,
    efforts: Efforts,
) -> tuple[_Counts, int] | None:
    """The best, and the position of the line that reaches the target by it."""
    found = (_search_line(line, ratio, bounds, efforts) for line in lines)
    plans = [(each, at) for at, each in enumerate(found) if each is not None]
    return min(plans, default=None)


def _search_line(
    line: _Line,
    ratio: Fraction,
    bounds: Bounds,
    efforts: Efforts,
) -> _Counts | None:
    """Every number of ratings asked for and reversed, each with the fewest new contracts (J8)."""
    asks, reversals = bounds.of(line)
    nothing = np.zeros(1, dtype=np.int64)
    alone = int(_new_needed(line, nothing, nothing, ratio)[0])
    if alone != NEVER and alone <= bounds.earn and line.rules.trend_months is None:
        # Either lifts a window at least as far as a new contract, so more are never needed.
        asks, reversals = min(asks, alone), min(reversals, alone)
    asked, reversed_ = np.divmod(np.arange((asks + 1) * (reversals + 1)), reversals + 1)
    earn = _new_needed(line, asked, reversed_, ratio)
    possible = (earn != NEVER) & (earn <= bounds.earn)
    asked, reversed_, earn = asked[possible], reversed_[possible], earn[possible]
    if not len(earn):
        return None
    effort = asked * efforts.ask_for_feedback + reversed_ * efforts.own_up + earn * efforts.earn
    columns = (effort, asked + reversed_ + earn, earn, reversed_, asked)
    least = np.lexsort(columns[::-1])[0]
    return _Counts(*(int(column[least]) for column in columns))


def _new_needed(
    line: _Line,
    asked: Numbers,
    reversed_: Numbers,
    ratio: Fraction,
) -> Counts:
    tallies = _tallies(line, asked, reversed_)
    return fewest_positives(tallies, ratio.numerator, ratio.denominator)


def _tallies(
    line: _Line,
    asked: Numbers,
    reversed_: Numbers,
) -> Tallies:
    """What the line's windows hold with the first so many ratings asked for, and reversed."""
    rules = line.rules
    today = tallies_at(ContractTable.of_one(line.known, rules), line.by, rules=rules)
    more = [
        _sums(line, rows)[:, number]
        for rows, number in ((line.silent, asked), (line.negative, reversed_))
    ]
    fields = {
        name: getattr(today, name) + more[0][at] + more[1][at]
        for at, name in enumerate(_Change._fields)
    }
    return Tallies(**fields, rules=rules)


def _sums(line: _Line, rows: Sequence[int]) -> Numbers:
    """For each field of `_Change` and the first 0, 1, 2 … rows, the sum in each window."""
    known, rules = line.known, line.rules
    changes = np.array([_change(known[row], rules) for row in rows], dtype=np.int64)
    held = [[_holds(known[row], line.by, months) for months in rules.all_months] for row in rows]
    in_windows = np.array(held, dtype=np.int64).reshape(len(rows), len(rules.all_months))
    steps = changes.reshape(len(rows), len(_Change._fields)).T[:, :, None] * in_windows
    sums: Numbers = np.zeros((len(steps), len(rows) + 1, len(rules.all_months)), dtype=np.int64)
    np.cumsum(steps, axis=1, out=sums[:, 1:])
    return sums


def _holds(contract: ClosedContract, by: date, months: int) -> bool:
    return contract.closed_on is not None and is_in_window(contract.closed_on, by, months)


def _everything_done(lines: Sequence[_Line], bounds: Bounds) -> Fraction | None:
    """The highest score that can be had: no step ever lowers one, so it takes them all."""
    scores = []
    for line in lines:
        asks, reversals = (np.array([number]) for number in bounds.of(line))
        tallies = _tallies(line, asks, reversals).with_positives(bounds.earn)
        scores.append(score_table_from(tallies).of(0).shown.exact)
    return max((exact for exact in scores if exact is not None), default=None)


def _newest_first(known: Sequence[ClosedContract], rows: Sequence[int]) -> list[int]:
    return [-row for _, row in sorted(((known[row].closed_on, -row) for row in rows), reverse=True)]


def _done(
    known: Sequence[ClosedContract], turned: set[int], earn: int, by: date
) -> list[ClosedContract]:
    after = [
        replace(each, rating=BEST) if row in turned else each for row, each in enumerate(known)
    ]
    return after + [ClosedContract("", by, BEST)] * earn
