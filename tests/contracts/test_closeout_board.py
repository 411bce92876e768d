"""The close-out board: the contracts by step, the due ones first."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.cadence import StepKind
from contracts.closeout.board import Board, board_rows
from contracts.closeout.wording import deadline_words, dormancy_words, due_words, escrow_words
from contracts.models import Contract
from contracts.upwork_clocks import Clock
from tests.contracts.closeout_samples import (
    NOON,
    TODAY,
    Kind,
    ago,
    at,
    at_step,
    delivered,
    happened,
    rated,
    row_of,
)
from tests.factories import (
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
    solo_actor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


def board_of(actor: Actor, only: str = "", as_of: dt.date = TODAY) -> Board:
    return Board(board_rows(actor=actor, as_of=as_of), only)


def titles(rows: list[Any]) -> list[str]:
    return [row.contract.title for row in rows]


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", StepKind)
def test_a_contract_stands_at_its_step(
    actor: Actor, freelancer: Freelancer, kind: StepKind
) -> None:
    at_step(freelancer, kind)
    (row,) = board_of(actor).due
    assert row.step
    assert (row.step.kind, row.step.due_on, row.days_overdue) == (kind, TODAY, 0)


def test_each_step_is_counted_in_the_order_of_the_cadence(
    actor: Actor, freelancer: Freelancer
) -> None:
    for kind in (StepKind.CLOSE, StepKind.PING, StepKind.ASK, StepKind.PING):
        at_step(freelancer, kind)
    ContractFactory.create(freelancer=freelancer)
    assert board_of(actor).counts == [(StepKind.ASK, 1), (StepKind.PING, 2), (StepKind.CLOSE, 1)]


def test_one_step_is_looked_at_alone(actor: Actor, freelancer: Freelancer) -> None:
    at_step(freelancer, StepKind.PING, title="Due")
    at_step(freelancer, StepKind.PING, late=-2, title="Coming")
    at_step(freelancer, StepKind.ASK, title="Another step")
    board = board_of(actor, only="ping")
    assert (titles(board.due), titles(board.coming)) == (["Due"], ["Coming"])
    assert board.counts == [(StepKind.ASK, 1), (StepKind.PING, 2)]


def test_the_longest_overdue_stands_first(actor: Actor, freelancer: Freelancer) -> None:
    for late in (0, 5, -1, 40, 2):
        at_step(freelancer, StepKind.PING, late=late, title=f"{late} late")
    board = board_of(actor)
    assert titles(board.due) == ["40 late", "5 late", "2 late", "0 late"]
    assert titles(board.coming) == ["-1 late"]


def test_what_comes_up_stands_in_order_of_its_day(actor: Actor, freelancer: Freelancer) -> None:
    for late in (-5, -1, -3):
        at_step(freelancer, StepKind.PING, late=late, title=f"{late} late")
    assert titles(board_of(actor).coming) == ["-1 late", "-3 late", "-5 late"]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0, "due today"),
        (1, "1 day overdue"),
        (12, "12 days overdue"),
        (-1, "due tomorrow"),
        (-2, "due Mar 4, 2026"),
    ],
)
def test_when_it_is_due_is_said_in_words(
    actor: Actor, freelancer: Freelancer, late: int, said: str
) -> None:
    contract = at_step(freelancer, StepKind.PING, late=late)
    assert due_words(row_of(actor, contract)) == said


def test_a_snoozed_contract_is_not_due(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING, late=3)
    happened(contract, Kind.SNOOZED, ago(1), until=ago(-1))
    board = board_of(actor)
    assert board.due == []
    assert [row.cadence.snoozed_until for row in board.coming] == [ago(-1)]


# ── Whose ────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_has_his_or_her_own_board(actor: Actor) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    member = actor_with_role("member", practice=actor.practice)
    assert manager.freelancer
    assert member.freelancer
    at_step(manager.freelancer, StepKind.ASK, title="The manager's")
    at_step(member.freelancer, StepKind.ASK, title="The member's")
    assert titles(board_of(member).due) == ["The member's"]


def test_everybodys_are_on_the_board_where_nobody_is_chosen(actor: Actor) -> None:
    team = Actor(actor.user, actor.practice, actor.membership)
    for name in ("One", "Two"):
        freelancer = FreelancerFactory.create(practice=actor.practice)
        at_step(freelancer, StepKind.ASK, title=name)
    assert titles(board_of(team).due) == ["One", "Two"]


def test_only_the_chosen_freelancers_are_on_the_board(actor: Actor, freelancer: Freelancer) -> None:
    colleague = FreelancerFactory.create(practice=actor.practice)
    at_step(colleague, StepKind.ASK, title="The colleague's")
    at_step(freelancer, StepKind.ASK, title="Mine")
    assert titles(board_of(actor).due) == ["Mine"]


def test_another_practices_contracts_are_not_on_the_board(actor: Actor) -> None:
    stranger = solo_actor()
    assert stranger.freelancer
    at_step(stranger.freelancer, StepKind.ASK)
    assert board_of(actor).rows == []


# ── Without a step ───────────────────────────────────────────────────────────────────────────────


def test_an_open_contract_waits_for_its_delivery(actor: Actor, freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer, title="Waiting")
    delivered(freelancer, 1, title="Delivered")
    closed_contract(freelancer, ago(20), "5.00", title="Closed")
    assert titles(board_of(actor).waiting_for_delivery) == ["Waiting"]


def test_one_that_goes_badly_does_not_wait_for_its_delivery(
    actor: Actor, freelancer: Freelancer
) -> None:
    """C1."""
    contract = ContractFactory.create(freelancer=freelancer)
    happened(contract, Kind.GOING_BADLY, TODAY)
    board = board_of(actor)
    assert board.waiting_for_delivery == []
    assert [row.step.kind for row in board.due if row.step] == [StepKind.END_BADLY]


@pytest.mark.parametrize("is_delivered", [True, False])
def test_what_is_taken_out_stands_apart(
    actor: Actor, freelancer: Freelancer, is_delivered: bool
) -> None:
    contract = delivered(freelancer, 9, delivered_on=ago(9) if is_delivered else None)
    happened(contract, Kind.TAKEN_OUT, ago(1))
    board = board_of(actor)
    assert [row.contract for row in board.taken_out] == [contract]
    assert (board.due, board.coming, board.waiting_for_delivery) == ([], [], [])


def test_what_is_taken_back_in_is_due_again(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    happened(contract, Kind.TAKEN_OUT, ago(3))
    happened(contract, Kind.TAKEN_BACK, ago(2))
    board = board_of(actor)
    assert (board.taken_out, len(board.due)) == ([], 1)


# ── Upwork's dormancy ────────────────────────────────────────────────────────────────────────────

ESCROW = {"kind": "fixed", "escrow": "500.00", "last_milestone_on": ago(76)}


@pytest.mark.parametrize(
    ("days_ago", "passed"),
    [
        (75, None),
        (76, Clock.FIRST_NOTICE),
        (82, Clock.FIRST_NOTICE),
        (83, Clock.SECOND_NOTICE),
        (89, Clock.SECOND_NOTICE),
        (90, Clock.DORMANT),
        (400, Clock.DORMANT),
    ],
)
def test_dormancy_comes_on_day_76_83_and_90(
    actor: Actor, freelancer: Freelancer, days_ago: int, passed: Clock | None
) -> None:
    """C7."""
    delivered(freelancer, 1, **ESCROW | {"last_milestone_on": ago(days_ago)})
    board = board_of(actor)
    (row,) = board.rows
    assert row.dormancy
    assert row.dormancy.passed == passed
    assert board.dormant_soon == ([row] if passed else [])


@pytest.mark.parametrize(
    "but",
    [
        {"kind": "hourly"},
        {"escrow": None},
        {"escrow": "0.00"},
        {"last_milestone_on": None},
        {"closed_on": ago(1)},
    ],
    ids=str,
)
def test_dormancy_is_for_an_open_fixed_price_contract_with_escrow(
    actor: Actor, freelancer: Freelancer, but: dict[str, Any]
) -> None:
    """C7."""
    delivered(freelancer, 1, **ESCROW | but)
    (row,) = board_of(actor).rows
    assert row.dormancy is None
    assert dormancy_words(row) == ""


def test_dormancy_is_said_for_a_contract_that_is_taken_out_too(
    actor: Actor, freelancer: Freelancer
) -> None:
    """C7: taking it out of our cadence does not stop Upwork's clock."""
    contract = delivered(freelancer, 1, **ESCROW)
    happened(contract, Kind.TAKEN_OUT, TODAY)
    assert [row.contract for row in board_of(actor).dormant_soon] == [contract]


def test_the_oldest_milestone_stands_first(actor: Actor, freelancer: Freelancer) -> None:
    for days in (77, 91, 80):
        milestone = {"last_milestone_on": ago(days), "title": f"{days} days"}
        delivered(freelancer, 1, **ESCROW | milestone)
    assert titles(board_of(actor).dormant_soon) == ["91 days", "80 days", "77 days"]


def test_dormancy_says_until_when_and_how_much(actor: Actor, freelancer: Freelancer) -> None:
    row = row_of(actor, delivered(freelancer, 1, **ESCROW))
    assert "dormant on Mar 16, 2026, with $500.00 in escrow" in dormancy_words(row)
    past = delivered(freelancer, 1, **ESCROW | {"last_milestone_on": ago(91)})
    assert "Dormant for Upwork since Mar 1, 2026" in dormancy_words(row_of(actor, past))


# ── Escrow ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", StepKind)
def test_where_the_advice_is_to_end_it_the_loss_of_escrow_is_said(
    actor: Actor, freelancer: Freelancer, kind: StepKind
) -> None:
    """C7."""
    contract = at_step(freelancer, kind, kind="fixed", escrow="120.50")
    is_end = kind in (StepKind.CLOSE, StepKind.END_BADLY)
    assert ("$120.50 is in escrow" in escrow_words(row_of(actor, contract))) == is_end


@pytest.mark.parametrize("but", [{"escrow": None}, {"escrow": "0.00"}, {"kind": "hourly"}], ids=str)
def test_without_escrow_of_a_fixed_price_nothing_is_said_of_it(
    actor: Actor, freelancer: Freelancer, but: dict[str, Any]
) -> None:
    """C7."""
    contract = at_step(freelancer, StepKind.CLOSE, **{"kind": "fixed", "escrow": "120.50"} | but)
    assert escrow_words(row_of(actor, contract)) == ""


# ── Feedback that can still be left ──────────────────────────────────────────────────────────────

KYIV, NEW_YORK = ZoneInfo("Europe/Kyiv"), ZoneInfo("America/New_York")
#: Closed on 16 February, the last moment is the midnight UTC that ends 2 March.
JUST_BEFORE = dt.datetime(2026, 3, 2, 23, 59, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)


@pytest.fixture
def silent(freelancer: Freelancer) -> Contract:
    return closed_contract(freelancer, ago(14))


@pytest.mark.parametrize("zone", [dt.UTC, KYIV, NEW_YORK], ids=str)
@pytest.mark.parametrize(("moment", "is_open"), [(JUST_BEFORE, True), (MIDNIGHT, False)])
def test_feedback_is_open_until_midnight_utc_wherever_one_is(
    actor: Actor, silent: Contract, zone: dt.tzinfo, moment: dt.datetime, is_open: bool
) -> None:
    """J18: in Kyiv it is the next day by then, in New York still the same one."""
    with at(moment), timezone.override(zone):
        board = board_of(actor, as_of=timezone.localdate())
        assert [row.contract for row in board.feedback_open] == ([silent] if is_open else [])


@pytest.mark.parametrize(
    ("zone", "local"),
    [(KYIV, "Mar 3, 2026, 2:00 AM"), (NEW_YORK, "Mar 2, 2026, 7:00 PM")],
    ids=str,
)
def test_the_deadline_is_said_in_both_zones(
    actor: Actor, silent: Contract, zone: dt.tzinfo, local: str
) -> None:
    with timezone.override(zone):
        said = deadline_words(row_of(actor, silent)).replace("\u202f", " ")
    assert "midnight UTC at the end of Mar 2, 2026" in said
    assert f"your {local}" in said
    assert said.endswith("12 hours left.")


def test_in_its_last_hour_the_deadline_is_not_said_to_be_over(
    actor: Actor, silent: Contract
) -> None:
    with at(dt.datetime(2026, 3, 2, 23, 40, tzinfo=dt.UTC)):
        assert deadline_words(row_of(actor, silent)).endswith("less than an hour left.")


def test_the_deadline_counts_whole_days(actor: Actor, freelancer: Freelancer) -> None:
    row = row_of(actor, closed_contract(freelancer, ago(4)))
    assert deadline_words(row).endswith("10 days left.")


def test_a_deadline_that_has_passed_is_said_as_past(actor: Actor, silent: Contract) -> None:
    with at(MIDNIGHT):
        said = deadline_words(row_of(actor, silent))
    assert said == "Feedback could be left until Mar 2, 2026."


def test_with_feedback_there_is_no_deadline(
    actor: Actor, freelancer: Freelancer, silent: Contract
) -> None:
    rated(silent, "5.00", ago(1))
    assert board_of(actor).feedback_open == []
    assert deadline_words(row_of(actor, silent)) == ""


def test_the_first_deadline_stands_first(actor: Actor, freelancer: Freelancer) -> None:
    for days in (2, 9, 5):
        closed_contract(freelancer, ago(days), title=f"{days} days ago")
    assert titles(board_of(actor).feedback_open) == ["9 days ago", "5 days ago", "2 days ago"]
