"""J17: the rule sets that are built in, what can be switched on, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from jss.engine import (
    BUILT_IN,
    CLASSIC,
    TREND,
    TRENDING,
    WEIGHTED_2024,
    ClosedContract,
    Publication,
    Reading,
    RefinedWeights,
    TieredWeights,
    first_score_of,
    next_recalculation,
    publication_of,
    scores_of,
    with_options,
)
from tests.jss.cases import AS_OF, CASES, closed

NET_AND_COUNTED = {
    # The lead and the number that make these per cents, each more than the shorter window's.
    "m3": (98, 100),
    "m6": (188, 200),
    "m12": (264, 300),
    "m24": (460, 500),
}
CLOSED_ON = {
    "m3": date(2026, 10, 1),
    "m6": date(2026, 7, 1),
    "m12": date(2026, 2, 1),
    "m24": date(2025, 6, 1),
}


@pytest.mark.parametrize("case", CASES["trending"])
def test_j17_the_worked_trending_score(case: dict[str, Any]) -> None:
    contracts: list[ClosedContract] = []
    lead_before = counted_before = 0
    for window, (lead, counted) in NET_AND_COUNTED.items():
        assert Fraction(lead, counted) * 100 == case[window]
        more, of = lead - lead_before, counted - counted_before
        good = (more + of) // 2
        contracts += closed("+" * good + "-" * (of - good), CLOSED_ON[window])
        lead_before, counted_before = lead, counted
    made = scores_of(contracts, AS_OF, rules=TRENDING)
    assert [window.score for window in made.windows] == [case["m6"], case["m12"], case["m24"]]
    assert made.trend is not None
    assert made.trend.recent.score == case["m3"]
    assert made.trend.score == case["trending"]
    assert (made.shown.score, made.shown.months) == (case["shown"], (TREND,))
    assert scores_of(contracts, AS_OF).shown.score == case["m6"]


def test_every_kind_of_worked_case_is_used_by_a_test() -> None:
    assert set(CASES) - {"about"} == {
        "score",
        "positives_needed",
        "reversal",
        "window_edge",
        "trending",
    }


def test_the_built_in_ones_stand_under_their_names() -> None:
    assert list(BUILT_IN) == ["classic", "trending", "weighted-2024"]
    assert all(name == rules.name and rules.documentation for name, rules in BUILT_IN.items())


def test_options_name_themselves_and_leave_the_rest() -> None:
    both = with_options(WEIGHTED_2024, refined=True, share=True)
    assert both.name == "weighted-2024+refined+share"
    assert both.reading is Reading.SHARE
    assert isinstance(both.weights, RefinedWeights)
    assert (both.window_months, both.counts_unpaid) == ((24,), False)
    assert with_options(CLASSIC) is CLASSIC
    assert with_options(CLASSIC, share=True).weights is None


def test_j13_j17_c_feedback_can_be_removed_only_where_the_rules_have_that() -> None:
    assert CLASSIC.removal is not None
    assert (CLASSIC.removal.every_weeks, CLASSIC.removal.contracts_between) == (10, 10)
    assert TRENDING.removal == CLASSIC.removal
    assert WEIGHTED_2024.removal is None


def test_j17_the_windows_of_a_trending_score() -> None:
    assert TRENDING.all_months == (3, 6, 12, 24)
    assert TRENDING.lines == (6, 12, 24, TREND)
    assert (TRENDING.shortest_months, TRENDING.longest_months) == (6, 24)
    assert CLASSIC.lines == (6, 12, 24)


def test_j17_b_worked_out_daily_over_two_years() -> None:
    assert next_recalculation(AS_OF, AS_OF, rules=WEIGHTED_2024).toordinal() == (
        AS_OF.toordinal() + 1
    )
    assert WEIGHTED_2024.lines == (24,)


@pytest.mark.parametrize(
    ("closed_contracts", "clients", "state"),
    [(1, 1, "none"), (2, 1, "none"), (9, 1, "none"), (2, 2, "published"), (1, 2, "none")],
)
def test_j17_b_a_first_score_takes_two_contracts_with_two_clients(
    closed_contracts: int, clients: int, state: str
) -> None:
    assert publication_of(closed_contracts, clients, WEIGHTED_2024) == Publication(state)


def test_j6_a_contract_of_a_client_whom_nobody_noted_is_anothers() -> None:
    unknown = closed("++")
    named = [replace(each, client="Ada") for each in unknown]
    assert first_score_of(unknown, AS_OF, rules=WEIGHTED_2024).clients == 2
    assert first_score_of(named, AS_OF, rules=WEIGHTED_2024).clients == 1
    assert first_score_of(named, AS_OF, rules=WEIGHTED_2024).contracts_left == 1
    assert first_score_of([*unknown, *named], AS_OF, rules=WEIGHTED_2024).clients == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"window_months": ()},
        {"window_months": (12, 6)},
        {"window_months": (6, 6)},
        {"window_months": (0, 6)},
        {"trend_months": (6, 3)},
        {"trend_months": (3, 3)},
        {"trend_months": (0, 3)},
        {"positive_from": Decimal(1)},
        {"positive_from": Decimal("5.01")},
        {"tolerated_share": Fraction(-1, 5)},
        {"tolerated_share": Fraction(6, 5)},
        {"tolerated_at_least": -1},
        {"score_possible_from": 0},
        {"score_possible_from": 9},
        {"considered_from": 0},
        {"considered_from": 91},
        {"top_rated_from": 101},
        {"recalculated_every_days": 0},
        {"clients_from": 0},
    ],
)
def test_numbers_that_contradict_each_other_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(CLASSIC, **wrong)


def test_the_limits_themselves_are_accepted() -> None:
    assert replace(CLASSIC, positive_from=Decimal(5), tolerated_share=Fraction(1))
    assert replace(CLASSIC, tolerated_share=Fraction(0), tolerated_at_least=0)
    assert replace(CLASSIC, considered_from=90, top_rated_from=90)
    assert replace(CLASSIC, score_possible_from=8)


def test_j11_a_negative_strength_is_refused() -> None:
    with pytest.raises(ValueError, match="never falls"):
        RefinedWeights(strength=Fraction(-1, 100))
    with pytest.raises(ValueError, match="never falls"):
        RefinedWeights(long_term=Fraction(-1, 100))
    assert RefinedWeights(strength=Fraction(0), long_term=Fraction(0))


@pytest.mark.parametrize(
    ("rating", "lead"), [("3.5", Fraction(-1, 6)), ("1", -1), ("2.5", Fraction(-1, 2)), ("4", 1)]
)
def test_j11_a_rating_below_the_cut_off_is_partly_negative(
    rating: str, lead: int | Fraction
) -> None:
    rules = with_options(CLASSIC, refined=True)
    contract = ClosedContract("a", AS_OF, Decimal(rating))
    assert scores_of([contract], AS_OF, rules=rules).windows[0].lead == lead
    wholly = replace(rules, weights=TieredWeights())
    whole = scores_of([contract], AS_OF, rules=wholly).windows[0].lead
    assert whole == (1 if rating == "4" else -1)


def test_j1_the_share_of_positives_in_all_that_is_counted() -> None:
    contracts = closed("+" * 7 + "-")
    assert scores_of(contracts, AS_OF).shown.score == 75
    share = scores_of(contracts, AS_OF, rules=with_options(CLASSIC, share=True))
    assert share.shown.exact == Fraction(7, 8)
    assert share.windows[0].lost == 0
