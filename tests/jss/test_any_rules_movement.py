"""Any rule set against the plain way: why a score moved, and who explains a reading."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    TREND,
    TRENDING,
    ClosedContract,
    Happening,
    Movement,
    RatingChange,
    Reason,
    RuleSet,
    SeenScore,
    Supposition,
    Verdict,
    culprits_of,
    explanations_of,
    last_change_of_shown,
    movement_of,
    scores_of,
    top_rated_track,
)
from tests.jss import plain_rules as plain
from tests.jss.cases import AS_OF, closed
from tests.jss.plain import start_of_window
from tests.jss.rule_strategies import RULES, Practice, examples, practices

type Span = tuple[list[ClosedContract], list[RatingChange], date, date]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A freelancer's contracts, some with a changed rating, and two days."""
    contracts, last = draw(practices(most=14))
    first = last - timedelta(days=draw(st.sampled_from([0, 1, 14, 30, 90, 200, 400, 800])))
    days_ago = st.sampled_from([-9, 0, 1, 13, 29, 45, 150, 380])
    former = st.sampled_from([Decimal(each) for each in ("5", "4", "3.7", "1")])
    changes = [
        RatingChange(each.key, last - timedelta(days=draw(days_ago)), draw(former))
        for each in contracts
        if each.rating is not None and draw(st.booleans())
    ]
    return contracts, changes, first, last


def known_then(
    contracts: Sequence[ClosedContract], changes: Sequence[RatingChange], day: date
) -> list[ClosedContract]:
    former = {
        each.key: each.rating_before
        for each in changes
        if each.changed_on is not None and day < each.changed_on
    }
    return [replace(each, rating=former.get(each.key, each.rating)) for each in contracts]


# ── Why it moved ─────────────────────────────────────────────────────────────────────────────────


@given(spans(), RULES)
@examples(120)
def test_j4_j17_the_effects_add_up_exactly_to_the_movement(span: Span, rules: RuleSet) -> None:
    contracts, changes, first, last = span
    then, now = known_then(contracts, changes, first), known_then(contracts, changes, last)
    movement = movement_of(contracts, first, last, changes=changes, rules=rules)
    old, new = plain.lines(then, first, rules), plain.lines(now, last, rules)
    assert [window.months for window in movement.windows] == list(rules.lines)
    for window in movement.windows:
        before, after = old[window.months], new[window.months]
        assert (window.before.exact, window.after.exact) == (before, after)
        points = [effect.points for effect in window.effects]
        if before is None or after is None:
            assert window.points is None
            assert set(points) <= {None}
        else:
            assert window.points == 100 * (after - before)
            assert sum((each or Fraction(0) for each in points), Fraction(0)) == window.points
            assert None not in points


@given(spans(), RULES)
@examples(60)
def test_j17_the_effects_on_the_trending_score_are_half_of_those_on_its_windows(
    span: Span, rules: RuleSet
) -> None:
    contracts, changes, first, last = span
    if rules.trend_months is None:
        windows = tuple(sorted({*rules.window_months, 6}))
        rules = replace(rules, window_months=windows, trend_months=(1, 6))
    movement = movement_of(contracts, first, last, changes=changes, rules=rules)
    of_windows = replace(rules, window_months=rules.trend_months or (), trend_months=None)
    parts = movement_of(contracts, first, last, changes=changes, rules=of_windows).windows
    trending = movement.windows[-1]
    assert trending.months == TREND
    together = [effect for part in parts for effect in part.effects]
    assert len(trending.effects) == len(together)
    if trending.points is None:
        return
    assert sorted((each.contract.key, each.months, each.points) for each in trending.effects) == (
        sorted((each.contract.key, each.months, (each.points or 0) / 2) for each in together)
    )


@given(spans(), RULES)
@examples(60)
def test_j4_every_contract_that_is_something_else_than_before_has_an_effect(
    span: Span, rules: RuleSet
) -> None:
    contracts, changes, first, last = span
    then, now = known_then(contracts, changes, first), known_then(contracts, changes, last)
    movement = movement_of(contracts, first, last, changes=changes, rules=rules)
    told_then = explanations_of(then, first, rules=rules)
    told_now = explanations_of(now, last, rules=rules)
    for window in movement.windows:
        if window.months == TREND:
            continue
        moved = {effect.contract.key: effect.happening for effect in window.effects}
        for old, new in zip(told_then, told_now, strict=True):
            was, is_ = old.in_window(window.months), new.in_window(window.months)
            key = new.contract.key
            is_part = was.leaves_on is not None or is_.leaves_on is not None
            differs = was.reason != is_.reason or old.contract.rating != new.contract.rating
            assert (key in moved) == (is_part and differs)
            if key in moved:
                check_happening(moved[key], was.reason, is_.reason, old.contract, new.contract)


def check_happening(
    happening: Happening, was: Reason, is_: Reason, old: ClosedContract, new: ClosedContract
) -> None:
    if Reason.UNPAID in {was, is_} or (old.rating != new.rating and in_both(was, is_)):
        assert happening is Happening.RATING_CHANGED
    elif was in {Reason.CLOSED_LATER, Reason.OUTSIDE_WINDOW}:
        assert happening is Happening.CAME_IN
    elif is_ is Reason.OUTSIDE_WINDOW:
        assert happening is Happening.LEFT
    else:
        counted = is_ is Reason.NO_FEEDBACK_COUNTED
        assert happening is (Happening.NOW_COUNTED if counted else Happening.NOW_TOLERATED)


def in_both(was: Reason, is_: Reason) -> bool:
    return not {was, is_} & {Reason.CLOSED_LATER, Reason.OUTSIDE_WINDOW}


@given(spans(), RULES)
@examples(60)
def test_j4_the_shown_score_moved_by_its_line_and_by_the_one_that_took_over(
    span: Span, rules: RuleSet
) -> None:
    contracts, changes, first, last = span
    movement: Movement = movement_of(contracts, first, last, changes=changes, rules=rules)
    shown = movement.shown
    assert shown.before.exact == plain.shown(known_then(contracts, changes, first), first, rules)
    assert shown.after.exact == plain.shown(known_then(contracts, changes, last), last, rules)
    if shown.own is not None:
        assert shown.taken_over is not None
        assert shown.taken_over >= 0
        assert shown.own + shown.taken_over == shown.points
        assert (shown.taken_over == 0) == (shown.by_window is not None)
    if shown.by_window is not None:
        assert shown.by_window in shown.before.months
        assert shown.by_window in shown.after.months


@given(
    spans(), RULES.filter(lambda rules: not (rules.weights and rules.weights.is_partly_negative))
)
@examples(25)
def test_the_last_change_of_the_shown_score_is_found_by_walking_back(
    span: Span, rules: RuleSet
) -> None:
    contracts, changes, _first, as_of = span
    rules = replace(rules, window_months=(1, 3), trend_months=rules.trend_months and (1, 3))

    def shown(day: date) -> int | None:
        scored = plain.known_at(known_then(contracts, changes, day), as_of)
        return plain.displayed(plain.shown(scored, day, rules))

    expected, day = None, as_of
    while expected is None and day > start_of_window(as_of, 3):
        expected = day if shown(day) != shown(day - timedelta(days=1)) else None
        day -= timedelta(days=1)
    assert last_change_of_shown(contracts, as_of, changes=changes, rules=rules) == expected


# ── Who explains a reading ───────────────────────────────────────────────────────────────────────


def rescored(
    contracts: list[ClosedContract], at: int, supposition: Supposition, day: date, rules: RuleSet
) -> Fraction | None:
    """The shown score, were that contract what is supposed; all of its windows counted anew."""
    by_months: plain.Lines = {}
    for months in plain.months_of(rules):
        if supposition is Supposition.SILENCE_COUNTS:
            window = plain.window(contracts, day, months, rules)
            louder = is_tolerated(contracts, at, day, months, rules)
            below = window.weight + louder
            by_months[months] = max(Fraction(0), window.lead) / below if below else None
            continue
        # A rating of 1 says how negative, and a paid one counts however good it was.
        turned = replace(contracts[at], rating=Decimal(1))
        rows = [*contracts[:at], turned, *contracts[at + 1 :]]
        by_months[months] = plain.window(rows, day, months, rules).exact
    return plain.highest(plain.lines_from(by_months, rules))


def is_tolerated(
    contracts: list[ClosedContract], at: int, day: date, months: int, rules: RuleSet
) -> bool:
    silent = [
        (each.closed_on or day, place)
        for place, each in enumerate(contracts)
        if plain.is_held(each, day, months) and plain.outcome(each, rules) == "0"
    ]
    free = plain.window(contracts, day, months, rules).tolerated
    return at in [place for _, place in sorted(silent)[:free]]


@given(practices(most=14), RULES, st.integers(0, 100))
@examples(120)
def test_j2_j3_each_culprits_score_is_the_one_found_by_changing_that_contract(
    practice: Practice, rules: RuleSet, score: int
) -> None:
    contracts, as_of = practice
    found = culprits_of(contracts, SeenScore(as_of, score), rules=rules)
    computed = plain.shown(contracts, as_of, rules)
    assert found.computed.exact == computed
    if computed is None:
        assert (found.verdict, found.off, found.ranked) == (Verdict.NO_SCORE, None, ())
        return
    off = abs(100 * computed - score)
    assert found.off == off
    if plain.displayed(computed) == score:
        assert (found.verdict, found.ranked) == (Verdict.AGREES, ())
        return
    if 100 * computed < score:
        assert (found.verdict, found.ranked) == (Verdict.ABOVE, ())
        return
    expected = {}
    for at, each in enumerate(contracts):
        kind = plain.outcome(each, rules)
        if kind in {"", "-"} or not plain.is_held(each, as_of, plain.months_of(rules)[-1]):
            continue
        tries = []
        if kind == "0" and any(
            is_tolerated(contracts, at, as_of, months, rules) for months in plain.months_of(rules)
        ):
            tries.append(Supposition.SILENCE_COUNTS)
        tries.append(Supposition.NEGATIVE)
        fits = []
        for supposition in tries:
            shown = rescored(contracts, at, supposition, as_of, rules)
            assert shown is not None
            fits.append((abs(100 * shown - score), supposition, shown))
        fit = min(fits, key=lambda each: each[0])
        if fit[0] < off:
            expected[each.key] = fit
    assert {
        each.contract.key: (each.off, each.supposition, each.shown) for each in found.ranked
    } == expected
    offs = [each.off for each in found.ranked]
    assert offs == sorted(offs)
    is_explained = bool(offs) and offs[0] <= 1
    assert found.verdict is (Verdict.EXPLAINED if is_explained else Verdict.NONE)


def test_j17_a_culprit_of_the_trending_score() -> None:
    """100 % over three months and 11 of 17 over six; a good one of the six that is negative makes
    9 of 17 of them, and lowers their mean by half of that."""
    older = closed("+++++---", AS_OF - timedelta(days=120))
    contracts = [*closed("+" * 9, AS_OF), *older]
    found = culprits_of(contracts, SeenScore(AS_OF, 76), rules=TRENDING)
    assert found.computed.months == (TREND,)
    shown = {each.contract.title: each.shown for each in found.ranked if each.contract in older}
    assert shown == dict.fromkeys(["+0", "+1", "+2", "+3", "+4"], (1 + Fraction(9, 17)) / 2)
    assert found.ranked[0].contract in older
    assert found.verdict is Verdict.EXPLAINED


# ── The Top Rated track ──────────────────────────────────────────────────────────────────────────


@given(practices(most=8), RULES)
@examples(12)
def test_j13_the_weeks_at_90_agree_with_walking_every_day(
    practice: Practice, rules: RuleSet
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    first = as_of - timedelta(weeks=16)
    last = plain.all_gone(as_of, rules) + timedelta(weeks=16)
    good = [
        bool((best := plain.highest(exact)) is not None and best * 100 >= rules.top_rated_from)
        for _, exact in plain.walk(known, first, last, rules)
    ]
    weeks = [sum(good[day - 7 * ago] for ago in range(16)) for day in range(16 * 7, len(good))]
    enough = [each >= 13 for each in weeks]
    earliest = enough.index(True) if True in enough else None
    lost = enough.index(False, earliest) if earliest is not None else None
    made = top_rated_track(contracts, as_of, rules=rules)
    assert made.held == weeks[0]
    assert made.earliest_on == (None if earliest is None else as_of + timedelta(days=earliest))
    assert made.lost_on == (None if lost is None else as_of + timedelta(days=lost))
    falls = [day for day in range(16 * 7 + 1, len(good)) if good[day - 1] and not good[day]]
    assert (made.fall.date if made.fall else None) == (
        first + timedelta(days=falls[0]) if falls else None
    )
    for week in made.weeks:
        exact = scores_of(contracts, week.end, rules=rules).shown.exact
        assert week.exact == exact == plain.shown(contracts, week.end, rules)
