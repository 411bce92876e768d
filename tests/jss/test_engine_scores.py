"""J1, J3, J4, J6 and J12: the scores of a day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    FIRST_DAY,
    LAST_DAY,
    ClosedContract,
    ContractTable,
    Publication,
    Standing,
    first_score_of,
    publication_of,
    score_table_of,
    scores_of,
    standing_of,
    that_can_count,
)
from jss.engine.ratios import per_cent
from tests.jss import plain
from tests.jss.cases import AS_OF, CASES, closed, worked
from tests.jss.strategies import practices

LONG_AGO = AS_OF - timedelta(days=500)


@pytest.mark.parametrize("case", CASES["score"])
def test_j1_worked_scores(case: dict[str, Any]) -> None:
    scores = scores_of(worked(case), AS_OF)
    assert [window.score for window in scores.windows] == [case["score"]] * 3
    assert scores.shown.score == case["score"]


@given(practices())
@settings(max_examples=250, deadline=None)
def test_j1_to_j5_agree_with_the_plain_version(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    scores = scores_of(contracts, as_of)
    for window in scores.windows:
        expected = plain.score(contracts, as_of, window.months)
        assert (
            window.positive,
            window.negative,
            window.no_feedback_tolerated,
            window.no_feedback_counted,
            window.exact,
            window.score,
        ) == (
            expected.positive,
            expected.negative,
            expected.tolerated,
            expected.no_feedback_counted,
            expected.exact,
            expected.displayed,
        )
    assert (scores.shown.score, list(scores.shown.months)) == plain.shown(contracts, as_of)


@given(practices())
@settings(max_examples=50, deadline=None)
def test_the_numbers_of_a_window_add_up(practice: tuple[list[ClosedContract], date]) -> None:
    for window in scores_of(*practice).windows:
        assert window.counted == window.positive + window.negative + window.no_feedback_counted
        assert window.no_feedback == window.no_feedback_tolerated + window.no_feedback_counted
        assert window.closed == window.positive + window.negative + window.no_feedback


@given(st.integers(0, 400), st.integers(1, 400))
@settings(max_examples=300, deadline=None)
def test_j1_rounds_half_up_in_whole_numbers(lead: int, total: int) -> None:
    lead = min(lead, total)
    rounded = int(per_cent(np.array([lead]), np.array([total]))[0])
    assert (
        Fraction(2 * rounded - 1, 2) <= Fraction(100 * lead, total) < Fraction(2 * rounded + 1, 2)
    )


@pytest.mark.parametrize(
    ("kinds", "counted_without_feedback"),
    [
        ("+" * 5 + "0" * 2, 0),
        ("+" * 5 + "0" * 3, 1),
        ("+" * 11 + "0" * 3, 1),  # a fifth of 14 is 2.8, rounded down
        ("+" * 12 + "0" * 3, 0),  # a fifth of 15 is 3
        ("+" * 16 + "0" * 4, 0),
        ("0" * 10, 8),
    ],
)
def test_j3_two_or_a_fifth_of_the_closed_contracts_may_lack_feedback(
    kinds: str, counted_without_feedback: int
) -> None:
    window = scores_of(closed(kinds), AS_OF).windows[0]
    assert window.no_feedback_counted == counted_without_feedback


def test_j3_contracts_that_never_count_do_not_widen_the_allowance() -> None:
    flagged = [
        ClosedContract("flagged", AS_OF, client_flagged=True),
        ClosedContract("removed", AS_OF, feedback_removed=True),
    ]
    window = scores_of(closed("+" * 11 + "0" * 3) + flagged * 4, AS_OF).windows[0]
    assert (window.closed, window.no_feedback_counted) == (14, 1)


def test_j4_without_a_counted_outcome_there_is_no_score() -> None:
    scores = scores_of(closed("00"), AS_OF)
    assert [window.score for window in scores.windows] == [None] * 3
    assert (scores.shown.score, scores.shown.months, scores.shown.exact) == (None, (), None)


def test_j4_the_highest_window_is_shown() -> None:
    scores = scores_of(closed("+" * 7 + "-") + closed("+" * 12, LONG_AGO), AS_OF)
    assert [window.score for window in scores.windows] == [75, 75, 90]
    assert (scores.shown.score, scores.shown.months) == (90, (24,))


def test_j4_windows_are_compared_before_rounding() -> None:
    # 85 of 95 and 101 of 113 are both displayed as 89.
    recent = closed("+" * 90 + "-" * 5)
    older = closed("+" * 17 + "-", LONG_AGO)
    scores = scores_of(recent + older, AS_OF)
    assert [window.score for window in scores.windows] == [89, 89, 89]
    assert scores.shown.months == (6, 12)
    assert scores.shown.exact == Fraction(85, 95)


def test_j4_windows_are_compared_after_the_floor_at_0() -> None:
    scores = scores_of(closed("-") + closed("-+", LONG_AGO), AS_OF)
    assert scores.shown.score == 0
    assert scores.shown.months == (6, 12, 24)


def test_contracts_that_are_open_or_closed_later_are_ignored() -> None:
    later = closed("----", AS_OF + timedelta(days=1))
    still_open = [ClosedContract("open", None, Decimal(1))]
    assert scores_of(closed("+") + later + still_open, AS_OF) == scores_of(closed("+"), AS_OF)


def test_j7_a_day_ahead_can_be_looked_at_as_if_nothing_were_closed_until_then() -> None:
    ahead = AS_OF + timedelta(days=14)
    contracts = closed("+") + closed("-", AS_OF + timedelta(days=3))
    assert scores_of(contracts, ahead).shown.score == 0
    assert scores_of(contracts, ahead, closed_until=AS_OF).shown.score == 100


@given(st.lists(practices(most=6), max_size=5), st.data())
@settings(max_examples=60, deadline=None)
def test_many_freelancers_at_once_are_the_same_as_one_by_one(
    many: list[tuple[list[ClosedContract], date]], data: st.DataObject
) -> None:
    as_of = data.draw(st.sampled_from([day for _, day in many] or [AS_OF]))
    table = ContractTable.of([contracts for contracts, _ in many])
    shuffled = np.array(data.draw(st.permutations(range(len(table)))), dtype=np.int64)
    table = ContractTable(
        table.freelancer[shuffled],
        table.closed_on[shuffled],
        table.outcome[shuffled],
        table.freelancers,
    )
    scored = score_table_of(table, as_of)
    assert [scored.of(number) for number in range(len(many))] == [
        scores_of(contracts, as_of) for contracts, _ in many
    ]


@pytest.mark.parametrize(
    ("closed_contracts", "state"),
    [
        (0, Publication.NONE),
        (4, Publication.NONE),
        (5, Publication.POSSIBLE),
        (7, Publication.POSSIBLE),
        (8, Publication.PUBLISHED),
        (80, Publication.PUBLISHED),
    ],
)
def test_j6_the_first_score_comes_after_5_to_8_contracts(
    closed_contracts: int, state: Publication
) -> None:
    assert publication_of(closed_contracts, clients=1) is state


def test_j6_counts_all_time_but_not_what_never_counts_is_open_or_closed_later() -> None:
    contracts = [
        *closed("+0-", AS_OF - timedelta(days=4000)),
        *closed("+"),
        *closed("+", AS_OF + timedelta(days=1)),
        ClosedContract("open", None),
        ClosedContract("flagged", AS_OF, client_flagged=True),
        ClosedContract("removed", AS_OF, feedback_removed=True),
    ]
    assert [each.title for each in that_can_count(contracts, AS_OF, CLASSIC)] == [
        "+0",
        "01",
        "-2",
        "+0",
    ]
    assert first_score_of(contracts, AS_OF).closed == 4


def test_j6_what_the_first_score_would_be_and_whether_it_can_be_lifted_in_time() -> None:
    first = first_score_of(closed("++++-"), AS_OF)
    assert first.publication is Publication.POSSIBLE
    assert (first.closed, first.contracts_left) == (5, 3)
    assert first.would_be.score == 60
    assert first.positives_needed == 15
    assert not first.in_time


def test_j6_good_contracts_come_in_time_when_few_are_needed() -> None:
    first = first_score_of(closed("+000"), AS_OF)  # 1 of 2, then 9 of 10
    assert (first.contracts_left, first.positives_needed) == (4, 8)
    assert not first.in_time
    soon = first_score_of(closed("00"), AS_OF)
    assert (soon.contracts_left, soon.positives_needed, soon.in_time) == (6, 1, True)


@pytest.mark.parametrize(
    ("exact", "standing"),
    [
        (None, Standing.NO_SCORE),
        (Fraction(1), Standing.TOP_RATED_TRACK),
        (Fraction(9, 10), Standing.TOP_RATED_TRACK),
        (Fraction(897, 1000), Standing.CONSIDERED),  # displayed as 90
        (Fraction(8, 10), Standing.CONSIDERED),
        (Fraction(799, 1000), Standing.HARDLY_CONSIDERED),
        (Fraction(0), Standing.HARDLY_CONSIDERED),
    ],
)
def test_j12_thresholds_are_exact(exact: Fraction | None, standing: Standing) -> None:
    assert standing_of(exact, rules=CLASSIC) is standing


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)])
def test_a_day_out_of_range_is_refused_in_a_sentence(day: date) -> None:
    with pytest.raises(ValueError, match="Scores are worked out for"):
        scores_of(closed("+"), day)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_contract_closed_at_either_end_of_the_calendar_does_no_harm(day: date) -> None:
    assert scores_of(closed("-", day) + closed("+"), AS_OF).shown.score == 100
