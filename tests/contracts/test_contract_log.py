"""The log (C6), and undoing whatever was changed on a contract."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.contract_services import contract_create, contract_delete
from contracts.log_services import (
    given_feedback_change,
    log_entry_add,
    log_entry_change,
    log_entry_delete,
)
from contracts.models import Contract, Feedback, LogEntry
from contracts.services import contract_change, rating_set
from tests.factories import ContractFactory, actor_with_role, solo_actor

SignIn = Callable[[Actor], Browser]
DAY = dt.date(2026, 3, 1)
ENTRY = {
    "happened_on": "2026-03-01",
    "what": "The date moved",
    "lesson": "Write dates down",
    "differently": "Send a summary",
}


@pytest.fixture
def contract(freelancer: Freelancer) -> Contract:
    return ContractFactory.create(freelancer=freelancer, title="Logo")


@pytest.fixture
def entry(actor: Actor, contract: Contract) -> LogEntry:
    log_entry_add(actor=actor, contract=contract, **ENTRY | {"happened_on": DAY})  # type: ignore[arg-type]  # the day is one
    return LogEntry.objects.select_related("contract", "author").get()


def log_url(contract: Contract, *rest: str) -> str:
    return "/".join([f"/contracts/{contract.public_id}/log", *rest, ""])


def values(entry: LogEntry) -> dict[str, str]:
    return {name: str(getattr(entry, name)) for name in ENTRY}


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def newest() -> AuditEvent:
    event = AuditEvent.objects.first()
    assert event is not None
    return event


def undo(browser: Browser, event: AuditEvent | None = None) -> Any:
    event = event or newest()
    return browser.post(f"/contracts/undo/{event.public_id}/")


# ── The log ──────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_is_written(actor: Actor, contract: Contract, client: Browser) -> None:
    response = client.post(log_url(contract), ENTRY)
    assert response.headers["Location"] == f"/contracts/{contract.public_id}/#log"
    entry = LogEntry.objects.select_related("author").get(contract=contract)
    assert values(entry) == ENTRY
    assert entry.author == actor.user


@time_machine.travel("2026-03-05 12:00", tick=False)
def test_the_day_is_today_unless_said(contract: Contract, client: Browser) -> None:
    page = words(client.get(f"/contracts/{contract.public_id}/"))
    assert 'name="happened_on" value="2026-03-05"' in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"what": ""}, "This field is required."),
        ({"what": "  "}, "This field is required."),
        ({"happened_on": ""}, "This field is required."),
        ({"happened_on": "2099-01-01"}, "This day is still to come."),
        ({"lesson": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_with_an_error_the_page_comes_back_with_what_was_typed(
    contract: Contract, client: Browser, fields: dict[str, str], message: str
) -> None:
    response = client.post(log_url(contract), ENTRY | fields)
    page = words(response)
    assert response.status_code == 422
    assert message in page
    assert "Send a summary" in page
    assert "Timeline" in page
    assert not LogEntry.objects.exists()


def test_an_entry_is_changed(contract: Contract, entry: LogEntry, client: Browser) -> None:
    address = log_url(contract, entry.public_id)
    assert "Write dates down" in words(client.get(address))
    client.post(address, ENTRY | {"lesson": "Ask twice"})
    assert LogEntry.objects.get().lesson == "Ask twice"
    assert newest().before["lesson"] == "Write dates down"


def test_saving_an_entry_as_it_was_changes_nothing(
    contract: Contract, entry: LogEntry, client: Browser
) -> None:
    client.post(log_url(contract, entry.public_id), ENTRY)
    assert AuditEvent.objects.count() == 1


def test_an_error_of_an_entry(contract: Contract, entry: LogEntry, client: Browser) -> None:
    response = client.post(log_url(contract, entry.public_id), ENTRY | {"what": ""})
    assert response.status_code == 422
    assert LogEntry.objects.get().what == "The date moved"


def test_an_entry_is_deleted_and_put_back_as_it_was(
    actor: Actor, contract: Contract, entry: LogEntry, client: Browser
) -> None:
    client.post(log_url(contract, entry.public_id, "delete"))
    assert not LogEntry.objects.exists()
    undo(client)
    again = LogEntry.objects.select_related("author").get()
    assert values(again) == ENTRY
    assert (again.public_id, again.author) == (entry.public_id, actor.user)


def test_a_change_of_an_entry_is_undone(actor: Actor, entry: LogEntry, client: Browser) -> None:
    log_entry_change(actor=actor, entry=entry, lesson="Ask twice")
    undo(client)
    assert LogEntry.objects.get().lesson == "Write dates down"


def test_writing_an_entry_is_undone_and_redone(entry: LogEntry, client: Browser) -> None:
    undo(client)
    assert not LogEntry.objects.exists()
    undo(client)
    assert values(LogEntry.objects.get()) == ENTRY


def test_an_entry_that_was_changed_since_is_left_alone(
    actor: Actor, entry: LogEntry, client: Browser
) -> None:
    written = newest()
    log_entry_change(actor=actor, entry=entry, lesson="Ask twice")
    response = undo(client, written)
    assert "changed again since then" in words(client.get(response.headers["Location"]))
    assert LogEntry.objects.get().lesson == "Ask twice"


@pytest.mark.parametrize("way", ["add", "change", "delete"])
def test_who_may(
    actor: Actor, contract: Contract, entry: LogEntry, sign_in: SignIn, way: str
) -> None:
    rest = {"add": [], "change": [entry.public_id], "delete": [entry.public_id, "delete"]}[way]

    def answer(other: Actor) -> int:
        return sign_in(other).post(log_url(contract, *rest), ENTRY).status_code

    assert answer(solo_actor()) == 404
    assert answer(actor_with_role("member", practice=actor.practice)) == 404
    assert answer(actor_with_role("viewer", practice=actor.practice)) == 403
    assert answer(actor_with_role("manager", practice=actor.practice)) == 302


def test_an_entry_belongs_to_its_contract(
    freelancer: Freelancer, entry: LogEntry, client: Browser
) -> None:
    other = ContractFactory.create(freelancer=freelancer)
    assert client.get(log_url(other, entry.public_id)).status_code == 404
    assert client.post(log_url(other, entry.public_id, "delete")).status_code == 404


def test_wrong_methods(contract: Contract, entry: LogEntry, client: Browser) -> None:
    assert client.get(log_url(contract)).status_code == 405
    assert client.get(log_url(contract, entry.public_id, "delete")).status_code == 405
    assert client.put(log_url(contract, entry.public_id)).status_code == 405


def test_the_services_check_for_themselves(
    actor: Actor, contract: Contract, entry: LogEntry
) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    for other, error in ((viewer, PermissionDenied), (solo_actor(), Contract.DoesNotExist)):
        with pytest.raises(error):
            log_entry_add(actor=other, contract=contract, happened_on=DAY, what="x")
        with pytest.raises(error):
            log_entry_change(actor=other, entry=entry, what="x")
        with pytest.raises(error):
            log_entry_delete(actor=other, entry=entry)


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


def test_without_javascript_the_link_leads_to_a_page_that_asks(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    contract_change(actor=actor, contract=contract, title="Big logo")
    page = words(client.get(f"/contracts/undo/{newest().public_id}/"))
    assert "Title: Logo → Big logo" in page
    assert Contract.objects.get().title == "Big logo"


def test_htmx_undoes_at_once_and_goes_to_the_contract(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    contract_change(actor=actor, contract=contract, title="Big logo")
    response = client.post(f"/contracts/undo/{newest().public_id}/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == f"/contracts/{contract.public_id}/"
    assert Contract.objects.get().title == "Logo"


def test_a_rating_is_undone(actor: Actor, contract: Contract, client: Browser) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal(5))
    undo(client)
    assert not Feedback.objects.exists()


def test_given_feedback_that_was_changed_since_is_left_alone(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    given_feedback_change(actor=actor, contract=contract, public_rating=Decimal(5))
    first = newest()
    given_feedback_change(actor=actor, contract=contract, comment="Clear briefs")
    undo(client, first)
    assert Feedback.objects.get().comment == "Clear briefs"


def test_undoing_twice_is_refused_in_words(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    contract_change(actor=actor, contract=contract, title="Big logo")
    event = newest()
    undo(client, event)
    response = undo(client, event)
    assert "was not undone" in words(client.get(response.headers["Location"]))
    assert Contract.objects.get().title == "Logo"


def test_what_cannot_be_undone_is_not_found(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    made = contract_create(actor=actor, freelancer=freelancer, title="Logo")
    created = AuditEvent.objects.get(verb="contract.created")
    assert undo(client, created).status_code == 404
    contract_change(actor=actor, contract=made, title="Big logo")
    changed = newest()
    contract_delete(actor=actor, contract=made)
    assert undo(client, changed).status_code == 404
    assert undo(client, newest()).status_code == 404
    assert client.post("/contracts/undo/nothing/").status_code == 404


def test_who_may_undo(actor: Actor, contract: Contract, sign_in: SignIn) -> None:
    contract_change(actor=actor, contract=contract, title="Big logo")
    event = newest()
    assert undo(sign_in(solo_actor()), event).status_code == 404
    member = actor_with_role("member", practice=actor.practice)
    assert undo(sign_in(member), event).status_code == 404
    viewer = actor_with_role("viewer", practice=actor.practice)
    assert undo(sign_in(viewer), event).status_code == 403
    assert Contract.objects.get().title == "Big logo"
    assert sign_in(actor).put(f"/contracts/undo/{event.public_id}/").status_code == 405
