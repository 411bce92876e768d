"""What a score means to clients (J12)."""

from enum import StrEnum
from fractions import Fraction

from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet


class Standing(StrEnum):
    """Where a score stands between the two thresholds (J12)."""

    NO_SCORE = "no_score"
    TOP_RATED_TRACK = "top_rated_track"
    """At or above the upper threshold: keep it there."""
    CONSIDERED = "considered"
    HARDLY_CONSIDERED = "hardly_considered"
    """Below the lower threshold: hardly considered for one's main field."""


def standing_of(exact: Fraction | None, *, rules: RuleSet = CLASSIC) -> Standing:
    """Where an exact score (0 to 1) stands: 89.6 % is displayed as 90 and still below it (J12)."""
    if exact is None:
        return Standing.NO_SCORE
    if exact * 100 >= rules.top_rated_from:
        return Standing.TOP_RATED_TRACK
    if exact * 100 >= rules.considered_from:
        return Standing.CONSIDERED
    return Standing.HARDLY_CONSIDERED
