"""What the engine is given: contracts one by one, or as columns for many freelancers at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

import numpy as np

from jss.engine.columns import Counts, Days
from jss.engine.outcomes import Outcome, outcome_of
from jss.engine.rules import CLASSIC, RuleSet

NOT_A_DAY = np.datetime64("NaT", "D").astype(np.int64).item()
"""What numpy keeps in place of a number of days where there is no day."""


@dataclass(frozen=True, slots=True)
class ClosedContract:
    """What the score needs to know of one contract.

    `closed_on` is None while the contract is open: it then has no outcome and counts nowhere (J2).
    """

    title: str
    closed_on: date | None
    rating: Decimal | None = None
    """The public rating, 1.00 to 5.00; None: no feedback."""
    client_flagged: bool = False
    feedback_removed: bool = False
    key: str = ""
    """Whatever the caller knows the contract by; the engine only hands it back."""

    def outcome(self, rules: RuleSet = CLASSIC) -> Outcome:
        """What it is to the score once it is closed (J2)."""
        return outcome_of(
            self.rating,
            client_flagged=self.client_flagged,
            feedback_removed=self.feedback_removed,
            rules=rules,
        )


@dataclass(frozen=True, slots=True, eq=False)
class ContractTable:
    """The contracts of many freelancers, one row each, in any order.

    Raises ValueError where the columns differ in length or name a freelancer that isn't there.
    """

    freelancer: Counts
    """Whose contract it is: 0 to `freelancers` - 1."""
    closed_on: Days
    """NaT while it is open."""
    outcome: Counts
    """An `Outcome` for each row (of no consequence while it is open)."""
    freelancers: int
    """How many freelancers there are, with or without contracts."""

    def __post_init__(self) -> None:
        if not self.freelancer.shape == self.closed_on.shape == self.outcome.shape == (len(self),):
            raise ValueError("The columns of a contract table must be equally long.")
        if len(self) and not 0 <= self.freelancer.min() <= self.freelancer.max() < self.freelancers:
            raise ValueError(f"Freelancers are numbered from 0 to {self.freelancers - 1}.")

    def __len__(self) -> int:
        return len(self.freelancer)

    @classmethod
    def of(cls, contracts_of: Iterable[Sequence[ClosedContract]], rules: RuleSet = CLASSIC) -> Self:
        """The table of several freelancers, given the contracts of each."""
        groups = list(contracts_of)
        rows = [contract for contracts in groups for contract in contracts]
        return cls(
            freelancer=np.repeat(
                np.arange(len(groups)), np.array([len(group) for group in groups], dtype=np.int64)
            ),
            closed_on=_closing_days(rows),
            outcome=np.fromiter((row.outcome(rules) for row in rows), np.int8, len(rows)),
            freelancers=len(groups),
        )

    @classmethod
    def of_one(cls, contracts: Sequence[ClosedContract], rules: RuleSet = CLASSIC) -> Self:
        """The table of one freelancer, its rows in the given order."""
        return cls.of([contracts], rules)


def _closing_days(rows: Sequence[ClosedContract]) -> Days:
    """The column of days; numbered by ourselves, as numpy takes six times as long for `date`s."""
    first = date(1970, 1, 1).toordinal()
    numbers = (
        NOT_A_DAY if row.closed_on is None else row.closed_on.toordinal() - first for row in rows
    )
    days: Days = np.fromiter(numbers, np.int64, len(rows)).view("datetime64[D]")
    return days
