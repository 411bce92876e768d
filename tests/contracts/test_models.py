"""The words of the trade as queries, and what the database itself refuses."""

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Client, Contract, Feedback, ImportBatch, LogEntry, Payment
from contracts.models.feedback import POSITIVE_FROM, Outcome
from jss.engine import CLASSIC, ClosedContract
from jss.engine import outcomes as engine
from tests.factories import ClientFactory, ContractFactory, closed_contract, solo_actor

TODAY = dt.date(2026, 6, 30)


def titles(rows: object) -> set[str]:
    return {contract.title for contract in rows}  # type: ignore[attr-defined]


def pay(contract: Contract, paid_on: str, **fields: object) -> Payment:
    batch = ImportBatch.objects.create(
        practice=contract.practice, freelancer=contract.freelancer, content=b""
    )
    return Payment.objects.create(
        practice=contract.practice,
        freelancer=contract.freelancer,
        contract=contract,
        batch=batch,
        source="transactions",
        external_id=str(Payment.objects.count()),
        type="Hourly",
        category="earning",
        paid_on=paid_on,
        line=2,
        **{"amount": Decimal(100), **fields},
    )


def test_positive_begins_where_the_engine_says() -> None:
    assert CLASSIC.positive_from == POSITIVE_FROM


@pytest.mark.parametrize(
    ("rating", "flagged", "removed", "client_flagged"),
    list(product([None, "1.00", "3.99", "4.00", "5.00"], *[[False, True]] * 3)),
)
def test_the_outcome_is_the_engines(
    actor: Actor,
    freelancer: Freelancer,
    rating: str | None,
    flagged: bool,
    removed: bool,
    client_flagged: bool,
) -> None:
    closed_contract(
        freelancer,
        "2026-01-01",
        rating,
        client_flagged=flagged,
        feedback_removed=removed,
        client=ClientFactory.create(practice=actor.practice, flagged=client_flagged),
    )
    contract = Contract.objects.with_rating().select_related("client").get()
    expected = ClosedContract(
        "",
        contract.closed_on,
        Decimal(rating) if rating else None,
        client_flagged=flagged or client_flagged,
        feedback_removed=removed,
    ).outcome()
    named = {
        engine.Outcome.POSITIVE: Outcome.POSITIVE,
        engine.Outcome.NEGATIVE: Outcome.NEGATIVE,
        engine.Outcome.NO_FEEDBACK: Outcome.NO_FEEDBACK,
        engine.Outcome.NEVER_COUNTED: Outcome.NEVER_COUNTS,
    }
    assert contract.outcome == named[expected]


def test_an_open_contract_has_no_outcome(freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer)
    assert Contract.objects.with_rating().select_related("client").get().outcome == Outcome.OPEN


def test_without_feedback_means_closed_ones(freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer, title="open")
    closed_contract(freelancer, "2026-01-01", title="silent")
    closed_contract(freelancer, "2026-01-01", "4.00", title="rated")
    assert titles(Contract.objects.without_feedback()) == {"silent"}


def test_what_the_freelancer_gave_is_no_rating(actor: Actor, freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, "2026-01-01")
    Feedback.objects.create(
        practice=actor.practice,
        contract=contract,
        direction=Feedback.Direction.FROM_FREELANCER,
        public_rating=Decimal(5),
    )
    assert Contract.objects.with_rating().get().rating is None


def test_negative_and_positive_meet_at_four(freelancer: Freelancer) -> None:
    closed_contract(freelancer, "2026-01-01", "3.99", title="below")
    closed_contract(freelancer, "2026-01-01", "4.00", title="at")
    assert titles(Contract.objects.negative()) == {"below"}
    assert titles(Contract.objects.positive()) == {"at"}


def test_an_annotated_rating_has_two_places(freelancer: Freelancer) -> None:
    closed_contract(freelancer, "2026-01-01", "4.90")
    assert str(Contract.objects.with_rating().get().rating) == "4.90"


@pytest.mark.parametrize(
    ("started", "delivered", "paid", "last"),
    [
        ("2026-01-01", None, None, "2026-01-01"),
        ("2026-01-01", "2026-02-01", None, "2026-02-01"),
        ("2026-01-01", "2026-02-01", "2026-01-15", "2026-02-01"),
        ("2026-01-01", "2026-02-01", "2026-03-01", "2026-03-01"),
        (None, None, "2026-03-01", "2026-03-01"),
        (None, None, None, None),
    ],
)
def test_the_last_activity_is_the_latest_of_what_is_known(
    freelancer: Freelancer,
    started: str | None,
    delivered: str | None,
    paid: str | None,
    last: str | None,
) -> None:
    contract = ContractFactory.create(
        freelancer=freelancer, started_on=started, delivered_on=delivered
    )
    if paid:
        pay(contract, "2025-12-01")
        pay(contract, paid)
    found = Contract.objects.with_last_activity().get()
    assert found.last_activity_on == (dt.date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("started", "closed", "stale"),
    [
        ("2026-05-30", None, True),  # 31 days
        ("2026-05-31", None, False),  # 30 days
        ("2026-05-30", "2026-06-01", False),
        (None, None, False),
    ],
)
def test_stale_is_open_and_quiet_for_more_than_thirty_days(
    freelancer: Freelancer, started: str | None, closed: str | None, stale: bool
) -> None:
    ContractFactory.create(freelancer=freelancer, started_on=started, closed_on=closed)
    assert Contract.objects.stale(TODAY).exists() is stale
    assert Contract.objects.with_last_activity().get().is_stale(TODAY) is stale


@pytest.mark.parametrize(
    "words",
    [
        "LOGO",
        "logo acme",
        "34000",
        "договір",
        "ДОГОВІР ластівка",
        "moved",
        "(v2)",
        "100%",
        "invoice",
    ],
)
def test_search_finds_in_any_case_and_script(
    actor: Actor, freelancer: Freelancer, words: str
) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Acme Ластівка")
    contract = ContractFactory.create(
        freelancer=freelancer,
        client=client,
        title="Logo (v2), Договір 100%",
        upwork_contract_id="34000001",
        notes="Sends one invoice a week",
    )
    LogEntry.objects.create(
        practice=actor.practice, contract=contract, happened_on=TODAY, what="They moved the date"
    )
    assert Contract.objects.search(words).get() == contract


@pytest.mark.parametrize(
    "words", ["website", "logo website", "логотип", "до.овір", "договір(", "l_go", "1_0%", ".*"]
)
def test_search_finds_nothing_else(freelancer: Freelancer, words: str) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo 100% Договір")
    assert not Contract.objects.search(words).exists()


def test_search_takes_any_character(freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo")
    assert not Contract.objects.search("\0 \\ [ é( 'x").exists()


@pytest.mark.parametrize("name", ["acme gmbh", "ACME GMBH"])
def test_a_client_is_known_in_any_case(actor: Actor, name: str) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Acme GmbH")
    assert Client.objects.named(name).get() == client


def test_a_client_is_known_in_any_script(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Студія Ластівка")
    assert Client.objects.named("студія ЛАСТІВКА").get() == client
    assert not Client.objects.named("студія").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"kind": "weekly"},
        {"ended_by": "client"},
        {"closed_on": "2026-01-01", "ended_by": "nobody"},
        {"started_on": "2026-01-02", "closed_on": "2026-01-01"},
        {"hours": Decimal("-0.01")},
    ],
)
def test_the_database_refuses(freelancer: Freelancer, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractFactory.create(freelancer=freelancer, **fields)


def test_the_status_follows_the_dates(freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    told = [contract.status_label]
    for field in ("delivered_on", "closed_on"):
        setattr(contract, field, TODAY)
        contract.save()
        contract.refresh_from_db()
        told.append(contract.status_label)
    assert told == ["Open", "Delivered", "Closed"]


def test_a_member_sees_own_clients_only(actor: Actor) -> None:
    other = solo_actor()
    ClientFactory.create(practice=other.practice)
    assert not Client.objects.for_actor(actor).exists()
