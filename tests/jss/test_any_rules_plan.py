"""Any rule set against the plain way: no plan takes less effort."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    EFFORTS,
    TRENDING,
    Bounds,
    ClosedContract,
    RuleSet,
    cheapest_plan,
    with_options,
)
from tests.jss import plain_rules as plain
from tests.jss.cases import AS_OF, closed
from tests.jss.rule_strategies import (
    NAMED_RULES,
    RULES,
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


PLANS = (st.integers(0, 60), st.integers(20, 100), st.integers(0, 2))


def lately(practice: Practice) -> Practice:
    """The contracts of the last five months only, which are all that a plan is about."""
    contracts, as_of = practice
    recent = [
        replace(
            each,
            closed_on=as_of - timedelta(days=(as_of - each.closed_on).days % 150),
            client_flagged=False,
        )
        for each in contracts
        if each.closed_on
    ]
    return recent, as_of


RECENT = practices(most=6).map(lately)


@given(RECENT, RULES.filter(lambda rules: rules.counts_unpaid), *PLANS)
@examples(150)
def test_no_plan_takes_less(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int
) -> None:
    """Where outcomes are weighed the trending score may have a cheaper one: there it only has to do
    what it says."""
    least = rules.trend_months is None or rules.weights is None
    check_plan(practice, rules, days, target, new, least=least)


@given(RECENT, st.sampled_from([each for each in NAMED_RULES if each.weights]), *PLANS)
@examples(60)
def test_a_plan_by_weights_does_what_it_says(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int
) -> None:
    check_plan(practice, rules, days, target, new, least=False)


def test_j17_two_ratings_can_cost_less_than_the_one_new_contract_that_is_enough() -> None:
    """A new contract lifts both windows; two ratings lift only the longer one, and cost less."""
    older, recent = closed("00--00", AS_OF - timedelta(days=120)), closed("+-+", AS_OF)
    contracts = [
        replace(each, key=f"key {number}") for number, each in enumerate([*recent, *older])
    ]
    check_plan((contracts, AS_OF), TRENDING, 0, 17, 1, least=True)


def test_j11_the_heaviest_is_turned_and_not_the_newest() -> None:
    """Ten that weigh 1, a light negative and a heavy one of $9,900, which weighs 3."""
    heavy = ClosedContract(
        "heavy", AS_OF - timedelta(days=9), Decimal(1), key="heavy", earned=Decimal(9900)
    )
    light = ClosedContract("light", AS_OF, Decimal(1), key="light")
    rules = with_options(CLASSIC, refined=True)
    contracts = [light, heavy, *closed("+" * 10)]
    plan = cheapest_plan(contracts, AS_OF, AS_OF, 80, bounds=Bounds(earn=0), rules=rules)
    assert plan.own_up == (heavy,)
    assert plan.reaches
