"""Rule sets beside official scores, and the conventions that fit them best (J7)."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    BUILT_IN,
    CLASSIC,
    FEWEST_READINGS,
    TRENDING,
    WEIGHTED_2024,
    ClosedContract,
    Convention,
    Fit,
    Fitted,
    FitVerdict,
    Observation,
    RefinedWeights,
    RuleSet,
    SeenScore,
    comparison_of,
    fit_of,
    scores_of,
    with_options,
)

TODAY = date(2026, 11, 21)
RULE_SETS = [
    *BUILT_IN.values(),
    *(with_options(rules, refined=True) for rules in BUILT_IN.values()),
    *(with_options(rules, share=True) for rules in BUILT_IN.values()),
]


def seen_by(
    truth: RuleSet, contracts: Sequence[ClosedContract], days: Sequence[date]
) -> list[Observation]:
    """What Upwork would have shown, were that its rules; nothing on days without a score."""
    scores = ((day, scores_of(contracts, day, rules=truth).shown.score) for day in days)
    return [Observation(SeenScore(day, n), contracts) for day, n in scores if n is not None]


def fortnights(number: int) -> list[date]:
    return [TODAY - timedelta(days=14 * each) for each in range(number)]


def contracts_made(number: int, seed: int = 1) -> list[ClosedContract]:
    """Good ones, bad ones, middling ones and silent ones over four years."""
    made = random.Random(seed)
    ratings = [None, None, *map(Decimal, ("5", "5", "5", "4.7", "4.2", "3.6", "2"))]
    return [
        ClosedContract(
            f"{each}",
            TODAY - timedelta(days=made.randrange(1400)),
            made.choice(ratings),
            earned=Decimal(made.randrange(20, 9000)),
            months_paid=made.randrange(9),
            is_long_term=made.random() < 0.3,
        )
        for each in range(number)
    ]


def fitted(fit: Fit, convention: Convention) -> Fitted:
    return next(each for each in fit.conventions if each.convention == convention)


def value_of(rules: RuleSet, convention: Convention) -> Fraction:
    strength = rules.weights.strength if isinstance(rules.weights, RefinedWeights) else 0
    return {
        Convention.POSITIVE_FROM: Fraction(rules.positive_from),
        Convention.WEIGHT_STRENGTH: Fraction(strength),
        Convention.TOLERATED_AT_LEAST: Fraction(rules.tolerated_at_least),
        Convention.TOLERATED_SHARE: rules.tolerated_share,
    }[convention]


contracts = st.builds(
    ClosedContract,
    title=st.just(""),
    closed_on=st.none() | st.integers(-30, 900).map(lambda ago: TODAY - timedelta(days=ago)),
    rating=st.sampled_from([None, None, *map(Decimal, ("5", "5", "4.70", "4.00", "3.5", "1"))]),
    client_flagged=st.sampled_from([False] * 9 + [True]),
    feedback_removed=st.sampled_from([False] * 9 + [True]),
    earned=st.sampled_from([None, *map(Decimal, ("0", "75", "600", "10000"))]),
    months_paid=st.integers(0, 9),
    is_long_term=st.booleans(),
)
histories = st.lists(contracts, max_size=25)
days = st.lists(
    st.integers(0, 500).map(lambda ago: TODAY - timedelta(days=ago)),
    min_size=1,
    max_size=8,
    unique=True,
)


def observed(draw: st.DataObject, at_least: int = 1) -> list[Observation]:
    """Readings that need not fit anything, of one or two freelancers."""
    found = []
    for whose in draw.draw(st.sampled_from(["a", "ab"])):
        history = draw.draw(histories)
        found += [
            Observation(SeenScore(day, draw.draw(st.integers(0, 100))), history, whose)
            for day in draw.draw(days)
        ]
    return found


@given(st.data(), st.sampled_from(RULE_SETS))
@settings(max_examples=150, deadline=None)
def test_what_is_compared_is_the_score_that_is_shown(data: st.DataObject, rules: RuleSet) -> None:
    observations = observed(data)
    comparison = comparison_of(observations, rules=rules)
    for row, observation in zip(comparison.rows, observations, strict=True):
        shown = scores_of(observation.contracts, observation.seen.day, rules=rules).shown
        assert row.observation is observation
        assert row.exact == shown.exact
        assert row.score == shown.score


def test_the_misses_are_told_in_whole_points() -> None:
    history = [ClosedContract("", date(2026, 10, 1), Decimal(5)) for _ in range(7)]
    history.append(ClosedContract("", date(2026, 10, 1), Decimal(1)))  # J1: 75 %
    readings = [(date(2026, 10, 9), 75), (date(2026, 11, 1), 78), (date(2026, 11, 9), 71)]
    readings.append((date(2026, 9, 1), 90))
    comparison = comparison_of([Observation(SeenScore(*each), history) for each in readings])
    assert [row.off for row in comparison.rows] == [0, -3, 4, None]
    assert comparison.root_mean_square == pytest.approx((25 / 3) ** 0.5)
    assert comparison.worst == 4
    assert comparison.agreeing == 1
    assert [each.seen.day for each in comparison.without_score] == [date(2026, 9, 1)]


def test_without_readings_there_is_nothing_to_tell() -> None:
    comparison = comparison_of([])
    assert (comparison.root_mean_square, comparison.worst) == (None, None)
    assert fit_of([]).verdict == FitVerdict.TOO_FEW


truths = st.builds(
    lambda base, cut_off, at_least, share: replace(
        base, positive_from=cut_off, tolerated_at_least=at_least, tolerated_share=share
    ),
    st.sampled_from([CLASSIC, TRENDING, *(with_options(CLASSIC, share=True),)]),
    st.integers(300, 500).map(lambda hundredths: Decimal(hundredths) / 100),
    st.integers(0, 4),
    st.integers(0, 10).map(lambda steps: Fraction(steps, 20)),
)


def is_within(fit: Fit, truth: RuleSet) -> bool:
    return all(
        each.lowest <= value_of(truth, each.convention) <= each.highest for each in fit.conventions
    )


@given(histories, days, truths)
@settings(max_examples=60, deadline=None)
def test_readings_of_a_known_rule_set_are_met_and_it_lies_within_the_ranges(
    history: list[ClosedContract], days: list[date], truth: RuleSet
) -> None:
    base = replace(
        truth,
        positive_from=CLASSIC.positive_from,
        tolerated_at_least=CLASSIC.tolerated_at_least,
        tolerated_share=CLASSIC.tolerated_share,
    )
    fit = fit_of(seen_by(truth, history, days), base)
    if fit.is_offered:
        assert fit.after.root_mean_square == 0
    if fit.conventions:
        assert is_within(fit, truth)


@given(histories, days, st.integers(1, 6), st.sampled_from(["3.50", "4.0", "4.75"]))
@settings(max_examples=40, deadline=None)
def test_j11_so_is_the_strength_of_its_weights(
    history: list[ClosedContract], days: list[date], quarters: int, cut_off: str
) -> None:
    weights = RefinedWeights(strength=Fraction(quarters, 4))
    truth = replace(CLASSIC, weights=weights, positive_from=Decimal(cut_off))
    fit = fit_of(seen_by(truth, history, days))
    if fit.is_offered:
        assert fit.after.root_mean_square is not None
        assert fit.after.root_mean_square < 0.5
    if fit.conventions:
        assert is_within(fit, truth)


@given(st.data(), st.sampled_from(list(BUILT_IN.values())))
@settings(max_examples=60, deadline=None)
def test_a_fit_is_never_worse_than_its_base_and_keeps_within_bounds(
    data: st.DataObject, base: RuleSet
) -> None:
    fit = fit_of(observed(data), base)
    assert (fit.after.root_mean_square or 0) <= (fit.before.root_mean_square or 0)
    assert 3 <= fit.rules.positive_from <= 5
    assert 0 <= fit.rules.tolerated_at_least <= 4
    assert 0 <= fit.rules.tolerated_share <= Fraction(1, 2)
    assert fit.rules.window_months == base.window_months
    for each in fit.conventions:
        assert each.lowest <= each.after <= each.highest
        assert (
            each.convention == Convention.WEIGHT_STRENGTH
            or not fit.is_offered
            or (value_of(fit.rules, each.convention) == each.after)
        )
    # What it says of the fit is what the rule set computes.
    if fit.is_offered:
        again = comparison_of([row.observation for row in fit.after.rows], rules=fit.rules)
        assert again.offs == fit.after.offs


@given(st.data(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_readings_does_not_matter(
    data: st.DataObject, shuffled: random.Random
) -> None:
    observations = observed(data)
    fit = fit_of(observations)
    shuffled.shuffle(observations)
    other = fit_of(observations)
    assert (fit.rules, fit.conventions, fit.verdict) == (
        other.rules,
        other.conventions,
        other.verdict,
    )


def test_j2_a_stricter_cut_off_is_found_as_a_range() -> None:
    truth = replace(CLASSIC, positive_from=Decimal("4.5"))
    fit = fit_of(seen_by(truth, contracts_made(120), fortnights(12)))
    cut_off = fitted(fit, Convention.POSITIVE_FROM)
    assert fit.verdict == FitVerdict.FITS
    assert (float(cut_off.lowest), float(cut_off.highest)) == (4.21, 4.7)
    assert fit.rules.positive_from == Decimal("4.25")  # of those tried the nearest to 4.0
    assert fit.rules.name == "own"
    assert [each.convention for each in fit.conventions if each.has_changed] == [
        Convention.POSITIVE_FROM
    ]


def test_j3_a_smaller_allowance_is_found() -> None:
    truth = replace(CLASSIC, tolerated_at_least=0, tolerated_share=Fraction(1, 20))
    fit = fit_of(seen_by(truth, contracts_made(120), fortnights(12)))
    assert fit.rules.tolerated_share == Fraction(1, 20)
    assert fit.after.root_mean_square == 0


def test_j11_the_strength_of_weights_is_found() -> None:
    truth = replace(CLASSIC, weights=RefinedWeights(strength=Fraction(3, 4)))
    fit = fit_of(seen_by(truth, contracts_made(120), fortnights(20)))
    assert fit.rules.weights == RefinedWeights(strength=Fraction(3, 4))
    assert (fit.after.root_mean_square or 0) < 0.5


def test_what_agrees_already_is_left_as_it_is() -> None:
    fit = fit_of(seen_by(CLASSIC, contracts_made(80), fortnights(8)))
    assert fit.verdict == FitVerdict.NO_BETTER
    assert fit.rules is CLASSIC
    assert not fit.is_offered
    assert not any(each.has_changed for each in fit.conventions)


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        (FEWEST_READINGS - 1, FitVerdict.TOO_FEW),
        (FEWEST_READINGS, FitVerdict.NOT_SURE),
        (4, FitVerdict.NOT_SURE),
        (8, FitVerdict.FITS),
    ],
)
def test_how_sure_it_is_depends_on_how_many_readings_there_are(
    number: int, verdict: FitVerdict
) -> None:
    truth = replace(CLASSIC, positive_from=Decimal("4.5"))
    assert fit_of(seen_by(truth, contracts_made(120), fortnights(number))).verdict == verdict


def test_readings_that_leave_a_changed_convention_wide_are_not_sure() -> None:
    """Every allowance up to 4 contracts short of the silent ones comes to the same."""
    history = [ClosedContract("", date(2026, 10, 1), Decimal(5)) for _ in range(5)]
    history += [ClosedContract("", date(2026, 10, 1)) for _ in range(5)]
    history += [ClosedContract("", date(2026, 10, 1), Decimal("4.1")) for _ in range(1)]
    readings = [Observation(SeenScore(day, 100), history) for day in fortnights(3)]
    fit = fit_of([*readings, *readings, *readings])
    assert fit.readings == 9
    assert fit.verdict in {FitVerdict.FITS, FitVerdict.NOT_SURE}
    unsettled = [each for each in fit.conventions if each.has_changed and each.is_wide]
    assert (fit.verdict == FitVerdict.NOT_SURE) == bool(unsettled)


def test_readings_before_the_first_contract_take_no_part() -> None:
    history = contracts_made(40)
    first = min(each.closed_on for each in history if each.closed_on)
    before = Observation(SeenScore(first - timedelta(days=1), 90), history)
    readings = seen_by(CLASSIC, history, fortnights(5))
    fit = fit_of([*readings, before])
    assert fit.readings == len(readings)
    assert fit.before.without_score == (before,)
    assert fit.verdict == FitVerdict.NO_BETTER


def test_a_rating_that_was_another_on_the_day_counts_as_it_was() -> None:
    """J9: the contracts of each reading are those known on its day."""
    good = [ClosedContract("", date(2026, 9, 1), Decimal(5), key=f"{n}") for n in range(7)]
    then = [*good, ClosedContract("", date(2026, 9, 1), Decimal(1), key="changed")]
    now = [*good, replace(then[-1], rating=Decimal(5))]
    readings = [
        Observation(SeenScore(date(2026, 10, 1), 75), then),
        Observation(SeenScore(date(2026, 11, 1), 100), now),
    ]
    assert comparison_of(readings).offs == (0, 0)


def test_of_several_freelancers_each_is_compared_with_his_or_her_own_contracts() -> None:
    one, other = contracts_made(60, seed=2), contracts_made(60, seed=3)
    truth = replace(CLASSIC, positive_from=Decimal("4.5"))
    readings = [
        replace(each, whose=whose)
        for whose, history in (("b", one), ("a", other))
        for each in seen_by(truth, history, fortnights(6))
    ]
    fit = fit_of(readings)
    assert fit.after.offs == (0,) * 12
    assert fitted(fit, Convention.POSITIVE_FROM).has_changed


def test_an_unpaid_contract_counts_only_once_it_is_negative() -> None:
    """J17 (b): the cut-off decides whether it is; so its rating is among those tried."""
    history = [
        ClosedContract("", date(2026, 10, 1), Decimal(5), earned=Decimal(500)) for _ in range(7)
    ]
    history.append(ClosedContract("", date(2026, 10, 1), Decimal("4.2"), earned=Decimal(0)))
    truth = replace(WEIGHTED_2024, positive_from=Decimal("4.5"))
    fit = fit_of(seen_by(truth, history, fortnights(3)), WEIGHTED_2024)
    assert fit.after.root_mean_square == 0
    assert fit.rules.positive_from == Decimal("4.25")


def test_a_base_out_of_bounds_is_refused() -> None:
    readings = seen_by(CLASSIC, contracts_made(40), fortnights(4))
    with pytest.raises(ValueError, match="3 to 5 stars"):
        fit_of(readings, replace(CLASSIC, positive_from=Decimal(2)))


def test_sixty_readings_of_five_hundred_contracts_take_less_than_three_seconds() -> None:
    made = random.Random(5)
    history = [
        replace(each, rating=each.rating and Decimal(made.randrange(100, 501)) / 100)
        for each in contracts_made(500)
    ]
    readings = seen_by(replace(TRENDING, tolerated_at_least=0), history, fortnights(60))
    began = time.process_time()
    fit_of(readings, TRENDING)
    assert time.process_time() - began < 3


def test_of_equal_fits_the_nearest_to_the_base_is_taken() -> None:
    """Every cut-off up to 3.5 makes the only bad outcome a good one."""
    history = [ClosedContract("", date(2026, 10, 1), Decimal(5)) for _ in range(7)]
    history.append(ClosedContract("", date(2026, 10, 1), Decimal("3.5")))
    fit = fit_of([Observation(SeenScore(day, 100), history) for day in fortnights(3)])
    cut_off = fitted(fit, Convention.POSITIVE_FROM)
    assert (cut_off.after, cut_off.lowest, cut_off.highest) == (
        Fraction(7, 2),
        Fraction(3),
        Fraction(7, 2),
    )


def test_j11_half_a_unit_is_rounded_as_for_a_single_score() -> None:
    """3.5 stars lose a sixth of the weight, and 3 or 9 units over 6 end in a half."""
    rules = with_options(CLASSIC, refined=True)
    for units in (3, 9):
        weight = Fraction(units, rules.scale)
        bad = ClosedContract("", date(2026, 10, 1), Decimal("3.5"), weight=weight)
        history = [bad, ClosedContract("", date(2026, 10, 1), Decimal(5), weight=weight)]
        (row,) = comparison_of([Observation(SeenScore(TODAY, 90), history)], rules=rules).rows
        assert row.exact == scores_of(history, TODAY, rules=rules).shown.exact
