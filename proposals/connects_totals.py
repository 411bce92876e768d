"""What moved in a stretch of time, out of the ledger of connects (B6, B10). No Django."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from proposals.connects import Kind, Ledger, cents, price_of


@dataclass(frozen=True, slots=True)
class Totals:
    """What moved in a stretch of time: before + earned + came_back + bought + corrected + missing
    = spent + lapsed + after."""

    before: int
    earned: int
    """Granted, each month or for an interview: the ledger does not tell them apart."""
    came_back: int
    bought: int
    corrected: int
    """Either way."""
    spent: int
    lapsed: int
    missing: int
    after: int
    proposals: int
    """How many proposals took connects."""
    cost: Decimal
    """Dollars of what was spent, to the cent."""
    paid: Decimal
    """Dollars that were paid for what was bought."""

    @property
    def net(self) -> int:
        """What the work itself brought or took: nothing bought, corrected or lapsed (B6)."""
        return self.earned + self.came_back - self.spent


def totals_between(ledger: Ledger, after: dt.date, until: dt.date) -> Totals:
    """What moved on the days with `after` < day ≤ `until`."""
    by_kind = dict.fromkeys(Kind, 0)
    proposals, paid = 0, Fraction(0)
    for entry in ledger.entries_between(after, until):
        by_kind[entry.kind] += entry.amount
        if entry.kind is Kind.SPEND:
            proposals += entry.times
        if entry.kind is Kind.PURCHASE:
            paid += price_of(entry) * entry.amount
    days = ledger.days_between(after, until)
    return Totals(
        before=ledger.balance_on(after),
        earned=by_kind[Kind.GRANT],
        came_back=by_kind[Kind.REFUND],
        bought=by_kind[Kind.PURCHASE],
        corrected=by_kind[Kind.CORRECTION],
        spent=-by_kind[Kind.SPEND] - by_kind[Kind.BOOST],
        lapsed=sum(day.lapsed for day in days),
        missing=sum(day.missing for day in days),
        after=ledger.balance_on(until),
        proposals=proposals,
        cost=cents(sum((day.cost for day in days), Fraction(0))),
        paid=cents(paid),
    )
