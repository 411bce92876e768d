"""What one contract does to each window: its reason, and the score with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jss.engine import ClosedContract, Reason, explanations_of, scores_of


@dataclass(frozen=True, slots=True)
class WindowEffect:
    """One window with and without the contract, in whole per cents."""

    months: int
    reason: Reason
    leaves_on: date | None
    score: int | None
    without: int | None

    @property
    def points(self) -> int | None:
        """What the contract adds or takes, in points; None where there is no score without it."""
        if self.score is None or self.without is None:
            return None
        return self.score - self.without


@dataclass(frozen=True, slots=True)
class ContractEffect:
    """All windows, and the score that is shown."""

    contract: ClosedContract
    as_of: date
    windows: tuple[WindowEffect, ...]
    shown: int | None
    shown_without: int | None


def effect_of(contracts: Sequence[ClosedContract], key: str, as_of: date) -> ContractEffect:
    """The effect of the contract with that key on the scores of the freelancer whose it is.

    Raises StopIteration where no contract has the key.
    """
    rest = [contract for contract in contracts if contract.key != key]
    with_it, without = scores_of(contracts, as_of), scores_of(rest, as_of)
    explanation = next(row for row in explanations_of(contracts, as_of) if row.contract.key == key)
    windows = tuple(
        WindowEffect(
            months=place.months,
            reason=place.reason,
            leaves_on=place.leaves_on,
            score=with_it.windows[position].score,
            without=without.windows[position].score,
        )
        for position, place in enumerate(explanation.windows)
    )
    return ContractEffect(
        explanation.contract, as_of, windows, with_it.shown.score, without.shown.score
    )
