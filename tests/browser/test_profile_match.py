"""Match and rates in a browser: answers come while one works, and without JavaScript too."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from profiles.models import Profile
from tests.browser.conftest import WAIT, Guard, axe_findings, settled
from tests.factories import solo_actor
from tests.profiles.matching_texts import VIDEO_POST
from tests.profiles.samples import a_profile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type SignedIn = Callable[[Page, Actor], Page]


@pytest.fixture
def actor() -> Actor:
    made = solo_actor()
    a_profile(
        made,
        title="Video editor",
        overview="I cut your podcast in Premiere Pro.",
        rate=Decimal(50),
    )
    return made


def path(actor: Actor, tab: str) -> str:
    assert actor.freelancer
    return f"/profiles/of/{actor.freelancer.public_id}/{tab}/"


def test_a_pasted_post_is_answered_beside_it(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    signed_in(page, actor).goto(path(actor, "match"))
    post = page.get_by_label("The job post")
    page.get_by_role("button", name="See what matches").click()
    expect(page.locator("#id_post_error")).to_contain_text("Paste a job post here")
    post.fill(VIDEO_POST)
    page.get_by_role("button", name="See what matches").click()
    best = page.get_by_role("region", name="Which profile fits best")
    # The first match of a process loads the word lists.
    expect(best).to_contain_text("Video editor", timeout=WAIT)
    expect(page.locator("#id_post_error")).to_be_empty()
    expect(page.locator("#match-said")).to_contain_text("Best fit: Video editor")
    expect(post).to_have_value(VIDEO_POST)
    settled(page)
    page.get_by_text(re.compile("How the .* came about")).click()
    expect(page.get_by_role("table")).to_contain_text("Premiere Pro")
    assert not axe_findings(page)


def test_a_post_that_is_too_long_stays_in_its_field(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    signed_in(page, actor).goto(path(actor, "match"))
    long = "word " * 20_000
    post = page.get_by_label("The job post")
    post.fill(long)
    page.get_by_role("button", name="See what matches").click()
    expect(page.locator("#id_post_error")).to_contain_text("This has 100,000 characters")
    expect(post).to_have_value(long)


def test_when_the_session_has_ended_the_post_stays_and_it_is_said(
    page: Page, signed_in: SignedIn, actor: Actor, guards: list[Guard]
) -> None:
    guards[0].expected = re.compile("Response Status Error")  # as htmx calls what is no answer
    signed_in(page, actor).goto(path(actor, "match"))
    post = page.get_by_label("The job post")
    post.fill(VIDEO_POST)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="See what matches").click()
    expect(page.get_by_role("alert")).to_contain_text("what you typed is still here")
    expect(post).to_have_value(VIDEO_POST)
    expect(page.locator("#match-answer")).to_contain_text("Show me with an example post")


def test_typing_a_rate_changes_the_arithmetic_and_the_address(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    signed_in(page, actor).goto(path(actor, "rates"))
    starting = page.locator("#answer-starting")
    expect(starting).to_contain_text("Ask $40.00 to $45.00 an hour for now")
    target = page.get_by_label("Your target rate, $ an hour")
    target.fill("")
    target.press_sequentially("100")
    expect(starting).to_contain_text("$100.00 − 20% = $80.00 an hour")
    expect(page.locator("#announcer")).to_contain_text("Ask $80.00 to $90.00 an hour for now")
    expect(page).to_have_url(re.compile(r"/rates/\?target=100$"))
    expect(target).to_be_focused()
    target.fill("lots")
    expect(page.locator("#id_target_error")).to_contain_text("number of dollars")
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(target).to_have_value("lots")
    target.fill("100")
    expect(page.locator("#id_target_error")).to_be_empty()
    expect(target).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Save $100.00 as the target").click()
    expect(page.get_by_text("Your target rate is saved: $100.00 an hour.")).to_be_visible()
    assert Profile.objects.get().target_rate == Decimal(100)
    assert not axe_findings(page)


def test_match_works_without_javascript(
    plain_page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    page = signed_in(plain_page, actor)
    page.goto(path(actor, "match"))
    page.get_by_label("The job post").fill(VIDEO_POST)
    page.get_by_role("button", name="See what matches").click()
    expect(page.get_by_role("region", name="Which profile fits best")).to_be_visible()
    expect(page.get_by_label("The job post")).to_have_value(VIDEO_POST)


def test_rates_work_without_javascript(plain_page: Page, signed_in: SignedIn, actor: Actor) -> None:
    page = signed_in(plain_page, actor)
    page.goto(path(actor, "rates"))
    page.get_by_label("What the work brings the client, $").fill("10000")
    page.get_by_label("Your target rate, $ an hour").fill("90")
    page.get_by_role("button", name="Work it out").last.click()
    expect(page.locator("#answer-value")).to_contain_text("$10,000.00 × 10% = $1,000.00")
    page.get_by_role("button", name="Save $90.00 as the target").click()
    expect(page.get_by_text("Your target rate is saved: $90.00 an hour.")).to_be_visible()
    expect(page.locator("#answer-value")).to_contain_text("Ask $1,000.00")
