"""Writing down what happened on the way to feedback, taking it back, and changing intervals."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent, Freelancer
from contracts.cadence import StepKind
from contracts.closeout.services import (
    AFTER_DELIVERY,
    CLOSEOUT_CHANGED,
    INTERVALS_CHANGED,
    closeout_delete,
    closeout_record,
    intervals_change,
)
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract
from contracts.models.closeout import INTERVAL_FIELDS
from contracts.services import contract_change
from contracts.undo import event_undo, undoable_event
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
    step_of,
)
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def contract(freelancer: Freelancer) -> Contract:
    return delivered(freelancer, 10, title="Logo")


def problems(actor: Actor, contract: Contract, **event: Any) -> dict[str, list[str]]:
    """What the service says of it, by field; nothing may be written then."""
    before = CloseoutEvent.objects.count(), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as caught:
        closeout_record(actor=actor, contract=contract, **{"happened_on": TODAY} | event)
    assert (CloseoutEvent.objects.count(), AuditEvent.objects.count()) == before
    return caught.value.message_dict


def newest() -> AuditEvent:
    event = AuditEvent.objects.first()
    assert event is not None
    return event


# ── What is written ──────────────────────────────────────────────────────────────────────────────


def test_an_event_is_written_with_its_author(actor: Actor, contract: Contract) -> None:
    closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=ago(2))
    row = CloseoutEvent.objects.select_related("author", "practice", "contract").get()
    assert (row.kind, row.happened_on, row.until, row.link) == ("pinged", ago(2), None, "")
    assert (row.author, row.practice, row.contract) == (actor.user, actor.practice, contract)


def test_a_snooze_is_written_with_its_end(actor: Actor, contract: Contract) -> None:
    closeout_record(
        actor=actor, contract=contract, kind=Kind.SNOOZED, happened_on=TODAY, until=ago(-4)
    )
    assert CloseoutEvent.objects.get().until == ago(-4)


def test_the_trail_says_who_did_what_for_whom(
    actor: Actor, freelancer: Freelancer, contract: Contract
) -> None:
    """A8."""
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    kept = AuditEvent.objects.select_related("who", "for_freelancer").get(pk=event.pk)
    row = CloseoutEvent.objects.get()
    assert (kept.verb, kept.who, kept.for_freelancer) == (CLOSEOUT_CHANGED, actor.user, freelancer)
    assert (kept.target_id, kept.target_label) == (contract.public_id, "Logo")
    assert kept.before == {}
    assert kept.after == {
        "kind": "pinged",
        "happened_on": "2026-03-02",
        "until": None,
        "link": "",
        "event": row.public_id,
        "author": actor.user.pk,
    }


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.FEEDBACK_ASKED, Kind.OWNED_UP}))
def test_what_can_happen_while_it_is_open_is_written(
    actor: Actor, contract: Contract, kind: str
) -> None:
    until = ago(-1) if kind == Kind.SNOOZED else None
    closeout_record(actor=actor, contract=contract, kind=kind, happened_on=ago(10), until=until)
    assert kinds(contract) == [kind]


@pytest.mark.parametrize("kind", [Kind.FEEDBACK_ASKED, Kind.OWNED_UP])
def test_what_can_happen_after_the_end_is_written(
    actor: Actor, freelancer: Freelancer, kind: str
) -> None:
    contract = closed_contract(freelancer, ago(3))
    closeout_record(actor=actor, contract=contract, kind=kind, happened_on=ago(3))
    assert kinds(contract) == [kind]


@pytest.mark.parametrize("kind", [Kind.PINGED, Kind.ANSWERED, Kind.GOING_BADLY])
def test_what_happened_up_to_the_end_can_be_entered_afterwards(
    actor: Actor, freelancer: Freelancer, kind: str
) -> None:
    contract = delivered(freelancer, 10, closed_on=ago(3))
    closeout_record(actor=actor, contract=contract, kind=kind, happened_on=ago(3))
    assert kinds(contract) == [kind]


@pytest.mark.parametrize("kind", [Kind.GOING_BADLY, Kind.GOING_WELL, Kind.TAKEN_OUT])
def test_some_things_need_no_delivery(actor: Actor, freelancer: Freelancer, kind: str) -> None:
    """C1: it can go badly before anything is delivered."""
    contract = ContractFactory.create(freelancer=freelancer)
    closeout_record(actor=actor, contract=contract, kind=kind, happened_on=TODAY)
    assert kinds(contract) == [kind]


# ── Impossible orders ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", sorted(AFTER_DELIVERY))
def test_nothing_is_asked_or_answered_without_a_delivery(
    actor: Actor, freelancer: Freelancer, kind: str
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    assert problems(actor, contract, kind=kind) == {
        "happened_on": ["Nothing is delivered yet: enter the delivery first."]
    }


@pytest.mark.parametrize("kind", sorted(AFTER_DELIVERY))
def test_nothing_is_asked_or_answered_before_the_delivery(
    actor: Actor, contract: Contract, kind: str
) -> None:
    assert problems(actor, contract, kind=kind, happened_on=ago(11)) == {
        "happened_on": ["This is before the delivery."]
    }


@pytest.mark.parametrize("kind", [Kind.PINGED, Kind.TAKEN_OUT, Kind.GOING_BADLY])
def test_nothing_has_happened_on_a_day_to_come(actor: Actor, contract: Contract, kind: str) -> None:
    assert problems(actor, contract, kind=kind, happened_on=ago(-1)) == {
        "happened_on": ["This day is still to come."]
    }


@pytest.mark.parametrize("kind", [Kind.GOING_BADLY, Kind.TAKEN_OUT, Kind.PINGED])
def test_nothing_happens_before_the_start(actor: Actor, contract: Contract, kind: str) -> None:
    assert problems(actor, contract, kind=kind, happened_on=ago(201)) == {
        "happened_on": ["The contract had not started by then."]
    }


@pytest.mark.parametrize("kind", sorted(AFTER_DELIVERY | {Kind.GOING_BADLY, Kind.GOING_WELL}))
def test_the_talk_is_over_after_the_end(actor: Actor, freelancer: Freelancer, kind: str) -> None:
    contract = delivered(freelancer, 10, closed_on=ago(3))
    assert problems(actor, contract, kind=kind, happened_on=ago(2)) == {
        "happened_on": ["The contract was closed by then."]
    }


@pytest.mark.parametrize("kind", [Kind.FEEDBACK_ASKED, Kind.OWNED_UP])
def test_feedback_is_asked_for_once_it_is_closed(
    actor: Actor, contract: Contract, kind: str
) -> None:
    assert problems(actor, contract, kind=kind) == {
        "happened_on": ["The contract is still open: close it first."]
    }


@pytest.mark.parametrize("kind", [Kind.FEEDBACK_ASKED, Kind.OWNED_UP])
def test_feedback_is_not_asked_for_before_the_end(
    actor: Actor, freelancer: Freelancer, kind: str
) -> None:
    contract = closed_contract(freelancer, ago(3))
    assert problems(actor, contract, kind=kind, happened_on=ago(4)) == {
        "happened_on": ["This is before the contract's end."]
    }


def test_something_unheard_of_is_refused(actor: Actor, contract: Contract) -> None:
    assert problems(actor, contract, kind="danced") == {"kind": ["Choose what happened."]}


def test_a_snooze_needs_its_end(actor: Actor, contract: Contract) -> None:
    assert problems(actor, contract, kind=Kind.SNOOZED) == {
        "until": ["A snooze needs the day on which it ends; nothing else has one."]
    }


def test_nothing_but_a_snooze_has_an_end(actor: Actor, contract: Contract) -> None:
    assert problems(actor, contract, kind=Kind.PINGED, until=ago(-3)) == {
        "until": ["A snooze needs the day on which it ends; nothing else has one."]
    }


@pytest.mark.parametrize("until", [ago(5), TODAY])
def test_a_snooze_ends_on_a_day_to_come(actor: Actor, contract: Contract, until: dt.date) -> None:
    told = problems(actor, contract, kind=Kind.SNOOZED, happened_on=ago(7), until=until)
    assert told == {"until": ["Choose a day that is still to come."]}


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


def test_another_practices_contract_is_not_there(contract: Contract) -> None:
    with pytest.raises(Contract.DoesNotExist):
        closeout_record(actor=solo_actor(), contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    assert kinds(contract) == []


def test_a_colleagues_contract_is_not_there(actor: Actor, contract: Contract) -> None:
    member = actor_with_role("member", practice=actor.practice)
    with pytest.raises(Contract.DoesNotExist):
        closeout_record(actor=member, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    assert kinds(contract) == []


def test_a_viewer_may_only_look(actor: Actor, contract: Contract) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        closeout_record(actor=viewer, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    assert kinds(contract) == []


def test_a_viewer_takes_nothing_back(actor: Actor, contract: Contract) -> None:
    event = happened(contract, Kind.PINGED, TODAY)
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        closeout_delete(actor=viewer, event=event)
    assert kinds(contract) == ["pinged"]


def test_nobody_takes_another_practices_event_back(contract: Contract) -> None:
    event = happened(contract, Kind.PINGED, TODAY)
    with pytest.raises(Contract.DoesNotExist):
        closeout_delete(actor=solo_actor(), event=event)
    assert kinds(contract) == ["pinged"]


# ── Undo and redo ────────────────────────────────────────────────────────────────────────────────


def undo(actor: Actor, event: AuditEvent | None) -> AuditEvent:
    """Undo a change; the undo's own event."""
    assert event
    event_undo(actor=actor, event=undoable_event(actor=actor, public_id=event.public_id))
    return newest()


@pytest.mark.parametrize("kind", [Kind.PINGED, Kind.SNOOZED, Kind.TAKEN_OUT, Kind.GOING_BADLY])
def test_a_record_is_undone_and_done_again(actor: Actor, contract: Contract, kind: str) -> None:
    until = ago(-9) if kind == Kind.SNOOZED else None
    event = closeout_record(
        actor=actor, contract=contract, kind=kind, happened_on=ago(1), until=until, link="a-link"
    )
    values = ("public_id", "kind", "happened_on", "until", "link", "author")
    before = CloseoutEvent.objects.values(*values).get()
    undone = undo(actor, event)
    assert kinds(contract) == []
    undo(actor, undone)
    assert CloseoutEvent.objects.values(*values).get() == before


def test_the_step_goes_back_with_the_undo(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    assert step_of(actor, contract) == ("last_ping", ago(-14))
    undo(actor, event)
    assert step_of(actor, contract) == ("ping", TODAY)


def test_what_was_taken_back_is_put_back_with_its_author(actor: Actor, contract: Contract) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    row = happened(contract, Kind.ANSWERED, ago(3), author=manager.user)
    event = closeout_delete(actor=actor, event=row)
    assert kinds(contract) == []
    undo(actor, event)
    again = CloseoutEvent.objects.select_related("author").get()
    assert (again.kind, again.happened_on, again.author) == ("answered", ago(3), manager.user)


def test_what_is_undone_already_is_not_undone_twice(actor: Actor, contract: Contract) -> None:
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    undo(actor, event)
    with pytest.raises(ChangedSince, match="“Logo” was changed again since then"):
        undo(actor, event)


def test_an_undo_does_not_overwrite_what_was_changed_since(
    actor: Actor, contract: Contract
) -> None:
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    CloseoutEvent.objects.update(happened_on=ago(1))
    with pytest.raises(ChangedSince):
        undo(actor, event)
    assert kinds(contract) == ["pinged"]


def test_an_undo_needs_the_permission_to_change(actor: Actor, contract: Contract) -> None:
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    with pytest.raises(PermissionDenied):
        undo(actor_with_role("viewer", practice=actor.practice), event)
    assert kinds(contract) == ["pinged"]


def test_another_practices_record_is_not_there_to_undo(actor: Actor, contract: Contract) -> None:
    event = closeout_record(actor=actor, contract=contract, kind=Kind.PINGED, happened_on=TODAY)
    with pytest.raises(AuditEvent.DoesNotExist):
        undo(solo_actor(), event)


def test_a_delivery_is_undone_like_any_change_of_a_contract(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    event = contract_change(actor=actor, contract=contract, delivered_on=TODAY)
    assert step_of(actor, contract) == ("ask", TODAY)
    undo(actor, event)
    assert step_of(actor, contract) is None


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────


def change(
    *, actor: Actor, contract: Contract | None = None, **days: int | None
) -> CloseoutIntervals:
    """Set these intervals, and none of the others."""
    every = {name: days.get(name) for name in INTERVAL_FIELDS}
    return intervals_change(actor=actor, contract=contract, **every)


def test_the_practices_intervals_are_changed(actor: Actor) -> None:
    change(actor=actor, ping_days=5)
    row = CloseoutIntervals.objects.get()
    assert (row.practice_id, row.contract_id) == (actor.practice.pk, None)
    assert (row.ping_days, row.silence_days) == (5, None)


def test_they_are_changed_in_the_same_row(actor: Actor) -> None:
    change(actor=actor, ping_days=5)
    change(actor=actor, close_days=9)
    row = CloseoutIntervals.objects.get()
    assert (row.ping_days, row.close_days) == (None, 9)


def test_a_contracts_intervals_are_its_own(actor: Actor, contract: Contract) -> None:
    change(actor=actor, ping_days=5)
    change(actor=actor, contract=contract, ping_days=2)
    rows = CloseoutIntervals.objects.order_by("pk")
    assert list(rows.values_list("contract", "ping_days")) == [(None, 5), (contract.pk, 2)]


def test_the_trail_keeps_changed_intervals(actor: Actor, contract: Contract) -> None:
    """A8."""
    change(actor=actor, contract=contract, ping_days=2)
    event = newest()
    assert (event.verb, event.target_id) == (INTERVALS_CHANGED, contract.public_id)
    assert (event.before, event.after) == ({"ping_days": None}, {"ping_days": 2})
    assert event.for_freelancer_id == contract.freelancer_id


def test_the_same_intervals_again_are_no_change(actor: Actor) -> None:
    change(actor=actor, ping_days=5)
    change(actor=actor, ping_days=5)
    assert AuditEvent.objects.filter(verb=INTERVALS_CHANGED).count() == 1


@pytest.mark.parametrize("days", [0, -1, 366])
def test_an_interval_has_1_to_365_days(actor: Actor, days: int) -> None:
    with pytest.raises(ValidationError) as caught:
        change(actor=actor, ping_days=days)
    assert list(caught.value.message_dict) == ["ping_days"]
    assert not CloseoutIntervals.objects.exists()


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_owners_and_managers_change_the_practices_intervals(actor: Actor, role: str) -> None:
    change(actor=actor_with_role(role, practice=actor.practice), ping_days=5)
    assert CloseoutIntervals.objects.get().ping_days == 5


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_nobody_else_changes_the_practices_intervals(actor: Actor, role: str) -> None:
    with pytest.raises(PermissionDenied):
        change(actor=actor_with_role(role, practice=actor.practice), ping_days=5)
    assert not CloseoutIntervals.objects.exists()


def test_a_member_changes_the_intervals_of_an_own_contract(actor: Actor) -> None:
    member = actor_with_role("member", practice=actor.practice)
    assert member.freelancer
    contract = delivered(member.freelancer)
    change(actor=member, contract=contract, ping_days=2)
    assert CloseoutIntervals.objects.get().contract_id == contract.pk


def test_a_viewer_changes_no_contracts_intervals(actor: Actor, contract: Contract) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        change(actor=viewer, contract=contract, ping_days=2)


def test_nobody_changes_intervals_of_another_practices_contract(contract: Contract) -> None:
    with pytest.raises(Contract.DoesNotExist):
        change(actor=solo_actor(), contract=contract, ping_days=2)
    assert not CloseoutIntervals.objects.exists()
