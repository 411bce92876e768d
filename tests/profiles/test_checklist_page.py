"""The page of the checklists: what is known, what is ticked by hand, and the monthly review."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import AuditEvent
from profiles.checklist_services import skills_review
from profiles.models import ChecklistTick, Profile
from tests.factories import actor_with_role, closed_contract
from tests.jss.test_score_page import words
from tests.profiles.samples import a_profile

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def profile(actor: Actor) -> Profile:
    return a_profile(actor, title="Editor", skills=["Editing", "Colour"])


def path_of(actor: Actor, route: str = "checklists", *more: str) -> str:
    assert actor.freelancer
    return reverse(f"profiles:{route}", args=[actor.freelancer.public_id, *more])


def page_of(client: Client, actor: Actor, query: str = "") -> str:
    answer = client.get(path_of(actor) + query)
    assert answer.status_code == 200
    return words(answer.content)


def test_without_a_general_profile_it_leads_to_where_one_is_written(
    client: Client, actor: Actor
) -> None:
    for answer in (
        client.get(path_of(actor), follow=True),
        client.post(path_of(actor, "tick", "rising_photo"), {"done": "1"}, follow=True),
        client.post(path_of(actor, "skills_reviewed"), follow=True),
    ):
        assert answer.redirect_chain == [(reverse("profiles:index"), 302)]
        assert "Write the general profile first" in words(answer.content)


# ── Rising Talent and new features ───────────────────────────────────────────────────────────────


def test_what_the_draft_shows_is_ticked_and_the_rest_says_where_to_mend_it_p10(
    client: Client, actor: Actor, profile: Profile
) -> None:
    page = page_of(client, actor)

    assert "Rising Talent 2 of 13" in page  # no score yet, and a title
    assert "Done A title" in page
    assert "Not done An overview" in page
    assert "Ten skills 2 of 10" in page
    assert (
        f"/profiles/{profile.public_id}/#list-portfolio"
        in client.get(path_of(actor)).content.decode()
    )


def test_with_a_score_it_says_that_the_badge_is_behind_you_j17(
    client: Client, actor: Actor, profile: Profile
) -> None:
    assert actor.freelancer
    for _ in range(9):
        closed_contract(actor.freelancer, "2026-10-01", "5.00")

    assert "You have a score by now" in page_of(client, actor)


def test_every_feature_shows_both_views_p5(client: Client, actor: Actor, profile: Profile) -> None:
    page = page_of(client, actor)

    assert page.count("For it") == page.count("Against it") == 5
    assert "Not done Specialised profile" in page
    a_profile(actor)
    assert "Done Specialised profile" in page_of(client, actor)


def test_an_item_that_only_the_person_knows_is_ticked_and_unticked(
    client: Client, actor: Actor, profile: Profile
) -> None:
    url = path_of(actor, "tick", "rising_photo")

    answer = client.post(url, {"done": "1"})

    assert answer["Location"] == f"{path_of(actor)}#rising"
    assert ChecklistTick.objects.get().ticked_on == TODAY
    assert "Ticked by hand on Nov 18, 2026" in page_of(client, actor)
    assert AuditEvent.objects.get(verb="checklist.ticked").after["item"] == "rising_photo"
    client.post(url, {"done": "0"})
    assert not ChecklistTick.objects.exists()
    assert AuditEvent.objects.filter(verb="checklist.unticked").count() == 1


def test_two_tabs_ticking_the_same_item_tick_it_once(
    client: Client, actor: Actor, profile: Profile
) -> None:
    for _ in range(2):
        client.post(path_of(actor, "tick", "rising_photo"), {"done": "1"})

    assert ChecklistTick.objects.count() == 1


@pytest.mark.parametrize(
    ("item", "title"),
    [("rising_no_holds", "Rising Talent 3 of 13"), ("feature_consultations", "to try 1 of 5")],
)
def test_a_script_gets_the_list_alone(
    client: Client, actor: Actor, profile: Profile, item: str, title: str
) -> None:
    answer = client.post(path_of(actor, "tick", item), {"done": "1"}, headers=HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert title in words(answer.content)
    assert f'id="tick-{item}" role="checkbox" aria-checked="true"' in answer.content.decode()


@pytest.mark.parametrize("item", ["rising_title", "feature_video", "nothing", "x" * 300])
def test_what_the_product_knows_itself_is_not_ticked_by_hand(
    client: Client, actor: Actor, profile: Profile, item: str
) -> None:
    assert client.post(path_of(actor, "tick", item), {"done": "1"}).status_code == 404
    assert not ChecklistTick.objects.exists()


def test_ticks_are_each_persons_own(client: Client, actor: Actor, profile: Profile) -> None:
    colleague = actor_with_role("member", practice=actor.practice)
    a_profile(colleague)
    client.post(path_of(actor, "tick", "rising_photo"), {"done": "1"})

    assert "Ticked by hand" not in page_of(client, colleague)


def test_a_viewer_reads_and_finds_nothing_to_press(
    client: Client, actor: Actor, profile: Profile
) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    client.force_login(viewer.user)

    html = client.get(path_of(actor)).content.decode()

    assert 'role="checkbox"' not in html
    assert "I looked through them today" not in html
    assert "To the draft" not in html


# ── The monthly review ───────────────────────────────────────────────────────────────────────────


def test_a_new_profile_has_a_month_until_its_skills_are_due_p5(
    client: Client, actor: Actor, profile: Profile
) -> None:
    page = page_of(client, actor)

    assert "Not looked through so far. Due next on Dec 18, 2026" in page
    assert "up to date" in page


def test_without_skills_there_is_nothing_to_look_through(client: Client, actor: Actor) -> None:
    a_profile(actor)

    page = page_of(client, actor)

    assert "No skills yet." in page
    assert "I looked through them today" not in page
    assert "up to date" not in page


def test_after_a_month_they_are_due_p5(client: Client, actor: Actor, profile: Profile) -> None:
    Profile.objects.update(skills_reviewed_on="2026-10-15")

    page = page_of(client, actor)

    assert "Skills, once a month due" in page
    assert "Due since Nov 15, 2026" in page


@pytest.mark.parametrize("before", ["2026-10-15", None])
def test_looking_through_them_is_noted_and_can_be_taken_back(
    client: Client, actor: Actor, profile: Profile, before: str | None
) -> None:
    Profile.objects.update(skills_reviewed_on=before)

    answer = client.post(path_of(actor, "skills_reviewed"), follow=True)

    assert Profile.objects.get().skills_reviewed_on == TODAY
    page = words(answer.content)
    assert "Due next on Dec 18, 2026" in page
    assert "Take it back" in page
    assert "I looked through them today" not in page
    client.post(path_of(actor, "skills_reviewed"), {"day": answer.context["page"].was})
    assert str(Profile.objects.get().skills_reviewed_on) == str(before)
    assert AuditEvent.objects.filter(verb="profile.skills_reviewed").count() == 2


@pytest.mark.parametrize("day", ["tomorrow", "2026-11-19", "0"])
def test_a_made_up_day_changes_nothing(
    client: Client, actor: Actor, profile: Profile, day: str
) -> None:
    answer = client.post(path_of(actor, "skills_reviewed"), {"day": day}, follow=True)

    assert answer.status_code == 200
    assert Profile.objects.get().skills_reviewed_on is None
    assert "Take it back" not in page_of(client, actor, f"?was={day}")


def test_only_the_general_profile_keeps_the_day(actor: Actor, profile: Profile) -> None:
    special = a_profile(actor)

    with pytest.raises(ValidationError):
        skills_review(actor=actor, profile=special, reviewed_on=TODAY, today=TODAY)


def test_the_skills_of_every_profile_are_listed(
    client: Client, actor: Actor, profile: Profile
) -> None:
    a_profile(actor, skills=["Trailers"])
    a_profile(actor, title="Trailers that sell", skills=["Cutting"])

    page = page_of(client, actor)

    assert "General profile Change them Editing Colour" in page
    assert "Specialised 1 Change them Trailers" in page
    assert "Trailers that sell Change them Cutting" in page


def test_its_queries_do_not_grow_with_contracts_and_ticks(
    client: Client,
    actor: Actor,
    profile: Profile,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    assert actor.freelancer
    for number in range(1, 13):
        closed_contract(actor.freelancer, f"2026-10-{number:02}", "5.00")
    client.post(path_of(actor, "tick", "rising_photo"), {"done": "1"})
    a_profile(actor)
    with django_assert_max_num_queries(13):
        client.get(path_of(actor))
