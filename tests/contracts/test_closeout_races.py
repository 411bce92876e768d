"""The same link, or the same button, from two places at once: it is recorded once."""

import threading
import time

import pytest
from django.db import transaction
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.cadence import StepKind
from contracts.closeout.acts import Act, StepChanged, closeout_act
from contracts.closeout.links import LinkUsed, link_contract, link_read, link_use
from contracts.closeout.services import closeout_record, intervals_change
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract
from contracts.models.closeout import INTERVAL_FIELDS
from tests.contracts.closeout_samples import NOON, TODAY, at, at_step, kinds, row_of
from tests.contracts.test_closeout_links import path_of
from tests.factories import solo_actor
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def actor() -> Actor:
    return solo_actor()


@pytest.fixture
def contract(actor: Actor) -> Contract:
    assert actor.freelancer
    return at_step(actor.freelancer, StepKind.CLOSE, title="Logo")


@pytest.mark.parametrize("act", [Act.ANSWERED, Act.SNOOZE, Act.CLOSED, Act.CLIENT_CLOSED])
def test_a_link_that_is_pressed_four_times_at_once_records_once(
    actor: Actor, contract: Contract, act: Act
) -> None:
    answers: list[int] = []
    with at(NOON):
        path = path_of(actor, contract, act)
        at_once(*[lambda: answers.append(Browser().post(path).status_code)] * 4)
    assert sorted(answers) == [200, 409, 409, 409]
    assert AuditEvent.objects.count() == 1


def test_who_waited_for_the_lock_sees_that_the_link_is_used(
    actor: Actor, contract: Contract
) -> None:
    """One holds the contract until the other asks for it: no luck is needed."""
    with at(NOON):
        link = link_read(path_of(actor, contract, Act.ANSWERED).rstrip("/").rpartition("/")[2])
    holds = threading.Event()
    refused: list[LinkUsed] = []

    def first() -> None:
        with transaction.atomic():
            link_use(link=link, actor=actor, contract=link_contract(link, actor))
            holds.set()
            time.sleep(0.5)  # long enough for the other to ask for the row

    def second() -> None:
        holds.wait(10)
        try:
            link_use(link=link, actor=actor, contract=link_contract(link, actor))
        except LinkUsed as refusal:
            refused.append(refusal)

    with at(NOON):
        at_once(first, second)
    assert len(refused) == 1
    assert CloseoutEvent.objects.exclude(link="").count() == 1


def test_a_button_in_two_tabs_records_once(actor: Actor, contract: Contract) -> None:
    refused: list[StepChanged] = []
    with at(NOON):
        key = row_of(actor, contract).key

        def click() -> None:
            try:
                closeout_act(actor=actor, contract=contract, act=Act.ANSWERED, step_key=key)
            except StepChanged as refusal:
                refused.append(refusal)

        at_once(click, click, click)
    assert len(refused) == 2
    assert kinds(contract).count("answered") == 1


def test_two_who_note_different_things_both_do(actor: Actor, contract: Contract) -> None:
    def note(kind: str) -> None:
        closeout_record(actor=actor, contract=contract, kind=kind, happened_on=TODAY)

    with at(NOON):
        at_once(lambda: note("answered"), lambda: note("taken_out"))
    assert sorted(kinds(contract)[-2:]) == ["answered", "taken_out"]


def test_the_practices_first_intervals_are_one_row(actor: Actor) -> None:
    def save(days: int) -> None:
        every = dict.fromkeys(INTERVAL_FIELDS, days)
        intervals_change(actor=actor, contract=None, **every)

    at_once(*[lambda days=days: save(days) for days in (3, 4, 5, 6)])
    assert CloseoutIntervals.objects.count() == 1
