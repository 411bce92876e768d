"""What a proposal costs, kept in step with it: sent, changed, moved back, come back (B6, B10)."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from proposals.connects_import import entries_import
from proposals.connects_services import change_undo, entry_remove
from proposals.funnel import Stage
from proposals.models import ConnectsEntry, Proposal, ProposalMove
from proposals.pasted_connects import pasted_connects
from proposals.proposal_connects import proposal_refund
from proposals.proposal_services import (
    move_undo,
    proposal_change,
    proposal_move,
    proposal_put_back,
    proposal_remove,
)
from tests.proposals.samples import a_proposal

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposal(actor: Actor) -> Proposal:
    return a_proposal(actor, connects=16, boost=10)


def move(actor: Actor, proposal: Proposal, to: Stage, on: dt.date | None = None) -> ProposalMove:
    made = proposal_move(actor=actor, proposal=proposal, to=to, on=on)
    assert made
    return made


def entries() -> list[tuple[str, int, dt.date]]:
    rows = ConnectsEntry.objects.in_order().order_by("happened_on", "amount")
    return list(rows.values_list("kind", "amount", "happened_on"))


SENT = [("spend", -16, TODAY), ("boost", -10, TODAY)]


def test_a_draft_costs_nothing(actor: Actor, proposal: Proposal) -> None:
    proposal_change(actor=actor, proposal=proposal, connects=12)

    assert entries() == []


def test_sending_costs_its_connects_and_its_boost_that_day_b6(
    actor: Actor, proposal: Proposal
) -> None:
    day = dt.date(2026, 11, 9)
    move(actor, proposal, Stage.SENT, day)

    assert entries() == [("spend", -16, day), ("boost", -10, day)]
    assert set(ConnectsEntry.objects.values_list("proposal_id", "source")) == {
        (proposal.pk, "proposal")
    }


@pytest.mark.parametrize("stage", [Stage.REPLIED, Stage.LOST, Stage.WITHDRAWN, Stage.NO_ANSWER])
def test_what_becomes_of_it_makes_no_difference_b10(
    actor: Actor, proposal: Proposal, stage: Stage
) -> None:
    move(actor, proposal, Stage.SENT)
    move(actor, proposal, stage)

    assert entries() == SENT


def test_an_answer_to_an_invitation_is_free_b6(actor: Actor) -> None:
    move(actor, a_proposal(actor, is_invitation=True, boost=10), Stage.SENT)

    assert entries() == []


def test_a_change_of_what_it_costs_is_followed(actor: Actor, proposal: Proposal) -> None:
    move(actor, proposal, Stage.SENT)

    proposal_change(actor=actor, proposal=proposal, connects=12, boost=0)
    assert entries() == [("spend", -12, TODAY)]
    proposal_change(actor=actor, proposal=proposal, is_invitation=True, connects=0)
    assert entries() == []


def test_moved_back_to_a_draft_nothing_was_spent_and_the_undo_spends_again(
    actor: Actor, proposal: Proposal
) -> None:
    move(actor, proposal, Stage.SENT)
    back = move(actor, proposal, Stage.DRAFT)
    assert entries() == []

    move_undo(actor=actor, move=back)
    assert entries() == SENT


def test_undoing_the_sending_takes_the_entries_out(actor: Actor, proposal: Proposal) -> None:
    move_undo(actor=actor, move=move(actor, proposal, Stage.SENT))

    assert entries() == []


def test_a_proposal_that_is_taken_out_of_the_funnel_has_cost_all_the_same(
    actor: Actor, proposal: Proposal
) -> None:
    move(actor, proposal, Stage.SENT)
    proposal_remove(actor=actor, proposal=proposal)

    assert entries() == SENT
    entry_remove(actor=actor, entry=ConnectsEntry.objects.get(kind="boost"))
    assert entries() == SENT[:1]
    proposal_put_back(actor=actor, proposal=proposal)
    assert entries() == SENT


def test_an_entry_of_a_proposal_in_the_funnel_is_changed_there(
    actor: Actor, proposal: Proposal
) -> None:
    move(actor, proposal, Stage.SENT)

    with pytest.raises(ValidationError, match="stands with the proposal “A faster checkout”"):
        entry_remove(actor=actor, entry=ConnectsEntry.objects.get(kind="spend"))


# ── Coming back ──────────────────────────────────────────────────────────────────────────────────


def test_a_cancelled_job_brings_all_of_it_back_once_b10(actor: Actor, proposal: Proposal) -> None:
    move(actor, proposal, Stage.SENT, dt.date(2026, 11, 9))

    first = proposal_refund(actor=actor, proposal=proposal)
    second = proposal_refund(actor=actor, proposal=proposal)

    assert (first.amount, first.happened_on, second) == (26, TODAY, first)
    assert sum(amount for _kind, amount, _day in entries()) == 0


def test_what_came_back_follows_what_it_cost(actor: Actor, proposal: Proposal) -> None:
    move(actor, proposal, Stage.SENT)
    proposal_refund(actor=actor, proposal=proposal)

    proposal_change(actor=actor, proposal=proposal, boost=4)
    assert ConnectsEntry.objects.get(kind="refund").amount == 20
    move(actor, proposal, Stage.DRAFT)
    assert entries() == []


def test_what_came_back_can_be_taken_out_and_put_back(actor: Actor, proposal: Proposal) -> None:
    move(actor, proposal, Stage.SENT)
    refund = proposal_refund(actor=actor, proposal=proposal)

    event = entry_remove(actor=actor, entry=refund)
    assert entries() == SENT
    change_undo(actor=actor, event=event)
    assert ConnectsEntry.objects.get(kind="refund").proposal_id == proposal.pk


def test_nothing_comes_back_of_a_draft_or_of_a_contract_b10(
    actor: Actor, proposal: Proposal
) -> None:
    with pytest.raises(ValidationError, match="Nothing was spent"):
        proposal_refund(actor=actor, proposal=proposal)
    move(actor, proposal, Stage.WON)
    with pytest.raises(ValidationError, match="A contract came of it"):
        proposal_refund(actor=actor, proposal=proposal)


@pytest.mark.parametrize("days", [-1, 1])
def test_it_comes_back_between_the_sending_and_today(
    actor: Actor, proposal: Proposal, days: int
) -> None:
    move(actor, proposal, Stage.SENT)

    with pytest.raises(ValidationError, match="up to today"):
        proposal_refund(actor=actor, proposal=proposal, on=TODAY + dt.timedelta(days=days))


# ── Together with a pasted history ───────────────────────────────────────────────────────────────

HISTORY = "2026-11-18\tApplied to job\tA faster checkout\t-16"


def paste(actor: Actor) -> int:
    assert actor.freelancer
    rows = pasted_connects(HISTORY, today=TODAY).entries
    return entries_import(actor=actor, freelancer=actor.freelancer, rows=rows).new


def test_pasted_after_it_was_sent_it_counts_once(actor: Actor, proposal: Proposal) -> None:
    move(actor, proposal, Stage.SENT)

    assert paste(actor) == 0
    assert entries() == SENT


def test_pasted_before_it_was_sent_it_counts_once_and_stays_when_the_move_is_undone(
    actor: Actor, proposal: Proposal
) -> None:
    assert paste(actor) == 1

    sent = move(actor, proposal, Stage.SENT)
    assert entries() == SENT
    assert ConnectsEntry.objects.filter(proposal=proposal).count() == 2
    move_undo(actor=actor, move=sent)
    assert entries() == SENT[:1]
