"""Saving what was typed, pasted or confirmed in the grid.

A cell is saved by itself: one that is refused leaves the others as they are. What was typed comes
back with the answer, so that nothing typed is ever lost.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import AuditEvent
from accounts.public_ids import is_public_id
from contracts.change_groups import change_group_record
from contracts.grid import grid_contracts, guess_for
from contracts.grid_cells import CellValue, Column, value_in
from contracts.grid_rows import Answer, Answers, CellState, Writer, plain_text
from contracts.importing.problems import CellNotUnderstood
from contracts.locked_changes import (
    LockedContract,
    contract_write,
    contracts_locked,
    feedback_write,
    rating_kept,
)
from contracts.models import Contract


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What was typed into one cell; `was` is the value that it started from, None to skip the
    question whether somebody else changed it meanwhile."""

    contract: Contract
    column: Column
    text: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of some edits: an answer per cell, and the one event that undoes them all."""

    answers: Answers
    event: AuditEvent | None

    @property
    def refused(self) -> list[tuple[str, Column]]:
        return [key for key, answer in self.answers.items() if answer.state != CellState.SAVED]

    @property
    def has_conflict(self) -> bool:
        return any(answer.state == CellState.CONFLICT for answer in self.answers.values())


@transaction.atomic
def cells_save(*, actor: Actor, edits: Iterable[CellEdit], today: dt.date) -> Saved:
    """Save each of these cells that can be saved, row by row and from left to right.

    Raises `Contract.DoesNotExist` when one of the contracts is not the actor's to see.
    """
    columns = list(Column)
    in_order = sorted(edits, key=lambda edit: (edit.contract.pk, columns.index(edit.column)))
    locked = contracts_locked(actor=actor, keys=[edit.contract.pk for edit in in_order])
    answers: Answers = {}
    events: list[AuditEvent] = []
    for edit in in_order:
        answer, event = _cell_save(actor, locked[edit.contract.pk], edit, today)
        answers[edit.contract.public_id, edit.column] = answer
        if event:
            events.append(event)
    return Saved(answers, change_group_record(actor=actor, events=events))


def _cell_save(
    actor: Actor, contract: LockedContract, edit: CellEdit, today: dt.date
) -> tuple[Answer, AuditEvent | None]:
    try:
        value = value_in(edit.column, edit.text, today=today)
        stored = _stored(contract, edit.column)
        if value != stored and _is_stale(edit, stored, today):
            return _conflict(edit, stored), None
        event = _write(actor, contract, edit.column, value)
    except CellNotUnderstood as error:
        message = _(error.problem.template) % error.problem.params
    except ValidationError as error:
        message = " ".join(error.messages)
    else:
        return Answer(edit.text, CellState.SAVED), event
    return Answer(edit.text, CellState.REFUSED, message), None


def guess_edits(contracts: Iterable[Contract], as_of: dt.date) -> list[CellEdit]:
    """Return what confirms the proposed closing date of each of these rows of `grid_contracts`."""
    return [
        CellEdit(contract, Column.CLOSED_ON, guess.isoformat(), was="")
        for contract in contracts
        if (guess := guess_for(contract, as_of))
    ]


def visible_rows(actor: Actor, public_ids: Sequence[str], as_of: dt.date) -> list[Contract]:
    """Return these contracts in this order. Raises `Contract.DoesNotExist` if one is not seen."""
    if not all(map(is_public_id, public_ids)):  # PostgreSQL would trip over a NUL
        raise Contract.DoesNotExist
    found = {
        row.public_id: row
        for row in grid_contracts(actor, as_of).filter(public_id__in=set(public_ids))
    }
    if set(public_ids) - found.keys():
        raise Contract.DoesNotExist
    return [found[public_id] for public_id in dict.fromkeys(public_ids)]


def _stored(contract: LockedContract, column: Column) -> CellValue:
    if column == Column.RATING:
        return contract.feedback.public_rating if contract.feedback else None
    value: CellValue = getattr(contract.row, column)
    return value


def _is_stale(edit: CellEdit, stored: CellValue, today: dt.date) -> bool:
    """Whether the stored value is no longer the one that the edit started from."""
    if edit.was is None:
        return False
    try:
        return value_in(edit.column, edit.was, today=today) != stored
    except CellNotUnderstood:
        return edit.was != plain_text(stored)


def _conflict(edit: CellEdit, stored: CellValue) -> Answer:
    message = _("Meanwhile this was changed to “%(stored)s”. You wrote “%(typed)s”.") % {
        "stored": Writer().text(stored) or _("nothing"),
        "typed": edit.text or _("nothing"),
    }
    return Answer(edit.text, CellState.CONFLICT, message)


def _write(
    actor: Actor, contract: LockedContract, column: Column, value: CellValue
) -> AuditEvent | None:
    if column == Column.RATING:
        changes: dict[str, object] = {"public_rating": value}
        changes = rating_kept(contract.feedback, changes) | changes
        return feedback_write(actor=actor, contract=contract, changes=changes)
    return contract_write(actor=actor, row=contract.row, changes={column.value: value})
