"""Made-up contracts with money, and made-up rule sets, for the property tests.

A contract is one whole number, taken apart: that is drawn many times faster than its parts are.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod

from hypothesis import settings
from hypothesis import strategies as st

from jss.engine import (
    BUILT_IN,
    CLASSIC,
    ClosedContract,
    Reading,
    RefinedWeights,
    RuleSet,
    TieredWeights,
    with_options,
)
from tests.jss.strategies import AS_OFS

# JSS_LONG_TESTS=1 is for an hour in which nobody waits.
TIMES = 25 if os.environ.get("JSS_LONG_TESTS") else 1


def examples(number: int) -> settings:
    """So many in the normal run, many more in the long one."""
    return settings(max_examples=number * TIMES, deadline=None)


DAYS_AGO = [*range(-20, 760), *[0, 1, 30, 89, 92, 181, 184, 365, 366, 730, 731] * 20]
FIVE = Decimal(5)
RATINGS = [
    None if stars is None else Decimal(stars)
    for stars in (None, None, None, "5", "5", "5", "4.5", "4", "3.99", "3.5", "2.37", "1", "1")
]
EARNED = [
    None if dollars is None else Decimal(dollars)
    for dollars in (None, 0, 0, "-5", "0.01", 75, 250, "250.01", 1000, "1000.01", 4321, 98765)
]
PAID = [0, 0, 1, 2, 3, 7, 12, 40]
CLIENTS = ["", "", "Ada", "Bo", "Cy"]
WEIGHTS = [None] * 9 + [Fraction(1), Fraction(7, 3), Fraction(8)]
YES = [False] * 9 + [True]
_CHOICES = (DAYS_AGO, RATINGS, EARNED, PAID, CLIENTS, WEIGHTS, [False, True], YES, YES)

_SMALL = len(DAYS_AGO) * len(RATINGS)
_LARGE = prod(len(each) for each in _CHOICES) // _SMALL
# In two draws, as of a range above 24 bits hypothesis mostly takes the small numbers: then nobody
# ever earned anything.
CODES = st.builds(
    lambda small, large: small + _SMALL * large,
    st.integers(0, _SMALL - 1),
    st.integers(0, _LARGE - 1),
)


def contract_from(code: int, name: str, as_of: date) -> ClosedContract:
    """The contract that the number stands for."""

    def drawn[T](choices: Sequence[T]) -> T:
        nonlocal code
        code, place = divmod(code, len(choices))
        return choices[place]

    ago = drawn(DAYS_AGO)
    return ClosedContract(
        title=name,
        closed_on=None if ago == -20 else as_of - timedelta(days=ago),
        rating=drawn(RATINGS),
        key=name,
        earned=drawn(EARNED),
        months_paid=drawn(PAID),
        client=drawn(CLIENTS),
        weight=drawn(WEIGHTS),
        is_long_term=drawn([False, True]),
        client_flagged=drawn(YES),
        feedback_removed=drawn(YES),
    )


def contracts_from(codes: Sequence[int], as_of: date) -> list[ClosedContract]:
    return [contract_from(code, f"c{number}", as_of) for number, code in enumerate(codes)]


type Practice = tuple[list[ClosedContract], date]


def practices(most: int = 12) -> st.SearchStrategy[Practice]:
    """A freelancer's contracts and an as-of date near them; some are open, or closed later."""
    return st.tuples(st.lists(CODES, max_size=most), AS_OFS).map(
        lambda drawn: (contracts_from(*drawn), drawn[1])
    )


NAMED_RULES = [
    with_options(rules, refined=refined, share=share)
    for rules in BUILT_IN.values()
    for refined in (False, True)
    for share in (False, True)
]

_FRACTIONS = [Fraction(0), Fraction(1, 10), Fraction(1, 5), Fraction(1, 3), Fraction(3, 4)]


@st.composite
def made_rules(draw: st.DrawFn) -> RuleSet:
    """A rule set that nobody has built in. The shorter window of its trending score, if it has one,
    may be one without a score of its own."""
    windows = draw(st.sets(st.sampled_from([1, 2, 3, 6, 9, 12, 24]), min_size=1, max_size=4))
    trend = draw(st.none() | st.sets(st.sampled_from([1, 3, 5, 6, 12]), min_size=2, max_size=2))
    windows |= {max(trend)} if trend else set()
    refined = RefinedWeights(
        strength=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(7, 3)])),
        long_term=draw(st.sampled_from(_FRACTIONS)),
        is_partly_negative=draw(st.booleans()),
    )
    tiered = TieredWeights(
        tiers=((100, Fraction(1)), (1000, Fraction(9, 8)), (5000, Fraction(2))),
        above=Fraction(3),
        months_a_step=draw(st.integers(1, 4)),
        at_most=draw(st.integers(3, 9)),
        is_partly_negative=draw(st.booleans()),
    )
    return replace(
        CLASSIC,
        name="made up",
        window_months=tuple(sorted(windows)),
        trend_months=None if trend is None else (min(trend), max(trend)),
        positive_from=draw(st.sampled_from([Decimal("4.0"), Decimal("4.5"), Decimal(2), FIVE])),
        tolerated_at_least=draw(st.integers(0, 3)),
        tolerated_share=draw(st.sampled_from([*_FRACTIONS, Fraction(1)])),
        reading=draw(st.sampled_from(Reading)),
        weights=draw(st.sampled_from([None, refined, tiered])),
        counts_no_feedback=draw(st.booleans()),
        counts_unpaid=draw(st.booleans()),
    )


RULES = st.sampled_from(NAMED_RULES) | made_rules()
