"""The sample's ledger of connects: a year of grants, purchases, proposals and what came back."""

import datetime as dt
import random
from decimal import Decimal
from typing import Final

from accounts.models import Freelancer
from freelance_ops.demo.catalogue import CLIENTS, WORK
from proposals.connects import PRICE, Entry, Kind, ledger_of
from proposals.models import ConnectsEntry

WEEKS: Final = 56
A_MONTH: Final = 10
"""What a plan grants each month."""
BOUGHT: Final = 60
LEAST: Final = 40
"""With fewer left, some are bought."""


def connects_start(freelancer: Freelancer, today: dt.date) -> None:
    """The same ledger every time for the same day; it never goes below zero."""
    chance = random.Random(11)  # noqa: S311  # sample data, no secret
    rows: list[ConnectsEntry] = []

    def note(day: dt.date, kind: Kind, amount: int, title: str = "") -> None:
        rows.append(
            ConnectsEntry(
                practice=freelancer.practice,
                freelancer=freelancer,
                happened_on=day,
                kind=kind.value,
                amount=amount,
                note=title,
                cost=PRICE * amount if kind is Kind.PURCHASE else None,
            )
        )

    first = today - dt.timedelta(weeks=WEEKS)
    for number in range(WEEKS):
        monday = first + dt.timedelta(weeks=number)
        if number % 4 == 0:
            note(monday, Kind.GRANT, A_MONTH)
        if _left(rows, monday) < LEAST:
            note(monday, Kind.PURCHASE, BOUGHT)
        for place in range(chance.choices([0, 1, 2], [25, 55, 20])[0]):
            day = monday + dt.timedelta(days=2 * place + 1)
            title = chance.choice(WORK).format(client=chance.choice(CLIENTS))
            cost = chance.choice([6, 8, 10, 12, 16])
            note(day, Kind.SPEND, -cost, title)
            luck = chance.random()
            if luck < 0.12:
                note(day, Kind.BOOST, -chance.choice([5, 8]), title)
            elif luck > 0.94:
                note(day + dt.timedelta(days=3), Kind.REFUND, cost, title)
            # Later on the letters are more personal, and more of them are answered.
            if chance.random() < (0.1 if number < WEEKS / 2 else 0.3):
                note(day + dt.timedelta(days=1), Kind.GRANT, 20, title)
    ConnectsEntry.objects.bulk_create(row for row in rows if row.happened_on <= today)


def _left(rows: list[ConnectsEntry], day: dt.date) -> int:
    entries = (
        Entry(row.happened_on, row.amount, Kind(row.kind), Decimal(row.cost) if row.cost else None)
        for row in rows
    )
    return ledger_of(entries, as_of=day).balance
