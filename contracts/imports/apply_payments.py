"""Payments of an export (A, B, C) put on their contracts, those of no contract on the practice."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from contracts.importing import MoneyRow
from contracts.imports.application import Application
from contracts.imports.bulk import payments_insert
from contracts.imports.clients import clients_named
from contracts.imports.decisions import Fate
from contracts.imports.groups import Group
from contracts.imports.stored import StoredContract, StoredPayment, cents
from contracts.models import Contract, Payment

_AT_ONCE: Final = 1_000
_DESCRIPTION: Final = 500


@dataclass(kw_only=True)
class PaymentsApplication(Application):
    """One import of payments while it is being written. Call `run` within a transaction."""

    _new: dict[str, Contract] = field(default_factory=dict)
    _chosen: dict[str, StoredContract] = field(default_factory=dict)
    _placed: list[tuple[MoneyRow, Contract | None]] = field(default_factory=list)
    _attached: dict[int, list[int]] = field(default_factory=dict)
    _replaced: list[tuple[MoneyRow, StoredPayment]] = field(default_factory=list)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        return {group.key: group for group in self.findings.groups}

    def run(self) -> None:
        for group in self.findings.groups:
            self._place(group)
        self._placed += [(row, None) for row in self._not_stored(self.findings.practice)]
        self.progress.start(len(self._placed))
        self._create_contracts()
        self._create_payments()
        self._attach()
        self._replace()

    # ── Which row goes where ─────────────────────────────────────────────────────────────────────

    def _not_stored(self, rows: Iterable[MoneyRow]) -> list[MoneyRow]:
        return [row for row in rows if row.external_id not in self.stored.payments]

    def _place(self, group: Group) -> None:
        fate, match = self.fates[group.key], self.matches[group.key]
        if fate.action == "leave_out":
            self.outcome.counts["contracts_left_out"] += 1
            self.outcome.counts["rows_left_out"] += len(group.rows)
            return
        self.outcome.counts["rows_known"] += len(match.known)
        set_aside = {row.external_id for row in match.known}
        set_aside |= {row.external_id for row, _ in match.replaced}
        rows = [row for row in self._not_stored(group.rows) if row.external_id not in set_aside]
        unplaced = [
            payment.pk
            for row in group.rows
            if (payment := self.stored.payments.get(row.external_id)) and not payment.contract_id
        ]
        if match.replaced:
            self._replaced += match.replaced
        if rows or unplaced or match.replaced:
            contract = self._contract(fate, group, rows)
            self._placed += [(row, contract) for row in rows]
            self._attached.setdefault(id(contract), []).extend(unplaced)

    def _contract(self, fate: Fate, group: Group, rows: Sequence[MoneyRow]) -> Contract:
        if fate.action == "add":
            return self._stored_contract(fate, group, rows)
        root = self.groups[fate.key]
        if fate.key not in self._new:
            self._new[fate.key] = self._new_contract(root, fate.title)
        contract = self._new[fate.key]
        first = group.found.first_paid_on
        if first and (contract.started_on is None or first < contract.started_on):
            contract.started_on = first
        contract.under_agency = contract.under_agency or group.under_agency
        return contract

    def _new_contract(self, group: Group, title: str) -> Contract:
        found = group.found
        used = self.stored.with_upwork_id(found.upwork_contract_id) or any(
            contract.upwork_contract_id == found.upwork_contract_id
            for contract in self._new.values()
        )
        return Contract(
            practice=self.batch.practice,
            freelancer=self.batch.freelancer,
            title=" ".join((title or found.title).split())[:300] or found.upwork_contract_id,
            kind=found.kind,
            upwork_contract_id="" if used else found.upwork_contract_id,
        )

    def _stored_contract(self, fate: Fate, group: Group, rows: Sequence[MoneyRow]) -> Contract:
        if fate.contract not in self._chosen:
            chosen = self.stored_contract(fate.contract, group.found.title)
            self._chosen[fate.contract] = chosen
        stored = self._chosen[fate.contract]
        contract = self.outcome.touch(stored)
        found = group.found
        contract.kind = contract.kind or found.kind
        if not contract.upwork_contract_id and not self.stored.with_upwork_id(
            found.upwork_contract_id
        ):
            contract.upwork_contract_id = found.upwork_contract_id
            self.stored.add_upwork_id(stored)
        if rows:
            _start_earlier(stored, found.first_paid_on)
        return contract

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────

    def _create_contracts(self) -> None:
        wanting = [self.groups[key].found.client for key in self._new]
        for group in self.findings.groups:
            fate = self.fates[group.key]
            if fate.action == "add" and fate.contract in self._chosen:
                wanting.append(group.found.client)
        clients, self.outcome.clients = clients_named(self.batch.practice, wanting)
        for key, contract in self._new.items():
            contract.client = clients.get(self.groups[key].client_key)
        for group in self.findings.groups:
            fate = self.fates[group.key]
            if fate.action == "add" and fate.contract in self._chosen:
                stored = self._chosen[fate.contract].contract
                stored.client = stored.client or clients.get(group.client_key)
        self.outcome.create(list(self._new.values()))

    def _create_payments(self) -> None:
        for start in range(0, len(self._placed), _AT_ONCE):
            some = self._placed[start : start + _AT_ONCE]
            # Another import of the same file waits for the lock of this one; the constraint, which
            # leaves out what is stored, says the same should the lock ever fail.
            payments_insert([self._values(row, contract) for row, contract in some])
            self.progress(len(some))
        without = sum(contract is None for _, contract in self._placed)
        self.outcome.counts["payments"] += len(self._placed) - without
        self.outcome.counts["practice_payments"] += without

    def _values(self, row: MoneyRow, contract: Contract | None) -> dict[str, Any]:
        return {
            "practice": self.batch.practice_id,
            "freelancer": self.batch.freelancer_id,
            "contract": contract.pk if contract else None,
            "batch": self.batch.pk,
            "source": row.source.value,
            "external_id": row.external_id,
            "transaction_id": row.transaction_id,
            "type": row.type,
            "category": row.category.value,
            "paid_on": row.paid_on,
            "amount": cents(row.amount),
            "currency": "USD",  # the column that every export has; the local amount is beside it
            "hours": None if row.hours is None else cents(row.hours),
            "description": row.description[:_DESCRIPTION],
            "line": row.line,
        }

    def _attach(self) -> None:
        contracts = [*self._new.values(), *(chosen.contract for chosen in self._chosen.values())]
        for contract in contracts:
            if keys := self._attached.get(id(contract)):
                Payment.objects.filter(pk__in=keys, contract=None).update(contract=contract)
                self.outcome.attached += keys
        self.outcome.counts["payments_attached"] += len(self.outcome.attached)

    def _replace(self) -> None:
        payments = []
        for row, held in self._replaced:
            hours = None if row.hours is None else cents(row.hours)
            payments.append(
                Payment(
                    pk=held.pk, external_id=row.external_id, amount=cents(row.amount), hours=hours
                )
            )
        before = Payment.objects.in_bulk([payment.pk for payment in payments])
        self.outcome.replaced = [
            {
                "payment": payment.pk,
                "external_id": before[payment.pk].external_id,
                "amount": str(before[payment.pk].amount),
                "hours": None if (hours := before[payment.pk].hours) is None else str(hours),
                "now": payment.external_id,
            }
            for payment in payments
        ]
        Payment.objects.bulk_update(payments, ["external_id", "amount", "hours"], batch_size=300)
        self.outcome.counts["payments_updated"] += len(payments)


def _start_earlier(stored: StoredContract, first: dt.date | None) -> None:
    """Set the start to the first payment's day where it is unknown, or was guessed in that way."""
    contract = stored.contract
    guessed = contract.started_on is None or contract.started_on == stored.first_paid_on
    if not first or not guessed or (contract.closed_on and first > contract.closed_on):
        return
    if contract.started_on is None:
        contract.started_on = min(first, stored.first_paid_on or first)
    elif first < contract.started_on:
        contract.started_on = stored.first_paid_on = first
