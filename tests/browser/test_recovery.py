"""The recovery plan in a browser: tick, take back, and hints while the answer is typed."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from tests.browser.conftest import axe_findings
from tests.factories import closed_contract

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Page, Actor], Page]


@pytest.fixture
def path(actor: Actor, transactional_db: None) -> str:
    """Seven good contracts, a bad one, and four without feedback of which two count: 58 %."""
    assert actor.freelancer
    today = timezone.localdate()
    for ago in range(7):
        closed_contract(actor.freelancer, today - dt.timedelta(ago), "5.00")
    closed_contract(actor.freelancer, today, "2.00", title="The bad one")
    for ago in range(20, 24):
        closed_contract(actor.freelancer, today - dt.timedelta(ago), None, title=f"Silent {ago}")
    return f"/jss/{actor.freelancer.public_id}/recovery/"


def test_a_tick_and_its_way_back_stay_on_the_page(
    page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    signed_in(page, actor).goto(path)
    owning = page.locator("#step-2")
    expect(owning).to_contain_text("To do")
    owning.get_by_role("button", name="I wrote to the client").click()
    expect(owning).to_contain_text("Owned up on")
    expect(owning).to_contain_text("Done")
    back = owning.get_by_role("button", name="Take it back")
    expect(back).to_be_focused()  # the keyboard goes on where it was
    assert axe_findings(page) == []
    page.keyboard.press("Enter")
    expect(owning).to_contain_text("To do")
    page.locator("summary", has_text="The message, ready to copy").first.click()
    page.get_by_label("Language for this client").first.select_option("uk")
    expect(page.locator("#step-1 textarea").first).to_have_value(re.compile("Контракт «Silent"))


def test_hints_come_while_the_answer_is_typed(
    page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    signed_in(page, actor).goto(f"{path}answer/")
    said = page.locator("#text-said")
    expect(said).to_contain_text("No blame, no pleading")
    page.get_by_label("Your answer").fill("It was the client's fault!")
    expect(said).to_contain_text("“the client's fault” may read as blaming")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator("#messages")).to_contain_text("Your answer is saved.")
    page.get_by_role("button", name="Start again from the log").click()
    expect(said).to_contain_text("No blame, no pleading")
    page.locator("#messages").get_by_role("link", name="Undo").click()
    expect(page.get_by_label("Your answer")).to_have_value("It was the client's fault!")


def test_without_a_script_too(
    plain_page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    page = signed_in(plain_page, actor)
    page.goto(path)
    page.locator("#step-2").get_by_role("button", name="I wrote to the client").click()
    expect(page.locator("#step-2")).to_contain_text("Owned up on")
