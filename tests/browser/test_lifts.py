"""What lifts the score, in a browser: choose, see it at once, share the address."""

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
    """Seven good contracts and one bad one, all closed these days: 75 %."""
    assert actor.freelancer
    today = timezone.localdate()
    for ago in range(7):
        closed_contract(actor.freelancer, today - dt.timedelta(days=ago), "5.00")
    closed_contract(actor.freelancer, today, "2.00", title="The bad one")
    return f"/jss/{actor.freelancer.public_id}/lifts/"


def test_another_limit_answers_at_once_and_stands_in_the_address(
    page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    signed_in(page, actor).goto(path)
    plan = page.get_by_role("region", name="The cheapest plan")
    expect(plan).to_contain_text("Own up to 1 contract that went badly")
    page.get_by_label("Changed, at most").fill("0")
    page.get_by_label("New contracts, at most").fill("12")
    page.keyboard.press("Tab")
    expect(plan).to_contain_text("Close 12 new five-star contracts")
    expect(page).to_have_url(re.compile(r"new=12.*change=0"))
    page.reload()
    expect(plan).to_contain_text("Close 12 new five-star contracts")
    page.get_by_label("New contracts, at most").fill("2")
    page.keyboard.press("Enter")
    expect(plan).to_contain_text("cannot be reached")
    assert axe_findings(page) == []


def test_without_a_script_too(
    plain_page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    signed_in(plain_page, actor).goto(path)
    plain_page.get_by_label("Target, %").fill("80")
    plain_page.get_by_role("button", name="Show").click()
    expect(plain_page).to_have_url(re.compile("target=80"))
    expect(plain_page.get_by_role("table", name="Steps that lift")).to_contain_text(
        "Close 2 new five-star contracts"
    )


def test_from_the_strip_of_weeks_to_the_rows_of_one(
    page: Page, signed_in: SignedIn, actor: Actor, path: str
) -> None:
    signed_in(page, actor).goto(path)
    page.get_by_role("link", name="Top Rated", exact=True).click()
    expect(page.get_by_role("heading", name="Top Rated track")).to_be_visible()
    weeks = page.locator("[data-week]")
    expect(weeks).to_have_count(16)
    weeks.last.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"as_of={timezone.localdate()}"))
    expect(page.get_by_role("heading", name="The three windows")).to_be_visible()
