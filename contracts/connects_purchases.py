"""Connects that were bought, out of the log's transactions; `settings.CONNECTS_PURCHASES` names
this (B10)."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.importing.rows import PaymentCategory
from contracts.models import Payment
from proposals.connects import PRICE, Purchase

_SAID: Final = re.compile(r"\b([0-9]{1,5})\s+connects\b", re.IGNORECASE)
_ONE: Final = Decimal(1)


def purchases_of(actor: Actor, freelancer: Freelancer) -> list[Purchase]:
    """The freelancer's purchases, oldest first. How many were bought stands in the description
    (“80 Connects”), else it follows from the price of one; what was paid back is left out."""
    rows = Payment.objects.for_actor(actor).filter(
        freelancer=freelancer,
        category=PaymentCategory.CONNECTS,
        source=Payment.Source.TRANSACTIONS,
        currency="USD",
        amount__lt=0,
    )
    found = []
    for row in rows.order_by("paid_on", "pk"):
        cost = -row.amount
        if amount := _how_many(row.description, cost):
            found.append(Purchase(row.paid_on, amount, cost, row.external_id))
    return found


def _how_many(description: str, cost: Decimal) -> int:
    if said := _SAID.search(description):
        return int(said[1])
    return int((cost / PRICE).quantize(_ONE, ROUND_HALF_UP))
