"""The close-out cadence: a table that reads like C3, and what holds for any log."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.cadence import (
    C3,
    FEEDBACK_DAYS,
    OWN_UP_DAYS,
    Event,
    Happened,
    Intervals,
    Step,
    StepKind,
    Why,
    cadence_of,
    next_step,
)
from contracts.upwork_clocks import DORMANT_DAY, Clock, dormancy, feedback_deadline

DAY_0 = dt.date(2026, 3, 2)
Log = list[tuple[int, Happened]]


def day(number: int) -> dt.date:
    return DAY_0 + dt.timedelta(number)


def events(log: Log) -> list[Event]:
    return [Event(day(number), what) for number, what in log]


def step_after(log: Log, as_of: int, intervals: Intervals = C3) -> tuple[StepKind, int] | None:
    """The next step and its due day, counted from day 0."""
    step = next_step(events(log), day(as_of), intervals)
    return (step.kind, (step.due_on - DAY_0).days) if step else None


DELIVERED = (0, Happened.DELIVERED)
ASKED = (0, Happened.ASKED)

#: What happened · the day on which we look · the next step and the day on which it is due.
C3_TABLE: list[tuple[str, Log, int, tuple[StepKind, int] | None]] = [
    ("nothing is due before the delivery", [], 0, None),
    ("day 0: deliver, and ask the five-star question (C2)", [DELIVERED], 0, (StepKind.ASK, 0)),
    ("the question stays due until it is asked", [DELIVERED], 30, (StepKind.ASK, 0)),
    ("asked: a friendly ping after a week", [DELIVERED, ASKED], 0, (StepKind.PING, 7)),
    (
        "asked two days later: the week counts from there",
        [DELIVERED, (2, Happened.ASKED)],
        2,
        (StepKind.PING, 9),
    ),
    (
        "the client answers: a ping a week after the answer",
        [DELIVERED, ASKED, (3, Happened.ANSWERED)],
        3,
        (StepKind.PING, 10),
    ),
    (
        "pinged and answered: again a week after the answer",
        [DELIVERED, ASKED, (7, Happened.PINGED), (8, Happened.ANSWERED)],
        8,
        (StepKind.PING, 15),
    ),
    (
        "pinged, answered, pinged, answered: for as long as the client answers",
        [
            DELIVERED,
            ASKED,
            (7, Happened.PINGED),
            (8, Happened.ANSWERED),
            (15, Happened.PINGED),
            (20, Happened.ANSWERED),
        ],
        20,
        (StepKind.PING, 27),
    ),
    (
        "no answer to the ping: two extra weeks, then once more",
        [DELIVERED, ASKED, (7, Happened.PINGED)],
        7,
        (StepKind.LAST_PING, 21),
    ),
    (
        "no answer to the last ping: a week more, then close it yourself",
        [DELIVERED, ASKED, (7, Happened.PINGED), (21, Happened.PINGED)],
        21,
        (StepKind.CLOSE, 28),
    ),
    (
        "an answer to the last ping starts anew",
        [DELIVERED, ASKED, (7, Happened.PINGED), (21, Happened.PINGED), (25, Happened.ANSWERED)],
        25,
        (StepKind.PING, 32),
    ),
    (
        "pinged late: the silence counts from the ping that was sent",
        [DELIVERED, ASKED, (12, Happened.PINGED)],
        12,
        (StepKind.LAST_PING, 26),
    ),
    (
        "closed without feedback: ask once to rate it (J15)",
        [DELIVERED, ASKED, (5, Happened.CLOSED)],
        5,
        (StepKind.ASK_FOR_FEEDBACK, 8),
    ),
    (
        "asked to rate: nothing more",
        [DELIVERED, (5, Happened.CLOSED), (8, Happened.FEEDBACK_ASKED)],
        8,
        None,
    ),
    ("no request once feedback can no longer be left (J18)", [(5, Happened.CLOSED)], 20, None),
    (
        "on the last day it still can (J18)",
        [(5, Happened.CLOSED)],
        19,
        (StepKind.ASK_FOR_FEEDBACK, 8),
    ),
    (
        "closed with five stars: nothing more",
        [(5, Happened.CLOSED), (6, Happened.RATED_WELL)],
        6,
        None,
    ),
    (
        "closed with a bad rating: own up (J15)",
        [(5, Happened.CLOSED), (6, Happened.RATED_BADLY)],
        6,
        (StepKind.OWN_UP, 7),
    ),
    (
        "owned up: nothing more",
        [(5, Happened.CLOSED), (6, Happened.RATED_BADLY), (7, Happened.OWNED_UP)],
        7,
        None,
    ),
    (
        "the rating was changed for the better (J9): nothing more",
        [(5, Happened.CLOSED), (6, Happened.RATED_BADLY), (9, Happened.RATED_WELL)],
        9,
        None,
    ),
    (
        "going badly: end it yourself (C1)",
        [DELIVERED, ASKED, (4, Happened.GOING_BADLY)],
        4,
        (StepKind.END_BADLY, 4),
    ),
    (
        "going badly before any delivery: the same (C1)",
        [(4, Happened.GOING_BADLY)],
        4,
        (StepKind.END_BADLY, 4),
    ),
    (
        "going well again: the cadence goes on where it was",
        [DELIVERED, ASKED, (4, Happened.GOING_BADLY), (5, Happened.GOING_WELL)],
        5,
        (StepKind.PING, 7),
    ),
    ("taken out: nothing", [DELIVERED, ASKED, (1, Happened.TAKEN_OUT)], 60, None),
    (
        "taken back: the cadence goes on where it was",
        [DELIVERED, ASKED, (1, Happened.TAKEN_OUT), (2, Happened.TAKEN_BACK)],
        2,
        (StepKind.PING, 7),
    ),
    (
        "opened again: a week after that, as after an answer",
        [DELIVERED, ASKED, (5, Happened.CLOSED), (9, Happened.REOPENED)],
        9,
        (StepKind.PING, 16),
    ),
    (
        "what is still to come is not known yet",
        [DELIVERED, ASKED, (7, Happened.PINGED)],
        6,
        (StepKind.PING, 7),
    ),
]


@pytest.mark.parametrize(
    ("log", "as_of", "expected"), [row[1:] for row in C3_TABLE], ids=[row[0] for row in C3_TABLE]
)
def test_the_cadence(log: Log, as_of: int, expected: tuple[StepKind, int] | None) -> None:
    assert step_after(log, as_of) == expected


def test_who_ended_it_because_it_went_badly_does_not_ask_for_the_rating() -> None:
    """C1, J15: that would invite the bad rating that ending it was to avoid."""
    log: Log = [DELIVERED, ASKED, (4, Happened.GOING_BADLY), (6, Happened.CLOSED)]
    assert step_after(log, 6) == (StepKind.OWN_UP, 7)
    assert step_after([*log, (8, Happened.OWNED_UP)], 9) is None
    assert step_after([*log, (8, Happened.RATED_WELL)], 8) is None
    assert step_after(log, 6 + OWN_UP_DAYS + 1) is None


def test_a_snooze_after_the_end_wakes_while_upwork_still_takes_it() -> None:
    """J18: put off beyond the last day, the request would never come."""
    log = [*events([(0, Happened.CLOSED)]), Event(day(12), Happened.SNOOZED, until=day(40))]
    step = next_step(log, day(12))
    assert step
    assert (step.kind, step.due_on) == (StepKind.ASK_FOR_FEEDBACK, day(FEEDBACK_DAYS))


def test_a_snooze_of_the_closing_day_holds() -> None:
    log = [*events([(5, Happened.CLOSED)]), Event(day(5), Happened.SNOOZED, until=day(11))]
    step = next_step(log, day(5))
    assert step
    assert step.due_on == day(11)


def test_what_a_colleague_further_east_wrote_down_is_known() -> None:
    """There it is tomorrow already: the client has closed it, and nobody is to be written to."""
    log = events([DELIVERED, ASKED, (8, Happened.CLOSED)])
    assert cadence_of(log, day(7)).step == Step(StepKind.PING, day(7), Why.CLIENT_IN_TOUCH, DAY_0)
    elsewhere = cadence_of(log, day(7), known_until=day(9)).step
    assert elsewhere
    assert elsewhere.kind == StepKind.ASK_FOR_FEEDBACK


def test_a_month_of_silence_ends_with_closing_it_yourself() -> None:
    """C3 as a whole: the software is asked each day, and each step is done when it falls due."""
    log, done = [Event(DAY_0, Happened.DELIVERED)], []
    for number in range(60):
        step = next_step(log, day(number))
        if step is None or step.due_on > day(number):
            continue
        done.append((number, step.kind))
        what = {
            StepKind.ASK: Happened.ASKED,
            StepKind.CLOSE: Happened.CLOSED,
            StepKind.ASK_FOR_FEEDBACK: Happened.FEEDBACK_ASKED,
        }.get(step.kind, Happened.PINGED)
        log.append(Event(day(number), what))

    assert done == [
        (0, StepKind.ASK),
        (7, StepKind.PING),
        (21, StepKind.LAST_PING),
        (28, StepKind.CLOSE),
        (31, StepKind.ASK_FOR_FEEDBACK),
    ]


def test_every_interval_can_be_another() -> None:
    own = Intervals(ping_days=3, silence_days=5, close_days=2, rate_days=1)
    pinged = (3, Happened.PINGED)
    assert step_after([DELIVERED, ASKED], 0, own) == (StepKind.PING, 3)
    assert step_after([DELIVERED, ASKED, pinged], 3, own) == (StepKind.LAST_PING, 8)
    twice = [DELIVERED, ASKED, pinged, (8, Happened.PINGED)]
    assert step_after(twice, 8, own) == (StepKind.CLOSE, 10)
    assert step_after([(5, Happened.CLOSED)], 5, own) == (StepKind.ASK_FOR_FEEDBACK, 6)


def test_a_request_that_would_come_too_late_comes_on_the_last_day() -> None:
    slow = replace(C3, rate_days=90)
    assert step_after([(0, Happened.CLOSED)], 0, slow) == (
        StepKind.ASK_FOR_FEEDBACK,
        FEEDBACK_DAYS,
    )


def test_a_snooze_moves_the_step_and_nothing_else() -> None:
    log = events([DELIVERED, ASKED])
    snoozed = [*log, Event(day(7), Happened.SNOOZED, until=day(14))]
    step = next_step(snoozed, day(7))
    assert step == Step(StepKind.PING, day(14), Why.CLIENT_IN_TOUCH, DAY_0)
    assert cadence_of(snoozed, day(13)).snoozed_until == day(14)
    assert cadence_of(snoozed, day(14)).snoozed_until is None


def test_a_snooze_never_brings_a_step_forward() -> None:
    log = [*events([DELIVERED, ASKED]), Event(day(1), Happened.SNOOZED, until=day(3))]
    step = next_step(log, day(1))
    assert step
    assert step.due_on == day(7)


def test_a_snooze_ends_with_the_contract() -> None:
    log = [*events([DELIVERED, ASKED]), Event(day(1), Happened.SNOOZED, until=day(40))]
    assert next_step([*log, Event(day(2), Happened.CLOSED)], day(2)) == Step(
        StepKind.ASK_FOR_FEEDBACK, day(5), Why.NO_FEEDBACK, day(2)
    )


def test_each_step_says_why() -> None:
    """C6: nobody follows advice that does not say where it comes from."""
    whys = {
        Why.JUST_DELIVERED: [DELIVERED],
        Why.CLIENT_IN_TOUCH: [DELIVERED, ASKED],
        Why.CLIENT_SILENT: [DELIVERED, ASKED, (1, Happened.PINGED)],
        Why.LAST_PING_UNANSWERED: [DELIVERED, ASKED, (1, Happened.PINGED), (1, Happened.PINGED)],
        Why.GOING_BADLY: [(1, Happened.GOING_BADLY)],
        Why.NO_FEEDBACK: [(1, Happened.CLOSED)],
        Why.BAD_RATING: [(1, Happened.CLOSED), (1, Happened.RATED_BADLY)],
        Why.BAD_END: [(1, Happened.GOING_BADLY), (1, Happened.CLOSED)],
    }
    for why, log in whys.items():
        step = next_step(events(log), day(1))
        assert step
        assert step.why == why
    assert set(whys) == set(Why)


# ── Any log ──────────────────────────────────────────────────────────────────────────────────────

days = st.integers(0, 120).map(day)
plain_event = st.builds(
    Event, on=days, what=st.sampled_from([what for what in Happened if what != Happened.SNOOZED])
)
snooze = st.builds(
    lambda on, length: Event(on, Happened.SNOOZED, on + dt.timedelta(length)),
    days,
    st.integers(1, 60),
)
any_log = st.lists(plain_event | snooze, max_size=12)
any_intervals = st.builds(Intervals, *[st.integers(1, 365)] * 4)


@given(any_log, days, any_intervals)
def test_there_is_exactly_one_next_step_or_none(
    log: list[Event], as_of: dt.date, intervals: Intervals
) -> None:
    step = next_step(log, as_of, intervals)
    assert step is None or isinstance(step, Step)
    if step:
        assert step.since <= as_of
        assert step.since <= step.due_on


@given(any_log, days, any_intervals, st.randoms())
def test_the_order_in_which_a_log_is_written_does_not_matter(
    log: list[Event], as_of: dt.date, intervals: Intervals, random: object
) -> None:
    """But for two of the same kind on one day, which a snooze's length could tell apart."""
    once = list({(event.on, event.what): event for event in log}.values())
    shuffled = list(once)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert next_step(once, as_of, intervals) == next_step(shuffled, as_of, intervals)


@given(any_log, days, any_intervals, st.integers(1, 400))
def test_a_day_that_passes_without_an_event_moves_no_date_back(
    log: list[Event], as_of: dt.date, intervals: Intervals, later: int
) -> None:
    log = [event for event in log if event.on <= as_of]
    now = next_step(log, as_of, intervals)
    then = next_step(log, as_of + dt.timedelta(later), intervals)
    if now is None:
        assert then is None
    elif then:
        assert then.due_on >= now.due_on
        assert then.kind == now.kind
    else:
        assert now.kind in {StepKind.ASK_FOR_FEEDBACK, StepKind.OWN_UP}  # J18: it lapsed


@given(any_log, days, any_intervals)
@example([Event(DAY_0, Happened.DELIVERED), Event(day(3), Happened.SNOOZED, day(9))], day(3), C3)
def test_no_step_of_an_open_contract_repeats_after_closed(
    log: list[Event], closed_on: dt.date, intervals: Intervals
) -> None:
    log = [event for event in log if event.on <= closed_on and event.what != Happened.CLOSED]
    log.append(Event(closed_on, Happened.CLOSED))
    seen = []
    for later in range(OWN_UP_DAYS + 3):
        as_of = closed_on + dt.timedelta(later)
        step = next_step(log, as_of, intervals)
        if step is None or step.due_on > as_of:
            continue
        seen.append(step.kind)
        done = {
            StepKind.ASK_FOR_FEEDBACK: Happened.FEEDBACK_ASKED,
            StepKind.OWN_UP: Happened.OWNED_UP,
        }
        log.append(Event(as_of, done[step.kind]))  # a KeyError: a step of an open contract

    assert len(seen) == len(set(seen)) <= 1


@given(any_log, days, any_intervals)
def test_what_is_taken_out_stays_silent(
    log: list[Event], as_of: dt.date, intervals: Intervals
) -> None:
    log = [event for event in log if event.what != Happened.TAKEN_BACK]
    log.append(Event(min([as_of, *[event.on for event in log]]), Happened.TAKEN_OUT))
    assert next_step(log, as_of, intervals) is None


# ── Upwork's clocks ──────────────────────────────────────────────────────────────────────────────


def test_feedback_can_be_left_until_midnight_utc_at_the_end_of_the_14th_day() -> None:
    """J18."""
    assert feedback_deadline(dt.date(2026, 3, 1)) == dt.datetime(2026, 3, 16, tzinfo=dt.UTC)
    assert feedback_deadline(dt.date(2026, 12, 20)) == dt.datetime(2027, 1, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("after", "passed", "coming"),
    [
        (0, None, Clock.FIRST_NOTICE),
        (75, None, Clock.FIRST_NOTICE),
        (76, Clock.FIRST_NOTICE, Clock.SECOND_NOTICE),
        (83, Clock.SECOND_NOTICE, Clock.DORMANT),
        (89, Clock.SECOND_NOTICE, Clock.DORMANT),
        (90, Clock.DORMANT, None),
        (400, Clock.DORMANT, None),
    ],
)
def test_escrow_falls_dormant_90_days_after_the_last_milestone(
    after: int, passed: Clock | None, coming: Clock | None
) -> None:
    """C7: notices on day 76 and 83, dormant on day 90."""
    clock = dormancy(DAY_0, day(after))
    assert (clock.passed, clock.coming) == (passed, coming)
    assert clock.dormant_on == day(DORMANT_DAY)
    assert [what_day for _what, what_day in clock.days] == [day(76), day(83), day(90)]
