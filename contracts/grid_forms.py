"""What the grid's requests carry, in and out of forms that know the actor.

The page is one form: `row` names each row on it, `<id>-<column>` holds a cell and
`<id>-<column>-was` the stored value that it showed.
"""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from contracts.grid import PAGE_SIZE, grid_contracts, guess_for, guessed
from contracts.grid_cells import (
    LONGEST_BLOCK,
    LONGEST_CELL,
    CellValue,
    Column,
    block_in,
    edits_of_block,
    value_in,
)
from contracts.grid_saving import CellEdit, guess_edits, visible_rows
from contracts.importing.problems import CellNotUnderstood
from contracts.models import Contract

_ROWS_AT_MOST = 2 * PAGE_SIZE


class CellForm(forms.Form):
    """One cell; `was` is the stored value that the edit started from."""

    value = forms.CharField(required=False, max_length=10_000, strip=False)
    was = forms.CharField(required=False, max_length=LONGEST_CELL, strip=False)

    def edit(self, contract: Contract, column: Column) -> CellEdit:
        typed = self.cleaned_data
        return CellEdit(contract, column, typed["value"][:LONGEST_CELL], typed["was"])


class RowsForm(forms.Form):
    """The rows of the page that a request is about."""

    def __init__(self, data: QueryDict, *, actor: Actor, as_of: dt.date) -> None:
        super().__init__(data)
        self.posted = data
        self.actor = actor
        self.as_of = as_of

    @property
    def row_ids(self) -> list[str]:
        """In the page's order; no page has more."""
        return self.posted.getlist("row")[:_ROWS_AT_MOST]

    def rows(self) -> list[Contract]:
        """Raises `Contract.DoesNotExist` when one of them is not the actor's to see."""
        return visible_rows(self.actor, self.row_ids, self.as_of)


class PasteForm(RowsForm):
    """A block from a spreadsheet, laid over the rows from the first named one and `column` on."""

    block = forms.CharField(
        strip=False,
        max_length=LONGEST_BLOCK,
        error_messages={
            "max_length": _("That is too much for one paste: take at most a page of rows.")
        },
    )
    column = forms.ChoiceField(choices=[(column.value, column.value) for column in Column])

    def edits(self) -> list[CellEdit]:
        block = block_in(self.cleaned_data["block"])
        laid = edits_of_block(block, self.rows(), Column(self.cleaned_data["column"]))
        return [CellEdit(row, column, text[:LONGEST_CELL]) for row, column, text in laid]

    def left_out(self, edits: Sequence[CellEdit]) -> int:
        """How many cells of the block found no place on the page."""
        return sum(map(len, block_in(self.cleaned_data["block"]))) - len(edits)


class UndoForm(RowsForm):
    """Which change to take back; `row` names the rows that the page wants to see again."""

    event = forms.CharField(max_length=20)


class PageForm(RowsForm):
    """The whole page: sent without JavaScript, and to confirm guesses.

    `confirm` is a row's id, or "all" for the guesses of every page.
    """

    def edits(self) -> list[CellEdit]:
        """Return the cells in which something else was typed than they showed, and the guesses
        that are confirmed. Raises `Contract.DoesNotExist` like `rows`."""
        typed = self._typed(self.rows())
        if self.posted.get("confirm") != "all":
            return typed
        dated = {edit.contract.pk for edit in typed if edit.column == Column.CLOSED_ON}
        everything = grid_contracts(self.actor, self.as_of).of_choice(self.actor)
        guesses = guess_edits(guessed(everything), self.as_of)
        return typed + [guess for guess in guesses if guess.contract.pk not in dated]

    def _typed(self, contracts: Sequence[Contract]) -> list[CellEdit]:
        edits = [
            self._edit(contract, column)
            for contract in contracts
            for column in Column
            if f"{contract.public_id}-{column}-was" in self.posted
        ]
        return [edit for edit in edits if not self._is_untouched(edit)]

    def _edit(self, contract: Contract, column: Column) -> CellEdit:
        name = f"{contract.public_id}-{column}"
        text = self.posted.get(name, "")  # a box without its tick is not sent at all
        if column == Column.CLOSED_ON and not text.strip() and self._confirms(contract):
            guess = guess_for(contract, self.as_of)
            text = guess.isoformat() if guess else ""
        return CellEdit(contract, column, text[:LONGEST_CELL], self.posted.get(f"{name}-was"))

    def _confirms(self, contract: Contract) -> bool:
        return bool(self.posted.get("confirm") == contract.public_id)

    def _is_untouched(self, edit: CellEdit) -> bool:
        return self._value(edit.column, edit.text) == self._value(edit.column, edit.was or "")

    def _value(self, column: Column, text: str) -> tuple[bool, CellValue]:
        """What a text means, or, where it means nothing, the text itself."""
        try:
            return True, value_in(column, text, today=self.as_of)
        except CellNotUnderstood:
            return False, text
