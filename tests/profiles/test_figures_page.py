"""The page of the weekly figures (P7): noting, pasting, putting back, what a version changed."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from profiles.conversion import Week
from profiles.draft_services import draft_save, profile_remove
from profiles.figures_services import week_of
from profiles.models import Profile, ProfileVersion, WeeklyFigures
from profiles.version_services import version_publish
from tests.factories import actor_with_role
from tests.jss.test_score_page import words
from tests.profiles.samples import a_profile, a_week

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)  # a Wednesday
TODAY = NOW.date()
MONDAY = dt.date(2026, 11, 16)
WEEK = dt.timedelta(weeks=1)
A_WEEK = {"starts_on": "2026-11-11", "views": "120", "invitations": "3", "replies": "2"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def profile(actor: Actor) -> Profile:
    return a_profile(actor, title="Editor", overview="Your film gets shorter and better.")


def path_of(actor: Actor, route: str = "figures") -> str:
    assert actor.freelancer
    return reverse(f"profiles:{route}", args=[actor.freelancer.public_id])


def page_of(client: Client, actor: Actor, query: str = "") -> str:
    answer = client.get(path_of(actor) + query)
    assert answer.status_code == 200
    return words(answer.content)


def publish(
    actor: Actor, profile: Profile, day: dt.date, title: str, note: str = ""
) -> ProfileVersion:
    overview = "Your film gets shorter and better."
    values = {"title": title, "overview": overview}
    draft_save(actor=actor, profile=profile, values=values, seen={})
    return version_publish(actor=actor, profile=profile, published_on=day, today=TODAY, note=note)


def weeks_around(actor: Actor, day: dt.date, before: int, after: int, *, weeks: int = 4) -> None:
    """So many weeks of 100 views on both sides of a Monday, with these invitations a week."""
    for number in range(1, weeks + 1):
        a_week(actor, day - number * WEEK, views=100, invitations=before, replies=1)
        a_week(actor, day + (number - 1) * WEEK, views=100, invitations=after, replies=1)


# ── First time ───────────────────────────────────────────────────────────────────────────────────


def test_without_a_general_profile_it_leads_to_where_one_is_written(
    client: Client, actor: Actor
) -> None:
    answer = client.get(path_of(actor), follow=True)

    assert answer.redirect_chain == [(reverse("profiles:index"), 302)]
    assert "Write the general profile first" in words(answer.content)


def test_the_first_time_it_says_what_figures_are_good_for(
    client: Client, actor: Actor, profile: Profile
) -> None:
    page = page_of(client, actor)

    assert "Which version brings more invitations?" in page
    assert "Note a week" in page
    assert "Your weeks" not in page


def test_without_a_version_it_says_what_to_publish(
    client: Client, actor: Actor, profile: Profile
) -> None:
    a_week(actor)

    assert "Publish what stands on Upwork now" in page_of(client, actor)


# ── Noting one week ──────────────────────────────────────────────────────────────────────────────


def test_any_day_of_a_week_stands_for_its_monday(
    client: Client, actor: Actor, profile: Profile
) -> None:
    page = words(client.post(path_of(actor, "week_add"), A_WEEK, follow=True).content)

    assert week_of(WeeklyFigures.objects.get()) == Week(MONDAY - WEEK, 120, 3, 2)
    assert "The week of Nov 9, 2026 is noted." in page


def test_a_second_entry_replaces_the_first_says_so_and_can_be_put_back(
    client: Client, actor: Actor, profile: Profile
) -> None:
    row = a_week(actor, MONDAY - WEEK, views=99, invitations=1, replies=0, proposals=7)

    answer = client.post(path_of(actor, "week_add"), A_WEEK, follow=True)

    page = words(answer.content)
    assert "is replaced. Before, it said: views 99, invitations 1, replies 0." in page
    assert "Put it back" in page
    row.refresh_from_db()
    assert row.views == 120
    client.post(path_of(actor, "weeks_paste"), {"lines": answer.context["page"].was_lines})
    row.refresh_from_db()
    assert week_of(row) == Week(MONDAY - WEEK, 99, 1, 0, 7)


def test_the_same_figures_again_are_no_change(
    client: Client, actor: Actor, profile: Profile
) -> None:
    client.post(path_of(actor, "week_add"), A_WEEK)

    page = words(client.post(path_of(actor, "week_add"), A_WEEK, follow=True).content)

    assert "says exactly that already" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("starts_on", "", "Choose a day of that week."),
        ("starts_on", "yesterday", "Enter a day such as 2026-10-05."),
        ("starts_on", "2026-11-23", "That week is still to come."),
        ("starts_on", "1999-01-04", "That is before Upwork"),
        ("views", "", "0 where there was none"),
        ("views", "-5", "Enter 0 or more."),
        ("views", "many", "Enter a whole number."),
        ("views", "2.5", "Enter a whole number."),
        ("replies", "99999999999", "more than a week can have"),
        ("proposals", "x", "Enter a whole number."),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field_and_stays_there(
    client: Client, actor: Actor, profile: Profile, field: str, typed: str, said: str
) -> None:
    answer = client.post(path_of(actor, "week_add"), {**A_WEEK, field: typed})

    assert answer.status_code == 422
    assert said in words(answer.content)
    assert f'name="{field}"' in answer.content.decode()
    assert 'name="invitations" value="3"' in answer.content.decode()
    assert not WeeklyFigures.objects.exists()


def test_the_form_begins_with_the_week_after_the_newest(
    client: Client, actor: Actor, profile: Profile
) -> None:
    assert 'value="2026-11-09"' in client.get(path_of(actor)).content.decode()
    a_week(actor, MONDAY - 3 * WEEK)
    assert 'value="2026-11-02"' in client.get(path_of(actor)).content.decode()
    a_week(actor, MONDAY)
    assert 'value="2026-11-16"' in client.get(path_of(actor)).content.decode()


# ── Pasting and removing ─────────────────────────────────────────────────────────────────────────


def test_several_are_pasted_at_once(client: Client, actor: Actor, profile: Profile) -> None:
    a_week(actor, MONDAY - WEEK, views=5)
    a_week(actor, MONDAY - 2 * WEEK)
    lines = "Week\tReplies\tInvitations\tViews\n2026-10-26\t1\t2\t90\n2026-11-02\t2\t3\t120\n"
    lines += "2026-11-09\t2\t3\t80\n"

    page = words(client.post(path_of(actor, "weeks_paste"), {"lines": lines}, follow=True).content)

    assert WeeklyFigures.objects.count() == 3
    assert "1 week noted. 1 was there already. 1 replaced what was there." in page
    assert "The week of Nov 9, 2026 is replaced. Before, it said: views 5" in page


def test_one_bad_line_keeps_all_out_and_what_was_pasted_in_the_field(
    client: Client, actor: Actor, profile: Profile
) -> None:
    lines = "2026-11-02, 120, 3, 2\n2026-11-09, lots, 3, 2"

    answer = client.post(path_of(actor, "weeks_paste"), {"lines": lines})

    assert answer.status_code == 422
    assert "Line 2, “2026-11-09, lots, 3, 2”: “lots” is not a whole number." in words(
        answer.content
    )
    assert lines in answer.content.decode()
    assert not WeeklyFigures.objects.exists()


def test_of_many_bad_lines_the_first_dozen_is_named(
    client: Client, actor: Actor, profile: Profile
) -> None:
    answer = client.post(path_of(actor, "weeks_paste"), {"lines": "nonsense, 1\n" * 50})

    assert (
        words(answer.content).count("nonsense") - answer.content.decode().count("nonsense, 1\n")
        == 12
    )
    assert "And 38 more lines like these." in words(answer.content)


def test_beside_a_form_with_errors_every_link_leads_to_the_page_itself(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - 3 * WEEK, "One")
    publish(actor, profile, MONDAY - 2 * WEEK, "Two")
    for number in range(20):
        a_week(actor, MONDAY - number * WEEK)

    html = client.post(path_of(actor, "weeks_paste"), {"lines": "nonsense"}).content.decode()

    assert f'action="{path_of(actor)}#effect"' in html
    assert f'href="{path_of(actor)}?page=2#weeks"' in html


@pytest.mark.parametrize("lines", ["", "   \n ", "Week, Views, Invitations, Replies"])
def test_nothing_pasted_is_said(client: Client, actor: Actor, profile: Profile, lines: str) -> None:
    answer = client.post(path_of(actor, "weeks_paste"), {"lines": lines})

    assert answer.status_code == 422
    assert "Paste at least one week." in words(answer.content)


def test_a_removed_week_can_be_put_back(client: Client, actor: Actor, profile: Profile) -> None:
    row = a_week(actor, MONDAY - WEEK, proposals=9)
    before = week_of(row)

    answer = client.post(reverse("profiles:week_delete", args=[row.public_id]), follow=True)

    assert not WeeklyFigures.objects.exists()
    assert "The week of Nov 9, 2026 is gone. Put it back" in words(answer.content)
    client.post(path_of(actor, "weeks_paste"), {"lines": answer.context["page"].was_lines})
    assert week_of(WeeklyFigures.objects.get()) == before
    assert "is gone" not in page_of(client, actor, "?was=2026-11-09,120,3,2,9")


@pytest.mark.parametrize("was", ["nonsense", "2026-11-09", "<script>", "9999-99-99,1,1,1"])
def test_a_made_up_address_offers_nothing(
    client: Client, actor: Actor, profile: Profile, was: str
) -> None:
    answer = client.get(path_of(actor), {"was": was, "version": was, "page": was})

    assert answer.status_code == 200
    assert "Put it back" not in words(answer.content)


def test_a_viewer_reads_and_finds_nothing_to_press(
    actor: Actor, profile: Profile, client: Client
) -> None:
    a_week(actor)
    viewer = actor_with_role("viewer", practice=actor.practice)
    client.force_login(viewer.user)

    page = page_of(client, actor)

    assert "Your weeks" in page
    assert "Remove" not in page
    assert "Note the week" not in page


# ── What a version changed ───────────────────────────────────────────────────────────────────────


def test_a_clear_change_is_called_better_with_its_chance_and_interval_p7(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - 20 * WEEK, "Film editor")
    publish(actor, profile, MONDAY - 4 * WEEK, "Editor of documentaries", "One niche")
    weeks_around(actor, MONDAY - 4 * WEEK, before=2, after=8)

    page = page_of(client, actor)

    assert "What Version 2 changed" in page
    assert "Editor of documentaries One niche On Upwork since Oct 19, 2026" in page
    assert "Compare with the version before" in page
    assert "Invitations per view Better Before 2.0% 8 of 400 views" in page
    assert "1.0% to 3.9%, with 95% confidence" in page
    assert "The share is higher since then, and hardly by luck alone." in page
    assert "really does better is more than 99%." in page
    assert "Replies per view No clear difference" in page
    assert "Replies per proposal" not in page
    assert "Before: 4 weeks from Sep 21, 2026 . After: 4 weeks from Oct 19, 2026 ." in page


def test_a_change_for_the_worse_is_named_too_p7(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - 4 * WEEK, "Film editor")
    weeks_around(actor, MONDAY - 4 * WEEK, before=8, after=2)

    page = page_of(client, actor)

    assert "Invitations per view Worse" in page
    assert "is less than 1%." in page
    assert "Compare with the version before" not in page


def test_too_little_gets_no_verdict_but_what_is_missing_p7(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - 2 * WEEK, "Film editor")
    for number in range(1, 5):
        a_week(actor, MONDAY - (2 + number) * WEEK, views=100)
    a_week(actor, MONDAY - 2 * WEEK, views=60)

    page = page_of(client, actor)

    assert "Invitations per view Not enough data yet" in page
    assert "Needed after it: 2 weeks and 40 views." in page
    assert "Needed before it" not in page
    assert "luck" not in page


def test_a_version_that_stood_too_short_gets_no_verdict_ever_and_it_says_so_p7(
    client: Client, actor: Actor, profile: Profile
) -> None:
    first = publish(actor, profile, MONDAY - 8 * WEEK, "Film editor")
    publish(actor, profile, MONDAY - 7 * WEEK, "Editor of documentaries")
    weeks_around(actor, MONDAY - 8 * WEEK, before=2, after=8)

    page = page_of(client, actor, f"?version={first.public_id}")

    assert "Missing after it: 2 weeks. No more can come: the next version came." in page
    assert "So there will be no verdict." in page


def test_more_replies_than_views_are_no_share_p7(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - 4 * WEEK, "Film editor")
    for number in range(8):
        a_week(actor, MONDAY - (number + 1) * WEEK, views=100, replies=150)

    page = page_of(client, actor)

    assert "Replies per view Cannot be said" in page
    assert "no share can be worked out" in page


def test_the_version_to_look_at_stands_in_the_address(
    client: Client, actor: Actor, profile: Profile
) -> None:
    first = publish(actor, profile, MONDAY - 8 * WEEK, "Film editor")
    publish(actor, profile, MONDAY - 4 * WEEK, "Editor of documentaries")
    weeks_around(actor, MONDAY - 4 * WEEK, before=2, after=8)

    assert "What Version 2 changed" in page_of(client, actor)
    page = page_of(client, actor, f"?version={first.public_id}")
    assert "What Version 1 changed" in page
    assert "Before: no whole week." in page


def test_anothers_version_is_not_looked_at(client: Client, actor: Actor, profile: Profile) -> None:
    stranger = actor_with_role("owner")
    theirs = publish(stranger, a_profile(stranger), MONDAY - 4 * WEEK, "A stranger's words")
    a_week(actor)

    assert "A stranger's words" not in page_of(client, actor, f"?version={theirs.public_id}")


def test_versions_of_a_specialised_profile_count_and_say_so_also_when_it_is_gone(
    client: Client, actor: Actor, profile: Profile
) -> None:
    special = a_profile(actor)
    publish(actor, special, MONDAY - 5 * WEEK, "Trailers")
    publish(actor, special, MONDAY - 4 * WEEK, "Trailers for games")
    profile_remove(actor=actor, profile=special)
    weeks_around(actor, MONDAY - 4 * WEEK, before=2, after=8)

    page = page_of(client, actor)

    assert "What Specialised 1, version 2 changed" in page
    assert "Compare with the version before" not in page
    assert "Before: 1 week from Oct 12, 2026 ." in page


# ── Chart and table ──────────────────────────────────────────────────────────────────────────────


def test_the_chart_names_the_week_under_the_pointer_and_marks_each_version(
    client: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile, MONDAY - WEEK, "Film editor")
    a_week(actor, MONDAY - 2 * WEEK, views=1234, proposals=9)
    a_week(actor, MONDAY - WEEK)

    html = client.get(path_of(actor)).content.decode()

    chart = html[html.index('<svg class="hidden sm:block chart') :].partition("</svg>")[0]
    assert "Week of Nov 2, 2026\nViews: 1,234\nInvitations: 3\nReplies: 2" in chart
    assert "Proposals sent: 9" in chart
    assert "Version 1</text>" in chart
    assert "figures-mark-chosen" in chart


def test_a_page_of_weeks_comes_alone_for_a_script(
    client: Client, actor: Actor, profile: Profile
) -> None:
    for number in range(30):
        a_week(actor, MONDAY - number * WEEK, views=number)
    headers = {"HX-Request": "true", "HX-Target": "weeks"}

    answer = client.get(path_of(actor), {"page": "2"}, headers=headers)

    assert "<html" not in answer.content.decode()
    assert "14 to 26 of 30" in words(answer.content)


def test_its_queries_do_not_grow_with_the_weeks_and_the_versions(
    client: Client,
    actor: Actor,
    profile: Profile,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_week(actor, MONDAY - 40 * WEEK)
    publish(actor, profile, MONDAY - 39 * WEEK, "One")
    with django_assert_num_queries(8):
        client.get(path_of(actor))
    for number in range(30):
        a_week(actor, MONDAY - number * WEEK)
    for number in range(5):
        publish(actor, profile, MONDAY - (6 - number) * WEEK, f"Title {number}")
    with django_assert_num_queries(8):
        client.get(path_of(actor))
