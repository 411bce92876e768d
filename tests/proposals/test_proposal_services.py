"""B5: proposals are written, moved through the funnel and taken back; a deal makes a contract."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent, Freelancer
from contracts.models import Contract
from proposals.funnel import Stage
from proposals.models import Proposal
from proposals.proposal_services import (
    move_undo,
    proposal_change,
    proposal_create,
    proposal_move,
    proposal_put_back,
    proposal_remove,
    seen_of,
)
from tests.factories import PracticeFactory, actor_with_role, solo_actor
from tests.proposals.samples import a_move, a_proposal

pytestmark = pytest.mark.django_db


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("freelancer").get(pk=proposal.pk)


def test_who_wrote_for_whom_is_in_the_trail() -> None:
    """A8: a manager writes from a member's profile under his own name."""
    practice = PracticeFactory.create()
    manager = actor_with_role("manager", practice=practice, name="Pat")
    member = actor_with_role("member", practice=practice)
    assert member.freelancer
    proposal = proposal_create(actor=manager, freelancer=member.freelancer, title="A job")
    event = AuditEvent.objects.get(practice=practice)
    assert proposal.who_name == event.who_name == str(manager.user)
    assert event.for_freelancer_id == member.freelancer.pk
    assert Proposal.objects.for_actor(member).get() == proposal


def test_nobody_writes_for_somebody_whom_he_does_not_see() -> None:
    practice = PracticeFactory.create()
    member = actor_with_role("member", practice=practice)
    for other in (actor_with_role("member", practice=practice), solo_actor()):
        assert other.freelancer
        with pytest.raises(Freelancer.DoesNotExist):
            proposal_create(actor=member, freelancer=other.freelancer, title="A job")


def test_a_change_that_started_from_something_older_is_refused() -> None:
    actor = solo_actor()
    proposal = a_proposal(actor)
    seen = seen_of(proposal, "body")
    proposal_change(actor=actor, proposal=proposal, seen=seen, body="Mine")
    with pytest.raises(ChangedMeanwhile):
        proposal_change(actor=actor, proposal=proposal, seen=seen, body="Yours")
    assert fresh(proposal).body == "Mine"


def test_the_trail_does_not_keep_letters() -> None:
    actor = solo_actor()
    proposal_change(actor=actor, proposal=a_proposal(actor), body="Secret", bid=Decimal(40))
    event = AuditEvent.objects.get(verb="proposal.changed")
    assert event.after == {"body": "…", "bid": "40"}


def test_sent_now_has_its_hour_and_sent_before_has_its_day() -> None:
    actor = solo_actor()
    now, earlier = a_proposal(actor), a_proposal(actor)
    day = timezone.localdate() - dt.timedelta(days=3)
    proposal_move(actor=actor, proposal=now, to=Stage.SENT)
    proposal_move(actor=actor, proposal=earlier, to=Stage.SENT, on=day)
    assert timezone.now() - fresh(now).sent_at < dt.timedelta(minutes=1)  # type: ignore[operator]
    assert fresh(earlier).dates.reached == {Stage.SENT: day}


def test_a_day_to_come_is_refused() -> None:
    actor = solo_actor()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="still to come"):
        proposal_move(actor=actor, proposal=a_proposal(actor), to=Stage.SENT, on=tomorrow)


def test_a_double_click_moves_once() -> None:
    actor = solo_actor()
    proposal = a_proposal(actor)
    assert proposal_move(actor=actor, proposal=proposal, to=Stage.SENT)
    assert proposal_move(actor=actor, proposal=proposal, to=Stage.SENT) is None


def test_an_older_page_does_not_move_what_was_moved() -> None:
    actor = solo_actor()
    proposal = a_move(actor, Stage.REPLIED).proposal
    with pytest.raises(ChangedSince):
        proposal_move(actor=actor, proposal=proposal, to=Stage.LOST, seen_stage="sent")
    assert fresh(proposal).stage == "replied"


def test_backwards_and_undone_nothing_is_lost() -> None:
    actor = solo_actor()
    proposal = a_proposal(actor)
    for to in (Stage.SENT, Stage.REPLIED, Stage.CALL):
        proposal_move(actor=actor, proposal=proposal, to=to)
    called = fresh(proposal)
    back = proposal_move(actor=actor, proposal=proposal, to=Stage.DRAFT)
    assert back
    assert fresh(proposal).dates.reached == {}
    assert fresh(proposal).sent_at is None
    move_undo(actor=actor, move=back)
    again = fresh(proposal)
    assert (again.stage, again.sent_at, again.dates) == ("call", called.sent_at, called.dates)


def test_only_the_newest_move_is_undone() -> None:
    actor = solo_actor()
    first = a_move(actor)
    proposal_move(actor=actor, proposal=first.proposal, to=Stage.VIEWED)
    with pytest.raises(ChangedSince):
        move_undo(actor=actor, move=first)


def test_a_deal_makes_one_contract_in_the_log() -> None:
    actor = solo_actor()
    proposal = a_proposal(actor, kind="hourly", bid=Decimal(65))
    won = proposal_move(actor=actor, proposal=proposal, to=Stage.WON)
    assert won
    move_undo(actor=actor, move=won)
    proposal_move(actor=actor, proposal=proposal, to=Stage.WON)
    contract = Contract.objects.select_related("client", "freelancer").get()
    assert contract.client
    assert (contract.title, contract.client.name) == ("A faster checkout", "Maria")
    assert (contract.kind, contract.rate) == ("hourly", Decimal(65))
    assert contract.started_on == timezone.localdate()
    assert contract.proposal_id == proposal.pk
    assert contract.freelancer == actor.freelancer


def test_removed_and_put_back() -> None:
    actor = solo_actor()
    proposal = a_proposal(actor)
    proposal_remove(actor=actor, proposal=proposal)
    assert not Proposal.objects.kept().exists()
    proposal_put_back(actor=actor, proposal=proposal)
    assert Proposal.objects.kept().get() == proposal


@pytest.mark.parametrize("act", [proposal_remove, proposal_put_back])
def test_strangers_and_viewers_change_nothing(act: object) -> None:
    actor = solo_actor()
    proposal = a_proposal(actor)
    with pytest.raises(Proposal.DoesNotExist):
        act(actor=solo_actor(), proposal=proposal)  # type: ignore[operator]
    with pytest.raises(PermissionDenied):
        act(actor=actor_with_role("viewer", practice=actor.practice), proposal=proposal)  # type: ignore[operator]
