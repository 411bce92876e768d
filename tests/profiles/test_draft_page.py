"""The page of a draft: one view for page and fragment, with and without JavaScript."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from profiles.draft_services import Saved, draft_save, profile_create, profile_remove, seen_of
from profiles.models import Dismissal, DraftChange, Profile
from tests.factories import actor_with_role, solo_actor
from tests.profiles.samples import a_change, a_profile

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


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


def url_of(profile: Profile, route: str = "draft") -> str:
    return reverse(f"profiles:{route}", args=[profile.public_id])


def whole(profile: Profile, **typed: str) -> dict[str, str]:
    """What the page's form sends: every field as shown, but for what was typed."""
    shown = {
        "title": profile.title,
        "rate": "" if profile.rate is None else str(profile.rate),
        "overview": profile.overview.replace("\n", "\r\n"),
        "skills": "\r\n".join(profile.skills),
        **{name: getattr(profile, name) for name in ("market", "service", "video")},
        "availability": profile.availability,
        "available_on": "",
        "earnings": profile.earnings,
    }
    seen = {f"seen_{name}": seen_of(profile, name) for name in shown}
    return {**shown, **seen, **typed}


def test_the_page_shows_the_draft_the_checks_and_who_changed_what(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    page = signed_in.get(url_of(profile)).content.decode()
    assert "Your film gets shorter and better." in page
    assert 'data-finding="skills-few"' in page
    assert "Ada" in page[page.index('id="changes"') :]


def test_its_queries_do_not_grow_with_the_changes(
    signed_in: Client, actor: Actor, profile: Profile, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        draft_save(actor=actor, profile=profile, values={"market": str(number)}, seen={})
        draft_save(actor=actor, profile=profile, values={"service": str(number)}, seen={})
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        signed_in.get(url_of(profile))


def test_without_a_script_all_fields_are_saved_and_the_change_can_be_undone(
    signed_in: Client, profile: Profile
) -> None:
    answer = signed_in.post(
        url_of(profile), whole(profile, rate="$62.50/hr", skills="Editing, Colour\r\nediting")
    )
    assert answer.status_code == 302
    profile.refresh_from_db()
    assert str(profile.rate) == "62.50"
    assert profile.skills == ["Editing", "Colour"]
    assert {change.field for change in DraftChange.objects.all()} >= {"rate", "skills"}
    page = signed_in.get(url_of(profile)).content.decode()
    assert "Saved." in page


def test_a_script_gets_the_pieces_that_changed(signed_in: Client, profile: Profile) -> None:
    answer = signed_in.post(url_of(profile), whole(profile, overview="Hello!!!"), headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "data-saved" in text
    assert "<html" not in text
    assert 'data-finding="exclamation-marks"' in text
    profile.refresh_from_db()
    assert f'value="{seen_of(profile, "overview")}"' in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("rate", "-5", "from $3 to $999.99"),
        ("rate", "10000", "from $3 to $999.99"),
        ("rate", "much", "number of dollars"),
        ("rate", "62.555", "two places"),
        ("rate", "1" * 5000, "from $3 to $999.99"),
        ("overview", "x" * 100_000, "100,000 characters"),
        ("title", "x" * 201, "201 characters"),
        ("skills", "\n".join(f"Skill {n}" for n in range(60)), "60 skills"),
        ("availability", "always", "always"),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field_and_stays_there(
    signed_in: Client, profile: Profile, field: str, typed: str, words: str
) -> None:
    answer = signed_in.post(url_of(profile), whole(profile, **{field: typed}, title_typed="x"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page[page.index(f'id="said-{field}"') :][:1500]
    if field != "availability":
        assert typed[:300].replace("\n", "\n") in page, "what was typed is still there"
    before = getattr(profile, field)
    profile.refresh_from_db()
    assert getattr(profile, field) == before


def test_the_other_fields_are_saved_beside_one_that_is_refused(
    signed_in: Client, profile: Profile
) -> None:
    signed_in.post(url_of(profile), whole(profile, rate="-5", market="clinics"))
    profile.refresh_from_db()
    assert profile.market == "clinics"


def test_p11_sixteen_skills_are_kept_and_said_to_be_too_many(
    signed_in: Client, profile: Profile
) -> None:
    skills = "\n".join(f"Skill {number}" for number in range(16))
    text = signed_in.post(
        url_of(profile), whole(profile, skills=skills), headers=HTMX
    ).content.decode()
    assert "16 / 15, too many" in text
    profile.refresh_from_db()
    assert len(profile.skills) == 16


def test_a_conflict_shows_both_and_saves_neither_over_the_other(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    manager = actor_with_role("manager", practice=actor.practice, name="Max")
    sent = whole(profile, overview="What I wrote.")
    draft_save(actor=manager, profile=profile, values={"overview": "What Max wrote."}, seen={})
    text = signed_in.post(url_of(profile), sent, headers=HTMX).content.decode()
    assert "Max changed this meanwhile" in text
    assert '<ins class="piece-added">' in text
    assert 'id="seen-overview"' not in text, "the next autosave must not win by itself"
    profile.refresh_from_db()
    assert profile.overview == "What Max wrote."

    again = signed_in.post(url_of(profile), {**sent, "keep": "overview"}, headers=HTMX)
    assert 'id="seen-overview"' in again.content.decode()
    profile.refresh_from_db()
    assert profile.overview == "What I wrote."


def test_taking_theirs_brings_their_text_into_the_field(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    sent = whole(profile, overview="What I wrote.", take="overview")
    draft_save(actor=manager, profile=profile, values={"overview": "Theirs."}, seen={})
    text = signed_in.post(url_of(profile), sent, headers=HTMX).content.decode()
    assert 'id="control-overview"' in text
    assert "Theirs.</textarea>" in text
    profile.refresh_from_db()
    assert f'value="{seen_of(profile, "overview")}"' in text


def test_without_a_script_a_conflict_keeps_the_typed_text_and_where_it_started(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    sent = whole(profile, overview="What I wrote.")
    draft_save(actor=manager, profile=profile, values={"overview": "Theirs."}, seen={})
    answer = signed_in.post(url_of(profile), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What I wrote.</textarea>" in page
    assert f'name="seen_overview" value="{sent["seen_overview"]}"' in page


def test_an_entry_is_added_and_taken_away(signed_in: Client, profile: Profile) -> None:
    url = reverse("profiles:list_save", args=[profile.public_id, "portfolio"])
    sent = {
        "portfolio-TOTAL_FORMS": "2",
        "portfolio-INITIAL_FORMS": "0",
        "portfolio-0-title": "A film",
        "portfolio-0-description": "Seen by many.",
        "portfolio-1-title": "",
    }
    added = signed_in.post(url, {**sent, "add": "1"})
    assert added["Location"].endswith("?add=portfolio#list-portfolio")
    profile.refresh_from_db()
    assert profile.portfolio == [{"title": "A film", "description": "Seen by many.", "link": ""}]
    text = signed_in.post(
        url,
        {**sent, "portfolio-INITIAL_FORMS": "1", "remove": "0"},
        headers=HTMX,
    ).content.decode()
    assert 'id="list-portfolio"' in text
    profile.refresh_from_db()
    assert profile.portfolio == []


def test_an_entry_typed_a_moment_ago_and_taken_away_can_be_put_back(
    signed_in: Client, profile: Profile
) -> None:
    url = reverse("profiles:list_save", args=[profile.public_id, "languages"])
    sent = {
        "languages-TOTAL_FORMS": "1",
        "languages-INITIAL_FORMS": "0",
        "languages-0-name": "Polish",
    }
    signed_in.post(url, sent, headers=HTMX)

    taken = signed_in.post(url, {**sent, "remove": "0"}, headers=HTMX).content.decode()

    change = DraftChange.objects.newest_first()[0]
    undo = reverse("profiles:change_undo", args=[change.public_id])
    assert undo in taken.partition('id="draft-said"')[2].partition("</p>")[0]
    signed_in.post(undo)
    profile.refresh_from_db()
    assert [each["name"] for each in profile.languages] == ["Polish"]


def test_words_that_arrive_while_the_profile_is_removed_find_no_such_page(
    signed_in: Client, actor: Actor, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = profile_create(actor=actor, freelancer=profile.freelancer)

    def removed_first(**options: Any) -> Saved:
        profile_remove(actor=actor, profile=extra)
        return draft_save(**options)

    monkeypatch.setattr("profiles.draft_views.draft_save", removed_first)

    assert signed_in.post(url_of(extra), whole(extra, title="New")).status_code == 404


def test_an_entry_changes_places_with_the_one_before(signed_in: Client, profile: Profile) -> None:
    url = reverse("profiles:list_save", args=[profile.public_id, "languages"])
    sent = {
        "languages-TOTAL_FORMS": "3",
        "languages-INITIAL_FORMS": "0",
        **{f"languages-{at}-name": name for at, name in enumerate(["Polish", "Czech", "German"])},
    }
    text = signed_in.post(url, {**sent, "raise": "2"}, headers=HTMX).content.decode()
    profile.refresh_from_db()
    assert [each["name"] for each in profile.languages] == ["Polish", "German", "Czech"]
    assert text.index("German") < text.index("Czech")
    signed_in.post(url, {**sent, "raise": "0"}, headers=HTMX)
    profile.refresh_from_db()
    assert [each["name"] for each in profile.languages] == ["Polish", "Czech", "German"]


@pytest.mark.parametrize("position", ["99", "-1", "x", "9" * 5000, "²"])
def test_a_position_that_is_none_takes_nothing_away(
    signed_in: Client, profile: Profile, position: str
) -> None:
    url = reverse("profiles:list_save", args=[profile.public_id, "languages"])
    sent = {
        "languages-TOTAL_FORMS": "1",
        "languages-INITIAL_FORMS": "0",
        "languages-0-name": "Polish",
    }
    signed_in.post(url, {**sent, "remove": position, "raise": position})
    profile.refresh_from_db()
    assert [each["name"] for each in profile.languages] == ["Polish"]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("<div>Your film</div>&nbsp;gets better", "pasted-html"),
        ("Your fi\u200blm gets better", "invisible-characters"),
        ("Your film \u202egets better", "direction-override"),
    ],
)
def test_what_was_pasted_along_is_kept_said_and_offered_to_be_taken_out(
    signed_in: Client, profile: Profile, text: str, check: str
) -> None:
    page = signed_in.post(url_of(profile), whole(profile, overview=text), headers=HTMX)
    finding = page.content.decode().partition(f'data-finding="{check}"')[2].partition("</li>")[0]
    assert "Take it out" in finding
    profile.refresh_from_db()
    assert profile.overview == text


def test_text_from_right_to_left_is_kept_and_shown_so(signed_in: Client, profile: Profile) -> None:
    text = "أكتب نصوصاً تبيع.\n\nאני כותב טקסטים."
    signed_in.post(url_of(profile), whole(profile, overview=text.replace("\n", "\r\n")))
    profile.refresh_from_db()
    assert profile.overview == text
    page = signed_in.get(url_of(profile)).content.decode()
    control = page[page.index('<textarea name="overview"') :]
    assert 'dir="auto"' in control[: control.index(">")]


def test_a_list_that_somebody_else_changed_is_a_conflict_too(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    manager = actor_with_role("manager", practice=actor.practice, name="Max")
    seen = seen_of(profile, "languages")
    theirs = [{"name": "Polish", "level": "fluent"}]
    draft_save(actor=manager, profile=profile, values={"languages": theirs}, seen={})
    text = signed_in.post(
        reverse("profiles:list_save", args=[profile.public_id, "languages"]),
        {
            "languages-TOTAL_FORMS": "1",
            "languages-INITIAL_FORMS": "0",
            "languages-0-name": "Spanish",
            "languages-0-level": "basic",
            "seen_languages": seen,
        },
        headers=HTMX,
    ).content.decode()
    assert "Max changed this meanwhile" in text
    profile.refresh_from_db()
    assert profile.languages == theirs


def test_a_list_that_is_shared_is_edited_on_the_general_profile_only(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    specialised = a_profile(actor)
    sent = {"languages-TOTAL_FORMS": "0", "languages-INITIAL_FORMS": "0"}
    url = reverse("profiles:list_save", args=[specialised.public_id, "languages"])
    assert signed_in.post(url, sent).status_code == 404
    assert signed_in.post(url.replace("languages", "nothing"), sent).status_code == 404


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(
    signed_in: Client, profile: Profile
) -> None:
    key = finding_key(signed_in, profile, "skills-few")
    answer = signed_in.post(url_of(profile, "dismiss"), {"key": key, "reason": ""}, headers=HTMX)
    assert "Say why it does not apply here." in answer.content.decode()
    assert not Dismissal.objects.exists()
    answer = signed_in.post(
        url_of(profile, "dismiss"), {"key": key, "reason": "Three are enough."}, headers=HTMX
    )
    text = answer.content.decode()
    assert "Three are enough." in text
    assert 'data-finding="skills-few"' not in text
    dismissal = Dismissal.objects.get()
    take_up = reverse("profiles:take_up", args=[dismissal.public_id])
    assert 'data-finding="skills-few"' in signed_in.post(take_up, headers=HTMX).content.decode()


def finding_key(signed_in: Client, profile: Profile, check: str) -> str:
    page = signed_in.get(url_of(profile)).content.decode()
    part = page[page.index(f'data-finding="{check}"') :]
    return part[part.index('name="key" value="') + len('name="key" value="') :].partition('"')[0]


def test_a_title_stays_one_line_when_its_tags_are_taken_out(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    values = {"title": "<p>Film</p><p>editor</p>"}
    draft_save(actor=actor, profile=profile, values=values, seen={})
    signed_in.post(url_of(profile, "clean"), {"field": "title"})
    profile.refresh_from_db()
    assert profile.title == "Film editor"


def test_pasted_tags_are_taken_out_and_can_be_put_back(signed_in: Client, profile: Profile) -> None:
    text = "<p>Your film\u200b gets <b>better</b>.</p>"
    signed_in.post(url_of(profile), whole(profile, overview=text))
    signed_in.post(url_of(profile, "clean"), {"field": "overview"})
    profile.refresh_from_db()
    assert profile.overview == "Your film gets better."
    change = DraftChange.objects.newest_first().first()
    assert change
    signed_in.post(reverse("profiles:change_undo", args=[change.public_id]))
    profile.refresh_from_db()
    assert profile.overview == text


def test_what_a_newer_change_would_lose_is_not_undone(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    change = a_change(actor, profile)
    manager = actor_with_role("manager", practice=actor.practice)
    draft_save(actor=manager, profile=profile, values={"title": "Newest"}, seen={})
    signed_in.post(reverse("profiles:change_undo", args=[change.public_id]))
    page = signed_in.get(url_of(profile)).content.decode()
    assert "was changed again since" in page
    profile.refresh_from_db()
    assert profile.title == "Newest"


def test_a_viewer_reads_and_finds_nothing_to_press(
    client: Client, actor: Actor, profile: Profile
) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    client.force_login(viewer.user)
    page = client.get(url_of(profile)).content.decode()
    overview = page[page.index('<textarea name="overview"') :]
    assert "disabled" in overview[: overview.index(">")]
    assert "Set aside" not in page
    assert "Publish" not in page


def test_a_specialised_profile_shows_what_is_shared_as_the_general_ones(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    specialised = a_profile(actor)
    page = signed_in.get(url_of(specialised)).content.decode()
    assert 'id="id_availability"' not in page
    assert "edit them on the general profile" in page
    assert 'data-finding="languages-empty"' not in page
    assert "more about what all your profiles share" in page


def test_a_button_pressed_twice_makes_one_profile(signed_in: Client, actor: Actor) -> None:
    assert actor.freelancer
    url = reverse("profiles:create", args=[actor.freelancer.public_id])
    first = signed_in.post(url, {"place": "0"})
    second = signed_in.post(url, {"place": "0"})
    assert first["Location"] == second["Location"]
    assert Profile.objects.count() == 1


def test_a_third_specialised_profile_is_answered_with_a_sentence(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    a_profile(actor)
    a_profile(actor)
    assert actor.freelancer
    url = reverse("profiles:create", args=[actor.freelancer.public_id])
    page = signed_in.post(url, follow=True).content.decode()
    assert "one general and two specialised" in page
    assert url not in page, "the button is gone"
