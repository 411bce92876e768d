"""Contract logs (format D): recognised, compared and written."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.actors import Actor
from contracts.exports import csv_lines, log_lines
from contracts.imports.decisions import Decision
from contracts.imports.sentences import sentence
from contracts.models import Contract, Feedback, ImportBatch
from tests.contracts.import_files import (
    apply,
    contract,
    decide,
    imported,
    item,
    log,
    paid,
    previewed,
    report,
    statuses,
)
from tests.factories import ClientFactory, closed_contract

LOGO = {
    "title": "Logo",
    "client": "Client Two",
    "kind": "fixed",
    "started_on": "2026-08-01",
    "closed_on": "2026-09-20",
    "earned": "1200.00",
    "hours": "12.5",
    "rating": "4.85",
    "ended_by": "client",
    "under_agency": "true",
    "notes": "Went well.",
}


def rating_of(own: Contract) -> Decimal | None:
    feedback = Feedback.objects.from_client().filter(contract=own).first()
    return feedback.public_rating if feedback else None


def changed(batch: ImportBatch, title: str = "Logo") -> dict[str, tuple[Any, Any]]:
    changes = item(batch, title).facts.get("changes", [])
    return {change["name"]: (change["before"], change["after"]) for change in changes}


def test_a_row_becomes_a_contract_with_everything_that_it_says(actor: Actor) -> None:
    imported(actor, log(LOGO))
    logo = contract(actor)
    assert logo.client
    assert logo.client.name == "Client Two"
    assert (logo.kind, logo.ended_by, logo.notes) == ("fixed", "client", "Went well.")
    assert (logo.started_on, logo.closed_on) == (dt.date(2026, 8, 1), dt.date(2026, 9, 20))
    assert (logo.earned, logo.hours) == (Decimal(1200), Decimal("12.5"))
    assert logo.under_agency
    assert rating_of(logo) == Decimal("4.85")


def test_only_the_title_is_needed_and_the_contract_is_open(actor: Actor) -> None:
    imported(actor, b"title\nLogo\n")
    logo = contract(actor)
    assert (logo.status, logo.client, logo.earned, rating_of(logo)) == ("open", None, None, None)


def test_nobody_ended_an_open_contract(actor: Actor) -> None:
    imported(actor, log({"title": "Logo", "ended_by": "client"}))
    assert contract(actor).ended_by == ""


def test_the_same_log_again_is_known_and_changes_nothing(actor: Actor) -> None:
    imported(actor, log(LOGO))
    before = list(Contract.objects.values())
    batch = previewed(actor, log(LOGO))
    assert statuses(batch) == {"known": 1}
    apply(actor, batch)
    assert list(Contract.objects.values()) == before
    assert Feedback.objects.count() == 1


def test_what_differs_is_listed_old_and_new(actor: Actor) -> None:
    imported(actor, log(LOGO))
    batch = previewed(actor, log({**LOGO, "rating": "3.5", "closed_on": "2026-09-21"}))
    assert statuses(batch) == {"changed": 1}
    assert changed(batch) == {
        "rating": ("4.85", "3.50"),
        "closed_on": ("2026-09-20", "2026-09-21"),
    }


def test_what_differs_is_changed_and_the_former_rating_kept(actor: Actor) -> None:
    imported(actor, log(LOGO))
    imported(actor, log({**LOGO, "rating": "3.50"}))
    feedback = Feedback.objects.get()
    assert (feedback.public_rating, feedback.rating_before_change) == (
        Decimal("3.50"),
        Decimal("4.85"),
    )


def test_an_empty_cell_never_erases(actor: Actor) -> None:
    imported(actor, log(LOGO))
    bare = {"title": "Logo", "client": "Client Two", "closed_on": "2026-09-20"}
    assert statuses(previewed(actor, log(bare))) == {"known": 1}


def test_what_payments_add_up_to_is_not_the_logs_to_say(actor: Actor) -> None:
    imported(actor, report(paid("2026-09-18", 9001, "1000.00")))
    batch = previewed(actor, log(LOGO))
    assert "earned" not in changed(batch)
    assert item(batch).facts["earned_stays"]
    apply(actor, batch)
    assert contract(actor).earned == 1000
    assert contract(actor).hours == Decimal("12.5")


def test_a_start_guessed_from_the_first_payment_gives_way(actor: Actor) -> None:
    imported(actor, report(paid("2026-09-18", 9001, "1000.00")))
    batch = previewed(actor, log(LOGO))
    assert changed(batch)["started_on"] == ("2026-09-18", "2026-08-01")


def test_a_first_payment_after_the_closing_date_is_no_contradiction(actor: Actor) -> None:
    imported(actor, report(paid("2026-09-18", 9001, "1000.00")))
    bare = {"title": "Logo", "client": "Client Two", "closed_on": "2026-09-10"}
    imported(actor, log(bare))
    logo = contract(actor)
    assert (logo.started_on, logo.closed_on) == (dt.date(2026, 9, 10), dt.date(2026, 9, 10))


def test_contracts_of_one_title_are_told_apart_by_their_dates(actor: Actor) -> None:
    first = {**LOGO, "started_on": "2025-01-01", "closed_on": "2025-02-01"}
    second = {**LOGO, "started_on": "2025-03-01", "closed_on": "2025-04-01"}
    imported(actor, log(first, second))
    batch = previewed(actor, log({**second, "rating": "2.00"}, first))
    assert statuses(batch) == {"known": 1, "changed": 1}
    apply(actor, batch)
    ratings = [rating_of(own) for own in Contract.objects.order_by("closed_on")]
    assert ratings == [Decimal("4.85"), Decimal("2.00")]


def test_other_dates_mean_another_contract_of_the_same_title(actor: Actor) -> None:
    imported(actor, log(LOGO))
    later = {**LOGO, "started_on": "2027-01-01", "closed_on": "2027-02-01"}
    assert statuses(previewed(actor, log(later))) == {"new": 1}


def test_only_another_closing_date_is_asked_about(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-03-01", title="Logo", client=client)
    batch = previewed(
        actor, log({"title": "Logo", "client": "Client Two", "closed_on": "2026-09-20"})
    )
    assert statuses(batch) == {"doubtful": 1}
    assert "2026-03-01" in sentence(item(batch).facts["reason"])


def test_a_row_without_client_is_asked_about(actor: Actor) -> None:
    imported(actor, log({"title": "Logo", "client": "Client Two"}))
    batch = previewed(actor, log({"title": "Logo", "closed_on": "2026-09-20"}))
    assert statuses(batch) == {"doubtful": 1}


def test_closing_before_the_start_is_left_out_and_explained(actor: Actor) -> None:
    imported(actor, log({"title": "Logo", "client": "Client Two", "started_on": "2026-09-30"}))
    batch = previewed(
        actor, log({"title": "Logo", "client": "Client Two", "closed_on": "2026-09-20"})
    )
    assert statuses(batch) == {"doubtful": 1}
    assert item(batch).facts["default"] == "leave_out"
    assert "2026-09-30" in sentence(item(batch).facts["reason"])
    apply(actor, batch)
    assert contract(actor).closed_on is None


def test_closing_before_the_start_is_refused_where_it_is_insisted_on(actor: Actor) -> None:
    imported(actor, log({"title": "Logo", "client": "Client Two", "started_on": "2026-09-30"}))
    own = contract(actor)
    batch = previewed(
        actor, log({"title": "Logo", "client": "Client Two", "closed_on": "2026-09-20"})
    )
    decide(actor, batch, "Logo", Decision("add", contract=own.public_id))
    batch = apply(actor, batch)
    assert batch.state == ImportBatch.State.PREVIEW
    assert batch.problem["params"]["title"] == "Logo"


def test_a_row_that_stands_twice_is_counted_once(actor: Actor) -> None:
    batch = imported(actor, log(LOGO, LOGO))
    assert Contract.objects.count() == 1
    assert batch.preview["repeated_rows"] == 1


def test_rows_can_be_left_out_renamed_and_made_new(actor: Actor) -> None:
    imported(actor, log(LOGO))
    batch = previewed(actor, log({**LOGO, "rating": "1.00"}, {"title": "Site"}))
    decide(actor, batch, "Logo", Decision("new", title="Logo of 2026"))
    decide(actor, batch, "Site", Decision("leave_out"))
    apply(actor, batch)
    assert set(Contract.objects.values_list("title", flat=True)) == {"Logo", "Logo of 2026"}


@pytest.mark.parametrize("flagged", [True, False])
def test_our_own_export_comes_back_as_known(actor: Actor, flagged: bool) -> None:
    imported(actor, log(LOGO, {"title": "=1+1", "client": "@Client", "notes": "-a\n+b"}))
    client = contract(actor).client
    assert client
    client.flagged = flagged
    client.save()
    export = "".join(csv_lines(log_lines(Contract.objects.all()))).encode()
    assert statuses(previewed(actor, export)) == {"known": 2}
