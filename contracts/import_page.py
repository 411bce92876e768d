"""What the page of one import shows, in whatever state it is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, Value, When
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from contracts.import_forms import DecisionForm, OnlyFreelancerForm, SplitForm
from contracts.import_rows import Filter, Row, Share, Status
from contracts.imports.claims import State, applying_is_being_cancelled, applying_rows, is_silent
from contracts.imports.decisions import Fate, decision_of, fates, only_freelancer_of
from contracts.imports.sentences import sentence
from contracts.models import Contract, ImportBatch, ImportItem
from contracts.wording import field_label

PER_PAGE: Final = 50
FORMATS: Final[dict[str, Promise]] = {
    "A": _("Transaction report"),
    "B": _("Transaction history"),
    "C": _("Weekly summary"),
    "D": _("Contract log"),
}
#: What asks for a decision stands first, what changes nothing last.
_URGENCY: Final = Case(
    When(status=Status.DOUBTFUL, then=Value(0)),
    When(status=Status.KNOWN, then=Value(2)),
    default=Value(1),
)


class ImportPage:
    """One import's page. `query` holds the filter, the page and the contract that is open."""

    def __init__(
        self,
        *,
        actor: Actor,
        batch: ImportBatch,
        query: QueryDict,
        form: DecisionForm | None = None,
        split_form: SplitForm | None = None,
        changed: str = "",
    ) -> None:
        self.actor = actor
        self.batch = batch
        self.preview: dict[str, Any] = batch.preview
        self.show = query.get("show", "") if query.get("show") in Status.values else ""
        self._number = query.get("page", "1")
        self._form, self._split_form = form, split_form
        bound = form or split_form
        self.open_key = bound.item.key if bound else query.get("open", "")
        self.words = query.get("words", "")[:100]
        self._changed = changed

    @property
    def state(self) -> str:
        return self.batch.state

    @property
    def is_working(self) -> bool:
        return self.state in (State.UPLOADED, State.READING, State.APPLYING)

    @property
    def is_silent(self) -> bool:
        return is_silent(self.batch)

    @property
    def is_progressing(self) -> bool:
        return self.is_working and not self.is_silent

    @property
    def is_being_cancelled(self) -> bool:
        if self.state == State.APPLYING:
            return applying_is_being_cancelled(self.batch)
        return self.batch.cancel_requested

    @cached_property
    def progress(self) -> tuple[int, int]:
        """Rows done and all rows; (0, 0) while nobody can say."""
        if self.state == State.APPLYING:
            return applying_rows(self.batch)
        return min(self.batch.rows_done, self.batch.rows), self.batch.rows

    @property
    def format_name(self) -> Promise | str:
        return FORMATS.get(self.batch.format, "")

    @property
    def is_log(self) -> bool:
        return self.batch.format == "D"

    @property
    def problem(self) -> str:
        return sentence(self.batch.problem)

    @property
    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = self.batch.outcome.get("counts", {})
        return counts

    @property
    def undone(self) -> dict[str, Any]:
        report: dict[str, Any] = self.batch.outcome.get("undone", {})
        return report

    @property
    def stayed(self) -> list[dict[str, Any]]:
        """Contracts that an undo left, with what keeps them in words."""
        return [
            {**contract, "labels": [field_label(Contract, name) for name in contract["fields"]]}
            for contract in self.undone.get("stayed", [])
        ]

    @property
    def may_be_undone(self) -> bool:
        """Sample data left no record of what it made."""
        return self.state == State.APPLIED and "created" in self.batch.outcome

    # ── The preview ──────────────────────────────────────────────────────────────────────────────

    @property
    def bad_rows(self) -> list[dict[str, Any]]:
        return [{**row, "reason": sentence(row)} for row in self.preview.get("bad", [])]

    @property
    def types(self) -> list[dict[str, Any]]:
        return [{**row, "amount": Decimal(row["amount"])} for row in self.preview["types"]]

    @property
    def practice(self) -> list[dict[str, Any]]:
        return [{**row, "amount": Decimal(row["amount"])} for row in self.preview["practice"]]

    @cached_property
    def only_freelancer_form(self) -> OnlyFreelancerForm | None:
        several = len(self.preview.get("freelancers", {})) > 1
        return OnlyFreelancerForm(batch=self.batch) if several else None

    @property
    def only_freelancer(self) -> str:
        return only_freelancer_of(self.batch)

    @property
    def filters(self) -> list[Filter]:
        counts: dict[str, int] = self.preview["contracts"]
        choices: list[tuple[str, str | Promise, int]] = [("", _("All"), sum(counts.values()))]
        choices += [(status.value, status.label, counts[status.value]) for status in Status]
        return [
            Filter(value, label, count, value == self.show)
            for value, label, count in choices
            if count or not value
        ]

    @property
    def query(self) -> str:
        """The filter and the page, to come back to."""
        query = QueryDict(mutable=True)
        if self.show:
            query["show"] = self.show
        if self.page.number > 1:
            query["page"] = str(self.page.number)
        return f"?{query.urlencode()}" if query else ""

    @property
    def page_before(self) -> str:
        return f"?show={self.show}&page=" if self.show else "?page="

    @cached_property
    def page(self) -> Page[ImportItem]:
        items = ImportItem.objects.filter(batch=self.batch).select_related("match")
        items = items.filter(status=self.show) if self.show else items.order_by(_URGENCY, "number")
        return Paginator(items, PER_PAGE).get_page(self._number)

    @cached_property
    def _decided(self) -> list[ImportItem]:
        """The items that decisions are about, and those that are left out as proposed."""
        decisions = self.batch.decisions.get("items", {})
        keys = {*decisions, *(kept["into"] for kept in decisions.values() if kept.get("into"))}
        return list(
            ImportItem.objects.filter(batch=self.batch)
            .filter(Q(key__in=keys) | Q(facts__default="leave_out"))
            .select_related("match")
        )

    @cached_property
    def rows(self) -> list[Row]:
        items = list(self.page)
        own = {item.key: item for item in (*self._decided, *items)}
        found = self._fates(own.values(), [item.key for item in items])
        rows = [Row(item, decision_of(self.batch, item.key), found[item.key]) for item in items]
        wanted = [row.fate.contract for row in rows if row.fate.contract]
        contracts = Contract.objects.filter(
            practice=self.batch.practice_id, public_id__in=wanted
        ).select_related("client")
        by_public_id = {contract.public_id: contract for contract in contracts}
        for row in rows:
            row.contract = by_public_id.get(row.fate.contract)
            row.into = own.get(row.fate.key) if row.fate.key != row.item.key else None
            row.just_changed = row.item.key == self._changed
            if row.item.key == self.open_key and self.actor.may_change:
                row.item.batch = self.batch
                row.form = self._form or DecisionForm(
                    batch=self.batch, item=row.item, words=self.words
                )
                row.split_form = self._split_form or SplitForm(item=row.item)
        return rows

    def _fates(self, items: Iterable[ImportItem], keys: Iterable[str]) -> dict[str, Fate]:
        proposals = {
            item.key: (item.facts["default"], item.match.public_id if item.match else "")
            for item in items
        }
        return fates(self.batch, proposals, keys)

    @cached_property
    def to_decide(self) -> int:
        """How many contracts are in doubt and not decided on."""
        doubtful: int = self.preview["contracts"]["doubtful"]
        decided = sum(
            item.status == Status.DOUBTFUL and decision_of(self.batch, item.key) is not None
            for item in self._decided
        )
        return doubtful - decided

    @cached_property
    def shares(self) -> list[Share]:
        """The file's rows by what happens to them: together they are the whole file."""
        preview = self.preview
        found = self._fates(self._decided, [item.key for item in self._decided])
        out = [item for item in self._decided if found[item.key].action == "leave_out"]
        out_rows = sum(item.rows - item.rows_known for item in out) + preview["others_rows"]
        out_amount = sum(
            (item.amount - item.amount_known for item in out), Decimal(preview["others_amount"])
        )
        known_rows = preview["items_rows_known"] + preview["practice_rows_known"]
        known_amount = Decimal(preview["items_amount_known"]) + Decimal(
            preview["practice_amount_known"]
        )
        bad: int = preview["bad_rows"]
        rest = preview["rows"] - bad - known_rows - out_rows
        rest_amount = Decimal(preview["amount"]) - known_amount - out_amount
        return [
            Share(_("Will be imported"), rest, rest_amount),
            Share(_("Stored already"), known_rows, known_amount),
            Share(_("Left out"), out_rows, out_amount),
            Share(_("Not understood"), bad, None),
        ]

    @property
    def imports_nothing(self) -> bool:
        return self.shares[0].rows <= 0
