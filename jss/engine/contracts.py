"""What the engine is given: contracts one by one, or as columns for many freelancers at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Self

import numpy as np

from jss.engine.columns import Counts, Days, Positions
from jss.engine.outcomes import NEGATIVE, NEVER_COUNTED, NO_FEEDBACK, POSITIVE, Outcome
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import Reading, RuleSet
from jss.engine.weights import LOWEST_RATING


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
    client: str = ""
    """Whatever the caller knows its client by; empty: nobody noted the client."""
    earned: Decimal | None = None
    """Dollars, gross; None: nobody noted it, and no rule set takes the contract for unpaid."""
    months_paid: int = 0
    """Calendar months with a payment."""
    is_long_term: bool = False
    """Its client has several contracts, or this one took 90 days or more (J11)."""
    weight: Fraction | None = None
    """What its outcome weighs in a rule set that weighs; None: what the rule set says."""

    def outcome(self, rules: RuleSet = CLASSIC) -> Outcome:
        """What it is to the score once it is closed (J2).

        Never counted: its client was flagged or removed by Upwork, or the freelancer had its
        feedback removed from the score (J2, J13); and, by rule sets that say so, contracts without
        feedback and unpaid ones that didn't go badly (J17).
        """
        # Asked of every contract for every answer, so it is all in one place.
        if self.client_flagged or self.feedback_removed:
            return NEVER_COUNTED
        rating = self.rating
        if rating is not None and rating < rules.positive_from:
            return NEGATIVE
        if not rules.counts_unpaid and self.earned is not None and self.earned <= 0:
            return NEVER_COUNTED
        if rating is not None:
            return POSITIVE
        return NO_FEEDBACK if rules.counts_no_feedback else NEVER_COUNTED

    def stake(self, rules: RuleSet) -> Stake:
        """What it adds to both sides of J1, once it is closed and if it counts."""
        return stake_of(self, self.outcome(rules), rules)


class Stake(NamedTuple):
    """What one contract adds to the formula (J1), in units of its rule set."""

    lead: int
    """Above the line: its weight, less than nothing for a negative outcome."""
    weight: int
    """Below the line."""


def stake_of(contract: ClosedContract, outcome: Outcome, rules: RuleSet) -> Stake:
    """What the contract adds with that outcome (J1, J11); its rating says how negative it is."""
    if outcome == Outcome.NEVER_COUNTED:
        return Stake(0, 0)
    if outcome == Outcome.NO_FEEDBACK:
        return Stake(0, rules.scale)
    weight = weight_of(contract, rules)
    if outcome == Outcome.POSITIVE:
        return Stake(weight, weight)
    if rules.reading == Reading.SHARE:
        return Stake(0, weight)
    lost = Fraction(1)
    if rules.weights and rules.weights.is_partly_negative and contract.rating is not None:
        below = Fraction(rules.positive_from) - Fraction(contract.rating)
        lost = min(lost, below / (Fraction(rules.positive_from) - LOWEST_RATING))
    return Stake(-round(weight * lost), weight)


def weight_of(contract: ClosedContract, rules: RuleSet) -> int:
    """What the contract's outcome weighs, or would weigh, in units (J11, J17)."""
    if rules.weights is None:
        return rules.scale
    if contract.weight is not None:
        return max(1, round(contract.weight * rules.scale))
    return rules.weights.units_of(contract)


@dataclass(frozen=True, slots=True, eq=False)
class ContractTable:
    """The contracts of many freelancers, one row each, in any order, by one rule set's weights.

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
    stakes: Stakes | None = None
    """What each row adds to J1; None in a plain rule set, where its outcome says it all."""

    def __post_init__(self) -> None:
        columns = [self.freelancer, self.closed_on, self.outcome]
        columns += [self.stakes.lead, self.stakes.weight] if self.stakes else []
        if any(column.shape != (len(self),) for column in columns):
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
            stakes=Stakes.of(rows, rules),
        )

    @classmethod
    def of_one(cls, contracts: Sequence[ClosedContract], rules: RuleSet = CLASSIC) -> Self:
        """The table of one freelancer, its rows in the given order."""
        return cls.of([contracts], rules)

    def taken(self, rows: Positions) -> ContractTable:
        """These rows, in this order; of the same freelancers."""
        return ContractTable(
            self.freelancer[rows],
            self.closed_on[rows],
            self.outcome[rows],
            self.freelancers,
            self.stakes and self.stakes.taken(rows),
        )

    def followed_by(self, other: ContractTable) -> ContractTable:
        """These rows and then the other's, which are of the same freelancers."""
        stakes = None
        if self.stakes and other.stakes:
            stakes = self.stakes.joined(other.stakes)
        return ContractTable(
            np.concatenate([self.freelancer, other.freelancer]),
            np.concatenate([self.closed_on, other.closed_on]),
            np.concatenate([self.outcome, other.outcome]),
            self.freelancers,
            stakes,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """What each row of a table adds to J1, in units."""

    lead: Counts
    weight: Counts

    @classmethod
    def of(cls, rows: Sequence[ClosedContract], rules: RuleSet) -> Self | None:
        """Those of the contracts; None where the rule set is plain."""
        if rules.is_plain:
            return None
        both = np.array([row.stake(rules) for row in rows], dtype=np.int64).reshape(-1, 2)
        return cls(both[:, 0].copy(), both[:, 1].copy())

    def taken(self, rows: Positions) -> Stakes:
        """Those of these rows, in this order."""
        return Stakes(self.lead[rows], self.weight[rows])

    def joined(self, *others: Stakes) -> Stakes:
        """These, and then the others."""
        return Stakes(
            np.concatenate([self.lead, *(each.lead for each in others)]),
            np.concatenate([self.weight, *(each.weight for each in others)]),
        )

    def with_positives(self, number: int, rules: RuleSet) -> Stakes:
        """These, and then so many positive outcomes of weight 1."""
        units = np.full(number, rules.scale, dtype=np.int64)
        return self.joined(Stakes(units, units))


def _closing_days(rows: Sequence[ClosedContract]) -> Days:
    """The column of days; numbered by ourselves, as numpy takes six times as long for `date`s."""
    numbers = np.fromiter(
        (0 if row.closed_on is None else row.closed_on.toordinal() for row in rows),
        np.int64,
        len(rows),
    )
    days: Days = (numbers - date(1970, 1, 1).toordinal()).view("datetime64[D]")
    days[numbers == 0] = np.datetime64("NaT", "D")
    return days
