"""Any rule set against the plain way: no plan takes less effort."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    EFFORTS,
    Bounds,
    ClosedContract,
    RuleSet,
    cheapest_plan,
)
from tests.jss import plain_rules as plain
from tests.jss.rule_strategies import (
    NAMED_RULES,
    OWN_TREND,
    Practice,
    examples,
    practices,
)


def every_plan(
    contracts: Sequence[ClosedContract], by: date, bounds: Bounds, rules: RuleSet
) -> list[tuple[int, Fraction | None]]:
    """Effort and exact score of every set of contracts turned, with every number of new ones."""
    held = [
        place
        for place, each in enumerate(contracts)
        if plain.is_held(each, by, plain.months_of(rules)[-1])
        and not each.client_flagged
        and not each.feedback_removed
    ]
    silent = [place for place in held if contracts[place].rating is None]
    negative = [place for place in held if plain.outcome(contracts[place], rules) == "-"]
    plans = []
    for asked, owned in product(subsets(silent), subsets(negative)):
        changed = [
            plain.with_five_stars(each) if place in {*asked, *owned} else each
            for place, each in enumerate(contracts)
        ]
        for new in range(bounds.earn + 1):
            effort = EFFORTS.total(ask_for_feedback=len(asked), own_up=len(owned), earn=new)
            exact = plain.shown(changed + [plain.five_stars(by)] * new, by, rules)
            plans.append((effort, exact))
    return plans


def subsets(rows: list[int]) -> list[tuple[int, ...]]:
    return [chosen for size in range(len(rows) + 1) for chosen in combinations(rows, size)]


def check_plan(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int, *, least: bool
) -> None:
    contracts, as_of = practice
    by = as_of + timedelta(days=days)
    plan = cheapest_plan(contracts, as_of, by, target, bounds=Bounds(earn=new), rules=rules)
    known = plain.known_at(contracts, as_of)
    turned = {each.key for each in (*plan.ask_for_feedback, *plan.own_up)}
    assert len(turned) == len(plan.ask_for_feedback) + len(plan.own_up)
    done = [plain.with_five_stars(each) if each.key in turned else each for each in known]
    exact = plain.shown(done + [plain.five_stars(by)] * plan.earn, by, rules)
    assert plan.after.shown.exact == exact
    assert plan.waiting.shown.exact == plain.shown(known, by, rules)
    assert plan.reaches == (exact is not None and exact * 100 >= target)
    assert plan.effort == EFFORTS.total(
        ask_for_feedback=len(plan.ask_for_feedback), own_up=len(plan.own_up), earn=plan.earn
    )
    if not least:
        return
    everything = every_plan(known, by, Bounds(earn=new), rules)
    reaching = [effort for effort, each in everything if each and each * 100 >= target]
    assert plan.reaches == bool(reaching)
    if not reaching:
        best = max((each for _, each in everything if each is not None), default=None)
        assert exact == best
        reaching = [effort for effort, each in everything if each == best]
    assert plan.effort == min(reaching)


PLANS = (st.integers(0, 200), st.sampled_from([50, 80, 90, 100]), st.integers(0, 3))


@given(practices(most=6), OWN_TREND.filter(lambda rules: rules.counts_unpaid), *PLANS)
@examples(50)
def test_no_plan_takes_less(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int
) -> None:
    """Where outcomes are weighed the trending score may have a cheaper one: there it only has to do
    what it says."""
    least = rules.trend_months is None or rules.weights is None
    check_plan(practice, rules, days, target, new, least=least)


@given(practices(most=7), st.sampled_from([each for each in NAMED_RULES if each.weights]), *PLANS)
@examples(40)
def test_a_plan_by_weights_does_what_it_says(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int
) -> None:
    check_plan(practice, rules, days, target, new, least=False)
