"""Any rule set against the plain way: what lifts a score, by how much, and the cheapest plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    EFFORTS,
    Bounds,
    ClosedContract,
    Lever,
    LeverKind,
    RuleSet,
    Scenario,
    cheapest_plan,
    leaves_on,
    levers_of,
    outlook_of,
    positives_needed,
    reachable_on,
    reversals_of,
    roadmap_of,
    scenario_apply,
    scores_of,
    what_if_of,
)
from tests.jss import plain_rules as plain
from tests.jss.rule_strategies import (
    CODES,
    NAMED_RULES,
    OWN_TREND,
    RULES,
    Practice,
    contract_from,
    examples,
    has_own_trend,
    practices,
)

TARGETS = st.integers(1, 96) | st.sampled_from([80, 90, Fraction(100, 3), Fraction(899, 10)])


# ── New contracts and reversals ──────────────────────────────────────────────────────────────────


@given(practices(most=10), RULES, TARGETS)
@examples(120)
def test_j8_closing_one_good_contract_after_another(
    practice: Practice, rules: RuleSet, target: int | Fraction
) -> None:
    contracts, as_of = practice
    expected = plain.positives_needed(contracts, as_of, Fraction(target) / 100, rules)
    assert positives_needed(contracts, as_of, target, rules=rules) == expected


@given(practices(most=6), OWN_TREND)
@examples(60)
def test_j8_all_of_a_hundred_per_cent_or_nothing(practice: Practice, rules: RuleSet) -> None:
    contracts, as_of = practice
    # Six contracts without feedback are tolerated from sixty on at the latest.
    expected = plain.positives_needed(contracts, as_of, Fraction(1), rules, most=70)
    assert positives_needed(contracts, as_of, 100, rules=rules) == expected


@given(practices(most=5), OWN_TREND, st.sampled_from([50, 100]))
@examples(25)
def test_j8_the_first_day_on_which_a_target_can_be_reached(
    practice: Practice, rules: RuleSet, target: int
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    made = reachable_on(contracts, as_of, target, rules=rules)
    most = 70 if target == 100 else 5_000
    ratio = Fraction(target, 100)
    assert plain.positives_needed(known, made, ratio, rules, most) is not None
    if made > as_of:
        before = made - timedelta(days=1)
        assert plain.positives_needed(known, before, ratio, rules, most) is None


@given(practices(most=12), RULES)
@examples(60)
def test_j9_each_reversal_is_the_score_with_that_contract_rated_five_stars(
    practice: Practice, rules: RuleSet
) -> None:
    contracts, as_of = practice
    longest = plain.months_of(rules)[-1]
    negative = [
        each
        for each in contracts
        if plain.outcome(each, rules) == "-" and plain.is_held(each, as_of, longest)
    ]
    made = reversals_of(contracts, as_of, rules=rules)
    expected = sorted(negative, key=lambda each: each.closed_on or date.max)
    assert [reversal.contract for reversal in made] == expected
    for reversal in made:
        better = [
            plain.with_five_stars(each) if each is reversal.contract else each for each in contracts
        ]
        assert reversal.before == scores_of(contracts, as_of, rules=rules)
        assert reversal.after == scores_of(better, as_of, rules=rules)
        exact = plain.lines(better, as_of, rules)
        assert {line.months: line.exact for line in reversal.after.lines} == exact
        reached = plain.highest(exact)
        if reached is not None and (reached < 1 or has_own_trend(rules)):
            most = 5_000 if reached < 1 else 130
            worth = plain.positives_needed(contracts, as_of, reached, rules, most)
            assert reversal.worth == worth


# ── Levers ───────────────────────────────────────────────────────────────────────────────────────


def pulled(contracts: Sequence[ClosedContract], as_of: date, lever: Lever) -> list[ClosedContract]:
    """The contracts after it."""
    named = {each.key for each in lever.contracts}
    removes = lever.kind is LeverKind.REMOVE
    changed = [
        each
        if each.key not in named
        else replace(each, feedback_removed=True)
        if removes
        else plain.with_five_stars(each)
        for each in contracts
    ]
    return changed + [plain.five_stars(as_of)] * lever.earned


def year(contracts: Sequence[ClosedContract], as_of: date, rules: RuleSet) -> list[Fraction | None]:
    days = plain.walk(contracts, as_of, as_of + timedelta(days=364), rules)
    return [plain.highest(exact) for _, exact in days]


@given(practices(most=7), RULES, st.booleans(), st.sampled_from([50, 90, 100]))
@examples(25)
def test_j8_to_j10_j13_j15_each_gain_is_the_one_found_day_by_day(
    practice: Practice, rules: RuleSet, may_remove: bool, target: int
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    alone = year(known, as_of, rules)
    levers = levers_of(contracts, as_of, target, may_remove=may_remove, rules=rules)
    assert levers.before == scores_of(contracts, as_of, rules=rules).shown
    for lever in levers.ranking:
        with_it = year(pulled(known, as_of, lever), as_of, rules)
        assert lever.after.exact == with_it[0]
        was, would_be = alone[0], with_it[0]
        if was is None or would_be is None:
            assert lever.gain_today is None
        else:
            assert lever.gain_today == 100 * (would_be - was)
        gained = [
            (better or Fraction(0)) - before
            for better, before in zip(with_it, alone, strict=True)
            if before is not None
        ]
        assert lever.gain_over_year == sum(gained, Fraction(0)) * 100 / 365
        assert lever.gain_over_year == 0 or lever.kind is not LeverKind.WAIT
    worth = [(each.gain_per_effort, each.gain_today or Fraction(0)) for each in levers.ranking]
    assert worth == sorted(worth, reverse=True)


@given(practices(most=16), RULES, st.booleans())
@examples(40)
def test_j9_j13_j15_which_contracts_have_a_lever(
    practice: Practice, rules: RuleSet, may_remove: bool
) -> None:
    contracts, as_of = practice
    levers = levers_of(contracts, as_of, 90, may_remove=may_remove, rules=rules).ranking
    named = {
        kind: sorted(each.contracts[0].key for each in levers if each.kind is kind and one(each))
        for kind in LeverKind
    }
    longest = plain.months_of(rules)[-1]
    held = [each for each in contracts if plain.is_held(each, as_of, longest)]
    negative = sorted(each.key for each in held if plain.outcome(each, rules) == "-")
    assert named[LeverKind.OWN_UP] == negative
    removable = negative if may_remove and rules.removal else []
    assert named[LeverKind.REMOVE] == removable
    silent = [each for each in held if each.rating is None]
    if rules.counts_no_feedback:
        asked = [each for each in silent if counts_silently(each, contracts, as_of, rules)]
    else:
        asked = [each for each in silent if plain.outcome(plain.with_five_stars(each), rules)]
    assert named[LeverKind.ASK_FOR_FEEDBACK] == sorted(each.key for each in asked)
    groups = [set(each.contracts) for each in levers if len(each.contracts) > 1]
    assert groups == ([set(asked)] if len(asked) > 1 else [])


def one(lever: Lever) -> bool:
    return len(lever.contracts) == 1


def counts_silently(
    contract: ClosedContract, contracts: Sequence[ClosedContract], as_of: date, rules: RuleSet
) -> bool:
    """J3: whether it is among those that a window doesn't tolerate."""
    for months in plain.months_of(rules):
        silent = [
            (each.closed_on, place, each.key)
            for place, each in enumerate(contracts)
            if plain.is_held(each, as_of, months) and plain.outcome(each, rules) == "0"
        ]
        free = plain.window(contracts, as_of, months, rules).tolerated
        if contract.key in [key for *_, key in sorted(silent)[free:]]:
            return True
    return False


# ── The cheapest plan ────────────────────────────────────────────────────────────────────────────


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
    everything = every_plan(known, by, Bounds(earn=new), rules)
    reaching = [effort for effort, each in everything if each and each * 100 >= target]
    if not least:
        return
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
    # A contract that weighs less than a new one is none that the rule sets make.
    least = rules.trend_months is None or rules.weights is None
    check_plan(practice, rules, days, target, new, least=least)


@given(practices(most=7), st.sampled_from([each for each in NAMED_RULES if each.weights]), *PLANS)
@examples(40)
def test_a_plan_by_weights_does_what_it_says(
    practice: Practice, rules: RuleSet, days: int, target: int, new: int
) -> None:
    check_plan(practice, rules, days, target, new, least=False)


# ── What if ──────────────────────────────────────────────────────────────────────────────────────


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[list[ClosedContract], Scenario]:
    contracts, as_of = draw(practices(most=8))
    few = st.integers(0, 3)
    wishes = {each.key: draw(st.sampled_from(["", "", "+", "-", "out"])) for each in contracts}
    of_wish = {
        wish: frozenset(key for key, wished in wishes.items() if wished == wish)
        for wish in ("+", "-", "out")
    }
    weights = {
        each.key: draw(st.fractions(Fraction(1, 100), Fraction(20), max_denominator=100))
        for each in contracts
        if draw(st.booleans())
    }
    return contracts, Scenario(
        as_of=as_of,
        good=draw(few),
        bad=draw(few),
        silent=draw(few),
        monthly=draw(st.integers(0, 2)),
        months=draw(few),
        positive=of_wish["+"],
        negative=of_wish["-"],
        removed=of_wish["out"],
        weights=weights,
    )


def by_hand(contracts: Sequence[ClosedContract], scenario: Scenario) -> list[ClosedContract]:
    rows = []
    for each in contracts:
        if each.key in scenario.removed:
            continue
        weight = scenario.weights.get(each.key, each.weight)
        rating = each.rating
        if each.key in scenario.positive:
            rating = plain.FIVE
        if each.key in scenario.negative:
            rating = plain.FIVE - 4
        rows.append(replace(each, weight=weight, rating=rating))
    for number, rating in (
        (scenario.good, plain.FIVE),
        (scenario.bad, plain.FIVE - 4),
        (scenario.silent, None),
    ):
        rows += [ClosedContract("", scenario.as_of, rating)] * number
    return rows


@given(scenarios(), RULES, st.integers(1, 100))
@examples(50)
def test_j11_j17_a_scenario_is_the_contracts_written_down_anew(
    supposed: tuple[list[ClosedContract], Scenario], rules: RuleSet, target: int
) -> None:
    contracts, scenario = supposed
    rows, as_of = by_hand(contracts, scenario), scenario.as_of
    assert list(scenario_apply(contracts, scenario)) == rows
    made = what_if_of(contracts, scenario, target, rules=rules)
    until = leaves_on(as_of, plain.months_of(rules)[-1])
    for answer, of, assumed in (
        (made.before, contracts, ()),
        (made.after, rows, scenario.assumed),
    ):
        assert answer.scores == scores_of(of, as_of, rules=rules)
        assert answer.scores.shown.exact == plain.shown(of, as_of, rules)
        assert answer.roadmap == roadmap_of(of, as_of, assumed=assumed, until=until, rules=rules)
        assert answer.outlook == outlook_of(
            of, as_of, target, assumed=assumed, until=until, rules=rules
        )


@given(practices(most=10), CODES, st.sampled_from(NAMED_RULES))
@examples(30)
def test_what_is_left_out_may_as_well_never_have_been(
    practice: Practice, code: int, rules: RuleSet
) -> None:
    contracts, as_of = practice
    extra = contract_from(code, "extra", as_of)
    scenario = Scenario(as_of=as_of, removed=frozenset({"extra"}))
    middle = len(contracts) // 2
    with_it = [*contracts[:middle], extra, *contracts[middle:]]
    made = what_if_of(with_it, scenario, 90, rules=rules)
    assert made.after.scores == scores_of(contracts, as_of, rules=rules)
    assert made.after.contracts == tuple(contracts)
