"""J10: whole roadmaps of 2,000 random histories, month ends and leap days included.

The other implementation walks every day; there has to be no difference at all. With
JSS_LONG_TESTS=1 it is 50,000 histories, and the number of differences is printed (`-s`).
"""

import calendar
from datetime import date, timedelta
from random import Random

from jss.engine import CLASSIC, ClosedContract, roadmap_of
from tests.jss import plain_rules as plain
from tests.jss.rule_strategies import RATINGS, TIMES
from tests.jss.test_any_rules_ahead import as_plain

HISTORIES = 2_000 * TIMES
SEED = 20261121


def month_end(random: Random, year: int, month: int) -> date:
    """One of the last days of a month, the 29th of February where there is one."""
    last = calendar.monthrange(year, month)[1]
    return date(year, month, last - random.choice([0, 0, 0, 1, 2]))


def as_of(random: Random) -> date:
    """Any day of twelve years; every other one stands at a month's end, every fourth one is less
    than half a year before a leap day.
    """
    if random.random() < 0.25:
        return date(random.choice([2020, 2024, 2028]), 2, 29) - timedelta(random.randint(0, 180))
    if random.random() < 0.66:
        return month_end(random, random.randint(2019, 2030), random.randint(1, 12))
    return date(2019, 1, 1) + timedelta(days=random.randrange(12 * 365))


def history(random: Random, day: date) -> list[ClosedContract]:
    """Up to twenty contracts of the two years before, some open, flagged, removed or later."""
    contracts = []
    for number in range(random.randint(0, 20)):
        closed_on: date | None = day - timedelta(days=random.randint(-10, 750))
        if random.random() < 0.4:
            months = day.year * 12 + day.month - random.randint(1, 25)
            closed_on = month_end(random, months // 12, months % 12 + 1)
        if random.random() < 0.05:
            closed_on = None
        contracts.append(
            ClosedContract(
                title=f"c{number}",
                closed_on=closed_on,
                rating=random.choice(RATINGS),
                client_flagged=random.random() < 0.05,
                feedback_removed=random.random() < 0.05,
            )
        )
    return contracts


def test_j10_no_difference_over_two_thousand_random_histories() -> None:
    random = Random(SEED)
    different, entries, leap_days = [], 0, 0
    for _ in range(HISTORIES):
        day = as_of(random)
        contracts = history(random, day)
        made = as_plain(roadmap_of(contracts, day))
        entries += len(made)
        leap_days += sum(step[0].month == 2 and step[0].day == 29 for step in made)
        if made != plain.roadmap(contracts, day, CLASSIC):
            different.append((day, contracts))
    print(  # noqa: T201 - the figure is what the long run is for
        f"\n{len(different)} differences over {HISTORIES:,} random histories"
        f" ({entries:,} entries, {leap_days:,} of them on a 29 February)"
    )
    assert different == []
    assert leap_days > 0
