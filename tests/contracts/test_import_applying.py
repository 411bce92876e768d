"""What an import of payments (A, B, C) writes."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.imports import apply_payments, applying, reading, services
from contracts.imports.application import Application
from contracts.imports.bulk import FIELDS, public_ids
from contracts.imports.clients import clients_named
from contracts.imports.decisions import Decision, freelancer_save
from contracts.models import Client, Contract, ImportBatch, Payment
from tests.contracts.import_files import (
    apply,
    connects,
    contract,
    decide,
    fresh,
    imported,
    paid,
    previewed,
    report,
    statuses,
    weekly,
)
from tests.factories import ClientFactory, ContractFactory, FreelancerFactory, solo_actor

LOGO = paid("2026-09-18", 9001, "1000.00")
FEE = {**paid("2026-09-18", 9002, "-100.00", type_="Service Fee"), "Transaction ID": 9001}


def test_a_new_contract_has_its_client_kind_start_and_money(actor: Actor) -> None:
    imported(actor, report(LOGO, FEE, paid("2026-08-01", 9003, "200.00")))
    logo = contract(actor)
    assert logo.client
    assert logo.client.name == "Client Two"
    assert (logo.kind, logo.started_on) == ("fixed", dt.date(2026, 8, 1))
    assert (logo.earned, logo.fees, logo.currency) == (Decimal(1200), Decimal(100), "USD")


def test_no_export_of_upworks_closes_a_contract(actor: Actor) -> None:
    imported(actor, report(LOGO))
    assert contract(actor).closed_on is None


def test_refunds_are_taken_off_what_was_earned(actor: Actor) -> None:
    refund = paid("2026-09-20", 9004, "-50.00", type_="Refund to client")
    imported(actor, report(LOGO, refund))
    assert contract(actor).earned == 950


def test_rows_of_an_agency_make_contracts_under_it(actor: Actor) -> None:
    imported(actor, report({**LOGO, "Agency team": "Team North"}))
    assert contract(actor).under_agency


def test_connects_are_payments_of_the_practice(actor: Actor) -> None:
    batch = imported(actor, report(LOGO, connects("2026-09-19", 9005)))
    payment = Payment.objects.get(external_id="9005")
    assert payment.contract_id is None
    assert (payment.category, payment.amount) == ("connects", Decimal(-12))
    assert batch.outcome["counts"]["practice_payments"] == 1


def test_a_type_that_nobody_knows_is_kept(actor: Actor) -> None:
    imported(actor, report(LOGO, paid("2026-09-19", 9006, "-5", title="Review", type_="Hold")))
    assert Payment.objects.get(external_id="9006").type == "Hold"


def test_a_payment_is_stored_with_all_that_the_row_says(actor: Actor) -> None:
    batch = imported(actor, report(paid("2026-09-18", 9001, "12.345", type_="Hourly")))
    payment = Payment.objects.get()
    assert payment.batch_id == batch.pk
    assert payment.line == 2
    assert payment.source == Payment.Source.TRANSACTIONS
    assert payment.paid_on == dt.date(2026, 9, 18)
    assert payment.amount == Decimal("12.35")
    assert len(payment.public_id) == 14


def test_the_quick_insert_fills_every_column_of_a_payment() -> None:
    fields = {field.name for field in Payment._meta.concrete_fields}
    assert {*FIELDS, "id", "public_id", "contract", "batch"} == fields


def test_public_ids_made_in_bulk_differ() -> None:
    assert len(set(public_ids(10_000))) == 10_000


def test_the_same_file_changes_nothing_the_second_time(actor: Actor) -> None:
    content = report(LOGO, FEE, connects("2026-09-19", 9005))
    imported(actor, content)
    before = [list(model.objects.order_by("pk").values()) for model in (Contract, Payment)]
    batch = imported(actor, content)
    assert [list(model.objects.order_by("pk").values()) for model in (Contract, Payment)] == before
    assert batch.outcome["counts"]["payments"] == 0
    assert batch.outcome["counts"]["contracts_changed"] == 0


def test_a_file_that_overlaps_adds_what_is_new(actor: Actor) -> None:
    imported(actor, report(LOGO))
    imported(actor, report(LOGO, paid("2026-10-01", 9010, "30.00")))
    assert Payment.objects.count() == 2
    assert contract(actor).earned == 1030


def test_transactions_and_weeks_are_two_views_of_the_same_money(actor: Actor) -> None:
    imported(actor, report(paid("2026-09-18", 9001, "16.50", type_="Hourly", title="Site")))
    batch = previewed(actor, weekly(("2026-09-16", "Site (34000001)", "5.5", "16.5")))
    apply(actor, batch)
    site = contract(actor, "Site")
    assert (site.earned, site.hours) == (Decimal("16.50"), Decimal("5.50"))


def test_new_clients_are_looked_up_together(
    actor: Actor, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    names = [f"Client {number}" for number in range(200)]
    with django_assert_max_num_queries(4):
        found, made = clients_named(actor.practice, names)
    assert (len(found), len(made)) == (200, 200)


def test_names_that_the_database_takes_for_one_another_do_no_harm(actor: Actor) -> None:
    ClientFactory.create(practice=actor.practice, name="istanbul")
    imported(actor, report({**LOGO, "Client team": "İstanbul"}))
    client = contract(actor).client
    assert client
    assert client.name in ("İstanbul", "istanbul")


class TestAgencyFiles:
    """One file of several freelancers, imported for one after the other."""

    OTHER = {**paid("2026-09-20", 9020, "700.00", title="Site"), "Freelancer": "G. Dev"}
    NAMELESS = {**LOGO, "Ref ID": "", "Freelancer": ""}

    def test_what_is_stored_for_one_is_not_stored_for_another(self, actor: Actor) -> None:
        content = report(LOGO, self.OTHER, connects("2026-09-19", 9005))
        imported(actor, content)
        other = FreelancerFactory.create(practice=actor.practice)
        batch = previewed(actor, content, freelancer=other)
        assert statuses(batch) == {"known": 2}
        assert batch.preview["practice_rows_known"] == 1
        assert apply(actor, batch).outcome["counts"]["rows_known"] == 3
        assert Payment.objects.count() == 3
        assert not Contract.objects.filter(freelancer=other).exists()

    def test_rows_without_a_ref_id_are_each_freelancers_own(self, actor: Actor) -> None:
        imported(actor, report(self.NAMELESS))
        other = FreelancerFactory.create(practice=actor.practice)
        imported(actor, report(self.NAMELESS), freelancer=other)
        assert Payment.objects.count() == 2

    def test_another_practice_is_none_of_it(self, actor: Actor) -> None:
        imported(actor, report(LOGO))
        imported(stranger := solo_actor(), report(LOGO))
        assert Payment.objects.filter(practice=stranger.practice).count() == 1

    def test_the_rows_of_the_freelancer_it_is_imported_for_are_proposed(self, actor: Actor) -> None:
        other = FreelancerFactory.create(practice=actor.practice, name="g. DEV")
        batch = previewed(actor, report(LOGO, self.OTHER), freelancer=other)
        assert batch.decisions["freelancer"] == "G. Dev"
        apply(actor, batch)
        assert [own.title for own in Contract.objects.all()] == ["Site"]

    def test_who_wants_everybody_gets_everybody(self, actor: Actor) -> None:
        other = FreelancerFactory.create(practice=actor.practice, name="G. Dev")
        batch = previewed(actor, report(LOGO, self.OTHER), freelancer=other)
        freelancer_save(actor=actor, batch=batch, name="")
        services.reading_again(actor=actor, batch=batch)
        reading.import_read(batch.pk)
        assert fresh(batch).preview["others_rows"] == 0


def test_payments_win_over_earnings_that_were_typed(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    ContractFactory.create(freelancer=actor.freelancer, title="Logo", client=client, earned=7)
    imported(actor, report(LOGO))
    assert contract(actor).earned == 1000


def test_hours_that_were_typed_stay_where_no_payment_has_any(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    ContractFactory.create(freelancer=actor.freelancer, title="Logo", client=client, hours=7)
    imported(actor, report(LOGO))
    assert contract(actor).hours == 7


def test_a_start_that_was_typed_is_never_moved(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    fields = {"title": "Logo", "client": client, "started_on": "2026-09-30"}
    ContractFactory.create(freelancer=actor.freelancer, **fields)
    imported(actor, report(LOGO))
    assert contract(actor).started_on == dt.date(2026, 9, 30)


def test_a_start_that_was_guessed_moves_back_with_an_older_payment(actor: Actor) -> None:
    imported(actor, report(LOGO))
    imported(actor, report(paid("2026-01-05", 9020, "5.00")))
    assert contract(actor).started_on == dt.date(2026, 1, 5)


def test_a_payment_after_the_closing_date_sets_no_start(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    fields = {"title": "Logo", "client": client, "closed_on": "2026-09-01"}
    ContractFactory.create(freelancer=actor.freelancer, **fields)
    imported(actor, report(LOGO))
    assert contract(actor).started_on is None


def test_a_client_is_found_in_any_case(actor: Actor) -> None:
    ClientFactory.create(practice=actor.practice, name="CLIENT two")
    imported(actor, report(LOGO))
    assert Client.objects.count() == 1


def test_a_fee_of_an_earlier_file_joins_its_payment_of_a_later_one(actor: Actor) -> None:
    header = b"Date,Ref ID,Type,Description,Freelancer,Team,Amount\n"
    fee = b'"Nov 1, 2023",22,Service Fee,Service Fee for Fixed Price - Ref ID 21,F,Client,-1.00\n'
    imported(actor, header + fee)
    assert Payment.objects.get().contract_id is None
    imported(actor, header + fee + b'"Nov 1, 2023",21,Fixed Price,Invoice for Logo,F,Client,10\n')
    assert Payment.objects.get(external_id="22").contract_id == contract(actor).pk
    assert contract(actor).fees == 1


def test_the_audit_trail_has_one_event_with_the_counts(actor: Actor) -> None:
    batch = imported(actor, report(LOGO, FEE))
    event = AuditEvent.objects.get(verb=applying.IMPORT_APPLIED)
    assert event.target_id == batch.public_id
    assert event.after["contracts_created"] == 1
    assert event.for_freelancer_id == batch.freelancer_id


def test_sums_beyond_what_a_contract_holds_refuse_the_import_by_name(actor: Actor) -> None:
    rows = [paid("2026-09-18", 9000 + n, "9999999999.99") for n in range(2)]
    batch = apply(actor, previewed(actor, report(*rows)))
    assert batch.state == ImportBatch.State.PREVIEW
    assert batch.problem["params"] == {"title": "Logo"}
    assert not Payment.objects.exists()


class TestDecisions:
    def test_a_contract_left_out_stores_nothing_of_it(self, actor: Actor) -> None:
        batch = previewed(actor, report(LOGO, paid("2026-09-18", 9009, "5", title="Site")))
        decide(actor, batch, "Logo", Decision("leave_out"))
        batch = apply(actor, batch)
        assert list(Contract.objects.values_list("title", flat=True)) == ["Site"]
        assert batch.outcome["counts"]["rows_left_out"] == 1

    def test_a_contract_renamed_has_the_new_title(self, actor: Actor) -> None:
        batch = previewed(actor, report(LOGO))
        decide(actor, batch, "Logo", Decision("new", title="Brand identity"))
        apply(actor, batch)
        assert contract(actor, "Brand identity").earned == 1000

    def test_a_contract_merged_puts_its_payments_on_the_other(self, actor: Actor) -> None:
        batch = previewed(actor, report(LOGO, paid("2026-08-01", 9009, "5", title="Logo 2")))
        into = batch.items.get(title="Logo").key
        decide(actor, batch, "Logo 2", Decision("merge", into=into))
        apply(actor, batch)
        assert contract(actor).earned == 1005
        assert contract(actor).started_on == dt.date(2026, 8, 1)
        assert Contract.objects.count() == 1

    def test_what_is_merged_into_one_left_out_is_left_out(self, actor: Actor) -> None:
        batch = previewed(actor, report(LOGO, paid("2026-08-01", 9009, "5", title="Logo 2")))
        into = batch.items.get(title="Logo").key
        decide(actor, batch, "Logo 2", Decision("merge", into=into))
        decide(actor, batch, "Logo", Decision("leave_out"))
        apply(actor, batch)
        assert not Payment.objects.exists()

    def test_contracts_merged_in_a_circle_do_not_hang_it(self, actor: Actor) -> None:
        batch = previewed(actor, report(LOGO, paid("2026-08-01", 9009, "5", title="Logo 2")))
        one, two = batch.items.order_by("number")
        decide(actor, batch, "Logo", Decision("merge", into=two.key))
        decide(actor, batch, "Logo 2", Decision("merge", into=one.key))
        assert apply(actor, batch).state == ImportBatch.State.APPLIED
        assert Payment.objects.count() == 2

    def test_a_contract_added_to_a_chosen_one(self, actor: Actor) -> None:
        own = ContractFactory.create(freelancer=actor.freelancer, title="Brand identity")
        batch = previewed(actor, report(LOGO))
        decide(actor, batch, "Logo", Decision("add", contract=own.public_id))
        apply(actor, batch)
        own.refresh_from_db()
        assert own.earned == 1000

    def test_a_chosen_contract_that_is_gone_refuses_and_keeps_the_decisions(
        self, actor: Actor
    ) -> None:
        own = ContractFactory.create(freelancer=actor.freelancer, title="Brand identity")
        batch = previewed(actor, report(LOGO))
        decide(actor, batch, "Logo", Decision("add", contract=own.public_id))
        own.delete()
        batch = apply(actor, batch)
        assert batch.state == ImportBatch.State.PREVIEW
        assert "no longer exists" in batch.problem["template"]
        assert batch.decisions["items"]

    def test_what_was_in_doubt_can_become_a_new_contract(self, actor: Actor) -> None:
        ContractFactory.create(freelancer=actor.freelancer, title="Logo", client=None)
        batch = previewed(actor, report(LOGO))
        decide(actor, batch, "Logo", Decision("new"))
        apply(actor, batch)
        assert Contract.objects.filter(title="Logo").count() == 2

    def test_an_id_that_another_contract_has_is_not_given_twice(self, actor: Actor) -> None:
        ContractFactory.create(
            freelancer=actor.freelancer, title="Other", upwork_contract_id="36000002"
        )
        batch = previewed(actor, weekly(("2026-09-24", "Small site (36000002)", "", "250")))
        decide(actor, batch, "Small site", Decision("new"))
        apply(actor, batch)
        assert contract(actor, "Small site").upwork_contract_id == ""


def test_a_failure_on_the_way_leaves_nothing_behind(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("on purpose")

    batch = previewed(actor, report(LOGO))
    monkeypatch.setattr(apply_payments, "contracts_recompute", fail)
    batch = apply(actor, batch)
    assert batch.state == ImportBatch.State.PREVIEW
    assert batch.problem["template"] == applying.FAILED
    assert not Contract.objects.exists()
    assert not Client.objects.exists()
    assert not Payment.objects.exists()
    assert not AuditEvent.objects.exists()


def test_nobody_applies_for_a_user_who_left(actor: Actor) -> None:
    batch = previewed(actor, report(LOGO))
    actor.membership.delete()
    batch = apply(actor, batch)
    assert batch.state == ImportBatch.State.PREVIEW
    assert not Payment.objects.exists()
    assert fresh(batch).problem["template"] == applying.MAY_NOT


@pytest.mark.parametrize("times", [1, 5])
def test_what_somebody_made_meanwhile_is_seen(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """All that can be is worked out before the transaction; then it must not be stale."""
    batch = previewed(actor, report(LOGO))
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    prepared, calls = applying._prepared, []

    def made_meanwhile(*args: Any) -> Application:
        calls.append(1)
        application = prepared(*args)
        if len(calls) <= times:
            title = "Logo" if len(calls) == 1 else "Other"
            ContractFactory.create(freelancer=actor.freelancer, title=title, client=client)
        return application

    monkeypatch.setattr(applying, "_prepared", made_meanwhile)
    apply(actor, batch)
    assert contract(actor, "Logo").earned == 1000


def test_every_row_is_counted_once(actor: Actor) -> None:
    weeks = [
        ("2026-09-16", "Site (34000001)", "3", "30"),
        ("2026-09-23", "Site (34000001)", "1", "9"),
    ]
    imported(actor, report(LOGO, FEE, connects("2026-09-19", 9005)))
    imported(actor, weekly(*weeks))
    broken = {**LOGO, "Ref ID": 1, "Date": "never"}
    left_out = [paid("2026-09-18", 9100 + n, "1", title="Other") for n in range(3)]
    more = [paid("2026-10-18", 9200, "1"), connects("2026-10-19", 9300), broken]
    batch = previewed(actor, report(LOGO, FEE, connects("2026-09-19", 9005), *left_out, *more))
    decide(actor, batch, "Other", Decision("leave_out"))
    grown = previewed(actor, weekly(weeks[0], ("2026-09-23", "Site (34000001)", "2", "18")))
    kinds = (
        *("payments", "practice_payments", "payments_attached", "payments_updated"),
        *("rows_known", "rows_left_out", "rows_not_understood"),
    )
    for counts in (apply(actor, one).outcome["counts"] for one in (batch, grown)):
        assert sum(counts.get(kind, 0) for kind in kinds) == counts["rows"]
