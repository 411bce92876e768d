"""The score of a window, and the one that is shown (J1, J3, J4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from jss.engine.columns import NO_SCORE, Counts, Flags, PerCents, as_score
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.tallies import Tallies, tallies_at, tolerated


@dataclass(frozen=True, slots=True)
class WindowScore:
    """One window of one freelancer: what is in it and what comes out."""

    months: int
    positive: int
    negative: int
    no_feedback: int
    """Contracts without feedback, tolerated or not."""
    no_feedback_tolerated: int
    no_feedback_counted: int
    closed: int
    """Everything in the window that can count; J3's allowance is worked out from it."""
    counted: int
    """The denominator of J1: positive + negative + no_feedback_counted."""
    score: int | None
    """As displayed: whole per cent, rounded half up, 0 to 100; None: nothing is counted."""
    exact: Fraction | None
    """The same before rounding, 0 to 1."""


@dataclass(frozen=True, slots=True)
class ShownScore:
    """The score that is shown: the highest of the windows' scores (J4)."""

    score: int | None
    months: tuple[int, ...]
    """All windows that have the highest *exact* score; none without a score."""
    exact: Fraction | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one freelancer on one day."""

    windows: tuple[WindowScore, ...]
    shown: ShownScore


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """The scores of many freelancers on one day; arrays of shape (freelancers, windows)."""

    tallies: Tallies
    counted: Counts
    score: PerCents
    highest: Flags
    """Where a window has the freelancer's highest exact score (J4)."""
    rules: RuleSet

    @property
    def shown(self) -> PerCents:
        """The displayed score that is shown, for each freelancer; NO_SCORE where there is none."""
        return self.score.max(axis=1)

    def of(self, freelancer: int) -> Scores:
        """The scores of one freelancer."""
        windows = tuple(
            self._window(freelancer, position) for position in range(len(self.rules.window_months))
        )
        highest = [windows[position] for position in np.flatnonzero(self.highest[freelancer])]
        return Scores(
            windows,
            ShownScore(
                score=as_score(self.shown[freelancer]),
                months=tuple(window.months for window in highest),
                exact=highest[0].exact if highest else None,
            ),
        )

    def _window(self, freelancer: int, position: int) -> WindowScore:
        at = (freelancer, position)
        positive = int(self.tallies.positive[at])
        negative = int(self.tallies.negative[at])
        no_feedback = int(self.tallies.no_feedback[at])
        total = int(self.counted[at])
        no_feedback_counted = total - positive - negative
        return WindowScore(
            months=self.rules.window_months[position],
            positive=positive,
            negative=negative,
            no_feedback=no_feedback,
            no_feedback_tolerated=no_feedback - no_feedback_counted,
            no_feedback_counted=no_feedback_counted,
            closed=positive + negative + no_feedback,
            counted=total,
            score=as_score(self.score[at]),
            exact=Fraction(max(0, positive - negative), total) if total else None,
        )


def per_cent(lead: Counts, total: Counts) -> PerCents:
    """J1 as displayed: `lead` (positive minus negative) over `total` (all counted outcomes).

    In whole numbers throughout: rounded half up, never below 0, NO_SCORE where `total` is 0.
    """
    rounded = (200 * np.maximum(lead, 0) + total) // np.maximum(2 * total, 1)
    return np.where(total == 0, NO_SCORE, rounded).astype(np.int8)


def score_table_from(tallies: Tallies, rules: RuleSet = CLASSIC) -> ScoreTable:
    """The scores that follow from the tallies."""
    total = tallies.closed - tolerated(tallies.closed, tallies.no_feedback, rules)
    return ScoreTable(
        tallies=tallies,
        counted=total,
        score=per_cent(tallies.lead, total),
        highest=_highest(np.maximum(tallies.lead, 0), total),
        rules=rules,
    )


def score_table_of(
    table: ContractTable,
    day: date,
    *,
    closed_until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> ScoreTable:
    """Every freelancer's scores at the end of that day, in one pass (J4).

    Contracts closed after `closed_until` (usual: after that day) are ignored.
    """
    return score_table_from(tallies_at(table, day, closed_until=closed_until, rules=rules), rules)


def scores_of(
    contracts: Sequence[ClosedContract],
    day: date,
    *,
    closed_until: date | None = None,
    rules: RuleSet = CLASSIC,
) -> Scores:
    """`score_table_of` for one freelancer."""
    table = ContractTable.of_one(contracts, rules)
    return score_table_of(table, day, closed_until=closed_until, rules=rules).of(0)


def _highest(numerator: Counts, total: Counts) -> Flags:
    """Where numerator/total is the greatest of its row, compared by cross multiplication."""
    best_numerator = np.zeros(len(numerator), dtype=np.int64)
    best_total = np.zeros(len(numerator), dtype=np.int64)
    for position in range(numerator.shape[1]):
        candidate, of_total = numerator[:, position], total[:, position]
        better = (of_total > 0) & (
            (best_total == 0) | (candidate * best_total > best_numerator * of_total)
        )
        best_numerator = np.where(better, candidate, best_numerator)
        best_total = np.where(better, of_total, best_total)
    equal: Flags = numerator * best_total[:, None] == best_numerator[:, None] * total
    return equal & (total > 0)
