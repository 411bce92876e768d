"""The digest's part about the monthly review of the skills: when, whose, and what it says (P5)."""

import datetime as dt
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actors import Actor
from accounts.models import Freelancer
from accounts.readers import actor_of, reading_as
from outbox.digest_parts import DigestPart, part_makers
from outbox.models import Mail
from profiles.digest import SHOWN_AT_MOST, profiles_part
from profiles.models import Profile
from tests.factories import FreelancerFactory, actor_with_role, solo_actor

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
SITE = "https://ops.example.org"


@pytest.fixture(autouse=True)
def noon(settings: Settings) -> Iterator[None]:
    settings.SITE_URL = SITE
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def profile_of(
    freelancer: Freelancer, reviewed_on: str | None = "2026-10-23", **fields: object
) -> Profile:
    """A general profile with skills; reviewed a month before today where nothing else is said."""
    given = {"position": 0, "title": "Organ builder", "skills": ["Pipes", "Bellows"]} | fields
    return Profile.objects.create(
        practice_id=freelancer.practice_id,
        freelancer=freelancer,
        skills_reviewed_on=on(reviewed_on) if reviewed_on else None,
        **given,
    )


def part_of(actor: Actor, now: dt.datetime = NOON) -> DigestPart | None:
    with time_machine.travel(now, tick=False), reading_as(actor):
        return profiles_part(actor=actor, now=now, mail_key="digest:1")


def the_part(actor: Actor, now: dt.datetime = NOON) -> DigestPart:
    part = part_of(actor, now)
    assert part
    return part


def digest_sent(actor: Actor, days_ago: int) -> None:
    when = NOON - dt.timedelta(days_ago)
    with time_machine.travel(when, tick=False):
        Mail.objects.create(
            practice=actor.practice,
            membership=actor.membership,
            occurrence=f"digest:{when.isoformat()}",
            message_id=f"<{when.isoformat()}@ops.example.org>",
            to_address=actor.user.email,
            subject="Due",
            text="Due",
            due_at=when,
        )


# ── When ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_digest_is_made_of_this_part_too() -> None:
    assert profiles_part in part_makers()


def test_a_month_after_the_last_review_the_skills_are_due(
    actor: Actor, freelancer: Freelancer
) -> None:
    profile_of(freelancer)

    assert the_part(actor).count == 1


def test_a_day_earlier_they_are_not(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, "2026-10-24")

    assert part_of(actor) is None


def test_without_a_profile_there_is_nothing(actor: Actor) -> None:
    assert part_of(actor) is None


def test_a_profile_without_skills_has_none_to_review(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, skills=[])

    assert part_of(actor) is None


def test_only_the_general_profile_keeps_the_date(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, position=1)

    assert part_of(actor) is None


def test_a_profile_that_was_never_reviewed_has_a_month_from_its_beginning(
    actor: Actor, freelancer: Freelancer
) -> None:
    profile_of(freelancer, None)
    assert part_of(actor) is None

    assert the_part(actor, NOON + dt.timedelta(30)).count == 1


def test_a_review_left_undone_comes_up_once_a_week(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, "2026-10-20")  # due on Friday the 20th
    digest_sent(actor, 3)

    assert part_of(actor) is None
    assert part_of(actor, NOON + dt.timedelta(3)) is None
    assert the_part(actor, NOON + dt.timedelta(4)).count == 1


def test_between_two_digests_no_reminder_is_lost(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, "2026-10-20")
    digest_sent(actor, 4)

    assert the_part(actor).count == 1


def test_the_day_is_the_readers_own(actor: Actor, freelancer: Freelancer) -> None:
    """In Auckland it is tomorrow already."""
    profile_of(freelancer, "2026-10-24")
    freelancer.time_zone = "Pacific/Auckland"
    freelancer.save()

    assert the_part(actor).count == 1


# ── Whose ────────────────────────────────────────────────────────────────────────────────────────


def test_a_manager_gets_the_whole_teams_and_a_member_his_own(actor: Actor) -> None:
    people = {
        role: actor_with_role(role, practice=actor.practice, name=f"The {role}")
        for role in ("manager", "member", "viewer")
    }
    for each in people.values():
        assert each.freelancer
        profile_of(each.freelancer)
    stranger = solo_actor("Stranger")
    assert stranger.freelancer
    profile_of(stranger.freelancer)

    of_manager = the_part(actor_of(people["manager"].membership))
    of_member = the_part(actor_of(people["member"].membership))

    assert of_manager.count == 3
    assert "The member" in of_manager.text
    assert "The member" in of_manager.html
    assert "Stranger" not in of_manager.text
    assert of_member.count == 1
    assert "The" not in of_member.text


def test_who_may_change_nothing_is_not_reminded(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer)
    viewer = actor_with_role("viewer", practice=actor.practice)

    assert part_of(actor_of(viewer.membership)) is None


# ── What it says ─────────────────────────────────────────────────────────────────────────────────


def test_it_says_how_many_skills_when_and_where(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, title="Pipes & reeds <new>")
    url = f"{SITE}{reverse('profiles:checklists', args=[freelancer.public_id])}"

    part = the_part(actor)

    for said in (part.text, unescape(part.html)):
        assert "Pipes & reeds <new>" in said
        assert "2 skills. Last looked through on Oct 23, 2026." in said
        assert f"{url}?practice={actor.practice.public_id}" in said
    assert "<new>" not in part.html


def test_one_that_was_never_done_says_so(actor: Actor, freelancer: Freelancer) -> None:
    profile_of(freelancer, None, skills=["Pipes"])

    assert "1 skill. Not looked through so far." in the_part(actor, NOON + dt.timedelta(40)).text


def test_of_a_large_team_the_longest_due_are_shown_and_all_counted(
    actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(SHOWN_AT_MOST + 2):
        name = f"Number {number:02}"
        profile_of(
            FreelancerFactory.create(practice=actor.practice, name=name),
            str(TODAY - dt.timedelta(100 - number)),
            title=f"Title {number:02}",
        )
    everybody = actor_of(actor.membership)

    with reading_as(everybody), django_assert_num_queries(2):
        part = profiles_part(actor=everybody, now=NOON, mail_key="digest:1")

    assert part
    assert part.count == SHOWN_AT_MOST + 2
    assert "And 2 more profiles." in part.text
    assert part.text.index("Title 00") < part.text.index("Title 24")
    assert "Title 25" not in part.text
