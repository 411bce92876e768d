"""J10: the dates on which a score changes."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    ClosedContract,
    ContractTable,
    RoadmapEntry,
    assumed_closings,
    ledger,
    outlook_of,
    roadmap_of,
    roadmaps_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices


def as_plain(entries: tuple[RoadmapEntry, ...]) -> list[plain.PlainEntry]:
    return [
        plain.PlainEntry(
            entry.date,
            entry.months,
            frozenset(contract.title for contract in entry.left),
            entry.score_before,
            entry.score_after,
            entry.shown_before,
            entry.shown_after,
        )
        for entry in entries
    ]


@given(practices())
@settings(max_examples=50, deadline=None)
def test_j10_agrees_with_walking_every_day(practice: tuple[list[ClosedContract], date]) -> None:
    contracts, as_of = practice
    assert as_plain(roadmap_of(contracts, as_of)) == plain.roadmap(contracts, as_of)


@given(practices(most=8), st.lists(st.integers(1, 120), max_size=4))
@settings(max_examples=25, deadline=None)
def test_j10_with_assumed_contracts_agrees_with_walking_every_day(
    practice: tuple[list[ClosedContract], date], days: list[int]
) -> None:
    contracts, as_of = practice
    assumed = [as_of + timedelta(days=ahead) for ahead in days]
    entries = roadmap_of(contracts, as_of, assumed=assumed)
    assert as_plain(entries) == plain.roadmap(contracts, as_of, assumed)
    assert all(entry.arrived == assumed.count(entry.date) for entry in entries)


@given(st.lists(practices(most=5), max_size=5), st.integers(1, 3), st.data())
@settings(max_examples=40, deadline=None)
def test_j10_many_freelancers_at_once_are_the_same_as_one_by_one(
    many: list[tuple[list[ClosedContract], date]], block: int, data: st.DataObject
) -> None:
    as_of = data.draw(st.sampled_from([day for _, day in many] or [AS_OF]))
    table = ContractTable.of([contracts for contracts, _ in many])
    everybodys = [contract for contracts, _ in many for contract in contracts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "FREELANCERS_AT_A_TIME", block)
        made = roadmaps_of(table, as_of)
    assert [made.of(number, everybodys) for number in range(len(many))] == [
        roadmap_of(contracts, as_of) for contracts, _ in many
    ]


@given(practices(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_j10_does_not_depend_on_the_order_of_the_contracts(
    practice: tuple[list[ClosedContract], date], random: Random
) -> None:
    contracts, as_of = practice
    shuffled = random.sample(contracts, len(contracts))
    assert as_plain(roadmap_of(shuffled, as_of)) == as_plain(roadmap_of(contracts, as_of))


def test_j10_one_entry_per_date_and_window_with_the_contracts_that_left() -> None:
    contracts = [
        ClosedContract("bad", date(2026, 6, 10), Decimal(1)),
        ClosedContract("good", date(2026, 8, 1), Decimal(5)),
        ClosedContract("better", date(2026, 8, 1), Decimal(5)),
    ]
    bad, good, better = contracts
    assert roadmap_of(contracts, AS_OF) == (
        RoadmapEntry(date(2026, 12, 10), 6, (bad,), 33, 100, 33, 100),
        RoadmapEntry(date(2027, 2, 1), 6, (good, better), 100, None, 100, 33),
        RoadmapEntry(date(2027, 6, 10), 12, (bad,), 33, 100, 33, 100),
        RoadmapEntry(date(2027, 8, 1), 12, (good, better), 100, None, 100, 33),
        RoadmapEntry(date(2028, 6, 10), 24, (bad,), 33, 100, 33, 100),
        RoadmapEntry(date(2028, 8, 1), 24, (good, better), 100, None, 100, None),
    )


def test_j10_looks_from_the_day_after_the_as_of_date() -> None:
    contracts = closed("+", date(2026, 5, 21))
    leaves_today = roadmap_of(contracts, date(2026, 11, 21))
    leaves_tomorrow = roadmap_of(contracts, date(2026, 11, 20))
    assert [entry.months for entry in leaves_today] == [12, 24]
    assert (leaves_tomorrow[0].date, leaves_tomorrow[0].months) == (date(2026, 11, 21), 6)


def test_j10_a_score_can_fall_when_the_allowance_shrinks() -> None:
    # 15 closed tolerate 3 without feedback, 14 only 2: what leaves is good, what stays is worse.
    contracts = closed("+", date(2026, 6, 1)) + closed("+" * 11 + "000", date(2026, 7, 1))
    first = roadmap_of(contracts, AS_OF)[0]
    assert (first.months, first.score_before, first.score_after) == (6, 100, 92)


def test_j10_windows_whose_displayed_score_stays_have_no_entry() -> None:
    contracts = closed("+", date(2026, 6, 1)) + closed("+", date(2026, 7, 1))
    assert [entry.date for entry in roadmap_of(contracts, AS_OF) if entry.months == 6] == [
        date(2027, 1, 1)
    ]


def test_j10_contracts_that_never_count_are_not_among_those_that_left() -> None:
    day = date(2026, 7, 1)
    contracts = [
        ClosedContract("flagged", day, Decimal(5), client_flagged=True),
        ClosedContract("removed", day, Decimal(5), feedback_removed=True),
        ClosedContract("counts", day, Decimal(5)),
    ]
    assert [contract.title for contract in roadmap_of(contracts, AS_OF)[0].left] == ["counts"]


def test_j10_contracts_that_leave_together_stand_oldest_first() -> None:
    # The last days of August all leave the half year on March 1 (J5).
    contracts = [
        ClosedContract("31", date(2026, 8, 31), Decimal(5)),
        ClosedContract("29 b", date(2026, 8, 29), Decimal(5)),
        ClosedContract("30", date(2026, 8, 30), Decimal(5)),
        ClosedContract("29 a", date(2026, 8, 29), Decimal(5)),
    ]
    first = roadmap_of(contracts, AS_OF)[0]
    assert first.date == date(2027, 3, 1)
    assert [contract.title for contract in first.left] == ["29 b", "29 a", "30", "31"]


def test_j10_nothing_to_look_forward_to() -> None:
    assert roadmap_of([], AS_OF) == ()
    assert roadmap_of([ClosedContract("open", None)], AS_OF) == ()
    assert roadmap_of(closed("+", AS_OF + timedelta(days=1)), AS_OF) == ()


def test_j10_can_end_on_a_day() -> None:
    contracts = closed("+", date(2026, 7, 1))
    until_then = roadmap_of(contracts, AS_OF, until=date(2027, 1, 1))
    assert [entry.date for entry in until_then] == [date(2027, 1, 1)]
    assert roadmap_of(contracts, AS_OF, until=date(2026, 12, 31)) == ()
    assert roadmap_of(contracts, AS_OF, until=AS_OF) == ()


def test_j10_an_assumed_contract_lifts_every_window_and_leaves_without_a_title() -> None:
    arrives = date(2026, 12, 1)
    entries = roadmap_of(closed("-"), AS_OF, assumed=[arrives])
    assert [(entry.months, entry.arrived) for entry in entries if entry.date == arrives] == []
    entries = roadmap_of(closed("+-"), AS_OF, assumed=[arrives])
    arrival = [entry for entry in entries if entry.date == arrives]
    assert [(entry.months, entry.score_after, entry.arrived) for entry in arrival] == [
        (6, 33, 1),
        (12, 33, 1),
        (24, 33, 1),
    ]
    assert (entries[-1].date, entries[-1].left) == (date(2028, 12, 1), ())


@pytest.mark.parametrize("day", [AS_OF, AS_OF - timedelta(days=1)])
def test_j10_assumed_contracts_lie_ahead(day: date) -> None:
    with pytest.raises(ValueError, match="Assumed"):
        roadmap_of([], AS_OF, assumed=[day])


def test_j10_two_contracts_a_month_are_spread_evenly() -> None:
    assert assumed_closings(date(2026, 11, 21), 2, months=2) == (
        date(2026, 12, 6),
        date(2026, 12, 21),
        date(2027, 1, 5),
        date(2027, 1, 21),
    )


def test_j10_more_contracts_than_days_still_lie_ahead() -> None:
    closings = assumed_closings(AS_OF, 60, months=1)
    assert len(closings) == 60
    assert min(closings) > AS_OF


def test_j10_no_assumption_is_no_closing() -> None:
    assert assumed_closings(AS_OF, 0, months=12) == ()
    assert assumed_closings(AS_OF, 2, months=0) == ()
    with pytest.raises(ValueError, match="at least 0"):
        assumed_closings(AS_OF, -1, months=1)


@given(practices(), st.integers(1, 100))
@settings(max_examples=30, deadline=None)
def test_j10_the_outlook_agrees_with_walking_every_day(
    practice: tuple[list[ClosedContract], date], target: int
) -> None:
    contracts, as_of = practice
    known = plain.known_at(contracts, as_of)
    reached_on = worst = worst_on = None
    for ahead in range(735):
        day = as_of + timedelta(days=ahead)
        scores = plain.scores(known, day).values()
        exact = [each.exact for each in scores if each.exact is not None]
        if not exact:
            continue
        if reached_on is None and max(exact) * 100 >= target:
            reached_on = day
        shown, _ = plain.shown(known, day)
        if shown is not None and (worst is None or shown < worst):
            worst, worst_on = shown, day
    made = outlook_of(contracts, as_of, target)
    assert (made.reaches_target_on, made.worst_score, made.worst_on) == (
        reached_on,
        worst,
        worst_on,
    )


def test_j10_the_target_is_reached_exactly_not_as_displayed() -> None:
    contracts = closed("+" * 91 + "-" * 5, date(2026, 10, 1))  # 86 of 96 = 89.58 %, displayed as 90
    assert outlook_of(contracts, AS_OF, 90).reaches_target_on is None
    assert outlook_of(contracts, AS_OF, 89).reaches_target_on == AS_OF


def test_j10_the_day_the_last_negative_leaves_the_half_year() -> None:
    contracts = [
        *closed("-", date(2026, 8, 31)),
        *closed("-", date(2026, 7, 1)),
        *closed("+", date(2026, 10, 1)),
        ClosedContract("flagged", date(2026, 10, 1), Decimal(1), client_flagged=True),
        *closed("-", AS_OF + timedelta(days=1)),
    ]
    assert outlook_of(contracts, AS_OF, 90).last_negative_leaves_on == date(2027, 3, 1)


def test_j10_no_negative_in_the_half_year_leaves_it() -> None:
    contracts = closed("+") + closed("-", date(2026, 5, 21))
    assert outlook_of(contracts, AS_OF, 90).last_negative_leaves_on is None


def test_j10_assumed_contracts_bring_the_target_nearer() -> None:
    contracts = closed("+" * 7 + "-", date(2026, 11, 1))
    alone = outlook_of(contracts, AS_OF, 90)
    helped = outlook_of(contracts, AS_OF, 90, assumed=assumed_closings(AS_OF, 4, months=6))
    assert alone.reaches_target_on is None
    assert helped.reaches_target_on == date(2027, 2, 21)  # the twelfth (J8)


def test_a_ledger_too_large_to_be_packed_is_sorted_all_the_same() -> None:
    cell = np.array([2**60, 5, 2**60, 0, 5])
    assert [part.tolist() for part in ledger._sorted(cell)] == [
        [0, 5, 5, 2**60, 2**60],
        [3, 1, 4, 0, 2],
    ]
