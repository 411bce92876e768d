"""The rule sets that are built in, and how one is named (J17)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jss.engine.rules import Reading, Removal, RuleSet
from jss.engine.weights import RefinedWeights, TieredWeights

CLASSIC = RuleSet(
    name="classic",
    written_on=date(2026, 11, 21),
    documentation=(
        "Rules J1 to J8, J10 and J12: positive minus negative outcomes over all counted ones, in"
        " windows of 6, 12 and 24 months, the highest of which is shown. Where the sources leave a"
        " gap (what a rating below 4 means, how much missing feedback is a pattern, the edges of a"
        " window) a convention fills it; what changed at Upwork since is in J17."
    ),
    window_months=(6, 12, 24),
    positive_from=Decimal("4.0"),
    tolerated_at_least=2,
    tolerated_share=Fraction(1, 5),
    score_possible_from=5,
    score_published_from=8,
    top_rated_from=90,
    considered_from=80,
    recalculated_every_days=14,
    removal=Removal(),
)

TRENDING = replace(
    CLASSIC,
    name="trending",
    written_on=date(2026, 11, 22),
    documentation=(
        "The classic rules with a fourth score, “trending”: the mean of the 6-month and the 3-month"
        " score, before rounding. There is none while one of the two windows is empty. The highest"
        " of the four is shown (J17 a)."
    ),
    trend_months=(3, 6),
)

WEIGHTED_2024 = replace(
    CLASSIC,
    name="weighted-2024",
    written_on=date(2026, 11, 22),
    documentation=(
        "The last 24 months only, worked out daily. An outcome weighs 1 up to $250, 1.25 up to"
        " $1,000 and 1.5 above, and 1 more for every three months with a payment, at most 8."
        " Contracts without feedback don't count, nor do unpaid ones with a good one. A first score"
        " takes 2 contracts with 2 clients. A feedback can't be removed any more (J17 b, c)."
    ),
    window_months=(24,),
    score_possible_from=2,
    score_published_from=2,
    clients_from=2,
    recalculated_every_days=1,
    weights=TieredWeights(),
    counts_no_feedback=False,
    counts_unpaid=False,
    removal=None,
)

BUILT_IN = {rules.name: rules for rules in (CLASSIC, TRENDING, WEIGHTED_2024)}

REFINED = "refined"
SHARE = "share"
"""Parts of a name that switch J11's weights, and the other reading of J1, on."""


def rule_set_named(name: str, own: Mapping[str, RuleSet] = BUILT_IN) -> RuleSet | None:
    """The rule set of that name, options included, such as `trending+refined`; `own` are those that
    there are without options. None for a name that there isn't."""
    base, *options = name.split("+")
    if base not in own or len(set(options)) < len(options) or set(options) - {REFINED, SHARE}:
        return None
    return with_options(own[base], refined=REFINED in options, share=SHARE in options)


def with_options(rules: RuleSet, *, refined: bool = False, share: bool = False) -> RuleSet:
    """The rule set with J11's weights in place of its own, or read as a share, and so named."""
    name = rules.name
    if refined:
        name = f"{name}+{REFINED}"
        rules = replace(rules, name=name, weights=RefinedWeights())
    if share:
        rules = replace(rules, name=f"{name}+{SHARE}", reading=Reading.SHARE)
    return rules
