"""From a pasted post to a copied letter, in a real browser: by keyboard, and without JavaScript."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from proposals.models import Proposal, ScreeningAnswer
from tests.browser.conftest import Guard, axe_findings, settled
from tests.factories import solo_actor
from tests.profiles.samples import a_profile
from tests.proposals.samples import a_piece

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

POST = """Faster checkout for our tea shop
Posted 2 hours ago
We sell tea in our Shopify shop and lose orders in the checkout. Thanks, Maria
You will be asked to answer the following questions when submitting a proposal:
Which Shopify shops have you made faster?
Skills and Expertise
Shopify
"""
BODY = (
    "Hi {{ client_name }}, your Shopify checkout loses orders: {{ problem }}\n\n"
    "{{ first_step }}\n\nWhich phones do your visitors use most?"
)
PROBLEM, STEP = "the address is asked for twice.", "First I would look where people leave."


def ready() -> Actor:
    """Somebody with a profile and a template."""
    actor = solo_actor()
    a_profile(actor, title="Shopify speed", skills=["Shopify"])
    a_piece(actor, name="Shops", body=BODY, skills=["Shopify"])
    return actor


def clipboard(page: Page) -> str:
    """What was copied, as Ctrl+V would paste it."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def wait_for_the_answer(page: Page) -> None:
    for _ in range(100):
        if ScreeningAnswer.objects.get().answer:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the answer was never stored")


def test_paste_to_copy_by_keyboard_alone(
    page: Page,
    signed_in: Callable[[Page, Actor], Page],
    capsys: pytest.CaptureFixture[str],
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    signed_in(page, ready()).goto("/proposals/new/")
    began = time.monotonic()
    page.keyboard.insert_text(POST)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Faster checkout for our tea shop")
    expect(page.get_by_label("Their problem")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.insert_text(PROBLEM)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(STEP)
    page.keyboard.press("Control+Enter")  # at once: what was typed last is in the copy too
    expect(page.get_by_role("button", name="Copied. Paste it into Upwork.")).to_be_focused()
    took = time.monotonic() - began
    letter = BODY.replace("{{ client_name }}", "Maria").replace("{{ problem }}", PROBLEM)
    assert clipboard(page) == letter.replace("{{ first_step }}", STEP)
    settled(page)
    assert Proposal.objects.get().letter == clipboard(page)
    assert axe_findings(page) == []
    with capsys.disabled():
        print(f"\npaste to copy, without the time of a person's typing: {took:.1f} s")  # noqa: T201


def test_checks_and_first_lines_follow_what_is_typed(
    page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    signed_in(page, ready()).goto("/proposals/new/")
    page.get_by_label("The job post").fill(POST)
    page.get_by_role("button", name="Read the post").click()
    text = page.get_by_label("Text", exact=True)
    expect(text).to_be_visible()
    page.wait_for_load_state()  # faster than any person: before that, no script listens
    text.fill("Dear Hiring Manager, write to me at anna@lindqvist.se. {{ deadlin }}")
    finding = page.locator("[data-finding=contact-details]")
    expect(finding).to_contain_text("Contact details before a contract")
    expect(page.locator("#letter mark").filter(has_text="anna@lindqvist.se")).to_be_visible()
    expect(page.locator("[data-finding=placeholder-unknown]")).to_be_visible()
    expect(page.get_by_label("Their problem")).to_have_count(0)
    text.fill("Hi Maria, which phones do your visitors use? {{ problem }}")
    expect(finding).to_have_count(0)
    expect(page.get_by_label("Their problem")).to_be_visible()
    settled(page)
    answer = page.get_by_label("Which Shopify shops have you made faster?")
    answer.fill("Three, the last one in May.")
    page.reload()  # at once: the page takes along what was typed last
    wait_for_the_answer(page)
    page.reload()
    expect(answer).to_have_value("Three, the last one in May.")
    expect(page.locator("[data-finding=question-unanswered]")).to_have_count(0)
    page.get_by_role("button", name="I have sent it").click()
    expect(page.locator("[data-stage=sent]")).to_contain_text("Faster checkout for our tea shop")


def test_without_javascript(plain_page: Page, signed_in: Callable[[Page, Actor], Page]) -> None:
    page = signed_in(plain_page, ready())
    page.goto("/proposals/new/")
    page.get_by_label("The job post").fill(POST)
    page.get_by_role("button", name="Read the post").click()
    page.get_by_label("Their problem").fill(PROBLEM)
    page.get_by_label("Your first step").fill(STEP)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#letter")).to_contain_text(f"loses orders: {PROBLEM}")
    expect(page.locator("#letter")).to_contain_text(STEP)
    page.get_by_role("button", name="I have sent it").click()
    expect(page).to_have_url(re.compile(r"/proposals/$"))
    assert Proposal.objects.get().stage == "sent"


def test_what_the_server_did_not_take_stays_on_the_page(
    page: Page, signed_in: Callable[[Page, Actor], Page], guards: list[Guard]
) -> None:
    actor = ready()
    a_piece(actor, name="Other", body="Quite another text.")
    signed_in(page, actor).goto("/proposals/new/")
    page.keyboard.insert_text(POST)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Their problem")).to_be_focused()
    page.wait_for_load_state()
    guards[0].expected = re.compile("ERR_FAILED|htmx:")
    page.route("**/proposals/*/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_label("Their problem").fill(PROBLEM)
    page.get_by_role("button", name="Use this one").click()
    expect(page.get_by_label("Their problem")).to_have_value(PROBLEM)
    expect(page.locator("#messages")).not_to_be_empty()
    page.unroute("**/proposals/*/")
    Proposal.objects.update(body="Theirs")
    page.get_by_label("Their problem").fill(STEP)
    expect(page.get_by_text("Somebody saved another text meanwhile")).to_be_visible()
    page.get_by_role("button", name="Use this one").click()
    expect(page.get_by_label("Their problem")).to_have_value(STEP)
    settled(page)
    page.get_by_role("button", name="Save mine").click()
    expect(page.get_by_text("Somebody saved another text meanwhile")).to_have_count(0)
    assert Proposal.objects.get().values["problem"] == STEP
    page.get_by_label("Template").select_option(label="Other")
    page.get_by_role("button", name="Use this one").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Quite another text.")
    page.get_by_label("Text", exact=True).fill("Sent at once.")
    page.get_by_role("button", name="I have sent it").click()
    page.wait_for_url("**/proposals/")
    assert Proposal.objects.get().letter == "Sent at once."
