"""J15's steps, worked out from contracts alone."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    ClosedContract,
    Outcome,
    Recovery,
    RecoveryKind,
    Standing,
    StepState,
    explanations_of,
    leaves_on,
    recovery_of,
    scores_of,
)
from jss.past_clients import PastClient, likely_to_rate
from tests.jss.strategies import practices

TODAY = dt.date(2026, 11, 21)
DONE_ON = dt.date(2026, 11, 20)


def contract(key: str, ago: int, rating: str | None, **fields: Any) -> ClosedContract:
    stars = Decimal(rating) if rating else None
    return ClosedContract(key, TODAY - dt.timedelta(ago), stars, **fields, key=key)


def good(number: int, ago: int = 20) -> list[ClosedContract]:
    return [contract(f"good {each}", ago, "5") for each in range(number)]


def silent(number: int) -> list[ClosedContract]:
    """The first is the newest."""
    return [contract(f"silent {each}", 30 + each, None) for each in range(number)]


def keys(recovery: Recovery, step: RecoveryKind) -> list[str]:
    rows = recovery.ask.rows if step == RecoveryKind.ASK else recovery.own_up.rows
    return [row.contract.key for row in rows]


# ── The order, and whether there is anything to recover ──────────────────────────────────────────


def test_j15_the_steps_stand_in_its_order() -> None:
    recovery = recovery_of([], TODAY)
    assert [step.kind for step in recovery.steps] == list(RecoveryKind)
    assert list(RecoveryKind) == ["ask", "own_up", "wait", "short_contracts"]


def test_j12_from_the_upper_threshold_on_there_is_nothing_to_recover() -> None:
    assert not recovery_of([*good(19), contract("bad", 10, "2")], TODAY).is_needed  # 90 % exactly
    assert recovery_of([*good(18), contract("bad", 10, "2")], TODAY).is_needed
    assert not recovery_of([], TODAY).is_needed


# ── Ask ──────────────────────────────────────────────────────────────────────────────────────────


def test_j3_only_what_counts_is_asked_for_and_the_rest_costs_nothing() -> None:
    recovery = recovery_of([*good(6), *silent(4)], TODAY)
    assert keys(recovery, RecoveryKind.ASK) == ["silent 0", "silent 1"]
    assert [row.key for row in recovery.ask.tolerated] == ["silent 2", "silent 3"]
    assert recovery.scores.shown.score == 75
    assert recovery.ask.state == StepState.OPEN


def test_j15_1_a_couple_is_enough_to_drop_below_a_pattern() -> None:
    ask = recovery_of([*good(6), *silent(4)], TODAY).ask
    assert ask.drops_below_pattern
    assert ask.together.score == 100
    assert ask.rows[0].after.score == 88  # one alone: 7 of 8
    assert ask.rows[0].gain_today == Fraction(25, 2)


def test_j3_without_a_pattern_nobody_has_to_be_asked() -> None:
    ask = recovery_of([*good(4), *silent(2)], TODAY).ask
    assert ask.state == StepState.NOT_NEEDED
    assert [row.key for row in ask.tolerated] == ["silent 0", "silent 1"]


def test_asking_is_done_when_the_log_says_so_of_every_contract() -> None:
    contracts = [*good(6), *silent(4)]
    half = recovery_of(contracts, TODAY, asked={"silent 0": DONE_ON}).ask
    assert half.state == StepState.OPEN
    assert [row.done_on for row in half.rows] == [DONE_ON, None]
    both = {"silent 0": DONE_ON, "silent 1": DONE_ON}
    assert recovery_of(contracts, TODAY, asked=both).ask.state == StepState.DONE
    assert recovery_of(contracts, TODAY, owned_up=both).ask.state == StepState.OPEN


def test_c1_who_ended_badly_is_not_asked_to_rate_but_owned_up_to() -> None:
    contracts = [*good(6), *silent(4), contract("bad", 9, "2")]
    recovery = recovery_of(
        contracts, TODAY, ended_badly={"silent 1", "silent 3"}, owned_up={"silent 1": DONE_ON}
    )
    assert keys(recovery, RecoveryKind.ASK) == ["silent 0"]
    assert keys(recovery, RecoveryKind.OWN_UP) == ["bad", "silent 1"]
    assert recovery.own_up.rows[1].done_on == DONE_ON
    assert [row.key for row in recovery.ask.tolerated] == ["silent 2"]
    assert not recovery.ask.drops_below_pattern


# ── Own up ───────────────────────────────────────────────────────────────────────────────────────


def test_j9_owning_up_says_what_a_changed_rating_is_worth() -> None:
    row = recovery_of([*good(7), contract("bad", 12, "2")], TODAY).own_up.rows[0]
    assert (row.contract.key, row.after.score) == ("bad", 100)
    assert row.gain_today == Fraction(25)
    assert row.leaves_on == leaves_on(TODAY - dt.timedelta(12), CLASSIC.longest_months)
    three = [*good(20), *(contract(f"bad {each}", 12, "2") for each in range(3))]
    assert recovery_of(three, TODAY).own_up.rows[0].worth == 12  # 17 of 23 to 19 of 23: 29 of 35


def test_owning_up_is_done_when_the_log_says_so() -> None:
    contracts = [*good(7), contract("bad", 12, "2")]
    assert recovery_of(contracts, TODAY).own_up.state == StepState.OPEN
    assert recovery_of(contracts, TODAY, owned_up={"bad": DONE_ON}).own_up.state == StepState.DONE
    assert recovery_of(good(7), TODAY).own_up.state == StepState.NOT_NEEDED


# ── Wait ─────────────────────────────────────────────────────────────────────────────────────────


def test_j10_waiting_says_when_the_last_negative_leaves_and_the_score_then() -> None:
    bad = contract("bad", 100, "2")
    wait = recovery_of([*good(3), bad], TODAY).wait
    assert wait.until == leaves_on(TODAY - dt.timedelta(100), 6)
    assert (wait.score_then and wait.score_then.score, wait.needed_then) == (100, 0)
    assert wait.needed_now == 16
    assert wait.reaches_on == wait.until
    assert wait.state == StepState.OPEN


def test_good_ones_needed_until_then_count_what_is_left_on_that_day() -> None:
    # Six months on, the three silent ones are still there, and one of them counts.
    contracts = [contract("bad", 170, "2"), *silent(3)]
    wait = recovery_of(contracts, TODAY).wait
    assert wait.score_then
    assert wait.score_then.score == 0
    assert wait.needed_then == 9


def test_j10_waiting_is_done_once_the_shortest_window_holds_no_negative() -> None:
    wait = recovery_of([*good(3), contract("bad", 300, "2")], TODAY).wait
    assert (wait.until, wait.state) == (None, StepState.DONE)
    assert recovery_of(good(3), TODAY).wait.state == StepState.NOT_NEEDED


# ── The last resort ──────────────────────────────────────────────────────────────────────────────


def test_j15_4_short_contracts_are_for_below_80_per_cent_only() -> None:
    below = recovery_of([*good(7), contract("bad", 12, "2")], TODAY)  # 75 %
    assert below.standing == Standing.HARDLY_CONSIDERED
    assert below.short_contracts.state == StepState.OPEN
    at_80 = recovery_of([*good(9), contract("bad", 12, "2")], TODAY)
    assert at_80.short_contracts.state == StepState.NOT_NEEDED


def client(name: str, closed: int, rated: int, negative: int = 0, ago: int = 9) -> PastClient:
    return PastClient(name, name, closed, rated, negative, TODAY - dt.timedelta(ago))


def test_j15_4_clients_who_rate_most_of_their_contracts_come_first() -> None:
    clients = [
        client("half", 4, 2),
        client("most", 3, 2),
        client("poorly", 3, 3, negative=1),
        client("always", 3, 3),
        client("lately", 3, 2, ago=1),
    ]
    assert [each.name for each in likely_to_rate(clients)] == ["always", "lately", "most"]


# ── Whatever the contracts ───────────────────────────────────────────────────────────────────────


@st.composite
def recoveries(draw: st.DrawFn) -> tuple[list[ClosedContract], dt.date, Recovery]:
    contracts, as_of = draw(practices())
    contracts = [replace(row, key=row.title) for row in contracts]
    some = st.sets(st.sampled_from([row.key for row in contracts])) if contracts else st.just(set())
    days = dict.fromkeys(draw(some), as_of)
    recovery = recovery_of(
        contracts, as_of, asked=days, owned_up=days, ended_badly=draw(some), rules=CLASSIC
    )
    return contracts, as_of, recovery


@given(recoveries())
def test_every_contract_stands_in_one_place_at_most(
    made: tuple[list[ClosedContract], dt.date, Recovery],
) -> None:
    _, _, recovery = made
    rows = [*recovery.ask.rows, *recovery.own_up.rows]
    found = [*(row.contract.key for row in rows), *(row.key for row in recovery.ask.tolerated)]
    assert len(found) == len(set(found))


@given(recoveries())
def test_j2_what_never_counts_or_is_open_never_appears(
    made: tuple[list[ClosedContract], dt.date, Recovery],
) -> None:
    _, as_of, recovery = made
    rows = [row.contract for row in (*recovery.ask.rows, *recovery.own_up.rows)]
    for row in (*rows, *recovery.ask.tolerated):
        assert not row.client_flagged
        assert not row.feedback_removed
        assert row.closed_on
        assert row.closed_on <= as_of


@given(recoveries())
def test_every_negative_that_counts_is_owned_up_to_and_every_gain_is_real(
    made: tuple[list[ClosedContract], dt.date, Recovery],
) -> None:
    contracts, as_of, recovery = made
    counted = {
        each.contract.key
        for each in explanations_of(contracts, as_of)
        if each.contract.outcome() == Outcome.NEGATIVE and each.windows[-1].leaves_on
    }
    assert counted <= set(keys(recovery, RecoveryKind.OWN_UP))
    for row in (*recovery.ask.rows, *recovery.own_up.rows):
        supposed = [
            replace(each, rating=Decimal(5)) if each.key == row.contract.key else each
            for each in contracts
        ]
        assert scores_of(supposed, as_of).shown == row.after
        assert row.gain_today is None or row.gain_today >= 0


@given(recoveries())
def test_waiting_and_the_good_ones_needed_reach_the_target_on_that_day(
    made: tuple[list[ClosedContract], dt.date, Recovery],
) -> None:
    contracts, as_of, recovery = made
    wait = recovery.wait
    if wait.until and wait.needed_then is not None:
        known = [row for row in contracts if row.closed_on is None or row.closed_on <= as_of]
        new = [ClosedContract("", wait.until, Decimal(5))] * wait.needed_then
        then = scores_of([*known, *new], wait.until).shown.exact
        assert then is not None
        assert then * 100 >= CLASSIC.top_rated_from
        if new:
            fewer = scores_of([*known, *new[1:]], wait.until).shown.exact
            assert fewer is None or fewer * 100 < CLASSIC.top_rated_from
