"""The digest's part about clients to write to again (B5)."""

import datetime as dt
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actors import Actor
from accounts.readers import actor_of, reading_as
from outbox.digest_parts import DigestPart, part_makers
from proposals.digest import SHOWN_AT_MOST, follow_ups_part
from proposals.funnel import Stage
from proposals.proposal_services import proposal_change
from tests.factories import actor_with_role
from tests.proposals.samples import a_proposal, a_sent_one

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SITE = "https://ops.example.org"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def silent(actor: Actor) -> None:
    with time_machine.travel(NOON - dt.timedelta(days=2)):
        a_sent_one(actor, title="Pipes & <reeds>", to=Stage.REPLIED)


def part_of(actor: Actor, now: dt.datetime = NOON) -> DigestPart | None:
    with time_machine.travel(now, tick=False), reading_as(actor):
        return follow_ups_part(actor=actor, now=now, mail_key="digest:1")


def test_the_digest_is_made_of_this_part_too() -> None:
    assert follow_ups_part in part_makers()


def test_who_talked_and_fell_silent_comes_up_on_the_day(actor: Actor, silent: None) -> None:
    assert part_of(actor, NOON - dt.timedelta(days=1)) is None
    part = part_of(actor)
    assert part
    assert part.count == 1
    for said in (part.text, unescape(part.html)):
        assert "Pipes & <reeds> – Maria" in said
        assert "Replied; nothing since Nov 21, 2026." in said
        assert f"{SITE}/proposals/" in said
        assert f"?practice={actor.practice.public_id}" in said
    assert "<reeds>" not in part.html


def test_a_day_by_hand_goes_before(actor: Actor) -> None:
    with time_machine.travel(NOON - dt.timedelta(days=9)):
        proposal = a_sent_one(actor)
        proposal_change(actor=actor, proposal=proposal, follow_up_on=NOON.date())
    part = part_of(actor)
    assert part
    assert "Sent; you wanted to write again on Nov 23, 2026." in part.text
    assert reverse("proposals:stage", args=[proposal.public_id]) in part.text


def test_a_manager_gets_the_teams_a_member_his_own_a_viewer_none(
    actor: Actor, silent: None
) -> None:
    people = {role: actor_with_role(role, practice=actor.practice) for role in ("member", "viewer")}
    with time_machine.travel(NOON - dt.timedelta(days=3)):
        a_sent_one(people["member"], title="The member's", to=Stage.REPLIED)
    of_owner = part_of(actor_of(actor.membership))
    of_member = part_of(actor_of(people["member"].membership))
    assert of_owner
    assert of_owner.count == 2
    assert of_member
    assert of_member.count == 1
    assert part_of(actor_of(people["viewer"].membership)) is None


def test_of_many_the_longest_silent_are_shown(
    actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(SHOWN_AT_MOST + 2):
        with time_machine.travel(NOON - dt.timedelta(days=60 - number)):
            proposal = a_proposal(actor, title=f"Job {number:02}", stage="sent", sent_at=NOON)
            proposal_change(actor=actor, proposal=proposal, follow_up_on=NOON.date())
    with reading_as(actor), django_assert_num_queries(2):
        part = follow_ups_part(actor=actor, now=NOON, mail_key="digest:1")
    assert part
    assert part.count == SHOWN_AT_MOST + 2
    assert "Job 00" in part.text
    assert "Job 25" not in part.text
    assert "And 2 more clients." in part.text
