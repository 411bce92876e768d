"""What one closed contract is to the score (J2)."""

from decimal import Decimal
from enum import IntEnum

from jss.engine.rules import CLASSIC, RuleSet


class Outcome(IntEnum):
    """The outcome of a closed contract (J2); an open one has none."""

    POSITIVE = 0
    NEGATIVE = 1
    NO_FEEDBACK = 2
    NEVER_COUNTED = 3


def outcome_of(
    rating: Decimal | None,
    *,
    client_flagged: bool = False,
    feedback_removed: bool = False,
    rules: RuleSet = CLASSIC,
) -> Outcome:
    """The outcome of a closed contract with that public rating (1.00 to 5.00, None: no feedback).

    Never counted: its client was flagged or removed by Upwork, or the freelancer had its feedback
    removed from the score (J2, J13).
    """
    if client_flagged or feedback_removed:
        return Outcome.NEVER_COUNTED
    if rating is None:
        return Outcome.NO_FEEDBACK
    return Outcome.POSITIVE if rating >= rules.positive_from else Outcome.NEGATIVE
