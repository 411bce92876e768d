"""What a day was known as, and what a recomputation changed: against one day at a time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jss.engine import (
    SHOWN,
    ClosedContract,
    Difference,
    History,
    RatingChange,
    Step,
    What,
    as_known_on,
    changes_behind,
    contract_changes,
    differences_between,
    figures_of,
    history_from,
    known_histories_of,
    scores_of,
    state_of,
)
from tests.jss.strategies import RATINGS, practices

DAYS = 40
GOOD = ClosedContract("Good", date(2026, 3, 1), Decimal("5.00"), key="good")
BAD = ClosedContract("Bad", date(2026, 4, 1), Decimal("2.00"), key="bad")


def by_day(history: History, first: date, last: date) -> list[dict[int, int | None]]:
    """Every line's score on each day, by the window's months."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    lines = {SHOWN: history.shown, **history.windows}
    return [
        {
            months: next((step.score for step in reversed(steps) if step.date <= day), None)
            for months, steps in lines.items()
        }
        for day in days
    ]


def plainly(
    contracts: list[ClosedContract], changes: list[RatingChange], day: date
) -> dict[int, int | None]:
    scores = scores_of(as_known_on(contracts, changes, day), day)
    windows = {window.months: window.score for window in scores.windows}
    return {SHOWN: scores.shown.score, **windows}


@st.composite
def with_changes(draw: st.DrawFn) -> tuple[list[ClosedContract], list[RatingChange], date]:
    """Contracts and changes of their ratings within the days before the last one."""
    contracts, last = draw(practices())
    keyed = [replace(contract, key=str(number)) for number, contract in enumerate(contracts)]
    ago = st.none() | st.integers(-3, DAYS + 3).map(lambda days: last - timedelta(days=days))
    changes = [
        RatingChange(contract.key, draw(ago), draw(RATINGS))
        for contract in keyed
        if contract.closed_on and draw(st.booleans())
    ]
    return keyed, changes, last


@given(st.lists(with_changes(), min_size=1, max_size=3))
def test_each_day_is_worked_out_by_the_ratings_of_that_day(
    people: list[tuple[list[ClosedContract], list[RatingChange], date]],
) -> None:
    last = people[0][2]
    first = last - timedelta(days=DAYS)
    found = known_histories_of(
        [contracts for contracts, _changes, _last in people],
        [changes for _contracts, changes, _last in people],
        first,
        last,
    )
    for (contracts, changes, _last), history in zip(people, found, strict=True):
        expected = [
            plainly(contracts, changes, first + timedelta(days=number))
            for number in range(DAYS + 1)
        ]
        assert by_day(history, first, last) == expected


@given(with_changes(), st.integers(0, DAYS))
def test_rows_hold_what_the_lines_hold(
    person: tuple[list[ClosedContract], list[RatingChange], date], later: int
) -> None:
    contracts, changes, last = person
    first = last - timedelta(days=DAYS)
    [history] = known_histories_of([contracts], [changes], first, last)
    begin = first + timedelta(days=later)
    rows = figures_of(history, begin, last)

    assert rows[0].day == begin
    for row, following in pairwise(rows):
        assert (row.score, row.windows) != (following.score, following.windows)
    assert by_day(history_from(rows), begin, last) == by_day(history, begin, last)


@given(with_changes(), with_changes())
def test_the_differences_are_those_of_every_single_day(
    one: tuple[list[ClosedContract], list[RatingChange], date],
    other: tuple[list[ClosedContract], list[RatingChange], date],
) -> None:
    last = one[2]
    first = last - timedelta(days=DAYS)
    former, now = known_histories_of([one[0], other[0]], [one[1], other[1]], first, last)

    told = {
        (difference.months, difference.first + timedelta(days=number)): (
            difference.before,
            difference.after,
        )
        for difference in differences_between(former, now, first, last)
        for number in range(difference.days)
    }

    days = zip(by_day(former, first, last), by_day(now, first, last), strict=True)
    assert told == {
        (months, first + timedelta(days=number)): (before[months], after[months])
        for number, (before, after) in enumerate(days)
        for months in before
        if before[months] != after[months]
    }


def test_days_with_the_same_difference_are_one_run() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 10)
    former = History({}, (Step(first, 80), Step(date(2026, 1, 5), 90)))
    now = History({}, (Step(first, 80), Step(date(2026, 1, 3), 90), Step(date(2026, 1, 9), 70)))
    assert differences_between(former, now, first, last) == (
        Difference(SHOWN, date(2026, 1, 3), date(2026, 1, 4), 80, 90),
        Difference(SHOWN, date(2026, 1, 9), last, 90, 70),
    )


def test_a_line_that_was_not_there_stood_at_no_score() -> None:
    day = date(2026, 1, 1)
    now = History({3: (Step(day, 88),)}, (Step(day, 88),))
    former = History({}, (Step(day, 88),))
    assert differences_between(former, now, day, day) == (Difference(3, day, day, None, 88),)


def test_what_became_of_each_contract_is_told() -> None:
    removed = replace(GOOD, key="removed", closed_on=date(2026, 2, 1))
    before = {each.key: state_of(each) for each in (GOOD, BAD, removed)}
    changed = replace(BAD, rating=Decimal("4.50"), closed_on=date(2026, 4, 9))
    added = replace(GOOD, key="added", closed_on=date(2026, 5, 1))
    after = {each.key: state_of(each) for each in (GOOD, changed, added)}

    found = contract_changes(before, after)

    assert [(change.key, change.what, change.fields) for change in found] == [
        ("removed", What.REMOVED, ()),
        (
            "bad",
            What.CHANGED,
            (("closed_on", "2026-04-01", "2026-04-09"), ("rating", "2.00", "4.50")),
        ),
        ("added", What.ADDED, ()),
    ]
    assert found[1].affects_from == date(2026, 4, 1)
    assert found[1].affects_until == date(2028, 4, 8)


def test_another_title_changes_no_score() -> None:
    assert not contract_changes(
        {"bad": state_of(BAD)}, {"bad": state_of(replace(BAD, title="The bad one"))}
    )


def test_what_was_not_looked_at_before_is_no_change() -> None:
    before = {name: value for name, value in state_of(BAD).items() if name != "client_flagged"}
    flagged = state_of(replace(BAD, client_flagged=True))
    assert not contract_changes({"bad": before}, {"bad": flagged})


def test_when_a_rating_changed_is_part_of_what_is_known() -> None:
    change = RatingChange("bad", date(2026, 5, 1), Decimal("1.00"))
    [found] = contract_changes({"bad": state_of(BAD)}, {"bad": state_of(BAD, change)})
    assert found.fields == (
        ("rating_changed_on", None, "2026-05-01"),
        ("rating_before", None, "1.00"),
    )


def test_only_contracts_that_count_on_those_days_are_behind_a_difference() -> None:
    [change] = contract_changes({}, {"good": state_of(GOOD)})  # in the windows to 2028-02-29

    def run(first: date, last: date) -> list[Difference]:
        return [Difference(SHOWN, first, last, 80, 90)]

    day = timedelta(days=1)
    assert changes_behind([change], run(date(2028, 2, 29), date(2028, 3, 3)))
    assert not changes_behind([change], run(date(2028, 3, 1), date(2028, 3, 3)))
    assert changes_behind([change], run(date(2026, 1, 1), date(2026, 3, 1)))
    assert not changes_behind([change], run(date(2026, 1, 1), date(2026, 3, 1) - day))
