"""The list, a contract's page and its forms in a browser, with and without JavaScript."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.log_services import log_entry_add
from contracts.models import Contract, ImportBatch, LogEntry, Payment
from contracts.services import contract_change
from tests.browser.conftest import PHONE, axe_findings, keep_screenshots
from tests.factories import ClientFactory, ContractFactory, closed_contract, solo_actor

pytestmark = pytest.mark.browser

type SignedIn = Callable[[Page, Actor], Page]


@pytest.fixture
def owner(transactional_db: None) -> Actor:
    return solo_actor("Olena")


@pytest.fixture
def freelancer(owner: Actor) -> Freelancer:
    assert owner.freelancer
    return owner.freelancer


@pytest.fixture
def logo(owner: Actor, freelancer: Freelancer) -> Contract:
    """A closed contract with a bad rating, thirty payments and an entry in its log."""
    day = timezone.localdate() - dt.timedelta(days=40)
    contract = closed_contract(
        freelancer,
        day,
        "2.50",
        title="Logo",
        client=ClientFactory.create(practice=owner.practice, name="Acme"),
        started_on=day - dt.timedelta(days=60),
        earned=Decimal(3000),
        hours=Decimal(60),
    )
    batch = ImportBatch.objects.create(practice=owner.practice, freelancer=freelancer, content=b"")
    Payment.objects.bulk_create(
        Payment(
            practice=owner.practice,
            freelancer=freelancer,
            contract=contract,
            batch=batch,
            source="transactions",
            external_id=str(number),
            type="Hourly",
            category="earning",
            paid_on=day - dt.timedelta(days=number),
            amount=Decimal(100),
            description=f"Invoice {number}",
            line=number + 2,
        )
        for number in range(30)
    )
    log_entry_add(actor=owner, contract=contract, happened_on=day, what="The date moved")
    return contract


@pytest.fixture
def site(freelancer: Freelancer) -> Contract:
    """An open contract without anything else."""
    return ContractFactory.create(freelancer=freelancer, title="Small site", earned=Decimal(50))


def rows(page: Page) -> list[str]:
    return page.locator("#contract-list tbody th a").all_inner_texts()


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def test_typing_filters_as_one_types(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract, site: Contract
) -> None:
    signed_in(page, owner).goto("/contracts/")
    page.get_by_label("Search", exact=True).press_sequentially("acme")
    expect(page.locator("#contract-list tbody tr")).to_have_count(1)
    assert rows(page) == ["Logo"]
    expect(page).to_have_url(re.compile(r"/contracts/\?q=acme$"))
    expect(page.get_by_label("Search", exact=True)).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("1 contract shown.")


def test_quick_filter_then_words_then_back(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract, site: Contract
) -> None:
    signed_in(page, owner).goto("/contracts/")
    page.get_by_role("link", name="Negative 1").click()
    expect(page).to_have_url(re.compile(r"\?show=negative$"))
    assert rows(page) == ["Logo"]
    page.get_by_label("Search", exact=True).fill("site")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?show=negative&q=site$"))
    page.go_back()
    expect(page.locator("html")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?show=negative$"))
    expect(page.locator("#contract-list tbody tr")).to_have_count(1)


def test_a_heading_sorts_by_keyboard(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract, site: Contract
) -> None:
    signed_in(page, owner).goto("/contracts/")
    page.get_by_role("link", name="Earned").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("columnheader", name="Earned")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert rows(page) == ["Logo", "Small site"]
    page.get_by_role("link", name="Earned").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert rows(page) == ["Small site", "Logo"]


def test_an_export_is_downloaded(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract, site: Contract
) -> None:
    signed_in(page, owner).goto("/contracts/?show=open")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export as CSV").click()
    lines = waiting.value.path().read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["title", "Small site"]


def test_the_filters_fold_away_on_a_phone(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract
) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    signed_in(page, owner).goto("/contracts/")
    expect(page.get_by_label("Client")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("Client")).to_be_visible()
    assert axe_findings(page) == []


def test_the_list_without_javascript(
    plain_page: Page, signed_in: SignedIn, owner: Actor, logo: Contract, site: Contract
) -> None:
    page = signed_in(plain_page, owner)
    page.goto("/contracts/")
    page.get_by_label("Search", exact=True).fill("logo")
    page.get_by_role("button", name="Filter").click()
    assert rows(page) == ["Logo"]
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Open 1").click()
    assert rows(page) == ["Small site"]


# ── A contract's page ────────────────────────────────────────────────────────────────────────────


def test_the_next_page_of_payments_comes_alone(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract
) -> None:
    signed_in(page, owner).goto(f"/contracts/{logo.public_id}/")
    page.get_by_label("What happened").or_(page.get_by_text("Write an entry")).first.click()
    page.get_by_label("What happened").fill("Half a sentence")
    page.get_by_role("navigation", name="Pages of payments").get_by_role("link").click()
    expect(page.get_by_text("26 to 30 of 30")).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("Half a sentence")


def test_the_effect_on_the_score_comes_by_itself(
    page: Page, signed_in: SignedIn, owner: Actor, logo: Contract
) -> None:
    signed_in(page, owner).goto(f"/contracts/{logo.public_id}/")
    expect(page.get_by_role("rowheader", name="6 months")).to_be_visible()
    keep_screenshots(page, "contract-negative", f"/contracts/{logo.public_id}/")


def test_a_change_is_undone_with_one_click(
    page: Page, signed_in: SignedIn, owner: Actor, site: Contract
) -> None:
    signed_in(page, owner).goto(f"/contracts/{site.public_id}/edit/")
    page.get_by_label("Title").fill("Big site")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Big site")).to_be_visible()
    page.get_by_role("link", name="Undo", exact=True).click()
    expect(page.get_by_role("heading", name="Small site")).to_be_visible()
    expect(page.get_by_text("Undone.")).to_be_visible()


def test_from_open_to_rated_by_the_primary_buttons(
    page: Page, signed_in: SignedIn, owner: Actor, site: Contract
) -> None:
    signed_in(page, owner).goto(f"/contracts/{site.public_id}/")
    page.get_by_role("link", name="Close the contract").click()
    page.get_by_label("Ended by").select_option("Client")
    page.get_by_role("button", name="Save the end").click()
    page.get_by_role("link", name="Enter the feedback").click()
    page.get_by_label("Public rating").fill("4.85")
    page.get_by_role("button", name="Save the feedback").click()
    expect(page.get_by_text("Positive")).to_be_visible()
    expect(page.get_by_text("The client gave 4.85")).to_be_visible()


def test_without_javascript_write_into_the_log_and_take_it_back(
    plain_page: Page, signed_in: SignedIn, owner: Actor, site: Contract
) -> None:
    page = signed_in(plain_page, owner)
    page.goto(f"/contracts/{site.public_id}/")
    page.get_by_label("What happened").fill("They went silent")
    page.get_by_role("button", name="Add to the log").click()
    expect(page.locator("#log")).to_contain_text("They went silent")
    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator("#log")).not_to_contain_text("They went silent")


def test_two_tabs(page: Page, signed_in: SignedIn, owner: Actor, site: Contract) -> None:
    signed_in(page, owner).goto(f"/contracts/{site.public_id}/edit/")
    contract_change(actor=owner, contract=site, title="From the other tab")
    page.get_by_label("Title").fill("From this tab")
    page.get_by_role("button", name="Save").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("From the other tab")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="From this tab")).to_be_visible()


def test_an_error_is_tied_to_its_field(
    page: Page, signed_in: SignedIn, owner: Actor, site: Contract
) -> None:
    signed_in(page, owner).goto(f"/contracts/{site.public_id}/edit/")
    page.get_by_label("Ended by").select_option("Client")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Ended by")).to_have_accessible_description(
        "Nobody has ended an open contract: enter the closing date first."
    )
    assert axe_findings(page) == []


PAGES = {
    "contract-close": "close/",
    "contract-delete": "delete/",
    "feedback-from-client": "feedback/from-client/",
    "feedback-from-freelancer": "feedback/from-freelancer/",
    "log-entry": "log/{entry}/",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("which", ["full", "bare"])
def test_a_form_in_four_variants(  # fixtures
    page: Page,
    signed_in: SignedIn,
    owner: Actor,
    logo: Contract,
    site: Contract,
    name: str,
    which: str,
) -> None:
    contract = logo if which == "full" else site
    if which == "bare":
        log_entry_add(
            actor=owner, contract=site, happened_on=timezone.localdate(), what="Said hello"
        )
    entry = LogEntry.objects.get(contract=contract).public_id
    path = f"/contracts/{contract.public_id}/{PAGES[name].format(entry=entry)}"
    keep_screenshots(signed_in(page, owner), f"{name}-{which}", path)
    assert axe_findings(page) == []
