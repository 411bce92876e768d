"""A guess at when a contract closed, for the grid after an import. No export has closing dates."""

from datetime import date, timedelta
from typing import Final

CLOSING_GAP_DAYS: Final = 30
"""C3: about a month after the last contact a silent contract is closed."""


def proposed_closing_date(
    last_paid_on: date, as_of: date, *, gap_days: int = CLOSING_GAP_DAYS
) -> date | None:
    """Return the last payment's day plus the gap, None while that is not before `as_of`.

    A guess, to be shown as one until the freelancer has confirmed it.
    """
    proposed = last_paid_on + timedelta(days=gap_days)
    return proposed if proposed < as_of else None
