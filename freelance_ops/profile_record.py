"""A freelancer's contract log and score as the profile pages want them: see `profiles.record`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import F

from accounts.models import Freelancer, Practice
from contracts.models import Contract, LogEntry
from jss.engine import (
    ClosedContract,
    ObservedScore,
    Publication,
    RuleSet,
    clients_of,
    publication_of,
    scores_of,
    that_can_count,
    top_rated_track,
)
from jss.models import Reading
from jss.rules_in_use import RulesInUse
from jss.selectors import contracts_of_practice
from profiles.record import PastWork, Record

CENT: Final = Decimal("0.01")
DOLLARS: Final = "USD"
FIRST_CONTRACTS: Final = 5
"""P6: so many first contracts may have been far below today's rate."""


def record_of(freelancer: Freelancer, as_of: dt.date, *, figures_only: bool = False) -> Record:
    """The record of one freelancer on that day; whoever calls has looked that he may see it.

    With `figures_only` it has neither score nor past work, and takes one query: a draft that is
    checked with every pause in typing needs no more.

    Hours, jobs and ratings are those of all contracts; money only of those in dollars, since no
    rate of exchange is known. A contract that is closed later than `as_of` is still open.
    """
    # Only the key is known for sure: the caller may not have fetched the practice.
    practice = Practice(pk=freelancer.practice_id)
    contracts = _contracts(practice, freelancer)
    closed = [row for row in contracts if row.closed_on and row.closed_on <= as_of]
    figures = _figures(contracts, closed)
    if figures_only:
        return figures
    score, is_top_rated = _standing(practice, freelancer, as_of)
    work = _work(practice, contracts)
    return replace(figures, score=score, is_top_rated=is_top_rated, work=work)


def _figures(contracts: Sequence[Contract], closed: Sequence[Contract]) -> Record:
    return Record(
        jobs=len(contracts),
        hourly_jobs=sum(row.kind == Contract.Kind.HOURLY for row in contracts),
        fixed_jobs=sum(row.kind == Contract.Kind.FIXED for row in contracts),
        open_jobs=len(contracts) - len(closed),
        hours=sum((row.hours or Decimal(0) for row in contracts), Decimal(0)),
        earned=sum((_dollars(row) or Decimal(0) for row in contracts), Decimal(0)),
        last_closed_on=max((row.closed_on for row in closed if row.closed_on), default=None),
        ratings=sum(row.rating is not None for row in closed),
        first_rates=_first_rates(contracts),
    )


def _contracts(practice: Practice, freelancer: Freelancer) -> list[Contract]:
    """With client and `rating`: the open ones, then from the last that was closed to the first."""
    return list(
        Contract.objects.filter(practice=practice, freelancer=freelancer)
        .with_rating()
        .select_related("client")
        .order_by(F("closed_on").desc(nulls_first=True), "-pk")
    )


def _dollars(contract: Contract) -> Decimal | None:
    return contract.earned if contract.currency == DOLLARS else None


def _first_rates(contracts: Sequence[Contract]) -> tuple[Decimal, ...]:
    """Dollars an hour of the first contracts that were paid by the hour (P6, R1).

    Without a start nobody knows which were the first, and what was paid back has no rate.
    """
    by_start = sorted(
        (row.started_on, row.pk, earned / row.hours)
        for row in contracts
        if row.kind == Contract.Kind.HOURLY and row.started_on and row.hours
        if (earned := _dollars(row)) and earned > 0
    )
    return tuple(
        rate.quantize(CENT, ROUND_HALF_UP) for _day, _pk, rate in by_start[:FIRST_CONTRACTS]
    )


def _work(practice: Practice, contracts: Sequence[Contract]) -> tuple[PastWork, ...]:
    """What a profile may name: only what was noted of the work itself, no lesson and no plan."""
    entries = LogEntry.objects.filter(practice=practice, contract__in=contracts)
    happened: dict[int, list[str]] = defaultdict(list)
    for contract_id, what in entries.order_by("happened_on", "pk").values_list(
        "contract_id", "what"
    ):
        happened[contract_id].append(what)
    return tuple(
        PastWork(
            title=row.title,
            client=row.client.name if row.client else "",
            notes="\n".join(filter(None, (row.delivered_what, row.notes, *happened[row.pk]))),
            public_id=row.public_id,
            closed_on=row.closed_on,
            rating=row.rating,
        )
        for row in contracts
    )


def _standing(
    practice: Practice, freelancer: Freelancer, as_of: dt.date
) -> tuple[int | None, bool]:
    """The displayed score by the practice's rules, and whether the badge is earned (J4, J13).

    As long as Upwork shows no score at all (J6) there is none here, and no badge.
    """
    rules = RulesInUse(practice).practices
    contracts = contracts_of_practice(practice=practice, freelancers=[freelancer])[0]
    counting = that_can_count(contracts, as_of, rules)
    if publication_of(len(counting), clients_of(counting), rules) == Publication.NONE:
        return None, False
    score = scores_of(contracts, as_of, rules=rules).shown.score
    return score, _is_top_rated(practice, freelancer, contracts, as_of, rules)


def _is_top_rated(
    practice: Practice,
    freelancer: Freelancer,
    contracts: Sequence[ClosedContract],
    as_of: dt.date,
    rules: RuleSet,
) -> bool:
    """As the page “Top Rated” has it: 13 of the last 16 weeks, the scores seen first (J13)."""
    seen = Reading.objects.filter(
        practice=practice, freelancer=freelancer, score__isnull=False
    ).values_list("observed_on", "score")
    readings = [ObservedScore(day, score) for day, score in seen if score is not None]
    return top_rated_track(contracts, as_of, readings=readings, rules=rules).missing == 0
