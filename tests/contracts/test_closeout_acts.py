"""One click each: sent, answered, closed, snooze, and what sets a contract aside."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.cadence import StepKind
from contracts.closeout.acts import (
    ACTS_AT,
    LABELS,
    SENT_AS,
    Act,
    StepChanged,
    acts_for,
    closeout_act,
    contract_open_again,
)
from contracts.models import CloseoutEvent, Contract
from contracts.undo import event_undo
from tests.contracts.closeout_samples import (
    NOON,
    TODAY,
    Kind,
    ago,
    at,
    at_step,
    delivered,
    happened,
    kinds,
    row_of,
    step_of,
)
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


def refused(actor: Actor, contract: Contract, act: Act, step_key: str | None = None) -> bool:
    """Whether the click comes too late, and nothing at all was written."""
    before = CloseoutEvent.objects.count(), AuditEvent.objects.count()
    try:
        closeout_act(actor=actor, contract=contract, act=act, step_key=step_key)
    except StepChanged:
        assert (CloseoutEvent.objects.count(), AuditEvent.objects.count()) == before
        return True
    return False


# ── What is offered ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", StepKind)
def test_each_act_that_is_offered_at_a_step_can_be_done(
    actor: Actor, freelancer: Freelancer, step: StepKind
) -> None:
    for act in ACTS_AT[step]:
        contract = at_step(freelancer, step)
        row = row_of(actor, contract)
        assert act in acts_for(row)
        acted = closeout_act(actor=actor, contract=contract, act=act, step_key=row.key)
        assert acted.row.key != row.key


def test_sent_is_offered_where_there_is_something_to_send() -> None:
    assert {step for step, acts in ACTS_AT.items() if Act.SENT in acts} == set(SENT_AS)


def test_every_act_has_a_label() -> None:
    assert set(LABELS) == set(Act)


def test_what_is_taken_out_can_only_be_taken_back(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    happened(contract, Kind.TAKEN_OUT, TODAY)
    assert acts_for(row_of(actor, contract)) == (Act.TAKE_BACK,)


@pytest.mark.parametrize("step", [StepKind.PING, StepKind.CLOSE, StepKind.ASK_FOR_FEEDBACK])
def test_only_what_is_due_is_snoozed(actor: Actor, freelancer: Freelancer, step: StepKind) -> None:
    due = acts_for(row_of(actor, at_step(freelancer, step)))
    early = acts_for(row_of(actor, at_step(freelancer, step, late=-1)))
    assert Act.SNOOZE in due
    assert early == tuple(act for act in due if act != Act.SNOOZE)


def test_without_a_step_nothing_is_offered(actor: Actor, freelancer: Freelancer) -> None:
    assert acts_for(row_of(actor, ContractFactory.create(freelancer=freelancer))) == ()


# ── Sent ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("step", "recorded", "next_step"),
    [
        (StepKind.ASK, "asked", ("ping", ago(-7))),
        (StepKind.PING, "pinged", ("last_ping", ago(-14))),
        (StepKind.LAST_PING, "pinged", ("close", ago(-7))),
        (StepKind.ASK_FOR_FEEDBACK, "feedback_asked", None),
        (StepKind.OWN_UP, "owned_up", None),
    ],
)
def test_sent_is_what_the_step_says(
    actor: Actor,
    freelancer: Freelancer,
    step: StepKind,
    recorded: str,
    next_step: tuple[str, object] | None,
) -> None:
    """C3."""
    contract = at_step(freelancer, step)
    acted = closeout_act(actor=actor, contract=contract, act=Act.SENT)
    assert kinds(contract)[-1] == recorded
    assert CloseoutEvent.objects.latest("pk").happened_on == TODAY
    now = (acted.row.step.kind.value, acted.row.step.due_on) if acted.row.step else None
    assert now == next_step


@pytest.mark.parametrize("step", [StepKind.CLOSE, StepKind.END_BADLY])
def test_nothing_is_sent_at_a_step_without_a_message(
    actor: Actor, freelancer: Freelancer, step: StepKind
) -> None:
    assert refused(actor, at_step(freelancer, step), Act.SENT)


def test_nothing_is_sent_without_a_step(actor: Actor, freelancer: Freelancer) -> None:
    assert refused(actor, ContractFactory.create(freelancer=freelancer), Act.SENT)


# ── Twice ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("step", "act"), [(step, act) for step, acts in ACTS_AT.items() for act in acts]
)
def test_a_double_click_records_once(
    actor: Actor, freelancer: Freelancer, step: StepKind, act: Act
) -> None:
    contract = at_step(freelancer, step)
    key = row_of(actor, contract).key
    closeout_act(actor=actor, contract=contract, act=act, step_key=key)
    assert refused(actor, contract, act, step_key=key)


def test_a_double_click_on_answered_records_once_though_the_step_stays(
    actor: Actor, freelancer: Freelancer
) -> None:
    """Asked today: the ping is due in a week, with today's answer or without it (C3)."""
    contract = delivered(freelancer)
    happened(contract, CloseoutEvent.Kind.ASKED, ago(0))
    key = row_of(actor, contract).key
    closeout_act(actor=actor, contract=contract, act=Act.ANSWERED, step_key=key)
    assert row_of(actor, contract).key == key
    assert refused(actor, contract, Act.ANSWERED, step_key=key)


def test_what_is_long_overdue_can_be_taken_out_at_once(
    actor: Actor, freelancer: Freelancer
) -> None:
    """Imported from years ago: it would stand first on the board for ever."""
    old, new = delivered(freelancer, 90), delivered(freelancer, 30)
    assert Act.TAKE_OUT in acts_for(row_of(actor, old))
    assert Act.TAKE_OUT not in acts_for(row_of(actor, new))


def test_another_tab_that_shows_the_former_step_records_nothing(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = at_step(freelancer, StepKind.PING)
    key = row_of(actor, contract).key
    closeout_act(actor=actor, contract=contract, act=Act.ANSWERED, step_key=key)
    assert refused(actor, contract, Act.SENT, step_key=key)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ((Act.TAKE_OUT,), Act.TAKE_OUT),
        ((), Act.TAKE_BACK),
        ((Act.GOING_BADLY,), Act.GOING_BADLY),
        ((), Act.GOING_WELL),
        ((Act.TAKE_OUT, Act.TAKE_BACK), Act.TAKE_BACK),
        ((Act.GOING_BADLY, Act.GOING_WELL), Act.GOING_WELL),
    ],
)
def test_what_is_so_already_is_not_written_again(
    actor: Actor, freelancer: Freelancer, first: tuple[Act, ...], again: Act
) -> None:
    """These buttons name no step: a double click is known by where the contract stands."""
    contract = delivered(freelancer, 3)
    for act in first:
        closeout_act(actor=actor, contract=contract, act=act)
    assert refused(actor, contract, again)


# ── The end ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("act", "ended_by"), [(Act.CLIENT_CLOSED, "client"), (Act.CLOSED, "freelancer")]
)
def test_closing_says_who_did_it(
    actor: Actor, freelancer: Freelancer, act: Act, ended_by: str
) -> None:
    """C1."""
    contract = at_step(freelancer, StepKind.CLOSE)
    acted = closeout_act(actor=actor, contract=contract, act=act)
    contract.refresh_from_db()
    assert (contract.closed_on, contract.ended_by) == (TODAY, ended_by)
    assert acted.row.key == f"ask_for_feedback:{ago(-3)}"


@pytest.mark.parametrize("act", [Act.CLIENT_CLOSED, Act.CLOSED])
def test_a_closed_contract_is_not_closed_again(
    actor: Actor, freelancer: Freelancer, act: Act
) -> None:
    contract = closed_contract(freelancer, ago(3), ended_by="client")
    assert refused(actor, contract, act)
    contract.refresh_from_db()
    assert contract.closed_on == ago(3)


def test_closing_is_undone(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.CLOSE)
    acted = closeout_act(actor=actor, contract=contract, act=Act.CLOSED)
    event_undo(actor=actor, event=acted.event)
    contract.refresh_from_db()
    assert (contract.closed_on, contract.ended_by) == (None, "")
    assert step_of(actor, contract) == ("close", TODAY)


def test_a_contract_that_has_not_begun_is_not_closed(actor: Actor, freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer, started_on=ago(-1))
    with pytest.raises(ValidationError, match="cannot close before it starts"):
        closeout_act(actor=actor, contract=contract, act=Act.CLOSED)


# ── Opened again ─────────────────────────────────────────────────────────────────────────────────


def test_opening_again_starts_the_wait_today(actor: Actor, freelancer: Freelancer) -> None:
    """C3."""
    contract = at_step(freelancer, StepKind.CLOSE)
    closeout_act(actor=actor, contract=contract, act=Act.CLOSED)
    contract_open_again(actor=actor, contract=contract)
    assert kinds(contract)[-1] == "reopened"
    assert step_of(actor, contract) == ("ping", ago(-7))


def test_opening_an_open_contract_is_no_event(actor: Actor, freelancer: Freelancer) -> None:
    contract = delivered(freelancer, 3)
    assert contract_open_again(actor=actor, contract=contract) is None
    assert kinds(contract) == []


def test_an_opening_that_is_undone_leaves_the_end_as_it_was(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = closed_contract(freelancer, ago(5))
    before = step_of(actor, contract)
    event = contract_open_again(actor=actor, contract=contract)
    assert event
    event_undo(actor=actor, event=event)
    assert step_of(actor, contract) == before == ("ask_for_feedback", ago(2))


# ── Snooze ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", StepKind)
def test_a_snooze_lasts_a_week(actor: Actor, freelancer: Freelancer, step: StepKind) -> None:
    contract = at_step(freelancer, step)
    acted = closeout_act(actor=actor, contract=contract, act=Act.SNOOZE)
    assert CloseoutEvent.objects.latest("pk").until == ago(-7)
    assert acted.row.key == f"{step}:{ago(-7)}"
    assert not acted.row.is_due


def test_a_snooze_can_last_until_another_day(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    acted = closeout_act(actor=actor, contract=contract, act=Act.SNOOZE, until=ago(-2))
    assert acted.row.key == f"ping:{ago(-2)}"


def test_an_answer_is_offered_once_something_was_asked() -> None:
    """C2: before that it would leave the step as it is."""
    assert Act.ANSWERED not in ACTS_AT[StepKind.ASK]
    assert Act.ANSWERED in ACTS_AT[StepKind.PING]


# ── The other ways ───────────────────────────────────────────────────────────────────────────────


def test_an_answer_starts_the_wait_anew(actor: Actor, freelancer: Freelancer) -> None:
    """C3."""
    contract = at_step(freelancer, StepKind.CLOSE)
    acted = closeout_act(actor=actor, contract=contract, act=Act.ANSWERED)
    assert acted.row.key == f"ping:{ago(-7)}"


def test_going_badly_brings_the_other_advice(actor: Actor, freelancer: Freelancer) -> None:
    """C1."""
    contract = at_step(freelancer, StepKind.PING)
    acted = closeout_act(actor=actor, contract=contract, act=Act.GOING_BADLY)
    assert acted.row.key == f"end_badly:{TODAY}"
    acted = closeout_act(actor=actor, contract=contract, act=Act.GOING_WELL)
    assert acted.row.key == f"ping:{TODAY}"


def test_what_is_taken_out_has_no_step_until_it_is_back(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = at_step(freelancer, StepKind.PING)
    acted = closeout_act(actor=actor, contract=contract, act=Act.TAKE_OUT)
    assert (acted.row.step, acted.row.cadence.is_taken_out) == (None, True)
    acted = closeout_act(actor=actor, contract=contract, act=Act.TAKE_BACK)
    assert acted.row.key == f"ping:{TODAY}"


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("act", [Act.SENT, Act.CLOSED, Act.SNOOZE])
def test_a_viewer_may_only_look(actor: Actor, freelancer: Freelancer, act: Act) -> None:
    contract = at_step(freelancer, StepKind.PING)
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        closeout_act(actor=viewer, contract=contract, act=act)


@pytest.mark.parametrize("act", [Act.SENT, Act.CLOSED, Act.SNOOZE])
def test_another_practices_contract_is_not_there(freelancer: Freelancer, act: Act) -> None:
    contract = at_step(freelancer, StepKind.PING)
    with pytest.raises(Contract.DoesNotExist):
        closeout_act(actor=solo_actor(), contract=contract, act=act)


def test_the_event_of_an_act_undoes_it(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    acted = closeout_act(actor=actor, contract=contract, act=Act.SENT)
    event_undo(actor=actor, event=acted.event)
    assert kinds(contract) == ["asked"]


def test_a_link_is_kept_with_what_it_recorded(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    closeout_act(actor=actor, contract=contract, act=Act.SENT, link="f" * 64)
    assert CloseoutEvent.objects.latest("pk").link == "f" * 64
