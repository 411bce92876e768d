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
from contracts.imports.stored import StoredContract, cents
from contracts.models import Client, Contract, Feedback

RATING_FIELDS: Final = ("public_rating", "rating_before_change", "changed_on")
_AT_ONCE: Final = 500


@dataclass(kw_only=True)
class LogApplication(Application):
    """One import of a contract log while it is being written. Call `run` within a transaction."""

    today: dt.date = field(default_factory=timezone.localdate)
    _new: list[tuple[Contract, LogRow]] = field(default_factory=list)
    _ratings: list[Feedback] = field(default_factory=list)
    _changed_ratings: list[Feedback] = field(default_factory=list)

    def run(self) -> None:
        groups = self.findings.groups
        kept = [group for group in groups if self.fates[group.key].action != "leave_out"]
        self.progress.start(len(kept))
        clients, self.outcome.clients = clients_named(
            self.batch.practice, {group.found.client for group in kept}
        )
        for group in groups:
            self._take(group, clients)
        self.outcome.create([contract for contract, _ in self._new])
        for contract, log in self._new:
            if log.rating is not None:
                self._rate(contract, None, cents(log.rating))
        Feedback.objects.bulk_create(self._ratings, batch_size=_AT_ONCE)
        Feedback.objects.bulk_update(self._changed_ratings, RATING_FIELDS, batch_size=_AT_ONCE)

    def _take(self, group: Group, clients: Mapping[str, Client]) -> None:
        fate, log = self.fates[group.key], group.found.log
        if log is None or fate.action == "leave_out":
            self.outcome.counts["contracts_left_out"] += 1
            self.outcome.counts["rows_left_out"] += 1
            return
        if fate.action == "add":
            self._change(self.stored_contract(fate.contract, log.title), log, clients)
        else:
            self._make(log, fate.title, clients.get(group.client_key))
        self.progress(1)

    def _change(self, stored: StoredContract, log: LogRow, clients: Mapping[str, Client]) -> None:
        if problem := dates_conflict(log, stored):
            raise ImportRefused(problem)
        names = [change.name for change in log_changes(log, stored)]
        if not names:
            self.outcome.counts["rows_known"] += 1
            return
        contract = self.outcome.touch(stored)
        values = log_values(log, stored)
        self._set(contract, {name: values[name] for name in names}, clients)
        if "rating" in names:
            self._rate(contract, stored.feedback, values["rating"])

    def _make(self, log: LogRow, title: str, client: Client | None) -> None:
        contract = Contract(
            practice=self.batch.practice,
            freelancer=self.batch.freelancer,
            title=" ".join((title or log.title).split())[:300],
            client=client,
        )
        self._set(contract, log_values(log, None), {})
        self._new.append((contract, log))

    def _set(
        self, contract: Contract, values: Mapping[str, Any], clients: Mapping[str, Client]
    ) -> None:
        for name, value in values.items():
            if name == "client":
                contract.client = contract.client or clients.get(folded_name(value))
            elif name != "rating":
                setattr(contract, name, value)

    def _rate(self, contract: Contract, feedback: Feedback | None, rating: Decimal) -> None:
        """Set the client's rating; another one than before keeps the former (J9)."""
        before = plain_rating(feedback)
        if feedback is None:
            feedback = Feedback(
                practice=self.batch.practice, contract=contract, public_rating=rating
            )
            self._ratings.append(feedback)
        else:
            feedback.rating_before_change = feedback.public_rating
            feedback.public_rating, feedback.changed_on = rating, self.today
            self._changed_ratings.append(feedback)
        self.outcome.feedback[contract.pk] = {"before": before, "after": plain_rating(feedback)}
        self.outcome.counts["ratings"] += 1


def plain_rating(feedback: Feedback | None) -> dict[str, Any] | None:
    """Return what an import writes of feedback, as JSON keeps it."""
    if feedback is None:
        return None
    return {name: plain_value(getattr(feedback, name)) for name in RATING_FIELDS}
