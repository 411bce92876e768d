"""What one contract does to each window: its reason, and the score with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jss.engine import CLASSIC, ClosedContract, Reason, RuleSet, explanations_of, scores_of


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
    trend: int | None
    trend_without: int | None
    shown: int | None
    shown_without: int | None
    rules: RuleSet


def effect_of(
    contracts: Sequence[ClosedContract], key: str, as_of: date, *, rules: RuleSet = CLASSIC
) -> ContractEffect:
    """The effect of the contract with that key on the scores of the freelancer whose it is.

    Raises StopIteration where no contract has the key.
    """
    rest = [contract for contract in contracts if contract.key != key]
    with_it = scores_of(contracts, as_of, rules=rules)
    without = scores_of(rest, as_of, rules=rules)
    rows = explanations_of(contracts, as_of, rules=rules)
    explanation = next(row for row in rows if row.contract.key == key)
    windows = tuple(
        WindowEffect(
            months=window.months,
            reason=explanation.in_window(window.months).reason,
            leaves_on=explanation.in_window(window.months).leaves_on,
            score=window.score,
            without=without.windows[position].score,
        )
        for position, window in enumerate(with_it.windows)
    )
    return ContractEffect(
        contract=explanation.contract,
        as_of=as_of,
        windows=windows,
        trend=with_it.trend.score if with_it.trend else None,
        trend_without=without.trend.score if without.trend else None,
        shown=with_it.shown.score,
        shown_without=without.shown.score,
        rules=rules,
    )
