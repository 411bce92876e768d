"""The agency's page in a browser: suppose, see both scores at once, share the address."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from accounts.models import Freelancer
from tests.browser.conftest import axe_findings
from tests.factories import FreelancerFactory, closed_contract

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Page, Actor], Page]
HERE = "/jss/agency/"


@pytest.fixture
def ben(actor: Actor, transactional_db: None) -> Freelancer:
    """Two good contracts of the actor's and a bad one of Ben's, all under the agency: 33 %."""
    assert actor.freelancer
    ben = FreelancerFactory.create(practice=actor.practice, name="Ben")
    today = timezone.localdate()
    for freelancer, rating, title in (
        (actor.freelancer, "5.00", "Site"),
        (actor.freelancer, "4.50", "Shop"),
        (ben, "1.00", "Logo"),
    ):
        closed_contract(freelancer, today, rating, title=title, under_agency=True)
    return ben


def test_every_supposition_answers_at_once_and_stands_in_the_address(
    page: Page, signed_in: SignedIn, actor: Actor, ben: Freelancer
) -> None:
    signed_in(page, actor).goto(HERE)
    answer = page.get_by_role("region", name="Before and after")
    page.get_by_label("A member leaves").select_option("Ben")
    expect(answer.get_by_role("row", name="The agency contracts")).to_contain_text("100%")
    expect(
        page.get_by_role("status").filter(has_text="The agency: 33% becomes 100%")
    ).to_have_count(1)
    expect(page).to_have_url(re.compile(f"leaves={ben.public_id}$"))
    page.get_by_label("A member leaves").select_option("Nobody")
    page.get_by_label("is their own: Logo").check()
    expect(answer.get_by_role("row", name="Ben without")).to_contain_text("0%")
    page.get_by_label("Without feedback").fill("-1")
    page.keyboard.press("Tab")
    expect(page.locator("#problem-silent")).to_contain_text("greater than or equal to 0")
    page.get_by_label("Without feedback").fill("3")
    page.keyboard.press("Tab")
    expect(page.locator("#problem-silent")).to_be_empty()
    expect(page).to_have_url(re.compile(r"\?silent=3&moves="))
    page.reload()
    expect(answer.get_by_role("row", name="Somebody new all")).to_be_visible()
    expect(page.get_by_label("is their own: Logo")).to_be_checked()
    assert axe_findings(page) == []


def test_without_a_script_too(
    plain_page: Page, signed_in: SignedIn, actor: Actor, ben: Freelancer
) -> None:
    signed_in(plain_page, actor).goto(HERE)
    plain_page.get_by_label("A member leaves").select_option("Ben")
    plain_page.get_by_label("is their own: Site").check()
    plain_page.get_by_role("button", name="Work it out").click()
    answer = plain_page.get_by_role("region", name="Before and after")
    expect(answer.get_by_role("row", name="The agency contracts")).to_contain_text("100%")
    expect(plain_page.get_by_label("is their own: Site")).to_be_checked()
