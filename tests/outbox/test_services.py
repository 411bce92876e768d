"""Rows of the outbox and of when digests come: who may change what, and what is written down."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import AuditEvent
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedule_default
from outbox.services import (
    mail_enqueue,
    mail_resend,
    schedule_change,
    schedule_resubscribe,
    schedule_resume,
    schedule_unsubscribe,
)
from tests.factories import actor_with_role
from tests.outbox.post import NOON, fresh, mail_for, schedule_for

pytestmark = pytest.mark.django_db


def enqueue(actor: Actor, occurrence: str = "digest:1", subject: str = "Due") -> Mail | None:
    return mail_enqueue(
        practice=actor.practice,
        membership=actor.membership,
        occurrence=occurrence,
        to_address=actor.user.email,
        subject=subject,
        text="Text",
        due_at=NOON,
    )


def dead(actor: Actor, occurrence: str = "test:1") -> Mail:
    mail = mail_for(actor, occurrence)
    mail.state, mail.due_at, mail.attempts, mail.last_error = "dead", None, 9, "550 no such user"
    mail.save()
    return mail


def test_an_occurrence_has_one_mail(actor: Actor) -> None:
    first = enqueue(actor)
    assert first
    assert enqueue(actor, subject="Another text") is None
    assert Mail.objects.get() == first


def test_the_same_occurrence_in_a_transaction_leaves_the_rest_of_it_whole(actor: Actor) -> None:
    with transaction.atomic():
        enqueue(actor)
        assert enqueue(actor) is None
        assert enqueue(actor, "digest:2")
    assert Mail.objects.count() == 2


def test_another_broken_rule_is_not_taken_for_an_occurrence(actor: Actor) -> None:
    actor.membership.pk = None
    with pytest.raises((IntegrityError, ValueError)):
        enqueue(actor)


def test_a_mail_goes_with_the_transaction_that_made_it(actor: Actor) -> None:
    @transaction.atomic
    def closes_a_contract_and_fails() -> None:
        enqueue(actor)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        closes_a_contract_and_fails()
    assert not Mail.objects.exists()


def test_message_ids_differ_and_name_our_host(actor: Actor) -> None:
    ids = [mail_for(actor, f"test:{number}").message_id for number in range(3)]
    assert len(set(ids)) == 3
    assert all(one.endswith("@localhost>") for one in ids)


def test_a_subject_is_one_line_that_fits(actor: Actor) -> None:
    mail = enqueue(actor, subject="Due:\r\nBcc: x " + "y" * 300)
    assert mail
    assert mail.subject.startswith("Due: Bcc: x yyy")
    assert len(mail.subject) == 200


def test_a_mail_that_was_given_up_starts_anew(actor: Actor) -> None:
    schedule = schedule_for(actor, bounced_address=actor.user.email, bounced_at=NOON)
    mail = dead(actor)

    assert mail_resend(actor=actor, mail=mail)

    row = fresh(mail)
    assert (row.state, row.attempts, row.last_error) == ("waiting", 0, "")
    assert row.due_at
    assert row.message_id == mail.message_id
    assert (fresh(schedule).bounced_address, fresh(schedule).bounced_at) == ("", None)
    assert AuditEvent.objects.get().verb == "mail.resent"


def test_it_goes_to_the_address_of_today(actor: Actor) -> None:
    mail = dead(actor)
    actor.user.email = "new@example.com"
    actor.user.save()

    mail_resend(actor=actor, mail=mail)

    assert fresh(mail).to_address == "new@example.com"


def test_what_was_not_given_up_is_not_sent_again(actor: Actor) -> None:
    mail = mail_for(actor)
    assert not mail_resend(actor=actor, mail=mail)
    assert not AuditEvent.objects.exists()


def may_resend(actor: Actor, mail: Mail) -> bool:
    try:
        return mail_resend(actor=actor, mail=mail)
    except Mail.DoesNotExist:
        return False


@pytest.mark.parametrize(
    ("role", "own", "of_another"),
    [
        ("owner", True, True),
        ("manager", True, True),
        ("member", True, False),
        ("viewer", True, False),
    ],
)
def test_who_may_have_a_mail_sent_again(
    actor: Actor, role: str, own: bool, of_another: bool
) -> None:
    somebody = actor_with_role(role, practice=actor.practice)
    assert may_resend(somebody, dead(somebody, "own")) == own
    assert may_resend(somebody, dead(actor, "of another")) == of_another
    assert not may_resend(somebody, dead(actor_with_role("owner"), "of a stranger"))


def test_a_pause_is_lifted_once_and_written_down(actor: Actor) -> None:
    schedule = schedule_for(actor, bounced_address=actor.user.email, bounced_because="550")

    assert schedule_resume(actor=actor, schedule=schedule)
    assert not schedule_resume(actor=actor, schedule=schedule)

    assert not DigestSchedule.objects.paused().exists()
    assert [event.verb for event in AuditEvent.objects.all()] == ["reminders.resumed"]


def test_a_colleague_lifts_no_pause(actor: Actor) -> None:
    schedule = schedule_for(actor, bounced_address=actor.user.email)
    for role in ("member", "viewer"):
        with pytest.raises(DigestSchedule.DoesNotExist):
            schedule_resume(actor=actor_with_role(role, practice=actor.practice), schedule=schedule)


@time_machine.travel(NOON, tick=False)
def test_the_next_digest_follows_from_the_rule(actor: Actor) -> None:
    made = schedule_change(
        actor=actor, weekdays=0b0000001, hour=8, time_zone="Europe/Kyiv", is_on=True
    )

    assert made.membership_id == actor.membership.pk
    assert made.next_at == dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
    assert DigestSchedule.objects.get() == made


@time_machine.travel(NOON, tick=False)
def test_a_change_is_written_down_and_none_is_not(actor: Actor) -> None:
    change = {"weekdays": 127, "hour": 18, "time_zone": "UTC", "is_on": True}
    schedule_for(actor)

    schedule_change(actor=actor, **change)  # type: ignore[arg-type]
    schedule_change(actor=actor, **change)  # type: ignore[arg-type]

    event = AuditEvent.objects.get()
    assert (event.before["hour"], event.after["hour"]) == (9, 18)
    assert event.after["next_at"].startswith("2026-11-21T18:00")


def test_what_is_no_rule_changes_nothing(actor: Actor) -> None:
    schedule = schedule_for(actor)
    with pytest.raises(ValueError, match="weekday"):
        schedule_change(actor=actor, weekdays=0, hour=9, time_zone="UTC", is_on=True)
    assert fresh(schedule).weekdays == 127


@pytest.mark.parametrize(
    ("role", "is_on"), [("owner", True), ("manager", True), ("member", True), ("viewer", False)]
)
def test_who_starts_with_a_digest(role: str, is_on: bool) -> None:
    membership = actor_with_role(role).membership
    schedule = schedule_default(membership=membership, time_zone="Asia/Tokyo", now=NOON)
    assert schedule.is_on == is_on
    assert schedule.next_at == dt.datetime(2026, 11, 22, 0, tzinfo=dt.UTC)


def test_a_link_switches_off_and_on_again(actor: Actor) -> None:
    schedule = schedule_for(actor, next_at=NOON - dt.timedelta(days=30))

    assert schedule_unsubscribe(schedule=schedule)
    assert not schedule_unsubscribe(schedule=schedule)
    assert not fresh(schedule).is_on
    assert schedule_resubscribe(schedule=schedule)
    assert not schedule_resubscribe(schedule=schedule)

    assert fresh(schedule).is_on
    assert not DigestSchedule.objects.due(dt.datetime.now(dt.UTC)).exists()
    assert [event.who_id for event in AuditEvent.objects.all()] == [actor.user.pk] * 2


@pytest.mark.parametrize(
    "fields",
    [{"state": "sent"}, {"state": "dead"}, {"due_at": None}, {"sent_at": NOON}, {"state": "odd"}],
    ids=str,
)
def test_the_database_keeps_a_mail_in_order(actor: Actor, fields: dict[str, object]) -> None:
    mail = mail_for(actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**fields)
