"""The rules once more, as plainly as they can be written: one contract, one day at a time.

Nothing here is shared with the engine but the contracts themselves and the outcomes (J2, which has
its own tests), so that the two can only agree by being right, or by the same mistake made twice.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from jss.engine.contracts import ClosedContract
from jss.engine.outcomes import Outcome

MONTHS = (6, 12, 24)


@lru_cache(maxsize=100_000)
def start_of_window(day: date, months: int) -> date:
    """J5: so many calendar months earlier, clamped to the end of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        month -= 1
        if month == 0:
            year, month = year - 1, 12
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_window(contract: ClosedContract, day: date, months: int) -> bool:
    """J5, J2: whether the contract is in the window that day and can count."""
    if contract.closed_on is None or contract.client_flagged or contract.feedback_removed:
        return False
    return start_of_window(day, months) < contract.closed_on <= day


@dataclass(frozen=True)
class PlainScore:
    positive: int
    negative: int
    tolerated: int
    no_feedback_counted: int
    exact: Fraction | None

    @property
    def displayed(self) -> int | None:
        if self.exact is None:
            return None
        whole = 0
        while Fraction(2 * whole + 1, 200) <= self.exact:  # half a per cent more than `whole`
            whole += 1
        return whole


def score(contracts: Sequence[ClosedContract], day: date, months: int) -> PlainScore:
    """J1 to J5 for one window on one day."""
    held = [contract for contract in contracts if in_window(contract, day, months)]
    positive = negative = silent = 0
    for contract in held:
        match contract.outcome():
            case Outcome.POSITIVE:
                positive += 1
            case Outcome.NEGATIVE:
                negative += 1
            case Outcome.NO_FEEDBACK:
                silent += 1
    allowance = 2
    while Fraction(allowance + 1) <= Fraction(len(held), 5):
        allowance += 1
    tolerated = min(silent, allowance)
    counted = positive + negative + silent - tolerated
    exact = Fraction(max(0, positive - negative), counted) if counted else None
    return PlainScore(positive, negative, tolerated, silent - tolerated, exact)


def scores(contracts: Sequence[ClosedContract], day: date) -> dict[int, PlainScore]:
    return {months: score(contracts, day, months) for months in MONTHS}


def shown(contracts: Sequence[ClosedContract], day: date) -> tuple[int | None, list[int]]:
    """J4: the highest score as displayed, and the windows that have it exactly."""
    all_scores = scores(contracts, day)
    exact = [each.exact for each in all_scores.values() if each.exact is not None]
    if not exact:
        return None, []
    best = [months for months, each in all_scores.items() if each.exact == max(exact)]
    return all_scores[best[0]].displayed, best


def displayed(contracts: Sequence[ClosedContract], day: date) -> dict[int, int | None]:
    """The displayed score by window, and under 0 the highest of them."""
    by_window = {months: score(contracts, day, months).displayed for months in MONTHS}
    present = [value for value in by_window.values() if value is not None]
    return by_window | {0: max(present, default=None)}


def known_at(contracts: Sequence[ClosedContract], as_of: date) -> list[ClosedContract]:
    return [
        contract
        for contract in contracts
        if contract.closed_on is not None and contract.closed_on <= as_of
    ]


def five_stars(closed_on: date) -> ClosedContract:
    return ClosedContract("assumed", closed_on, Decimal(5))


def positives_needed(contracts: Sequence[ClosedContract], as_of: date, target: int) -> int | None:
    """J8: close one more good contract at a time until it is enough."""
    trial = known_at(contracts, as_of)
    if target == 100 and all(score(trial, as_of, months).negative for months in MONTHS):
        return None
    needed = 0
    while True:
        exact = [each.exact for each in scores(trial, as_of).values() if each.exact is not None]
        if exact and max(exact) * 100 >= target:
            return needed
        trial.append(five_stars(as_of))
        needed += 1


@dataclass(frozen=True)
class PlainEntry:
    date: date
    months: int
    left: frozenset[str]
    score_before: int | None
    score_after: int | None
    shown_before: int | None
    shown_after: int | None


def roadmap(
    contracts: Sequence[ClosedContract], as_of: date, assumed: Sequence[date] = ()
) -> list[PlainEntry]:
    """J10: walk every day until two years and a little after the last closing."""
    real = known_at(contracts, as_of)
    everything = real + [five_stars(day) for day in assumed]
    entries = []
    day = as_of
    before = displayed(everything, day)
    for _ in range((max([as_of, *assumed]) - as_of).days + 735):
        yesterday, day = day, day + timedelta(days=1)
        now = displayed(everything, day)
        for months in MONTHS:
            if now[months] != before[months]:
                left = frozenset(
                    contract.title
                    for contract in real
                    if in_window(contract, yesterday, months)
                    and not in_window(contract, day, months)
                )
                entries.append(
                    PlainEntry(day, months, left, before[months], now[months], before[0], now[0])
                )
        before = now
    return entries
