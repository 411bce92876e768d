"""Taking a whole import back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.imports.services import reading_again
from contracts.imports.undo import IMPORT_UNDONE, NotUndoable, import_undo
from contracts.models import Client, Contract, Feedback, ImportBatch, LogEntry, Payment
from contracts.services import rating_set
from tests.contracts.import_files import (
    connects,
    contract,
    fresh,
    imported,
    log,
    paid,
    report,
    weekly,
)
from tests.factories import ClientFactory, ContractFactory, actor_with_role

LOGO = paid("2026-09-18", 9001, "1000.00")
LATER = paid("2026-10-01", 9002, "30.00")


def undo(actor: Actor, batch: ImportBatch) -> dict[str, object]:
    return import_undo(actor=actor, batch=batch)


def own_logo(actor: Actor, **fields: object) -> Contract:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    fields = {"title": "Logo", "client": client, **fields}
    return ContractFactory.create(freelancer=actor.freelancer, **fields)


def test_payments_contracts_and_clients_go(actor: Actor) -> None:
    batch = imported(actor, report(LOGO, connects("2026-09-19", 9005)))
    undone = undo(actor, batch)
    assert (undone["payments"], undone["contracts"], undone["clients"]) == (2, 1, 1)
    assert [model.objects.count() for model in (Payment, Contract, Client)] == [0, 0, 0]
    assert fresh(batch).state == ImportBatch.State.UNDONE


def test_it_can_be_imported_again(actor: Actor) -> None:
    undo(actor, imported(actor, report(LOGO)))
    imported(actor, report(LOGO))
    assert contract(actor).earned == 1000


def test_a_contract_that_was_there_is_as_it_was(actor: Actor) -> None:
    own_logo(actor, earned=Decimal("7.00"), hours=Decimal(3))
    before = Contract.objects.values("earned", "fees", "hours", "kind", "started_on").get()
    undo(actor, imported(actor, report(LOGO)))
    assert Contract.objects.values("earned", "fees", "hours", "kind", "started_on").get() == before


def test_what_other_imports_brought_stays_and_is_added_up_anew(actor: Actor) -> None:
    imported(actor, report(LOGO))
    undo(actor, imported(actor, report(LOGO, LATER)))
    assert contract(actor).earned == 1000
    assert Payment.objects.count() == 1


def test_a_contract_with_payments_of_another_import_stays(actor: Actor) -> None:
    first = imported(actor, report(LOGO))
    imported(actor, report(LATER))
    undone = undo(actor, first)
    assert contract(actor).earned == 30
    assert [stayed["why"] for stayed in fresh(first).outcome["undone"]["stayed"]] == [["payments"]]
    assert undone["contracts"] == 0


def test_both_undone_one_after_the_other_leave_nothing_that_was_computed(actor: Actor) -> None:
    first = imported(actor, report(LOGO))
    second = imported(actor, report(LATER))
    undo(actor, first)
    undo(actor, second)
    assert contract(actor).earned is None
    assert contract(actor).fees == 0


@pytest.mark.parametrize("typed", ["rating", "log", "closing date", "title"])
def test_a_contract_that_somebody_worked_on_stays_without_the_money(
    actor: Actor, typed: str
) -> None:
    batch = imported(actor, report(LOGO))
    own = contract(actor)
    if typed == "rating":
        rating_set(actor=actor, contract=own, rating=Decimal(5))
    elif typed == "log":
        LogEntry.objects.create(
            practice=actor.practice, contract=own, happened_on="2026-10-01", what="Called."
        )
    elif typed == "closing date":
        Contract.objects.update(closed_on="2026-10-01")
    else:
        Contract.objects.update(title="Brand")
    undo(actor, batch)
    own = Contract.objects.get()
    assert (own.earned, Payment.objects.count()) == (None, 0)
    assert len(fresh(batch).outcome["undone"]["stayed"]) == 1


def test_earnings_typed_after_the_import_stay(actor: Actor) -> None:
    batch = imported(actor, report(LOGO))
    Contract.objects.update(earned=Decimal("555.00"), notes="typed")
    undo(actor, batch)
    assert Contract.objects.get().earned == 555


def test_hours_typed_on_a_contract_stay(actor: Actor) -> None:
    own_logo(actor)
    batch = imported(actor, report(LOGO))
    Contract.objects.update(hours=Decimal("5.00"))
    undo(actor, batch)
    assert Contract.objects.get().hours == 5


HOURLY = paid("2026-09-18", 9101, "1000.00", title="Site", type_="Hourly")
WEEK = ("2026-09-16", "Site (34000001)", "10", "1000")


@pytest.mark.parametrize("typed", [None, Decimal("5.00")])
def test_hours_of_weeks_go_from_a_contract_whose_other_payments_have_none(
    actor: Actor, typed: Decimal | None
) -> None:
    imported(actor, report(HOURLY))
    Contract.objects.update(hours=typed)
    weeks = imported(actor, weekly(WEEK))
    assert contract(actor, "Site").hours == 10
    undo(actor, weeks)
    site = contract(actor, "Site")
    assert (site.hours, site.earned) == (typed, Decimal(1000))


def test_hours_of_the_first_import_go_while_the_second_one_has_none(actor: Actor) -> None:
    weeks = imported(actor, weekly(WEEK))
    imported(actor, report(HOURLY))
    undo(actor, weeks)
    site = contract(actor, "Site")
    assert site.hours is None
    assert site.earned == 1000


def test_a_client_that_somebody_uses_stays(actor: Actor) -> None:
    batch = imported(actor, report(LOGO))
    ContractFactory.create(freelancer=actor.freelancer, client=Client.objects.get())
    undo(actor, batch)
    assert Client.objects.count() == 1


class TestContractLogs:
    def test_contracts_and_ratings_that_it_made_go(self, actor: Actor) -> None:
        batch = imported(actor, log({"title": "Logo", "closed_on": "2026-01-01", "rating": "5"}))
        undo(actor, batch)
        assert [model.objects.count() for model in (Contract, Feedback)] == [0, 0]

    def test_what_it_changed_gets_its_former_values(self, actor: Actor) -> None:
        row = {"title": "Logo", "client": "Client Two", "closed_on": "2026-01-01", "rating": "5"}
        imported(actor, log(row))
        undo(actor, imported(actor, log({**row, "rating": "2.5", "notes": "Bad."})))
        feedback = Feedback.objects.get()
        assert feedback.public_rating == 5
        assert feedback.rating_before_change is None
        assert contract(actor).notes == ""

    def test_what_was_changed_since_stays(self, actor: Actor) -> None:
        own_logo(actor)
        row = {"title": "Logo", "client": "Client Two", "closed_on": "2026-01-01", "rating": "5"}
        batch = imported(actor, log(row))
        Contract.objects.update(closed_on="2026-02-02")
        rating_set(actor=actor, contract=contract(actor), rating=Decimal("4.50"))
        undo(actor, batch)
        assert contract(actor).closed_on == dt.date(2026, 2, 2)
        assert Feedback.objects.get().public_rating == Decimal("4.50")
        assert fresh(batch).outcome["undone"]["stayed"][0]["fields"] == ["closed_on"]

    def test_a_rating_that_it_made_goes_from_a_contract_that_was_there(self, actor: Actor) -> None:
        own_logo(actor, closed_on="2026-01-01")
        batch = imported(actor, log({"title": "Logo", "client": "Client Two", "rating": "5"}))
        undo(actor, batch)
        assert not Feedback.objects.exists()

    def test_a_rating_with_words_added_since_stays(self, actor: Actor) -> None:
        own_logo(actor, closed_on="2026-01-01")
        batch = imported(actor, log({"title": "Logo", "client": "Client Two", "rating": "5"}))
        Feedback.objects.update(comment="Great!")
        undo(actor, batch)
        assert Feedback.objects.get().comment == "Great!"

    def test_reopening_leaves_nobody_who_ended_it(self, actor: Actor) -> None:
        own_logo(actor)
        batch = imported(
            actor, log({"title": "Logo", "client": "Client Two", "closed_on": "2026-01-01"})
        )
        Contract.objects.update(ended_by="client")
        undo(actor, batch)
        assert (contract(actor).closed_on, contract(actor).ended_by) == (None, "")


def test_a_week_that_grew_gets_its_former_hours(actor: Actor) -> None:
    imported(actor, weekly(("2026-09-16", "Site (34000001)", "3", "30")))
    undo(actor, imported(actor, weekly(("2026-09-16", "Site (34000001)", "5.5", "55"))))
    assert contract(actor, "Site").hours == Payment.objects.get().hours == 3


def test_a_payment_that_joined_a_contract_leaves_it_again(actor: Actor) -> None:
    header = b"Date,Ref ID,Type,Description,Freelancer,Team,Amount\n"
    fee = b'"Nov 1, 2023",22,Service Fee,Service Fee for Fixed Price - Ref ID 21,F,Client,-1.00\n'
    imported(actor, header + fee)
    work = b'"Nov 1, 2023",21,Fixed Price,Invoice for Logo,F,Client,10\n'
    undo(actor, imported(actor, header + fee + work))
    assert Payment.objects.get().contract_id is None
    assert not Contract.objects.exists()


def money(actor: Actor) -> tuple[Decimal | None, Decimal]:
    return contract(actor).earned, contract(actor).fees


class TestFeesOfPaymentsInOtherFiles:
    """Format B names the payment of a fee by its Ref ID; the two come in files of their own."""

    HEADER = b"Date,Ref ID,Type,Description,Freelancer,Team,Amount\n"
    WORK = HEADER + b'"Nov 1, 2023",21,Fixed Price,Invoice for Logo,F,Client,10\n'
    FEE = HEADER + (
        b'"Nov 1, 2023",22,Service Fee,Service Fee for Fixed Price - Ref ID 21,F,Client,-1.00\n'
        b'"Nov 1, 2023",23,VAT,VAT (KE) - Service Fee - Ref ID 22,F,Client,-0.20\n'
    )

    def test_the_fee_joins_the_payment_that_is_stored(self, actor: Actor) -> None:
        imported(actor, self.WORK)
        batch = imported(actor, self.FEE)
        assert money(actor) == (Decimal(10), Decimal(1))
        assert Payment.objects.filter(contract=contract(actor)).count() == 3
        assert batch.outcome["counts"]["payments"] == 2

    def test_undone_the_payment_is_alone_again(self, actor: Actor) -> None:
        imported(actor, self.WORK)
        undo(actor, imported(actor, self.FEE))
        assert money(actor) == (Decimal(10), Decimal(0))
        assert Payment.objects.count() == 1

    def test_the_stored_fee_joins_the_payment_that_comes_later(self, actor: Actor) -> None:
        imported(actor, self.FEE)
        imported(actor, self.WORK)
        assert money(actor) == (Decimal(10), Decimal(1))
        assert Payment.objects.filter(contract=contract(actor)).count() == 3

    def test_undone_the_fee_is_the_practices_again(self, actor: Actor) -> None:
        imported(actor, self.FEE)
        undo(actor, imported(actor, self.WORK))
        assert not Contract.objects.exists()
        assert Payment.objects.filter(contract=None).count() == 2

    def test_each_row_is_counted_once(self, actor: Actor) -> None:
        imported(actor, self.FEE)
        imported(actor, self.WORK)
        counts = imported(actor, self.FEE).outcome["counts"]
        assert (counts["rows"], counts["rows_known"], counts["payments"]) == (2, 2, 0)
        assert counts["practice_payments"] == counts["payments_attached"] == 0


def test_the_audit_trail_names_it(actor: Actor) -> None:
    undo(actor, imported(actor, report(LOGO)))
    event = AuditEvent.objects.get(verb=IMPORT_UNDONE)
    assert event.after["payments"] == 1


def test_undone_twice_is_refused(actor: Actor) -> None:
    batch = imported(actor, report(LOGO))
    undo(actor, batch)
    with pytest.raises(NotUndoable):
        undo(actor, batch)


def test_a_viewer_may_not(actor: Actor) -> None:
    batch = imported(actor, report(LOGO))
    with pytest.raises(PermissionDenied):
        undo(actor_with_role("viewer", practice=actor.practice), batch)
    assert Payment.objects.exists()


def test_looked_at_again_after_an_undo_nothing_is_decided(actor: Actor) -> None:
    batch = imported(actor, report(LOGO))
    batch.decisions = {"contracts": {"work-1": {"fate": "new"}}}
    batch.save()
    undo(actor, batch)
    assert reading_again(actor=actor, batch=fresh(batch))
    assert fresh(batch).decisions == {}
