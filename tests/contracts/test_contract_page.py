"""A contract's page: what it shows, to whom, and how many queries it takes."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.contract_page import ContractPage, Money, NextStep, contract_of
from contracts.log_services import given_feedback_change, log_entry_add, log_entry_delete
from contracts.models import Contract, Feedback, ImportBatch, LogEntry, Payment
from contracts.services import contract_change, feedback_change, rating_set
from tests.factories import (
    ClientFactory,
    ContractFactory,
    actor_with_role,
    closed_contract,
    solo_actor,
)

SignIn = Callable[[Actor], Browser]
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def contract(freelancer: Freelancer) -> Contract:
    return closed_contract(freelancer, DAY, "4.5", title="Logo", started_on="2026-01-01")


def url(contract: Contract) -> str:
    return f"/contracts/{contract.public_id}/"


def text(browser: Browser, contract: Contract, query: str = "", **headers: str) -> str:
    response = browser.get(url(contract) + query, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def pay(contract: Contract, number: int, batch: ImportBatch | None = None) -> None:
    batch = batch or ImportBatch.objects.create(
        practice=contract.practice, freelancer=contract.freelancer, content=b""
    )
    Payment.objects.bulk_create(
        Payment(
            practice=contract.practice,
            freelancer=contract.freelancer,
            contract=contract,
            batch=batch,
            source="transactions",
            external_id=f"{batch.pk}-{position}",
            type="Hourly",
            category="earning",
            paid_on=DAY + dt.timedelta(days=position % 28),
            amount=Decimal(10),
            description=f"Payment {position}",
            line=position + 2,
        )
        for position in range(number)
    )


def page_of(actor: Actor, contract: Contract) -> ContractPage:
    return ContractPage(actor=actor, contract=contract_of(actor, contract.public_id))


def test_the_money_and_its_formula(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    contract = ContractFactory.create(
        freelancer=freelancer, earned=Decimal(1000), fees=Decimal(100), hours=Decimal(20)
    )
    page = text(client, contract)
    for words in ("$1,000.00", "$100.00", "10% of what was earned", "$900.00", "$45.00"):
        assert words in page
    assert "$900.00 ÷ 20 h" in page


@pytest.mark.parametrize(
    ("gross", "fees", "hours", "net_rate", "share"),
    [
        ("266.64", "26.66", "12", "20.00", "10.0"),  # B10: 239.98 for 12 hours
        ("333.36", "33.34", "12", "25.00", "10.0"),  # B10: 300.02
        ("100", "0", "3", "33.33", "0.0"),
        ("100", "0", "0", None, "0.0"),
        (None, "0", "3", None, None),
        ("0", "0", None, None, None),
        ("-50", "5", "2", "-27.50", None),
    ],
)
def test_the_effective_rate_is_what_is_left_by_the_hour(
    gross: str | None, fees: str, hours: str | None, net_rate: str | None, share: str | None
) -> None:
    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    money = Money(number(gross), Decimal(fees), number(hours))
    assert (money.net_rate, money.fee_share) == (number(net_rate), number(share))


def test_the_feedback_both_ways(actor: Actor, contract: Contract, client: Browser) -> None:
    feedback_change(
        actor=actor, contract=contract, skills=3, comment="A little late", private_rating=7
    )
    given_feedback_change(actor=actor, contract=contract, public_rating=Decimal("4.25"))
    page = text(client, contract)
    for words in ("4.50", "Skills", "A little late", "Private rating: 7 of 10", "4.25", "From you"):
        assert words in page


def test_a_changed_rating_tells_the_former_one(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal(5))
    assert "Changed from 4.50 on" in text(client, contract)


def test_three_hundred_payments_are_a_few_lines_of_the_timeline(
    actor: Actor, contract: Contract
) -> None:
    pay(contract, 300)
    happenings = [item.happening.value for item in page_of(actor, contract).timeline]
    assert happenings.count("payments") == 1


def test_the_timeline_knows_what_was_changed_by_whom(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    contract_change(actor=actor, contract=contract, title="Big logo", ended_by="client")
    page = text(client, contract)
    assert "Title: Logo → Big logo" in page
    assert "Ended by: nothing → Client" in page
    assert f"Changed by {actor.user}" in page


def test_a_written_log_entry_is_told_once(actor: Actor, contract: Contract) -> None:
    log_entry_add(actor=actor, contract=contract, happened_on=DAY, what="Moved")
    happenings = [item.happening.value for item in page_of(actor, contract).timeline]
    assert (happenings.count("log"), happenings.count("changes")) == (1, 0)


def test_a_deleted_log_entry_stays_in_the_timeline_as_a_change(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    log_entry_add(actor=actor, contract=contract, happened_on=DAY, what="Moved")
    log_entry_delete(
        actor=actor, entry=LogEntry.objects.select_related("contract").get(contract=contract)
    )
    page = text(client, contract)
    assert "Deleted an entry of the log" in page
    assert "Moved" not in page


def test_only_the_last_change_offers_an_undo(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    for title in ("One", "Two"):
        contract_change(actor=actor, contract=contract, title=title)
    newest = AuditEvent.objects.first()
    assert newest is not None
    page = text(client, contract)
    assert page.count("Undo the last change") == 1
    assert f'href="/contracts/undo/{newest.public_id}/"' in page


@pytest.mark.parametrize(
    ("fields", "rating", "step"),
    [
        ({}, None, NextStep.CLOSE),
        ({"delivered_on": DAY}, None, NextStep.CLOSE),
        ({"closed_on": DAY}, None, NextStep.ENTER_FEEDBACK),
        ({"closed_on": DAY}, "3.99", NextStep.WRITE_LOG),
        ({"closed_on": DAY}, "4.00", NextStep.EDIT),
        ({"closed_on": DAY, "client_flagged": True}, "1.00", NextStep.EDIT),
    ],
)
def test_the_primary_action_follows_the_state(
    actor: Actor,
    freelancer: Freelancer,
    fields: dict[str, object],
    rating: str | None,
    step: NextStep,
) -> None:
    contract = ContractFactory.create(freelancer=freelancer, **fields)
    if rating:
        rating_set(actor=actor, contract=contract, rating=Decimal(rating))
    assert page_of(actor, contract).next_step == step


def test_a_bad_contract_with_a_log_asks_for_nothing(actor: Actor, freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, DAY, "1.00")
    log_entry_add(actor=actor, contract=contract, happened_on=DAY, what="Moved")
    assert page_of(actor, contract).next_step == NextStep.EDIT


def test_there_is_one_primary_button(actor: Actor, contract: Contract, client: Browser) -> None:
    assert text(client, contract).count("btn-primary") == 1


def test_a_client_that_upwork_flagged_is_named_as_the_reason(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    flagged = ClientFactory.create(practice=actor.practice, flagged=True)
    contract = closed_contract(freelancer, DAY, "5", client=flagged)
    assert "Upwork flagged or removed the client" in text(client, contract)


def test_the_effect_on_the_score_is_asked_for_by_its_address(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    page = text(client, contract)
    address = f"/jss/contract/{contract.public_id}/"
    assert f'hx-get="{address}" hx-trigger="load"' in page
    assert f'<a href="{address}">' in page


def test_what_others_wrote_is_escaped(actor: Actor, contract: Contract, client: Browser) -> None:
    log_entry_add(actor=actor, contract=contract, happened_on=DAY, what="<script>x</script>")
    contract_change(actor=actor, contract=contract, title="<script>y</script>")
    page = text(client, contract)
    assert "<script>x" not in page
    assert "<script>y" not in page


# ── Payments ─────────────────────────────────────────────────────────────────────────────────────


def test_payments_come_in_pages(actor: Actor, contract: Contract, client: Browser) -> None:
    pay(contract, 30)
    first, second = text(client, contract), text(client, contract, "?payments=2")
    assert first.count("Payment ") == 25
    assert second.count("Payment ") == 5
    assert 'href="?payments=2#payments"' in first


def test_htmx_gets_the_payments_alone(actor: Actor, contract: Contract, client: Browser) -> None:
    pay(contract, 30)
    headers = {"HX-Request": "true", "HX-Target": "payments"}
    fragment = text(client, contract, "?payments=2", **headers)
    assert "26 to 30 of 30" in fragment
    assert "<html" not in fragment
    assert "Timeline" not in fragment


def test_a_page_of_payments_that_is_not_there(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    assert "No payments" in text(client, contract, "?payments=x")


# ── Who may see it ───────────────────────────────────────────────────────────────────────────────


def test_another_practice_does_not_find_it(contract: Contract, sign_in: SignIn) -> None:
    assert sign_in(solo_actor()).get(url(contract)).status_code == 404


def test_another_member_does_not_find_it(actor: Actor, contract: Contract, sign_in: SignIn) -> None:
    member = actor_with_role("member", practice=actor.practice)
    assert sign_in(member).get(url(contract)).status_code == 404


def test_a_viewer_sees_it_and_no_way_to_change_it(
    actor: Actor, contract: Contract, sign_in: SignIn
) -> None:
    contract_change(actor=actor, contract=contract, title="Other")
    page = text(sign_in(actor_with_role("viewer", practice=actor.practice)), contract)
    for way in ("/edit/", "/close/", "/delete/", "/feedback/", "/log/", "/undo/", "/reopen/"):
        assert way not in page


def test_the_page_is_only_read(contract: Contract, client: Browser) -> None:
    assert client.post(url(contract)).status_code == 405


def test_the_number_of_queries_does_not_grow(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url(contract))
        return len(captured)

    def fill(number: int) -> None:
        pay(contract, number)
        for position in range(number):
            contract_change(actor=actor, contract=contract, title=f"{number} {position}")
            log_entry_add(actor=actor, contract=contract, happened_on=DAY, what="Moved")

    Feedback.objects.filter(contract=contract).update(comment="Nice")
    fill(2)
    with_a_few = queries()
    fill(40)
    assert queries() == with_a_few
