"""J4 over time: the steps of a chart; and which contract counts where, and why not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    ClosedContract,
    ContractTable,
    History,
    Reason,
    Step,
    explanations_of,
    histories_of,
    history_of,
    scores_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices


def on_each_day(line: tuple[Step, ...], first: date, last: date) -> list[int | None]:
    """The values of a step line, day by day."""
    by_date = {step.date: step.score for step in line}
    values: list[int | None] = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        values.append(by_date[day] if day in by_date else values[-1])
    return values


@given(practices(), st.integers(-500, 100), st.integers(0, 250))
@settings(max_examples=30, deadline=None)
def test_j4_the_lines_agree_with_walking_every_day(
    practice: tuple[list[ClosedContract], date], begin: int, length: int
) -> None:
    contracts, as_of = practice
    first = as_of + timedelta(days=begin)
    last = first + timedelta(days=length)
    known = plain.known_at(contracts, as_of)
    expected = [
        plain.displayed(known, first + timedelta(days=ahead)) for ahead in range(length + 1)
    ]
    made = history_of(contracts, first, last, as_of=as_of)
    for months in plain.MONTHS:
        assert on_each_day(made.windows[months], first, last) == [day[months] for day in expected]
    assert on_each_day(made.shown, first, last) == [day[0] for day in expected]


def test_j4_a_line_has_a_step_on_the_first_day_and_then_only_where_it_changes() -> None:
    contracts = closed("+", date(2026, 3, 1)) + closed("+", date(2026, 3, 5))
    made = history_of(contracts, date(2026, 2, 1), AS_OF, as_of=AS_OF)
    assert made == History(
        windows={
            6: (
                Step(date(2026, 2, 1), None),
                Step(date(2026, 3, 1), 100),
                Step(date(2026, 9, 5), None),
            ),
            12: (Step(date(2026, 2, 1), None), Step(date(2026, 3, 1), 100)),
            24: (Step(date(2026, 2, 1), None), Step(date(2026, 3, 1), 100)),
        },
        shown=(Step(date(2026, 2, 1), None), Step(date(2026, 3, 1), 100)),
    )


def test_j10_beyond_the_as_of_date_the_lines_are_a_forecast() -> None:
    contracts = closed("-", date(2026, 11, 1)) + closed("-", date(2026, 11, 25))
    made = history_of(
        contracts, AS_OF, date(2026, 12, 31), as_of=AS_OF, assumed=[date(2026, 12, 1)] * 3
    )
    assert made.shown == (Step(AS_OF, 0), Step(date(2026, 12, 1), 50))


@given(st.lists(practices(most=5), max_size=4))
@settings(max_examples=25, deadline=None)
def test_many_freelancers_at_once_are_the_same_as_one_by_one(
    many: list[tuple[list[ClosedContract], date]],
) -> None:
    as_of = many[0][1] if many else AS_OF
    first = as_of - timedelta(days=200)
    made = histories_of(
        ContractTable.of([contracts for contracts, _ in many]), first, as_of, as_of=as_of
    )
    assert [made.of(number) for number in range(len(many))] == [
        history_of(contracts, first, as_of, as_of=as_of) for contracts, _ in many
    ]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="span"):
        history_of([], AS_OF, AS_OF - timedelta(days=1), as_of=AS_OF)


def reasons(contract: ClosedContract, *others: ClosedContract) -> list[Reason]:
    first, *_ = explanations_of([contract, *others], AS_OF)
    assert first.contract is contract
    return [window.reason for window in first.windows]


@pytest.mark.parametrize(
    ("contract", "reason"),
    [
        (ClosedContract("a", AS_OF, Decimal(4)), Reason.POSITIVE),
        (ClosedContract("a", AS_OF, Decimal(3)), Reason.NEGATIVE),
        (ClosedContract("a", AS_OF), Reason.NO_FEEDBACK_TOLERATED),
        (ClosedContract("a", AS_OF, Decimal(4), client_flagged=True), Reason.CLIENT_FLAGGED),
        (ClosedContract("a", AS_OF, Decimal(4), feedback_removed=True), Reason.FEEDBACK_REMOVED),
        (ClosedContract("a", None, Decimal(4)), Reason.OPEN),
        (ClosedContract("a", AS_OF + timedelta(days=1), Decimal(4)), Reason.CLOSED_LATER),
        (ClosedContract("a", date(2024, 11, 21), Decimal(4)), Reason.OUTSIDE_WINDOW),
    ],
)
def test_each_contract_says_why_it_counts_or_does_not(
    contract: ClosedContract, reason: Reason
) -> None:
    assert reasons(contract) == [reason] * 3


def test_a_contract_can_count_in_one_window_and_be_outside_of_another() -> None:
    assert reasons(ClosedContract("a", date(2025, 11, 22), Decimal(4))) == [
        Reason.OUTSIDE_WINDOW,
        Reason.POSITIVE,
        Reason.POSITIVE,
    ]


def test_j3_the_oldest_contracts_without_feedback_are_the_tolerated_ones() -> None:
    days = [date(2026, 10, 3), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 2)]
    silent = [ClosedContract(f"{number}", day) for number, day in enumerate(days)]
    by_title = {
        each.contract.title: each.windows[0].reason for each in explanations_of(silent, AS_OF)
    }
    assert by_title == {
        "0": Reason.NO_FEEDBACK_COUNTED,
        "1": Reason.NO_FEEDBACK_TOLERATED,
        "2": Reason.NO_FEEDBACK_TOLERATED,
        "3": Reason.NO_FEEDBACK_COUNTED,
    }


@given(practices())
@settings(max_examples=60, deadline=None)
def test_the_explanations_add_up_to_the_scores(
    practice: tuple[list[ClosedContract], date],
) -> None:
    contracts, as_of = practice
    explained = explanations_of(contracts, as_of)
    for position, window in enumerate(scores_of(contracts, as_of).windows):
        given_reasons = [each.windows[position].reason for each in explained]
        assert given_reasons.count(Reason.POSITIVE) == window.positive
        assert given_reasons.count(Reason.NEGATIVE) == window.negative
        assert given_reasons.count(Reason.NO_FEEDBACK_TOLERATED) == window.no_feedback_tolerated
        assert given_reasons.count(Reason.NO_FEEDBACK_COUNTED) == window.no_feedback_counted
        assert sum(reason.counts for reason in given_reasons) == window.counted


def test_j5_each_contract_says_when_it_leaves_the_windows_that_hold_it() -> None:
    (explained,) = explanations_of([ClosedContract("a", date(2026, 1, 31), Decimal(4))], AS_OF)
    assert [window.leaves_on for window in explained.windows] == [
        None,
        date(2027, 1, 31),
        date(2028, 1, 31),
    ]
