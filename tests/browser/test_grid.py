"""The grid by keyboard, mouse and spreadsheet, in two tabs, on a phone, without JavaScript."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Locator, Page, Request, Route, expect

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.models import Contract, Feedback, ImportBatch, Payment
from tests.browser.conftest import PHONE, Guard, axe_findings
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor

pytestmark = pytest.mark.browser

type SignedIn = Callable[[Page, Actor], Page]

TITLES = ["Alpha", "Bravo", "Charlie", "Delta"]
COLUMNS = ["closed_on", "ended_by", "rating", "under_agency"]


@pytest.fixture
def owner(transactional_db: None) -> Actor:
    return solo_actor("Olena")


@pytest.fixture
def contracts(owner: Actor) -> dict[str, Contract]:
    """Four open contracts in the order of their titles, the first two with a guess."""
    assert owner.freelancer
    today = timezone.localdate()
    batch = ImportBatch.objects.create(
        practice=owner.practice, freelancer=owner.freelancer, content=b""
    )
    made = {}
    for number, title in enumerate(TITLES):
        contract = ContractFactory.create(
            freelancer=owner.freelancer,
            title=title,
            started_on=dt.date(2024, 1, 1),
            earned=Decimal("1250.00"),
        )
        days_ago = (60, 90, 5, 8)[number]
        Payment.objects.create(
            practice=owner.practice,
            freelancer=owner.freelancer,
            contract=contract,
            batch=batch,
            source="transactions",
            external_id=f"row {number}",
            type="Hourly",
            category="earning",
            paid_on=today - dt.timedelta(days=days_ago),
            amount=Decimal(1250),
            line=number + 2,
        )
        made[title] = contract
    return made


@pytest.fixture
def grid(page: Page, signed_in: SignedIn, owner: Actor, contracts: dict[str, Contract]) -> Page:
    signed_in(page, owner).goto("/contracts/grid/")
    return page


def cell(page: Page, title: str, column: str) -> Locator:
    return page.locator("tr", has=page.get_by_role("link", name=title)).locator(
        f"[data-column={column}]"
    )


def control(page: Page, title: str, column: str) -> Locator:
    return cell(page, title, column).locator(".sheet-input, .checkbox")


def start_at(page: Page, title: str, column: str) -> None:
    cell(page, title, column).focus()


def saved(page: Page, title: str, column: str) -> None:
    expect(cell(page, title, column)).to_have_attribute("data-state", "saved")


def stored(title: str) -> Contract:
    return Contract.objects.with_rating().get(title=title)


def paste(page: Page, text: str) -> None:
    """What Ctrl+V does with this text on the clipboard."""
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


# ── Moving ───────────────────────────────────────────────────────────────────────────────────────


def test_the_grid_is_one_tab_stop(grid: Page) -> None:
    stops = grid.locator("table [tabindex='0']")
    expect(stops).to_have_count(1)
    start_at(grid, "Charlie", "rating")
    expect(stops).to_have_count(1)
    grid.keyboard.press("Tab")
    expect(grid.locator("table :focus")).to_have_count(0)


def test_the_tab_stop_outlives_the_cell_that_was_saved(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.get_by_role("heading", level=1).click()
    saved(grid, "Alpha", "rating")
    expect(grid.locator("table [tabindex='0']")).to_have_count(1)


def test_with_javascript_there_is_no_button_to_save(grid: Page) -> None:
    expect(grid.get_by_role("button", name="Save this page")).to_be_hidden()


@pytest.mark.parametrize(
    ("keys", "title", "column"),
    [
        ("ArrowDown", "Bravo", "closed_on"),
        ("ArrowRight", "Alpha", "ended_by"),
        ("ArrowDown ArrowUp", "Alpha", "closed_on"),
        ("ArrowRight ArrowRight ArrowLeft", "Alpha", "ended_by"),
        ("ArrowUp", "Alpha", "closed_on"),
        ("End", "Alpha", "under_agency"),
        ("PageDown", "Delta", "closed_on"),
        ("PageDown PageUp", "Alpha", "closed_on"),
        ("Control+End", "Delta", "under_agency"),
        ("Control+ArrowDown", "Delta", "closed_on"),
    ],
)
def test_keys_move_from_cell_to_cell(grid: Page, keys: str, title: str, column: str) -> None:
    start_at(grid, "Alpha", "closed_on")
    for key in keys.split():
        grid.keyboard.press(key)
    expect(cell(grid, title, column)).to_be_focused()


def test_home_reaches_the_contract_and_enter_opens_it(
    grid: Page, contracts: dict[str, Contract]
) -> None:
    start_at(grid, "Delta", "rating")
    grid.keyboard.press("Control+Home")
    expect(grid.get_by_role("link", name="Alpha")).to_be_focused()
    grid.keyboard.press("Enter")
    expect(grid).to_have_url(re.compile(contracts["Alpha"].public_id))


# ── Editing ──────────────────────────────────────────────────────────────────────────────────────


def test_typing_starts_editing_and_enter_saves_and_goes_down(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2 Oct 2024")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Bravo", "closed_on")).to_be_focused()
    saved(grid, "Alpha", "closed_on")
    expect(control(grid, "Alpha", "closed_on")).to_have_value("Oct 2, 2024")
    expect(grid.get_by_role("status").filter(has_text="Saved in “Alpha”")).to_be_visible()
    assert stored("Alpha").closed_on == dt.date(2024, 10, 2)


def test_tab_saves_and_goes_right(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2024-10-02")
    grid.keyboard.press("Tab")
    expect(cell(grid, "Alpha", "ended_by")).to_be_focused()
    saved(grid, "Alpha", "closed_on")


def test_a_whole_row_by_keyboard_and_the_progress_follows(grid: Page) -> None:
    expect(grid.locator("#grid-complete")).to_contain_text("2 of 4")
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("02.10.2024")
    grid.keyboard.press("Tab")
    grid.keyboard.press("c")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("4,85")
    grid.keyboard.press("Tab")
    grid.keyboard.press("Space")
    saved(grid, "Alpha", "under_agency")
    contract = stored("Alpha")
    assert (contract.closed_on, contract.ended_by) == (dt.date(2024, 10, 2), "client")
    assert (contract.rating, contract.under_agency) == (Decimal("4.85"), True)
    expect(grid.locator("#grid-complete")).to_contain_text("3 of 4")


def test_enter_edits_what_is_there(grid: Page) -> None:
    start_at(grid, "Charlie", "rating")
    grid.keyboard.type("4.8")
    grid.keyboard.press("Enter")
    saved(grid, "Charlie", "rating")
    start_at(grid, "Charlie", "rating")
    grid.keyboard.press("F2")
    grid.keyboard.press("End")
    grid.keyboard.press("Backspace")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect(control(grid, "Charlie", "rating")).to_have_value("4.85")
    saved(grid, "Charlie", "rating")
    assert stored("Charlie").rating == Decimal("4.85")


def test_escape_leaves_the_cell_as_it_was(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("3")
    grid.keyboard.press("Escape")
    expect(cell(grid, "Alpha", "rating")).to_be_focused()
    expect(control(grid, "Alpha", "rating")).to_have_value("")
    grid.keyboard.press("ArrowDown")
    assert not Feedback.objects.exists()


def test_escape_takes_back_a_choice_made_by_arrow_keys(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2024-10-02")
    grid.keyboard.press("Tab")
    saved(grid, "Alpha", "closed_on")
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowDown")
    expect(control(grid, "Alpha", "ended_by")).to_have_value("client")
    grid.keyboard.press("Escape")
    expect(control(grid, "Alpha", "ended_by")).to_have_value("")
    assert stored("Alpha").ended_by == ""


def test_delete_clears_and_no_feedback_is_said(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2024-10-02")
    grid.keyboard.press("Enter")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "rating")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.press("Delete")
    expect(control(grid, "Alpha", "rating")).to_have_attribute("placeholder", "no feedback")
    saved(grid, "Alpha", "rating")
    assert stored("Alpha").rating is None
    expect(control(grid, "Charlie", "rating")).to_have_attribute("placeholder", "–")


def test_a_rating_before_the_closing_date_is_kept_and_says_so(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("Counts once there is a closing date")
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.press("Enter")  # confirms the guess
    saved(grid, "Alpha", "closed_on")
    expect(cell(grid, "Alpha", "rating")).not_to_contain_text("Counts once")


# ── Guesses ──────────────────────────────────────────────────────────────────────────────────────


def test_a_guess_is_marked_and_enter_confirms_it(grid: Page) -> None:
    guess = timezone.localdate() - dt.timedelta(days=30)
    expect(cell(grid, "Alpha", "closed_on")).to_contain_text("guess")
    expect(cell(grid, "Charlie", "closed_on")).not_to_contain_text("guess")
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Bravo", "closed_on")).to_be_focused()
    saved(grid, "Alpha", "closed_on")
    expect(cell(grid, "Alpha", "closed_on")).not_to_contain_text("guess")
    assert stored("Alpha").closed_on == guess
    assert stored("Bravo").closed_on is None


def test_the_button_confirms_one_guess_however_often_it_is_clicked(grid: Page) -> None:
    cell(grid, "Alpha", "closed_on").get_by_role("button").dblclick()
    saved(grid, "Alpha", "closed_on")
    expect(cell(grid, "Alpha", "closed_on")).to_be_focused()
    assert AuditEvent.objects.filter(target_label="Alpha").count() == 1


def test_all_guesses_are_confirmed_and_undone_as_one(grid: Page) -> None:
    grid.get_by_role("button", name="Confirm all 2 guesses").click()
    expect(grid.get_by_text("2 changes saved.")).to_be_visible()
    assert Contract.objects.closed().count() == 2
    grid.get_by_role("button", name="Undo").click()
    expect(grid.get_by_text("2 changes undone.")).to_be_visible()
    expect(cell(grid, "Alpha", "closed_on")).to_contain_text("guess")
    assert Contract.objects.closed().count() == 0


# ── Errors ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_understood_stays_with_the_reason_beside_it(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("31/02/2025")
    grid.keyboard.press("Enter")
    field = control(grid, "Alpha", "closed_on")
    expect(field).to_have_value("31/02/2025")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("a day that does not exist"))
    expect(cell(grid, "Bravo", "closed_on")).to_be_focused()
    assert stored("Alpha").closed_on is None


def test_a_refused_cell_goes_back_to_what_is_stored_by_escape(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("7")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("not between 1 and 5")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.press("Escape")
    expect(control(grid, "Alpha", "rating")).to_have_value("")
    expect(cell(grid, "Alpha", "rating")).not_to_contain_text("not between")


def test_a_refused_neighbour_keeps_its_text_when_the_row_is_saved(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("7")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("not between 1 and 5")
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "closed_on")
    expect(control(grid, "Alpha", "rating")).to_have_value("7")


def test_without_an_answer_the_text_stays_and_enter_tries_again(
    grid: Page, guards: list[Guard]
) -> None:
    guards[0].expected = re.compile("htmx|ERR_FAILED")
    grid.context.route("**/rating/", lambda route: route.abort())
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("Not saved")
    expect(control(grid, "Alpha", "rating")).to_have_value("5")
    grid.context.unroute("**/rating/")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "rating")
    assert stored("Alpha").rating == 5


def test_being_signed_out_is_not_taken_for_saved(grid: Page) -> None:
    grid.context.clear_cookies(name="sessionid")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("Not saved")
    expect(control(grid, "Alpha", "rating")).to_have_value("5")


@pytest.mark.parametrize("leaves_unsaved", [True, False])
def test_leaving_with_something_unsaved_is_asked_about(grid: Page, leaves_unsaved: bool) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    grid.on("dialog", answer)
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("7" if leaves_unsaved else "5")
    grid.keyboard.press("Enter")
    state = "refused" if leaves_unsaved else "saved"
    expect(cell(grid, "Alpha", "rating")).to_have_attribute("data-state", state)
    grid.get_by_role("link", name="See your score").click()
    grid.wait_for_url("**/jss/**")
    assert asked == (["beforeunload"] if leaves_unsaved else [])


# ── Slow network ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def slow(grid: Page) -> Iterator[list[str]]:
    """Answers come late; collects what was asked, in order."""
    asked: list[str] = []

    def late(route: Route) -> None:
        asked.append(route.request.url.split("/")[-2])
        grid.wait_for_timeout(250)
        route.fallback()

    grid.context.route(re.compile("/contracts/grid/.+/.+/"), late)
    yield asked
    grid.context.unroute(re.compile("/contracts/grid/.+/.+/"))


def test_saves_keep_their_order_and_show_that_they_wait(grid: Page, slow: list[str]) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2024-10-02")
    grid.keyboard.press("Tab")
    grid.keyboard.press("c")
    expect(cell(grid, "Alpha", "ended_by")).to_have_attribute("data-state", "saving")
    saved(grid, "Alpha", "ended_by")
    assert slow == ["closed_on", "ended_by"]
    assert stored("Alpha").ended_by == "client"


def test_a_cell_changed_again_before_the_answer_ends_as_typed_last(
    grid: Page, slow: list[str]
) -> None:
    start_at(grid, "Charlie", "rating")
    for text in ("3", "4", "5"):
        grid.keyboard.type(text)
        grid.keyboard.press("Enter")
        grid.keyboard.press("ArrowUp")
    expect(cell(grid, "Charlie", "rating")).to_have_attribute("data-state", "saving")
    while len(slow) < 2:  # the first answer is here
        grid.wait_for_timeout(50)
    expect(control(grid, "Charlie", "rating")).to_have_value("5")
    saved(grid, "Charlie", "rating")
    expect(control(grid, "Charlie", "rating")).to_have_value("5.00")
    assert stored("Charlie").rating == 5


def test_an_answer_does_not_disturb_what_is_being_typed(grid: Page, slow: list[str]) -> None:
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.type("2024-10-02")
    grid.keyboard.press("Enter")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("4.")
    saved(grid, "Alpha", "closed_on")
    grid.keyboard.type("85")
    expect(control(grid, "Alpha", "rating")).to_have_value("4.85")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "rating")


# ── Paste and copy ───────────────────────────────────────────────────────────────────────────────


def test_a_block_fills_down_and_right_and_one_undo_takes_it_back(grid: Page) -> None:
    start_at(grid, "Alpha", "closed_on")
    paste(grid, "2024-10-02\tclient\t5\r\n2024-11-03\tme\tno feedback\r\n")
    expect(grid.get_by_text("5 changes saved.")).to_be_visible()
    saved(grid, "Bravo", "rating")
    assert [stored("Alpha").rating, stored("Bravo").rating] == [5, None]
    assert [stored("Alpha").ended_by, stored("Bravo").ended_by] == ["client", "freelancer"]
    grid.keyboard.press("Control+z")
    expect(grid.get_by_text("5 changes undone.")).to_be_visible()
    assert Contract.objects.closed().count() == 0
    assert not Feedback.objects.exists()
    grid.keyboard.press("Control+Shift+z")
    expect(grid.get_by_text("5 changes undone.")).to_be_hidden()
    expect(control(grid, "Alpha", "rating")).to_have_value("5.00")
    assert stored("Bravo").closed_on == dt.date(2024, 11, 3)


def test_a_block_saves_what_it_can_and_says_what_it_cannot(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    paste(grid, "5\nsix\n4.5")
    expect(control(grid, "Bravo", "rating")).to_have_value("six")
    expect(cell(grid, "Bravo", "rating")).to_contain_text("not a rating")
    saved(grid, "Charlie", "rating")
    assert [stored(title).rating for title in TITLES] == [5, None, Decimal("4.5"), None]


def test_a_word_that_is_no_choice_is_kept_in_the_choice(grid: Page) -> None:
    start_at(grid, "Alpha", "ended_by")
    paste(grid, "the cat\n")
    expect(control(grid, "Alpha", "ended_by")).to_have_value("the cat")
    expect(cell(grid, "Alpha", "ended_by")).to_contain_text("neither of the two")


def test_what_sticks_out_of_the_page_is_said(grid: Page) -> None:
    start_at(grid, "Delta", "rating")
    paste(grid, "5\n4\n3")
    expect(grid.get_by_text("2 pasted cells had no place on this page.")).to_be_visible()


def test_one_cell_is_copied_and_pasted(grid: Page) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("4.85")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "rating")
    grid.context.grant_permissions(["clipboard-read", "clipboard-write"])
    start_at(grid, "Alpha", "rating")
    grid.keyboard.press("Control+c")
    start_at(grid, "Delta", "rating")
    grid.keyboard.press("Control+v")
    saved(grid, "Delta", "rating")
    assert stored("Delta").rating == Decimal("4.85")


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


def test_undo_goes_back_level_by_level_also_after_a_reload(grid: Page) -> None:
    for title, text in (("Charlie", "5"), ("Delta", "4")):
        start_at(grid, title, "rating")
        grid.keyboard.type(text)
        grid.keyboard.press("Enter")
        saved(grid, title, "rating")
    grid.reload()
    start_at(grid, "Alpha", "closed_on")
    grid.keyboard.press("Control+z")
    expect(grid.get_by_text("Undone in “Delta”.")).to_be_visible()
    grid.keyboard.press("Control+z")
    expect(grid.get_by_text("Undone in “Charlie”.")).to_be_visible()
    assert not Feedback.objects.exists()


def test_undo_and_redo_by_button_even_when_clicked_twice(grid: Page) -> None:
    for text in ("5", "4"):
        start_at(grid, "Alpha", "rating")
        grid.keyboard.type(text)
        grid.keyboard.press("Enter")
        expect(control(grid, "Alpha", "rating")).to_have_value(f"{text}.00")
    grid.get_by_role("button", name="Undo").dblclick()
    expect(grid.get_by_text("Undone in “Alpha”.")).to_be_visible()
    expect(control(grid, "Alpha", "rating")).to_have_value("5.00")
    grid.get_by_role("button", name="Redo").click()
    expect(control(grid, "Alpha", "rating")).to_have_value("4.00")
    assert stored("Alpha").rating == 4
    for left in ("5.00", ""):
        grid.keyboard.press("Control+z")
        expect(control(grid, "Alpha", "rating")).to_have_value(left)


def test_a_new_change_ends_the_redo(grid: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            asked.append(request.url.split("/")[-2])

    grid.on("request", note)
    for text in ("5", "4"):
        start_at(grid, "Alpha", "rating")
        grid.keyboard.type(text)
        grid.keyboard.press("Enter")
        expect(control(grid, "Alpha", "rating")).to_have_value(f"{text}.00")
        if text == "5":
            grid.keyboard.press("Control+z")
            expect(control(grid, "Alpha", "rating")).to_have_value("")
    grid.keyboard.press("Control+y")
    start_at(grid, "Charlie", "rating")
    grid.keyboard.type("3")
    grid.keyboard.press("Enter")
    saved(grid, "Charlie", "rating")
    assert asked == ["rating", "undo", "rating", "rating"]


def test_undo_does_not_overwrite_what_another_tab_saved(grid: Page, owner: Actor) -> None:
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    saved(grid, "Alpha", "rating")
    Feedback.objects.update(public_rating=Decimal("3.00"))
    grid.get_by_role("button", name="Undo").click()
    expect(grid.get_by_text("was changed again since then")).to_be_visible()
    assert stored("Alpha").rating == 3


# ── Two tabs ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("choice", "left"), [("Keep mine: 4", "4.00"), ("Use 3.00", "3.00")])
def test_two_tabs_do_not_overwrite_each_other_unasked(
    grid: Page, owner: Actor, contracts: dict[str, Contract], choice: str, left: str
) -> None:
    Feedback.objects.create(
        practice=owner.practice, contract=contracts["Alpha"], public_rating=Decimal(3)
    )
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("4")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("Meanwhile this was changed to “3.00”")
    expect(control(grid, "Alpha", "rating")).to_have_value("4")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.press("Enter")
    if choice.startswith("Use"):
        grid.keyboard.press("ArrowRight")
    expect(grid.get_by_role("button", name=choice)).to_be_focused()
    grid.keyboard.press("Enter")
    expect(control(grid, "Alpha", "rating")).to_have_value(left)
    expect(cell(grid, "Alpha", "rating")).not_to_contain_text("Meanwhile")
    assert stored("Alpha").rating == Decimal(left)


# ── Mouse and phone ──────────────────────────────────────────────────────────────────────────────


def test_by_mouse_a_cell_is_saved_when_it_is_left(grid: Page) -> None:
    control(grid, "Alpha", "closed_on").click()
    grid.keyboard.type("2024-10-02")
    control(grid, "Alpha", "ended_by").click()
    saved(grid, "Alpha", "closed_on")
    control(grid, "Alpha", "ended_by").select_option("client")
    control(grid, "Alpha", "under_agency").click()
    saved(grid, "Alpha", "under_agency")
    cell(grid, "Alpha", "rating").click()
    saved(grid, "Alpha", "ended_by")
    assert (stored("Alpha").ended_by, stored("Alpha").under_agency) == ("client", True)


def test_on_a_phone_a_row_is_a_card_with_labelled_fields(grid: Page) -> None:
    grid.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert grid.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    expect(cell(grid, "Alpha", "rating").get_by_text("Rating")).to_be_visible()
    grid.get_by_label("Rating, Alpha").fill("5")
    grid.get_by_label("Rating, Bravo").fill("4")
    saved(grid, "Alpha", "rating")


# ── Without JavaScript ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def plain(
    plain_page: Page, signed_in: SignedIn, owner: Actor, contracts: dict[str, Contract]
) -> Page:
    signed_in(plain_page, owner).goto("/contracts/grid/")
    return plain_page


def test_without_javascript_the_page_is_saved_as_a_whole(plain: Page) -> None:
    plain.get_by_label("Closed on, Alpha").fill("2 Oct 2024")
    plain.get_by_label("Ended by, Alpha").select_option("client")
    plain.get_by_label("Rating, Charlie").fill("4,85")
    plain.get_by_label("Under agency, Delta").check()
    plain.get_by_role("button", name="Save this page").click()
    expect(plain.get_by_text("4 changes saved.")).to_be_visible()
    assert (stored("Alpha").closed_on, stored("Alpha").ended_by) == (dt.date(2024, 10, 2), "client")
    assert stored("Bravo").closed_on is None  # a guess is no answer
    assert (stored("Charlie").rating, stored("Delta").under_agency) == (Decimal("4.85"), True)
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("4 changes undone.")).to_be_visible()
    assert stored("Alpha").closed_on is None
    plain.get_by_role("button", name="Redo").click()
    expect(plain.get_by_text("4 changes undone.")).to_be_hidden()
    assert stored("Alpha").closed_on == dt.date(2024, 10, 2)


def test_without_javascript_errors_stand_beside_their_fields(plain: Page) -> None:
    plain.get_by_label("Closed on, Alpha").fill("soon")
    plain.get_by_label("Rating, Charlie").fill("4.85")
    plain.get_by_role("button", name="Save this page").click()
    expect(plain.get_by_label("Closed on, Alpha")).to_have_value("soon")
    expect(plain.get_by_label("Closed on, Alpha")).to_have_accessible_description(
        re.compile("is not a date")
    )
    assert stored("Charlie").rating == Decimal("4.85")


def test_without_javascript_enter_saves_and_confirms_no_guess(plain: Page) -> None:
    plain.get_by_label("Rating, Charlie").fill("5")
    plain.get_by_label("Rating, Charlie").press("Enter")
    expect(plain.get_by_text("Saved in “Charlie”.")).to_be_visible()
    assert Contract.objects.closed().count() == 0


def test_without_javascript_one_guess_is_confirmed_and_nothing_typed_is_lost(plain: Page) -> None:
    plain.get_by_label("Rating, Charlie").fill("5")
    cell(plain, "Alpha", "closed_on").get_by_role("button").click()
    expect(plain.get_by_text("2 changes saved.")).to_be_visible()
    assert stored("Alpha").closed_on == timezone.localdate() - dt.timedelta(days=30)
    assert stored("Bravo").closed_on is None
    assert stored("Charlie").rating == 5


# ── Look and access ──────────────────────────────────────────────────────────────────────────────


def test_axe_finds_nothing(grid: Page, owner: Actor) -> None:
    assert owner.freelancer
    closed_contract(owner.freelancer, "2024-05-01", title="Closed without feedback")
    start_at(grid, "Alpha", "rating")
    grid.keyboard.type("7")
    grid.keyboard.press("Enter")
    expect(cell(grid, "Alpha", "rating")).to_contain_text("not between")
    for scheme in ("light", "dark"):
        grid.emulate_media(color_scheme=scheme)
        assert axe_findings(grid) == []
    grid.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert axe_findings(grid) == []


def test_axe_finds_nothing_on_what_a_viewer_and_a_newcomer_see(
    page: Page, signed_in: SignedIn, owner: Actor, contracts: dict[str, Contract]
) -> None:
    viewer = actor_with_role("viewer", practice=owner.practice)
    signed_in(page, viewer).goto("/contracts/grid/")
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert axe_findings(page) == []
    signed_in(page, solo_actor("New")).goto("/contracts/grid/")
    expect(page.get_by_text("One row per contract")).to_be_visible()
    assert axe_findings(page) == []
