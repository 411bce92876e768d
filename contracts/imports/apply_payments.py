"""Payments of an export (A, B, C) put on their contracts, those of no contract on the practice."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched
from typing import Any, Final

from contracts.importing import MoneyRow
from contracts.importing.identities import folded_name
from contracts.imports.application import Application
from contracts.imports.bulk import PreparedPayment, payments_insert, payments_prepared
from contracts.imports.clients import clients_named
from contracts.imports.decisions import Fate
from contracts.imports.groups import Group
from contracts.imports.money import PaymentMoney, contracts_recompute, money_set
from contracts.imports.references import References, Unplaced
from contracts.imports.stored import StoredContract, StoredPayment, cents
from contracts.models import Contract, Payment

_AT_ONCE: Final = 1_000
_DESCRIPTION: Final = 500


@dataclass(slots=True)
class Target:
    """A contract, `stored` or new, with the rows that it gets.

    `attached` are rows whose payment is stored already, but without a contract, by its key;
    `joined` are payments stored before this file that name one of the contract's, by key.
    """

    contract: Contract
    client: str
    stored: StoredContract | None = None
    rows: list[MoneyRow] = field(default_factory=list)
    payments: list[PreparedPayment] = field(default_factory=list)
    attached: dict[int, MoneyRow] = field(default_factory=dict)
    joined: dict[int, Unplaced] = field(default_factory=dict)

    @property
    def all_rows(self) -> Iterator[MoneyRow | Unplaced]:
        yield from self.rows
        yield from self.attached.values()
        yield from self.joined.values()


@dataclass(kw_only=True)
class PaymentsApplication(Application):
    """One import of payments."""

    _targets: dict[str, Target] = field(default_factory=dict)
    _replaced: list[tuple[MoneyRow, StoredPayment]] = field(default_factory=list)
    _given_ids: set[str] = field(default_factory=set)
    _of_practice: list[PreparedPayment] = field(default_factory=list)

    @cached_property
    def _groups(self) -> Mapping[str, Group]:
        return {group.key: group for group in self.findings.groups}

    def prepare(self) -> None:
        for group in self.findings.groups:
            self._place(group)
        new = self._not_stored(self.findings.practice)
        rest = self._follow_references(new)
        for target in self._targets.values():
            if target.stored is None:  # it has no other payments than these
                money_set(target.contract, map(_stored_money, target.all_rows))
            target.payments = payments_prepared([self._values(row) for row in target.rows])
        self._of_practice = payments_prepared([self._values(row) for row in rest])
        placed = sum(len(target.payments) for target in self._targets.values())
        self.outcome.counts["payments"] = placed
        self.outcome.counts["practice_payments"] = len(rest)
        self.outcome.counts["rows_known"] += len(self.findings.practice) - len(new)
        self.progress.start(placed + len(rest))

    def write(self) -> None:
        self._create_contracts()
        for some in batched(self._payments(), _AT_ONCE):
            # Another import of the same file waits for the lock of this one; the constraint, which
            # leaves out what is stored, says the same should the lock ever fail.
            payments_insert(some, batch_id=self.batch.pk)
            self.progress(len(some))
        self._attach()
        self._replace()
        contracts_recompute(self.outcome.touched)
        self.outcome.write()

    # ── Which row goes where ─────────────────────────────────────────────────────────────────────

    def _not_stored(self, rows: Iterable[MoneyRow]) -> list[MoneyRow]:
        return [row for row in rows if not self.stored.holds(row.external_id)]

    def _place(self, group: Group) -> None:
        fate, match = self.fates[group.key], self.matches[group.key]
        self.outcome.counts["rows_known"] += len(match.known)
        if fate.action == "leave_out":
            self.outcome.counts["contracts_left_out"] += 1
            self.outcome.counts["rows_left_out"] += len(group.rows) - len(match.known)
            return
        set_aside = {row.external_id for row in match.known}
        set_aside |= {row.external_id for row, _ in match.replaced}
        rows = [row for row in self._not_stored(group.rows) if row.external_id not in set_aside]
        attached = {
            payment.pk: row
            for row in group.rows
            if (payment := self.stored.payments.get(row.external_id)) and not payment.contract_id
        }
        self._replaced += match.replaced
        if rows or attached or match.replaced:
            target = self._target(fate, group)
            target.rows += rows
            target.attached |= attached
            if rows:
                _start_earlier(target, group.found.first_paid_on)

    def _target(self, fate: Fate, group: Group) -> Target:
        if fate.action == "add":
            return self._stored_target(fate, group)
        if fate.key not in self._targets:
            root = self._groups[fate.key]
            contract = self._new_contract(root, fate.title)
            self._targets[fate.key] = Target(contract, root.found.client)
        target = self._targets[fate.key]
        target.contract.under_agency = target.contract.under_agency or group.under_agency
        return target

    def _new_contract(self, group: Group, title: str) -> Contract:
        found = group.found
        return Contract(
            practice=self.batch.practice,
            freelancer=self.batch.freelancer,
            title=" ".join((title or found.title).split())[:300] or found.upwork_contract_id,
            kind=found.kind,
            upwork_contract_id=self._id_to_give(found.upwork_contract_id),
        )

    def _stored_target(self, fate: Fate, group: Group) -> Target:
        found = group.found
        if fate.contract not in self._targets:
            stored = self.stored_contract(fate.contract, found.title)
            contract = self.outcome.touch(stored)
            self._targets[fate.contract] = Target(contract, found.client, stored)
        target = self._targets[fate.contract]
        target.client = target.client or found.client
        contract = target.contract
        contract.kind = contract.kind or found.kind
        if not contract.upwork_contract_id:
            contract.upwork_contract_id = self._id_to_give(found.upwork_contract_id)
        return target

    def _id_to_give(self, upwork_contract_id: str) -> str:
        """Return the id unless another contract has it: no two contracts share one."""
        if upwork_contract_id in self._given_ids or self.stored.with_upwork_id(upwork_contract_id):
            return ""
        self._given_ids.add(upwork_contract_id)
        return upwork_contract_id

    def _follow_references(self, rows: Sequence[MoneyRow]) -> list[MoneyRow]:
        """Put fees on the contract whose payment they name; return the rows that name none."""
        unplaced = self.stored.unplaced
        references = References.of((*rows, *unplaced))
        if not references.named:
            return list(rows)
        targets = {
            row.external_id: target
            for target in self._targets.values()
            for row in (*target.rows, *target.attached.values())
        }
        joined = {key for target in self._targets.values() for key in target.attached}
        for payment in unplaced:
            target = self._referred_target(references.chain(payment.external_id), targets)
            if target and payment.pk not in joined:
                target.joined[payment.pk] = payment
        rest = []
        for row in rows:
            if target := self._referred_target(references.chain(row.external_id), targets):
                target.rows.append(row)
            else:
                rest.append(row)
        return rest

    def _referred_target(
        self, chain: Iterable[str], targets: Mapping[str, Target]
    ) -> Target | None:
        for external_id in chain:
            if external_id in targets:
                return targets[external_id]
            payment = self.stored.payments.get(external_id)
            if payment and payment.contract_id:
                stored = self.stored.contracts[payment.contract_id]
                own = Target(stored.contract, "", stored)
                self.outcome.touch(stored)
                return self._targets.setdefault(stored.contract.public_id, own)
        return None

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────

    def _create_contracts(self) -> None:
        wanting = [target for target in self._targets.values() if target.contract.client_id is None]
        names = {target.client for target in wanting}
        clients, self.outcome.clients = clients_named(self.batch.practice, names)
        for target in wanting:
            target.contract.client = clients.get(folded_name(target.client))
        new = [target.contract for target in self._targets.values() if target.stored is None]
        self.outcome.create(new)

    def _payments(self) -> Iterator[tuple[int | None, PreparedPayment]]:
        """Yield the payments to be stored, with their contracts' keys."""
        for target in self._targets.values():
            for payment in target.payments:
                yield target.contract.pk, payment
        for payment in self._of_practice:
            yield None, payment

    def _values(self, row: MoneyRow) -> dict[str, Any]:
        return {
            "practice": self.batch.practice_id,
            "freelancer": self.batch.freelancer_id,
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
        for target in self._targets.values():
            keys = [*target.attached, *target.joined]
            for some in batched(keys, _AT_ONCE):
                free = Payment.objects.filter(pk__in=some, contract=None)
                free.update(contract=target.contract)
            self.outcome.attached += keys
        attached = sum(len(target.attached) for target in self._targets.values())
        self.outcome.counts["payments_attached"] = attached

    def _replace(self) -> None:
        payments = [
            Payment(
                pk=held.pk,
                external_id=row.external_id,
                amount=cents(row.amount),
                hours=None if row.hours is None else cents(row.hours),
            )
            for row, held in self._replaced
        ]
        before = Payment.objects.in_bulk([payment.pk for payment in payments])
        for payment in payments:
            held = before[payment.pk]
            self.outcome.replaced.append(
                {
                    "payment": held.pk,
                    "external_id": held.external_id,
                    "amount": str(held.amount),
                    "hours": None if held.hours is None else str(held.hours),
                    "now": payment.external_id,
                }
            )
        Payment.objects.bulk_update(payments, ["external_id", "amount", "hours"], batch_size=300)
        self.outcome.counts["payments_updated"] = len(payments)


def _stored_money(row: MoneyRow | Unplaced) -> PaymentMoney:
    hours = None if row.hours is None else cents(row.hours)
    return PaymentMoney(
        0, row.source.value, row.category.value, row.paid_on, cents(row.amount), hours
    )


def _start_earlier(target: Target, first: dt.date | None) -> None:
    """Set the start to the first payment's day where it is unknown, or was guessed in that way."""
    contract, stored = target.contract, target.stored
    earliest = stored.first_paid_on if stored else contract.started_on
    guessed = contract.started_on is None or contract.started_on == earliest
    if not first or not guessed or (contract.closed_on and first > contract.closed_on):
        return
    start = min(filter(None, (first, earliest)))
    if contract.started_on is None or start < contract.started_on:
        contract.started_on = start
        if stored:
            stored.first_paid_on = start
