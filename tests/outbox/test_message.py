"""What a mail server and a folder get to see of a row."""

import email
import email.policy
import os
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.mail import mailers
from pytest_django import Settings

from accounts.actors import Actor
from outbox.backends import file_name
from outbox.message import message_of
from tests.outbox.conftest import Sink
from tests.outbox.post import fresh, mail_for, schedule_for, send

pytestmark = pytest.mark.django_db
LINK = "<https://ops.example.org/mail/unsubscribe/" + "x" * 90 + "/>"


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_over_smtp_the_row_arrives_as_it_is(actor: Actor, sink: Sink) -> None:
    mail = mail_for(
        actor,
        subject="Three due: Олена’s shop",
        text="Привіт!\n" + "long " * 400,
        html="<p>Привіт!</p>",
        headers={"List-Unsubscribe": LINK, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )

    assert send().sent == 1

    assert sink.recipients == [actor.user.email]
    got = parsed(sink.contents[0])
    assert got["Subject"] == "Three due: Олена’s shop"
    assert got["To"] == actor.user.email
    assert got["From"] == django_settings.DEFAULT_FROM_EMAIL
    assert got["Message-ID"] == mail.message_id
    assert got["Date"]
    text, html = got.get_body(["plain"]), got.get_body(["html"])
    assert text
    assert text.get_content().startswith("Привіт!")
    assert html
    assert html.get_content().strip() == "<p>Привіт!</p>"


def test_the_unsubscribe_link_stands_on_one_line_unencoded(actor: Actor, sink: Sink) -> None:
    """Mail programs look for it with their own eyes; an encoded word is nothing to them."""
    mail_for(actor, headers={"List-Unsubscribe": LINK})

    send()

    assert f"\r\nList-Unsubscribe: {LINK}\r\n".encode() in sink.contents[0]


def test_a_second_attempt_carries_the_same_message_id(actor: Actor, sink: Sink) -> None:
    mail = mail_for(actor)
    sink.answers["DATA"] = ["451 try again"]

    assert send().failed == 1
    again = fresh(mail).due_at
    assert again
    assert send(again).sent == 1
    assert parsed(sink.contents[0])["Message-ID"] == mail.message_id


def test_one_connection_for_a_run_and_another_after_421(actor: Actor, sink: Sink) -> None:
    for number in range(5):
        mail_for(actor, f"test:{number}")
    assert send(limit=2).sent == 2
    assert sink.connections == 1

    sink.answers["RCPT"] = ["OK", "421 enough for now"]
    result = send()

    assert (result.sent, result.failed) == (2, 1)
    assert sink.connections == 3


def test_5xx_to_rcpt_pauses_the_address_and_4xx_does_not(actor: Actor, sink: Sink) -> None:
    schedule = schedule_for(actor)
    mail_for(actor, "test:1")
    sink.answers["RCPT"] = ["450 mailbox busy"]
    send()
    assert fresh(schedule).bounced_address == ""

    mail_for(actor, "test:2")
    sink.answers["RCPT"] = ["550 5.1.1 no such user"]
    send()

    assert fresh(schedule).bounced_address == actor.user.email
    assert fresh(schedule).bounced_because == "550 5.1.1 no such user"


def test_a_server_that_is_not_there_is_trouble_and_no_error(
    actor: Actor, sink: Sink, settings: Settings
) -> None:
    mail = mail_for(actor)
    settings.MAILERS["default"]["OPTIONS"]["port"] = 1

    result = send()

    assert "refused" in result.trouble
    assert (fresh(mail).state, fresh(mail).attempts) == ("waiting", 0)


def test_a_header_of_two_lines_is_given_up_and_sends_nothing(actor: Actor, sink: Sink) -> None:
    mail_for(actor, headers={"X-Part": "one\r\nBcc: client@example.com"})
    mail_for(actor, "test:2")

    result = send()

    assert (result.sent, result.dead) == (1, 1)
    assert sink.recipients == [actor.user.email]


# ── Without a mail server ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    where = tmp_path / "data" / "mail"
    settings.MAILERS = {
        "default": {"BACKEND": "outbox.backends.FileBackend", "OPTIONS": {"folder": where}}
    }
    return where


def test_a_mail_becomes_a_file_of_its_own(actor: Actor, folder: Path) -> None:
    mail = mail_for(actor, html="<p>A ping is due.</p>")

    assert send().sent == 1

    [path] = folder.iterdir()
    assert path.name == file_name(mail.message_id)
    assert parsed(path.read_bytes())["Subject"] == "Due today"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_handed_over_twice_it_is_one_file(actor: Actor, folder: Path) -> None:
    mail = mail_for(actor)

    for _ in range(2):
        mailers.default.send_messages([message_of(mail)])

    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("message_id", "name"),
    [
        ("<17.42@ops.example.org>", "17.42@ops.example.org.eml"),
        ("<../../etc/passwd>", "_.._etc_passwd.eml"),
        ("<>", "mail.eml"),
        ("<" + "a" * 900 + ">", "a" * 200 + ".eml"),
    ],
)
def test_a_message_id_is_never_a_path(message_id: str, name: str) -> None:
    assert file_name(message_id) == name


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_refuses_is_trouble_and_nothing_is_lost(actor: Actor, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    mail = mail_for(actor)

    assert send().failed == 1
    assert fresh(mail).state == "waiting"


def test_a_folder_that_cannot_be_made_puts_the_mail_off(actor: Actor, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file stands where the folder should be")
    mail = mail_for(actor)

    assert send().failed == 1
    assert fresh(mail).state == "waiting"
    assert "exists" in fresh(mail).last_error
