"""What the contract log and the score know about a freelancer, as the profile pages need it.

`profiles` lies below `contracts` and `jss` and may not import them. The roof of the house names a
function in `settings.PROFILE_RECORD` that puts a `Record` together.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PastWork:
    """One contract: what it was called, for whom, and what was noted about it."""

    title: str
    client: str = ""
    notes: str = ""
    public_id: str = ""
    closed_on: dt.date | None = None
    rating: Decimal | None = None  # 1.00 to 5.00, None without a public one


@dataclass(frozen=True, slots=True)
class Record:
    """Figures over all contracts of a freelancer. Money in dollars, time in hours.

    `first_rates` are the hourly rates of the first contracts in the order in which they began:
    money earned by hours, of those that have both. `score` is the displayed one in per cent.
    """

    jobs: int = 0
    hourly_jobs: int = 0
    fixed_jobs: int = 0
    open_jobs: int = 0
    hours: Decimal = Decimal(0)
    earned: Decimal = Decimal(0)
    last_closed_on: dt.date | None = None
    ratings: int = 0
    first_rates: tuple[Decimal, ...] = ()
    score: int | None = None
    is_top_rated: bool = False
    work: tuple[PastWork, ...] = ()
