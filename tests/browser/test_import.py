"""The import in a browser: a dropped file, decisions in place, progress, without JavaScript."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from accounts.actors import Actor
from contracts.imports.claims import State
from contracts.imports.undo import import_undo
from contracts.models import Contract, ImportBatch, Payment
from tests.browser.conftest import axe_findings, keep_screenshots, settled
from tests.contracts.import_files import imported, log, paid, previewed, report
from tests.factories import ContractFactory, solo_actor

pytestmark = pytest.mark.browser

type SignedIn = Callable[[Page, Actor], Page]

SAMPLE = Path(__file__).parents[1] / "data" / "exports" / "a_2026_transaction_report.csv"
BAD = {**paid("2026-10-01", 9800, "5.00"), "Date": "31/02/2026"}


@pytest.fixture
def owner(transactional_db: None) -> Actor:
    return solo_actor("Olena")


def path_of(batch: ImportBatch) -> str:
    return f"/contracts/import/{batch.public_id}/"


def upload(page: Page, content: bytes) -> None:
    page.goto("/contracts/import/")
    file: FilePayload = {"name": "export.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Drop the file here, or choose it").set_input_files(files=[file])
    page.get_by_role("button", name="Look what is in it").click()


def test_a_file_becomes_contracts_and_can_be_undone(
    page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    upload(signed_in(page, owner), SAMPLE.read_bytes())
    page.get_by_role("button", name="Import 16 rows").click()
    expect(page.get_by_text("Imported.", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Add ratings and closing dates")).to_be_visible()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("This import is undone.")).to_be_visible()
    assert not Payment.objects.exists()


def test_a_file_is_dropped_on_its_zone(page: Page, owner: Actor, signed_in: SignedIn) -> None:
    signed_in(page, owner).goto("/contracts/import/")
    dropped = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["title\\nLogo\\n"], "my log.csv", {type: "text/csv"}));
            return transfer;
        }"""
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Look what is in it").click()
    expect(page.get_by_role("heading", name="my log.csv")).to_be_visible()


def test_decisions_happen_in_place_and_keep_the_focus(
    page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    rows = [paid("2026-09-18", 9001 + n, "10.00", title=f"Job {n}") for n in range(3)]
    upload(signed_in(page, owner), report(*rows))
    address = page.url
    page.get_by_role("button", name="Leave out Job 1").press("Enter")
    undo = page.get_by_role("button", name="Undo what you decided about Job 1")
    expect(undo).to_be_focused()
    settled(page)
    expect(page.get_by_role("button", name="Import 2 rows")).to_be_visible()
    undo.press("Enter")
    expect(page.get_by_role("button", name="Import 3 rows")).to_be_visible()
    assert page.url == address


def test_a_doubt_is_settled_with_one_click(page: Page, owner: Actor, signed_in: SignedIn) -> None:
    own = ContractFactory.create(freelancer=owner.freelancer, title="Logo", client=None)
    upload(signed_in(page, owner), report(paid("2026-09-18", 9001, "10.00")))
    expect(page.get_by_text("1 contract is in doubt.")).to_be_visible()
    page.get_by_role("button", name="Yes, the same").click()
    expect(page.get_by_text("1 contract is in doubt.")).to_be_hidden()
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_text("Imported.", exact=True)).to_be_visible()
    own.refresh_from_db()
    assert own.earned == 10


def test_a_contract_is_renamed_merged_and_split(
    page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    rows = [
        paid("2026-01-05", 9001, "10.00", title="Logo"),
        paid("2026-09-18", 9002, "20.00", title="Logo"),
        paid("2026-09-18", 9003, "5.00", title="Logo, again"),
    ]
    upload(signed_in(page, owner), report(*rows))
    page.get_by_role("link", name="Decide otherwise about Logo", exact=True).click()
    page.get_by_label("New contract from").fill("2026-06-01")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("from Jun 1, 2026")).to_be_visible()

    page.get_by_role("link", name="Decide otherwise about Logo, again").click()
    page.get_by_label("Contract of this file").select_option(label="Logo · Client Two · 2026-06-01")
    expect(page.get_by_label("Merge it into another one of this file")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Merged into “Logo”")).to_be_visible()

    page.get_by_role("link", name="Decide otherwise about Logo", exact=True).first.click()
    page.get_by_label("Title").fill("Logo of January")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("New contract, called “Logo of January”")).to_be_visible()

    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("Imported.", exact=True)).to_be_visible()
    assert {contract.title: contract.earned for contract in Contract.objects.all()} == {
        "Logo of January": Decimal(10),
        "Logo": Decimal(25),
    }


def test_a_mistake_is_said_beside_its_field(page: Page, owner: Actor, signed_in: SignedIn) -> None:
    rows = [paid(day, 9001, "10.00") for day in ("2026-01-05",)]
    upload(signed_in(page, owner), report(*rows, paid("2026-09-18", 9002, "20.00")))
    page.get_by_role("link", name="Decide otherwise about Logo").click()
    page.get_by_label("New contract from").fill("2026-06-01")
    page.evaluate("document.querySelector('[name=day]').type = 'text'")
    page.get_by_label("New contract from").fill("2030-01-01")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("Choose a day after the first payment")).to_be_visible()


def test_progress_is_seen_and_ends_in_the_preview(
    page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    batch = previewed(owner, report(paid("2026-09-18", 9001, "10.00")))
    rows = ImportBatch.objects.filter(pk=batch.pk)
    soon = timezone.now() + dt.timedelta(minutes=5)
    rows.update(state=State.READING, rows=100_000, rows_done=1_000, progress_at=soon)
    signed_in(page, owner).goto(path_of(batch))
    expect(page.get_by_text("1,000 of 100,000 rows")).to_be_visible()
    rows.update(rows_done=42_000)
    expect(page.get_by_text("42,000 of 100,000 rows")).to_be_visible()
    rows.update(state=State.PREVIEW, rows=1)
    expect(page.get_by_role("button", name="Import 1 row")).to_be_visible()


def test_without_javascript_all_of_it_works(
    plain_page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    page = signed_in(plain_page, owner)
    rows = [paid("2026-09-18", 9001 + n, "10.00", title=f"Job {n}") for n in range(2)]
    upload(page, report(*rows, BAD))
    page.get_by_role("button", name="Leave out Job 1").click()
    page.get_by_role("link", name="Decide otherwise about Job 0").click()
    page.get_by_label("Title").fill("Job nought")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Import 1 row").click()
    assert Contract.objects.get().title == "Job nought"


def test_without_javascript_progress_reloads_by_itself(
    plain_page: Page, owner: Actor, signed_in: SignedIn
) -> None:
    batch = previewed(owner, report(paid("2026-09-18", 9001, "10.00")))
    rows = ImportBatch.objects.filter(pk=batch.pk)
    soon = timezone.now() + dt.timedelta(minutes=5)
    rows.update(state=State.READING, rows=100_000, rows_done=1_000, progress_at=soon)
    page = signed_in(plain_page, owner)
    page.goto(path_of(batch))
    expect(page.get_by_text("1,000 of 100,000 rows")).to_be_visible()
    rows.update(state=State.PREVIEW, rows=1)
    expect(page.get_by_role("button", name="Import 1 row")).to_be_visible()


def in_state(owner: Actor, name: str) -> str:
    """Bring an import into a state worth looking at; the address of its page."""
    ContractFactory.create(freelancer=owner.freelancer, title="Logo", client=None)
    if name == "log":
        row = {"title": "Logo", "rating": "4.5", "closed_on": "2026-01-01"}
        return path_of(previewed(owner, log(row)))
    if name == "unreadable":
        return path_of(previewed(owner, b"%PDF-1.7"))
    if name in ("applied", "undone"):
        batch = imported(owner, SAMPLE.read_bytes())
        if name == "undone":
            Contract.objects.update(notes="typed")
            import_undo(actor=owner, batch=batch)
        return path_of(batch)
    batch = previewed(owner, SAMPLE.read_bytes() + b"broken\n")
    if name in ("reading", "silent"):
        minutes = 5 if name == "reading" else -5
        ImportBatch.objects.update(
            state=State.READING,
            rows=100_000,
            rows_done=42_000,
            progress_at=timezone.now() + dt.timedelta(minutes=minutes),
        )
    is_open = f"?open={batch.items.all()[0].key}" if name == "open" else ""
    return path_of(batch) + is_open


@pytest.mark.parametrize(
    "name", ["preview", "log", "open", "reading", "silent", "applied", "undone", "unreadable"]
)
def test_every_state_in_four_variants(
    page: Page, owner: Actor, signed_in: SignedIn, name: str
) -> None:
    path = in_state(owner, name)
    keep_screenshots(signed_in(page, owner), f"import-{name}", path)
    assert axe_findings(page) == []
