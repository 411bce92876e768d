"""Why a score moved: what came in, left and changed, and what each did to a window (J2–J5, J9)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    ClosedContract,
    Effect,
    Gap,
    Happening,
    Movement,
    RatingChange,
    Reason,
    WindowScore,
    as_known_on,
    last_change_of_shown,
    movement_of,
    scores_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices

FIRST = AS_OF - timedelta(days=30)


def one(
    key: str, on: date | None, rating: str | None, *, flagged: bool = False, removed: bool = False
) -> ClosedContract:
    stars = None if rating is None else Decimal(rating)
    return ClosedContract(key, on, stars, flagged, removed, key=key)


def steady(kinds: str) -> list[ClosedContract]:
    """Contracts that are in every window on both days."""
    made = closed(kinds, AS_OF - timedelta(days=60))
    return [replace(each, key=each.title) for each in made]


def effects(movement: Movement, months: int) -> dict[str, Effect]:
    (window,) = [each for each in movement.windows if each.months == months]
    return {effect.contract.title: effect for effect in window.effects}


# ── A second implementation: one contract after the other, by sets and not by explanations ───────


@st.composite
def spans(
    draw: st.DrawFn,
) -> tuple[list[ClosedContract], list[RatingChange], date, date]:
    """A freelancer's contracts, some with a changed rating, and two days."""
    contracts, last = draw(practices(most=18))
    first = last - timedelta(days=draw(st.sampled_from([0, 1, 14, 30, 90, 200, 400, 800])))
    named = [replace(each, key=each.title) for each in contracts]
    changes = [
        RatingChange(
            each.key,
            draw(st.none() | st.integers(-20, 820).map(lambda ago: last - timedelta(days=ago))),
            draw(st.none() | st.sampled_from([Decimal(5), Decimal(1), Decimal(3)])),
        )
        for each in named
        if each.rating is not None and draw(st.booleans())
    ]
    return named, changes, first, last


def rating_on(each: ClosedContract, changes: list[RatingChange], day: date) -> Decimal | None:
    for change in changes:
        known = change.changed_on is not None and change.rating_before is not None
        if change.key == each.key and known and change.changed_on and day < change.changed_on:
            return change.rating_before
    return each.rating


def known_then(
    contracts: list[ClosedContract], changes: list[RatingChange], day: date
) -> list[ClosedContract]:
    return [replace(each, rating=rating_on(each, changes, day)) for each in contracts]


def plain_roles(contracts: list[ClosedContract], day: date, months: int) -> dict[str, str]:
    """What each contract of the window counts as: "+", "-", "0" counted, "." tolerated."""
    held = [each for each in contracts if plain.in_window(each, day, months)]
    held.sort(key=lambda each: each.closed_on or date.max)
    free = plain.score(contracts, day, months).tolerated
    roles = {}
    for each in held:
        if each.rating is not None:
            roles[each.key] = "+" if each.rating >= 4 else "-"
        else:
            roles[each.key] = "." if free > 0 else "0"
            free -= 1
    return roles


def values(roles: dict[str, str]) -> dict[str, int]:
    """What each counted contract adds to the lead."""
    return {key: {"+": 1, "-": -1, "0": 0}[role] for key, role in roles.items() if role != "."}


def mean(of: list[Fraction]) -> Fraction:
    return sum(of, Fraction(0)) / len(of)


def leaving(closed_on: date, months: int) -> date:
    day = closed_on
    while plain.start_of_window(day, months) < closed_on:
        day += timedelta(days=1)
    return day


def plain_points(
    contracts: list[ClosedContract], changes: list[RatingChange], first: date, last: date, n: int
) -> dict[str, Fraction] | None:
    """Each contract's points: the score of either day with it, less the score of that day with a
    contract of the other day's average in place of what it did.
    """
    then, now = known_then(contracts, changes, first), known_then(contracts, changes, last)
    roles_then, roles_now = plain_roles(then, first, n), plain_roles(now, last, n)
    old, new = values(roles_then), values(roles_now)
    if not old or not new:
        return None
    average_old = mean([Fraction(value) for value in old.values()])
    average_new = mean([Fraction(value) for value in new.values()])
    ratings_then = {each.key: each.rating for each in then}
    points = {}
    for each in now:
        was, is_ = roles_then.get(each.key), roles_now.get(each.key)
        if was == is_ and not (was and ratings_then[each.key] != each.rating):
            continue
        points[each.key] = Fraction(0)
        for sign, here, there, average in ((1, new, old, average_old), (-1, old, new, average_new)):
            others = [Fraction(value) for key, value in here.items() if key != each.key]
            with_it = [*others, *([Fraction(here[each.key])] if each.key in here else [])]
            # As it was on the other day, and where it only counts on one, an average one for it.
            in_its_place = sum(others, Fraction(0)) + there.get(each.key, Fraction(0))
            in_its_place += average * ((each.key in here) - (each.key in there))
            part = sum(with_it, Fraction(0)) - in_its_place
            points[each.key] += sign * 50 * part / len(here)
    seen = max(average_new, Fraction(0)) - max(average_old, Fraction(0))
    below = average_new - average_old
    return {key: each * seen / below if below else each for key, each in points.items()}


@given(spans())
@settings(max_examples=150, deadline=None)
def test_j4_each_contracts_points_agree_with_the_plain_way(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, first, last = span
    movement = movement_of(contracts, first, last, changes=changes)
    for window in movement.windows:
        expected = plain_points(contracts, changes, first, last, window.months)
        given_points = {effect.contract.key: effect.points for effect in window.effects}
        if expected is None:
            assert window.points is None
            assert set(given_points.values()) <= {None}
        else:
            assert given_points == expected


@given(spans())
@settings(max_examples=150, deadline=None)
def test_j4_the_points_add_up_exactly_to_the_difference_of_the_scores(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, first, last = span
    movement = movement_of(contracts, first, last, changes=changes)
    for window in movement.windows:
        old = plain.score(known_then(contracts, changes, first), first, window.months).exact
        new = plain.score(known_then(contracts, changes, last), last, window.months).exact
        assert (window.before.exact, window.after.exact) == (old, new)
        if old is not None and new is not None:
            total = sum((effect.points or Fraction(0) for effect in window.effects), Fraction(0))
            assert total == (new - old) * 100 == window.points


@given(spans())
@settings(max_examples=100, deadline=None)
def test_j4_the_shown_score_moved_by_its_window_and_by_the_one_that_took_over(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, first, last = span
    shown = movement_of(contracts, first, last, changes=changes).shown
    then, now = known_then(contracts, changes, first), known_then(contracts, changes, last)
    assert (shown.before.score, list(shown.before.months)) == plain.shown(then, first)
    assert (shown.after.score, list(shown.after.months)) == plain.shown(now, last)
    if shown.points is None:
        assert (shown.by_window, shown.own, shown.taken_over) == (None, None, None)
    elif shown.own is None:
        assert plain.score(now, last, shown.before.months[0]).exact is None
    else:
        assert shown.taken_over is not None
        assert shown.taken_over >= 0
        assert shown.own + shown.taken_over == shown.points
        assert (shown.taken_over == 0) == bool(shown.by_window)


@given(spans())
@settings(max_examples=100, deadline=None)
def test_j1_good_ones_never_lower_a_score_by_coming_nor_bad_ones_lift_it(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, first, last = span
    for window in movement_of(contracts, first, last, changes=changes).windows:
        for effect in window.effects:
            if effect.points is None or effect.happening is Happening.RATING_CHANGED:
                continue
            there = effect.before if effect.happening is Happening.LEFT else effect.after
            sign = -1 if effect.happening is Happening.LEFT else 1
            if there is Reason.POSITIVE:
                assert effect.points * sign >= 0
            # Nothing lowers an average only where the average is above nothing.
            assert isinstance(window.before, WindowScore)
            assert isinstance(window.after, WindowScore)
            is_above = min(window.before.lead, window.after.lead) >= 0
            if there is Reason.NEGATIVE or (there is Reason.NO_FEEDBACK_COUNTED and is_above):
                assert effect.points * sign <= 0


def test_j3_what_counts_as_nothing_lifts_a_score_that_lies_below_nothing() -> None:
    """Two bad ones alone lie at -100 %, held at 0 (J1); one without feedback halves that."""
    two_years_ago, day_before = date(2021, 1, 1), date(2022, 12, 31)
    contracts = [
        *(one(f"bad {number}", two_years_ago, "3.99") for number in range(2)),
        *(one(f"silent {number}", date(2023, 1, 1), None) for number in range(3)),
        one("good", date(2023, 1, 1), "5"),
    ]
    movement = movement_of(contracts, day_before, date(2023, 1, 1))
    window = next(each for each in movement.windows if each.months == 24)
    points = {each.contract.title: each.points for each in window.effects}
    assert window.points == 50
    assert sum(each or 0 for each in points.values()) == 50
    assert points["silent 2"] == Fraction(25, 6)


@given(spans())
@settings(max_examples=60, deadline=None)
def test_contracts_that_passed_through_are_counted_and_do_nothing(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, first, last = span
    for window in movement_of(contracts, first, last, changes=changes).windows:
        passed = [
            each
            for each in contracts
            if each.closed_on
            and not (each.client_flagged or each.feedback_removed)
            and first < each.closed_on
            and leaving(each.closed_on, window.months) <= last
        ]
        assert window.passed_through == len(passed)


def test_what_came_in_on_the_first_day_and_left_did_not_pass_through() -> None:
    contracts = [one("there", date(2026, 1, 5), "5"), one("after", date(2026, 1, 6), "5")]
    movement = movement_of(contracts, date(2026, 1, 5), AS_OF)
    assert movement.windows[0].passed_through == 1
    assert set(effects(movement, 6)) == {"there"}


@given(spans())
@settings(max_examples=40, deadline=None)
def test_the_last_change_of_the_shown_score_is_found_by_walking_back(
    span: tuple[list[ClosedContract], list[RatingChange], date, date],
) -> None:
    contracts, changes, _first, as_of = span

    def shown(day: date) -> int | None:
        known = known_then(contracts, changes, day)
        scored = plain.known_at(known, as_of)
        return plain.shown(scored, day)[0]

    expected, day = None, as_of
    while expected is None and day > plain.start_of_window(as_of, 24):
        expected = day if shown(day) != shown(day - timedelta(days=1)) else None
        day -= timedelta(days=1)
    assert last_change_of_shown(contracts, as_of, changes=changes) == expected


# ── By hand ──────────────────────────────────────────────────────────────────────────────────────


def test_j5_a_negative_that_left_lifts_the_window_that_it_left() -> None:
    contracts = [*steady("+++"), one("Logo", date(2026, 5, 10), "2")]
    movement = movement_of(contracts, FIRST, AS_OF)
    logo = effects(movement, 6)["Logo"]
    assert (logo.happening, logo.on) == (Happening.LEFT, date(2026, 11, 10))
    assert (logo.before, logo.after) == (Reason.NEGATIVE, Reason.OUTSIDE_WINDOW)
    assert logo.points == 50
    assert effects(movement, 12) == {}
    assert movement.shown.by_window == 6
    assert movement.shown.own == 50


def test_j9_a_changed_rating_counts_as_it_was_before_on_the_first_day() -> None:
    contracts = [*steady("+++"), one("Logo", date(2026, 8, 1), "5")]
    changes = [RatingChange("Logo", date(2026, 11, 1), Decimal("2.5"))]
    movement = movement_of(contracts, FIRST, AS_OF, changes=changes)
    logo = effects(movement, 12)["Logo"]
    assert logo.happening is Happening.RATING_CHANGED
    assert (logo.on, logo.rating_before) == (date(2026, 11, 1), Decimal("2.5"))
    assert (logo.before, logo.after) == (Reason.NEGATIVE, Reason.POSITIVE)
    assert logo.points == 50
    assert (movement.shown.before.score, movement.shown.after.score) == (50, 100)
    assert movement.not_known == ()


def test_j9_a_changed_rating_with_the_same_outcome_is_told_and_does_nothing() -> None:
    contracts = [*steady("+-"), one("Logo", date(2026, 8, 1), "5")]
    changes = [RatingChange("Logo", date(2026, 11, 1), Decimal("4.5"))]
    logo = effects(movement_of(contracts, FIRST, AS_OF, changes=changes), 12)["Logo"]
    assert logo.happening is Happening.RATING_CHANGED
    assert logo.points == 0


def test_j9_the_change_holds_from_its_day_on() -> None:
    contracts = [one("Logo", date(2026, 8, 1), "5")]
    changes = [RatingChange("Logo", FIRST, Decimal("2.5"))]
    assert as_known_on(contracts, changes, FIRST) == contracts
    (before,) = as_known_on(contracts, changes, FIRST - timedelta(days=1))
    assert before.rating == Decimal("2.5")
    assert effects(movement_of(contracts, FIRST, AS_OF, changes=changes), 12) == {}


def test_j3_missing_feedback_that_is_no_longer_tolerated_has_points_of_its_own() -> None:
    """Ten closed contracts tolerate 2, fifteen 3: one more silent contract comes to count."""
    silent = [one(f"silent {n}", date(2026, 8, n + 1), None) for n in range(3)]
    gone = [one(f"gone {n}", date(2026, 5, 10), "5") for n in range(5)]
    movement = movement_of([*steady("+" * 7), *silent, *gone], FIRST, AS_OF)
    found = effects(movement, 6)
    assert {effect.happening for title, effect in found.items() if title.startswith("gone")} == {
        Happening.LEFT
    }
    counted = found["silent 2"]
    assert (counted.happening, counted.on) == (Happening.NOW_COUNTED, None)
    assert (counted.before, counted.after) == (
        Reason.NO_FEEDBACK_TOLERATED,
        Reason.NO_FEEDBACK_COUNTED,
    )
    assert counted.points == -50 * (Fraction(1, 8) + Fraction(7, 8) / 12)
    assert found["gone 0"].points == -50 * Fraction(1, 8) / 12
    assert "silent 0" not in found


def test_j3_missing_feedback_that_becomes_tolerated_lifts_the_score() -> None:
    silent = [one(f"silent {n}", date(2026, 8, n + 1), None) for n in range(3)]
    new = [one(f"new {n}", AS_OF, "5") for n in range(5)]
    found = effects(movement_of([*steady("+" * 7), *silent, *new], FIRST, AS_OF), 12)
    freed = found["silent 2"]
    assert freed.happening is Happening.NOW_TOLERATED
    assert freed.points == 50 * (Fraction(7, 8) / 12 + Fraction(1, 8))


def test_equal_contracts_do_the_same_whenever_they_came() -> None:
    contracts = [*steady("+-"), one("a", AS_OF - timedelta(days=20), "5"), one("b", AS_OF, "4.2")]
    found = effects(movement_of(contracts, FIRST, AS_OF), 12)
    assert found["a"].points == found["b"].points == 25


def test_what_happened_is_told_in_the_order_of_its_days() -> None:
    contracts = [
        *steady("+"),
        one("late", AS_OF, "5"),
        one("left that day", date(2026, 5, 21), "1"),
        one("early", AS_OF - timedelta(days=9), "5"),
    ]
    found = effects(movement_of(contracts, FIRST, AS_OF), 6)
    assert list(found) == ["early", "left that day", "late"]


def test_a_contract_is_measured_against_the_mean_of_the_scores() -> None:
    """From 0 of 2 to 2 of 2: half from the bad one that left, measured on either day."""
    contracts = [*steady("+"), one("bad", date(2026, 5, 10), "1"), one("good", AS_OF, "5")]
    found = effects(movement_of(contracts, FIRST, AS_OF), 6)
    assert {title: effect.points for title, effect in found.items()} == {"bad": 75, "good": 25}


def test_j1_below_zero_nothing_moves_the_displayed_score() -> None:
    contracts = [*steady("---+"), one("bad", AS_OF, "1")]
    assert effects(movement_of(contracts, FIRST, AS_OF), 12)["bad"].points == 0


def test_j1_of_what_happened_below_zero_only_the_visible_part_is_told() -> None:
    """From −1 of 3, shown as 0, to 1 of 5."""
    contracts = [*steady("+--"), one("a", AS_OF, "5"), one("b", AS_OF, "5")]
    found = effects(movement_of(contracts, FIRST, AS_OF), 12)
    assert [effect.points for effect in found.values()] == [10, 10]


def test_without_a_score_at_one_end_there_is_nothing_to_share_out() -> None:
    movement = movement_of([one("new", AS_OF, "5")], FIRST, AS_OF)
    assert effects(movement, 6)["new"].points is None
    assert movement.windows[0].points is None
    assert movement.shown.points is None
    assert (movement.shown.before.score, movement.shown.after.score) == (None, 100)


def test_j4_the_window_that_took_over_is_told_apart_from_the_movement_of_the_former() -> None:
    """12 months were the highest at 75; they fell to 50 while 6 months rose to 100."""
    contracts = [
        one("bad", date(2026, 5, 1), "1"),
        one("left", date(2025, 11, 10), "5"),
        one("left too", date(2025, 11, 10), "5"),
        *[one(f"good {n}", date(2026, 9, 1), "5") for n in range(3)],
    ]
    shown = movement_of(contracts, FIRST, AS_OF).shown
    assert (shown.before.months, shown.after.months) == ((12, 24), (6,))
    assert shown.by_window is None
    assert shown.own == 50 - Fraction(400, 6)
    assert shown.taken_over == 50


@pytest.mark.parametrize(
    ("contract", "change", "gap"),
    [
        (one("x", FIRST, "5", removed=True), None, Gap.FEEDBACK_REMOVED),
        (one("x", FIRST, "5", flagged=True), None, Gap.CLIENT_FLAGGED),
        (one("x", FIRST, "5"), RatingChange("x", None, Decimal(2)), Gap.RATING_CHANGED),
        (one("x", FIRST, "5"), RatingChange("x", AS_OF, None), Gap.RATING_CHANGED),
        (one("x", FIRST, "5"), RatingChange("x", FIRST, None), None),
        (one("x", FIRST, "5"), RatingChange("x", AS_OF, Decimal(2)), None),
        (one("x", date(2024, 1, 1), "5", removed=True), None, None),
        (one("x", None, None, flagged=True), None, None),
        (one("x", AS_OF + timedelta(days=1), "5", flagged=True), None, None),
    ],
)
def test_j9_a_change_whose_history_is_not_known_is_named(
    contract: ClosedContract, change: RatingChange | None, gap: Gap | None
) -> None:
    changes = [change] if change else []
    movement = movement_of([contract], FIRST, AS_OF, changes=changes)
    assert [row.gap for row in movement.not_known] == ([gap] if gap else [])


def test_a_movement_names_its_rules_and_follows_them() -> None:
    strict = replace(CLASSIC, name="strict", positive_from=Decimal("4.9"))
    contracts = [*steady("+"), one("fair", AS_OF, "4.5")]
    movement = movement_of(contracts, FIRST, AS_OF, rules=strict)
    assert movement.rules is strict
    assert effects(movement, 6)["fair"].points == -100
    assert movement.windows[0].after == scores_of(contracts, AS_OF, rules=strict).windows[0]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        movement_of([], AS_OF, FIRST)


def test_without_a_change_in_the_longest_window_there_is_no_last_one() -> None:
    assert last_change_of_shown([], AS_OF) is None
    old = [one("old", date(2020, 1, 1), "5")]
    assert last_change_of_shown(old, AS_OF) is None


def test_days_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="1800"):
        movement_of([], date(1800, 1, 1), AS_OF)
