"""What a card of the board shows: the step in words, the message ready to copy, the buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from accounts.actors import Actor
from contracts.closeout import wording
from contracts.closeout.acts import LABELS, acts_for
from contracts.closeout.board import BoardRow
from contracts.messages.rendering import PracticeMessages, language_of, practice_messages
from contracts.models import Contract, MessageLanguage


@dataclass(frozen=True, slots=True)
class Button:
    """One act as a button: what it sends, and its label."""

    act: str
    label: str
    is_first: bool


@dataclass(frozen=True)
class Card:
    """A row of the board with everything that its template says."""

    row: BoardRow
    messages: PracticeMessages

    @property
    def contract(self) -> Contract:
        return self.row.contract

    @property
    def label(self) -> str:
        return wording.step_label(self.row.step.kind) if self.row.step else ""

    @property
    def due(self) -> str:
        return wording.due_words(self.row)

    @property
    def is_overdue(self) -> bool:
        return self.row.days_overdue > 0

    @property
    def why(self) -> str:
        return wording.why_words(self.row)

    @property
    def warnings(self) -> list[str]:
        """What must be known before doing it: escrow, and Upwork's dormancy (C7)."""
        said = (wording.escrow_words(self.row), wording.dormancy_words(self.row))
        return [words for words in said if words]

    @property
    def deadline(self) -> str:
        return wording.deadline_words(self.row)

    @cached_property
    def message(self) -> str:
        """The words to paste into Upwork's chat (C5); "" for a step without a message."""
        kind = wording.MESSAGE_OF.get(self.row.step.kind) if self.row.step else None
        return self.messages.text(kind, self.contract) if kind else ""

    @property
    def language(self) -> str:
        return language_of(self.contract)

    @property
    def languages(self) -> type[MessageLanguage]:
        return MessageLanguage

    @property
    def buttons(self) -> list[Button]:
        return [
            Button(act.value, str(LABELS[act]), is_first=position == 0)
            for position, act in enumerate(acts_for(self.row))
        ]


def cards_of(actor: Actor, rows: Iterable[BoardRow]) -> list[Card]:
    """Cards for these rows; the practice's messages are read once."""
    messages = practice_messages(actor)
    return [Card(row, messages) for row in rows]
