"""Keeping the ledger of connects: refusals, corrections, the undo, imports (B6, B10)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent, Freelancer
from proposals.connects import Kind, Ledger
from proposals.connects_import import entries_import, purchases_import, purchases_missing
from proposals.connects_selectors import ledger_of_freelancer, ledgers_of
from proposals.connects_services import (
    FallsShort,
    balance_correct,
    change_undo,
    entry_add,
    entry_remove,
)
from proposals.models import ConnectsEntry
from proposals.pasted_connects import PastedEntry, pasted_connects
from tests.contracts.import_files import connects, imported, report
from tests.factories import actor_with_role, solo_actor
from tests.proposals.samples import some_connects

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def own(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def add(actor: Actor, kind: Kind, amount: int, day: str, **values: Any) -> AuditEvent:
    return entry_add(
        actor=actor,
        freelancer=own(actor),
        kind=kind,
        amount=amount,
        happened_on=dt.date.fromisoformat(day),
        **values,
    )


def ledger(actor: Actor) -> Ledger:
    return ledger_of_freelancer(actor, own(actor), as_of=TODAY)


def rows(text: str) -> tuple[PastedEntry, ...]:
    return pasted_connects(text, today=TODAY).entries


# ── Noting ───────────────────────────────────────────────────────────────────────────────────────


def test_the_kind_says_which_way_it_goes(actor: Actor) -> None:
    add(actor, Kind.PURCHASE, 40, "2026-10-01", cost=Decimal("5.00"))
    add(actor, Kind.SPEND, 16, "2026-10-02", cost=Decimal(3), note="A shop")

    assert list(ConnectsEntry.objects.in_order().values_list("amount", "cost")) == [
        (40, Decimal("5.00")),
        (-16, None),
    ]
    assert ledger(actor).balance == 24


def test_what_would_go_below_zero_is_refused_with_the_day(actor: Actor) -> None:
    add(actor, Kind.GRANT, 10, "2026-10-01")

    with pytest.raises(FallsShort, match=r"did not have 16 connects on Oct 2, 2026: 6 are missing"):
        add(actor, Kind.SPEND, 16, "2026-10-02")
    assert ConnectsEntry.objects.count() == 1


def test_what_would_make_a_later_day_go_below_zero_is_refused(actor: Actor) -> None:
    add(actor, Kind.GRANT, 20, "2026-10-01")
    add(actor, Kind.SPEND, 16, "2026-10-09")

    with pytest.raises(FallsShort, match=r"4 connects would be missing .* spent on Oct 9, 2026"):
        add(actor, Kind.SPEND, 8, "2026-10-02")


def test_with_a_word_on_what_there_was_it_is_noted_along_with_a_correction(actor: Actor) -> None:
    add(actor, Kind.GRANT, 10, "2026-10-01")

    event = add(actor, Kind.SPEND, 16, "2026-10-02", had=50)

    assert ledger(actor).balance == 34
    assert ledger(actor).missing == 0
    change_undo(actor=actor, event=event)
    assert ledger(actor).balance == 10


def test_too_few_before_it_are_refused_all_the_same(actor: Actor) -> None:
    with pytest.raises(FallsShort):
        add(actor, Kind.SPEND, 16, "2026-10-02", had=15)
    assert not ConnectsEntry.objects.exists()


def test_a_ledger_that_is_short_already_takes_what_does_not_make_it_worse(actor: Actor) -> None:
    some_connects(actor, kind="spend", amount=-16, happened_on="2026-10-02")

    add(actor, Kind.GRANT, 10, "2026-10-05")
    add(actor, Kind.SPEND, 10, "2026-10-06")

    assert (ledger(actor).balance, ledger(actor).missing) == (0, 16)


def test_a_day_to_come_is_refused(actor: Actor) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        add(actor, Kind.GRANT, 10, "2026-11-19")
    with pytest.raises(ValidationError, match="still to come"):
        balance_correct(
            actor=actor, freelancer=own(actor), balance=1, on=TODAY + dt.timedelta(days=1)
        )


def test_a_correction_heals_what_was_missing(actor: Actor) -> None:
    some_connects(actor, kind="spend", amount=-16, happened_on="2026-10-02")

    balance_correct(actor=actor, freelancer=own(actor), balance=30, on=dt.date(2026, 10, 1))

    assert (ledger(actor).balance, ledger(actor).missing) == (14, 0)
    again = balance_correct(actor=actor, freelancer=own(actor), balance=14, on=TODAY)
    assert again is None


def test_a_correction_downwards_is_possible(actor: Actor) -> None:
    add(actor, Kind.GRANT, 40, "2026-10-01")

    balance_correct(actor=actor, freelancer=own(actor), balance=30, on=TODAY)

    assert ledger(actor).balance == 30


# ── Taking back ──────────────────────────────────────────────────────────────────────────────────


def test_a_removed_entry_comes_back_as_it_was(actor: Actor) -> None:
    entry = some_connects(
        actor, kind="purchase", amount=80, cost=Decimal("12.00"), note="A pack", source="pasted"
    )
    before = ConnectsEntry.objects.values().get()

    event = entry_remove(actor=actor, entry=entry)
    assert not ConnectsEntry.objects.exists()
    change_undo(actor=actor, event=event)

    after = ConnectsEntry.objects.values().get()
    for row in (before, after):
        del row["id"], row["created_at"]
    assert before == after
    with pytest.raises(ChangedSince):
        change_undo(actor=actor, event=event)


def test_what_was_added_is_taken_out_once(actor: Actor) -> None:
    event = add(actor, Kind.GRANT, 10, "2026-10-01")

    change_undo(actor=actor, event=event)

    assert not ConnectsEntry.objects.exists()
    with pytest.raises(ChangedSince):
        change_undo(actor=actor, event=event)


def test_a_removed_row_that_was_pasted_again_is_not_put_back_beside_it(actor: Actor) -> None:
    pasted = rows("2026-10-02\tApplied\tA shop\t-16")
    entries_import(actor=actor, freelancer=own(actor), rows=pasted)
    event = entry_remove(actor=actor, entry=ConnectsEntry.objects.get())
    entries_import(actor=actor, freelancer=own(actor), rows=pasted)

    with pytest.raises(ChangedSince):
        change_undo(actor=actor, event=event)


# ── Pasting ──────────────────────────────────────────────────────────────────────────────────────


def test_the_same_paste_twice_adds_nothing(actor: Actor) -> None:
    pasted = rows("2026-10-02\tApplied\tA shop\t-16\n" * 2 + "2026-10-01\tBought\t+40")

    first = entries_import(actor=actor, freelancer=own(actor), rows=pasted)
    second = entries_import(actor=actor, freelancer=own(actor), rows=pasted)

    assert (first.new, second.new, second.same, second.event) == (3, 0, 3, None)
    assert ledger(actor).balance == 8


def test_a_paste_is_one_step_to_undo(actor: Actor) -> None:
    add(actor, Kind.GRANT, 10, "2026-10-01")
    kept = entries_import(
        actor=actor, freelancer=own(actor), rows=rows("2026-10-02\tApplied\t-6\n" * 3)
    )

    assert kept.event
    change_undo(actor=actor, event=kept.event)
    assert ledger(actor).balance == 10


def test_what_looks_like_a_typed_entry_is_left_out_until_it_is_said_to_be_another(
    actor: Actor,
) -> None:
    add(actor, Kind.GRANT, 10, "2026-10-02")
    pasted = rows("2026-10-02\tMonthly\t+10\n2026-10-02\tReward\t+10\n2026-10-03\tReward\t+10")

    kept = entries_import(actor=actor, freelancer=own(actor), rows=pasted)
    assert (kept.new, kept.alike) == (2, (pasted[0].key,))

    kept = entries_import(actor=actor, freelancer=own(actor), rows=pasted[:1], with_alike=True)
    assert (kept.new, kept.alike) == (1, ())
    assert ledger(actor).balance == 40


def test_one_of_the_same_name_is_the_same(actor: Actor) -> None:
    add(actor, Kind.GRANT, 40, "2026-10-01")
    add(actor, Kind.SPEND, 16, "2026-10-02", note="A Shop")

    kept = entries_import(
        actor=actor, freelancer=own(actor), rows=rows("2026-10-02\tApplied\ta shop\t-16")
    )

    assert (kept.new, kept.same, kept.alike) == (0, 1, ())


def test_a_history_from_the_middle_is_taken_and_what_is_missing_said(actor: Actor) -> None:
    entries_import(actor=actor, freelancer=own(actor), rows=rows("2026-10-02\tApplied\t-16"))

    assert (ledger(actor).balance, ledger(actor).missing) == (0, 16)


# ── Transactions ─────────────────────────────────────────────────────────────────────────────────


def test_purchases_of_the_log_come_in_once_b10(actor: Actor) -> None:
    imported(actor, report(connects("2026-09-19", 9005), connects("2026-10-19", 9006, "-15.00")))
    assert [each.amount for each in purchases_missing(actor, own(actor)).new] == [80, 80]

    kept = purchases_import(actor=actor, freelancer=own(actor))

    assert kept.new == 2
    entry = ConnectsEntry.objects.in_order()[0]
    assert (entry.amount, entry.cost, entry.source) == (80, Decimal("12.00"), "transactions")
    assert purchases_import(actor=actor, freelancer=own(actor)).new == 0
    assert purchases_missing(actor, own(actor)).new == ()


def test_without_a_number_in_words_the_price_tells_how_many_b10(actor: Actor) -> None:
    row = {**connects("2026-09-19", 9005, "-9.00"), "Transaction summary": "Connects"}
    imported(actor, report(row))

    assert [each.amount for each in purchases_missing(actor, own(actor)).new] == [60]


def test_a_pasted_purchase_and_a_transaction_of_that_day_and_amount_are_one(actor: Actor) -> None:
    imported(actor, report(connects("2026-09-19", 9005)))
    entries_import(actor=actor, freelancer=own(actor), rows=rows("2026-09-19\tPurchased\t+80"))

    found = purchases_missing(actor, own(actor))
    assert (found.new, [each.key for each in found.alike]) == ((), ["9005"])
    assert purchases_import(actor=actor, freelancer=own(actor)).new == 0
    assert purchases_import(actor=actor, freelancer=own(actor), with_alike=True).new == 1
    assert ledger(actor).balance == 160


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


def test_a_viewer_changes_nothing(actor: Actor) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    entry = some_connects(actor)
    event = add(actor, Kind.GRANT, 10, "2026-10-01")

    with pytest.raises(PermissionDenied):
        entry_add(actor=viewer, freelancer=own(actor), kind=Kind.GRANT, amount=1, happened_on=TODAY)
    with pytest.raises(PermissionDenied):
        entry_remove(actor=viewer, entry=entry)
    with pytest.raises(PermissionDenied):
        change_undo(actor=viewer, event=event)
    with pytest.raises(PermissionDenied):
        entries_import(actor=viewer, freelancer=own(actor), rows=())
    with pytest.raises(PermissionDenied):
        balance_correct(actor=viewer, freelancer=own(actor), balance=1, on=TODAY)


def test_what_is_anothers_is_not_there(actor: Actor) -> None:
    entry = some_connects(actor)
    for other in (actor_with_role("member", practice=actor.practice), solo_actor()):
        with pytest.raises(Freelancer.DoesNotExist):
            purchases_import(actor=other, freelancer=own(actor))
        with pytest.raises(ConnectsEntry.DoesNotExist):
            entry_remove(actor=other, entry=entry)
        assert ledgers_of(other, [own(actor)], as_of=TODAY)[own(actor).pk].entries == ()


def test_what_is_alike_on_one_day_is_added_up_without_changing_anything(actor: Actor) -> None:
    some_connects(actor, kind="purchase", amount=40, cost=Decimal(4), happened_on="2026-10-01")
    some_connects(actor, kind="purchase", amount=40, cost=Decimal(8), happened_on="2026-10-01")
    some_connects(actor, kind="purchase", amount=10, happened_on="2026-10-01")
    for _number in range(3):
        some_connects(actor, kind="spend", amount=-5, happened_on="2026-10-02")
    some_connects(actor, kind="correction", amount=-5, happened_on="2026-10-02")
    some_connects(actor, kind="correction", amount=5, happened_on="2026-10-02")

    found = ledger(actor)

    assert [(each.amount, each.cost, each.times) for each in found.entries] == [
        (80, Decimal(12), 2),
        (10, None, 1),
        (5, None, 1),
        (-5, None, 1),
        (-15, None, 3),
    ]
    assert found.balance == 75
