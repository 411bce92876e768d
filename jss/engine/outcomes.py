"""What one closed contract may be to the score (J2); `ClosedContract.outcome` says what it is."""

from decimal import Decimal
from enum import IntEnum

BEST, WORST = Decimal(5), Decimal(1)
"""The public ratings that stand for a positive and a negative outcome where one is supposed."""


class Outcome(IntEnum):
    """The outcome of a closed contract (J2); an open one has none."""

    POSITIVE = 0
    NEGATIVE = 1
    NO_FEEDBACK = 2
    NEVER_COUNTED = 3


POSITIVE, NEGATIVE, NO_FEEDBACK, NEVER_COUNTED = Outcome
"""The same under names that are found faster, for whoever looks at every contract."""
