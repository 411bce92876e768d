"""Fees and taxes that name a payment of another file by its Ref ID (format B).

`contract_links` joins them where the payment is in the same file. In whichever order the files are
imported, a fee joins its payment's contract: a new fee the stored payment's, a stored fee the new
payment's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, Self

from accounts.models import Freelancer
from contracts.importing import MoneyRow, MoneySource, PaymentCategory
from contracts.importing.descriptions import reference_in
from contracts.importing.payment_types import NEVER_A_CONTRACTS
from contracts.models import Payment

_LONGEST_CHAIN: Final = 4
"""Tax → fee → payment is two steps; more would be a circle."""


class Unplaced(NamedTuple):
    """A stored payment of the practice that names another payment."""

    pk: int
    external_id: str
    source: MoneySource
    category: PaymentCategory
    paid_on: date
    amount: Decimal
    hours: Decimal | None
    description: str


def unplaced_of(freelancer: Freelancer) -> list[Unplaced]:
    """Load the freelancer's payments of no contract that name another payment."""
    rows = (
        Payment.objects.filter(
            freelancer=freelancer,
            contract=None,
            source=MoneySource.TRANSACTIONS.value,
            description__icontains="ref",
        )
        .exclude(category__in=[category.value for category in NEVER_A_CONTRACTS])
        .order_by("pk")
        .values_list(*Unplaced._fields)
    )
    payments = (Unplaced(*row) for row in rows.iterator(chunk_size=5_000))
    return [
        payment._replace(
            source=MoneySource(payment.source), category=PaymentCategory(payment.category)
        )
        for payment in payments
        if reference_in(payment.description)
    ]


@dataclass(frozen=True)
class References:
    """What each payment of no contract names: Ref ID by Ref ID."""

    named: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[MoneyRow | Unplaced]) -> Self:
        found = {
            row.external_id: reference_in(row.description)
            for row in rows
            if row.category not in NEVER_A_CONTRACTS
        }
        return cls({own: named for own, named in found.items() if named})

    def chain(self, external_id: str) -> Iterator[str]:
        """Yield the Ref ID that a payment names, the one that that one names, and so on."""
        for _ in range(_LONGEST_CHAIN):
            external_id = self.named.get(external_id, "")
            if not external_id:
                return
            yield external_id
