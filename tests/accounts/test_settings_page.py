"""The settings page: whose settings, who may change them, and what is written down."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer, Practice, User
from tests.factories import FreelancerFactory, PracticeFactory, actor_with_role

pytestmark = pytest.mark.django_db
URL = "/settings/"
SignIn = Callable[[Actor], Client]


def filled(freelancer: Freelancer | None, **changes: Any) -> dict[str, Any]:
    return {
        "freelancer": freelancer.public_id if freelancer else "",
        "name": "Olena",
        "time_zone": "Europe/Kyiv",
        "currency": "EUR",
        "locale": "de-DE",
        "practice-name": "Olena & Co",
    } | changes


def test_shows_what_is_set(client: Client, actor: Actor) -> None:
    page = client.get(URL).content.decode()
    assert '<option value="UTC" selected>' in page
    assert '<option value="USD" selected>USD – US Dollar</option>' in page
    assert '<option value="en-US" selected>English (US): Oct 2, 2026' in page
    assert 'href="/mail/reminders/"' in page


def test_saves_all_and_comes_back_to_the_same_page(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    response = client.post(URL, filled(actor.freelancer))

    assert response.headers["Location"] == f"/settings/?freelancer={actor.freelancer.public_id}"
    row = Freelancer.objects.get(pk=actor.freelancer.pk)
    assert (row.name, row.time_zone, row.currency) == ("Olena", "Europe/Kyiv", "EUR")
    assert row.locale == "de-DE"
    assert User.objects.get(pk=actor.user.pk).name == "Olena"
    assert Practice.objects.get().name == "Olena & Co"
    assert b"Saved." in client.get(response.headers["Location"]).content


def test_the_change_is_in_the_audit_trail(client: Client, actor: Actor) -> None:
    client.post(URL, filled(actor.freelancer, name=actor.user.name))
    changed, renamed = AuditEvent.objects.order_by("pk")
    assert changed.verb == "freelancer.changed"
    assert changed.for_freelancer_id == actor.freelancer.pk  # type: ignore[union-attr]
    assert changed.before == {
        "time_zone": "UTC",
        "currency": "USD",
        "locale": "en-US",
    }
    assert changed.after["time_zone"] == "Europe/Kyiv"
    assert (renamed.verb, renamed.after) == ("practice.renamed", {"name": "Olena & Co"})


def test_saving_what_is_set_already_writes_nothing_down(client: Client, actor: Actor) -> None:
    client.post(URL, filled(actor.freelancer))
    before = AuditEvent.objects.count()
    client.post(URL, filled(actor.freelancer))
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("currency", "XXX"),
        ("locale", "tlh"),
        ("name", ""),
        ("name", "x" * 151),
        ("practice-name", ""),
    ],
)
def test_a_wrong_value_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, actor: Actor, field: str, value: str
) -> None:
    response = client.post(URL, filled(actor.freelancer, **{"name": "Typed", field: value}))

    assert response.status_code == 422
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Olena &amp; Co" in page or field == "practice-name"
    assert Freelancer.objects.get().currency == "USD"
    assert not AuditEvent.objects.exists()


def test_what_was_typed_wrong_is_nobodys_name_yet(client: Client, actor: Actor) -> None:
    """Neither in the frame nor in a heading: only in the field."""
    FreelancerFactory.create(practice=actor.practice)  # so that the switcher names the practice
    typed = {"name": "Typed name", "practice-name": "Typed practice", "currency": "XXX"}
    page = client.post(URL, filled(actor.freelancer, **typed)).content.decode()
    assert page.count("Typed name") == 1
    assert page.count("Typed practice") == 1


def test_an_old_name_of_a_zone_stays_choosable(client: Client, actor: Actor) -> None:
    Freelancer.objects.update(time_zone="Europe/Kiev")
    page = client.get(URL).content.decode()
    assert '<option value="Europe/Kiev" selected>' in page
    assert client.post(URL, filled(actor.freelancer, time_zone="Europe/Kiev")).status_code == 302


@time_machine.travel("2026-11-21 12:00:00+00:00")
def test_says_what_time_it_is_in_the_chosen_zone(client: Client, actor: Actor) -> None:
    Freelancer.objects.update(time_zone="America/New_York", locale="en-GB")
    assert b"There it is 21 Nov 2026, 07:00 now." in client.get(URL).content


def test_a_manager_edits_the_chosen_freelancer(sign_in: SignIn) -> None:
    manager = actor_with_role("manager")
    other = FreelancerFactory.create(practice=manager.practice, name="Taras")
    client = sign_in(manager)
    client.post("/practice/switch/", {"freelancer": other.public_id})

    assert "What is set for Taras." in client.get(URL).content.decode()
    client.post(URL, filled(other, name="Taras B."))

    other.refresh_from_db()
    assert (other.name, other.time_zone) == ("Taras B.", "Europe/Kyiv")
    assert User.objects.get().name == manager.user.name


def test_a_manager_does_not_name_the_practice(sign_in: SignIn) -> None:
    manager = actor_with_role("manager")
    client = sign_in(manager)
    assert b"practice-name" not in client.get(URL).content
    client.post(URL, filled(manager.freelancer))
    assert Practice.objects.get().name == manager.practice.name


def test_with_nobody_chosen_the_page_offers_everybody(sign_in: SignIn) -> None:
    manager = actor_with_role("manager")
    Freelancer.objects.all().delete()
    pair = FreelancerFactory.create_batch(2, practice=manager.practice)
    client = sign_in(manager)

    page = client.get(URL).content.decode()

    assert "Choose a freelancer" in page
    for freelancer in pair:
        assert f"/settings/?freelancer={freelancer.public_id}" in page
    assert client.post(URL, {"freelancer": "", "name": "Boss"}).status_code == 302
    assert User.objects.get().name == "Boss"


def test_another_tab_that_switched_changes_nothing_here(sign_in: SignIn) -> None:
    """The page of one freelancer is open; in a second tab somebody else is chosen."""
    manager = actor_with_role("manager")
    first, second = FreelancerFactory.create_batch(2, practice=manager.practice)
    client = sign_in(manager)
    client.post("/practice/switch/", {"freelancer": second.public_id})

    client.post(URL, filled(first, name="First"))

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.time_zone == "Europe/Kyiv"
    assert (second.name, second.time_zone) != ("First", "Europe/Kyiv")


def test_a_viewer_looks_and_changes_nothing(sign_in: SignIn) -> None:
    viewer = actor_with_role("viewer")
    client = sign_in(viewer)
    page = client.get(URL).content.decode()
    assert "You can look at these settings." in page
    assert "Save settings" not in page
    assert client.post(URL, filled(viewer.freelancer)).status_code == 403
    assert Freelancer.objects.get().currency == "USD"


def test_a_viewer_who_is_no_freelancer_changes_nothing_either(sign_in: SignIn) -> None:
    viewer = actor_with_role("viewer")
    Freelancer.objects.all().delete()
    client = sign_in(viewer)
    assert client.post(URL, {"freelancer": "", "name": "Somebody"}).status_code == 403
    assert User.objects.get().name == viewer.user.name


@pytest.mark.parametrize("role", ["member", "owner"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_settings_are_not_there(sign_in: SignIn, role: str, method: str) -> None:
    practice = PracticeFactory.create()
    client = sign_in(actor_with_role(role, practice=practice))
    if role == "member":
        other = FreelancerFactory.create(practice=practice)
    else:
        other = FreelancerFactory.create()
    data = filled(other) if method == "post" else {"freelancer": other.public_id}
    assert getattr(client, method)(URL, data).status_code == 404


@pytest.mark.parametrize("public_id", ["x", "\0", "' OR 1=1 --", "ї" * 14])
def test_what_is_no_id_at_all_is_not_there_either(
    client: Client, actor: Actor, public_id: str
) -> None:
    assert client.get(URL, {"freelancer": public_id}).status_code == 404
    assert client.post(URL, {"freelancer": public_id}).status_code == 404
