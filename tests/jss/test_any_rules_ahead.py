"""Any rule set against the plain way: the days ahead, and the chart's past."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    ContractTable,
    RoadmapEntry,
    RuleSet,
    histories_of,
    history_of,
    leaves_on,
    ledger,
    outlook_of,
    outlooks_of,
    roadmap_of,
    roadmaps_of,
)
from tests.jss import plain_rules as plain
from tests.jss.rule_strategies import RULES, Practice, examples, practices


def as_plain(entries: tuple[RoadmapEntry, ...]) -> list[plain.PlainStep]:
    return [
        (
            each.date,
            each.months,
            [contract.title for contract in each.left],
            each.score_before,
            each.score_after,
            each.shown_before,
            each.shown_after,
            each.arrived,
        )
        for each in entries
    ]


@given(practices(), RULES)
@examples(120)
def test_j10_j17_the_roadmap_agrees_with_walking_every_day(
    practice: Practice, rules: RuleSet
) -> None:
    contracts, as_of = practice
    made = as_plain(roadmap_of(contracts, as_of, rules=rules))
    assert made == plain.roadmap(contracts, as_of, rules)


@given(practices(most=8), RULES, st.lists(st.integers(1, 120), max_size=4), st.integers(0, 500))
@examples(50)
def test_j10_the_roadmap_with_assumed_contracts_until_a_day(
    practice: Practice, rules: RuleSet, days: list[int], ahead: int
) -> None:
    contracts, as_of = practice
    assumed = [as_of + timedelta(days=each) for each in days]
    made = as_plain(roadmap_of(contracts, as_of, assumed=assumed, rules=rules))
    assert made == plain.roadmap(contracts, as_of, rules, assumed)
    until = as_of + timedelta(days=ahead)
    ended = as_plain(roadmap_of(contracts, as_of, assumed=assumed, until=until, rules=rules))
    assert ended == [step for step in made if step[0] <= until]


@given(st.lists(practices(most=6), min_size=1, max_size=5), RULES, st.integers(1, 3))
@examples(40)
def test_j10_everybodys_days_ahead_are_those_of_each(
    many: list[Practice], rules: RuleSet, block: int
) -> None:
    as_of = many[0][1]
    everybodys = [contract for contracts, _ in many for contract in contracts]
    table = ContractTable.of([contracts for contracts, _ in many], rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "FREELANCERS_AT_A_TIME", block)
        roads = roadmaps_of(table, as_of, rules=rules)
        ahead = outlooks_of(table, as_of, 90, rules=rules)
        until = as_of + timedelta(days=400)
        histories = histories_of(table, as_of, until, as_of=as_of, rules=rules)
    told = [entry for number in range(len(many)) for entry in roads.of(number, everybodys)]
    assert [tuple(everybodys[row] for row in roads.left(entry)) for entry in range(len(roads))] == [
        entry.left for entry in told
    ]
    for number, (contracts, _) in enumerate(many):
        assert roads.of(number, everybodys) == roadmap_of(contracts, as_of, rules=rules)
        assert ahead.of(number) == outlook_of(contracts, as_of, 90, rules=rules)
        assert histories.of(number) == history_of(contracts, as_of, until, as_of=as_of, rules=rules)


@given(practices(), RULES, st.integers(0, 800), st.integers(0, 300))
@examples(60)
def test_j4_j17_the_history_agrees_with_walking_every_day(
    practice: Practice, rules: RuleSet, back: int, ahead: int
) -> None:
    contracts, as_of = practice
    first, last = as_of - timedelta(days=back), as_of + timedelta(days=ahead)
    expected: dict[int, list[tuple[date, int | None]]] = {}
    for day, exact in plain.walk(plain.known_at(contracts, as_of), first, last, rules):
        for line, each in {**exact, -1: plain.highest(exact)}.items():
            steps = expected.setdefault(line, [])
            if not steps or steps[-1][1] != plain.displayed(each):
                steps.append((day, plain.displayed(each)))
    made = history_of(contracts, first, last, as_of=as_of, rules=rules)
    told = {**made.windows, -1: made.shown}
    assert {
        line: [(step.date, step.score) for step in steps] for line, steps in told.items()
    } == expected


@given(
    practices(),
    RULES,
    st.integers(1, 100) | st.fractions(Fraction(1), Fraction(100)),
    st.lists(st.integers(1, 90), max_size=3),
)
@examples(80)
def test_j10_the_outlook_agrees_with_walking_every_day(
    practice: Practice, rules: RuleSet, target: int | Fraction, days: list[int]
) -> None:
    contracts, as_of = practice
    assumed = [as_of + timedelta(days=each) for each in days]
    known = plain.known_at(contracts, as_of) + [plain.five_stars(day) for day in assumed]
    reached_on = worst = worst_on = None
    last = plain.all_gone(as_of, rules, assumed)
    for day, exact in plain.walk(known, as_of, last, rules):
        best = plain.highest(exact)
        if best is None:
            continue
        if reached_on is None and best * 100 >= target:
            reached_on = day
        shown = plain.displayed(best)
        assert shown is not None
        if worst is None or shown < worst:
            worst, worst_on = shown, day
    made = outlook_of(contracts, as_of, target, assumed=assumed, rules=rules)
    assert (made.reaches_target_on, made.worst_score, made.worst_on) == (
        reached_on,
        worst,
        worst_on,
    )
    leaving = [
        leaves_on(each.closed_on, rules.window_months[0])
        for each in contracts
        if each.closed_on
        and plain.outcome(each, rules) == "-"
        and plain.is_held(each, as_of, rules.window_months[0])
    ]
    assert made.last_negative_leaves_on == max(leaving, default=None)
