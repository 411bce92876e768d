"""The board, one contract's cadence, its forms and buttons, as pages."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.cadence import StepKind
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract
from tests.contracts.closeout_samples import (
    NOON,
    TODAY,
    Kind,
    ago,
    at,
    at_step,
    delivered,
    happened,
    kinds,
    row_of,
    step_of,
    words,
)
from tests.factories import (
    ClientFactory,
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
    solo_actor,
)

SignIn = Callable[[Actor], Browser]
BOARD = "/contracts/closeout/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def contract(actor: Actor, freelancer: Freelancer) -> Contract:
    """Its weekly ping is due today."""
    acme = ClientFactory.create(practice=actor.practice, name="Acme")
    return at_step(freelancer, StepKind.PING, title="Logo", client=acme)


def url(contract: Contract, *rest: str) -> str:
    return "/".join([f"/contracts/closeout/{contract.public_id}", *rest, ""])


def act(browser: Browser, contract: Contract, name: str, **data: str) -> Any:
    return browser.post(url(contract, "act"), {"act": name} | data)


def errors_of(response: Any, field: str) -> str:
    """The sentences beside a field."""
    found = re.search(rf'id="id_{field}_error">.*?</div>', response.content.decode(), re.DOTALL)
    return unescape(found[0]) if found else ""


def value_of(response: Any, field: str) -> str:
    found = re.search(rf'<input[^>]*name="{field}"[^>]*>', response.content.decode())
    assert found, field
    value = re.search(r' value="([^"]*)"', found[0])
    return value[1] if value else ""


# ── The board ────────────────────────────────────────────────────────────────────────────────────


def test_a_due_step_stands_on_the_board_with_its_message(
    contract: Contract, client: Browser
) -> None:
    page = words(client.get(BOARD))
    assert "Ping the client" in page
    assert "due today" in page
    assert "Last contact on Feb 23, 2026" in page
    assert "A short note about “Logo”" in page
    assert re.search(r"<textarea[^>]* readonly[^>]*>Hi Acme,", page)


def test_overdue_is_marked(freelancer: Freelancer, client: Browser) -> None:
    at_step(freelancer, StepKind.PING, late=4)
    assert re.search(r'badge-bad">.*?4 days overdue', words(client.get(BOARD)))


def test_nothing_due_is_said(freelancer: Freelancer, client: Browser) -> None:
    at_step(freelancer, StepKind.PING, late=-3, title="Later")
    page = words(client.get(BOARD))
    assert "Nothing is due. No client has to hear from you today." in page
    assert "Coming up" in page
    assert "Later" in page


def test_an_empty_practice_is_shown_how_it_works(actor: Actor, client: Browser) -> None:
    assert "Never forget a follow-up" in words(client.get(BOARD))


def test_one_step_alone(freelancer: Freelancer, client: Browser) -> None:
    at_step(freelancer, StepKind.PING, title="A ping")
    at_step(freelancer, StepKind.ASK, title="A question")
    page = words(client.get(BOARD, {"step": "ask"}))
    assert "A question" in page
    assert "A ping" not in page


@pytest.mark.parametrize("step", ["nonsense", "ask'\"><", "PING"])
def test_an_unknown_step_shows_them_all(contract: Contract, client: Browser, step: str) -> None:
    response = client.get(BOARD, {"step": step})
    assert response.status_code == 200
    assert "Logo" in words(response)


def test_what_waits_for_its_delivery_and_what_is_out_are_listed(
    freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer, title="Not yet")
    out = delivered(freelancer, 3, title="Set aside")
    happened(out, Kind.TAKEN_OUT, TODAY)
    page = words(client.get(BOARD))
    assert re.search(r"Open, not delivered yet.*Not yet.*Taken out.*Set aside", page)


def test_escrow_that_lies_still_is_listed(freelancer: Freelancer, client: Browser) -> None:
    """C7."""
    escrow = {"kind": "fixed", "escrow": "500.00", "last_milestone_on": ago(80)}
    delivered(freelancer, 1, title="Quiet", **escrow)
    happened(Contract.objects.get(title="Quiet"), Kind.ASKED, TODAY)
    assert re.search(r"Idle escrow.*Quiet.*\$500\.00 in escrow", words(client.get(BOARD)))


def test_feedback_that_can_still_be_left_is_counted_down(
    freelancer: Freelancer, client: Browser
) -> None:
    """J18."""
    closed_contract(freelancer, ago(10), title="Silent")
    page = words(client.get(BOARD))
    assert re.search(r"Feedback can still be left.*Silent.*4 days left", page)


def test_the_freelancer_is_named_where_everybody_is_chosen(actor: Actor, sign_in: SignIn) -> None:
    colleague = FreelancerFactory.create(practice=actor.practice, name="Olha K")
    at_step(colleague, StepKind.PING)
    browser = sign_in(actor)
    browser.post("/accounts/practice/switch/", {"freelancer": ""})
    page = words(browser.get(BOARD))
    assert "Olha K" in page


def test_hostile_words_are_escaped(freelancer: Freelancer, client: Browser) -> None:
    at_step(freelancer, StepKind.PING, title="<script>alert(1)</script>")
    page = words(client.get(BOARD))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_asks_no_more_for_many_than_for_few(
    freelancer: Freelancer, client: Browser
) -> None:
    counts = []
    for _turn in range(3):
        for step in StepKind:
            at_step(freelancer, step)
            at_step(freelancer, step, late=-1)
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        counts.append(len(queries))
    assert counts[1:] == counts[:1] * 2


@pytest.mark.parametrize("place", [BOARD, "/", "contract"])
def test_what_the_buttons_replace_is_on_the_page(
    contract: Contract, client: Browser, place: str
) -> None:
    """A button whose target is missing does nothing at all with JavaScript."""
    at = url(contract) if place == "contract" else place
    page = client.get(at).content.decode()
    assert f'action="{url(contract, "act")}"' in page
    named = re.findall(r'hx-(?:target|select|select-oob)="#([\w-]+)"', page)
    missing = [name for name in named if f'id="{name}"' not in page]
    assert not missing


def test_the_buttons_of_the_board_swap_it_alone(contract: Contract, client: Browser) -> None:
    page = client.get(BOARD).content.decode()
    assert 'hx-target="#board" hx-select="#board"' in page


def test_the_buttons_of_today_swap_its_part_alone(contract: Contract, client: Browser) -> None:
    page = client.get("/").content.decode()
    assert 'hx-target="#due" hx-select="#due"' in page


def test_a_viewer_sees_no_buttons(actor: Actor, contract: Contract, sign_in: SignIn) -> None:
    browser = sign_in(actor_with_role("viewer", practice=actor.practice))
    browser.post("/accounts/practice/switch/", {"freelancer": ""})
    for place in (BOARD, url(contract)):
        page = browser.get(place).content.decode()
        assert "Logo" in page
        assert "/act/" not in page
        assert "/language/" not in page


# ── One click ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("back", ["contracts:closeout", "today", ""])
def test_a_click_records_and_leads_back(
    actor: Actor, contract: Contract, client: Browser, back: str
) -> None:
    key = row_of(actor, contract).key
    response = act(client, contract, "sent", step=key, back=back)
    place = {"contracts:closeout": BOARD, "today": "/", "": url(contract)}[back]
    assert response.headers["Location"] == place
    assert kinds(contract) == ["asked", "pinged"]
    page = words(client.get(place))
    assert "Noted. <strong>Logo</strong>: Next: ping once more, due Mar 16, 2026." in page


def test_the_step_that_was_shown_alone_stays(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    data = {"step": row_of(actor, contract).key, "back": "contracts:closeout", "only": "ping"}
    assert act(client, contract, "sent", **data).headers["Location"] == f"{BOARD}?step=ping"


@pytest.mark.parametrize(
    "data",
    [
        {"back": "https://evil.example/"},
        {"back": "//evil.example/"},
        {"back": "account_logout"},
        {"back": "contracts:closeout", "only": "//evil.example/"},
        {"back": "contracts:closeout", "only": "ping&next=//evil.example"},
        {"back": "today", "only": "ping"},
    ],
    ids=str,
)
def test_a_click_never_leads_elsewhere(
    contract: Contract, client: Browser, data: dict[str, str]
) -> None:
    place = act(client, contract, "snooze", **data).headers["Location"]
    assert place in {BOARD, "/", url(contract)}


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "account_logout"])
def test_an_undo_never_leads_elsewhere(contract: Contract, client: Browser, back: str) -> None:
    act(client, contract, "sent")
    event = AuditEvent.objects.first()
    assert event
    response = client.post(f"/contracts/undo/{event.public_id}/?back={back}")
    assert response.headers["Location"] == f"/contracts/{contract.public_id}/"


def test_a_click_is_undone_where_it_was_made(contract: Contract, client: Browser) -> None:
    act(client, contract, "sent", back="contracts:closeout")
    page = client.get(BOARD).content.decode()
    undo = re.search(r'href="(/contracts/undo/[^"]+)"', page)
    assert undo
    assert "Undo this change?" in words(client.get(undo[1]))
    assert client.post(undo[1]).headers["Location"] == BOARD
    assert kinds(contract) == ["asked"]
    assert "due today" in words(client.get(BOARD))


def test_with_htmx_an_undo_leads_back_too(contract: Contract, client: Browser) -> None:
    act(client, contract, "sent", back="today")
    undo = re.search(r'hx-post="(/contracts/undo/[^"]+)"', client.get("/").content.decode())
    assert undo
    response = client.post(undo[1], headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/"


def test_a_closing_is_undone(actor: Actor, contract: Contract, client: Browser) -> None:
    act(client, contract, "client_closed", back="contracts:closeout")
    undo = re.search(r'href="(/contracts/undo/[^"]+)"', client.get(BOARD).content.decode())
    assert undo
    client.post(undo[1])
    contract.refresh_from_db()
    assert (contract.closed_on, contract.ended_by) == (None, "")
    assert step_of(actor, contract) == ("ping", TODAY)


def test_a_double_click_says_that_nothing_was_recorded(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    key = row_of(actor, contract).key
    act(client, contract, "sent", step=key, back="contracts:closeout")
    act(client, contract, "sent", step=key, back="contracts:closeout")
    assert kinds(contract) == ["asked", "pinged"]
    said = "“Logo” has moved on since this page was made, so nothing was recorded."
    assert said in words(client.get(BOARD))


def test_what_cannot_be_is_said_above_the_page(freelancer: Freelancer, client: Browser) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    act(client, contract, "answered")
    assert kinds(contract) == []
    page = words(client.get(url(contract)))
    assert "Nothing is delivered yet: enter the delivery first." in page


@pytest.mark.parametrize("name", ["", "dance", "sent\0"])
def test_an_unknown_act_is_a_404(contract: Contract, client: Browser, name: str) -> None:
    assert act(client, contract, name).status_code == 404
    assert kinds(contract) == ["asked"]


def test_the_end_of_the_last_contract_leaves_a_board_to_show(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    """With htmx a page without the board would leave nothing in its place."""
    data = {"step": row_of(actor, contract).key, "back": "contracts:closeout", "only": "ping"}
    place = act(client, contract, "client_closed", **data).headers["Location"]
    assert 'id="board"' in client.get(place).content.decode()


# ── One contract ─────────────────────────────────────────────────────────────────────────────────


def test_a_contracts_page_shows_what_happened(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    manager = actor_with_role("manager", practice=actor.practice, name="Mara")
    happened(contract, Kind.ANSWERED, ago(1), author=manager.user)
    happened(contract, Kind.SNOOZED, ago(0), until=ago(-3))
    page = re.sub(r"<[^>]+>", "", words(client.get(url(contract))))
    assert re.search(
        r"What happened.*Snoozed until Mar 5, 2026.*Client answered *Mar 1, 2026 · Mara.*"
        r"Asked the five-star question *Feb 23, 2026.*Delivered *Feb 23, 2026",
        page,
    )


def test_a_contract_without_a_delivery_asks_for_it(freelancer: Freelancer, client: Browser) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    page = words(client.get(url(contract)))
    assert "The cadence starts with the final delivery." in page
    assert f'href="/contracts/{contract.public_id}/deliver/"' in page


def test_what_happened_on_another_day_is_written_down(contract: Contract, client: Browser) -> None:
    data = {"kind": "answered", "happened_on": "2026-03-01", "until": ""}
    response = client.post(url(contract), data)
    assert response.headers["Location"] == url(contract)
    row = CloseoutEvent.objects.latest("pk")
    assert (row.kind, row.happened_on) == ("answered", ago(1))
    assert "Noted." in words(client.get(url(contract)))


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"happened_on": "2026-03-03"}, "happened_on", "This day is still to come."),
        ({"happened_on": "2026-02-01"}, "happened_on", "This is before the delivery."),
        ({"happened_on": "2020-01-01"}, "happened_on", "The contract had not started by then."),
        ({"happened_on": "31/02"}, "happened_on", "Enter a valid date."),
        ({"happened_on": ""}, "happened_on", "This field is required."),
        ({"kind": "feedback_asked"}, "happened_on", "The contract is still open"),
        ({"kind": "snoozed"}, "until", "A snooze needs the day on which it ends"),
        ({"kind": "snoozed", "until": "2026-03-02"}, "until", "a day that is still to come"),
        ({"until": "2026-03-09"}, "until", "nothing else has one"),
        ({"until": "soon"}, "until", "Enter a valid date."),
        ({"kind": "danced"}, "kind", "Select a valid choice."),
        ({"kind": "reopened"}, "kind", "Select a valid choice."),
        ({"kind": "a\0b"}, "kind", "Select a valid choice."),
    ],
    ids=str,
)
def test_what_cannot_have_happened_is_said_beside_its_field(
    contract: Contract, client: Browser, data: dict[str, str], field: str, sentence: str
) -> None:
    sent = {"kind": "answered", "happened_on": "2026-03-01", "until": ""} | data
    response = client.post(url(contract), sent)
    assert response.status_code == 422
    assert sentence in errors_of(response, field)
    assert kinds(contract) == ["asked"]
    kept = {name: value_of(response, name) for name in ("happened_on", "until")}
    # A browser's date picker takes nothing that is no date, and sends nothing either.
    dates = {name: sent[name] if sent[name].startswith("20") else "" for name in kept}
    assert kept == dates


def test_the_kind_that_was_chosen_is_kept(contract: Contract, client: Browser) -> None:
    response = client.post(url(contract), {"kind": "going_badly", "happened_on": "2026-03-03"})
    assert '<option value="going_badly" selected>' in words(response)


def test_what_did_not_happen_is_taken_back(contract: Contract, client: Browser) -> None:
    event = happened(contract, Kind.ANSWERED, ago(1))
    response = client.post(url(contract, "events", event.public_id, "delete"))
    assert response.headers["Location"] == url(contract)
    assert kinds(contract) == ["asked"]
    page = client.get(url(contract)).content.decode()
    assert "Taken back." in page
    undo = re.search(r'href="(/contracts/undo/[^"]+)"', page)
    assert undo
    client.post(undo[1])
    assert kinds(contract) == ["asked", "answered"]


def test_an_event_is_taken_back_at_its_own_contract_only(
    contract: Contract, freelancer: Freelancer, client: Browser
) -> None:
    other = delivered(freelancer)
    event = happened(contract, Kind.ANSWERED, ago(1))
    assert client.post(url(other, "events", event.public_id, "delete")).status_code == 404
    assert kinds(contract) == ["asked", "answered"]


# ── The delivery ─────────────────────────────────────────────────────────────────────────────────


def deliver_url(contract: Contract) -> str:
    return f"/contracts/{contract.public_id}/deliver/"


def test_a_delivery_starts_the_cadence(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    """C3."""
    contract = ContractFactory.create(freelancer=freelancer, kind="fixed")
    data = {
        "delivered_on": "2026-03-01",
        "delivered_what": "A logo in three sizes",
        "escrow": "250.00",
        "last_milestone_on": "2026-02-20",
    }
    response = client.post(deliver_url(contract), data)
    assert response.headers["Location"] == url(contract)
    contract.refresh_from_db()
    assert {name: str(getattr(contract, name)) for name in data} == data
    assert step_of(actor, contract) == ("ask", ago(1))
    assert "I have just sent you the final delivery: A logo in three sizes." in words(
        client.get(url(contract))
    )


def test_today_is_proposed_as_the_day_of_delivery(freelancer: Freelancer, client: Browser) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    assert value_of(client.get(deliver_url(contract)), "delivered_on") == "2026-03-02"


@pytest.mark.parametrize(("kind", "is_asked"), [("hourly", False), ("fixed", True), ("", True)])
def test_escrow_is_asked_for_where_there_can_be_some(
    freelancer: Freelancer, client: Browser, kind: str, is_asked: bool
) -> None:
    """C7."""
    contract = ContractFactory.create(freelancer=freelancer, kind=kind)
    assert ('name="escrow"' in words(client.get(deliver_url(contract)))) == is_asked


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"delivered_on": "2026-03-03"}, "delivered_on", "This day is still to come"),
        ({"delivered_on": "2025-01-01"}, "delivered_on", "cannot be delivered before it starts"),
        ({"delivered_on": "yesterday"}, "delivered_on", "Enter a valid date."),
        ({"escrow": "-1"}, "escrow", "greater than or equal to 0"),
        ({"escrow": "much"}, "escrow", "Enter a number."),
        ({"last_milestone_on": "31/02"}, "last_milestone_on", "Enter a valid date."),
        ({"delivered_what": "x" * 301}, "delivered_what", "at most 300 characters"),
        ({"delivered_what": "a\0b"}, "delivered_what", "Null characters are not allowed."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_impossible_delivery_is_said_beside_its_field(
    freelancer: Freelancer, client: Browser, data: dict[str, str], field: str, sentence: str
) -> None:
    contract = ContractFactory.create(freelancer=freelancer, started_on=ago(100))
    sent = {"delivered_on": "2026-03-01", "delivered_what": "A logo", "escrow": "5"} | data
    response = client.post(deliver_url(contract), sent)
    assert response.status_code == 422
    assert sentence in errors_of(response, field)
    kept = value_of(response, "delivered_what")
    assert kept == sent["delivered_what"]
    contract.refresh_from_db()
    assert contract.delivered_on is None


def test_a_delivery_that_was_changed_meanwhile_is_not_overwritten(
    freelancer: Freelancer, client: Browser
) -> None:
    contract = delivered(freelancer, 9)
    seen = value_of(client.get(deliver_url(contract)), "seen")
    Contract.objects.filter(pk=contract.pk).update(delivered_on=ago(5))
    response = client.post(deliver_url(contract), {"delivered_on": "2026-03-01", "seen": seen})
    assert response.status_code == 422
    assert "changed somewhere else while you were editing" in words(response)
    contract.refresh_from_db()
    assert contract.delivered_on == ago(5)


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────


def test_the_practices_intervals_are_saved(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    response = client.post(f"{BOARD}intervals/", {"ping_days": "10"})
    assert response.headers["Location"] == BOARD
    assert CloseoutIntervals.objects.get().ping_days == 10
    assert step_of(actor, contract) == ("ping", ago(-3))
    assert value_of(client.get(f"{BOARD}intervals/"), "ping_days") == "10"


def test_an_empty_interval_says_what_it_inherits(contract: Contract, client: Browser) -> None:
    assert "Empty: 14." in words(client.get(f"{BOARD}intervals/"))
    client.post(f"{BOARD}intervals/", {"silence_days": "20"})
    assert "Empty: 20." in words(client.get(url(contract)))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("0", "greater than or equal to 1"),
        ("-1", "greater than or equal to"),
        ("366", "less than or equal to 365"),
        ("1.5", "Enter a whole number."),
        ("a\0b", "Enter a whole number."),
        ("9" * 30, "less than or equal to"),
    ],
)
@pytest.mark.parametrize("whose", ["practice", "contract"])
def test_an_impossible_interval_is_said_beside_its_field(
    contract: Contract, client: Browser, whose: str, days: str, sentence: str
) -> None:
    place = f"{BOARD}intervals/" if whose == "practice" else url(contract, "intervals")
    response = client.post(place, {"ping_days": days, "close_days": "9"})
    assert response.status_code == 422
    assert sentence in errors_of(response, "ping_days")
    assert value_of(response, "close_days") == "9"
    assert not CloseoutIntervals.objects.exists()


def test_a_contracts_intervals_are_saved(actor: Actor, contract: Contract, client: Browser) -> None:
    response = client.post(url(contract, "intervals"), {"ping_days": "3"})
    assert response.headers["Location"] == url(contract)
    assert step_of(actor, contract) == ("ping", ago(4))


def test_a_member_looks_at_the_practices_intervals_only(actor: Actor, sign_in: SignIn) -> None:
    browser = sign_in(actor_with_role("member", practice=actor.practice))
    page = words(browser.get(f"{BOARD}intervals/"))
    assert "Owners and managers of the practice change these." in page
    assert browser.post(f"{BOARD}intervals/", {"ping_days": "3"}).status_code == 403
    assert not CloseoutIntervals.objects.exists()


# ── The client's language ────────────────────────────────────────────────────────────────────────


def language_url(contract: Contract) -> str:
    assert contract.client
    return f"{BOARD}client/{contract.client.public_id}/language/"


def test_the_clients_language_is_chosen_beside_the_message(
    contract: Contract, client: Browser
) -> None:
    data = {"language": "uk", "back": "contracts:closeout"}
    assert client.post(language_url(contract), data).headers["Location"] == BOARD
    page = words(client.get(BOARD))
    assert re.search(r'<textarea[^>]* lang="uk">Добрий день', page)


@pytest.mark.parametrize("named", ["", "x", "a\0b", "//evil.example"])
def test_choosing_it_leads_to_the_board_where_no_contract_is_named(
    contract: Contract, client: Browser, named: str
) -> None:
    data = {"language": "ru", "contract": named}
    assert client.post(language_url(contract), data).headers["Location"] == BOARD


def test_choosing_it_on_a_contracts_page_leads_back_to_its_open_card(
    contract: Contract, client: Browser
) -> None:
    data = {"language": "ru", "contract": contract.public_id, "back": ""}
    place = client.post(language_url(contract), data).headers["Location"]
    assert place == f"{url(contract)}?open={contract.public_id}#card-{contract.public_id}"


@pytest.mark.parametrize("language", ["", "tlh", "en\0"])
def test_an_unknown_language_is_a_404(contract: Contract, client: Browser, language: str) -> None:
    assert client.post(language_url(contract), {"language": language}).status_code == 404


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────

PLACES = ["", "act", "intervals"]


@pytest.mark.parametrize("place", PLACES)
def test_another_practices_contract_is_a_404(
    contract: Contract, sign_in: SignIn, place: str
) -> None:
    browser = sign_in(solo_actor())
    data = {"act": "sent", "kind": "answered", "happened_on": "2026-03-01", "ping_days": "3"}
    assert browser.post(url(contract, *place.split()), data).status_code == 404
    assert browser.get(url(contract)).status_code == 404
    assert kinds(contract) == ["asked"]
    assert not CloseoutIntervals.objects.exists()


@pytest.mark.parametrize("place", PLACES)
def test_a_viewer_is_refused(actor: Actor, contract: Contract, sign_in: SignIn, place: str) -> None:
    browser = sign_in(actor_with_role("viewer", practice=actor.practice))
    data = {"act": "sent", "kind": "answered", "happened_on": "2026-03-01", "ping_days": "3"}
    assert browser.post(url(contract, *place.split()), data).status_code == 403
    assert kinds(contract) == ["asked"]
    assert not CloseoutIntervals.objects.exists()


@pytest.mark.parametrize(
    ("method", "place"),
    [("post", ""), ("get", "act"), ("get", "intervals"), ("put", "contract")],
)
def test_the_wrong_method_is_a_405(
    contract: Contract, client: Browser, method: str, place: str
) -> None:
    whole = {"": BOARD, "contract": url(contract)}.get(place, url(contract, place))
    assert getattr(client, method)(whole).status_code == 405


def test_of_very_many_due_steps_those_that_waited_longest_are_shown(
    client: Browser, actor: Actor, freelancer: Freelancer
) -> None:
    for number in range(53):
        ContractFactory.create(
            freelancer=freelancer, title=f"Job {number:02}", delivered_on=ago(number)
        )

    page = words(client.get(BOARD))

    assert re.search(r"Due now <[^>]+>53<", page)
    assert page.count("The message, ready to copy") == 50
    assert "The 50 that have waited longest are shown" in page
    assert "Job 52" in page
    assert "Job 02" not in page


def test_nothing_is_delivered_after_the_end(freelancer: Freelancer, client: Browser) -> None:
    contract = closed_contract(freelancer, ago(5))
    response = client.post(deliver_url(contract), {"delivered_on": ago(1).isoformat()})
    assert response.status_code == 422
    assert "cannot be delivered after it was closed" in errors_of(response, "delivered_on")


def test_nothing_ends_before_its_delivery(freelancer: Freelancer, client: Browser) -> None:
    contract = delivered(freelancer, 5)
    response = client.post(
        f"/contracts/{contract.public_id}/close/", {"closed_on": ago(9).isoformat()}
    )
    assert response.status_code == 422
    assert "delivery is entered for a later day" in errors_of(response, "closed_on")
