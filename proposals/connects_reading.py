"""B6's reading of the ledger: does the balance hold by the work itself? No Django, no clock.

A proposal costs connects, an answered one earns some back, so a balance that holds or grows is a
sign of good proposals. What was bought proves nothing about them, nor does what lapsed or was
corrected: the verdict goes by what was earned and came back against what was spent.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from proposals.connects import Ledger
from proposals.connects_totals import Totals, totals_between


class Verdict(StrEnum):
    """What the balance does by the work itself."""

    GROWS = "grows"
    HOLDS = "holds"
    FALLS = "falls"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Convention:
    """Our own figures [C]: the sources name none."""

    days: int = 90
    fewest_proposals: int = 5
    fewest_days: int = 30
    """How long the ledger must have been kept."""
    holds_within: int = 10
    """Per cent of what was spent that the balance may differ by and still hold."""


CONVENTION: Final = Convention()


@dataclass(frozen=True, slots=True)
class Lacks:
    """What is missing until something may be said."""

    proposals: int = 0
    days: int = 0
    connects: int = 0
    """Spent without the ledger knowing where they came from."""

    def __bool__(self) -> bool:
        return bool(self.proposals or self.days or self.connects)


@dataclass(frozen=True, slots=True)
class Reading:
    """The stretch that was looked at, after `after` and up to `until`, and what may be said."""

    after: dt.date
    until: dt.date
    totals: Totals
    verdict: Verdict
    lacks: Lacks

    @property
    def days(self) -> int:
        return (self.until - self.after).days


def reading_of(ledger: Ledger, convention: Convention = CONVENTION) -> Reading:
    """The last 90 days, or as many of them as the ledger was kept."""
    until = ledger.as_of
    after = until - dt.timedelta(days=convention.days)
    begins = ledger.begins_on
    kept = 0 if begins is None else (until - begins).days
    if begins is not None and begins > after:
        after = begins - dt.timedelta(days=1)
    totals = totals_between(ledger, after, until)
    lacks = Lacks(
        proposals=max(0, convention.fewest_proposals - totals.proposals),
        days=max(0, convention.fewest_days - kept),
        connects=totals.missing,
    )
    return Reading(after, until, totals, _verdict(totals, lacks, convention), lacks)


def _verdict(totals: Totals, lacks: Lacks, convention: Convention) -> Verdict:
    if lacks:
        return Verdict.NOT_ENOUGH
    if abs(totals.net) * 100 <= totals.spent * convention.holds_within:
        return Verdict.HOLDS
    return Verdict.GROWS if totals.net > 0 else Verdict.FALLS
