"""J8 and J9: what lifts a score."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    NEVER,
    ClosedContract,
    ContractTable,
    positives_needed,
    positives_needed_by_all,
    reversals_of,
    scores_of,
    tallies_at,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, CASES, closed, worked
from tests.jss.strategies import practices


@pytest.mark.parametrize("case", CASES["positives_needed"])
def test_j8_worked_numbers(case: dict[str, Any]) -> None:
    assert positives_needed(worked(case), AS_OF, case["target"]) == case["k"]


@given(practices(), st.integers(1, 97) | st.just(90))
@settings(max_examples=120, deadline=None)
def test_j8_is_the_number_found_by_closing_one_good_contract_after_another(
    practice: tuple[list[ClosedContract], date], target: int
) -> None:
    contracts, as_of = practice
    expected = plain.positives_needed(contracts, as_of, target)
    assert positives_needed(contracts, as_of, target) == expected


@given(practices(most=8))
@settings(max_examples=60, deadline=None)
def test_j8_all_of_a_hundred_per_cent_or_nothing(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    assert positives_needed(contracts, as_of, 100) == plain.positives_needed(contracts, as_of, 100)


@given(practices(), st.integers(1, 99))
@settings(max_examples=80, deadline=None)
def test_j8_so_many_are_enough_and_one_fewer_is_not(
    practice: tuple[list[ClosedContract], date], target: int
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    needed = positives_needed(contracts, as_of, target)
    assert needed is not None

    def reached(more: int) -> bool:
        exact = scores_of(known + [plain.five_stars(as_of)] * more, as_of).shown.exact
        return exact is not None and exact * 100 >= target

    assert reached(needed)
    assert needed == 0 or not reached(needed - 1)


def test_j8_the_allowance_of_j3_grows_with_the_good_contracts() -> None:
    # 4 good, 4 without feedback: two are counted until there are 15 closed, one until 20.
    assert positives_needed(closed("++++0000"), AS_OF, 100) == 12
    assert positives_needed(closed("++++0000"), AS_OF, 90) == 7  # 11 of 12


@given(st.integers(0, 9), st.integers(0, 3), st.integers(0, 9), st.integers(50, 97))
@settings(max_examples=150, deadline=None)
def test_j8_holds_where_much_feedback_is_missing(
    good: int, bad: int, silent: int, target: int
) -> None:
    contracts = closed("+" * good + "-" * bad + "0" * silent)
    expected = plain.positives_needed(contracts, AS_OF, target)
    assert positives_needed(contracts, AS_OF, target) == expected


def test_j8_takes_the_window_that_gets_there_first() -> None:
    contracts = closed("+") + closed("-" * 9, AS_OF - timedelta(days=300))
    assert positives_needed(contracts, AS_OF, 100) == 0


def test_j8_a_target_can_be_a_fraction() -> None:
    contracts = closed("+" * 179 + "-")  # 178 of 180 = 98.89 %
    assert positives_needed(contracts, AS_OF, Fraction(17800, 180)) == 0
    assert positives_needed(contracts, AS_OF, Fraction(17801, 180)) == 1


@pytest.mark.parametrize("target", [0, -1, 101, Fraction(1001, 10)])
def test_j8_a_target_outside_the_scale_is_refused(target: int | Fraction) -> None:
    with pytest.raises(ValueError, match="target"):
        positives_needed([], AS_OF, target)


def test_j8_for_many_freelancers_at_once() -> None:
    table = ContractTable.of([closed("+" * 7 + "-"), [], closed("-"), closed("+")])
    tallies = tallies_at(table, AS_OF)
    assert positives_needed_by_all(tallies, 90).tolist() == [12, 1, 19, 0]
    assert positives_needed_by_all(tallies, 100).tolist() == [NEVER, 1, NEVER, 0]


@pytest.mark.parametrize("case", CASES["reversal"])
def test_j9_worked_reversals(case: dict[str, Any]) -> None:
    for reversal in reversals_of(worked(case), AS_OF):
        assert reversal.after.shown.score == case["after"]
        assert reversal.worth == 10  # "about ten new contracts at 20–30 outcomes"


@given(practices())
@settings(max_examples=100, deadline=None)
def test_j9_is_the_score_with_that_contract_rated_five_stars(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    for reversal in reversals_of(contracts, as_of):
        others = [each for each in contracts if each is not reversal.contract]
        assert reversal.contract.closed_on is not None
        better = [*others, plain.five_stars(reversal.contract.closed_on)]
        assert reversal.after == scores_of(better, as_of)
        assert reversal.before == scores_of(contracts, as_of)


@given(practices())
@settings(max_examples=100, deadline=None)
def test_j9_lists_every_negative_outcome_that_counts_oldest_first(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    negative = [
        each
        for each in contracts
        if plain.in_window(each, as_of, 24) and each.rating is not None and each.rating < 4
    ]
    listed = [reversal.contract for reversal in reversals_of(contracts, as_of)]
    assert listed == sorted(negative, key=lambda each: each.closed_on or date.max)


@given(practices())
@settings(max_examples=60, deadline=None)
def test_j9_worth_is_the_fewest_new_contracts_that_lift_the_score_as_far(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)

    def lifted(more: int) -> Fraction:
        return scores_of(known + [plain.five_stars(as_of)] * more, as_of).shown.exact or Fraction(0)

    for reversal in reversals_of(contracts, as_of):
        reached = reversal.after.shown.exact
        assert reached is not None
        if reversal.worth is None:
            assert reached == 1
            assert lifted(1000) < 1
        else:
            assert lifted(reversal.worth) >= reached
            assert reversal.worth == 0 or lifted(reversal.worth - 1) < reached
