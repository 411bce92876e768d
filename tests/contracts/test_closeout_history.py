"""A contract's rows as events, intervals and dates of the cadence."""

import datetime as dt
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.cadence import C3, Event, Happened, Intervals, StepKind
from contracts.closeout.board import board_rows
from contracts.closeout.history import (
    events_of,
    in_cadence,
    intervals_of,
    practice_intervals,
    with_history,
)
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract, Feedback
from tests.contracts.closeout_samples import (
    TODAY,
    Kind,
    ago,
    at_step,
    delivered,
    happened,
    rated,
    step_of,
)
from tests.factories import ContractFactory, closed_contract, solo_actor

pytestmark = pytest.mark.django_db


def history(contract: Contract) -> list[Event]:
    row = with_history(Contract.objects.filter(pk=contract.pk)).get()
    return sorted(events_of(row), key=lambda event: (event.on, event.what))


def own_intervals(contract: Contract) -> Intervals:
    row = with_history(Contract.objects.filter(pk=contract.pk)).get()
    return intervals_of(row, practice_intervals(contract.practice_id))


# ── Events ───────────────────────────────────────────────────────────────────────────────────────


def test_a_new_contract_has_no_history(freelancer: Freelancer) -> None:
    assert history(ContractFactory.create(freelancer=freelancer)) == []


def test_the_delivery_is_an_event(freelancer: Freelancer) -> None:
    assert history(delivered(freelancer, 3)) == [Event(ago(3), Happened.DELIVERED)]


def test_the_end_is_an_event(freelancer: Freelancer) -> None:
    assert history(closed_contract(freelancer, ago(3))) == [Event(ago(3), Happened.CLOSED)]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.SNOOZED])
def test_each_recorded_kind_is_an_event_of_the_same_name(
    freelancer: Freelancer, kind: CloseoutEvent.Kind
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    happened(contract, kind, ago(2))
    assert history(contract) == [Event(ago(2), Happened(kind.value))]


def test_a_snooze_brings_its_end_along(freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    happened(contract, Kind.SNOOZED, ago(2), until=ago(-5))
    assert history(contract) == [Event(ago(2), Happened.SNOOZED, ago(-5))]


@pytest.mark.parametrize(
    ("rating", "what"),
    [
        ("5.00", Happened.RATED_WELL),
        ("4.00", Happened.RATED_WELL),
        ("3.99", Happened.RATED_BADLY),
        ("1.00", Happened.RATED_BADLY),
    ],
)
def test_a_rating_is_good_from_four_stars(
    freelancer: Freelancer, rating: str, what: Happened
) -> None:
    """J2."""
    contract = closed_contract(freelancer, ago(9))
    rated(contract, rating, ago(4))
    assert Event(ago(4), what) in history(contract)


def test_a_rating_without_a_day_was_given_at_the_end(freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, ago(9), "2.00")
    assert Event(ago(9), Happened.RATED_BADLY) in history(contract)


def test_what_the_freelancer_gave_is_no_rating_of_the_contract(freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, ago(3))
    Feedback.objects.create(
        practice_id=contract.practice_id,
        contract=contract,
        direction=Feedback.Direction.FROM_FREELANCER,
        public_rating=Decimal(1),
        given_on=ago(2),
    )
    assert history(contract) == [Event(ago(3), Happened.CLOSED)]


def test_feedback_is_no_event_while_the_contract_is_open(freelancer: Freelancer) -> None:
    contract = delivered(freelancer, 3)
    rated(contract, "1.00", ago(30))
    assert history(contract) == [Event(ago(3), Happened.DELIVERED)]


def test_feedback_that_was_kept_through_a_reopening_counts_from_the_new_end(
    actor: Actor, freelancer: Freelancer
) -> None:
    """J9: whoever owned up after the first end has a second end to own up to."""
    contract = closed_contract(freelancer, ago(1))
    rated(contract, "2.00", ago(30))
    happened(contract, Kind.OWNED_UP, ago(29))
    happened(contract, Kind.REOPENED, ago(20))
    assert Event(ago(1), Happened.RATED_BADLY) in history(contract)
    assert step_of(actor, contract) == ("own_up", TODAY)


def test_a_reopening_starts_the_wait_anew(actor: Actor, freelancer: Freelancer) -> None:
    contract = delivered(freelancer, 60)
    happened(contract, Kind.ASKED, ago(60))
    happened(contract, Kind.REOPENED, ago(2))
    assert step_of(actor, contract) == ("ping", ago(-5))


def test_a_reopening_that_was_taken_back_is_as_if_it_had_not_been(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = closed_contract(freelancer, ago(5))
    happened(contract, Kind.REOPENED, ago(1))
    assert history(contract) == [Event(ago(5), Happened.CLOSED)]
    assert step_of(actor, contract) == ("ask_for_feedback", ago(2))


def test_a_reopening_before_the_present_end_did_happen(freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, ago(1))
    happened(contract, Kind.REOPENED, ago(4))
    assert Event(ago(4), Happened.REOPENED) in history(contract)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Kind.GOING_BADLY, Kind.GOING_WELL),
        (Kind.GOING_WELL, Kind.GOING_BADLY),
        (Kind.TAKEN_OUT, Kind.TAKEN_BACK),
        (Kind.TAKEN_BACK, Kind.TAKEN_OUT),
    ],
)
def test_of_two_contradictions_on_one_day_the_later_holds(
    freelancer: Freelancer, first: CloseoutEvent.Kind, then: CloseoutEvent.Kind
) -> None:
    """A wrong click is put right on the day itself."""
    contract = ContractFactory.create(freelancer=freelancer)
    happened(contract, first, ago(9))
    happened(contract, first, ago(2))
    happened(contract, then, ago(2))
    assert history(contract) == [
        Event(ago(9), Happened(first.value)),
        Event(ago(2), Happened(then.value)),
    ]


# ── Which contracts ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("days_ago", "is_in"), [(28, True), (29, False)])
def test_a_closed_contract_stays_while_something_can_be_done(
    freelancer: Freelancer, days_ago: int, is_in: bool
) -> None:
    """J18: a response can be given for 28 days."""
    closed_contract(freelancer, ago(days_ago))
    assert in_cadence(Contract.objects.all(), TODAY).exists() == is_in


@pytest.mark.parametrize(("days_ago", "is_in"), [(28, True), (29, False)])
def test_late_feedback_brings_a_closed_contract_back(
    freelancer: Freelancer, days_ago: int, is_in: bool
) -> None:
    rated(closed_contract(freelancer, ago(90)), "2.00", ago(days_ago))
    assert in_cadence(Contract.objects.all(), TODAY).exists() == is_in


def test_an_open_contract_is_in_however_old(freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer, started_on=dt.date(2010, 1, 1))
    assert in_cadence(Contract.objects.all(), TODAY).count() == 1


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────


def test_without_rows_the_intervals_are_those_of_c3(freelancer: Freelancer) -> None:
    assert own_intervals(ContractFactory.create(freelancer=freelancer)) == C3


def test_the_practice_has_its_own(freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    CloseoutIntervals.objects.create(practice_id=contract.practice_id, ping_days=5)
    assert own_intervals(contract) == Intervals(ping_days=5)


def test_a_contract_has_its_own_before_the_practices(freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    CloseoutIntervals.objects.create(
        practice_id=contract.practice_id, ping_days=5, silence_days=10, rate_days=2
    )
    CloseoutIntervals.objects.create(
        practice_id=contract.practice_id, contract=contract, ping_days=3, close_days=1
    )
    assert own_intervals(contract) == Intervals(
        ping_days=3, silence_days=10, close_days=1, rate_days=2
    )


def test_another_contracts_intervals_are_not_the_practices(freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    other = ContractFactory.create(freelancer=freelancer)
    CloseoutIntervals.objects.create(practice_id=contract.practice_id, contract=other, ping_days=3)
    assert own_intervals(contract) == C3


def test_another_practices_intervals_do_not_reach_here(freelancer: Freelancer) -> None:
    CloseoutIntervals.objects.create(practice=solo_actor().practice, ping_days=3)
    assert own_intervals(ContractFactory.create(freelancer=freelancer)) == C3


def test_the_board_uses_the_intervals(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    CloseoutIntervals.objects.create(practice=actor.practice, ping_days=10)
    assert step_of(actor, contract) == ("ping", ago(-3))
    (row,) = board_rows(actor=actor, as_of=TODAY)
    assert row.step
    assert row.step.due_on == ago(-3)


# ── Queries ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [1, 30])
def test_the_board_asks_three_queries_for_however_many_contracts(
    actor: Actor,
    freelancer: Freelancer,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for turn in range(number):
        contract = at_step(freelancer, list(StepKind)[turn % len(StepKind)])
        CloseoutIntervals.objects.create(
            practice=actor.practice, contract=contract, ping_days=1 + turn
        )
    with django_assert_num_queries(3):
        rows = board_rows(actor=actor, as_of=TODAY)
        said = [(row.step, row.contract.client, row.contract.freelancer) for row in rows]
    assert len(said) == number
