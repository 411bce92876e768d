"""What the grid shows: a row per contract, with what no export holds and the freelancer knows.

Needs something: an open contract that went quiet (its closing date can be guessed), one that has a
rating and no closing date, and a closed one of which neither rating nor who ended it is known.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import formats
from accounts.actors import Actor
from contracts.grid_cells import CellValue, Column
from contracts.importing import CLOSING_GAP_DAYS, proposed_closing_date
from contracts.importing.dates import date_in
from contracts.importing.payment_types import INCOME
from contracts.importing.problems import CellNotUnderstood
from contracts.models import Contract, Payment
from contracts.models.contracts import ContractQuerySet

PAGE_SIZE: Final = 100

LABELS: Final[dict[Column, Promise]] = {
    Column.CLOSED_ON: _("Closed on"),
    Column.ENDED_BY: _("Ended by"),
    Column.RATING: _("Rating"),
    Column.UNDER_AGENCY: _("Under agency"),
}


class Show(models.TextChoices):
    """Which rows: those that need something come first in any case."""

    ALL = "all", _("All")
    NEEDS = "needs", _("Need something")


class CellState(StrEnum):
    """How a cell stands after what was typed into it."""

    CALM = ""
    SAVED = "saved"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the freelancer has come; `guesses` are closing dates that wait for a yes."""

    total: int
    needs: int
    guesses: int

    @property
    def complete(self) -> int:
        return self.total - self.needs


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` is what it shows, `was` the stored value that an edit starts from."""

    contract: Contract
    column: Column
    text: str
    was: str
    stored_text: str
    guess: dt.date | None = None
    guess_text: str = ""
    state: CellState = CellState.CALM
    message: str = ""

    @property
    def key(self) -> str:
        return f"{self.contract.public_id}-{self.column}"

    @property
    def label(self) -> Promise:
        return LABELS[self.column]

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
    def strange_choice(self) -> str:
        """What was written where only two words are understood; kept as a choice of its own."""
        known = self.column != Column.ENDED_BY or self.text in ("", *Contract.EndedBy.values)
        return "" if known else self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """A contract with its editable cells."""

    contract: Contract
    needs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of what was typed into one cell, to be shown there instead of what is stored."""

    text: str
    state: CellState
    message: str = ""


_NEEDS: Final = Q(needs=True)  # annotations of grid_contracts
_HAS_GUESS: Final = Q(has_guess=True)

type Answers = dict[tuple[str, Column], Answer]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


def grid_contracts(actor: Actor, as_of: dt.date) -> ContractQuerySet:
    """Every contract that the actor sees, with `rating`, `last_paid_on`, `has_guess`, `needs`."""
    paid = (
        Payment.objects.filter(contract=OuterRef("pk"), category__in=list(INCOME), amount__gt=0)
        .order_by("-paid_on")
        .values("paid_on")[:1]
    )
    quiet_before = as_of - dt.timedelta(days=CLOSING_GAP_DAYS)
    has_guess = (
        Q(closed_on__isnull=True)
        & Q(last_paid_on__lt=quiet_before)
        & (Q(started_on__isnull=True) | Q(started_on__lte=F("last_paid_on")))
    )
    is_rated_and_open = Q(closed_on__isnull=True, rating__isnull=False)
    is_undecided = Q(closed_on__isnull=False, rating__isnull=True, ended_by="")
    return (
        Contract.objects.for_actor(actor)
        .select_related("client", "freelancer")
        .with_rating()
        .annotate(last_paid_on=Subquery(paid, output_field=models.DateField()))
        .annotate(has_guess=_yes_or_no(has_guess))
        .annotate(needs=_yes_or_no(_HAS_GUESS | is_rated_and_open | is_undecided))
        .annotate(newest=Coalesce("last_paid_on", "closed_on", "started_on"))
    )


def in_grid_order(rows: ContractQuerySet) -> ContractQuerySet:
    """What needs something first, and of that the most recent, which weighs longest (J5)."""
    return rows.order_by(F("needs").desc(), F("newest").desc(nulls_last=True), "title", "pk")


def shown(rows: ContractQuerySet, show: str) -> ContractQuerySet:
    return rows.filter(_NEEDS) if show == Show.NEEDS else rows


def guessed(rows: ContractQuerySet) -> ContractQuerySet:
    """Those whose closing date waits for a yes."""
    return rows.filter(_HAS_GUESS)


def progress(rows: ContractQuerySet) -> Progress:
    """Count in one query."""
    counts = rows.order_by().aggregate(
        total=Count("pk"),
        needing=Count("pk", filter=_NEEDS),
        guessed=Count("pk", filter=_HAS_GUESS),
    )
    return Progress(counts["total"], counts["needing"], counts["guessed"])


def _yes_or_no(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


# ── Values and texts ─────────────────────────────────────────────────────────────────────────────


def guess_for(contract: Contract, as_of: dt.date) -> dt.date | None:
    """The proposed closing date of a row of `grid_contracts`: not stored before it is confirmed."""
    if not contract.has_guess:  # type: ignore[attr-defined]  # annotated by grid_contracts
        return None
    return proposed_closing_date(contract.last_paid_on, as_of)  # type: ignore[attr-defined]


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
) -> list[GridRow]:
    """Return the rows as the page shows them, answered cells with what was typed."""
    writer = Writer()
    return [
        GridRow(
            contract,
            bool(contract.needs),  # type: ignore[attr-defined]  # annotated by grid_contracts
            tuple(
                _cell(contract, column, as_of, writer, (answers or {}).get(_key(contract, column)))
                for column in columns
            ),
        )
        for contract in contracts
    ]


def _key(contract: Contract, column: Column) -> tuple[str, Column]:
    return contract.public_id, column


def _cell(
    contract: Contract, column: Column, as_of: dt.date, writer: Writer, answer: Answer | None
) -> Cell:
    value = stored_value(contract, column)
    stored_text = writer.text(value)
    guess = guess_for(contract, as_of) if column == Column.CLOSED_ON else None
    keeps_typed = answer is not None and answer.state in (CellState.REFUSED, CellState.CONFLICT)
    return Cell(
        contract=contract,
        column=column,
        text=answer.text if answer and keeps_typed else stored_text,
        was=plain_text(value),
        stored_text=stored_text,
        guess=guess,
        guess_text=writer.text(guess) if guess else "",
        state=answer.state if answer else CellState.CALM,
        message=answer.message if answer else "",
    )
