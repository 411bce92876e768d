"""B5: the board of the funnel by mouse, by keyboard and without any script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.actors import Actor
from contracts.models import Contract
from proposals.models import Proposal
from tests.browser.conftest import axe_findings, keep_picture, settled
from tests.proposals.samples import a_proposal, a_sent_one

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Page, Actor], Page]
BOARD = "/proposals/"


def column(page: Page, stage: str) -> Locator:
    return page.locator(f"[data-stage={stage}]")


def test_a_card_is_dragged_and_the_move_undone(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    proposal = a_proposal(actor, title="A faster checkout")
    a_sent_one(actor, title="Another")
    signed_in(page, actor).goto(BOARD)
    card = page.locator(f"#card-{proposal.public_id}")
    card.drag_to(column(page, "replied"))
    expect(column(page, "replied").get_by_text("A faster checkout")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("“A faster checkout”: Replied.")
    expect(card.get_by_role("link")).to_be_focused()
    keep_picture(page, "proposal-board-dragged")
    assert axe_findings(page) == []
    page.locator("#messages").get_by_role("link", name="Undo").click()
    expect(column(page, "draft").get_by_text("A faster checkout")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Undone.")


def test_a_card_is_moved_by_keyboard_to_a_deal(
    page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    proposal = a_sent_one(actor, title="A faster checkout")
    signed_in(page, actor).goto(BOARD)
    link = page.locator(f"#card-{proposal.public_id} .board-link")
    link.focus()
    page.keyboard.press("ArrowRight")
    expect(column(page, "viewed")).to_have_class("board-column board-over")
    expect(page.locator("#announcer")).to_contain_text("move to Viewed? Enter moves it")
    page.keyboard.press("Escape")
    expect(page.locator(".board-over")).to_have_count(0)
    assert Proposal.objects.get().stage == "sent"
    for _step in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(column(page, "won").get_by_text("A faster checkout")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("A faster checkout is at Won.")
    settled(page)
    # The focus stays on the card, and the keys go on working on the board that came.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(column(page, "lost").get_by_text("A faster checkout")).to_be_visible()
    assert Contract.objects.get().proposal_id == proposal.pk


def test_up_and_down_go_from_card_to_card(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    first, second = a_proposal(actor, title="First"), a_proposal(actor, title="Second")
    signed_in(page, actor).goto(BOARD)
    page.locator(f"#card-{second.public_id} .board-link").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#card-{first.public_id} .board-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("First")


def test_an_old_board_says_that_it_is_old(page: Page, signed_in: SignedIn, actor: Actor) -> None:
    proposal = a_sent_one(actor, title="A faster checkout")
    signed_in(page, actor).goto(BOARD)
    Proposal.objects.update(stage="call", call_on="2026-11-20")
    page.locator(f"#card-{proposal.public_id}").drag_to(column(page, "viewed"))
    expect(page.locator("#messages")).to_contain_text("was moved meanwhile")
    expect(column(page, "call").get_by_text("A faster checkout")).to_be_visible()


def test_without_a_script_a_form_moves_it(
    plain_page: Page, signed_in: SignedIn, actor: Actor
) -> None:
    a_sent_one(actor, title="A faster checkout")
    page = signed_in(plain_page, actor)
    page.goto(BOARD)
    page.get_by_role("link", name="A faster checkout").click()
    page.get_by_label("Move to").select_option("lost")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(column(page, "lost").get_by_text("A faster checkout")).to_be_visible()
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo the move").click()
    expect(column(page, "sent").get_by_text("A faster checkout")).to_be_visible()
