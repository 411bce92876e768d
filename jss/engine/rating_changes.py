"""What contracts were on an earlier day: ratings that changed since (J9), and what nobody noted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jss.engine.contracts import ClosedContract
from jss.engine.rules import RuleSet
from jss.engine.windows import is_in_window


@dataclass(frozen=True, slots=True)
class RatingChange:
    """What is known of the changed rating of the contract with that key (J9)."""

    key: str
    changed_on: date | None
    """From this day on the contract has the rating that it has now; None: nobody noted the day."""
    rating_before: Decimal | None
    """None: nobody noted it."""

    @property
    def is_known(self) -> bool:
        """Whether the rating before the change can be told for every day."""
        return self.changed_on is not None and self.rating_before is not None


class Gap(StrEnum):
    """Why it can't be told what a contract was on an earlier day."""

    FEEDBACK_REMOVED = "feedback_removed"
    CLIENT_FLAGGED = "client_flagged"
    RATING_CHANGED = "rating_changed"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A contract that changed on a day, or from a rating, that nobody noted: it is taken as today's
    on both days."""

    contract: ClosedContract
    gap: Gap


def as_known_on(
    contracts: Sequence[ClosedContract], changes: Iterable[RatingChange], day: date
) -> list[ClosedContract]:
    """The contracts, in the same order, with the ratings that they had at the end of that day (J9).

    A change whose day or former rating isn't known is left out: today's rating stands.
    """
    former = {
        change.key: change.rating_before
        for change in changes
        if change.rating_before is not None and change.changed_on and day < change.changed_on
    }
    return [
        replace(contract, rating=former[contract.key]) if contract.key in former else contract
        for contract in contracts
    ]


def not_known_between(
    contracts: Iterable[ClosedContract],
    changes: Iterable[RatingChange],
    first: date,
    last: date,
    rules: RuleSet,
) -> Iterator[NotKnown]:
    """The contracts of the longest window on either day whose former state can't be told."""
    vague = {
        change.key
        for change in changes
        if not change.is_known and not (change.changed_on and change.changed_on <= first)
    }
    longest = rules.longest_months
    for contract in contracts:
        closed_on = contract.closed_on
        if not closed_on or not any(is_in_window(closed_on, d, longest) for d in (first, last)):
            continue
        if contract.client_flagged:
            yield NotKnown(contract, Gap.CLIENT_FLAGGED)
        elif contract.feedback_removed:
            yield NotKnown(contract, Gap.FEEDBACK_REMOVED)
        elif contract.key in vague:
            yield NotKnown(contract, Gap.RATING_CHANGED)
