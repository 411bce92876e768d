"""A profile's draft in a browser: faults marked while typing, mended, published, compared, taken up
again; two people at once; a session that has ended; the keyboard alone; no JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.actors import Actor
from profiles.models import Profile, ProfileVersion
from tests.browser.conftest import Guard, axe_findings, settled
from tests.factories import actor_with_role, solo_actor
from tests.profiles.samples import a_profile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type SignedIn = Callable[[Page, Actor], Page]
FAULTY = "Hello! I am an editor with 12 years of experience.\n\nThis also means TOP RATED work."
GOOD = "Your film loses its audience in the first minute. I find the cut that keeps them watching."


def saved(page: Page) -> None:
    """Wait until what was typed is saved and the checks have answered."""
    expect(page.locator("#draft-said")).to_contain_text("Saved.")
    settled(page)


def type_overview(page: Page, words: str) -> None:
    expect(page.get_by_label("Overview", exact=True)).to_be_visible()
    page.wait_for_load_state()  # faster than any person: before that, no script listens
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Overview", exact=True).fill(words)
    saved(page)


def test_faults_are_marked_while_typing_mended_published_compared_and_restored(
    page: Page, signed_in: SignedIn
) -> None:
    actor = solo_actor("Ada")
    signed_in(page, actor).goto("/profiles/")
    page.get_by_role("button", name="Write the general profile").click()
    page.get_by_label("Title", exact=True).fill("Film editor for documentaries")
    overview = page.get_by_label("Overview", exact=True)
    overview.press_sequentially(FAULTY)
    marks = page.locator("#control-overview mark")
    expect(marks.filter(has_text="Hello")).to_have_count(1)
    expect(marks.filter(has_text="12 years of experience")).to_have_count(1)
    expect(overview).to_be_focused()
    expect(overview).to_have_value(FAULTY)
    expect(page.get_by_text("Opens with a greeting")).to_be_visible()
    saved(page)
    assert axe_findings(page) == []

    type_overview(page, GOOD)
    expect(marks.filter(has_text="Hello")).to_have_count(0)
    expect(page.get_by_text("Opens with a greeting")).to_have_count(0)

    page.get_by_role("link", name="Publish …").click()
    page.get_by_label("What is new").fill("The first")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is kept")).to_be_visible()

    page.get_by_role("link", name="Draft", exact=True).click()
    type_overview(page, GOOD.replace("keeps", "holds"))
    page.get_by_role("link", name="Versions", exact=True).click()
    compare = page.locator("#compare")
    expect(compare.locator("del").first).to_have_text("keeps")
    expect(compare.locator("ins").first).to_have_text("holds")

    page.get_by_role("button", name="Take it up again").click()
    expect(page.get_by_text("The draft says again what version 1 said.")).to_be_visible()
    expect(page.get_by_label("Overview", exact=True)).to_have_value(GOOD)
    assert ProfileVersion.objects.get().content["overview"] == GOOD


def test_a_mark_stays_on_its_words_while_others_are_typed_before_it(
    page: Page, signed_in: SignedIn
) -> None:
    actor = solo_actor()
    profile = a_profile(actor, overview="😀 Work that sells!!!")
    signed_in(page, actor).goto(f"/profiles/{profile.public_id}/")
    marks = page.locator("#control-overview mark")
    expect(marks.filter(has_text="!!!")).to_have_count(1)
    overview = page.get_by_label("Overview", exact=True)
    overview.press("Control+Home")
    page.keyboard.type("So: ")
    expect(marks.filter(has_text="!!!")).to_have_text("sells!!!")
    saved(page)
    page.locator("[data-finding=exclamation-marks] [data-show]").click()
    assert page.evaluate("getSelection().toString()") == "sells!!!"


def test_two_people_at_one_draft_do_not_overwrite_each_other(
    page: Page,
    browser: Browser,
    base_url: str,
    signed_in: SignedIn,
    guarded: Callable[[Page], Page],
) -> None:
    owner = solo_actor("Ada")
    manager = actor_with_role("manager", practice=owner.practice, name="Max")
    profile = a_profile(owner, overview="Old words of the overview.")
    url = f"/profiles/{profile.public_id}/"
    other_context = browser.new_context(base_url=base_url)
    other = signed_in(guarded(other_context.new_page()), manager)
    signed_in(page, owner).goto(url)
    other.goto(url)

    type_overview(other, "Words by Max.")
    page.get_by_label("Market", exact=True).fill("cinemas")
    page.get_by_label("Overview", exact=True).fill("Words by Ada.")
    expect(page.get_by_text("Max changed this meanwhile")).to_be_visible()
    expect(page.get_by_label("Overview", exact=True)).to_have_value("Words by Ada.")
    settled(page)
    assert axe_findings(page) == []
    profile.refresh_from_db()
    assert (profile.overview, profile.market) == ("Words by Max.", "cinemas")

    page.get_by_label("Overview", exact=True).press_sequentially(" More.")
    page.wait_for_timeout(1_500)  # a second save, of which nothing may come
    profile.refresh_from_db()
    assert profile.overview == "Words by Max."

    page.get_by_role("button", name="Save mine").click()
    expect(page.get_by_text("changed this meanwhile")).to_have_count(0)
    settled(page)
    profile.refresh_from_db()
    assert "More." in profile.overview

    other.get_by_label("Overview", exact=True).fill("Max again.")
    expect(other.get_by_text("Ada changed this meanwhile")).to_be_visible()
    settled(other)
    other.get_by_role("button", name="Take theirs").click()
    expect(other.get_by_label("Overview", exact=True)).to_have_value(profile.overview)
    expect(other.locator("#changes")).to_contain_text("Ada")
    other_context.close()


def test_what_was_typed_after_the_session_ended_is_offered_again(
    page: Page, signed_in: SignedIn
) -> None:
    actor = solo_actor()
    profile = a_profile(actor, overview="Old words of the overview.")
    url = f"/profiles/{profile.public_id}/"
    signed_in(page, actor).goto(url)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Overview", exact=True).fill("Typed without a session.")
    expect(page.locator("#draft-said")).to_contain_text("It is kept in this browser")
    profile.refresh_from_db()
    assert profile.overview == "Old words of the overview."

    signed_in(page, actor).goto(url)
    offer = page.locator("#kept")
    expect(offer).to_contain_text("Typed without a session.")
    assert axe_findings(page) == []
    offer.get_by_role("button", name="Put it back").click()
    saved(page)
    profile.refresh_from_db()
    assert profile.overview == "Typed without a session."
    page.goto(url)
    expect(offer).to_be_hidden()


def test_what_is_refused_is_kept_over_a_reload(page: Page, signed_in: SignedIn) -> None:
    actor = solo_actor()
    profile = a_profile(actor)
    url = f"/profiles/{profile.public_id}/"
    signed_in(page, actor).goto(url)
    page.get_by_label("Hourly rate").fill("-5")
    expect(page.get_by_text("Upwork takes hourly rates from $3 to $999.99.")).to_be_visible()
    settled(page)
    expect(page.get_by_label("Hourly rate")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Overview", exact=True).fill("x" * 100_000)
    expect(
        page.get_by_text("This has 100,000 characters, and a draft keeps 20,000")
    ).to_be_visible()
    settled(page)
    page.goto(url)
    expect(page.locator("#kept li")).to_have_count(2)
    page.locator("#kept li", has_text="-5").get_by_role("button", name="Throw it away").click()
    expect(page.locator("#kept li")).to_have_count(1)


def test_a_server_that_fails_loses_nothing(
    page: Page, signed_in: SignedIn, guards: list[Guard]
) -> None:
    actor = solo_actor()
    profile = a_profile(actor)
    url = f"/profiles/{profile.public_id}/"
    signed_in(page, actor).goto(url)
    for guard in guards:
        guard.problems = []  # the browser tells of the requests that fail below
    page.context.set_offline(True)
    page.get_by_label("Overview", exact=True).fill("Typed on a train.")
    expect(page.locator("#draft-said")).to_contain_text("It is kept in this browser")
    page.context.set_offline(False)
    page.get_by_label("Overview", exact=True).press_sequentially(" Sent later.")
    saved(page)
    profile.refresh_from_db()
    assert profile.overview == "Typed on a train. Sent later."
    for guard in guards:
        guard.problems = []


def test_an_entry_of_a_list_by_keyboard_alone(page: Page, signed_in: SignedIn) -> None:
    actor = solo_actor()
    profile = a_profile(actor)
    signed_in(page, actor).goto(f"/profiles/{profile.public_id}/")
    page.locator("#list-languages summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add the first")).to_be_focused()
    page.keyboard.press("Enter")
    name = page.get_by_label("Language", exact=True)
    expect(name).to_be_focused()
    settled(page)
    page.keyboard.type("Polish")
    page.keyboard.press("Tab")
    page.keyboard.type("Fluent")
    expect(page.locator("#count-languages")).to_have_text("1")
    settled(page)
    profile.refresh_from_db()
    assert profile.languages == [{"name": "Polish", "level": "fluent"}]
    name.press("Enter")
    settled(page)
    expect(name).to_have_value("Polish")


def test_a_finding_is_set_aside(page: Page, signed_in: SignedIn) -> None:
    actor = solo_actor()
    profile = a_profile(actor)
    signed_in(page, actor).goto(f"/profiles/{profile.public_id}/")
    finding = page.locator("[data-finding=portfolio-few]")
    finding.get_by_text("Set aside").first.click()
    finding.get_by_label("Why it does not apply here").fill("I only sell calls.")
    finding.get_by_role("button", name="Set aside").click()
    expect(finding).to_have_count(0)
    page.get_by_text("1 set aside").click()
    expect(page.get_by_text("I only sell calls.")).to_be_visible()


def test_without_javascript(plain_page: Page, signed_in: SignedIn) -> None:
    actor = solo_actor()
    profile = a_profile(actor)
    page = signed_in(plain_page, actor)
    page.goto(f"/profiles/{profile.public_id}/")
    page.get_by_label("Overview", exact=True).fill(FAULTY)
    page.get_by_label("Hourly rate").fill("10000")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Upwork takes hourly rates from $3 to $999.99.")).to_be_visible()
    expect(page.get_by_label("Hourly rate")).to_have_value("10000")
    expect(page.get_by_text("Opens with a greeting")).to_be_visible()
    page.get_by_label("Hourly rate").fill("85")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.locator("#list-portfolio summary").click()
    page.locator("#list-portfolio").get_by_role("button", name="Add the first").click()
    page.locator("#list-portfolio").get_by_label("Title").fill("A film")
    page.locator("#list-portfolio").get_by_role("button", name="Save").last.click()
    page.locator("#changes").get_by_role("link", name="Undo Portfolio").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    stored = Profile.objects.get()
    assert (f"{stored.rate}", stored.portfolio) == ("85.00", [])
