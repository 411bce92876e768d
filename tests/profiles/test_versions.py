"""Published versions: frozen with their day, compared word by word, taken up again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from profiles.draft_services import draft_save
from profiles.models import Profile, ProfileVersion
from profiles.version_services import version_publish, version_restore
from tests.factories import actor_with_role, solo_actor
from tests.profiles.samples import DAY, a_profile, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return solo_actor("Ada")


@pytest.fixture
def profile(actor: Actor) -> Profile:
    return a_profile(actor, title="Editor", overview="Your film gets shorter and better.")


@pytest.fixture
def signed_in(actor: Actor, client: Client) -> Client:
    client.force_login(actor.user)
    return client


def publish(actor: Actor, profile: Profile, day: dt.date = DAY) -> ProfileVersion:
    return version_publish(actor=actor, profile=profile, published_on=day, today=day)


def test_a_version_is_frozen_whatever_becomes_of_the_draft(actor: Actor, profile: Profile) -> None:
    version = publish(actor, profile)
    draft_save(actor=actor, profile=profile, values={"overview": "Other words."}, seen={})
    version.refresh_from_db()
    assert version.number == 1
    assert version.as_content.overview == "Your film gets shorter and better."


def test_a_specialised_version_holds_what_it_shares_too(actor: Actor, profile: Profile) -> None:
    languages = [{"name": "Polish", "level": "native"}]
    draft_save(actor=actor, profile=profile, values={"languages": languages}, seen={})
    special = a_profile(actor, title="Trailers", overview="Thirty seconds that sell two hours.")
    version = publish(actor, special)
    assert [each.name for each in version.as_content.languages] == ["Polish"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "x" * 71}, "71 characters of at most 70"),
        ({"overview": "x" * 5_001}, "5,001 characters of at most 5,000"),
        ({"skills": [f"Skill {n}" for n in range(16)]}, "16 skills of at most 15"),
        ({"title": ""}, "title is empty"),
        ({"overview": ""}, "overview is empty"),
    ],
)
def test_p11_what_upwork_would_not_take_is_not_published(
    actor: Actor, profile: Profile, values: dict[str, object], words: str
) -> None:
    draft_save(actor=actor, profile=profile, values=values, seen={})
    with pytest.raises(ValidationError, match=words):
        publish(actor, profile)


def test_the_same_words_are_not_published_twice(actor: Actor, profile: Profile) -> None:
    publish(actor, profile)
    with pytest.raises(ValidationError, match="Nothing is different from version 1"):
        publish(actor, profile)


def test_a_day_to_come_and_one_before_the_newest_are_refused(
    actor: Actor, profile: Profile
) -> None:
    with pytest.raises(ValidationError, match="not come yet"):
        version_publish(
            actor=actor, profile=profile, published_on=DAY + dt.timedelta(days=1), today=DAY
        )
    with pytest.raises(ValidationError, match="check the year"):
        version_publish(actor=actor, profile=profile, published_on=dt.date(26, 11, 2), today=DAY)
    publish(actor, profile)
    draft_save(actor=actor, profile=profile, values={"title": "Film editor"}, seen={})
    with pytest.raises(ValidationError, match="newer version"):
        version_publish(
            actor=actor, profile=profile, published_on=DAY - dt.timedelta(days=1), today=DAY
        )


def test_a_version_is_taken_up_again_and_that_can_be_undone(actor: Actor, profile: Profile) -> None:
    version = publish(actor, profile)
    draft_save(
        actor=actor, profile=profile, values={"title": "Other", "skills": ["Editing"]}, seen={}
    )
    saved = version_restore(actor=actor, version=version)
    profile.refresh_from_db()
    assert (profile.title, profile.skills) == ("Editor", [])
    assert {change.field for change in saved.changes} == {"title", "skills"}


def test_taking_up_a_specialised_version_leaves_what_is_shared(
    actor: Actor, profile: Profile
) -> None:
    special = a_profile(actor, title="Trailers", overview="Thirty seconds that sell two hours.")
    version = publish(actor, special)
    languages = [{"name": "Polish", "level": "native"}]
    draft_save(actor=actor, profile=profile, values={"languages": languages}, seen={})
    version_restore(actor=actor, version=version)
    profile.refresh_from_db()
    assert profile.languages == languages


def test_a_viewer_publishes_and_takes_up_nothing(actor: Actor, profile: Profile) -> None:
    version = publish(actor, profile)
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        publish(viewer, profile)
    with pytest.raises(PermissionDenied):
        version_restore(actor=viewer, version=version)


def test_the_page_compares_any_two_word_by_word(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile)
    values = {"overview": "Your film gets longer and better."}
    draft_save(actor=actor, profile=profile, values=values, seen={})
    publish(actor, profile)
    draft_save(actor=actor, profile=profile, values={"title": "Film editor"}, seen={})
    url = reverse("profiles:versions", args=[profile.public_id])

    page = signed_in.get(f"{url}?before=1&after=2").content.decode()
    assert '<del class="piece-removed">shorter</del>' in page
    assert '<ins class="piece-added">longer</ins>' in page
    assert "Film </ins>" not in page

    page = signed_in.get(url).content.decode()
    assert "piece-added" in page[page.index('id="compare"') :]
    assert "longer</ins>" not in page, "the newest version and the draft, without being asked"


def test_a_version_that_is_not_there_is_said_and_the_page_stays(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    publish(actor, profile)
    url = reverse("profiles:versions", args=[profile.public_id])
    answer = signed_in.get(f"{url}?before=77&after=draft")
    assert answer.status_code == 200
    assert "There is no such version" in answer.content.decode()


def test_publishing_leads_to_the_fields_to_copy(signed_in: Client, profile: Profile) -> None:
    url = reverse("profiles:publish", args=[profile.public_id])
    sent = {"published_on": timezone.localdate().isoformat(), "note": "The first"}
    page = signed_in.post(url, sent, follow=True).content.decode()
    assert "Version 1 is kept" in page
    assert 'data-copy="#copy-overview"' in page


def test_a_wrong_day_is_said_beside_it_and_the_note_stays(
    signed_in: Client, profile: Profile
) -> None:
    url = reverse("profiles:publish", args=[profile.public_id])
    answer = signed_in.post(url, {"published_on": "2999-01-01", "note": "A new opening"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not come yet" in page
    assert "A new opening" in page
    assert not ProfileVersion.objects.exists()


def test_the_preview_cuts_the_overview_where_the_list_of_results_does(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    overview = "a" * 250 + "TAIL"
    draft_save(actor=actor, profile=profile, values={"overview": overview}, seen={})
    page = signed_in.get(reverse("profiles:preview", args=[profile.public_id])).content.decode()
    card = page[page.index('id="card-title"') : page.index('id="tier-title"')]
    assert "a" * 250 + "…" in card
    assert "TAIL" not in card
    assert "TAIL" in page[page.index('id="copies-title"') :], "the field to copy is whole"


def test_what_upwork_keeps_to_itself_is_hidden_when_asked(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    from tests.factories import closed_contract

    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-01-31", "4.80", title="A film", earned=1234)
    url = reverse("profiles:preview", args=[profile.public_id])
    assert "$1,234.00" in signed_in.get(url).content.decode()
    draft_save(actor=actor, profile=profile, values={"earnings": "hidden"}, seen={})
    assert "$1,234.00" not in signed_in.get(url).content.decode()


def test_the_list_says_how_each_profile_stands(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    a_version(actor, profile)
    draft_save(actor=actor, profile=profile, values={"market": "cinemas"}, seen={})
    page = signed_in.get(reverse("profiles:index")).content.decode()
    assert "Version 1 on Upwork since" in page
    assert "the draft is ahead of it" in page


@pytest.mark.parametrize("freelancers", [1, 6])
def test_the_list_takes_the_same_queries_for_one_and_for_a_team(
    client: Client, freelancers: int, django_assert_max_num_queries: object
) -> None:
    owner = actor_with_role("owner")
    for _number in range(freelancers):
        member = actor_with_role("member", practice=owner.practice)
        a_version(member, a_profile(member))
    client.force_login(owner.user)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(reverse("profiles:index"))


def test_the_list_reads_the_newest_version_of_each_profile_only(
    actor: Actor, profile: Profile
) -> None:
    specialised = a_profile(actor, title="Cutter", overview="Short films.")
    for number in range(3):
        for each in (profile, specialised):
            draft_save(actor=actor, profile=each, values={"market": str(number)}, seen={})
            publish(actor, each)
    shown = Profile.objects.for_actor(actor).kept()
    found = ProfileVersion.objects.for_actor(actor).newest_of(shown)
    assert sorted((each.profile_id, each.number) for each in found) == [
        (profile.pk, 3),
        (specialised.pk, 3),
    ]
