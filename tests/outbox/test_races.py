"""Several senders and planners at once, each in a thread with a connection of its own."""

import datetime as dt
import threading
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.actors import Actor
from outbox.digests import digest_send_now, plan
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedules_create
from outbox.sending import RunResult, run
from outbox.services import mail_enqueue
from tests.factories import solo_actor
from tests.outbox.post import NOON, ScriptedMailer, schedule_for
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def actor() -> Actor:
    return solo_actor()


def enqueue(actor: Actor, occurrence: str) -> Mail | None:
    return mail_enqueue(
        practice=actor.practice,
        membership=actor.membership,
        occurrence=occurrence,
        to_address=actor.user.email,
        subject=occurrence,
        text="Text",
        due_at=timezone.now(),
    )


def test_five_senders_send_each_mail_once(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    for number in range(60):
        enqueue(actor, f"test:{number}")
    results: list[RunResult] = []

    at_once(*[lambda: results.append(run())] * 5)

    sent = Counter(message.subject for message in mailer.taken)
    assert len(sent) == 60
    assert set(sent.values()) == {1}
    assert sum(result.sent for result in results) == 60
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_the_same_occurrence_at_the_same_moment_is_one_mail(actor: Actor) -> None:
    made: list[bool] = []

    at_once(*[lambda: made.append(enqueue(actor, "digest:1") is not None)] * 4)

    assert sorted(made) == [False, False, False, True]
    assert Mail.objects.count() == 1


def test_four_planners_make_one_digest_of_each(actor: Actor, settings: Settings) -> None:
    settings.DIGEST_PARTS = ["tests.outbox.parts.pings"]
    people = [actor, *(solo_actor(f"Person {number}") for number in range(4))]
    for person in people:
        schedule_for(person)
    planned: list[int] = []

    at_once(*[lambda: planned.append(plan(NOON + dt.timedelta(days=1)))] * 4)

    assert sum(planned) == 5
    assert set(Mail.objects.values_list("membership", flat=True)) == {
        person.membership.pk for person in people
    }


def test_four_planners_give_everybody_one_schedule(actor: Actor) -> None:
    at_once(*[lambda: schedules_create(NOON)] * 4)
    assert DigestSchedule.objects.get().membership_id == actor.membership.pk


def test_a_button_pressed_twice_at_the_same_moment_sends_one(
    actor: Actor, settings: Settings
) -> None:
    settings.DIGEST_PARTS = ["tests.outbox.parts.pings"]
    at_once(*[lambda: digest_send_now(actor=actor, now=NOON, click="a1")] * 2)
    assert Mail.objects.count() == 1


@pytest.mark.postgres
def test_a_sender_steps_over_the_row_that_another_is_claiming(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    """On PostgreSQL nobody waits: a claim that hangs holds up no other mail."""
    for number in range(3):
        enqueue(actor, f"test:{number}")
    held, go_on = threading.Event(), threading.Event()

    def holds_one() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT id FROM outbox_mail ORDER BY due_at LIMIT 1 FOR UPDATE")
            held.set()
            go_on.wait(20)
            cursor.execute("ROLLBACK")

    def sends() -> None:
        held.wait(20)
        try:
            assert run().sent == 2
        finally:
            go_on.set()

    at_once(holds_one, sends)
    assert run().sent == 1
