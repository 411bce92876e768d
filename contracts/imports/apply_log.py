"""Rows of a contract log (format D) written: contracts made or changed, and their ratings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from contracts.changes import plain_value
from contracts.importing import LogRow
from contracts.importing.identities import folded_name
from contracts.imports.application import Application
from contracts.imports.clients import clients_named
from contracts.imports.groups import Group
from contracts.imports.log_matching import dates_conflict, log_changes, log_values
from contracts.imports.refusals import ImportRefused
from contracts.imports.stored import StoredContract
from contracts.models import Contract, Feedback

RATING_FIELDS: Final = ("public_rating", "rating_before_change", "changed_on")
_AT_ONCE: Final = 500


@dataclass(kw_only=True)
class LogApplication(Application):
    """One import of a contract log."""

    today: dt.date = field(default_factory=timezone.localdate)
    _new: list[tuple[Contract, LogRow]] = field(default_factory=list)
    _clients: list[tuple[Contract, str]] = field(default_factory=list)
    _ratings: list[tuple[Contract, Feedback | None, Decimal]] = field(default_factory=list)
    _made: list[Feedback] = field(default_factory=list)
    _changed: list[Feedback] = field(default_factory=list)

    def prepare(self) -> None:
        for group in self.findings.groups:
            self._take(group)
        self.progress.start(len(self.findings.groups))

    def write(self) -> None:
        names = {name for _, name in self._clients}
        clients, self.outcome.clients = clients_named(self.batch.practice, names)
        for contract, name in self._clients:
            contract.client = contract.client or clients.get(folded_name(name))
        self.outcome.create([contract for contract, _ in self._new])
        for contract, feedback, rating in self._ratings:
            self._rate(contract, feedback, rating)
        Feedback.objects.bulk_create(self._made, batch_size=_AT_ONCE)
        Feedback.objects.bulk_update(self._changed, RATING_FIELDS, batch_size=_AT_ONCE)
        self.progress(len(self.findings.groups))
        self.outcome.write()

    def _take(self, group: Group) -> None:
        fate, log = self.fates[group.key], group.found.log
        if log is None or fate.action == "leave_out":
            self.outcome.counts["contracts_left_out"] += 1
            self.outcome.counts["rows_left_out"] += 1
        elif fate.action == "add":
            self._change(self.stored_contract(fate.contract, log.title), log)
        else:
            self._make(log, fate.title)

    def _change(self, stored: StoredContract, log: LogRow) -> None:
        if problem := dates_conflict(log, stored):
            raise ImportRefused(problem)
        names = [change.name for change in log_changes(log, stored)]
        if not names:
            self.outcome.counts["rows_known"] += 1
            return
        values = log_values(log, stored)
        self._set(
            self.outcome.touch(stored), {name: values[name] for name in names}, stored.feedback
        )

    def _make(self, log: LogRow, title: str) -> None:
        contract = Contract(
            practice=self.batch.practice,
            freelancer=self.batch.freelancer,
            title=" ".join((title or log.title).split())[:300],
        )
        self._set(contract, log_values(log, None), None)
        self._new.append((contract, log))

    def _set(
        self, contract: Contract, values: Mapping[str, Any], feedback: Feedback | None
    ) -> None:
        for name, value in values.items():
            if name == "client":
                self._clients.append((contract, value))
            elif name == "rating":
                self._ratings.append((contract, feedback, value))
            else:
                setattr(contract, name, value)

    def _rate(self, contract: Contract, feedback: Feedback | None, rating: Decimal) -> None:
        """Set the client's rating; another one than before keeps the former (J9)."""
        before = plain_rating(feedback)
        if feedback is None:
            feedback = Feedback(
                practice=self.batch.practice, contract=contract, public_rating=rating
            )
            self._made.append(feedback)
        else:
            feedback.rating_before_change = feedback.public_rating
            feedback.public_rating, feedback.changed_on = rating, self.today
            self._changed.append(feedback)
        self.outcome.feedback[contract.pk] = {"before": before, "after": plain_rating(feedback)}
        self.outcome.counts["ratings"] += 1


def plain_rating(feedback: Feedback | None) -> dict[str, Any] | None:
    """Return what an import writes of feedback, as JSON keeps it."""
    if feedback is None:
        return None
    return {name: plain_value(getattr(feedback, name)) for name in RATING_FIELDS}
