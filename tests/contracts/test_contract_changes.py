"""Making, editing, closing, reopening and deleting contracts by hand."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.conflicts import ChangedMeanwhile
from accounts.models import AuditEvent, Freelancer
from contracts.contract_forms import CloseForm, ContractForm
from contracts.contract_services import (
    HasPayments,
    client_named,
    contract_close,
    contract_create,
    contract_delete,
    contract_edit,
    contract_reopen,
    fingerprint,
)
from contracts.models import Client, Contract, Feedback, ImportBatch, LogEntry, Payment
from contracts.services import contract_change
from tests.factories import (
    ClientFactory,
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
    solo_actor,
)

SignIn = Callable[[Actor], Browser]
DAY = dt.date(2026, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(actor: Actor, freelancer: Freelancer) -> Contract:
    acme = ClientFactory.create(practice=actor.practice, name="Acme")
    return ContractFactory.create(
        freelancer=freelancer, client=acme, title="Logo", started_on="2026-01-01"
    )


def stored(contract: Contract) -> Contract:
    return Contract.objects.select_related("client", "freelancer").get(pk=contract.pk)


def sent_by(contract: Contract, actor: Actor, **changes: object) -> dict[str, Any]:
    """What a browser sends when somebody opens the edit form and changes these fields."""
    form = ContractForm(row=stored(contract), actor=actor)
    values = {field.html_name: field.value() for field in form}
    shown = {name: "" if value is None else value for name, value in values.items()}
    return {name: value for name, value in (shown | changes).items() if value is not False}


def url(contract: Contract, way: str) -> str:
    return f"/contracts/{contract.public_id}/{way}/"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


# ── New ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_title_is_enough(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    response = client.post(
        "/contracts/new/",
        {"title": " Logo ", "currency": "USD", "freelancer": freelancer.public_id},
    )
    made = Contract.objects.select_related("freelancer", "practice", "client").get()
    assert response.headers["Location"] == f"/contracts/{made.public_id}/"
    assert (made.title, made.freelancer, made.practice, made.client) == (
        *("Logo", freelancer, actor.practice, None),
    )


def test_every_field_is_kept(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    fields = {
        "title": "Logo",
        "client": "Acme",
        "kind": "fixed",
        "under_agency": "on",
        "upwork_contract_id": "34000001",
        "started_on": "2026-01-01",
        "delivered_on": "2026-02-01",
        "closed_on": "2026-03-01",
        "ended_by": "client",
        "end_reason": "Done",
        "currency": "EUR",
        "rate": "500.00",
        "hours": "8.50",
        "earned": "500.00",
        "fees": "50.00",
        "client_flagged": "on",
        "feedback_removed": "on",
        "notes": "Nice",
    }
    client.post("/contracts/new/", fields | {"freelancer": freelancer.public_id})
    made = Contract.objects.select_related("client").get()
    told = {name: getattr(made, name) for name in fields}
    assert {name: "on" if value is True else str(value) for name, value in told.items()} == fields


def test_a_new_contract_has_the_freelancers_currency(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    freelancer.currency = "PLN"
    freelancer.save()
    assert '<option value="PLN" selected>' in words(client.get("/contracts/new/"))


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"title": "   "}, "title", "This field is required."),
        ({"title": "x" * 301}, "title", "at most 300 characters"),
        ({"ended_by": "client"}, "ended_by", "enter the closing date first"),
        ({"closed_on": "2025-12-31"}, "closed_on", "cannot close before it starts"),
        ({"closed_on": "2099-01-01"}, "closed_on", "still to come"),
        ({"closed_on": "31/02"}, "closed_on", "Enter a valid date"),
        ({"earned": "many"}, "earned", "Enter a number"),
        ({"hours": "-1"}, "hours", "Hours cannot be below 0"),
        ({"currency": "XXX"}, "currency", "Select a valid choice"),
        ({"kind": "weekly"}, "kind", "Select a valid choice"),
        ({"client": "x" * 201}, "client", "at most 200 characters"),
        ({"title": "a\0b"}, "title", "Null characters"),
        ({"notes": "x" * 20_001}, "notes", "at most 20000 characters"),
    ],
)
@pytest.mark.parametrize("way", ["new", "edit"])
def test_an_error_stands_beside_its_field_and_nothing_is_lost(
    actor: Actor,
    contract: Contract,
    client: Browser,
    way: str,
    fields: dict[str, str],
    field: str,
    message: str,
) -> None:
    data = sent_by(contract, actor, end_reason="My long story", **fields)
    if way == "new":
        data["freelancer"] = contract.freelancer.public_id
    response = client.post("/contracts/new/" if way == "new" else url(contract, "edit"), data)
    page = words(response)
    assert response.status_code == 422
    assert message in page.partition(f'<div id="id_{field}_error">')[2].partition("</div>")[0]
    assert 'aria-invalid="true"' in page
    assert 'value="My long story"' in page
    assert Contract.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_an_upwork_id_is_a_freelancers_only_once(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    ContractFactory.create(freelancer=contract.freelancer, upwork_contract_id="34000001")
    data = sent_by(contract, actor, upwork_contract_id="34000001")
    assert "has this Upwork contract id" in words(client.post(url(contract, "edit"), data))


def test_a_manager_chooses_whose_contract_it_is(actor: Actor, sign_in: SignIn) -> None:
    other = FreelancerFactory.create(practice=actor.practice)
    foreign = FreelancerFactory.create()
    browser = sign_in(actor)
    page = words(browser.get("/contracts/new/"))
    assert f'value="{other.public_id}"' in page
    assert foreign.public_id not in page
    data = {"title": "Logo", "currency": "USD"}
    assert browser.post("/contracts/new/", data).status_code == 422
    assert (
        browser.post("/contracts/new/", data | {"freelancer": foreign.public_id}).status_code == 422
    )
    browser.post("/contracts/new/", data | {"freelancer": other.public_id})
    assert Contract.objects.select_related("freelancer").get().freelancer == other


def test_a_member_makes_own_contracts_only(
    actor: Actor, freelancer: Freelancer, sign_in: SignIn
) -> None:
    member = actor_with_role("member", practice=actor.practice)
    data = {"title": "Logo", "currency": "USD", "freelancer": freelancer.public_id}
    assert sign_in(member).post("/contracts/new/", data).status_code == 422
    with pytest.raises(PermissionDenied):
        contract_create(actor=member, freelancer=freelancer, title="Logo")
    assert not Contract.objects.exists()


def test_making_one_is_written_down(actor: Actor, freelancer: Freelancer) -> None:
    made = contract_create(actor=actor, freelancer=freelancer, title="Logo", kind="fixed")
    events = AuditEvent.objects.filter(target_id=made.public_id).values_list("verb", flat=True)
    assert set(events) == {"contract.created", "contract.changed"}


def test_a_title_of_blanks_is_none(actor: Actor, freelancer: Freelancer) -> None:
    with pytest.raises(ValidationError, match="title"):
        contract_create(actor=actor, freelancer=freelancer, title=" ")


def test_a_contract_that_fails_leaves_no_client_behind(
    actor: Actor, freelancer: Freelancer
) -> None:
    with pytest.raises(ValidationError):
        contract_create(
            actor=actor, freelancer=freelancer, title="x", client_name="New", ended_by="client"
        )
    assert not Client.objects.exists()
    assert not Contract.objects.exists()


# ── Clients by name ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["Acme", "ACME", "  acme "])
def test_a_known_client_is_found_in_any_case(actor: Actor, contract: Contract, name: str) -> None:
    assert client_named(actor=actor, name=name) == stored(contract).client
    assert Client.objects.count() == 1


def test_a_new_name_makes_a_client(actor: Actor, contract: Contract, client: Browser) -> None:
    client.post(url(contract, "edit"), sent_by(contract, actor, client=" Студія  Ластівка "))
    made = stored(contract).client
    assert made is not None
    assert (made.name, made.practice_id) == ("Студія Ластівка", actor.practice.pk)


def test_another_practices_client_is_not_taken(actor: Actor) -> None:
    foreign = ClientFactory.create(name="Acme")
    assert client_named(actor=actor, name="Acme") != foreign


def test_a_member_reaches_the_practices_client_of_that_name(
    actor: Actor, contract: Contract
) -> None:
    member = actor_with_role("member", practice=actor.practice)
    assert client_named(actor=member, name="acme") == stored(contract).client


def test_no_name_is_no_client(actor: Actor, contract: Contract, client: Browser) -> None:
    client.post(url(contract, "edit"), sent_by(contract, actor, client=""))
    assert stored(contract).client is None


# ── Editing ──────────────────────────────────────────────────────────────────────────────────────


def test_saving_what_was_shown_changes_nothing(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    response = client.post(url(contract, "edit"), sent_by(contract, actor), follow=True)
    assert "Nothing was different" in words(response)
    assert not AuditEvent.objects.exists()


def test_an_edit_is_saved_and_offers_an_undo(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    data = sent_by(contract, actor, title="Big logo", earned="12.50", kind="fixed")
    page = words(client.post(url(contract, "edit"), data, follow=True))
    event = AuditEvent.objects.get()
    assert (stored(contract).title, stored(contract).earned) == ("Big logo", Decimal("12.50"))
    assert f'href="/contracts/undo/{event.public_id}/"' in page
    assert set(event.after) == {"title", "earned", "kind"}


def test_the_whole_edit_is_undone_at_once(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    client.post(url(contract, "edit"), sent_by(contract, actor, title="x", client="New"))
    client.post(f"/contracts/undo/{AuditEvent.objects.get().public_id}/")
    now = stored(contract)
    assert (now.title, now.client and now.client.name) == ("Logo", "Acme")


def test_another_tabs_change_is_shown_beside_ones_own(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    data = sent_by(contract, actor, title="From this tab", notes="Also mine")
    contract_change(actor=actor, contract=contract, title="From the other tab")
    response = client.post(url(contract, "edit"), data)
    page = words(response)
    assert response.status_code == 422
    assert (
        'Title</th><td class="py-1 pr-4 wrap-anywhere">From the other tab</td>'
        '<td class="py-1 wrap-anywhere">From this tab</td>' in page
    )
    assert 'value="From this tab"' in page
    assert stored(contract).title == "From the other tab"


def test_saving_again_replaces_the_other_tabs_change(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    data = sent_by(contract, actor, title="From this tab")
    contract_change(actor=actor, contract=contract, title="From the other tab")
    again = client.post(url(contract, "edit"), data).context["form"]
    client.post(url(contract, "edit"), data | {"seen": again["seen"].value()})
    assert stored(contract).title == "From this tab"


def test_a_change_of_what_the_form_does_not_show_is_no_conflict(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    form = CloseForm(row=contract)
    data = {"closed_on": "2026-03-01", "ended_by": "client", "seen": form["seen"].value()}
    contract_change(actor=actor, contract=contract, notes="Elsewhere")
    client.post(url(contract, "close"), data)
    assert stored(contract).closed_on == DAY


def test_the_service_notices_too_and_changes_nothing(actor: Actor, contract: Contract) -> None:
    seen = fingerprint({"title": "Logo", "client": stored(contract).client})
    contract_change(actor=actor, contract=contract, title="Other")
    with pytest.raises(ChangedMeanwhile):
        contract_edit(actor=actor, contract=contract, seen=seen, title="x", client_name="New")
    assert stored(contract).title == "Other"
    assert Client.objects.count() == 1


def test_a_fingerprint_tells_values_apart() -> None:
    some: list[dict[str, object]] = [
        {"a": 1},
        {"a": "1"},
        {"a": None},
        {"a": DAY},
        {"b": 1},
        {"a": Decimal("1.00")},
    ]
    assert len({fingerprint(values) for values in some}) == len(some)
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


# ── The end ──────────────────────────────────────────────────────────────────────────────────────


@time_machine.travel("2026-03-05 12:00", tick=False)
def test_the_form_proposes_today(actor: Actor, contract: Contract, client: Browser) -> None:
    assert 'name="closed_on" value="2026-03-05"' in words(client.get(url(contract, "close")))


def test_a_contract_is_closed_and_reopened(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    client.post(
        url(contract, "close"),
        {"closed_on": "2026-03-01", "ended_by": "client", "end_reason": "Done"},
    )
    closed = stored(contract)
    assert (closed.closed_on, closed.ended_by, closed.end_reason) == (DAY, "client", "Done")
    client.post(url(contract, "reopen"))
    opened = stored(contract)
    assert (opened.closed_on, opened.ended_by, opened.end_reason) == (None, "", "")


def test_reopening_is_undone(actor: Actor, contract: Contract, client: Browser) -> None:
    contract_close(
        actor=actor, contract=contract, closed_on=DAY, ended_by="client", end_reason="Done"
    )
    contract_reopen(actor=actor, contract=contract)
    newest = AuditEvent.objects.first()
    assert newest is not None
    client.post(f"/contracts/undo/{newest.public_id}/")
    assert (stored(contract).closed_on, stored(contract).end_reason) == (DAY, "Done")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"closed_on": ""}, "This field is required."),
        ({"closed_on": "2025-01-01"}, "cannot close before it starts"),
        ({"closed_on": "2099-01-01"}, "still to come"),
    ],
)
def test_an_end_that_cannot_be(
    actor: Actor, contract: Contract, client: Browser, data: dict[str, str], message: str
) -> None:
    response = client.post(url(contract, "close"), data)
    assert response.status_code == 422
    assert message in words(response)
    assert stored(contract).closed_on is None


# ── Deleting ─────────────────────────────────────────────────────────────────────────────────────


def test_deleting_asks_first(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    contract = closed_contract(freelancer, DAY, "4.5", title="Logo")
    page = words(client.get(url(contract, "delete")))
    assert "Delete “Logo”?" in page
    assert "feedback of 4.50" in page
    assert Contract.objects.exists()


def test_a_contract_goes_with_what_hangs_on_it(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    contract = closed_contract(freelancer, DAY, "4.5", title="Logo")
    LogEntry.objects.create(
        practice=actor.practice, contract=contract, happened_on=DAY, what="Moved"
    )
    page = words(client.post(url(contract, "delete"), follow=True))
    assert "“Logo” is deleted." in page
    assert not Contract.objects.exists()
    assert not Feedback.objects.exists()
    event = AuditEvent.objects.get()
    assert (event.verb, event.before["closed_on"], event.before["public_rating"]) == (
        *("contract.deleted", "2026-03-01", "4.50"),
    )


def test_a_contract_with_payments_stays(actor: Actor, contract: Contract, client: Browser) -> None:
    batch = ImportBatch.objects.create(
        practice=actor.practice, freelancer=contract.freelancer, content=b""
    )
    Payment.objects.create(
        practice=actor.practice,
        freelancer=contract.freelancer,
        contract=contract,
        batch=batch,
        source="weekly",
        external_id="1",
        type="Hourly",
        category="earning",
        paid_on=DAY,
        amount=1,
        line=2,
    )
    assert 'method="post" class="mt-5' not in words(client.get(url(contract, "delete")))
    response = client.post(url(contract, "delete"))
    assert response.status_code == 422
    assert "It has 1 imported payment" in words(response)
    with pytest.raises(HasPayments):
        contract_delete(actor=actor, contract=contract)
    assert Contract.objects.exists()


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────

WAYS = ["edit", "close", "delete", "reopen"]


@pytest.mark.parametrize("way", WAYS)
def test_a_viewer_may_not(actor: Actor, contract: Contract, sign_in: SignIn, way: str) -> None:
    browser = sign_in(actor_with_role("viewer", practice=actor.practice))
    assert browser.post(url(contract, way), sent_by(contract, actor)).status_code == 403
    assert browser.get(url(contract, way)).status_code == (405 if way == "reopen" else 403)


def test_a_viewer_makes_none(actor: Actor, sign_in: SignIn) -> None:
    browser = sign_in(actor_with_role("viewer", practice=actor.practice))
    assert browser.get("/contracts/new/").status_code == 403
    assert browser.post("/contracts/new/", {"title": "x"}).status_code == 403


@pytest.mark.parametrize("way", WAYS)
def test_another_practice_does_not_find_it(
    actor: Actor, contract: Contract, sign_in: SignIn, way: str
) -> None:
    data = sent_by(contract, actor)
    assert sign_in(solo_actor()).post(url(contract, way), data).status_code == 404


@pytest.mark.parametrize("way", WAYS)
def test_another_member_does_not_find_it(
    actor: Actor, contract: Contract, sign_in: SignIn, way: str
) -> None:
    browser = sign_in(actor_with_role("member", practice=actor.practice))
    assert browser.post(url(contract, way), sent_by(contract, actor)).status_code == 404


def test_the_services_check_for_themselves(actor: Actor, contract: Contract) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    stranger = solo_actor()
    for service in (contract_delete, contract_reopen, contract_edit):
        with pytest.raises(PermissionDenied):
            service(actor=viewer, contract=contract)
        with pytest.raises(Contract.DoesNotExist):
            service(actor=stranger, contract=contract)
