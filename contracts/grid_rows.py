"""The grid's rows and cells as the page shows them, in the reader's own format."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import formats
from contracts.grid import guess_for
from contracts.grid_cells import CellValue, Column
from contracts.importing.dates import date_in
from contracts.importing.problems import CellNotUnderstood
from contracts.models import Contract

LABELS: Final[dict[Column, Promise]] = {
    Column.CLOSED_ON: gettext_lazy("Closed on"),
    Column.ENDED_BY: gettext_lazy("Ended by"),
    Column.RATING: gettext_lazy("Rating"),
    Column.UNDER_AGENCY: gettext_lazy("Under agency"),
}


class CellState(StrEnum):
    """How a cell stands after what was typed into it."""

    CALM = ""
    SAVED = "saved"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` is what it shows, `was` the stored value that an edit starts from."""

    contract: Contract
    column: str
    key: str
    label: str
    text: str
    was: str
    stored_text: str
    guess: dt.date | None = None
    guess_text: str = ""
    state: CellState = CellState.CALM
    message: str = ""

    @property
    def is_checked(self) -> bool:
        return self.text == "yes"

    @property
    def has_no_feedback(self) -> bool:
        """Closed without a rating: that is an answer, not a gap (J3)."""
        return self.column == Column.RATING and not self.was and self.contract.closed_on is not None

    @property
    def is_undecided(self) -> bool:
        """Nothing says yet whether the missing rating is an answer."""
        return self.has_no_feedback and not self.contract.ended_by

    @property
    def waits_for_closing_date(self) -> bool:
        """A rating counts once the contract is closed (J2)."""
        return self.column == Column.RATING and bool(self.was) and not self.contract.closed_on

    @property
    def has_note(self) -> bool:
        return bool(self.message or self.guess or self.waits_for_closing_date or self.is_undecided)

    @property
    def placeholder(self) -> str:
        """What an empty cell says."""
        if self.guess:
            return self.guess_text
        if self.has_no_feedback:
            return _("no feedback")
        return _("still open") if self.column == Column.CLOSED_ON else "–"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Who can have ended it; and what was written instead, kept as a choice of its own."""
        known = [(value, str(label)) for value, label in Contract.EndedBy.choices]
        strange = self.text and self.text not in Contract.EndedBy.values
        return [*known, (self.text, self.text)] if strange else known

    @property
    def read_text(self) -> str:
        """For those who may not write."""
        if self.column == Column.ENDED_BY:
            return self.contract.get_ended_by_display()
        if self.column == Column.UNDER_AGENCY:
            return _("Yes") if self.is_checked else ""
        return self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """A contract with its editable cells."""

    contract: Contract
    needs: bool
    subtitle: str
    paid_text: str
    earned_text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of what was typed into one cell, to be shown there instead of what is stored."""

    text: str
    state: CellState
    message: str = ""


type Answers = dict[tuple[str, Column], Answer]


# ── Values and texts ─────────────────────────────────────────────────────────────────────────────


def stored_value(contract: Contract, column: Column) -> CellValue:
    """What is stored, of a row of `grid_contracts`."""
    value: CellValue = getattr(contract, column)
    return value


def plain_text(value: CellValue) -> str:
    """The same for every reader: what a cell sends back as the value that an edit started from."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value or ""


def _days_are_understood() -> bool:
    """Whether all twelve months, as this reader writes them, are read back as the same day."""
    days = [dt.date(2026, month, 3) for month in range(1, 13)]
    try:
        return all(date_in(formats.day(day)) == day for day in days)
    except CellNotUnderstood:
        return False


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes cells in the reader's own format, wherever the grid understands that format too."""

    days_are_understood: bool = field(default_factory=_days_are_understood)
    decimal_sign: str = field(default_factory=lambda: formats.number(Decimal("0.5"))[1:2])

    def text(self, value: CellValue) -> str:
        if isinstance(value, dt.date) and self.days_are_understood:
            return formats.day(value)
        text = plain_text(value)
        return text.replace(".", self.decimal_sign) if isinstance(value, Decimal) else text


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────


def grid_rows(
    contracts: Iterable[Contract],
    as_of: dt.date,
    *,
    answers: Answers | None = None,
    columns: Sequence[Column] = tuple(Column),
    with_freelancer: bool = False,
) -> list[GridRow]:
    """Return the rows as the page shows them, answered cells with what was typed."""
    builder = _Builder(as_of, answers or {}, [(column, str(LABELS[column])) for column in columns])
    return [builder.row(contract, with_freelancer=with_freelancer) for contract in contracts]


@dataclass(frozen=True, slots=True)
class _Builder:
    """What all rows of a page have in common."""

    as_of: dt.date
    answers: Answers
    columns: list[tuple[Column, str]]
    writer: Writer = field(default_factory=Writer)

    def row(self, contract: Contract, *, with_freelancer: bool) -> GridRow:
        names = [contract.client, contract.freelancer if with_freelancer else None]
        return GridRow(
            contract=contract,
            needs=contract.needs,  # type: ignore[attr-defined]  # annotated by grid_contracts
            subtitle=" · ".join(str(name) for name in names if name),
            paid_text=formats.day(contract.last_paid_on),  # type: ignore[attr-defined]  # as above
            earned_text=formats.money(contract.earned, contract.currency),
            cells=tuple(self.cell(contract, column, label) for column, label in self.columns),
        )

    def cell(self, contract: Contract, column: Column, label: str) -> Cell:
        value = stored_value(contract, column)
        stored_text = self.writer.text(value)
        guess = guess_for(contract, self.as_of) if column == Column.CLOSED_ON else None
        answer = self.answers.get((contract.public_id, column))
        keeps_typed = answer and answer.state in (CellState.REFUSED, CellState.CONFLICT)
        return Cell(
            contract=contract,
            column=column.value,
            key=f"{contract.public_id}-{column}",
            label=label,
            text=answer.text if answer and keeps_typed else stored_text,
            was=plain_text(value),
            stored_text=stored_text,
            guess=guess,
            guess_text=self.writer.text(guess) if guess else "",
            state=answer.state if answer else CellState.CALM,
            message=answer.message if answer else "",
        )
