"""How long contracts last, and which clients come back (J11, J17)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jss.engine.contracts import ClosedContract

LONG_TERM_DAYS = 90
"""J11: a contract of so many days makes its client a long-term one, and so does a second one."""


def is_long(started_on: date | None, closed_on: date | None) -> bool:
    """Whether a contract took 90 days or more; unknown days make none long."""
    return _days(started_on, closed_on) >= LONG_TERM_DAYS


def whole_months(started_on: date | None, closed_on: date | None) -> int:
    """So many whole months a contract took: for hourly ones, a stand-in for months with a payment
    where nobody knows the payments (J17)."""
    return _days(started_on, closed_on) * 12 // 365


def with_long_term_clients(contracts: Sequence[ClosedContract]) -> list[ClosedContract]:
    """One freelancer's contracts, each marked whose client has a long one or several."""
    number = Counter(each.client for each in contracts if each.client)
    lasting = {client for client, times in number.items() if times > 1}
    lasting |= {each.client for each in contracts if each.client and each.is_long_term}
    return [
        replace(each, is_long_term=True) if each.client in lasting else each for each in contracts
    ]


def _days(started_on: date | None, closed_on: date | None) -> int:
    return (closed_on - started_on).days if started_on and closed_on else 0
