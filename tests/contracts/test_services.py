"""Changes to a contract and its feedback: validated, audited, undone and redone."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from contracts.locked_changes import contracts_locked, feedback_write
from contracts.models import Contract, Feedback
from contracts.services import change_undo, contract_change, feedback_change, rating_set
from tests.factories import (
    ClientFactory,
    ContractFactory,
    actor_with_role,
    solo_actor,
)

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def contract(actor: Actor) -> Contract:
    return ContractFactory.create(freelancer=actor.freelancer, title="Logo")


def stored(contract: Contract) -> Contract:
    return Contract.objects.select_related("client").get(pk=contract.pk)


def feedback_of(contract: Contract) -> Feedback | None:
    return Feedback.objects.filter(contract=contract).first()


def test_a_change_is_stored_and_the_instance_follows(actor: Actor, contract: Contract) -> None:
    contract_change(actor=actor, contract=contract, closed_on=DAY, ended_by="client")
    assert (stored(contract).closed_on, stored(contract).ended_by) == (DAY, "client")
    assert (contract.closed_on, contract.ended_by) == (DAY, "client")


def test_the_trail_holds_the_changed_fields_only(actor: Actor, contract: Contract) -> None:
    event = contract_change(actor=actor, contract=contract, closed_on=DAY, title="Logo")
    assert event is not None
    assert (event.before, event.after) == ({"closed_on": None}, {"closed_on": "2026-03-01"})
    assert (event.verb, event.target_id) == ("contract.changed", contract.public_id)
    assert (event.who, event.for_freelancer) == (actor.user, actor.freelancer)


def test_nothing_changed_writes_nothing(actor: Actor, contract: Contract) -> None:
    assert contract_change(actor=actor, contract=contract, title="Logo", closed_on=None) is None
    assert not AuditEvent.objects.exists()


def test_a_change_starts_from_the_stored_row_and_not_from_a_stale_one(
    actor: Actor, contract: Contract
) -> None:
    stale = stored(contract)
    contract_change(actor=actor, contract=contract, closed_on=DAY)
    contract_change(actor=actor, contract=stale, notes="Late")
    assert stored(contract).closed_on == DAY


def test_a_cleared_closing_date_clears_who_ended_it(actor: Actor, contract: Contract) -> None:
    contract_change(actor=actor, contract=contract, closed_on=DAY, ended_by="client")
    event = contract_change(actor=actor, contract=contract, closed_on=None)
    assert (stored(contract).closed_on, stored(contract).ended_by) == (None, "")
    assert event is not None
    assert event.before == {"closed_on": "2026-03-01", "ended_by": "client"}


def test_a_contract_may_close_on_the_day_it_starts(actor: Actor, contract: Contract) -> None:
    contract_change(actor=actor, contract=contract, started_on=DAY, closed_on=DAY)
    assert stored(contract).closed_on == DAY


def test_an_upwork_id_is_no_namesake_of_itself(actor: Actor) -> None:
    contract = ContractFactory.create(freelancer=actor.freelancer, upwork_contract_id="77")
    contract_change(actor=actor, contract=contract, upwork_contract_id="77", notes="x")
    assert stored(contract).notes == "x"


def test_another_freelancers_contract_may_have_the_same_upwork_id(
    actor: Actor, contract: Contract
) -> None:
    other = actor_with_role("member", practice=actor.practice)
    ContractFactory.create(freelancer=other.freelancer, upwork_contract_id="77")
    contract_change(actor=actor, contract=contract, upwork_contract_id="77")
    assert stored(contract).upwork_contract_id == "77"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"closed_on": "soon"}, "closed_on"),
        ({"closed_on": dt.date(2026, 1, 1)}, "closed_on"),
        ({"started_on": dt.date(2026, 2, 16)}, "started_on"),
        ({"ended_by": "nobody"}, "ended_by"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"rate": Decimal("1.001")}, "rate"),
        ({"upwork_contract_id": "77"}, "upwork_contract_id"),
    ],
)
def test_a_bad_value_is_told_per_field_and_nothing_is_changed(
    actor: Actor, changes: dict[str, object], field: str
) -> None:
    ContractFactory.create(freelancer=actor.freelancer, upwork_contract_id="77")
    contract = ContractFactory.create(
        freelancer=actor.freelancer,
        closed_on=dt.date(2026, 2, 15),
        started_on=dt.date(2026, 2, 1),
    )
    with pytest.raises(ValidationError) as caught:
        contract_change(actor=actor, contract=contract, **{"notes": "x", **changes})
    assert list(caught.value.message_dict) == [field]
    assert stored(contract).notes == ""


@time_machine.travel("2026-03-01T12:00:00Z")
def test_a_closing_date_to_come_is_refused(actor: Actor, contract: Contract) -> None:
    contract_change(actor=actor, contract=contract, closed_on=DAY)
    with pytest.raises(ValidationError, match="still to come"):
        contract_change(actor=actor, contract=contract, closed_on=dt.date(2026, 3, 2))


def test_an_open_contract_has_been_ended_by_nobody(actor: Actor, contract: Contract) -> None:
    with pytest.raises(ValidationError, match="closing date first") as caught:
        contract_change(actor=actor, contract=contract, ended_by="client")
    assert list(caught.value.message_dict) == ["ended_by"]


def test_another_practices_client_is_refused(actor: Actor, contract: Contract) -> None:
    with pytest.raises(ValidationError, match="client of this practice"):
        contract_change(actor=actor, contract=contract, client=ClientFactory.create())


def test_a_field_that_is_not_for_changing_is_a_mistake_of_the_program(
    actor: Actor, contract: Contract
) -> None:
    with pytest.raises(TypeError, match="public_id"):
        contract_change(actor=actor, contract=contract, public_id="x")


def test_a_viewer_changes_nothing(actor: Actor, contract: Contract) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert event is not None
    with pytest.raises(PermissionDenied):
        contract_change(actor=viewer, contract=contract, closed_on=DAY)
    with pytest.raises(PermissionDenied):
        rating_set(actor=viewer, contract=contract, rating=None)
    with pytest.raises(PermissionDenied):
        change_undo(actor=viewer, event=event)


@pytest.mark.parametrize("stranger", ["other practice", "member"])
def test_what_is_someone_elses_does_not_exist(
    actor: Actor, contract: Contract, stranger: str
) -> None:
    other = (
        actor_with_role("member", practice=actor.practice)
        if stranger == "member"
        else solo_actor("Else")
    )
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert event is not None
    with pytest.raises(Contract.DoesNotExist):
        contract_change(actor=other, contract=contract, closed_on=DAY)
    with pytest.raises(Contract.DoesNotExist):
        rating_set(actor=other, contract=contract, rating=None)
    with pytest.raises(AuditEvent.DoesNotExist):
        change_undo(actor=other, event=event.public_id)


def test_a_member_changes_and_undoes_his_or_her_own(actor: Actor) -> None:
    member = actor_with_role("member", practice=actor.practice)
    contract = ContractFactory.create(freelancer=member.freelancer)
    event = contract_change(actor=member, contract=contract, closed_on=DAY)
    assert event is not None
    assert change_undo(actor=member, event=event).closed_on is None


# ── Ratings ──────────────────────────────────────────────────────────────────────────────────────


def test_a_first_rating_creates_the_feedback(actor: Actor, contract: Contract) -> None:
    event = rating_set(actor=actor, contract=contract, rating=Decimal("4.85"))
    feedback = feedback_of(contract)
    assert feedback is not None
    assert (feedback.public_rating, feedback.direction) == (Decimal("4.85"), "from_client")
    assert event is not None
    assert (event.before, event.after) == ({"public_rating": None}, {"public_rating": "4.85"})
    assert event.target_id == contract.public_id


@time_machine.travel("2026-03-01T12:00:00Z")
def test_j9_another_rating_keeps_the_former_one(actor: Actor, contract: Contract) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal("2.00"))
    rating_set(actor=actor, contract=contract, rating=Decimal("5.00"))
    feedback = feedback_of(contract)
    assert feedback is not None
    assert feedback.rating_before_change == Decimal("2.00")
    assert feedback.changed_on == DAY


def test_the_same_rating_again_changes_nothing(actor: Actor, contract: Contract) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert rating_set(actor=actor, contract=contract, rating=Decimal("5.00")) is None
    feedback = feedback_of(contract)
    assert feedback is not None
    assert feedback.changed_on is None


def test_no_rating_on_a_contract_without_feedback_changes_nothing(
    actor: Actor, contract: Contract
) -> None:
    assert rating_set(actor=actor, contract=contract, rating=None) is None


@pytest.mark.parametrize("rating", ["0.99", "5.01", "4.855"])
def test_a_rating_that_upwork_does_not_give_is_refused(
    actor: Actor, contract: Contract, rating: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        rating_set(actor=actor, contract=contract, rating=Decimal(rating))
    assert list(caught.value.message_dict) == ["public_rating"]
    assert feedback_of(contract) is None


def test_other_parts_of_the_feedback_change_the_same_way(actor: Actor, contract: Contract) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal(5))
    event = feedback_change(actor=actor, contract=contract, skills=4, comment="Good")
    assert event is not None
    assert event.after == {"skills": 4, "comment": "Good"}
    change_undo(actor=actor, event=event)
    feedback = feedback_of(contract)
    assert feedback is not None
    assert (feedback.skills, feedback.comment) == (None, "")


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_undo_puts_every_field_back(actor: Actor, contract: Contract) -> None:
    other = ClientFactory.create(practice=actor.practice)
    was = stored(contract).client
    event = contract_change(
        actor=actor,
        contract=contract,
        closed_on=DAY,
        ended_by="client",
        client=other,
        earned=Decimal("10.50"),
        under_agency=True,
    )
    assert event is not None
    row = change_undo(actor=actor, event=event)
    assert row == contract
    row = stored(contract)
    assert (row.closed_on, row.ended_by, row.client) == (None, "", was)
    assert (row.earned, row.under_agency) == (None, False)


def test_an_undo_is_undone_as_a_redo_and_that_again(actor: Actor, contract: Contract) -> None:
    event = contract_change(actor=actor, contract=contract, closed_on=DAY, ended_by="client")
    assert event is not None
    change_undo(actor=actor, event=event)
    undone = AuditEvent.objects.order_by("pk").last()
    assert undone is not None
    assert undone.verb == "contract.change_undone"
    change_undo(actor=actor, event=undone.public_id)
    assert (stored(contract).closed_on, stored(contract).ended_by) == (DAY, "client")
    redone = AuditEvent.objects.order_by("pk").last()
    assert redone is not None
    assert redone.verb == "contract.changed"
    change_undo(actor=actor, event=redone)
    assert stored(contract).closed_on is None


def test_an_undone_rating_is_redone_by_a_change_like_the_first(
    actor: Actor, contract: Contract
) -> None:
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    for verb in ("feedback.change_undone", "feedback.changed"):
        assert event is not None
        change_undo(actor=actor, event=event)
        event = AuditEvent.objects.order_by("pk").last()
        assert event is not None
        assert event.verb == verb


def test_undoing_the_end_of_a_contract_takes_who_ended_it_along_and_redo_brings_both_back(
    actor: Actor, contract: Contract
) -> None:
    event = contract_change(actor=actor, contract=contract, closed_on=DAY)
    contract_change(actor=actor, contract=contract, ended_by="client")
    assert event is not None
    change_undo(actor=actor, event=event)
    assert (stored(contract).closed_on, stored(contract).ended_by) == (None, "")
    undone = AuditEvent.objects.order_by("pk").last()
    assert undone is not None
    change_undo(actor=actor, event=undone)
    assert (stored(contract).closed_on, stored(contract).ended_by) == (DAY, "client")


def test_one_lock_serves_several_changes_of_the_same_feedback(
    actor: Actor, contract: Contract
) -> None:
    with transaction.atomic():
        locked = contracts_locked(actor=actor, keys=[contract.pk])[contract.pk]
        for rating in (Decimal(5), None, Decimal(4)):
            feedback_write(actor=actor, contract=locked, changes={"public_rating": rating})
        with pytest.raises(ValidationError):
            feedback_write(actor=actor, contract=locked, changes={"public_rating": Decimal(9)})
    assert locked.feedback is not None
    assert locked.feedback.public_rating == 4
    assert Feedback.objects.get().public_rating == 4


def test_several_levels_are_undone_newest_first(actor: Actor, contract: Contract) -> None:
    first = contract_change(actor=actor, contract=contract, notes="one")
    second = contract_change(actor=actor, contract=contract, notes="two")
    assert first is not None
    assert second is not None
    change_undo(actor=actor, event=second)
    change_undo(actor=actor, event=first)
    assert stored(contract).notes == ""


def test_what_was_changed_since_is_left_alone(actor: Actor, contract: Contract) -> None:
    event = contract_change(actor=actor, contract=contract, notes="one")
    contract_change(actor=actor, contract=contract, notes="two")
    assert event is not None
    with pytest.raises(ChangedSince, match="Logo"):
        change_undo(actor=actor, event=event)
    assert stored(contract).notes == "two"


def test_the_same_undo_twice_does_nothing_the_second_time(actor: Actor, contract: Contract) -> None:
    event = contract_change(actor=actor, contract=contract, notes="one")
    assert event is not None
    change_undo(actor=actor, event=event)
    with pytest.raises(ChangedSince):
        change_undo(actor=actor, event=event)
    assert AuditEvent.objects.count() == 2


def test_an_undo_that_no_longer_fits_is_refused(actor: Actor, contract: Contract) -> None:
    contract_change(actor=actor, contract=contract, closed_on=dt.date(2026, 1, 5))
    event = contract_change(actor=actor, contract=contract, closed_on=DAY)
    contract_change(actor=actor, contract=contract, started_on=dt.date(2026, 2, 1))
    assert event is not None
    with pytest.raises(ChangedSince, match="before it starts"):
        change_undo(actor=actor, event=event)
    assert stored(contract).closed_on == DAY


def test_undoing_a_first_rating_takes_the_feedback_away(actor: Actor, contract: Contract) -> None:
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert event is not None
    change_undo(actor=actor, event=event)
    assert feedback_of(contract) is None


def test_undoing_a_first_rating_does_not_take_a_later_comment_with_it(
    actor: Actor, contract: Contract
) -> None:
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    feedback_change(actor=actor, contract=contract, comment="Wonderful")
    assert event is not None
    with pytest.raises(ChangedSince):
        change_undo(actor=actor, event=event)
    assert feedback_of(contract) is not None


def test_undoing_a_deletion_restores_all_of_the_feedback(actor: Actor, contract: Contract) -> None:
    values = {
        "public_rating": Decimal("4.50"),
        "skills": 5,
        "comment": "Wonderful",
        "private_rating": 9,
        "given_on": DAY,
        "changed_on": DAY,
        "rating_before_change": Decimal("3.00"),
    }
    Feedback.objects.create(practice=actor.practice, contract=contract, **values)
    event = rating_set(actor=actor, contract=contract, rating=None)
    assert feedback_of(contract) is None
    assert event is not None
    change_undo(actor=actor, event=event)
    feedback = feedback_of(contract)
    assert feedback is not None
    assert {name: getattr(feedback, name) for name in values} == values


def test_undoing_another_rating_restores_what_it_kept(actor: Actor, contract: Contract) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal(2))
    event = rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert event is not None
    change_undo(actor=actor, event=event)
    feedback = feedback_of(contract)
    assert feedback is not None
    assert (feedback.public_rating, feedback.rating_before_change) == (Decimal(2), None)
    assert feedback.changed_on is None


def test_other_events_of_the_trail_are_not_undone_here(actor: Actor, contract: Contract) -> None:
    event = AuditEvent.objects.create(
        practice=actor.practice, who_name="x", verb="import.applied", target_id=contract.public_id
    )
    with pytest.raises(AuditEvent.DoesNotExist):
        change_undo(actor=actor, event=event)


def test_a_closing_date_to_come_that_was_imported_holds_no_other_change_up(actor: Actor) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    contract = ContractFactory.create(freelancer=actor.freelancer, closed_on=tomorrow)
    contract_change(actor=actor, contract=contract, closed_on=tomorrow, title="Renamed")
    contract.refresh_from_db()
    assert contract.title == "Renamed"
    with pytest.raises(ValidationError):
        contract_change(actor=actor, contract=contract, closed_on=tomorrow + dt.timedelta(days=1))
