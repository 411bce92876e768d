"""Whose digest is due, what it says and to whom it goes: once, and never to a client (C5)."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.actors import Actor
from accounts.models import Membership
from outbox.composing import digest_compose
from outbox.digests import SentNow, digest_send_now, plan
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedules_create
from tests.factories import (
    ClientFactory,
    FreelancerFactory,
    MembershipFactory,
    PracticeFactory,
    actor_with_role,
    solo_actor,
)
from tests.outbox import parts
from tests.outbox.post import NOON, fresh, schedule_for

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
TOMORROW_AT_NINE = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def pings(settings: Settings) -> Iterator[None]:
    settings.DIGEST_PARTS = ["tests.outbox.parts.pings"]
    parts.SEEN.clear()
    parts.BROKEN.clear()
    yield
    parts.BROKEN.clear()


# ── Who has a schedule ───────────────────────────────────────────────────────────────────────────


def test_everybody_gets_a_schedule_at_nine_where_he_or_she_is(actor: Actor) -> None:
    assert actor.freelancer
    type(actor.freelancer).objects.update(time_zone="Europe/Kyiv")

    plan(NOON)

    schedule = DigestSchedule.objects.get()
    assert schedule.membership_id == actor.membership.pk
    assert (schedule.weekdays, schedule.hour, schedule.is_on) == (127, 9, True)
    assert schedule.time_zone == "Europe/Kyiv"
    assert schedule.next_at == dt.datetime(2026, 11, 22, 7, tzinfo=dt.UTC)
    assert plan(NOON) == 0
    assert DigestSchedule.objects.count() == 1


def test_a_manager_without_a_freelancer_gets_the_zone_of_the_first(db: None) -> None:
    practice = PracticeFactory.create()
    FreelancerFactory.create(practice=practice, time_zone="Asia/Tokyo")
    FreelancerFactory.create(practice=practice, time_zone="America/Lima")
    MembershipFactory.create(practice=practice, role="manager")
    MembershipFactory.create(role="owner")

    schedules_create(NOON)

    zones = DigestSchedule.objects.order_by("pk").values_list("time_zone", flat=True)
    assert list(zones) == ["Asia/Tokyo", "UTC"]


def test_who_only_looks_starts_switched_off(db: None) -> None:
    actor_with_role("viewer")
    schedules_create(NOON)
    assert not DigestSchedule.objects.get().is_on


def test_sample_data_makes_no_mail(db: None) -> None:
    actor_with_role("owner", practice=PracticeFactory.create(is_sample=True))
    assert schedules_create(NOON) == 0
    assert not DigestSchedule.objects.exists()


# ── When ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_digest_comes_at_its_time_and_once(actor: Actor) -> None:
    schedule = schedule_for(actor)

    assert plan(TOMORROW_AT_NINE - dt.timedelta(seconds=1)) == 0
    assert plan(TOMORROW_AT_NINE) == 1
    assert plan(TOMORROW_AT_NINE) == 0

    mail = Mail.objects.get()
    assert mail.occurrence == f"digest:{actor.membership.public_id}:2026-11-22T09:00:00+00:00"
    assert mail.due_at == TOMORROW_AT_NINE
    assert fresh(schedule).next_at == TOMORROW_AT_NINE + 24 * HOUR


def test_after_days_without_a_planner_there_is_one(actor: Actor) -> None:
    schedule = schedule_for(actor)

    assert plan(NOON + 10 * 24 * HOUR) == 1

    assert Mail.objects.count() == 1
    assert fresh(schedule).next_at == dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)


def test_the_same_occurrence_is_not_enqueued_a_second_time(actor: Actor) -> None:
    """Also where a database was put back to yesterday's copy without its mails."""
    schedule = schedule_for(actor)
    plan(TOMORROW_AT_NINE)
    DigestSchedule.objects.filter(pk=schedule.pk).update(next_at=TOMORROW_AT_NINE)

    assert plan(TOMORROW_AT_NINE) == 0
    assert Mail.objects.count() == 1


def test_no_mail_when_nothing_is_due(actor: Actor, settings: Settings) -> None:
    settings.DIGEST_PARTS = ["tests.outbox.parts.nothing", "tests.outbox.parts.nobody"]
    schedule = schedule_for(actor)

    assert plan(TOMORROW_AT_NINE) == 0
    assert not Mail.objects.exists()
    assert fresh(schedule).next_at > TOMORROW_AT_NINE


def test_a_schedule_that_is_off_is_left_alone(actor: Actor) -> None:
    schedule = schedule_for(actor, is_on=False)
    assert plan(TOMORROW_AT_NINE) == 0
    assert fresh(schedule).next_at == TOMORROW_AT_NINE


def test_who_may_not_sign_in_gets_none(actor: Actor) -> None:
    schedule_for(actor)
    type(actor.user).objects.update(is_active=False)
    assert plan(TOMORROW_AT_NINE) == 0


def test_a_paused_address_gets_none_and_its_schedule_moves_on(actor: Actor) -> None:
    schedule = schedule_for(actor, bounced_address=actor.user.email)
    assert plan(TOMORROW_AT_NINE) == 0
    assert not Mail.objects.exists()
    assert fresh(schedule).next_at > TOMORROW_AT_NINE

    type(actor.user).objects.update(email="another@example.com")
    assert plan(TOMORROW_AT_NINE + 24 * HOUR) == 1


def test_one_that_fails_stops_no_other_and_is_tried_again(
    actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    other = solo_actor("Other")
    failing = schedule_for(actor, next_at=TOMORROW_AT_NINE - HOUR)
    schedule_for(other)
    parts.BROKEN.add(actor.user.email)

    assert plan(TOMORROW_AT_NINE) == 1
    assert Mail.objects.get().to_address == other.user.email
    assert "could not be put together" in caplog.text
    assert fresh(failing).next_at == TOMORROW_AT_NINE - HOUR

    parts.BROKEN.clear()
    assert plan(TOMORROW_AT_NINE) == 1


def test_a_zone_that_this_machine_does_not_know_is_utc(actor: Actor) -> None:
    schedule = schedule_for(actor)
    DigestSchedule.objects.update(time_zone="Mars/Olympus_Mons")

    assert plan(TOMORROW_AT_NINE) == 1
    assert fresh(schedule).next_at == TOMORROW_AT_NINE + 24 * HOUR


# ── What and to whom ─────────────────────────────────────────────────────────────────────────────


def test_it_goes_to_the_person_and_to_nobody_else(actor: Actor) -> None:
    """Clients are never written to (C5): a digest has one address, the reader's own."""
    ClientFactory.create(practice=actor.practice, name="client@example.com")
    colleague = actor_with_role("member", practice=actor.practice)
    for person in (actor, colleague):
        schedule_for(person)

    plan(TOMORROW_AT_NINE)

    assert {(mail.membership_id, mail.to_address) for mail in Mail.objects.all()} == {
        (person.membership.pk, person.user.email) for person in (actor, colleague)
    }


def test_a_manager_gets_the_team_and_a_member_his_or_her_own(db: None) -> None:
    manager = actor_with_role("manager", name="Mara")
    member = actor_with_role("member", practice=manager.practice, name="Olena")
    for person in (manager, member):
        schedule_for(person)

    plan(TOMORROW_AT_NINE)

    of_manager = Mail.objects.get(membership=manager.membership)
    of_member = Mail.objects.get(membership=member.membership)
    assert "Mara, Olena at" in of_manager.text
    assert "2 things are due today" in of_manager.subject
    assert "Olena at" in of_member.text
    assert "Mara" not in of_member.text
    assert "1 thing is due today" in of_member.subject


def test_parts_are_asked_with_the_mail_that_they_stand_in(actor: Actor) -> None:
    schedule_for(actor)
    plan(TOMORROW_AT_NINE)
    [(asked, key)] = parts.SEEN
    assert (asked.user, asked.practice, asked.role) == (actor.user, actor.practice, "owner")
    assert key == Mail.objects.get().occurrence


def test_it_reads_in_its_own_zone_and_the_persons_formats(actor: Actor) -> None:
    assert actor.freelancer
    type(actor.freelancer).objects.update(time_zone="Asia/Tokyo", locale="de-DE")
    schedule_for(actor, time_zone="Europe/Kyiv")

    plan(TOMORROW_AT_NINE)

    mail = Mail.objects.get()
    assert "22.11.2026, 11:00 (Europe/Kyiv) & 1.234" in mail.text
    assert "22.11.2026, 11:00" in mail.html


def test_parts_stand_in_the_order_of_the_settings(actor: Actor, settings: Settings) -> None:
    settings.DIGEST_PARTS = ["tests.outbox.parts.nobody", *["tests.outbox.parts.pings"] * 2]
    schedule = schedule_for(actor)

    digest = digest_compose(actor=actor, schedule=schedule, now=NOON, mail_key="digest:1")

    assert digest
    assert digest.count == 2
    assert digest.text.count("Solo at") == digest.html.count("Solo at") == 2
    assert "Nothing is due" not in digest.text


def test_one_can_stop_it_with_one_click(actor: Actor, settings: Settings) -> None:
    """RFC 8058: both headers, an https address of ours, and the same link in the text."""
    settings.SITE_URL = "https://ops.example.org"
    schedule_for(actor)
    plan(TOMORROW_AT_NINE)

    mail = Mail.objects.get()
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.headers["List-Unsubscribe"]
    assert re.fullmatch(r"<https://ops\.example\.org/mail/unsubscribe/[\w:-]+/>", link)
    assert link.strip("<>") in mail.text
    assert link.strip("<>") in mail.html
    assert "https://ops.example.org/mail/reminders/" in mail.text


def test_the_html_is_readable_in_the_dark_and_loads_nothing(actor: Actor) -> None:
    schedule_for(actor)
    plan(TOMORROW_AT_NINE)

    html = Mail.objects.get().html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert not re.findall(r"<(?:img|link|script|iframe|object|form)\b|url\(|@import", html)


def test_a_name_cannot_bring_its_own_html_or_headers(actor: Actor) -> None:
    type(actor.practice).objects.update(name="<b>Bold</b>\r\nBcc: client@example.com")
    schedule_for(actor)

    plan(TOMORROW_AT_NINE)

    mail = Mail.objects.get()
    assert "<b>" not in mail.html
    assert "\n" not in mail.subject
    assert "<b>Bold</b>" in mail.text


# ── At once ──────────────────────────────────────────────────────────────────────────────────────


def test_a_button_pressed_twice_sends_one(actor: Actor) -> None:
    said = [digest_send_now(actor=actor, now=NOON, click="a1") for _ in range(2)]

    assert said == [SentNow.ENQUEUED, SentNow.ALREADY]
    assert Mail.objects.get().occurrence == f"digest-now:{actor.membership.public_id}:a1"
    assert digest_send_now(actor=actor, now=NOON, click="a2") is SentNow.ENQUEUED


def test_at_once_leaves_the_schedule_as_it_is(actor: Actor) -> None:
    schedule = schedule_for(actor)
    digest_send_now(actor=actor, now=NOON, click="a1")
    assert fresh(schedule).next_at == TOMORROW_AT_NINE


def test_at_once_in_a_sample_practice_switches_nothing_on(db: None) -> None:
    actor = actor_with_role("owner", practice=PracticeFactory.create(is_sample=True))
    membership = Membership.objects.select_related("user", "practice").get()
    reader = Actor(membership.user, membership.practice, membership)

    assert digest_send_now(actor=reader, now=NOON, click="a1") is SentNow.ENQUEUED
    assert not DigestSchedule.objects.get(membership=actor.membership).is_on


def test_at_once_with_nothing_due_or_a_paused_address_sends_nothing(
    actor: Actor, settings: Settings
) -> None:
    schedule = schedule_for(actor, bounced_address=actor.user.email)
    assert digest_send_now(actor=actor, now=NOON, click="a1") is SentNow.PAUSED

    DigestSchedule.objects.filter(pk=schedule.pk).update(bounced_address="")
    settings.DIGEST_PARTS = ["tests.outbox.parts.nothing"]
    assert digest_send_now(actor=actor, now=NOON, click="a1") is SentNow.NOTHING_DUE
    assert not Mail.objects.exists()


def test_planning_stops_for_what_is_planned_to_be_sent() -> None:
    """Ten thousand people at nine o'clock: the first need not wait for the last."""
    for _number in range(3):
        schedule_for(solo_actor(), next_at=NOON)
    ticks = iter([0.0, 1.0, 2.0, 11.0])

    assert plan(NOON, seconds=10, stopwatch=lambda: next(ticks)) == 2
    assert plan(NOON) == 1
