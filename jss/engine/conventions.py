"""The conventions that may be fitted to readings, and the values that are tried (J2, J3, J11).

What no source says is free within sane bounds: from which rating an outcome is positive, how much
missing feedback costs nothing, and how strongly money and time weigh.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jss.engine.contracts import ClosedContract
from jss.engine.rules import RuleSet
from jss.engine.weights import RefinedWeights

LOWEST_CUT_OFF, HIGHEST_CUT_OFF = Decimal(3), Decimal(5)
QUARTERS = tuple(Decimal(quarters) / 4 for quarters in range(12, 21))
MOST_RATINGS = 16
"""Of more ratings than these, as many evenly spread over them are tried as cut-offs."""
HUNDREDTH = Decimal("0.01")
"""Ratings are told to a hundredth of a star."""

AT_LEAST = tuple(range(5))
SHARES = tuple(Fraction(per_cent, 100) for per_cent in range(0, 51, 5))
STRENGTHS = tuple(Fraction(quarters, 4) for quarters in range(7))
"""0 leaves the weights of the rule set that is started from, or none where it has none."""


class Convention(StrEnum):
    """What may be fitted, in the order of the grid."""

    POSITIVE_FROM = "positive_from"
    WEIGHT_STRENGTH = "weight_strength"
    TOLERATED_AT_LEAST = "tolerated_at_least"
    TOLERATED_SHARE = "tolerated_share"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a convention, with those that it stands for."""

    tried: Fraction
    lowest: Fraction
    highest: Fraction


@dataclass(frozen=True, slots=True)
class Grid:
    """Every combination that is tried: the values of each convention, lowest first."""

    values: dict[Convention, tuple[Value, ...]]
    base: dict[Convention, int]
    """Where the base's own value stands."""

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(self.values[convention]) for convention in Convention)


def grid_of(contracts: Iterable[ClosedContract], base: RuleSet) -> Grid:
    """The values to try for those contracts; the base's own are always among them.

    Raises ValueError for a base whose cut-off lies out of bounds.
    """
    if not LOWEST_CUT_OFF <= base.positive_from <= HIGHEST_CUT_OFF:
        raise ValueError(f"A cut-off is fitted from {LOWEST_CUT_OFF} to {HIGHEST_CUT_OFF} stars.")
    values = {
        Convention.POSITIVE_FROM: cut_offs(contracts, base),
        Convention.WEIGHT_STRENGTH: tuple(_point(strength) for strength in STRENGTHS),
        Convention.TOLERATED_AT_LEAST: tuple(
            _point(Fraction(number)) for number in sorted({*AT_LEAST, base.tolerated_at_least})
        ),
        Convention.TOLERATED_SHARE: tuple(
            _point(share) for share in sorted({*SHARES, base.tolerated_share})
        ),
    }
    at_base = {
        convention: [value.tried for value in values[convention]].index(value_in(base, convention))
        for convention in Convention
    }
    return Grid(values, at_base)


def value_in(rules: RuleSet, convention: Convention) -> Fraction:
    """A rule set's own value; whatever weights it has are its own, so their strength is 0."""
    match convention:
        case Convention.POSITIVE_FROM:
            return Fraction(rules.positive_from)
        case Convention.TOLERATED_AT_LEAST:
            return Fraction(rules.tolerated_at_least)
        case Convention.TOLERATED_SHARE:
            return rules.tolerated_share
    return Fraction(0)


def with_cut_off(rules: RuleSet, cut_off: Fraction) -> RuleSet:
    """The rules with outcomes positive from that rating on (J2)."""
    return replace(rules, positive_from=_decimal(cut_off))


def with_strength(rules: RuleSet, strength: Fraction) -> RuleSet:
    """The rules with J11's weights that strong; with their own for a strength of 0."""
    return replace(rules, weights=RefinedWeights(strength=strength)) if strength else rules


def with_allowance(rules: RuleSet, at_least: Fraction, share: Fraction) -> RuleSet:
    """The rules with so much missing feedback at no cost (J3)."""
    return replace(rules, tolerated_at_least=int(at_least), tolerated_share=share)


def cut_offs(contracts: Iterable[ClosedContract], base: RuleSet) -> tuple[Value, ...]:
    """The cut-offs to try, lowest first: every rating that occurs, every quarter of a star and the
    base's own; each stands for all from just above the one before.

    Between two ratings next to each other every cut-off splits the contracts alike; where outcomes
    are weighed, it says besides how negative the lower ones are (J11). Hence the quarters.
    """
    ratings = {
        contract.rating
        for contract in contracts
        if contract.rating and not contract.client_flagged and not contract.feedback_removed
    }
    inner = {rating for rating in ratings if LOWEST_CUT_OFF <= rating <= HIGHEST_CUT_OFF}
    tops = {*_thinned(sorted(inner)), *QUARTERS, base.positive_from}
    found, lowest = [], LOWEST_CUT_OFF
    for top in sorted(tops):
        # A rating that is told more finely than to a hundredth may follow closer than that.
        found.append(Value(Fraction(top), Fraction(min(lowest, top)), Fraction(top)))
        lowest = top + HUNDREDTH
    return tuple(found)


def _thinned(ratings: Sequence[Decimal]) -> list[Decimal]:
    if len(ratings) <= MOST_RATINGS:
        return list(ratings)
    last = len(ratings) - 1
    return [ratings[round(last * step / (MOST_RATINGS - 1))] for step in range(MOST_RATINGS)]


def _point(value: Fraction) -> Value:
    return Value(value, value, value)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
