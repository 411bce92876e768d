"""Changing a message to clients in a browser: live preview, errors, undo; without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from contracts.models import MessageTemplate
from tests.browser.conftest import axe_findings
from tests.factories import solo_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type SignedIn = Callable[[Page, Actor], Page]
EDIT = "/contracts/messages/ping/en/"


def test_the_preview_follows_the_words(page: Page, signed_in: SignedIn) -> None:
    signed_in(page, solo_actor()).goto(EDIT)
    words = page.get_by_label("Words of the message")
    words.fill("{{ greeting }}\nYou must see “{{ titel }}”")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Hi Anna Keller,")
    expect(page.get_by_text("Line 2, column 15: there is no placeholder “titel”.")).to_be_visible()
    expect(page.get_by_text("“must” may read as pressing")).to_be_visible()
    assert axe_findings(page) == []
    words.fill("{{ greeting }}\nHow is “{{ title }}”?")
    expect(preview).to_contain_text("How is “New website”?")
    expect(page.locator("#body-said")).to_be_empty()
    expect(words).to_be_focused()
    assert not MessageTemplate.objects.exists()


def test_words_are_saved_and_the_change_undone(page: Page, signed_in: SignedIn) -> None:
    signed_in(page, solo_actor()).goto(EDIT)
    page.get_by_label("Words of the message").fill("All well with “{{ title }}”?")
    page.get_by_role("button", name="Save the message").click()
    expect(page.get_by_text("The message is saved.")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("All well with “New website”?")
    page.get_by_role("link", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("A short note about “New website”")
    assert not MessageTemplate.objects.exists()


def test_without_javascript(plain_page: Page, signed_in: SignedIn) -> None:
    page = signed_in(plain_page, solo_actor())
    page.goto(EDIT)
    page.get_by_label("Words of the message").fill("{{ titel }} and “{{ title }}”")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("{{ titel }} and “New website”")
    expect(page.get_by_text("there is no placeholder “titel”")).to_be_visible()
    page.get_by_label("Words of the message").fill("“{{ title }}”?")
    page.get_by_role("button", name="Save the message").click()
    expect(page.get_by_text("The message is saved.")).to_be_visible()
    page.get_by_role("button", name="Back to the built-in words").click()
    page.get_by_role("link", name="Undo").click()
    expect(page.get_by_text("These words come back:")).to_be_visible()
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator("#preview")).to_contain_text("“New website”?")
    assert MessageTemplate.objects.get().body == "“{{ title }}”?"
