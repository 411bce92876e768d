"""B5: the database reads the funnel's rules as the pure module does."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from proposals.funnel import Stage, follow_up_on, is_forgotten
from proposals.models import Proposal
from proposals.selectors import board_cards, forgotten, proposals_of, write_again
from tests.factories import actor_with_role
from tests.proposals.samples import a_proposal, a_sent_one

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)

days = st.none() | st.integers(-3, 40).map(lambda ago: TODAY - dt.timedelta(days=ago))


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    stage=st.sampled_from(Stage),
    sent=st.integers(0, 40 * 24),
    dates=st.fixed_dictionaries(
        dict.fromkeys(("viewed_on", "replied_on", "call_on", "audit_on", "ended_on"), days)
    ),
    by_hand=days,
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"]),
)
def test_who_is_due_and_who_is_forgotten(
    actor: Actor,
    stage: Stage,
    sent: int,
    dates: dict[str, dt.date | None],
    by_hand: dt.date | None,
    zone: str,
) -> None:
    assert actor.freelancer
    Proposal.objects.all().delete()
    noon = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
    row = Proposal.objects.create(
        practice=actor.practice,
        freelancer=actor.freelancer,
        title="A job",
        stage=stage.value,
        sent_at=noon - dt.timedelta(hours=sent),
        moved_at=noon,
        follow_up_on=by_hand,
        **dates,
    )
    # The end stands beside the steps and is reached by ended ones only.
    if stage not in {Stage.WON, Stage.LOST, Stage.WITHDRAWN, Stage.NO_ANSWER}:
        row.ended_on = None
        row.save()
    with timezone.override(zone):
        due_on = follow_up_on(stage, row.dates, by_hand=by_hand)
        rows = proposals_of(actor)
        assert write_again(rows, today=TODAY).exists() == bool(due_on and due_on <= TODAY)
        is_old = is_forgotten(stage, row.dates, as_of=TODAY)
        assert forgotten(rows, today=TODAY).exists() == is_old


def test_the_board_has_the_newest_of_each_stage(actor: Actor) -> None:
    drafts = [a_proposal(actor, title=f"Draft {number}") for number in range(4)]
    sent = a_sent_one(actor, title="Sent")
    found = board_cards(actor, now=timezone.now(), at_most=3)
    assert [row.title for row in found] == ["Sent", "Draft 3", "Draft 2", "Draft 1"]
    assert {row.pk for row in found} == {sent.pk, *(row.pk for row in drafts[1:])}


def test_what_ended_long_ago_leaves_the_board(actor: Actor) -> None:
    lost = a_sent_one(actor, to=Stage.LOST)
    assert board_cards(actor, now=timezone.now(), at_most=3) == [lost]
    later = timezone.now() + dt.timedelta(days=31)
    assert board_cards(actor, now=later, at_most=3) == []


def test_the_board_is_of_what_one_sees(actor: Actor) -> None:
    a_proposal(actor, title="The owner's")
    member = actor_with_role("member", practice=actor.practice)
    a_proposal(member, title="The member's")
    stranger = actor_with_role("owner")
    a_proposal(stranger, title="The stranger's")
    found = board_cards(member, now=timezone.now(), at_most=9)
    assert [row.title for row in found] == ["The member's"]
