"""The ledger of connects: first in, first out, a year's life, and what is missing (B6, B10)."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.connects import (
    SOON,
    Entry,
    Kind,
    Ledger,
    correction_for,
    ledger_of,
    year_after,
)
from proposals.connects_totals import totals_between

DAY = dt.timedelta(days=1)
FIRST = dt.date(2025, 1, 1)
TODAY = dt.date(2026, 11, 22)


def came(day: str, amount: int, kind: Kind = Kind.GRANT, cost: str | None = None) -> Entry:
    paid = None if cost is None else Decimal(cost)
    return Entry(dt.date.fromisoformat(day), amount, kind, paid)


def went(day: str, amount: int, kind: Kind = Kind.SPEND) -> Entry:
    return Entry(dt.date.fromisoformat(day), -amount, kind)


def ledger(*entries: Entry, as_of: dt.date = TODAY) -> Ledger:
    return ledger_of(entries, as_of=as_of)


def test_without_an_entry_there_is_nothing() -> None:
    empty = ledger()

    assert (empty.balance, empty.begins_on, empty.lots, empty.missing) == (0, None, (), 0)
    assert empty.balance_on(FIRST) == 0


def test_a_spend_takes_the_oldest_first_b10() -> None:
    book = ledger(came("2026-01-05", 10), came("2026-02-05", 40), went("2026-03-01", 16))

    assert book.balance == 34
    assert [(lot.came_on.month, lot.left) for lot in book.lots] == [(2, 34)]


def test_what_is_left_of_a_lot_lapses_a_year_after_it_came_b10() -> None:
    entries = [came("2025-03-15", 10), went("2025-04-01", 4), came("2025-06-01", 20)]

    book = ledger(*entries, as_of=dt.date(2026, 3, 15))

    assert book.balance_on(dt.date(2026, 3, 14)) == 26
    assert book.balance_on(dt.date(2026, 3, 15)) == 20
    assert [(day.day, day.lapsed) for day in book.lapses] == [(dt.date(2026, 3, 15), 6)]


def test_what_is_spent_on_the_day_itself_comes_too_late_for_the_lapsed() -> None:
    book = ledger(came("2025-03-15", 10), went("2026-03-15", 4))

    assert [day.lapsed for day in book.lapses] == [10]
    assert book.missing == 4


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-28"),
        ("2024-03-01", "2025-03-01"),
        ("2026-12-31", "2027-12-31"),
    ],
)
def test_a_year_is_clamped_on_29_february(day: str, gone: str) -> None:
    assert year_after(dt.date.fromisoformat(day)) == dt.date.fromisoformat(gone)


def test_what_comes_back_is_a_lot_of_its_own_from_that_day() -> None:
    book = ledger(
        came("2025-12-01", 16), went("2026-01-01", 16), came("2026-01-20", 16, Kind.REFUND)
    )

    assert [lot.lapses_on for lot in book.lots] == [dt.date(2027, 1, 20)]


def test_on_one_day_what_came_goes_before_what_was_spent() -> None:
    book = ledger(went("2026-05-01", 16), came("2026-05-01", 16))

    assert (book.balance, book.missing) == (0, 0)


def test_more_than_is_known_is_a_shortfall_and_never_a_negative_balance() -> None:
    book = ledger(
        came("2026-05-01", 10), went("2026-06-01", 16), went("2026-06-02", 4), came("2026-07-01", 5)
    )

    assert [(day.day.day, day.missing) for day in book.shortfalls] == [(1, 6), (2, 4)]
    assert [day.balance for day in book.days] == [10, 0, 0, 5]
    assert book.missing == 10


def test_what_lapses_soon_is_named_by_its_day() -> None:
    edge = TODAY + SOON
    book = ledger(
        came(edge.replace(year=edge.year - 1).isoformat(), 10),
        came((edge + DAY).replace(year=edge.year - 1).isoformat(), 20),
    )

    assert [(lot.lapses_on, lot.left) for lot in book.lapsing()] == [(edge, 10)]
    assert book.balance_on(edge) == 20
    assert book.balance_on(edge + DAY) == 0


def test_entries_to_come_are_left_out() -> None:
    assert ledger(came("2026-05-01", 10), came("2026-12-01", 50)).balance == 10


def test_a_spend_costs_what_its_lots_were_bought_for_else_the_price_of_one_b10() -> None:
    book = ledger(
        came("2026-05-01", 10, Kind.PURCHASE, "1.20"),
        came("2026-05-02", 10),
        went("2026-06-01", 15),
        went("2026-06-02", 8),
    )
    totals = totals_between(book, FIRST, TODAY)

    assert [round(float(day.cost), 4) for day in book.days[2:]] == [1.95, 1.20]
    assert (totals.cost, totals.paid) == (Decimal("3.15"), Decimal("1.20"))


def test_a_purchase_without_its_price_counts_at_the_usual_one_b10() -> None:
    totals = totals_between(ledger(came("2026-05-01", 80, Kind.PURCHASE)), FIRST, TODAY)

    assert totals.paid == Decimal("12.00")


def test_a_correction_is_no_cost() -> None:
    book = ledger(came("2026-05-01", 10), went("2026-06-01", 4, Kind.CORRECTION))

    assert (book.balance, totals_between(book, FIRST, TODAY).cost) == (6, Decimal("0.00"))


def test_the_edges_of_a_stretch_are_those_of_a_window_j5() -> None:
    book = ledger(came("2026-05-01", 10), came("2026-05-02", 20), came("2026-05-03", 40))

    totals = totals_between(book, dt.date(2026, 5, 1), dt.date(2026, 5, 2))

    assert (totals.before, totals.earned, totals.after) == (10, 20, 30)


# ── Whatever the entries are ─────────────────────────────────────────────────────────────────────

DAYS = st.dates(dt.date(2023, 12, 1), dt.date(2026, 12, 31))
COSTS = st.none() | st.decimals(0, 100, places=2)


@st.composite
def an_entry(draw: st.DrawFn) -> Entry:
    kind, amount = draw(st.sampled_from(Kind)), draw(st.integers(1, 80))
    goes = kind in {Kind.SPEND, Kind.BOOST} or (kind is Kind.CORRECTION and draw(st.booleans()))
    cost = draw(COSTS) if kind is Kind.PURCHASE else None
    return Entry(draw(DAYS), -amount if goes else amount, kind, cost)


ENTRIES = st.lists(an_entry(), max_size=40)


@given(ENTRIES, DAYS)
def test_came_and_missing_are_always_spent_lapsed_or_left(
    entries: list[Entry], as_of: dt.date
) -> None:
    book = ledger(*entries, as_of=as_of)
    came_in = sum(day.came for day in book.days)
    spent = sum(day.went for day in book.days)
    lapsed = sum(day.lapsed for day in book.days)
    left = sum(lot.left for lot in book.lots)

    assert came_in + book.missing == spent + lapsed + left
    assert came_in == sum(e.amount for e in entries if e.amount > 0 and e.day <= as_of)
    assert spent == -sum(e.amount for e in entries if e.amount < 0 and e.day <= as_of)
    assert left == book.balance
    assert all(day.balance >= 0 for day in book.days)
    assert all(lot.lapses_on > as_of for lot in book.lots)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_input_makes_no_difference(entries: list[Entry], chance: object) -> None:
    other = list(entries)
    chance.shuffle(other)  # type: ignore[attr-defined]  # a Random
    assert ledger(*other).days == ledger(*entries).days
    assert ledger(*other).lots == ledger(*entries).lots


@given(ENTRIES, DAYS)
def test_a_day_looks_the_same_from_later_on(entries: list[Entry], day: dt.date) -> None:
    """What was written for that evening stays: later entries change no earlier balance."""
    then, later = ledger(*entries, as_of=day), ledger(*entries, as_of=dt.date(2028, 1, 1))

    assert then.balance == later.balance_on(day)


@given(ENTRIES, DAYS, DAYS)
def test_a_stretch_adds_up(entries: list[Entry], one: dt.date, other: dt.date) -> None:
    after, until = sorted((one, other))
    totals = totals_between(ledger(*entries, as_of=dt.date(2026, 12, 31)), after, until)

    came_in = totals.before + totals.earned + totals.came_back + totals.bought + totals.missing
    assert came_in + totals.corrected == totals.spent + totals.lapsed + totals.after


@given(ENTRIES, DAYS, st.integers(0, 200))
def test_a_correction_makes_the_day_end_as_it_is_said(
    entries: list[Entry], day: dt.date, balance: int
) -> None:
    book = ledger(*entries, as_of=day)
    amount = correction_for(book, day, balance)
    said = [*entries, Entry(day, amount, Kind.CORRECTION)] if amount else entries
    corrected = ledger(*said, as_of=day)

    assert corrected.balance == balance
    assert not any(short.day == day for short in corrected.shortfalls)
