"""What-if: the scenario against the same contracts written out by hand, one day at a time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    Answer,
    ClosedContract,
    ContractTable,
    Scenario,
    assumed_closings,
    is_changeable,
    leaves_on,
    outlook_of,
    positives_needed,
    reachable_on,
    roadmap_of,
    scenario_apply,
    scores_of,
    what_if_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices

type Supposed = tuple[list[ClosedContract], Scenario]


@st.composite
def scenarios(draw: st.DrawFn) -> Supposed:
    """A freelancer's contracts with keys, and something supposed of some of them."""
    contracts, as_of = draw(practices(most=10))
    contracts = [replace(one, key=f"key {place}") for place, one in enumerate(contracts)]
    wishes = [draw(st.sampled_from([None, None, "+", "-", "out"])) for _ in contracts]
    few = st.integers(0, 4)
    named = {
        kind: frozenset(
            one.key for one, wish in zip(contracts, wishes, strict=True) if wish == kind
        )
        for kind in ("+", "-", "out")
    }
    scenario = Scenario(
        as_of=as_of,
        good=draw(few),
        bad=draw(few),
        silent=draw(few),
        monthly=draw(st.integers(0, 2)),
        months=draw(st.integers(0, 3)),
        positive=named["+"],
        negative=named["-"],
        removed=named["out"],
    )
    return contracts, scenario


def by_hand(contracts: list[ClosedContract], scenario: Scenario) -> list[ClosedContract]:
    """The contracts as they would be, written down one after the other."""
    rows = []
    for one in contracts:
        if one.key in scenario.removed:
            continue
        rating = one.rating
        if one.key in scenario.positive:
            rating = Decimal("4.7")
        if one.key in scenario.negative:
            rating = Decimal("2.2")
        rows.append(
            ClosedContract(
                one.title, one.closed_on, rating, one.client_flagged, one.feedback_removed
            )
        )
    for number, rating in (
        (scenario.good, Decimal("4.1")),
        (scenario.bad, Decimal("3.9")),
        (scenario.silent, None),
    ):
        rows += [ClosedContract("", scenario.as_of, rating) for _ in range(number)]
    return rows


def check_answer(
    answer: Answer, rows: list[ClosedContract], as_of: date, assumed: tuple[date, ...]
) -> None:
    for window in answer.scores.windows:
        expected = plain.score(rows, as_of, window.months)
        assert (window.exact, window.score) == (expected.exact, expected.displayed)
        assert window.no_feedback_counted == expected.no_feedback_counted
    assert (answer.scores.shown.score, list(answer.scores.shown.months)) == plain.shown(rows, as_of)
    until = as_of
    while plain.start_of_window(until, 24) < as_of:
        until += timedelta(days=1)
    walked = [one for one in plain.roadmap(rows, as_of, assumed) if one.date <= until]
    told = [
        plain.PlainEntry(
            entry.date,
            entry.months,
            frozenset(contract.title for contract in entry.left),
            entry.score_before,
            entry.score_after,
            entry.shown_before,
            entry.shown_after,
        )
        for entry in answer.roadmap
    ]
    assert told == walked


@given(scenarios())
@settings(max_examples=40, deadline=None)
def test_j1_to_j10_before_and_after_agree_with_walking_every_day(supposed: Supposed) -> None:
    contracts, scenario = supposed
    made = what_if_of(contracts, scenario, 90)
    check_answer(made.before, contracts, scenario.as_of, ())
    rows = by_hand(contracts, scenario)
    assumed = assumed_closings(scenario.as_of, scenario.monthly, months=scenario.months)
    check_answer(made.after, rows, scenario.as_of, assumed)
    everything = plain.known_at(rows, scenario.as_of) + [plain.five_stars(day) for day in assumed]
    check_outlook(made.after, everything, scenario.as_of)


def check_outlook(answer: Answer, everything: list[ClosedContract], as_of: date) -> None:
    """J10: the first day at 90 %, walked."""
    day, reached = as_of, None
    while plain.start_of_window(day, 24) <= as_of:
        exact = [one.exact for one in plain.scores(everything, day).values() if one.exact]
        if exact and max(exact) >= Fraction(9, 10):
            reached = day
            break
        if plain.start_of_window(day, 24) == as_of:
            break
        day += timedelta(days=1)
    assert answer.outlook.reaches_target_on == reached


@given(scenarios())
@settings(max_examples=100, deadline=None)
def test_the_columns_are_those_of_the_contracts_as_they_would_be(supposed: Supposed) -> None:
    contracts, scenario = supposed
    made = what_if_of(contracts, scenario, 90)
    rows = scenario_apply(contracts, scenario)
    assert made.after.contracts == rows
    assert made.after.scores == scores_of(rows, scenario.as_of)
    assert made.after.roadmap == roadmap_of(
        rows, scenario.as_of, assumed=scenario.assumed, until=leaves_on(scenario.as_of, 24)
    )


def test_without_suppositions_nothing_is_different() -> None:
    contracts = closed("+++-0")
    made = what_if_of(contracts, Scenario(as_of=AS_OF), 90)
    assert scenario_apply(contracts, Scenario(as_of=AS_OF)) == tuple(contracts)
    assert made.after.scores == made.before.scores == scores_of(contracts, AS_OF)
    until = date(2028, 11, 21)
    assert made.after.roadmap == made.before.roadmap == roadmap_of(contracts, AS_OF, until=until)
    assert made.after.outlook == outlook_of(contracts, AS_OF, 90, until=until)


def test_j8_twelve_good_ones_lift_six_of_eight_to_90() -> None:
    contracts = closed("+" * 7 + "-")
    made = what_if_of(contracts, Scenario(as_of=AS_OF, good=12), 90)
    assert (made.before.scores.shown.score, made.after.scores.shown.score) == (75, 90)
    assert made.after.outlook.reaches_target_on == AS_OF
    one_less = what_if_of(contracts, Scenario(as_of=AS_OF, good=11), 90)
    assert one_less.after.outlook.reaches_target_on != AS_OF


def test_j9_a_reversal_adds_two_and_costs_nothing() -> None:
    contracts = [replace(one, key=one.title) for one in closed("+" * 7 + "-")]
    made = what_if_of(contracts, Scenario(as_of=AS_OF, positive=frozenset({"-7"})), 90)
    after = made.after.scores.windows[0]
    assert (after.positive, after.negative, after.counted) == (8, 0, 8)


def test_j3_added_silent_contracts_cost_nothing_until_they_are_a_pattern() -> None:
    contracts = closed("+" * 7 + "-")
    scores = [
        what_if_of(contracts, Scenario(as_of=AS_OF, silent=number), 90).after.scores.shown.exact
        for number in range(4)
    ]
    assert scores == [Fraction(6, 8), Fraction(6, 8), Fraction(6, 8), Fraction(6, 9)]


def test_j2_what_never_counts_stays_so_whatever_its_rating() -> None:
    flagged = ClosedContract("flagged", AS_OF, Decimal(1), client_flagged=True, key="f")
    open_ = ClosedContract("open", None, key="o")
    contracts = [*closed("+-"), flagged, open_]
    made = what_if_of(contracts, Scenario(as_of=AS_OF, positive=frozenset({"f", "o"})), 90)
    assert made.after.scores == made.before.scores
    assert not is_changeable(flagged)
    assert not is_changeable(open_)
    assert is_changeable(contracts[0])


def test_an_added_contract_leaves_the_window_with_neither_title_nor_key() -> None:
    made = what_if_of(closed("+"), Scenario(as_of=AS_OF, bad=1), 90)
    left = {(one.title, one.key) for entry in made.after.roadmap for one in entry.left}
    assert ("", "") in left


@pytest.mark.parametrize("field", ["good", "bad", "silent", "monthly", "months"])
def test_a_scenario_has_no_negative_numbers(field: str) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Scenario(as_of=AS_OF, **{field: -1})  # type: ignore[arg-type]


@pytest.mark.parametrize(("one", "other"), [("positive", "removed"), ("negative", "positive")])
def test_of_one_contract_one_thing_is_supposed(one: str, other: str) -> None:
    both = {one: frozenset({"a"}), other: frozenset({"a"})}
    with pytest.raises(ValueError, match="only one thing"):
        Scenario(as_of=AS_OF, **both)  # type: ignore[arg-type]


def test_an_unknown_contract_is_named() -> None:
    scenario = Scenario(as_of=AS_OF, removed=frozenset({"nobody's"}))
    with pytest.raises(ValueError, match="nobody's"):
        scenario_apply(closed("+"), scenario)


@given(practices(most=8), st.sampled_from([50, 99, 100]))
@settings(max_examples=40, deadline=None)
def test_j8_reachable_on_agrees_with_asking_every_day(
    practice: tuple[list[ClosedContract], date], target: int
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    day = as_of
    while positives_needed(known, day, target) is None:
        day += timedelta(days=1)
    assert reachable_on(contracts, as_of, target) == day
    if target < 100:
        assert day == as_of


def test_j8_100_is_out_of_reach_until_the_shortest_window_has_no_negative() -> None:
    contracts = closed("+-", on=date(2026, 8, 31))
    assert positives_needed(contracts, AS_OF, 100) is None
    assert reachable_on(contracts, AS_OF, 100) == date(2027, 3, 1)  # J5


def test_j8_what_closes_later_is_not_known_when_looking_ahead() -> None:
    contracts = closed("+-", on=date(2026, 8, 31)) + closed("-", on=date(2026, 12, 24))
    assert reachable_on(contracts, AS_OF, 100) == date(2027, 3, 1)


def test_j8_the_last_negative_to_leave_decides() -> None:
    days = [date(2026, month, 10) for month in range(6, 12)]
    contracts = [one for day in days for one in closed("-", on=day)]
    assert reachable_on(contracts, AS_OF, 100) == date(2027, 5, 10)


def test_j2_an_open_contract_stands_in_no_column_as_closed() -> None:
    contracts = [ClosedContract("open", None, Decimal(1)), *closed("+", on=date(1969, 12, 31))]
    assert np.isnat(ContractTable.of_one(contracts).closed_on).tolist() == [True, False]
    assert ContractTable.of_one(contracts).closed_on[1] == np.datetime64("1969-12-31")
