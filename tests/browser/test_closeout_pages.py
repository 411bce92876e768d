"""The close-out board in a browser: a click where it is made, and a mail's link without a login."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from contracts.closeout.board import contract_row
from contracts.closeout.links import Link, link_url
from contracts.models import CloseoutEvent, Contract
from tests.browser.conftest import axe_findings, settled
from tests.factories import ContractFactory, solo_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type SignedIn = Callable[[Page, Actor], Page]


@pytest.fixture
def actor() -> Actor:
    return solo_actor()


@pytest.fixture
def contract(actor: Actor) -> Contract:
    """Delivered today: the five-star question is due."""
    made: Contract = ContractFactory.create(
        freelancer=actor.freelancer, title="Logo", delivered_on=timezone.localdate()
    )
    return made


def recorded() -> list[str]:
    return list(CloseoutEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("place", ["/contracts/closeout/", "/", "/contracts/closeout/{contract}/"])
def test_one_click_records_and_one_more_undoes(
    page: Page, signed_in: SignedIn, actor: Actor, contract: Contract, place: str
) -> None:
    signed_in(page, actor).goto(place.format(contract=contract.public_id))
    page.get_by_role("button", name=re.compile(r"^Sent\b.*Logo")).click()
    expect(page.get_by_text("Next: ping the client")).to_be_visible()
    expect(page.get_by_text("Ask the five-star question", exact=True)).not_to_be_visible()
    assert recorded() == ["asked"]
    settled(page)
    page.get_by_role("link", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert recorded() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mails_link_without_a_login_and_without_javascript(
    plain_page: Page, actor: Actor, contract: Contract, scheme: str
) -> None:
    row = contract_row(actor=actor, contract=contract, as_of=timezone.localdate())
    today = timezone.localdate().isoformat()
    link = Link(actor.membership.public_id, contract.public_id, "sent", row.key, "digest:1", today)
    path = urlsplit(link_url(link)).path
    plain_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    plain_page.goto(path)
    expect(plain_page.get_by_role("heading", name="Mark as “Sent”?")).to_be_visible()
    assert recorded() == []
    plain_page.get_by_role("button", name="Sent").click()
    expect(plain_page.get_by_role("heading", name="Marked as “Sent”")).to_be_visible()
    assert recorded() == ["asked"]
    plain_page.get_by_role("button", name="Undo").click()
    expect(plain_page.get_by_text("“Logo” is as it was before.")).to_be_visible()
    assert recorded() == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_of_a_mails_link_is_accessible(
    page: Page, actor: Actor, contract: Contract, width: int
) -> None:
    row = contract_row(actor=actor, contract=contract, as_of=timezone.localdate())
    today = timezone.localdate().isoformat()
    link = Link(actor.membership.public_id, contract.public_id, "sent", row.key, "digest:1", today)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(urlsplit(link_url(link)).path)
    expect(page.get_by_role("heading", name="Mark as “Sent”?")).to_be_visible()
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
