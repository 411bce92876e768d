"""What a freelancer's practice holds already: loaded once, asked for every contract of a file."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import Max, Min, QuerySet

from accounts.models import Freelancer
from contracts.importing import MoneySource
from contracts.importing.identities import folded_name
from contracts.imports.references import Unplaced, unplaced_of
from contracts.models import Contract, Feedback, Payment

MOST_CANDIDATES: Final = 50  # of one title; more would say nothing to anybody


@dataclass(slots=True)
class StoredContract:
    """A contract with what comparing needs: its client's name, feedback and span of payments."""

    contract: Contract
    title_key: str
    client_key: str
    feedback: Feedback | None = None
    first_paid_on: dt.date | None = None
    last_paid_on: dt.date | None = None
    has_payments: bool = False
    has_paid_hours: bool = False

    @property
    def pk(self) -> int:
        return self.contract.pk

    @property
    def client_name(self) -> str:
        return self.contract.client.name if self.contract.client else ""

    @property
    def start_is_guess(self) -> bool:
        """Whether the start is just the first payment's day, as an import sets it."""
        started_on = self.contract.started_on
        return started_on is not None and started_on == self.first_paid_on

    def days_apart(self, first: dt.date | None, last: dt.date | None) -> int:
        """Return the days between this contract's time and another; 0 where they overlap."""
        contract = self.contract
        begin = min(filter(None, (contract.started_on, self.first_paid_on)), default=None)
        end = contract.closed_on or self.last_paid_on
        if first is None or last is None or (begin is None and end is None):
            return 0
        before = ((begin or end or first) - last).days
        after = (first - (end or begin or last)).days if contract.closed_on else 0
        return max(before, after, 0)


@dataclass(slots=True)
class StoredPayment:
    """What tells whether a payment of a file is new: where it is, and what it amounts to."""

    pk: int
    contract_id: int | None
    paid_on: dt.date
    type: str
    amount: Decimal
    hours: Decimal | None


@dataclass(slots=True)
class Stored:
    """A freelancer's contracts, by what recognises them, and the payments of one source.

    `elsewhere` are Upwork's Ref IDs of payments that are stored for others of the practice: a file
    of an agency, imported for one after the other, is stored once.
    """

    contracts: dict[int, StoredContract] = field(default_factory=dict)
    payments: dict[str, StoredPayment] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    _by_work: dict[tuple[str, str], list[StoredContract]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _by_title: dict[str, list[StoredContract]] = field(default_factory=lambda: defaultdict(list))
    _by_upwork_id: dict[str, StoredContract] = field(default_factory=dict)
    _by_public_id: dict[str, StoredContract] = field(default_factory=dict)

    _by_contract: dict[int, dict[str, StoredPayment]] | None = None

    def payments_of(self, contract: StoredContract | None) -> dict[str, StoredPayment]:
        """Return the contract's payments by external id."""
        if self._by_contract is None:
            self._by_contract = defaultdict(dict)
            for external_id, payment in self.payments.items():
                if payment.contract_id:
                    self._by_contract[payment.contract_id][external_id] = payment
        return self._by_contract.get(contract.pk, {}) if contract else {}

    def holds(self, external_id: str) -> bool:
        """Say whether a payment is stored in the practice, whoever it is stored for."""
        return external_id in self.payments or external_id in self.elsewhere

    def is_elsewhere(self, external_id: str) -> bool:
        return external_id in self.elsewhere and external_id not in self.payments

    def add(self, stored: StoredContract) -> None:
        self.contracts[stored.pk] = stored
        self._by_work[stored.title_key, stored.client_key].append(stored)
        self._by_title[stored.title_key].append(stored)
        self._by_public_id[stored.contract.public_id] = stored
        self.add_upwork_id(stored)

    def add_upwork_id(self, stored: StoredContract) -> None:
        if stored.contract.upwork_contract_id:
            self._by_upwork_id[stored.contract.upwork_contract_id] = stored

    def with_public_id(self, public_id: str) -> StoredContract | None:
        return self._by_public_id.get(public_id)

    def with_upwork_id(self, upwork_contract_id: str) -> StoredContract | None:
        return self._by_upwork_id.get(upwork_contract_id) if upwork_contract_id else None

    def of_work(self, title_key: str, client_key: str) -> list[StoredContract]:
        return self._by_work.get((title_key, client_key), [])

    def of_title(self, title_key: str) -> list[StoredContract]:
        return self._by_title.get(title_key, [])[:MOST_CANDIDATES]


def stored_of(freelancer: Freelancer, source: MoneySource | None) -> Stored:
    """Load what the freelancer has; `source` names the payments to compare, None for none."""
    stored = Stored()
    contracts = Contract.objects.filter(freelancer=freelancer).select_related("client")
    for contract in contracts.order_by("pk"):
        client = contract.client.name if contract.client else ""
        stored.add(StoredContract(contract, folded_name(contract.title), folded_name(client)))
    payments = Payment.objects.filter(freelancer=freelancer)
    _add_spans(stored, payments.filter(contract__isnull=False))
    if source is None:
        _add_feedback(stored, freelancer)
        return stored
    names = ("external_id", "pk", "contract_id", "paid_on", "type", "amount", "hours")
    rows = payments.filter(source=source).order_by().values_list(*names)
    for external_id, *values in rows.iterator(chunk_size=5_000):
        stored.payments[external_id] = StoredPayment(*values)
    if source is MoneySource.TRANSACTIONS:
        stored.unplaced = unplaced_of(freelancer)
        stored.elsewhere = _stored_elsewhere(freelancer)
    return stored


def _stored_elsewhere(freelancer: Freelancer) -> set[str]:
    """Ref IDs only: an id of our own tells payments of one freelancer apart, not of several."""
    others = (
        Payment.objects.filter(practice=freelancer.practice_id, source=MoneySource.TRANSACTIONS)
        .exclude(freelancer=freelancer)
        .exclude(external_id__startswith="row-")
    )
    return set(others.order_by().values_list("external_id", flat=True).iterator(chunk_size=5_000))


def _add_spans(stored: Stored, payments: QuerySet[Payment]) -> None:
    spans = (
        payments.order_by()
        .values("contract_id")
        .annotate(first=Min("paid_on"), last=Max("paid_on"), hours=Max("hours"))
    )
    for span in spans:
        contract = stored.contracts[span["contract_id"]]
        contract.has_payments = True
        contract.has_paid_hours = span["hours"] is not None
        contract.first_paid_on, contract.last_paid_on = span["first"], span["last"]


def _add_feedback(stored: Stored, freelancer: Freelancer) -> None:
    for feedback in Feedback.objects.from_client().filter(contract__freelancer=freelancer):
        stored.contracts[feedback.contract_id].feedback = feedback


MOST_CENTS: Final = Decimal("9999999999.99")


def cents(amount: Decimal) -> Decimal:
    """Return an amount as the database keeps it, rounded to cents.

    >>> cents(Decimal("12.345"))
    Decimal('12.35')
    """
    return max(-MOST_CENTS, min(MOST_CENTS, amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
