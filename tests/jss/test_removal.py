"""J13, J17: the right to remove a feedback, its clock, and what it would bring."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from accounts.actors import Actor
from contracts.models import Contract
from jss.engine import (
    CLASSIC,
    TRENDING,
    WEIGHTED_2024,
    ClosedContract,
    LeverKind,
    levers_of,
    removal_right,
    scores_of,
)
from tests.factories import closed_contract
from tests.jss.cases import AS_OF, closed
from tests.jss.test_score_page import words

LONG_AGO = AS_OF - dt.timedelta(days=150)
TOP_RATED = closed("+" * 39 + "-", LONG_AGO)
"""95 % for all of the last 16 weeks."""


def removed(on: dt.date) -> ClosedContract:
    return ClosedContract("removed", on, feedback_removed=True)


def test_j13_who_has_the_badge_and_never_removed_any_may() -> None:
    right = removal_right(TOP_RATED, AS_OF)
    assert right.is_open
    assert (right.last_removed_on, right.open_from, right.contracts_left) == (None, None, 0)


def test_j13_without_the_badge_there_is_no_such_right() -> None:
    right = removal_right(closed("+++++++--", LONG_AGO), AS_OF)
    assert right.has_right
    assert not right.has_badge
    assert not right.is_open


@pytest.mark.parametrize(("weeks", "is_open"), [(10, True), (9, False)])
def test_j13_the_next_one_comes_after_10_weeks(weeks: int, is_open: bool) -> None:
    last = AS_OF - dt.timedelta(weeks=weeks)
    since = closed("+" * 10, last + dt.timedelta(days=1))
    right = removal_right([*TOP_RATED, removed(last), *since], AS_OF)
    assert right.is_open is is_open
    assert right.open_from == (None if is_open else last + dt.timedelta(weeks=10))


@pytest.mark.parametrize(("number", "left"), [(10, 0), (9, 1), (0, 10)])
def test_j13_and_after_10_contracts(number: int, left: int) -> None:
    last = AS_OF - dt.timedelta(weeks=11)
    since = closed("+" * number, AS_OF - dt.timedelta(days=1))
    right = removal_right([*TOP_RATED, removed(last), *since], AS_OF)
    assert right.contracts_left == left
    assert right.is_open is (left == 0)


def test_j17_the_newer_rules_know_no_removal() -> None:
    assert removal_right(TOP_RATED, AS_OF, rules=TRENDING).is_open
    assert not removal_right(TOP_RATED, AS_OF, rules=WEIGHTED_2024).has_right
    kinds = {
        rules.name: {
            lever.kind
            for lever in levers_of(TOP_RATED, AS_OF, 100, may_remove=True, rules=rules).ranking
        }
        for rules in (CLASSIC, WEIGHTED_2024)
    }
    assert LeverKind.REMOVE in kinds["classic"]
    assert LeverKind.REMOVE not in kinds["weighted-2024"]


def test_it_is_a_step_only_for_whom_it_is_open() -> None:
    ranking = levers_of(TOP_RATED, AS_OF, 100).ranking
    assert all(lever.kind != LeverKind.REMOVE for lever in ranking)


def test_it_brings_what_the_score_is_without_that_contract() -> None:
    [lever] = [
        lever
        for lever in levers_of(TOP_RATED, AS_OF, 100, may_remove=True).ranking
        if lever.kind == LeverKind.REMOVE
    ]
    without = [
        replace(each, feedback_removed=True) if each in lever.contracts else each
        for each in TOP_RATED
    ]
    assert lever.after == scores_of(without, AS_OF).shown
    assert lever.gain_today == 5


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_the_page_offers_it_and_says_that_upwork_ended_it(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for _number in range(39):
        closed_contract(actor.freelancer, LONG_AGO, "5.00")
    closed_contract(actor.freelancer, LONG_AGO, "2.00", title="The bad one")
    path = f"/jss/{actor.freelancer.public_id}/lifts/"
    response = client.get(path, {"target": "100"})
    page = words(response.content)
    assert "Remove the feedback from the score: The bad one" in page
    assert "only if your account still offers it" in page
    assert "Upwork ended it on 3 September 2024" in page
    key = Contract.objects.get(title="The bad one").public_id
    assert f"remove={key}" in response.content.decode()
    newer = words(client.get(path, {"target": "100", "rules": "weighted-2024"}).content)
    assert "Remove the feedback" not in newer
    assert "Upwork ended it" not in newer
