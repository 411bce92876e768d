"""Why the score moved, in a browser: presets, two days, a contract's name as the way on."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from jss.models import Reading
from tests.factories import closed_contract, solo_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def actor() -> Actor:
    """Nine good ones; a bad one closed ten days ago; 100 % and then 60 % were seen."""
    made = solo_actor()
    assert made.freelancer
    for number in range(8):
        closed_contract(made.freelancer, ago(60 + number), "5.00")
    closed_contract(made.freelancer, ago(20), "4.90", title="Polite client")
    closed_contract(made.freelancer, ago(10), "1.00", title="Logo")
    for days, score in ((40, 100), (5, 60)):
        Reading.objects.create(
            practice=made.practice,
            freelancer=made.freelancer,
            observed_on=ago(days),
            score=score,
        )
    return made


def path(actor: Actor) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/"


def test_j4_from_the_score_to_the_contract_that_moved_it(
    page: Page, signed_in: Callable[[Page, Actor], Page], actor: Actor
) -> None:
    signed_in(page, actor)
    page.goto(path(actor))
    page.get_by_role("link", name="Why it moved").click()
    expect(page.locator("#why")).to_contain_text("The shown score stayed at 80%.")
    page.get_by_role("link", name="Last 30 days").click()
    expect(page.locator("#why")).to_contain_text(
        "The shown score fell from 100% to 80% mostly because “Logo” came into the 6-month window."
    )
    expect(page.get_by_role("link", name="Last 30 days")).to_have_attribute("aria-current", "true")
    row = page.get_by_role("row", name="Logo").first
    expect(row).to_contain_text("came in")
    row.get_by_role("link", name="Logo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Logo")


def test_two_days_typed_change_the_page_and_its_address(
    page: Page, signed_in: Callable[[Page, Actor], Page], actor: Actor
) -> None:
    signed_in(page, actor)
    page.goto(path(actor) + "why/")
    page.evaluate("window.kept = true")
    page.get_by_label("From the end of").fill(ago(12).isoformat())
    page.get_by_label("To the end of").fill(ago(8).isoformat())
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#why")).to_contain_text("fell from 100% to 80%")
    assert page.evaluate("window.kept") is True
    assert page.url.endswith(f"/why/?from={ago(12)}&to={ago(8)}")
    page.reload()
    expect(page.get_by_label("From the end of")).to_have_value(ago(12).isoformat())
    expect(page.locator("#why")).to_contain_text("fell from 100% to 80%")


def test_days_the_wrong_way_round_are_named_beside_the_field(
    page: Page, signed_in: Callable[[Page, Actor], Page], actor: Actor
) -> None:
    signed_in(page, actor)
    page.goto(path(actor) + "why/")
    page.get_by_label("From the end of").fill(ago(2).isoformat())
    page.get_by_label("To the end of").fill(ago(8).isoformat())
    page.get_by_role("button", name="Show").click()
    field = page.get_by_label("From the end of")
    expect(field).to_have_accessible_description(
        "This day lies after the other one. Choose an earlier one."
    )
    expect(field).to_have_value(ago(2).isoformat())


def test_it_works_without_a_script(
    plain_page: Page, signed_in: Callable[[Page, Actor], Page], actor: Actor
) -> None:
    signed_in(plain_page, actor)
    plain_page.goto(path(actor) + "why/")
    plain_page.get_by_label("From the end of").fill(ago(12).isoformat())
    plain_page.get_by_label("To the end of").fill(ago(8).isoformat())
    plain_page.get_by_role("button", name="Show").click()
    expect(plain_page.locator("#why")).to_contain_text("fell from 100% to 80%")


def test_j7_the_best_culprit_is_first(
    page: Page, signed_in: Callable[[Page, Actor], Page], actor: Actor
) -> None:
    signed_in(page, actor)
    page.goto(path(actor) + "why/")
    list_ = page.get_by_role("region", name="Who may be behind the last reading")
    expect(list_).to_contain_text("The last reading is 20 points lower than what is computed")
    first = list_.get_by_role("table").nth(1).get_by_role("row").nth(1)
    expect(first).to_contain_text("Polite client")
    expect(first).to_contain_text("negative in private, though rated 4.90")
