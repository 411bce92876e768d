"""Any rule set against the plain way: what lifts a score, by how much, and what if."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    ClosedContract,
    Lever,
    LeverKind,
    RuleSet,
    Scenario,
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
    RULES,
    Practice,
    contract_from,
    examples,
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


@given(practices(most=6), RULES)
@examples(60)
def test_j8_all_of_a_hundred_per_cent_or_nothing(practice: Practice, rules: RuleSet) -> None:
    contracts, as_of = practice
    # Six contracts without feedback are tolerated from sixty on at the latest.
    expected = plain.positives_needed(contracts, as_of, Fraction(1), rules, most=70)
    assert positives_needed(contracts, as_of, 100, rules=rules) == expected


@given(practices(most=5), RULES, st.sampled_from([50, 100]))
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
        if reached is not None:
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
