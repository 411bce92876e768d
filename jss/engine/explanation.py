"""Which contract counts in which window, and why not (J2 to J5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from jss.engine.columns import as_scored_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.tallies import tallies_at, tolerated
from jss.engine.windows import leaves_on, window_starts


class Reason(StrEnum):
    """Why a contract counts in a window as it does, or doesn't."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NO_FEEDBACK_COUNTED = "no_feedback_counted"
    NO_FEEDBACK_TOLERATED = "no_feedback_tolerated"
    OUTSIDE_WINDOW = "outside_window"
    CLIENT_FLAGGED = "client_flagged"
    FEEDBACK_REMOVED = "feedback_removed"
    OPEN = "open"
    CLOSED_LATER = "closed_later"

    @property
    def counts(self) -> bool:
        """Whether the contract is in the denominator of J1."""
        return self in {Reason.POSITIVE, Reason.NEGATIVE, Reason.NO_FEEDBACK_COUNTED}


@dataclass(frozen=True, slots=True)
class InWindow:
    """What one contract is to one window."""

    months: int
    reason: Reason
    leaves_on: date | None
    """The first day on which it isn't in the window any more (J5); None where it isn't in it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one contract is to each window, shortest window first."""

    contract: ClosedContract
    windows: tuple[InWindow, ...]


def explanations_of(
    contracts: Sequence[ClosedContract], as_of: date, *, rules: RuleSet = CLASSIC
) -> tuple[Explanation, ...]:
    """What each contract, in the given order, is to each window on that day."""
    table = ContractTable.of_one(contracts, rules)
    now = as_scored_day(as_of)
    tallies = tallies_at(table, as_of, rules=rules)
    in_windows = []
    for position, months in enumerate(rules.window_months):
        start = window_starts(np.array([now]), months)[0]
        held = (table.closed_on > start) & (table.closed_on <= now)
        silent = np.flatnonzero(held & (table.outcome == Outcome.NO_FEEDBACK))
        oldest_first = silent[np.argsort(table.closed_on[silent], kind="stable")]
        free = tolerated(tallies.closed, tallies.no_feedback, rules)[0, position]
        costless = set(oldest_first[:free].tolist())
        in_windows.append(
            [
                _in_window(
                    contract,
                    as_of,
                    months,
                    held=bool(held[row]),
                    costless=row in costless,
                    rules=rules,
                )
                for row, contract in enumerate(contracts)
            ]
        )
    return tuple(
        Explanation(contract, tuple(column[row] for column in in_windows))
        for row, contract in enumerate(contracts)
    )


def _in_window(
    contract: ClosedContract,
    as_of: date,
    months: int,
    *,
    held: bool,
    costless: bool,
    rules: RuleSet,
) -> InWindow:
    reason = _never(contract, as_of)
    if reason is None and not held:
        reason = Reason.OUTSIDE_WINDOW
    if reason is not None or contract.closed_on is None:
        return InWindow(months, reason or Reason.OPEN, None)
    match contract.outcome(rules):
        case Outcome.POSITIVE:
            reason = Reason.POSITIVE
        case Outcome.NEGATIVE:
            reason = Reason.NEGATIVE
        case _:
            reason = Reason.NO_FEEDBACK_TOLERATED if costless else Reason.NO_FEEDBACK_COUNTED
    return InWindow(months, reason, leaves_on(contract.closed_on, months))


def _never(contract: ClosedContract, as_of: date) -> Reason | None:
    """Why it counts in no window on that day, whatever the window's length; None where it may."""
    if contract.closed_on is None:
        return Reason.OPEN
    if contract.client_flagged:
        return Reason.CLIENT_FLAGGED
    if contract.feedback_removed:
        return Reason.FEEDBACK_REMOVED
    if contract.closed_on > as_of:
        return Reason.CLOSED_LATER
    return None
