"""One look at the outbox: by Celery, by the command, after the database was away."""

import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.actors import Actor
from outbox import tasks, waking
from outbox.management.commands import outbox_run
from outbox.models import Mail
from outbox.waking import database_reconnect, purge, wake
from tests.factories import solo_actor
from tests.outbox import parts
from tests.outbox.post import NOON, ScriptedMailer, fresh, mail_for, schedule_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def pings(settings: Settings) -> Iterator[None]:
    settings.DIGEST_PARTS = ["tests.outbox.parts.pings"]
    yield
    parts.SEEN.clear()
    parts.BROKEN.clear()


@time_machine.travel(NOON + DAY, tick=False)
def test_a_wake_plans_and_sends(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    schedule_for(actor)

    tasks.wake.delay()
    tasks.wake.delay()

    assert [message.to for message in mailer.taken] == [[actor.user.email]]
    assert Mail.objects.get().state == "sent"


@time_machine.travel(NOON + DAY, tick=False)
def test_with_many_mails_a_second_sender_helps(
    actor: Actor, mailer: type[ScriptedMailer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MANY", 2)
    wakes: list[int] = []
    monkeypatch.setattr(waking, "wake", lambda: wakes.append(1))
    for number in range(2):
        mail_for(actor, f"test:{number}")
    tasks.wake.delay()
    assert len(wakes) == 1

    mail_for(actor, "test:2")
    tasks.wake.delay()
    assert len(wakes) == 3  # one more for the helper, which asks for no help in its turn


@time_machine.travel(NOON + DAY, tick=False)
def test_digests_that_cannot_be_planned_hold_up_no_mail(
    actor: Actor, mailer: type[ScriptedMailer], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_for(actor)

    def fails(_now: dt.datetime, **_options: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(waking, "plan", fails)

    assert wake().sent == 1


def test_beat_wakes_it_often_and_each_wake_expires() -> None:
    entry = django_settings.CELERY_BEAT_SCHEDULE["outbox-wake"]
    assert entry["task"] == tasks.wake.name
    assert entry["schedule"] == entry["options"]["expires"] == 15  # type: ignore[index]
    assert django_settings.CELERY_BEAT_SCHEDULE["outbox-purge"]["task"] == tasks.purge.name


def test_mails_are_kept_for_a_time(actor: Actor, settings: Settings) -> None:
    settings.OUTBOX_KEEP_DAYS = 90
    now = timezone.now()

    def made(name: str, state: str, days: int) -> None:
        mail = mail_for(actor, name, due_at=now)
        ended = state in {"sent", "dead"}
        Mail.objects.filter(pk=mail.pk).update(
            state=state,
            created_at=now - days * DAY,
            sent_at=now - days * DAY if state == "sent" else None,
            due_at=None if ended else now,
        )

    for state, days in (("sent", 89), ("sent", 91), ("dead", 179), ("dead", 181), ("waiting", 400)):
        made(f"{state} {days}", state, days)

    tasks.purge.delay()

    kept = set(Mail.objects.values_list("occurrence", flat=True))
    assert kept == {"sent 89", "dead 179", "waiting 400"}
    assert purge() == 0


@time_machine.travel(NOON, tick=False)
def test_the_command_sends_all_that_is_due_and_says_so(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    for number in range(3):
        mail_for(actor, f"test:{number}")
    mailer.script = [None, ValueError("no message")]
    said = io.StringIO()

    with pytest.raises(SystemExit, match="1"):  # a cron job should know of the dead one
        call_command("outbox_run", stdout=said)

    assert said.getvalue() == "sent 2, failed 0, dead 1\n"


@time_machine.travel(NOON, tick=False)
def test_the_command_says_that_the_server_is_away(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mail_for(actor)
    mailer.on_open = [ConnectionRefusedError("Connection refused")]
    said, wrong = io.StringIO(), io.StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("outbox_run", stdout=said, stderr=wrong)

    assert said.getvalue() == "sent 0, failed 0, dead 0\n"
    assert "The mail server cannot be used: ConnectionRefusedError" in wrong.getvalue()


def test_watching_outlives_a_look_that_fails(
    actor: Actor, mailer: type[ScriptedMailer], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = mail_for(actor, due_at=timezone.now())
    looks: list[str] = []

    def look() -> Any:
        looks.append("look")
        if len(looks) == 1:
            raise ConnectionError("the database is away")
        return wake()

    def pause(_seconds: float) -> None:
        if len(looks) > 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(outbox_run, "wake", look)
    monkeypatch.setattr(time, "sleep", pause)
    said, wrong = io.StringIO(), io.StringIO()

    call_command("outbox_run", "--watch", stdout=said, stderr=wrong)

    assert "Not possible now: the database is away" in wrong.getvalue()
    assert "sent 1, failed 0, dead 0" in said.getvalue()
    assert said.getvalue().endswith("Ended.\n")
    assert fresh(mail).state == "sent"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_next_wake_survives_a_restart_of_the_database(mailer: type[ScriptedMailer]) -> None:
    """Every connection of this process, the pool's too, is cut by the server."""
    mail = mail_for(solo_actor(), due_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [ours] = cursor.fetchone()
    with connection._nodb_cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ours])

    database_reconnect()

    assert wake().sent == 1
    assert fresh(mail).state == "sent"
