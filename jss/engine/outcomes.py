"""What one closed contract is to the score (J2)."""

from decimal import Decimal
from enum import IntEnum

from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet

BEST, WORST = Decimal(5), Decimal(1)
"""The public ratings that stand for a positive and a negative outcome where one is supposed."""


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
    earned: Decimal | None = None,
    rules: RuleSet = CLASSIC,
) -> Outcome:
    """The outcome of a closed contract with that public rating (1.00 to 5.00, None: no feedback)
    and so many dollars earned (None: nobody noted it).

    Never counted: its client was flagged or removed by Upwork, or the freelancer had its feedback
    removed from the score (J2, J13); and, by rule sets that say so, contracts without feedback
    and unpaid ones that didn't go badly (J17).
    """
    if client_flagged or feedback_removed:
        return Outcome.NEVER_COUNTED
    if rating is not None and rating < rules.positive_from:
        return Outcome.NEGATIVE
    if earned is not None and earned <= 0 and not rules.counts_unpaid:
        return Outcome.NEVER_COUNTED
    if rating is not None:
        return Outcome.POSITIVE
    return Outcome.NO_FEEDBACK if rules.counts_no_feedback else Outcome.NEVER_COUNTED
