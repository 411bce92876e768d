"""What the contract log says about the profile (P6), from a `Record`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from profiles.checks.findings import Fact, Finding, Weight
from profiles.content import Content, Earnings
from profiles.record import Record

ENOUGH_HOURS: Final = Decimal(100)
"""Clients filter for more."""
MANY_JOBS: Final = 10
"""From so many on, few hours make people wonder [C]."""
JOBS_OF_A_KIND: Final = 5
"""From so many on, only one kind of contract is a pattern [C]."""
QUIET_DAYS: Final = 60
"""Days since the last contract closed after which a profile looks asleep [C]."""
FIRST_CONTRACTS: Final = 5
FEWEST_FIRST: Final = 3
FAR_BELOW: Final = Decimal("0.6")
"""Share of today's rate under which a first rate is far below it [C]."""


def balance_findings(content: Content, record: Record, as_of: dt.date | None) -> Iterator[Finding]:
    """Hours, kinds of contract, freshness, and whether hiding the earnings still helps."""
    yield from _hours(record)
    yield from _kinds(record)
    yield from _freshness(record, as_of)
    yield from _earnings(content, record)


def _found(check: str, *, weight: Weight = Weight.ADVICE, **facts: Fact) -> Finding:
    return Finding(check, "P6", weight, "record", facts=facts)


def _hours(record: Record) -> Iterator[Finding]:
    if record.jobs >= MANY_JOBS and record.hours < ENOUGH_HOURS:
        enough = int(ENOUGH_HOURS)
        yield _found("balance-hours", jobs=record.jobs, hours=int(record.hours), enough=enough)


def _kinds(record: Record) -> Iterator[Finding]:
    if record.hourly_jobs == 0 and record.fixed_jobs >= JOBS_OF_A_KIND:
        yield _found("balance-only-fixed", jobs=record.fixed_jobs)
    if record.fixed_jobs == 0 and record.hourly_jobs >= JOBS_OF_A_KIND:
        yield _found("balance-only-hourly", jobs=record.hourly_jobs)


def _freshness(record: Record, as_of: dt.date | None) -> Iterator[Finding]:
    if as_of is None or record.last_closed_on is None:
        return
    days = (as_of - record.last_closed_on).days
    if days > QUIET_DAYS:
        yield _found("balance-quiet", days=days, closed_on=record.last_closed_on.isoformat())


def _earnings(content: Content, record: Record) -> Iterator[Finding]:
    if record.jobs == 0:
        return
    only_low = record.jobs <= FIRST_CONTRACTS and _first_were_low(content, record)
    if content.earnings == Earnings.HIDDEN and not only_low:
        yield Finding("earnings-hidden", "P6", Weight.ADVICE, "earnings", facts={})
    if content.earnings == Earnings.SHOWN and only_low:
        facts = {"contracts": len(record.first_rates[:FIRST_CONTRACTS])}
        yield Finding("earnings-may-hide", "P6", Weight.NOTE, "earnings", facts=facts)


def _first_were_low(content: Content, record: Record) -> bool:
    rates = record.first_rates[:FIRST_CONTRACTS]
    if content.rate is None or len(rates) < FEWEST_FIRST:
        return False
    return all(rate < FAR_BELOW * content.rate for rate in rates)
