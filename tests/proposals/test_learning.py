"""B1, B5, B6: what is counted for which trait, and what may be said about it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.conversion import Verdict, rate_of
from proposals.learning import (
    FEWEST,
    Counts,
    Dimension,
    Sent,
    Standing,
    bid_range,
    counted,
    group_of,
    merged,
    per,
    standing_of,
    traits_of,
)

MONDAY_NINE = dt.datetime(2026, 11, 23, 9, 5, tzinfo=dt.UTC)


def test_a_proposal_is_counted_for_all_its_traits() -> None:
    sent = Sent(
        MONDAY_NINE,
        version=3,
        blocks=(5, 5, 6),
        niche=" Shops ",
        profile=7,
        kind="hourly",
        bid=Decimal(60),
        is_boosted=True,
    )
    assert list(traits_of(sent)) == [
        (Dimension.ALL, ""),
        (Dimension.VERSION, "3"),
        (Dimension.BLOCK, "5"),
        (Dimension.BLOCK, "6"),
        (Dimension.NICHE, "Shops"),
        (Dimension.PROFILE, "7"),
        (Dimension.BID, "hourly:50"),
        (Dimension.HOUR, "9"),
        (Dimension.WEEKDAY, "0"),
        (Dimension.BOOSTED, "yes"),
        (Dimension.INVITED, "no"),
    ]


def test_what_is_not_known_is_counted_nowhere() -> None:
    dimensions = {dimension for dimension, _key in traits_of(Sent(MONDAY_NINE))}
    assert dimensions == {
        *(Dimension.ALL, Dimension.HOUR, Dimension.WEEKDAY),
        *(Dimension.BOOSTED, Dimension.INVITED),
    }


def test_who_was_won_over_has_replied_and_looked() -> None:
    rows = [
        Sent(MONDAY_NINE, connects=12),
        Sent(MONDAY_NINE, was_won=True, connects=8),
        Sent(MONDAY_NINE, was_viewed=True),
    ]
    assert counted(rows)[Dimension.ALL, ""] == Counts(3, 2, 1, 1, 20)


@pytest.mark.parametrize(
    ("kind", "bid", "key"),
    [
        ("hourly", "24.99", "hourly:0"),
        ("hourly", "25", "hourly:25"),
        ("hourly", "900", "hourly:150"),
        ("fixed", "99.99", "fixed:0"),
        ("fixed", "5000", "fixed:5000"),
        ("fixed", "-1", ""),
        ("", "50", ""),
    ],
)
def test_a_range_of_bids_begins_with_its_first_dollar(kind: str, bid: str, key: str) -> None:
    assert bid_range(kind, Decimal(bid)) == key
    assert bid_range(kind, None) == ""


def test_below_the_minimum_nothing_is_said() -> None:
    whole = Counts(sent=500, replied=50)
    group = group_of("x", Counts(sent=FEWEST - 1, replied=FEWEST - 1), whole)
    assert (group.replies, group.wins, group.verdict) == (None, None, Verdict.NOT_ENOUGH)


def test_with_too_few_others_there_is_a_share_and_no_verdict() -> None:
    whole = Counts(sent=50, replied=10)
    group = group_of("x", Counts(sent=40, replied=10), whole)
    assert group.replies == rate_of(10, 40)
    assert group.verdict is Verdict.NOT_ENOUGH


@pytest.mark.parametrize(
    ("replied", "verdict"),
    [(30, Verdict.BETTER), (10, Verdict.NO_CLEAR_DIFFERENCE), (0, Verdict.WORSE)],
)
def test_a_group_is_held_against_the_rest(replied: int, verdict: Verdict) -> None:
    own, rest = Counts(sent=100, replied=replied), Counts(sent=400, replied=40)
    assert group_of("x", own, own + rest).verdict is verdict


@pytest.mark.parametrize(
    ("replied", "sent", "standing"),
    [
        (0, 200, Standing.GENERIC),
        (1, 100, Standing.UNCLEAR),
        (15, 100, Standing.BETWEEN),
        (28, 100, Standing.PERSONAL),
        (60, 100, Standing.ABOVE),
    ],
)
def test_the_whole_interval_is_held_against_the_benchmarks(
    replied: int, sent: int, standing: Standing
) -> None:
    assert standing_of(rate_of(replied, sent)) is standing
    assert standing_of(None) is Standing.NOT_ENOUGH


def test_versions_are_put_together() -> None:
    parts = [("a", Counts(sent=2)), ("b", Counts(sent=1)), ("a", Counts(sent=3, won=1))]
    assert merged(parts) == {"a": Counts(sent=5, won=1), "b": Counts(sent=1)}


def test_what_gained_nothing_has_no_price() -> None:
    assert per(120, 0) is None
    assert per(120, 4) == 30
    assert per(120, Decimal(-5)) is None


figures = st.builds(
    Counts,
    sent=st.integers(0, 10_000),
    viewed=st.integers(0, 10_000),
    replied=st.integers(0, 10_000),
    won=st.integers(0, 10_000),
    connects=st.integers(0, 100_000),
)


@given(figures, figures)
def test_no_figures_whatever_break_it(own: Counts, rest: Counts) -> None:
    """More replies than proposals, fewer in the whole than in the part: nothing falls over."""
    group = group_of("x", own, rest)
    assert (group.replies is None) == (own.sent < FEWEST)
    standing_of(group.replies)
