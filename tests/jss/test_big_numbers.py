"""Thousands of heavy contracts, and scores a hair's breadth from 90 %: exact all the same."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from jss.engine import (
    TREND,
    TRENDING,
    WEIGHTED_2024,
    Bounds,
    ClosedContract,
    RuleSet,
    Scenario,
    Standing,
    TieredWeights,
    cheapest_plan,
    history_of,
    levers_of,
    outlook_of,
    positives_needed,
    reversals_of,
    roadmap_of,
    scores_of,
    standing_of,
    what_if_of,
)
from tests.jss import plain_rules as plain
from tests.jss.cases import AS_OF
from tests.jss.test_any_rules_ahead import as_plain

WEIGHED_TREND = replace(TRENDING, name="weighed trend", weights=TieredWeights())

MONTHS_AGO = [date(2026, 11, 2), date(2026, 9, 30), date(2026, 7, 1), date(2026, 1, 31)]
"""In the three months, in them, in the six, and in the twelve."""


@cache
def thousands() -> tuple[ClosedContract, ...]:
    """2,000 contracts that weigh 8 each; every twenty-first is negative, every ninth silent."""
    rating = {0: Decimal(1), 9: None, 18: None}
    return tuple(
        ClosedContract(
            title=f"c{number}",
            closed_on=MONTHS_AGO[number % 4] - timedelta(days=number % 3),
            rating=rating.get(number % 21, Decimal(5)),
            key=f"c{number}",
            earned=Decimal(100_000),
            months_paid=24,
        )
        for number in range(2_000)
    )


def exact_lines(contracts: list[ClosedContract], rules: RuleSet) -> dict[int, Fraction | None]:
    made = scores_of(contracts, AS_OF, rules=rules)
    return {line.months: line.exact for line in made.lines}


def test_j17_b_two_thousand_contracts_of_the_greatest_weight_in_a_window() -> None:
    contracts = list(thousands())
    made = scores_of(contracts, AS_OF, rules=WEIGHTED_2024).shown
    assert made.exact == plain.shown(contracts, AS_OF, WEIGHTED_2024)
    road = as_plain(roadmap_of(contracts, AS_OF, rules=WEIGHTED_2024))
    assert road == plain.roadmap(contracts, AS_OF, WEIGHTED_2024)
    assert road[0][3] == made.score


def test_j17_two_thousand_contracts_of_the_greatest_weight_and_a_trend() -> None:
    contracts = list(thousands())
    made = scores_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert {line.months: line.exact for line in made.lines} == plain.lines(
        contracts, AS_OF, WEIGHED_TREND
    )
    for line in made.lines:
        assert line.score == plain.displayed(line.exact)
    assert made.windows[-1].gained == 8 * made.windows[-1].positive
    road = as_plain(roadmap_of(contracts, AS_OF, rules=WEIGHED_TREND))
    assert road == plain.roadmap(contracts, AS_OF, WEIGHED_TREND)
    assert TREND in {step[1] for step in road}
    last = history_of(contracts, AS_OF, AS_OF, as_of=AS_OF, rules=WEIGHED_TREND)
    assert last.windows[TREND][0].score == made.lines[-1].score


@pytest.mark.parametrize("target", [90, 95, Fraction(995, 10)])
def test_j8_as_many_as_it_takes_and_not_one_fewer(target: int | Fraction) -> None:
    contracts = list(thousands())
    needed = positives_needed(contracts, AS_OF, target, rules=WEIGHED_TREND)
    assert needed is not None
    assert needed > 0
    for new, is_enough in ((needed, True), (needed - 1, False)):
        best = plain.highest(plain.lines(contracts, AS_OF, WEIGHED_TREND, new))
        assert best is not None
        assert (best * 100 >= target) == is_enough


def test_j9_reversals_among_thousands() -> None:
    contracts = [*thousands()[1:400], *thousands()[:1]]
    made = reversals_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert len(made) == 20
    for reversal in (made[0], made[-1]):
        better = [
            plain.with_five_stars(each) if each is reversal.contract else each for each in contracts
        ]
        reached = plain.shown(better, AS_OF, WEIGHED_TREND)
        assert reversal.after.shown.exact == reached
        assert reached is not None
        worth = plain.positives_needed(contracts, AS_OF, reached, WEIGHED_TREND)
        assert reversal.worth == worth


def test_levers_and_a_plan_among_thousands() -> None:
    contracts = list(thousands()[:300])
    levers = levers_of(contracts, AS_OF, 90, rules=WEIGHED_TREND)
    best = levers.ranking[0]
    named = {each.key for each in best.contracts}
    after = [plain.with_five_stars(each) if each.key in named else each for each in contracts]
    after += [plain.five_stars(AS_OF)] * best.earned
    assert best.after.exact == plain.shown(after, AS_OF, WEIGHED_TREND)
    was, would_be = year_of(contracts), year_of(after)
    assert best.gain_over_year == (would_be - was) * 100 / 365
    plan = cheapest_plan(contracts, AS_OF, AS_OF, 95, bounds=Bounds(earn=10), rules=WEIGHED_TREND)
    assert plan.reaches
    assert plan.after.shown.exact is not None
    assert plan.after.shown.exact * 100 >= 95


def year_of(contracts: list[ClosedContract]) -> Fraction:
    """The sum of the shown scores of 365 days."""
    days = plain.walk(contracts, AS_OF, AS_OF + timedelta(days=364), WEIGHED_TREND)
    return sum((plain.highest(exact) or Fraction(0) for _, exact in days), Fraction(0))


def test_j11_a_scenario_of_heavy_weights() -> None:
    contracts = list(thousands()[:50])
    weights = {each.key: Fraction(999) for each in contracts}
    scenario = Scenario(as_of=AS_OF, good=3, monthly=2, months=2, weights=weights)
    made = what_if_of(contracts, scenario, 90, rules=WEIGHED_TREND)
    rows = [replace(each, weight=Fraction(999)) for each in contracts]
    rows += [ClosedContract("", AS_OF, Decimal(5))] * 3
    assert made.after.scores.shown.exact == plain.shown(rows, AS_OF, WEIGHED_TREND)
    until = date(2028, 11, 21)
    walked = plain.roadmap(rows, AS_OF, WEIGHED_TREND, scenario.assumed, until)
    assert as_plain(made.after.roadmap) == walked


# ── A hair's breadth ─────────────────────────────────────────────────────────────────────────────


def nearly_90(extra_units: int, times: int = 1) -> list[ClosedContract]:
    """19 good ones and a bad one are 90 % exactly; the bad one weighs so many 1/1200 more."""
    bad = Fraction(1200 + extra_units, 1200)
    contracts = [
        ClosedContract(f"c{number}", MONTHS_AGO[0], Decimal(5 if number % 20 else 1))
        for number in range(20 * times)
    ]
    contracts[0] = replace(contracts[0], weight=bad)
    return contracts


@pytest.mark.parametrize("times", [1, 50])
@pytest.mark.parametrize(("extra_units", "is_enough"), [(0, True), (1, False), (-1, True)])
def test_j12_a_unit_decides(extra_units: int, is_enough: bool, times: int) -> None:
    contracts = nearly_90(extra_units, times)
    made = scores_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert {line.exact for line in made.lines} == {made.shown.exact}
    assert made.shown.exact is not None
    assert (made.shown.exact >= Fraction(9, 10)) == is_enough
    assert made.shown.score == 90
    standing = Standing.TOP_RATED_TRACK if is_enough else Standing.CONSIDERED
    assert standing_of(made.shown.exact, rules=WEIGHED_TREND) == standing
    needed = positives_needed(contracts, AS_OF, 90, rules=WEIGHED_TREND)
    assert needed == (0 if is_enough else 1)
    reached_on = outlook_of(contracts, AS_OF, 90, rules=WEIGHED_TREND).reaches_target_on
    assert reached_on == (AS_OF if is_enough else None)


@pytest.mark.parametrize(("extra_units", "is_enough"), [(0, True), (1, False)])
def test_j17_the_mean_of_96_and_84_is_90_exactly(extra_units: int, is_enough: bool) -> None:
    rules = replace(WEIGHED_TREND, window_months=(6,))
    kinds = [(MONTHS_AGO[0], 49, 1), (MONTHS_AGO[2], 43, 7)]
    contracts = [
        ClosedContract(f"{on} {number}", on, Decimal(5 if number < good else 1))
        for on, good, bad in kinds
        for number in range(good + bad)
    ]
    contracts[-1] = replace(contracts[-1], weight=Fraction(1200 + extra_units, 1200))
    made = scores_of(contracts, AS_OF, rules=rules)
    assert made.trend is not None
    assert made.shown.months == (TREND,)
    assert (made.shown.exact == Fraction(9, 10)) == is_enough
    assert positives_needed(contracts, AS_OF, 90, rules=rules) == (0 if is_enough else 1)
    reached_on = outlook_of(contracts, AS_OF, 90, rules=rules).reaches_target_on
    assert (reached_on == AS_OF) == is_enough


@pytest.mark.parametrize(("good", "bad", "score"), [(179, 21, 79), (359, 41, 80), (199, 1, 99)])
def test_j1_half_a_per_cent_is_rounded_up(good: int, bad: int, score: int) -> None:
    """158 of 200 are 79, 318 of 400 are 79.5, 198 of 200 are 99."""
    contracts = [
        ClosedContract(f"c{number}", MONTHS_AGO[0], Decimal(5 if number < good else 1))
        for number in range(good + bad)
    ]
    made = scores_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert {line.score for line in made.lines} == {score}
    roadmap = roadmap_of(contracts, AS_OF, rules=WEIGHED_TREND)
    assert {entry.score_before for entry in roadmap} == {score}
