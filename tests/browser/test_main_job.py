"""The whole main job in a browser: sign up → import format A → ratings by keyboard → the score.

The same without JavaScript, but for the grid's keys.
"""

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contracts.models import Contract, Feedback, Payment
from tests.browser.conftest import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-enough-pass-phrase"
HEADER = (
    "Date,Transaction ID,Transaction type,Transaction summary,Transaction summary details,"
    "Description 1,Description 2,Description 3,Agency team,Freelancer,Client team,Account name,PO,"
    "Ref ID,Amount $,Amount in local currency,Currency,Current balance $,Payment method"
)
CLOSED_DAYS_AGO = 40
TITLES = [f"Job {letter}" for letter in "ABCDEFGH"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A transaction report (format A): eight contracts, each with a payment and its fee."""
    paid_on = dt.date.today() - dt.timedelta(days=CLOSED_DAYS_AGO + 1)  # noqa: DTZ011
    day = f'"{paid_on:%b} {paid_on.day}, {paid_on.year}"'
    rows = []
    for number, title in enumerate(TITLES):
        same = f"{day},{500 + number},%s,{title},,,,,,O. Marchenko,Client {number},O. Marchenko,,"
        rows.append(same % "Hourly" + f"{9000 + 2 * number},200.00,,,500.10,")
        rows.append(same % "Service Fee" + f"{9001 + 2 * number},-20.00,,,480.10,")
    rows.append(
        f"{day},900,Connects,Connects,,,,,,O. Marchenko,,O. Marchenko,,9900,-12.00,,,468.10,"
    )
    path = tmp_path / "2026_transaction_report.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Olena Marchenko")
    page.get_by_label("E-mail").fill("olena@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Create")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def import_report(page: Page, report: Path) -> None:
    page.get_by_role("link", name="Import from Upwork").click()
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_role("button", name="Look what is in it").click()
    expect(page.locator("main")).to_contain_text("Job A")
    page.get_by_role("button", name=re.compile(r"^Import 17 rows")).click()
    expect(page.locator("main")).to_contain_text("Imported.")
    assert Contract.objects.count() == len(TITLES)
    assert Payment.objects.filter(contract=None).count() == 1  # the connects


def see_the_score(page: Page) -> None:
    """Seven good and one bad are 75 % (J1), with the roadmap as a chart and as a table."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Job Success Score")
    expect(page.locator("#score")).to_contain_text("75%")
    expect(page.locator("#score")).to_contain_text(
        re.compile(r"12\s*five-star contracts closed now")
    )
    expect(page.locator("svg.chart:visible")).to_have_count(1)
    roadmap = page.locator("#roadmap")
    expect(roadmap.get_by_role("row").nth(1)).to_contain_text("Job H")


def test_with_the_keyboard(page: Page, report: Path) -> None:
    sign_up(page)
    import_report(page, report)
    page.get_by_role("link", name="Add ratings and closing dates").click()
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    assert axe_findings(page) == []
    closed_on = dt.date.today() - dt.timedelta(days=CLOSED_DAYS_AGO)  # noqa: DTZ011
    titles = [cell.inner_text() for cell in grid.get_by_role("rowheader").all()]
    bad = next(number for number, title in enumerate(titles) if "Job H" in title)

    first = grid.locator("td[data-column=closed_on]").first
    first.click()
    for _ in TITLES:  # a column of dates, each typed and left with Enter, which goes down
        page.keyboard.type(closed_on.isoformat())
        page.keyboard.press("Enter")
    page.keyboard.press("Control+Home")
    move_to_rating(page)
    for number in range(len(TITLES)):
        page.keyboard.type("2.5" if number == bad else "5")
        page.keyboard.press("Enter")
    wait_for_ratings(page)
    assert set(Contract.objects.values_list("closed_on", flat=True)) == {closed_on}

    page.get_by_role("link", name="See your score").first.click()
    see_the_score(page)
    assert axe_findings(page) == []
    page.keyboard.press("Control+k")
    page.keyboard.type("Job H")
    page.get_by_role("option", name=re.compile("Job H")).wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Job H")
    expect(page.locator("main")).to_contain_text("What it does to the score")
    expect(page.locator("main")).to_contain_text("2.50")


def move_to_rating(page: Page) -> None:
    for _ in range(8):
        if page.evaluate(
            "document.activeElement.closest('[data-column]')?.matches('[data-column=rating]')"
        ):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError("the rating's column cannot be reached with the arrows")


def wait_for_ratings(page: Page) -> None:
    for _ in range(100):
        if Feedback.objects.count() == len(TITLES):
            # Stored is not yet answered: leaving now breaks off a request, as the console says.
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{Feedback.objects.count()} of {len(TITLES)} ratings were saved")


def test_without_javascript(plain_page: Page, report: Path) -> None:
    page = plain_page
    sign_up(page)
    import_report(page, report)
    page.get_by_role("link", name="Add ratings and closing dates").click()
    closed_on = dt.date.today() - dt.timedelta(days=CLOSED_DAYS_AGO)  # noqa: DTZ011
    for row in page.locator("[data-row]").all():
        row.locator("input[name$=closed_on]").fill(closed_on.isoformat())
        bad = "Job H" in row.inner_text()
        row.locator("input[name$=rating]").fill("2.5" if bad else "5")
    page.get_by_role("button", name=re.compile("Save")).first.click()
    assert Feedback.objects.count() == len(TITLES)
    page.get_by_role("link", name="See your score").first.click()
    see_the_score(page)
    page.get_by_label("Target, %").fill("80")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#score")).to_contain_text(
        re.compile(r"2\s*five-star contracts closed now")
    )
    page.goto("/search/?q=Job+H")
    page.get_by_role("option", name=re.compile("Job H")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Job H")
