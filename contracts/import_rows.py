"""Parts of an import's page: its sums, its filters, and a contract found as a row of the table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.import_forms import DecisionForm, SplitForm
from contracts.imports.decisions import Decision, Fate
from contracts.imports.sentences import sentence
from contracts.models import Contract, ImportItem
from contracts.wording import field_label, plain_words

Status = ImportItem.Status


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the file's rows: how many, and what they add up to (None where nobody can say)."""

    label: str | Promise
    rows: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A quick filter above the contracts."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(slots=True)
class Row:
    """A contract found, as a row of the table."""

    item: ImportItem
    decision: Decision | None
    fate: Fate
    contract: Contract | None = None
    into: ImportItem | None = None
    form: DecisionForm | None = None
    split_form: SplitForm | None = None
    just_changed: bool = False

    @property
    def adds_nothing(self) -> bool:
        return self.item.status == Status.KNOWN and self.decision is None

    @property
    def asks(self) -> bool:
        return self.item.status == Status.DOUBTFUL and self.decision is None

    @property
    def reason(self) -> str:
        return sentence(self.item.facts.get("reason", {}))

    @property
    def changes(self) -> list[dict[str, str]]:
        """What a contract log changes on the contract that it was recognised as, in words."""
        return [
            {
                "label": _change_label(change["name"]),
                "before": _change_words(change["name"], change["before"])
                if change["before"] not in (None, "")
                else "",
                "after": _change_words(change["name"], change["after"]),
            }
            for change in self.item.facts.get("changes", [])
        ]

    @property
    def rows_new(self) -> int:
        return self.item.rows - self.item.rows_known


def _change_label(name: str) -> str:
    if name == "rating":
        return str(_("Rating"))
    return field_label(Contract, name)


def _change_words(name: str, plain: Any) -> str:
    if name == "rating":
        return str(plain) if plain else str(_("nothing"))
    if name == "client":
        return str(plain)
    return plain_words(Contract, name, plain)
