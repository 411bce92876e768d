"""Which single contract would explain a score seen on Upwork (J2, J3, J7).

What a client says in private is hidden, and how much missing feedback is a pattern is a convention
of ours. So a reading below the computed score may come from a contract that is negative although
its rating is good, or from one without feedback that counts although J3 tolerates it. Each contract
is tried alone; every figure is an exact ratio.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

import numpy as np

from jss.engine.contracts import ClosedContract, stake_of, weight_of
from jss.engine.explanation import Reason, explanations_of
from jss.engine.outcomes import WORST, Outcome
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import Scores, ShownScore, WindowScore, scores_of
from jss.engine.tallies import tolerated

EXPLAINS_WITHIN = 1
"""Points: a contract that leaves the score farther from the reading doesn't explain it."""


@dataclass(frozen=True, slots=True)
class SeenScore:
    """A score seen on Upwork on that day (J7), in whole per cent, 0 to 100."""

    day: date
    score: int


class Supposition(StrEnum):
    """What a contract is supposed to be, other than it looks; the lesser assumption first."""

    SILENCE_COUNTS = "silence_counts"
    """It has no feedback, J3 tolerates that, and yet it counts (neither positive nor negative)."""
    NEGATIVE = "negative"
    """Its hidden private feedback makes it a negative outcome."""


class Verdict(StrEnum):
    """What the search came to."""

    AGREES = "agrees"
    """The displayed score is the reading: there is nothing to explain."""
    ABOVE = "above"
    """The reading is higher than the computed score: no worse outcome explains that."""
    EXPLAINED = "explained"
    NONE = "none"
    """No single contract explains it."""
    NO_SCORE = "no_score"
    """Nothing counts on that day, so there is no score to compare."""


@dataclass(frozen=True, slots=True)
class Culprit:
    """One contract, and the shown score if it were what is supposed."""

    contract: ClosedContract
    supposition: Supposition
    shown: Fraction
    """The exact score, 0 to 1."""
    off: Fraction
    """How far that is from the reading, in points, 0 or more."""
    is_new: bool
    """Closed after the previous reading."""


@dataclass(frozen=True, slots=True)
class Culprits:
    """A reading, the score computed for its day, and who may be behind the difference."""

    reading: SeenScore
    previous: SeenScore | None
    rules: RuleSet
    computed: ShownScore
    off: Fraction | None
    """How far the computed score is from the reading, in points; None without a score."""
    verdict: Verdict
    ranked: tuple[Culprit, ...]
    """Every contract that brings the score nearer to the reading, each once: the best fit first;
    of equal ones the one that was closed last, then in the given order."""


def culprits_of(
    contracts: Sequence[ClosedContract],
    reading: SeenScore,
    previous: SeenScore | None = None,
    *,
    rules: RuleSet = CLASSIC,
) -> Culprits:
    """The contracts that would explain the reading, one at a time.

    `contracts` as they were known on the day of the reading. `previous` only marks what was closed
    since; the fit is with `reading` alone. Raises ValueError for a day that is out of range.
    """
    scores = scores_of(contracts, reading.day, rules=rules)
    computed = scores.shown
    if computed.exact is None:
        return Culprits(reading, previous, rules, computed, None, Verdict.NO_SCORE, ())
    off = _off(computed.exact, reading)
    if computed.score == reading.score:
        return Culprits(reading, previous, rules, computed, off, Verdict.AGREES, ())
    if computed.exact * 100 < reading.score:
        return Culprits(reading, previous, rules, computed, off, Verdict.ABOVE, ())
    ranked = _ranked(contracts, reading, previous, scores, rules)
    nearer = tuple(culprit for culprit in ranked if culprit.off < off)
    explained = bool(nearer) and nearer[0].off <= EXPLAINS_WITHIN
    verdict = Verdict.EXPLAINED if explained else Verdict.NONE
    return Culprits(reading, previous, rules, computed, off, verdict, nearer)


def _off(shown: Fraction, reading: SeenScore) -> Fraction:
    return abs(100 * shown - reading.score)


def _ranked(
    contracts: Sequence[ClosedContract],
    reading: SeenScore,
    previous: SeenScore | None,
    scores: Scores,
    rules: RuleSet,
) -> list[Culprit]:
    """Each contract with the supposition that fits best.

    All contracts that are the same to every window and weigh the same give the same answer, so it
    is kept.
    """
    windows = {window.months: window for window in _all_windows(scores)}
    kept: dict[tuple[object, ...], tuple[Fraction, Supposition, Fraction] | None] = {}
    found: list[tuple[date, Culprit]] = []
    for row in explanations_of(contracts, reading.day, rules=rules):
        reasons = {place.months: place.reason for place in row.windows}
        stakes = (row.contract.stake(rules), weight_of(row.contract, rules))
        same = (*reasons.values(), *stakes)
        if same not in kept:
            kept[same] = _best(row.contract, reasons, reading, windows, rules)
        best, closed_on = kept[same], row.contract.closed_on
        if best is None or closed_on is None:
            continue
        off, supposition, shown = best
        is_new = previous is not None and closed_on > previous.day
        found.append((closed_on, Culprit(row.contract, supposition, shown, off, is_new)))
    # Both sorts keep the order of equals: newest first, then by fit.
    found.sort(key=lambda each: each[0], reverse=True)
    return sorted((culprit for _closed_on, culprit in found), key=lambda culprit: culprit.off)


def _all_windows(scores: Scores) -> tuple[WindowScore, ...]:
    """Those of the trending score too."""
    parts = (scores.trend.recent, scores.trend.longer) if scores.trend else ()
    return (*scores.windows, *parts)


def _best(
    contract: ClosedContract,
    reasons: Mapping[int, Reason],
    reading: SeenScore,
    windows: Mapping[int, WindowScore],
    rules: RuleSet,
) -> tuple[Fraction, Supposition, Fraction] | None:
    """How far off, what is supposed, and the shown score; None where nothing can be supposed."""
    tries = []
    for supposition in Supposition:
        changed = {
            months: _value(windows[months], supposition, reason, contract, rules)
            for months, reason in reasons.items()
            if _if(supposition, reason)
        }
        if changed:
            exact = {months: window.exact for months, window in windows.items()} | changed
            shown = max(value for value in _of_lines(exact, rules) if value is not None)
            tries.append((_off(shown, reading), supposition, shown))
    return min(tries, key=lambda each: each[0], default=None)


def _of_lines(exact: Mapping[int, Fraction | None], rules: RuleSet) -> Iterator[Fraction | None]:
    """The exact scores of which the highest is shown, from those of the windows (J4, J17)."""
    yield from (exact[months] for months in rules.window_months)
    if rules.trend_months:
        recent, longer = (exact[months] for months in rules.trend_months)
        yield None if recent is None or longer is None else (recent + longer) / 2


def _if(supposition: Supposition, reason: Reason) -> bool:
    """Whether the supposition changes what the contract is to a window."""
    if supposition is Supposition.SILENCE_COUNTS:
        return reason is Reason.NO_FEEDBACK_TOLERATED
    return reason in {
        Reason.POSITIVE,
        Reason.NO_FEEDBACK_COUNTED,
        Reason.NO_FEEDBACK_TOLERATED,
    }


def _value(
    window: WindowScore,
    supposition: Supposition,
    reason: Reason,
    contract: ClosedContract,
    rules: RuleSet,
) -> Fraction:
    """The window's exact score, were one of its contracts what is supposed."""
    if supposition is Supposition.SILENCE_COUNTS:
        return max(Fraction(0), window.lead) / (window.weight + 1)
    was = contract.stake(rules)
    supposed = stake_of(replace(contract, rating=WORST), Outcome.NEGATIVE, rules)
    lead = window.lead + Fraction(supposed.lead - was.lead, rules.scale)
    # Of all that is in the window, tolerated or not: one contract without feedback fewer may mean
    # that J3's allowance covers another one instead.
    silent = window.no_feedback - (reason is not Reason.POSITIVE)
    costless = tolerated(np.array([window.closed]), np.array([silent]), rules).item()
    held = window.weight + window.no_feedback_tolerated
    weight = held + Fraction(supposed.weight - was.weight, rules.scale) - costless
    return max(Fraction(0), lead) / weight
