"""The pages about outgoing mail and reminders: what they show, what they refuse, whose they are."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actors import Actor
from outbox.models import DigestSchedule, Mail
from outbox.unsubscribing import unsubscribe_token
from tests.factories import actor_with_role
from tests.outbox import parts
from tests.outbox.post import NOON, fresh, mail_for, schedule_for

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
CHOICE = {"how_often": "daily", "hour": "8", "time_zone": "Europe/Kyiv", "is_on": "on"}


@pytest.fixture(autouse=True)
def pings(settings: Settings) -> Iterator[None]:
    settings.DIGEST_PARTS = ["tests.outbox.parts.pings"]
    yield
    parts.SEEN.clear()


def dead(actor: Actor, occurrence: str = "test:dead", because: str = "550 no such user") -> Mail:
    mail = mail_for(actor, occurrence, subject=f"Subject of {occurrence}")
    Mail.objects.filter(pk=mail.pk).update(
        state="dead", due_at=None, attempts=9, last_error=because
    )
    return mail


def text_of(response: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.split())


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_each_mail_and_those_given_up_first(actor: Actor, client: Client) -> None:
    gone = dead(actor)
    later = mail_for(actor, "test:later", subject="Tried again")
    Mail.objects.filter(pk=later.pk).update(attempts=2, last_error="450 greylisted")

    shown = text_of(client.get("/mail/"))

    assert shown.index("Subject of test:dead") < shown.index("Tried again")
    assert "550 no such user" in shown
    assert "450 greylisted" in shown
    assert "Send again" in shown
    assert f'/mail/{gone.public_id}/again/"' in client.get("/mail/").content.decode()


def test_an_empty_list_says_what_will_stand_there(actor: Actor, client: Client) -> None:
    assert "No mail yet" in text_of(client.get("/mail/"))


def test_without_a_mail_server_the_list_says_where_mails_are(
    actor: Actor, client: Client, settings: Settings
) -> None:
    mail = mail_for(actor)
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=NOON, due_at=None)
    assert "kept on this page, and as files in the data folder" in text_of(client.get("/mail/"))
    assert "Kept here" in text_of(client.get("/mail/"))

    settings.EMAIL_IS_SENT = True
    assert "data folder" not in text_of(client.get("/mail/"))
    assert "Sent" in text_of(client.get("/mail/"))


def test_the_list_is_read_in_a_few_queries_however_long(
    actor: Actor, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        mail_for(actor, f"test:{number}")
    with django_assert_max_num_queries(9):
        assert client.get("/mail/").status_code == 200
    assert "51 to 60 of 60" in text_of(client.get("/mail/?page=2"))


def test_whose_mails_one_sees(actor: Actor, sign_in: SignIn) -> None:
    """An owner sees to everybody's, a viewer only to his or her own."""
    member = actor_with_role("member", practice=actor.practice)
    viewer = actor_with_role("viewer", practice=actor.practice)
    stranger = actor_with_role("owner")
    mails = {person: mail_for(person, f"of {person.role}") for person in (actor, member, viewer)}
    mails[stranger] = mail_for(stranger, "of a stranger")

    def seen(reader: Actor) -> set[str]:
        page = sign_in(reader).get("/mail/").context["list"].page
        return {mail.occurrence for mail in page}

    assert seen(actor) == {"of owner", "of member", "of viewer"}
    assert seen(member) == {"of member"}
    assert seen(viewer) == {"of viewer"}


def test_given_up_is_sent_again_by_its_button(actor: Actor, client: Client) -> None:
    mail = dead(actor)

    response = client.post(f"/mail/{mail.public_id}/again/", follow=True)

    assert "sent again within a minute" in text_of(response)
    assert fresh(mail).state == "waiting"
    again = client.post(f"/mail/{mail.public_id}/again/", follow=True)
    assert "not one that was given up" in text_of(again)


def test_a_paused_address_is_shown_with_its_reason_and_tried_again(
    actor: Actor, client: Client
) -> None:
    schedule = schedule_for(
        actor,
        bounced_address=actor.user.email,
        bounced_because="550 no such user",
        bounced_at=NOON,
    )
    for path in ("/mail/", "/mail/reminders/"):
        shown = text_of(client.get(path))
        assert f"Nothing is sent to {actor.user.email}" in shown
        assert "Nov 21, 2026, 12:00 PM: 550 no such user" in shown.replace("\u202f", " ")

    client.post(f"/mail/address/{schedule.public_id}/again/")

    assert fresh(schedule).bounced_address == ""
    assert "Nothing is sent to" not in text_of(client.get("/mail/"))


# ── One mail ─────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_shows_its_text_its_headers_and_a_frame(actor: Actor, client: Client) -> None:
    mail = mail_for(
        actor,
        text="A <b>ping</b> is due",
        html="<html><head></head><body><p style='color:red'>A ping</p></body></html>",
        headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )

    page = client.get(f"/mail/{mail.public_id}/").content.decode()

    assert "A &lt;b&gt;ping&lt;/b&gt; is due" in page
    assert "List-Unsubscribe=One-Click" in page
    assert re.search(rf'<iframe [^>]*src="/mail/{mail.public_id}/html/"[^>]* sandbox=', page)
    assert "color:red" not in page


def test_the_frame_may_show_styles_and_do_nothing(actor: Actor, client: Client) -> None:
    mail = mail_for(actor, html="<html><head></head><body><p style='color:red'>A</p></body></html>")

    response = client.get(f"/mail/{mail.public_id}/html/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top">' in response.content.decode()


@pytest.mark.parametrize("role", ["owner", "manager", "viewer"])
def test_nobody_else_reads_a_mail_whose_links_act_for_its_reader(
    actor: Actor, sign_in: SignIn, role: str
) -> None:
    mail = mail_for(actor, html="<p>Links</p>")
    client = sign_in(actor_with_role(role, practice=actor.practice))
    assert client.get(f"/mail/{mail.public_id}/").status_code == 404
    assert client.get(f"/mail/{mail.public_id}/html/").status_code == 404


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def test_reminders_show_when_the_next_digest_comes(actor: Actor, client: Client) -> None:
    schedule_for(
        actor, time_zone="Europe/Kyiv", next_at=dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC)
    )
    shown = text_of(client.get("/mail/reminders/")).replace("\u202f", " ")
    assert "Next digest: Monday, Nov 23, 2026, 9:00 AM (Europe/Kyiv)" in shown


def test_looking_makes_no_schedule(actor: Actor, client: Client) -> None:
    client.get("/mail/reminders/")
    assert not DigestSchedule.objects.exists()


@pytest.mark.parametrize(
    ("how_often", "weekdays"),
    [
        ({"how_often": "daily"}, 0b1111111),
        ({"how_often": "daily", "weekdays": ["1"]}, 0b1111111),
        ({"how_often": "chosen", "weekdays": ["0", "2", "6"]}, 0b1000101),
        ({"how_often": "weekly", "weekday": "4", "weekdays": ["0"]}, 0b0010000),
    ],
)
def test_days_and_hour_are_kept(
    actor: Actor, client: Client, how_often: dict[str, object], weekdays: int
) -> None:
    response = client.post("/mail/reminders/", CHOICE | how_often)

    assert response.status_code == 302
    schedule = DigestSchedule.objects.get()
    assert (schedule.weekdays, schedule.hour) == (weekdays, 8)
    assert (schedule.time_zone, schedule.is_on) == ("Europe/Kyiv", True)
    form = client.get("/mail/reminders/").context["form"]
    assert form.initial["how_often"] == how_often["how_often"]


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("hour", {"hour": "24"}, "Select a valid choice"),
        ("time_zone", {"time_zone": "Mars/Olympus_Mons"}, "Select a valid choice"),
        ("how_often", {"how_often": "never"}, "Select a valid choice"),
        ("weekdays", {"how_often": "chosen"}, "Choose at least one day"),
        ("weekdays", {"how_often": "chosen", "weekdays": ["7"]}, "Select a valid choice"),
        ("weekday", {"how_often": "weekly"}, "Choose a day"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_changes_nothing(
    actor: Actor, client: Client, field: str, wrong: dict[str, object], words: str
) -> None:
    schedule = schedule_for(actor)

    response = client.post("/mail/reminders/", CHOICE | wrong)

    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0]
    page = response.content.decode()
    assert words in page[page.index(f"id_{field}_error") :]
    assert fresh(schedule).hour == 9


def test_a_zone_of_old_stays_selectable(actor: Actor, client: Client) -> None:
    schedule_for(actor, time_zone="Europe/Kiev")
    assert client.post("/mail/reminders/", CHOICE | {"time_zone": "Europe/Kiev"}).status_code == 302
    assert DigestSchedule.objects.get().time_zone == "Europe/Kiev"


def test_a_viewer_sets_his_or_her_own(sign_in: SignIn, actor: Actor) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    mine = schedule_for(actor)

    assert sign_in(viewer).post("/mail/reminders/", CHOICE).status_code == 302

    assert DigestSchedule.objects.get(membership=viewer.membership).is_on
    assert fresh(mine).hour == 9


def test_off_is_said(actor: Actor, client: Client) -> None:
    client.post("/mail/reminders/", {**CHOICE, "is_on": ""})
    assert not DigestSchedule.objects.get().is_on
    assert "Switched off" in text_of(client.get("/mail/reminders/"))


def test_the_button_sends_one_now_however_often_it_is_pressed(actor: Actor, client: Client) -> None:
    click = client.get("/mail/reminders/").context["click"]

    for _ in range(2):
        response = client.post("/mail/reminders/now/", {"click": click}, follow=True)
        assert "on its way" in text_of(response)

    assert Mail.objects.get().to_address == actor.user.email


def test_the_button_says_when_there_is_nothing_to_send(
    actor: Actor, client: Client, settings: Settings
) -> None:
    settings.DIGEST_PARTS = []
    response = client.post("/mail/reminders/now/", follow=True)
    assert "Nothing is due today" in text_of(response)
    assert not Mail.objects.exists()


# ── Unsubscribing ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def link(actor: Actor) -> str:
    return f"/mail/unsubscribe/{unsubscribe_token(schedule_for(actor))}/"


def test_opening_the_link_changes_nothing(link: str) -> None:
    """Mail scanners open every link."""
    response = Client().get(link)
    assert response.status_code == 200
    assert "Switch them off" in text_of(response)
    assert Client().head(link).status_code == 200
    assert DigestSchedule.objects.get().is_on


def test_a_mail_program_unsubscribes_without_login_cookie_or_redirect(link: str) -> None:
    """One click, RFC 8058."""
    program = Client(enforce_csrf_checks=True)

    response = program.post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 200
    assert not DigestSchedule.objects.get().is_on
    assert program.post(link).status_code == 200


def test_it_can_be_taken_back_on_the_page(link: str) -> None:
    Client().post(link)
    assert "Switch them on again" in text_of(Client().get(link))

    response = Client().post(link, {"again": "1"})

    assert "on again" in text_of(response)
    assert DigestSchedule.objects.get().is_on


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t + "x"])
def test_a_tampered_link_is_a_clear_page_and_changes_nothing(
    actor: Actor, change: Callable[[str], str]
) -> None:
    token = change(unsubscribe_token(schedule_for(actor)))

    for ask in (Client().get, Client().post):
        response = ask(f"/mail/unsubscribe/{token}/")
        assert response.status_code == 404
        assert "This link does not work" in text_of(response)
    assert DigestSchedule.objects.get().is_on


def test_the_link_of_somebody_who_left_is_a_clear_page(actor: Actor, link: str) -> None:
    actor.membership.delete()
    assert Client().post(link).status_code == 404
