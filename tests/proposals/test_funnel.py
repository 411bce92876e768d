"""B5: the stages of a proposal, and what a move does to its days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.funnel import (
    DATED,
    ENDED,
    NO_ANSWER_AFTER,
    STEPS,
    Dates,
    Stage,
    follow_up_on,
    is_backwards,
    is_forgotten,
    moved,
)

MONDAY = dt.date(2026, 11, 2)
TUESDAY, FRIDAY = MONDAY + dt.timedelta(1), MONDAY + dt.timedelta(4)
SENT = Dates({Stage.SENT: MONDAY})


def test_a_reply_says_that_the_profile_was_seen() -> None:
    """B5: who replies has looked; a call or an audit counts only where somebody says so."""
    assert moved(SENT, Stage.REPLIED, on=FRIDAY).reached == {
        Stage.SENT: MONDAY,
        Stage.VIEWED: FRIDAY,
        Stage.REPLIED: FRIDAY,
    }


def test_a_deal_may_do_without_a_call() -> None:
    dates = moved(SENT, Stage.WON, on=FRIDAY)
    assert set(dates.reached) == {Stage.SENT, Stage.VIEWED, Stage.REPLIED}
    assert dates.ended == FRIDAY


def test_what_was_known_before_keeps_its_day() -> None:
    viewed = moved(SENT, Stage.VIEWED, on=TUESDAY)
    assert moved(viewed, Stage.REPLIED, on=FRIDAY).reached[Stage.VIEWED] == TUESDAY


def test_backwards_takes_back_what_did_not_happen() -> None:
    called = moved(moved(SENT, Stage.REPLIED, on=TUESDAY), Stage.CALL, on=FRIDAY)
    assert moved(called, Stage.VIEWED, on=FRIDAY) == Dates(
        {Stage.SENT: MONDAY, Stage.VIEWED: TUESDAY}
    )


def test_back_to_a_draft_nothing_has_happened() -> None:
    assert moved(SENT, Stage.DRAFT, on=FRIDAY) == Dates({})


@pytest.mark.parametrize("end", sorted(ENDED - {Stage.WON}))
def test_an_end_keeps_how_far_it_came(end: Stage) -> None:
    replied = moved(SENT, Stage.REPLIED, on=TUESDAY)
    assert moved(replied, end, on=FRIDAY) == Dates(replied.reached, FRIDAY)


def test_taken_up_again_after_an_end_it_is_open() -> None:
    lost = moved(SENT, Stage.LOST, on=TUESDAY)
    assert moved(lost, Stage.SENT, on=FRIDAY) == SENT


@given(st.lists(st.tuples(st.sampled_from(Stage), st.dates(MONDAY, dt.date(2026, 12, 31)))))
def test_however_it_was_moved_its_steps_hang_together(moves: list[tuple[Stage, dt.date]]) -> None:
    dates, stage = Dates({}), Stage.DRAFT
    for stage, day in moves:
        dates = moved(dates, stage, on=day)
        assert (dates.ended is not None) == (stage in ENDED)
        if stage in STEPS:
            later = STEPS[STEPS.index(stage) + 1 :]
            assert not set(dates.reached) & set(later)
            assert stage not in DATED or stage in dates.reached
        if Stage.REPLIED in dates.reached:
            assert Stage.VIEWED in dates.reached


@pytest.mark.parametrize(
    ("before", "after", "back"),
    [
        (Stage.SENT, Stage.REPLIED, False),
        (Stage.CALL, Stage.VIEWED, True),
        (Stage.WON, Stage.CALL, True),
        (Stage.LOST, Stage.SENT, True),
        (Stage.LOST, Stage.NO_ANSWER, False),
        (Stage.SENT, Stage.DRAFT, True),
    ],
)
def test_which_way_a_move_goes(before: Stage, after: Stage, *, back: bool) -> None:
    assert is_backwards(before, after) is back


def test_a_client_who_talks_and_then_is_silent_is_written_to_again() -> None:
    replied = moved(SENT, Stage.REPLIED, on=TUESDAY)
    assert follow_up_on(Stage.REPLIED, replied) == TUESDAY + dt.timedelta(days=2)
    assert follow_up_on(Stage.REPLIED, replied, by_hand=FRIDAY) == FRIDAY


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SENT, Stage.VIEWED, *sorted(ENDED)])
def test_nobody_is_followed_up_who_never_answered(stage: Stage) -> None:
    """Upwork lets nobody write to a client who has not replied."""
    assert follow_up_on(stage, SENT) is None


def test_after_a_month_of_silence_it_is_no_answer() -> None:
    last = MONDAY + NO_ANSWER_AFTER
    assert is_forgotten(Stage.SENT, SENT, as_of=last)
    assert not is_forgotten(Stage.SENT, SENT, as_of=last - dt.timedelta(days=1))
    assert not is_forgotten(Stage.REPLIED, SENT, as_of=last)
