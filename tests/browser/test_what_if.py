"""The what-if page in a browser: the sliders answer at once, and the address can be shared."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.actors import Actor
from contracts.models import Contract
from tests.browser.conftest import axe_findings
from tests.factories import closed_contract, solo_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type SignedIn = Callable[[Page, Actor], Page]


@pytest.fixture
def actor() -> Actor:
    """J1's first worked case: 75 %."""
    made = solo_actor()
    assert made.freelancer
    day = timezone.localdate() - dt.timedelta(days=30)
    for number in range(7):
        closed_contract(made.freelancer, day, "5.00", title=f"Good {number}")
    closed_contract(made.freelancer, day, "2.00", title="The bad one")
    return made


def path(actor: Actor) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/what-if/"


def headline(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("Score shown"))


def test_a_slider_answers_at_once_and_stands_in_the_address(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    signed_in(page, actor).goto(path(actor))
    expect(headline(page)).to_contain_text("75%")
    slider = page.get_by_role("slider", name="Good (five stars), slider")
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(headline(page)).to_contain_text("becomes 90%")
    expect(page.get_by_label("Good (five stars)", exact=True)).to_have_value("12")
    expect(page).to_have_url(re.compile(r"\?day=[\d-]+&good=12$"))
    expect(slider).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Score shown: 75% becomes 90%")
    assert not axe_findings(page)


def test_a_number_moves_its_slider(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    signed_in(page, actor).goto(path(actor))
    page.get_by_label("Bad (one star)", exact=True).fill("1")
    expect(headline(page)).to_contain_text("becomes 56%")  # (7 − 2) / 9
    expect(page.get_by_role("slider", name="Bad (one star), slider")).to_have_value("1")


def test_a_shared_address_shows_the_same_and_goes_on_from_there(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    signed_in(page, actor).goto(f"{path(actor)}?good=12&monthly=2")
    expect(headline(page)).to_contain_text("becomes 90%")
    expect(page.get_by_role("slider", name="Good (five stars), slider")).to_have_value("12")
    page.get_by_label("turns positive: The bad one").check()
    expect(headline(page)).to_contain_text("becomes 100%")
    expect(page.get_by_label("turns positive: The bad one")).to_be_focused()
    bad = Contract.objects.get(title="The bad one")
    expect(page).to_have_url(re.compile(rf"&good=12&monthly=2&flip={bad.public_id}$"))
    page.go_back()
    expect(headline(page)).to_contain_text("becomes 90%")


def test_what_is_wrong_is_said_while_typing(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    signed_in(page, actor).goto(path(actor))
    field = page.get_by_label("Target, %")
    field.fill("900")
    expect(page.locator("#problem-target")).to_contain_text("less than or equal to 100")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("900")
    field.fill("100")
    expect(page.locator("#problem-target")).to_be_empty()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#what-if-needed")).to_contain_text("100% cannot be reached")


def test_the_chart_says_what_its_lines_are_on_a_day(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    signed_in(page, actor).goto(f"{path(actor)}?good=12")
    chart = page.locator("svg.chart:visible")
    chart.scroll_into_view_if_needed()
    chart.hover(position={"x": 60, "y": 60})
    tip = page.locator("[data-chart-tip]")
    expect(tip).to_contain_text("With what you try90%")
    expect(tip).to_contain_text("As it is75%")


def test_what_was_opened_or_hidden_stays_so(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    signed_in(page, actor).goto(path(actor))
    page.locator("summary", has_text="Formula").first.click()
    page.get_by_role("checkbox", name="As it is").uncheck()
    expect(page.locator("svg.chart:visible .chart-line-0")).not_to_be_visible()
    expect(page).to_have_url(re.compile("what-if/$"))
    page.get_by_label("Good (five stars)", exact=True).fill("12")
    expect(headline(page)).to_contain_text("becomes 90%")
    expect(page.get_by_role("checkbox", name="As it is")).not_to_be_checked()
    expect(page.get_by_text("Counted", exact=True).first).to_be_visible()


def test_it_works_without_javascript(plain_page: Page, signed_in: SignedIn, actor: Actor) -> None:
    page = signed_in(plain_page, actor)
    page.goto(path(actor))
    expect(page.get_by_role("slider").first).not_to_be_visible()
    page.get_by_label("Good (five stars)", exact=True).fill("12")
    page.get_by_label("left out: The bad one").check()
    page.get_by_role("button", name="Work it out").click()
    expect(headline(page)).to_contain_text("becomes 100%")
    expect(page.get_by_label("left out: The bad one")).to_be_checked()
    page.get_by_role("link", name="As many good ones as reach 90%").click()
    expect(headline(page)).to_contain_text("becomes 90%")
