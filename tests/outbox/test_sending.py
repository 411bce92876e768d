"""How mails leave: one at a time, counted before each attempt, by what the server answers."""

import datetime as dt
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.actors import Actor
from outbox.models import Mail
from outbox.sending import run
from tests.outbox.post import NOON, ScriptedMailer, fresh, mail_for, schedule_for, send

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def refused(code: int, words: str = "no") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"a@b.example": (code, words.encode())})


def test_a_due_mail_is_handed_over_once(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    mail = mail_for(actor)

    result = send()

    assert (result.sent, result.failed, result.dead) == (1, 0, 0)
    assert [one.to for one in mailer.taken] == [[actor.user.email]]
    row = fresh(mail)
    assert (row.state, row.attempts, row.sent_at, row.due_at) == ("sent", 1, NOON, None)
    assert send().sent == 0
    assert len(mailer.taken) == 1


def test_what_is_not_due_stays_and_nobody_is_called(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mail_for(actor, due_at=NOON + SECOND)

    assert send().sent == 0
    assert mailer.opened == 0
    assert send(NOON + SECOND).sent == 1


def test_one_connection_carries_them_all_oldest_first(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    for number in (2, 3, 1):
        mail_for(actor, f"test:{number}", subject=f"{number}", due_at=NOON - (4 - number) * SECOND)

    assert send().sent == 3
    assert [one.subject for one in mailer.taken] == ["1", "2", "3"]
    assert (mailer.opened, mailer.closed) == (1, 1)


def test_the_attempt_is_counted_and_leased_before_it_is_made(
    actor: Actor, mailer: type[ScriptedMailer], settings: Settings
) -> None:
    settings.OUTBOX_LEASE_SECONDS = 300
    mail = mail_for(actor)
    seen: list[Mail] = []
    mailer.while_sending = lambda: seen.append(fresh(mail))

    send()

    assert (seen[0].state, seen[0].attempts) == ("sending", 1)
    assert seen[0].due_at == NOON + 300 * SECOND


def test_the_lease_is_never_shorter_than_a_conversation(
    actor: Actor, mailer: type[ScriptedMailer], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOX_LEASE_SECONDS = 1
    monkeypatch.setattr(mailer, "timeout", 60, raising=False)
    mail = mail_for(actor)
    seen: list[Any] = []
    mailer.while_sending = lambda: seen.append(fresh(mail).due_at)

    send()

    assert seen[0] >= NOON + 300 * SECOND


def test_a_mail_whose_sender_died_is_taken_up_after_the_lease(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mail = mail_for(actor)
    Mail.objects.update(state="sending", attempts=1, due_at=NOON + 120 * SECOND)

    assert send(NOON + 119 * SECOND).sent == 0
    assert send(NOON + 120 * SECOND).sent == 1
    assert fresh(mail).attempts == 2


def test_a_mail_on_which_every_sender_dies_is_given_up(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mail = mail_for(actor)
    attempts = len(settings.OUTBOX_RETRY_SECONDS) + 1
    Mail.objects.update(state="sending", attempts=attempts, due_at=NOON)

    assert send().dead == 1
    assert mailer.taken == []
    assert "stopped in the middle" in fresh(mail).last_error


def test_what_was_taken_over_meanwhile_is_left_to_the_other(
    actor: Actor, mailer: type[ScriptedMailer], caplog: pytest.LogCaptureFixture
) -> None:
    mail = mail_for(actor)
    other = mail_for(actor, "test:2")
    mailer.while_sending = lambda: Mail.objects.filter(pk=mail.pk, attempts=1).update(attempts=2)

    send()

    assert (fresh(mail).state, fresh(mail).attempts) == ("sending", 2)
    assert "taken over" in caplog.text
    assert fresh(other).state == "sent"


def test_marking_one_and_claiming_the_next_is_one_commit(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    """Begin, three statements and commit: the database is not what is waited for."""

    def statements(mails: int) -> int:
        for number in range(mails):
            mail_for(actor, f"test:{mails}:{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            send()
        return len(queries)

    assert statements(11) - statements(1) <= 10 * 5


# ── What the server answers ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "error",
    [
        refused(450, "greylisted"),
        smtplib.SMTPSenderRefused(451, b"later", "from@b.example"),
        smtplib.SMTPDataError(452, b"full"),
    ],
    ids=["rcpt", "mail", "data"],
)
def test_4xx_puts_off_that_mail_and_no_other(
    actor: Actor, mailer: type[ScriptedMailer], error: Exception
) -> None:
    mail, other = mail_for(actor), mail_for(actor, "test:2", due_at=NOON)
    mailer.script = [error]

    result = send()

    assert (result.sent, result.failed, mailer.opened) == (1, 1, 1)
    late = Mail.objects.get(state="waiting")
    assert late.pk in {mail.pk, other.pk}
    assert (late.attempts, late.due_at) == (1, NOON + 60 * SECOND)
    assert late.last_error.startswith("45")


def test_the_waits_grow_and_then_it_is_given_up(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    mail, now, waits = mail_for(actor), NOON, []
    attempts = len(settings.OUTBOX_RETRY_SECONDS) + 1
    mailer.script = [refused(450) for _ in range(attempts)]
    for _ in range(attempts - 1):
        assert send(now).failed == 1
        due_at = fresh(mail).due_at
        assert due_at
        waits.append((due_at - now).total_seconds())
        now = due_at

    assert send(now).dead == 1
    assert waits[:6] == [60, 300, 900, 1800, 3600, 3600]
    assert waits == sorted(waits)
    assert dt.timedelta(days=3) <= now - NOON <= dt.timedelta(days=3, hours=1)
    assert (fresh(mail).state, fresh(mail).attempts) == ("dead", attempts)
    assert fresh(mail).due_at is None


@pytest.mark.parametrize(("occurrence", "sent"), [("digest:x:1", 0), ("digest-now:x:1", 1)])
def test_who_switched_the_reminders_off_gets_no_digest_that_waited(
    actor: Actor, mailer: type[ScriptedMailer], occurrence: str, sent: int
) -> None:
    schedule_for(actor, is_on=False)
    mail = mail_for(actor, occurrence)

    assert send().sent == sent
    assert ("switched off" in fresh(mail).last_error) is (sent == 0)


class Conversation:
    """What Django's SMTP backend holds as `connection`: here, its answer to RSET."""

    def __init__(self, answer: int | Exception) -> None:
        self.answer = answer
        self.resets = 0

    def rset(self) -> tuple[int, bytes]:
        self.resets += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer, b""


@pytest.mark.parametrize(
    ("answer", "opened"),
    [(250, 1), (451, 2), (smtplib.SMTPServerDisconnected("gone"), 2)],
    ids=["reset", "refused", "gone"],
)
def test_after_a_failure_the_conversation_starts_anew(
    actor: Actor, mailer: type[ScriptedMailer], answer: int | Exception, opened: int
) -> None:
    """A refused DATA leaves the server in the middle of a mail: the next would be refused too."""
    for number in range(3):
        mail_for(actor, f"test:{number}")
    conversation = Conversation(answer)
    mailer.connection = conversation  # type: ignore[attr-defined]  # as Django's SMTP backend has
    mailer.script = [None, refused(451), None]
    try:
        result = send()
    finally:
        del mailer.connection  # type: ignore[attr-defined]  # the class is every test's

    assert (result.sent, result.failed, mailer.opened) == (2, 1, opened)
    assert conversation.resets == 1


def test_commands_out_of_order_are_settled_by_a_new_conversation(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    for number in range(3):
        mail_for(actor, f"test:{number}")
    mailer.script = [None, smtplib.SMTPSenderRefused(503, b"nested MAIL command", "a@b.c"), None]

    result = send()

    assert (result.sent, result.failed, result.dead, mailer.opened) == (2, 1, 0, 2)


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 48), (1.0, 72)])
def test_the_waits_vary_by_a_fifth(
    actor: Actor, mailer: type[ScriptedMailer], jitter: float, seconds: int
) -> None:
    mail = mail_for(actor)
    mailer.script = [refused(450)]

    send(jitter=lambda: jitter)

    assert fresh(mail).due_at == NOON + seconds * SECOND


def test_5xx_for_the_address_gives_up_and_pauses_it(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    schedule, mail = schedule_for(actor), mail_for(actor)
    mailer.script = [refused(550, "no such user")]

    assert send().dead == 1

    paused = fresh(schedule)
    assert (paused.bounced_address, paused.bounced_at) == (actor.user.email, NOON)
    assert paused.bounced_because == "550 no such user"
    assert fresh(mail).state == "dead"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPSenderRefused(550, b"who are you", "from@b.example"),
        smtplib.SMTPDataError(554, b"spam"),
        refused(502, "command not implemented"),
        ValueError("Header values can't contain newlines"),
    ],
    ids=["mail", "data", "protocol", "message"],
)
def test_another_refusal_gives_up_the_mail_and_pauses_nobody(
    actor: Actor, mailer: type[ScriptedMailer], error: Exception
) -> None:
    schedule, mail = schedule_for(actor), mail_for(actor)
    mailer.script = [error]

    assert send().dead == 1
    assert fresh(mail).state == "dead"
    assert fresh(schedule).bounced_address == ""


def test_a_paused_address_gets_nothing_and_the_row_says_so(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    schedule_for(actor, bounced_address=actor.user.email, bounced_because="550 " + "x" * 490)
    mail = mail_for(actor)

    assert send().dead == 1
    assert mailer.taken == []
    assert fresh(mail).last_error.startswith("Not sent: this address was refused before. 550 x")


def test_a_second_mail_to_an_address_that_just_bounced_is_not_tried(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    schedule_for(actor)
    for number in range(3):
        mail_for(actor, f"test:{number}")
    mailer.script = [refused(550, "no such user")]

    assert send().dead == 3
    assert mailer.taken == []


def test_another_address_of_the_same_person_is_used(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    schedule_for(actor, bounced_address="old@example.com")
    mail_for(actor)

    assert send().sent == 1


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("Connection refused"),
        TimeoutError("timed out"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPHeloError(451, b"later"),
        smtplib.SMTPConnectError(421, b"busy"),
        UnicodeError("label empty or too long"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_server_that_is_away_costs_no_mail_an_attempt(
    actor: Actor, mailer: type[ScriptedMailer], error: Exception
) -> None:
    mails = [mail_for(actor, f"test:{number}") for number in range(3)]
    mailer.on_open = [error]

    result = send()

    assert (result.sent, result.failed, result.dead) == (0, 0, 0)
    assert result.trouble
    for mail in map(fresh, mails):
        assert (mail.state, mail.attempts) == ("waiting", 0)
        assert mail.due_at == NOON + 60 * SECOND
        assert mail.last_error == result.trouble
    assert send(NOON + 60 * SECOND).sent == 3


def test_sign_in_asked_for_in_the_middle_ends_the_run(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mails = [mail_for(actor, f"test:{number}") for number in range(3)]
    mailer.script = [smtplib.SMTPSenderRefused(530, b"sign in first", "from@b.example")]

    result = send()

    assert (result.sent, result.failed, result.dead) == (0, 1, 0)
    assert sorted(fresh(mail).attempts for mail in mails) == [0, 0, 1]
    assert not Mail.objects.due(NOON).exists()


@pytest.mark.parametrize(
    "error",
    [smtplib.SMTPServerDisconnected("gone"), refused(421, "too many mails, good-bye")],
    ids=["gone", "421"],
)
def test_a_connection_that_has_had_its_time_is_opened_anew(
    actor: Actor, mailer: type[ScriptedMailer], error: Exception
) -> None:
    for number in range(4):
        mail_for(actor, f"test:{number}")
    mailer.script = [None, error]

    result = send()

    assert (result.sent, result.failed, mailer.opened) == (3, 1, 2)


def test_a_fresh_connection_that_breaks_ends_the_run(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mails = [mail_for(actor, f"test:{number}") for number in range(3)]
    mailer.script = [smtplib.SMTPServerDisconnected("timed out")]

    result = send()

    assert (result.sent, result.failed, len(mailer.taken)) == (0, 1, 0)
    assert sorted(fresh(mail).attempts for mail in mails) == [0, 0, 1]


def test_words_of_a_server_that_no_database_keeps_are_cleaned(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    mail = mail_for(actor)
    mailer.script = [smtplib.SMTPDataError(554, b"a\x00b\r\n\xff" + b"c" * 900)]

    send()

    assert fresh(mail).last_error.startswith("554 a b \N{REPLACEMENT CHARACTER}ccc")
    assert len(fresh(mail).last_error) == 500


# ── How long a run goes on ───────────────────────────────────────────────────────────────────────


def test_a_limit_is_kept_and_leaves_nothing_claimed(
    actor: Actor, mailer: type[ScriptedMailer]
) -> None:
    for number in range(3):
        mail_for(actor, f"test:{number}")

    assert send(limit=2).sent == 2
    assert Mail.objects.get(state="waiting").attempts == 0


def test_a_run_ends_when_its_time_is_over(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    for number in range(5):
        mail_for(actor, f"test:{number}")
    ticks = iter(range(100))

    assert send(seconds=3, stopwatch=lambda: float(next(ticks))).sent == 2
    assert Mail.objects.filter(state="waiting", attempts=0).count() == 3


def test_each_claim_looks_at_the_clock_anew(actor: Actor, mailer: type[ScriptedMailer]) -> None:
    mail_for(actor)
    mail_for(actor, "test:2", due_at=NOON + 5 * SECOND)
    times = iter(NOON + n * SECOND for n in range(100))
    clock: Callable[[], dt.datetime] = lambda: next(times)  # noqa: E731
    mailer.while_sending = lambda: [next(times) for _ in range(5)]

    assert run(now=clock, jitter=lambda: 0.5).sent == 2
