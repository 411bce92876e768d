"""The score of a window, the trending one, and the one that is shown (J1, J3, J4, J17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from jss.engine.columns import Counts, Flags, PerCents, as_score
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.ratios import displayed, in_lines, is_highest, per_cent
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import TREND, RuleSet
from jss.engine.tallies import Tallies, tallies_at


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
    """The denominator of J1 where nothing is weighed: positive + negative + no_feedback_counted."""
    score: int | None
    """As displayed: whole per cent, rounded half up, 0 to 100; None: nothing is counted."""
    exact: Fraction | None
    """The same before rounding, 0 to 1."""
    gained: Fraction
    """What the positive outcomes weigh; their number where nothing is weighed."""
    lead: Fraction
    """The numerator of J1 before its floor at 0."""
    weight: Fraction
    """The denominator of J1."""

    @property
    def lost(self) -> Fraction:
        """What the negative outcomes take from what is gained."""
        return self.gained - self.lead


@dataclass(frozen=True, slots=True)
class TrendScore:
    """J17 (a): the mean of two windows' scores, before rounding."""

    recent: WindowScore
    longer: WindowScore
    score: int | None
    """As displayed; None while one of the two windows has none."""
    exact: Fraction | None

    @property
    def months(self) -> int:
        """TREND: it has no window of its own."""
        return TREND


@dataclass(frozen=True, slots=True)
class ShownScore:
    """The score that is shown: the highest of them (J4)."""

    score: int | None
    months: tuple[int, ...]
    """All windows (or TREND) that have the highest *exact* score; none without a score."""
    exact: Fraction | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one freelancer on one day."""

    windows: tuple[WindowScore, ...]
    """Those of `rules.window_months`."""
    shown: ShownScore
    trend: TrendScore | None = None

    @property
    def lines(self) -> tuple[WindowScore | TrendScore, ...]:
        """All scores of which the highest is shown, as `rules.lines` has them."""
        return (*self.windows, *((self.trend,) if self.trend else ()))


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """The scores of many freelancers on one day; arrays of shape (freelancers, `rules.lines`)."""

    tallies: Tallies
    total: Counts
    """The denominators of J1; of shape (freelancers, `rules.all_months`)."""
    score: PerCents
    highest: Flags
    """Where a line has the freelancer's highest exact score (J4)."""
    rules: RuleSet

    @property
    def shown(self) -> PerCents:
        """The displayed score that is shown, for each freelancer; NO_SCORE where there is none."""
        return self.score.max(axis=1)

    def of(self, freelancer: int) -> Scores:
        """The scores of one freelancer."""
        rules = self.rules
        held = {
            months: self._window(freelancer, position)
            for position, months in enumerate(rules.all_months)
        }
        trend = None
        if rules.trend_months:
            trend = trend_of(*(held[months] for months in rules.trend_months))
        windows = tuple(held[months] for months in rules.window_months)
        lines = Scores(windows, ShownScore(None, (), None), trend).lines
        best = [lines[position] for position in np.flatnonzero(self.highest[freelancer])]
        shown = ShownScore(
            score=as_score(self.shown[freelancer]),
            months=tuple(line.months for line in best),
            exact=best[0].exact if best else None,
        )
        return Scores(windows, shown, trend)

    def _window(self, freelancer: int, position: int) -> WindowScore:
        at = (freelancer, position)
        tallies, scale = self.tallies, self.rules.scale
        positive, negative = int(tallies.positive[at]), int(tallies.negative[at])
        no_feedback = int(tallies.no_feedback[at])
        total, lead = int(self.total[at]), int(tallies.lead[at])
        closed = positive + negative + no_feedback
        costless = (int(tallies.weight[at]) - total) // scale
        exact = Fraction(max(0, lead), total) if total else None
        return WindowScore(
            months=self.rules.all_months[position],
            positive=positive,
            negative=negative,
            no_feedback=no_feedback,
            no_feedback_tolerated=costless,
            no_feedback_counted=no_feedback - costless,
            closed=closed,
            counted=closed - costless,
            score=None if exact is None else displayed(exact),
            exact=exact,
            gained=Fraction(int(tallies.gained[at]), scale),
            lead=Fraction(lead, scale),
            weight=Fraction(total, scale),
        )


def trend_of(recent: WindowScore, longer: WindowScore) -> TrendScore:
    """The trending score of those two windows (J17)."""
    if recent.exact is None or longer.exact is None:
        return TrendScore(recent, longer, None, None)
    exact = (recent.exact + longer.exact) / 2
    return TrendScore(recent, longer, displayed(exact), exact)


def score_table_from(tallies: Tallies) -> ScoreTable:
    """The scores that follow from the tallies."""
    total = tallies.total
    lead_of_lines, total_of_lines = in_lines(tallies.lead, total, tallies.rules)
    return ScoreTable(
        tallies=tallies,
        total=total,
        score=per_cent(lead_of_lines, total_of_lines),
        highest=is_highest(lead_of_lines, total_of_lines),
        rules=tallies.rules,
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
    return score_table_from(tallies_at(table, day, closed_until=closed_until, rules=rules))


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
