"""Any rule set against the plain way: the scores, and who counts where."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    NO_SCORE,
    TREND,
    WEIGHTED_2024,
    ClosedContract,
    ContractTable,
    Publication,
    Reason,
    RefinedWeights,
    RuleSet,
    TieredWeights,
    explanations_of,
    first_score_of,
    leaves_on,
    score_table_of,
    scores_of,
)
from tests.jss import plain_rules as plain
from tests.jss.cases import AS_OF
from tests.jss.rule_strategies import RULES, Practice, examples, practices

# ── On one day ───────────────────────────────────────────────────────────────────────────────────


@given(practices(most=25), RULES)
@examples(150)
def test_j1_to_j4_j11_j17_every_figure_of_every_score(practice: Practice, rules: RuleSet) -> None:
    contracts, as_of = practice
    made = scores_of(contracts, as_of, rules=rules)
    trending = [made.trend.recent, made.trend.longer] if made.trend else []
    for each in [*made.windows, *trending]:
        expected = plain.window(contracts, as_of, each.months, rules)
        assert (each.positive, each.negative) == (expected.positive, expected.negative)
        assert (each.no_feedback, each.no_feedback_tolerated) == (
            expected.silent,
            expected.tolerated,
        )
        assert each.no_feedback_counted == expected.silent - expected.tolerated
        assert each.closed == expected.positive + expected.negative + expected.silent
        assert each.counted == each.closed - expected.tolerated
        assert (each.gained, each.lead, each.weight) == (
            expected.gained,
            expected.lead,
            expected.weight,
        )
        assert each.lost == expected.gained - expected.lead
        assert (each.exact, each.score) == (expected.exact, plain.displayed(expected.exact))
    exact = plain.lines(contracts, as_of, rules)
    assert {line.months: line.exact for line in made.lines} == exact
    assert {line.months: line.score for line in made.lines} == {
        line: plain.displayed(each) for line, each in exact.items()
    }
    best = plain.highest(exact)
    assert (made.shown.exact, made.shown.score) == (best, plain.displayed(best))
    assert list(made.shown.months) == [
        line for line, each in exact.items() if best is not None and each == best
    ]


@given(st.lists(practices(most=8), min_size=1, max_size=6), RULES)
@examples(60)
def test_j4_many_freelancers_at_once(many: list[Practice], rules: RuleSet) -> None:
    as_of = many[0][1]
    table = ContractTable.of([contracts for contracts, _ in many], rules)
    made = score_table_of(table, as_of, rules=rules)
    for number, (contracts, _) in enumerate(many):
        assert made.of(number) == scores_of(contracts, as_of, rules=rules)
        exact = plain.lines(contracts, as_of, rules)
        expected = [plain.displayed(exact[line]) for line in rules.lines]
        assert made.score[number].tolist() == [
            NO_SCORE if each is None else each for each in expected
        ]
        best = plain.displayed(plain.highest(exact))
        assert int(made.shown[number]) == (NO_SCORE if best is None else best)


@given(practices(most=14), RULES, st.integers(0, 200))
@examples(40)
def test_j7_a_day_ahead_on_which_nothing_else_was_closed(
    practice: Practice, rules: RuleSet, ahead: int
) -> None:
    contracts, as_of = practice
    day = as_of + timedelta(days=ahead)
    made = scores_of(contracts, day, closed_until=as_of, rules=rules)
    assert made.shown.exact == plain.shown(plain.known_at(contracts, as_of), day, rules)


def expected_reason(
    each: ClosedContract, as_of: date, months: int, rules: RuleSet
) -> Reason | None:
    """Why it is in no window, or what it is to this one; None: without feedback (J3)."""
    if each.closed_on is None:
        return Reason.OPEN
    if each.client_flagged:
        return Reason.CLIENT_FLAGGED
    if each.feedback_removed:
        return Reason.FEEDBACK_REMOVED
    if each.closed_on > as_of:
        return Reason.CLOSED_LATER
    kind = plain.outcome(each, rules)
    if kind == "":
        is_silent = each.rating is None and not rules.counts_no_feedback
        return Reason.NO_FEEDBACK_LEFT_OUT if is_silent else Reason.UNPAID
    if not plain.is_held(each, as_of, months):
        return Reason.OUTSIDE_WINDOW
    return {"+": Reason.POSITIVE, "-": Reason.NEGATIVE}.get(kind)


@given(practices(most=20), RULES)
@examples(80)
def test_j2_j3_j17_what_each_contract_is_to_each_window(practice: Practice, rules: RuleSet) -> None:
    contracts, as_of = practice
    explained = explanations_of(contracts, as_of, rules=rules)
    assert [each.contract for each in explained] == contracts
    for months in plain.months_of(rules):
        free = plain.window(contracts, as_of, months, rules).tolerated
        by_age = sorted(
            range(len(contracts)), key=lambda place: contracts[place].closed_on or date.max
        )
        for place in by_age:
            told = explained[place].in_window(months)
            reason = expected_reason(contracts[place], as_of, months, rules)
            if reason is None:
                reason = Reason.NO_FEEDBACK_TOLERATED if free > 0 else Reason.NO_FEEDBACK_COUNTED
                free -= 1
            assert told.reason == reason
            closed_on = contracts[place].closed_on
            is_in = plain.is_held(contracts[place], as_of, months) and bool(
                plain.outcome(contracts[place], rules)
            )
            assert told.leaves_on == (leaves_on(closed_on, months) if closed_on and is_in else None)
        counted = Counter(each.in_window(months).reason for each in explained)
        made = scores_of(contracts, as_of, rules=rules)
        for window in made.windows:
            if window.months == months:
                assert counted[Reason.POSITIVE] == window.positive
                assert counted[Reason.NEGATIVE] == window.negative
                assert counted[Reason.NO_FEEDBACK_TOLERATED] == window.no_feedback_tolerated
                assert counted[Reason.NO_FEEDBACK_COUNTED] == window.no_feedback_counted


# ── The first score ──────────────────────────────────────────────────────────────────────────────


@given(practices(most=12), RULES, st.integers(1, 6), st.integers(0, 4), st.integers(1, 4))
@examples(80)
def test_j6_j17_the_first_score_takes_contracts_and_clients(
    practice: Practice, rules: RuleSet, possible: int, more: int, clients: int
) -> None:
    contracts, as_of = practice
    rules = replace_publication(rules, possible, possible + more, clients)
    counting = [
        each for each in plain.known_at(contracts, as_of) if plain.outcome(each, rules) != ""
    ]
    different = {each.client or f"of {each.key}" for each in counting}
    if len(different) < clients or len(counting) < possible:
        expected = Publication.NONE
    elif len(counting) < possible + more:
        expected = Publication.POSSIBLE
    else:
        expected = Publication.PUBLISHED
    made = first_score_of(contracts, as_of, rules=rules)
    assert (made.closed, made.clients) == (len(counting), len(different))
    assert made.publication == expected
    assert (made.contracts_left == 0) == (expected == Publication.PUBLISHED)
    # So many more suffice if each has a client of its own, and one fewer doesn't.
    short = max(possible + more - len(counting), clients - len(different))
    assert made.contracts_left == max(0, short)


def replace_publication(rules: RuleSet, possible: int, published: int, clients: int) -> RuleSet:
    return replace(
        rules,
        score_possible_from=possible,
        score_published_from=published,
        clients_from=clients,
    )


# ── What an outcome weighs ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("earned", "paid", "weighs"),
    [
        (None, 0, 1),
        ("0", 0, 1),
        ("1", 2, 1),
        ("250", 0, 1),
        ("250.01", 0, Fraction(5, 4)),
        ("251", 0, Fraction(5, 4)),
        ("1000", 3, Fraction(9, 4)),
        ("1000.01", 5, Fraction(5, 2)),
        ("9000", 18, Fraction(15, 2)),
        ("9000", 20, Fraction(15, 2)),
        ("9000", 21, 8),
        ("1", 24, 8),
        ("9000", 240, 8),
    ],
)
def test_j17_b_weights_by_earnings_and_months_with_a_payment(
    earned: str | None, paid: int, weighs: int | Fraction
) -> None:
    money = None if earned is None else Decimal(earned)
    contract = ClosedContract("a", AS_OF, Decimal(5), earned=money, months_paid=paid)
    assert TieredWeights().units_of(contract) == 1200 * weighs
    (window,) = scores_of([contract], AS_OF, rules=WEIGHTED_2024).windows
    # Without money it doesn't count under this rule set (J17 b).
    assert window.weight == (0 if earned == "0" else weighs)


@pytest.mark.parametrize(
    ("earned", "long_term", "strength", "weighs"),
    [
        (None, False, 1, 1),
        ("0", False, 1, 1),
        ("-50", False, 1, 1),
        ("900", False, 1, 2),
        ("9900", False, 1, 3),
        ("9900", True, 1, Fraction(15, 4)),
        ("0", True, 1, Fraction(5, 4)),
        ("9900", True, 0, 1),
        ("9900", False, Fraction(1, 2), 2),
        ("9900", True, 2, Fraction(15, 2)),
    ],
)
def test_j11_more_money_and_long_term_clients_weigh_more(
    earned: str | None, long_term: bool, strength: int | Fraction, weighs: int | Fraction
) -> None:
    money = None if earned is None else Decimal(earned)
    contract = ClosedContract("a", AS_OF, Decimal(5), earned=money, is_long_term=long_term)
    assert RefinedWeights(strength=Fraction(strength)).units_of(contract) == 1200 * weighs


def test_trend_stands_for_no_months() -> None:
    assert TREND == 0
