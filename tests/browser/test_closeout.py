"""From the delivery to the board, by way of a mail: the clock runs as the test sets it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from contracts.models import CloseoutEvent, Contract
from tests.browser.conftest import axe_findings, settled
from tests.factories import ClientFactory, ContractFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Page, Actor], Page]

DELIVERY_DAY = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
PING_DAY = dt.datetime(2026, 3, 9, 9, 1, tzinfo=dt.UTC)
# The words behind the label are for screen readers.
SENT = re.compile(r"^Sent\s*: Logo")


@pytest.fixture
def contract(actor: Actor, transactional_db: None) -> Contract:
    client = ClientFactory.create(practice=actor.practice, name="Anna Berg")
    return ContractFactory.create(freelancer=actor.freelancer, client=client, title="Logo")


def board_of(page: Page) -> str:
    page.goto("/contracts/closeout/")
    return page.locator("main").inner_text()


def link_in_mail(label: str) -> str:
    """The address behind one of the digest's links, as the HTML has it."""
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    found = re.search(rf'href="([^"]+)"[^>]*>{label}</a>', str(message.alternatives[0][0]))
    assert found
    return found.group(1)


def test_deliver_wait_get_the_digest_and_follow_its_link(
    page: Page,
    plain_page: Page,
    signed_in: SignedIn,
    actor: Actor,
    contract: Contract,
    settings: Any,
    base_url: str,
) -> None:
    settings.SITE_URL = base_url
    with time_machine.travel(DELIVERY_DAY):
        signed_in(page, actor).goto(f"/contracts/{contract.public_id}/")
        page.get_by_role("link", name="I delivered it").click()
        page.get_by_label("What was delivered").fill("three logo drafts")
        page.get_by_role("button", name="Save the delivery").click()
        expect(page.locator("main")).to_contain_text("Ask the five-star question")
        expect(page.locator("textarea")).to_have_value(re.compile("three logo drafts"))
        page.get_by_role("button", name="Sent").click()
        expect(page.locator("#messages")).to_contain_text("ping the client")
        call_command("outbox_run")
        assert mail.outbox == []  # nothing is due yet

    with time_machine.travel(PING_DAY):
        call_command("outbox_run")
        assert [message.to for message in mail.outbox] == [[actor.user.email]]  # C5
        assert "Ping the client" in board_of(page)

        plain_page.goto(link_in_mail("Sent"))  # no JavaScript, nobody signed in
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("Mark as “Sent”?")
        assert not CloseoutEvent.objects.filter(kind="pinged").exists()  # scanners open links
        plain_page.get_by_role("button", name="Sent").click()
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("Marked as “Sent”")

        assert "Ping once more" in board_of(page)
        expect(page.locator("main")).to_contain_text("Nothing is due")
        page.goto(f"/contracts/{contract.public_id}/")
        expect(page.get_by_role("region", name="Timeline")).to_contain_text("Pinged the client")

        plain_page.goto(link_in_mail("Sent"))
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("Nothing was changed")
        call_command("outbox_run")
        assert len(mail.outbox) == 1


def test_the_board_is_worked_with_the_keyboard_alone(
    page: Page, signed_in: SignedIn, actor: Actor, contract: Contract
) -> None:
    Contract.objects.update(delivered_on=dt.date.today())  # noqa: DTZ011  # as the server's day
    signed_in(page, actor).goto("/contracts/closeout/")
    page.get_by_role("button", name=SENT).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Next: ping the client")
    expect(page.locator("#due-title")).to_contain_text("0")
    settled(page)
    page.get_by_role("link", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=SENT)).to_be_visible()
    assert not CloseoutEvent.objects.exists()
    assert not axe_findings(page)


def test_the_message_is_copied_from_today(
    page: Page, signed_in: SignedIn, actor: Actor, contract: Contract
) -> None:
    Contract.objects.update(delivered_on=dt.date.today())  # noqa: DTZ011  # as the server's day
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    signed_in(page, actor).goto("/")
    page.get_by_text("Message", exact=False).first.click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Hi Anna Berg,")
    page.get_by_role("button", name=SENT).click()
    expect(page.locator("#due")).to_contain_text("Nothing is due")
