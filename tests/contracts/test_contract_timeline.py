"""A contract's story: newest first, payments month by month, changes by day and person."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contracts.importing import MoneySource
from contracts.timeline import (
    Change,
    Changes,
    Happening,
    MonthOfPayments,
    Note,
    Paid,
    Rated,
    by_month,
    timeline,
)

WEEKLY, TRANSACTIONS = MoneySource.WEEKLY, MoneySource.TRANSACTIONS
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def paid(on: str, amount: str, category: str = "earning") -> Paid:
    return Paid(day(on), TRANSACTIONS, category, Decimal(amount))


def week(on: str, amount: str, hours: str) -> Paid:
    return Paid(day(on), WEEKLY, "earning", Decimal(amount), Decimal(hours))


def months(*payments: Paid) -> list[MonthOfPayments]:
    details = [item.detail for item in by_month(payments)]
    return [detail for detail in details if isinstance(detail, MonthOfPayments)]


def figures(month: MonthOfPayments) -> list[object]:
    return [month.count, month.gross, month.fees, month.hours]


def test_nothing_has_no_story() -> None:
    assert timeline() == []


def test_the_story_is_told_newest_first() -> None:
    items = timeline(
        started_on=day("2026-01-01"),
        delivered_on=day("2026-02-01"),
        closed_on=day("2026-03-01"),
        payments=[paid("2026-01-20", "100")],
        ratings=[Rated(day("2026-03-05"), True, Decimal(5))],
        notes=[Note(day("2026-02-10"), "key", "Moved")],
        changes=[Change(day("2026-04-01"), "Ann", ("x",))],
    )
    assert [item.happening.value for item in items] == [
        *("changes", "feedback", "closed", "log", "delivered", "payments", "started")
    ]


def test_things_of_one_day_stand_in_their_natural_order() -> None:
    one = day("2026-01-01")
    items = timeline(started_on=one, delivered_on=one, closed_on=one)
    assert [item.happening for item in items] == [
        Happening.CLOSED,
        Happening.DELIVERED,
        Happening.STARTED,
    ]


def test_a_months_payments_are_one_item_on_the_day_of_the_last() -> None:
    items = by_month([paid("2026-01-20", "100"), paid("2026-01-05", "50"), paid("2026-02-01", "7")])
    assert [item.on for item in items] == [day("2026-01-20"), day("2026-02-01")]
    assert items[0].detail == MonthOfPayments(day("2026-01-01"), 2, Decimal(150), Decimal(0), None)


def test_fees_are_a_cost_and_no_payment() -> None:
    (month,) = months(paid("2026-01-05", "100"), paid("2026-01-05", "-10", "service_fee"))
    assert figures(month) == [1, 100, 10, None]


def test_a_refund_is_taken_off() -> None:
    (month,) = months(paid("2026-01-05", "100"), paid("2026-01-09", "-30", "refund"))
    assert figures(month) == [1, 70, 0, None]


def test_weeks_do_not_tell_the_money_of_transactions_again() -> None:
    (month,) = months(paid("2026-01-15", "100"), week("2026-01-05", "100", "4"))
    assert figures(month) == [1, 100, 0, 4]


def test_weeks_alone_tell_their_money() -> None:
    (month,) = months(week("2026-01-05", "100", "4"), week("2026-01-12", "50", "2"))
    assert figures(month) == [2, 150, 0, 6]


def test_a_week_that_is_paid_the_month_after_shows_its_hours_only() -> None:
    december, january = months(week("2025-12-28", "100", "4"), paid("2026-01-07", "100"))
    assert figures(december) == [0, 0, 0, 4]
    assert january.gross == 100


def test_weeks_beyond_the_transactions_tell_their_money() -> None:
    early, _paid, late = months(
        week("2025-10-05", "60", "3"), paid("2026-01-07", "100"), week("2026-02-01", "80", "4")
    )
    assert [early.gross, late.gross] == [Decimal(60), Decimal(80)]


def test_a_rating_without_a_day_stands_on_the_closing_day() -> None:
    rated = Rated(None, True, Decimal(5))
    items = timeline(closed_on=day("2026-03-01"), ratings=[rated])
    assert [(item.on, item.happening) for item in items] == [
        (day("2026-03-01"), Happening.FEEDBACK),
        (day("2026-03-01"), Happening.CLOSED),
    ]


def test_a_rating_without_any_day_is_left_out() -> None:
    assert timeline(ratings=[Rated(None, True, Decimal(5))]) == []


def test_a_changed_rating_is_told_twice() -> None:
    rated = Rated(
        day("2026-03-01"),
        from_client=True,
        rating=Decimal(5),
        changed_on=day("2026-04-01"),
        before=Decimal(2),
    )
    assert [item.happening for item in timeline(ratings=[rated])] == [
        Happening.FEEDBACK_CHANGED,
        Happening.FEEDBACK,
    ]


def test_changes_are_gathered_by_day_and_person() -> None:
    new, old = day("2026-03-02"), day("2026-03-01")
    changes = [
        Change(new, "Ann", ("3",)),
        Change(new, "Ann", ("2",)),
        Change(new, "Bob", ("1",)),
        Change(old, "Ann", ("0",)),
    ]
    told = [item.detail for item in timeline(changes=changes)]
    assert told == [
        Changes("Ann", tuple(changes[:2])),
        Changes("Bob", (changes[2],)),
        Changes("Ann", (changes[3],)),
    ]


PAYMENTS = st.lists(
    st.builds(
        Paid,
        DAYS,
        st.sampled_from([TRANSACTIONS.value, WEEKLY.value]),
        st.sampled_from(["earning", "bonus", "refund", "service_fee", "tax", "other"]),
        st.decimals(-1_000, 1_000, places=2),
        st.none() | st.decimals(0, 80, places=2),
    ),
    max_size=300,
)


@given(PAYMENTS)
def test_many_payments_are_at_most_one_item_a_month(payments: list[Paid]) -> None:
    items = by_month(payments)
    firsts = [item.detail.first_day for item in items if isinstance(item.detail, MonthOfPayments)]
    assert firsts == sorted({payment.paid_on.replace(day=1) for payment in payments})


@given(PAYMENTS)
def test_months_of_transactions_add_up_to_all_fees(payments: list[Paid]) -> None:
    told = [row for row in payments if row.source == TRANSACTIONS]
    fees = sum((row.amount for row in told if row.category == "service_fee"), Decimal(0))
    assert sum((month.fees for month in months(*told)), Decimal(0)) == -fees


@given(PAYMENTS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
def test_the_days_never_rise(
    payments: list[Paid], start: dt.date | None, delivery: dt.date | None, close: dt.date | None
) -> None:
    days = [
        item.on
        for item in timeline(
            started_on=start, delivered_on=delivery, closed_on=close, payments=payments
        )
    ]
    assert days == sorted(days, reverse=True)
