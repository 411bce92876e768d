"""Calculators for the hourly rate that show their arithmetic (R1–R4). No Django, no clock.

Every answer carries its `steps`: a key and the figures that went in and came out, so that a page
can write each line in words. Money is `Decimal` dollars, rounded half up to cents.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from profiles.conversion import Measure, Rate, Week, measured, whole_weeks

CENT: Final = Decimal("0.01")
RATINGS_FOR_TARGET: Final = 10
"""R1: from so many ratings on, the target itself."""
LOWEST_DISCOUNT: Final = Decimal("0.10")
"""R1."""
HIGHEST_DISCOUNT: Final = Decimal("0.20")
"""R1."""
RAISE: Final = Decimal(10)
"""Dollars an hour (R2)."""
WAGE_AS_SAID: Final = Decimal(25)
"""Dollars an hour on the payroll, in the example of R3."""
COST_AS_SAID: Final = Decimal(42)
"""What that wage costs an employer an hour, in the same example."""
PAYROLL_FACTOR: Final = COST_AS_SAID / WAGE_AS_SAID
"""1.68 [C]: the example's own ratio, taken for other wages too. Taxes, benefits, desk and tools."""
WEEKS_PAID: Final = Decimal(50)
"""A year [C]: 40 hours in 50 weeks are the 2,000 hours that make $84,000 out of $42 (R3)."""
WEEKS_A_MONTH: Final = Decimal(4)
"""[C]: 40 hours in 4 weeks are the 160 hours that make $8,000 out of $50 (R3)."""
UNITED_STATES_FACTOR: Final = Decimal(3)
"""R4: what a freelancer in the US may ask, as a multiple."""
MOST: Final = Decimal(1_000_000_000)
"""Dollars or hours: more is a slip of the finger."""


class BadFigure(ValueError):  # noqa: N818 - the name is what the page says about it
    """A figure with which there is nothing to calculate.

    `name` is the argument; `key` says what is wrong: "not_positive", "negative", "too_much",
    "no_number", "not_a_share" or "low_above_high".
    """

    def __init__(self, name: str, key: str) -> None:
        self.name = name
        self.key = key
        super().__init__(f"{name}: {key}")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: `key` names the sentence, `figures` fill it."""

    key: str
    figures: Mapping[str, Decimal | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class StartingRate:
    """R1. Dollars an hour: `low` and `high` are both the target once there are enough ratings."""

    low: Decimal
    high: Decimal
    target: Decimal
    ratings_missing: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NextRaise:
    """R2. `rate` is what to ask next: the same one while the plate isn't full."""

    rate: Decimal
    is_full: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class EmployersView:
    """R3. What an employee costs an hour and a year, and a freelancer for a month. Dollars."""

    cost_an_hour: Decimal
    cost_a_year: Decimal
    freelancer_a_month: Decimal | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ValuePrice:
    """R4. `price` for the whole of it; `an_hour` only where the hours are known. Dollars."""

    price: Decimal
    an_hour: Decimal | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PeersView:
    """R4. The peers' middle rate, the US one and where the own one stands. Dollars an hour.

    `difference` is the own rate minus the middle one.
    """

    middle: Decimal
    in_the_united_states: Decimal
    difference: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """What one's own rate did from `first` up to, and without, `until` (None: to this day).

    `proposals` and the rate per proposal rest on those weeks alone for which proposals were noted.
    """

    rate: Decimal
    first: dt.date
    until: dt.date | None
    weeks: int
    views: int
    invitations: int
    replies: int
    proposals: int | None
    invitations_per_view: Rate
    replies_per_view: Rate
    replies_per_proposal: Rate


def to_cents(amount: Decimal) -> Decimal:
    """Half up, as people round money: 0.005 becomes 0.01."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def starting_rate(
    target: Decimal,
    ratings: int,
    low_discount: Decimal = LOWEST_DISCOUNT,
    high_discount: Decimal = HIGHEST_DISCOUNT,
) -> StartingRate:
    """10 to 20 % below `target` until the first ten ratings, then the target (R1).

    `ratings` is how many public ones there are. Raises `BadFigure`.
    """
    _check_positive(target=target)
    if ratings < 0:
        raise BadFigure("ratings", "negative")
    for name, share in (("low_discount", low_discount), ("high_discount", high_discount)):
        _check_share(name, share, zero=True)
    if low_discount > high_discount:
        raise BadFigure("low_discount", "low_above_high")
    missing = max(0, RATINGS_FOR_TARGET - ratings)
    if not missing:
        step = Step("target_reached", {"ratings": ratings, "target": to_cents(target)})
        return StartingRate(to_cents(target), to_cents(target), to_cents(target), 0, (step,))
    low, high = to_cents(target * (1 - high_discount)), to_cents(target * (1 - low_discount))
    steps = (
        Step("lower_end", {"target": target, "percent": high_discount * 100, "rate": low}),
        Step("upper_end", {"target": target, "percent": low_discount * 100, "rate": high}),
        Step("ratings_missing", {"ratings": ratings, "missing": missing}),
    )
    return StartingRate(low, high, to_cents(target), missing, steps)


def next_raise(
    rate: Decimal,
    *,
    booked_hours: Decimal | None = None,
    capacity: Decimal | None = None,
    is_full: bool | None = None,
) -> NextRaise:
    """$10 an hour more when the plate is full (R2): bid with it for later work.

    Full is what `is_full` says, and otherwise booked hours that reach the capacity (both hours a
    week). Raises `BadFigure`, also where neither is known.
    """
    _check_positive(rate=rate)
    steps: list[Step] = []
    if is_full is None:
        if booked_hours is None or capacity is None:
            raise BadFigure("booked_hours" if booked_hours is None else "capacity", "no_number")
        _check_positive(capacity=capacity)
        _check_number("booked_hours", booked_hours)
        if booked_hours < 0:
            raise BadFigure("booked_hours", "negative")
        is_full = booked_hours >= capacity
        free = max(Decimal(0), capacity - booked_hours)
        hours = {"booked": booked_hours, "capacity": capacity, "free": free}
        steps.append(Step("hours_full" if is_full else "hours_free", hours))
    asked = to_cents(rate + RAISE if is_full else rate)
    figures = {"rate": to_cents(rate), "raise": RAISE, "next": asked}
    steps.append(Step("raise_now", figures) if is_full else Step("keep_rate", {"rate": asked}))
    return NextRaise(asked, is_full, tuple(steps))


def employers_view(
    wage: Decimal,
    rate: Decimal | None = None,
    *,
    hours_a_week: Decimal = Decimal(40),
    weeks_a_year: Decimal = WEEKS_PAID,
    weeks_a_month: Decimal = WEEKS_A_MONTH,
) -> EmployersView:
    """What a wage costs its payer, beside a freelancer's month at `rate` (R3). An estimate.

    $25 on the payroll cost $42 an hour and $84,000 in 2,000 hours; a freelancer at $50 costs
    $8,000 in 160 hours. Raises `BadFigure`.
    """
    _check_positive(
        wage=wage,
        hours_a_week=hours_a_week,
        weeks_a_year=weeks_a_year,
        weeks_a_month=weeks_a_month,
    )
    hours = hours_a_week * weeks_a_year
    cost = to_cents(wage * PAYROLL_FACTOR)
    year = to_cents(cost * hours)  # of the cost as it is shown: the lines must add up
    steps = [
        Step("payroll_hour", {"wage": wage, "factor": PAYROLL_FACTOR, "cost": cost}),
        Step("hours_a_year", {"a_week": hours_a_week, "weeks": weeks_a_year, "hours": hours}),
        Step("payroll_year", {"cost": cost, "hours": hours, "year": year}),
    ]
    if rate is None:
        return EmployersView(cost, year, None, tuple(steps))
    _check_positive(rate=rate)
    hours = hours_a_week * weeks_a_month
    month = to_cents(rate * hours)
    steps.append(Step("freelancer_month", {"rate": rate, "hours": hours, "month": month}))
    return EmployersView(cost, year, month, tuple(steps))


def value_price(value: Decimal, share: Decimal, hours: Decimal | None = None) -> ValuePrice:
    """A price from what the work is worth to the client (R4).

    `value` in dollars, `share` of it above 0 and at most 1, `hours` that the work takes. Raises
    `BadFigure`.
    """
    _check_positive(value=value)
    _check_share("share", share, zero=False)
    price = to_cents(value * share)
    steps = [Step("value_share", {"value": value, "percent": share * 100, "price": price})]
    if hours is None:
        return ValuePrice(price, None, tuple(steps))
    _check_positive(hours=hours)
    an_hour = to_cents(price / hours)
    steps.append(Step("value_hour", {"price": price, "hours": hours, "an_hour": an_hour}))
    return ValuePrice(price, an_hour, tuple(steps))


def peers_view(rate: Decimal, peers: Sequence[Decimal]) -> PeersView:
    """The own rate beside those of peers of like experience, and three times theirs (R4).

    The middle one of the peers' rates, or the mean of the two in the middle. Raises `BadFigure`.
    """
    _check_positive(rate=rate)
    if not peers:
        raise BadFigure("peers", "no_number")
    for peer in peers:
        _check_positive(peers=peer)
    ordered, half = sorted(peers), len(peers) // 2
    odd = len(peers) % 2 == 1
    middle = to_cents(ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2)
    abroad, difference = to_cents(middle * UNITED_STATES_FACTOR), to_cents(rate - middle)
    steps = (
        Step("peers_middle", {"peers": len(peers), "middle": middle}),
        Step("peers_difference", {"rate": rate, "middle": middle, "difference": difference}),
        Step("united_states", {"middle": middle, "factor": UNITED_STATES_FACTOR, "rate": abroad}),
    )
    return PeersView(middle, abroad, difference, steps)


def rate_history(
    weeks: Sequence[Week], rates: Sequence[tuple[dt.date, Decimal]]
) -> tuple[RatePeriod, ...]:
    """What each of one's own rates did to the replies, oldest first (R1, P7).

    `rates` are the days on which a version with this rate was published. Whole weeks only: one in
    which the rate changed had both and belongs to neither. On one day the last one counts; a
    version that keeps the rate goes on with the period. Weeks before the first rate belong to none.
    """
    changes: list[tuple[dt.date, Decimal]] = []
    for day, rate in dict(sorted(rates, key=lambda each: each[0])).items():
        if not changes or changes[-1][1] != rate:
            changes.append((day, rate))
    ends: list[dt.date | None] = [*(day for day, _rate in changes[1:]), None][: len(changes)]
    return tuple(
        _period(rate, first, until, whole_weeks(weeks, first, until or dt.date.max))
        for (first, rate), until in zip(changes, ends, strict=True)
    )


def _period(
    rate: Decimal, first: dt.date, until: dt.date | None, weeks: Sequence[Week]
) -> RatePeriod:
    noted = [week.proposals for week in weeks if week.proposals is not None]
    return RatePeriod(
        rate=rate,
        first=first,
        until=until,
        weeks=len(weeks),
        views=sum(week.views for week in weeks),
        invitations=sum(week.invitations for week in weeks),
        replies=sum(week.replies for week in weeks),
        proposals=sum(noted) if noted else None,
        invitations_per_view=measured(weeks, Measure.INVITATIONS_PER_VIEW)[0],
        replies_per_view=measured(weeks, Measure.REPLIES_PER_VIEW)[0],
        replies_per_proposal=measured(weeks, Measure.REPLIES_PER_PROPOSAL)[0],
    )


def _check_positive(**figures: Decimal) -> None:
    for name, figure in figures.items():
        _check_number(name, figure)
        if figure <= 0:
            raise BadFigure(name, "not_positive")


def _check_number(name: str, figure: Decimal) -> None:
    if figure.is_nan():
        raise BadFigure(name, "no_number")
    if figure > MOST:
        raise BadFigure(name, "too_much")


def _check_share(name: str, share: Decimal, *, zero: bool) -> None:
    is_share = not share.is_nan() and (0 <= share < 1 if zero else 0 < share <= 1)
    if not is_share:
        raise BadFigure(name, "not_a_share")
