"""The page that holds a job post against the profiles (P8): page and fragment, nothing stored."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import AuditEvent
from profiles.content import Content
from profiles.match_advice import Spot, moves_of
from profiles.match_words import HOW_WORDS, SPOT_WORDS, WHERE_WORDS, language_name
from profiles.matching import match_of, terms_of
from profiles.matching.match import CREDITS, PLACES
from profiles.matching.words import LANGUAGES
from profiles.models import DraftChange, Profile
from tests.factories import actor_with_role, closed_contract, solo_actor
from tests.profiles.matching_texts import GERMAN_POST, PASTED_POST, VIDEO_POST
from tests.profiles.samples import a_profile

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def actor() -> Actor:
    return solo_actor("Ada")


@pytest.fixture
def profile(actor: Actor) -> Profile:
    """A video editor who names DaVinci Resolve last, and After Effects nowhere."""
    skills = ["Video Editing", "Sound", "Captions", "YouTube", "Podcast", "DaVinci Resolve"]
    return a_profile(
        actor,
        title="Video editor",
        overview="I cut your podcast in Premiere Pro.",
        skills=skills,
    )


@pytest.fixture
def signed_in(actor: Actor, client: Client) -> Client:
    client.force_login(actor.user)
    return client


def url_of(actor: Actor) -> str:
    assert actor.freelancer
    return reverse("profiles:match", args=[actor.freelancer.public_id])


def answer_to(client: Client, actor: Actor, post: str) -> str:
    answer = client.post(url_of(actor), {"post": post}, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def part_of(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    start = text.index(f"{heading}</h3>")
    return text[start : text.find("<h3", start)]


def test_the_page_teaches_before_the_first_post(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    page = signed_in.get(url_of(actor)).content.decode()
    assert "Show me with an example post" in page
    assert "Nothing of it is stored" in page


def test_the_example_is_answered_at_once(signed_in: Client, actor: Actor, profile: Profile) -> None:
    page = signed_in.get(url_of(actor), {"example": "1"}).content.decode()
    assert "Developer for a slow online shop" in page
    assert "None of your profiles says what this post asks for" in page


def test_a_script_gets_the_answer_alone_and_a_form_the_whole_page(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    fragment = answer_to(signed_in, actor, VIDEO_POST)
    assert "<html" not in fragment
    assert 'id="match-answer"' in fragment
    page = signed_in.post(url_of(actor), {"post": VIDEO_POST}).content.decode()
    assert "<html" in page
    assert 'id="match-answer"' in page
    assert "Video editor for YouTube podcasts" in page, "the post is still in its field"


def test_p8_the_profile_that_says_more_of_the_post_fits_best_and_stands_first(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    better = a_profile(
        actor,
        title="Podcast video editor",
        skills=["Adobe Premiere Pro", "After Effects", "DaVinci Resolve"],
    )
    text = answer_to(signed_in, actor, VIDEO_POST)
    assert "Best fit: Podcast video editor" in text
    first = text.index(f'id="profile-{better.public_id}"')
    assert first < text.index(f'id="profile-{profile.public_id}"')
    assert text.count("</svg>fits best<") == 1


def test_p8_what_a_client_hardly_sees_is_named_with_where_to_bring_it(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    moves = part_of(answer_to(signed_in, actor, VIDEO_POST), "Move up")
    assert "DaVinci Resolve" in moves
    assert "into the title" in moves
    assert "now in: Other skills" in moves


def test_p8_what_the_log_holds_is_offered_with_its_contract_and_the_rest_is_missing(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    assert actor.freelancer
    contract = closed_contract(
        actor.freelancer,
        dt.date(2026, 1, 31),
        title="A trailer",
        notes="Titles and an intro, made in After Effects.",
    )
    assert contract.client
    text = answer_to(signed_in, actor, VIDEO_POST)
    offered = part_of(text, "You have done this: add it")
    assert "After Effects" in offered
    assert f"/contracts/{contract.public_id}/" in offered
    assert f"for {contract.client}" in offered
    missing = part_of(text, "Missing")
    assert "We invent no experience" in missing
    assert "Color grading" in missing
    assert "After Effects" not in missing


def test_the_work_of_somebody_else_is_no_proof(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    colleague = actor_with_role("member", practice=actor.practice)
    assert colleague.freelancer
    closed_contract(colleague.freelancer, dt.date(2026, 1, 31), title="After Effects intro")
    text = answer_to(signed_in, actor, VIDEO_POST)
    assert "You have done this" not in text
    assert "your contract log is empty" in text


def test_the_score_shows_its_formula(signed_in: Client, actor: Actor, profile: Profile) -> None:
    text = answer_to(signed_in, actor, VIDEO_POST)
    terms = terms_of(VIDEO_POST)
    score = match_of(terms, profile.content_with(profile)).score
    most = sum(term.weight for term in terms)
    assert f"/ {most} points = {score}, rounded down" in text
    assert "an estimate" in text
    assert "Rule P8" in text


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("", "Paste a job post here"),
        (" \n\u200b<p></p>", "Paste a job post here"),
        ("word " * 20_000, "This has 100,000 characters, and 20,000 are read."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_post_that_cannot_be_read_is_said_beside_its_field_and_stays_there(
    signed_in: Client,
    actor: Actor,
    profile: Profile,
    post: str,
    words: str,
    headers: dict[str, str],
) -> None:
    answer = signed_in.post(url_of(actor), {"post": post}, headers=headers)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text[text.index('id="id_post_error"') :][:800]
    if not headers:
        assert 'aria-invalid="true"' in text
        assert post[:1000] in text or "&lt;p&gt;" in text, "what was pasted is still there"


def test_pasted_html_is_read_without_its_tags_and_this_is_said(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    text = answer_to(signed_in, actor, PASTED_POST)
    assert "came along with the post" in text
    assert "QuickBooks Online" in text
    assert "<script>var" not in text
    assert "came along" not in answer_to(signed_in, actor, VIDEO_POST)


def test_a_post_in_another_language_says_what_it_can_do(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    text = answer_to(signed_in, actor, GERMAN_POST)
    assert "This post is in German." in text
    assert "SDL Trados" in part_of(text, "Missing")


def test_a_text_that_asks_for_nothing_gets_a_sentence_and_no_score(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    text = answer_to(signed_in, actor, "We need you and we have the time.")
    assert "Paste the whole post" in text
    assert "data-score" not in text


def test_tags_in_a_profile_or_a_post_stay_text(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    text = answer_to(signed_in, actor, "Skills: <img src=x onerror=alert(1)>, &lt;b&gt;Figma")
    assert "<img" not in text


def test_nothing_is_stored(signed_in: Client, actor: Actor, profile: Profile) -> None:
    before = AuditEvent.objects.count(), DraftChange.objects.count()
    answer_to(signed_in, actor, VIDEO_POST)
    assert (AuditEvent.objects.count(), DraftChange.objects.count()) == before


def test_a_viewer_may_ask_too_and_another_practice_gets_404(
    client: Client, actor: Actor, profile: Profile
) -> None:
    client.force_login(actor_with_role("viewer", practice=actor.practice).user)
    assert client.post(url_of(actor), {"post": VIDEO_POST}).status_code == 200
    client.force_login(solo_actor().user)
    assert client.post(url_of(actor), {"post": VIDEO_POST}).status_code == 404


def test_without_a_profile_one_is_sent_to_begin_it(signed_in: Client, actor: Actor) -> None:
    answer = signed_in.get(url_of(actor), follow=True)
    assert answer.redirect_chain == [(reverse("profiles:index"), 302)]
    assert "Write the general profile first" in answer.content.decode()


def test_its_queries_do_not_grow_with_profiles_and_contracts(
    signed_in: Client, actor: Actor, profile: Profile, django_assert_max_num_queries: object
) -> None:
    assert actor.freelancer
    a_profile(actor, title="Another")
    a_profile(actor, title="And another")
    for number in range(20):
        closed_contract(actor.freelancer, dt.date(2026, 1, 31), "5.00", title=f"Cut {number}")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        answer_to(signed_in, actor, VIDEO_POST)


def test_every_place_and_every_way_of_finding_has_words() -> None:
    assert set(WHERE_WORDS) == set(PLACES)
    assert set(HOW_WORDS) == set(CREDITS)
    assert set(SPOT_WORDS) == set(Spot)
    assert all(language_name(code) for code in LANGUAGES)


def spots_of(content: Content) -> dict[str, str]:
    terms = terms_of("Figma expert for a clinic\nWe need icons.\nSkills: Figma, Webflow")
    moves = moves_of(match_of(terms, content), content)
    return {move.found.term.text: move.to for move in moves}


def test_p11_one_term_goes_into_the_title_and_a_skill_among_the_first_ones() -> None:
    far_down = Content(skills=("One", "Two", "Three", "Four", "Five", "Figma", "Webflow"))
    assert spots_of(far_down) == {"Figma": Spot.TITLE, "Webflow": Spot.SKILLS}


def test_p11_nothing_goes_into_a_title_without_room() -> None:
    skills = ("One", "Two", "Three", "Four", "Five", "Figma")
    assert spots_of(Content(title="x" * 65, skills=skills)) == {"Figma": Spot.SKILLS}


def test_p11_what_is_no_skill_goes_into_the_first_250_characters() -> None:
    content = Content(title="x" * 70, overview=f"{'word ' * 60} icons and a clinic")
    assert set(spots_of(content).values()) == {Spot.OVERVIEW}
