"""Saving cells of the grid, and taking many changes back as one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from contracts.change_groups import (
    change_count,
    change_group_record,
    change_group_undo,
    is_undo,
)
from contracts.grid_cells import Column
from contracts.grid_rows import CellState
from contracts.grid_saving import CellEdit, Saved, cells_save
from contracts.models import Contract, Feedback
from contracts.services import contract_change
from tests.factories import ContractFactory, actor_with_role, solo_actor

TODAY = dt.date(2026, 10, 2)
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def contract(actor: Actor) -> Contract:
    return ContractFactory.create(freelancer=actor.freelancer, title="Logo")


def save(actor: Actor, *edits: CellEdit) -> Saved:
    return cells_save(actor=actor, edits=edits, today=TODAY)


def stored(contract: Contract) -> Contract:
    return Contract.objects.with_rating().get(pk=contract.pk)


def test_a_cell_is_saved_and_its_event_undoes_it(actor: Actor, contract: Contract) -> None:
    saved = save(actor, CellEdit(contract, Column.CLOSED_ON, "1 Mar 2026", was=""))
    assert saved.answers[contract.public_id, Column.CLOSED_ON].state == CellState.SAVED
    assert stored(contract).closed_on == DAY
    assert saved.event is not None
    change_group_undo(actor=actor, event_id=saved.event.public_id)
    assert stored(contract).closed_on is None


def test_a_cell_that_is_stored_already_is_saved_without_an_event(
    actor: Actor, contract: Contract
) -> None:
    contract_change(actor=actor, contract=contract, closed_on=DAY)
    saved = save(actor, CellEdit(contract, Column.CLOSED_ON, "2026-03-01", was=""))
    assert (saved.refused, saved.event) == ([], None)


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (Column.CLOSED_ON, "soon", "not a date"),
        (Column.CLOSED_ON, "2099-01-01", "still to come"),
        (Column.CLOSED_ON, "2019-01-01", "before it starts"),
        (Column.RATING, "9", "between 1 and 5"),
        (Column.ENDED_BY, "client", "closing date first"),
        (Column.UNDER_AGENCY, "maybe", "neither yes nor no"),
    ],
)
def test_a_refused_cell_keeps_the_text_and_says_why(
    actor: Actor, column: Column, text: str, words: str
) -> None:
    contract = ContractFactory.create(freelancer=actor.freelancer, started_on=dt.date(2020, 1, 1))
    saved = save(actor, CellEdit(contract, column, text, was=""))
    answer = saved.answers[contract.public_id, column]
    assert (answer.state, answer.text) == (CellState.REFUSED, text)
    assert words in answer.message
    assert not AuditEvent.objects.exists()


def test_a_refused_cell_leaves_its_neighbours_to_be_saved(actor: Actor, contract: Contract) -> None:
    saved = save(
        actor,
        CellEdit(contract, Column.RATING, "9"),
        CellEdit(contract, Column.CLOSED_ON, "2026-03-01"),
    )
    assert saved.refused == [(contract.public_id, Column.RATING)]
    assert stored(contract).closed_on == DAY


def test_a_row_is_saved_from_left_to_right(actor: Actor, contract: Contract) -> None:
    saved = save(
        actor,
        CellEdit(contract, Column.ENDED_BY, "client"),
        CellEdit(contract, Column.CLOSED_ON, "2026-03-01"),
    )
    assert saved.refused == []
    assert stored(contract).ended_by == "client"


def test_what_was_refused_is_not_there_for_the_next_cell(actor: Actor) -> None:
    contract = ContractFactory.create(freelancer=actor.freelancer, started_on=dt.date(2026, 1, 1))
    saved = save(
        actor,
        CellEdit(contract, Column.CLOSED_ON, "2025-01-01"),
        CellEdit(contract, Column.ENDED_BY, "client"),
    )
    assert len(saved.refused) == 2
    assert "closing date first" in saved.answers[contract.public_id, Column.ENDED_BY].message


@pytest.mark.parametrize(
    ("was", "state"),
    [
        ("3.00", CellState.SAVED),
        ("3", CellState.SAVED),
        (None, CellState.SAVED),
        ("", CellState.CONFLICT),
        ("2.00", CellState.CONFLICT),
        ("odd", CellState.CONFLICT),
    ],
)
def test_what_another_tab_changed_is_asked_about(
    actor: Actor, contract: Contract, was: str | None, state: CellState
) -> None:
    Feedback.objects.create(practice=actor.practice, contract=contract, public_rating=Decimal(3))
    saved = save(actor, CellEdit(contract, Column.RATING, "5", was=was))
    answer = saved.answers[contract.public_id, Column.RATING]
    assert answer.state == state
    assert stored(contract).rating == (5 if state == CellState.SAVED else 3)
    assert saved.has_conflict == (state == CellState.CONFLICT)
    if saved.has_conflict:
        assert "“3.00”" in answer.message
        assert "“5”" in answer.message


def test_the_same_save_twice_is_one_change(actor: Actor, contract: Contract) -> None:
    for _time in range(2):
        saved = save(actor, CellEdit(contract, Column.RATING, "5", was=""))
        assert saved.refused == []
    assert AuditEvent.objects.count() == 1


def test_j9_another_rating_keeps_the_former_one(actor: Actor, contract: Contract) -> None:
    Feedback.objects.create(practice=actor.practice, contract=contract, public_rating=Decimal(2))
    save(actor, CellEdit(contract, Column.RATING, "5", was="2.00"))
    assert Feedback.objects.get().rating_before_change == 2


# ── Groups ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pasted(actor: Actor) -> AuditEvent:
    """Two contracts closed, ended by the client and rated in one paste."""
    edits = [
        CellEdit(contract, column, text)
        for contract in ContractFactory.create_batch(2, freelancer=actor.freelancer)
        for column, text in zip(Column, ("2026-03-01", "client", "5"), strict=False)
    ]
    event = save(actor, *edits).event
    assert event is not None
    return event


def test_a_paste_is_undone_and_redone_as_one(actor: Actor, pasted: AuditEvent) -> None:
    assert change_count(pasted) == 6
    undo, contracts = change_group_undo(actor=actor, event_id=pasted.public_id)
    assert len({contract.pk for contract in contracts}) == 2
    assert Contract.objects.closed().count() == Feedback.objects.count() == 0
    assert (is_undo(pasted), is_undo(undo)) == (False, True)
    redo, _contracts = change_group_undo(actor=actor, event_id=undo.public_id)
    assert Contract.objects.closed().count() == Feedback.objects.count() == 2
    assert (is_undo(redo), change_count(redo)) == (False, 6)
    change_group_undo(actor=actor, event_id=redo.public_id)
    assert Contract.objects.closed().count() == 0


def test_a_paste_is_undone_as_a_whole_or_not_at_all(actor: Actor, pasted: AuditEvent) -> None:
    contract = Contract.objects.order_by("pk").first()
    assert contract is not None
    contract_change(actor=actor, contract=contract, closed_on=dt.date(2026, 5, 5))
    events = AuditEvent.objects.count()
    with pytest.raises(ChangedSince):
        change_group_undo(actor=actor, event_id=pasted.public_id)
    assert Contract.objects.closed().count() == Feedback.objects.count() == 2
    assert AuditEvent.objects.count() == events


def test_each_contract_keeps_its_own_history(actor: Actor, pasted: AuditEvent) -> None:
    for contract in Contract.objects.all():
        verbs = AuditEvent.objects.filter(target_id=contract.public_id).values_list(
            "verb", flat=True
        )
        assert sorted(verbs) == ["contract.changed", "contract.changed", "feedback.changed"]


def test_one_change_needs_no_group(actor: Actor, contract: Contract) -> None:
    event = contract_change(actor=actor, contract=contract, notes="x")
    assert event is not None
    assert change_group_record(actor=actor, events=[event]) == event
    assert change_group_record(actor=actor, events=[]) is None
    assert change_count(event) == 1


def test_a_member_undoes_his_or_her_own_paste(actor: Actor) -> None:
    member = actor_with_role("member", practice=actor.practice)
    contracts = ContractFactory.create_batch(2, freelancer=member.freelancer)
    saved = save(member, *[CellEdit(one, Column.RATING, "5") for one in contracts])
    assert saved.event is not None
    change_group_undo(actor=member, event_id=saved.event.public_id)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "other practice", "member"])
def test_a_paste_is_not_undone_by_others(actor: Actor, pasted: AuditEvent, role: str) -> None:
    other = (
        solo_actor("Else")
        if role == "other practice"
        else actor_with_role(role, practice=actor.practice)
    )
    with pytest.raises((PermissionDenied, AuditEvent.DoesNotExist)):
        change_group_undo(actor=other, event_id=pasted.public_id)
    assert Contract.objects.closed().count() == 2
