"""B6's reading: grows, holds, falls by the work itself, or not enough yet."""

import datetime as dt

import pytest

from proposals.connects import Entry, Kind, ledger_of
from proposals.connects_reading import CONVENTION, Reading, Verdict, reading_of

TODAY = dt.date(2026, 11, 22)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def reading(*entries: Entry, begins: int = 200, stock: int = 300) -> Reading:
    opening = Entry(ago(begins), stock, Kind.PURCHASE)
    return reading_of(ledger_of([opening, *entries], as_of=TODAY))


def spends(number: int, amount: int = 20) -> list[Entry]:
    return [Entry(ago(5 + each), -amount, Kind.SPEND) for each in range(number)]


@pytest.mark.parametrize(
    ("earned", "verdict"),
    [
        (89, Verdict.FALLS),
        (90, Verdict.HOLDS),
        (100, Verdict.HOLDS),
        (110, Verdict.HOLDS),
        (111, Verdict.GROWS),
    ],
)
def test_what_was_earned_is_held_against_what_was_spent_b6(earned: int, verdict: Verdict) -> None:
    back = Entry(ago(30), 40, Kind.REFUND)
    assert reading(*spends(5), back, Entry(ago(20), earned - 40, Kind.GRANT)).verdict is verdict


def test_what_is_bought_proves_nothing_b6() -> None:
    bought = reading(*spends(5), Entry(ago(20), 500, Kind.PURCHASE))

    assert bought.verdict is Verdict.FALLS
    assert bought.totals.after > bought.totals.before
    assert bought.totals.net == -100


def test_a_boost_is_spent_but_no_proposal_of_its_own() -> None:
    found = reading(*spends(4), *[Entry(ago(9), -10, Kind.BOOST)] * 3)

    assert found.totals.spent == 110
    assert (found.verdict, found.lacks.proposals) == (Verdict.NOT_ENOUGH, 1)


def test_entries_that_were_taken_together_count_each() -> None:
    together = Entry(ago(9), -100, Kind.SPEND, times=5)

    assert reading(together).verdict is Verdict.FALLS


def test_older_than_90_days_is_left_out() -> None:
    inside, outside = Entry(ago(89), -20, Kind.SPEND), Entry(ago(90), -20, Kind.SPEND)

    assert reading(*spends(4), inside).totals.proposals == 5
    assert reading(*spends(4), outside).totals.proposals == 4
    assert reading(*spends(5)).days == CONVENTION.days


def test_a_ledger_that_just_began_is_not_enough_and_its_own_days_are_looked_at() -> None:
    young, older = reading(*spends(5), begins=20), reading(*spends(5), begins=30)

    assert (young.verdict, young.lacks.days) == (Verdict.NOT_ENOUGH, 10)
    assert (older.verdict, older.days, older.totals.bought) == (Verdict.FALLS, 31, 300)


def test_where_the_ledger_does_not_know_enough_nothing_is_said() -> None:
    found = reading(*spends(5), stock=60)

    assert (found.verdict, found.lacks.connects) == (Verdict.NOT_ENOUGH, 40)


def test_without_an_entry_there_is_not_enough() -> None:
    assert reading_of(ledger_of([], as_of=TODAY)).verdict is Verdict.NOT_ENOUGH
