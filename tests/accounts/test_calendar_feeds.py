"""The secret calendar address: one for each person and practice, renewed and switched off."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.actors import Actor
from accounts.calendar_feeds import (
    feed_create,
    feed_of,
    feed_path,
    feed_renew,
    feed_revoke,
    feed_url,
    own_feed,
)
from accounts.models import AuditEvent, CalendarFeed
from accounts.public_ids import new_public_id
from tests.factories import MembershipFactory, PracticeFactory, actor_with_role

pytestmark = pytest.mark.django_db
URL = "/settings/calendar/"
SignIn = Callable[[Actor], Client]
ROLES = ("owner", "manager", "member", "viewer")


def found(path: str) -> CalendarFeed | None:
    """The calendar that an address opens."""
    _empty, _calendar, public_id, signature = path.removesuffix(".ics").split("/")
    return feed_of(public_id, signature)


# ── The address ──────────────────────────────────────────────────────────────────────────────────


def test_an_address_opens_its_calendar(actor: Actor) -> None:
    feed = feed_create(actor=actor)
    assert found(feed_path(feed)) == feed


def test_the_whole_address_is_on_our_site(actor: Actor, settings: Settings) -> None:
    settings.SITE_URL = "https://ops.example.com"
    feed = feed_create(actor=actor)
    assert feed_url(feed) == f"https://ops.example.com{feed_path(feed)}"


def test_a_second_click_keeps_the_address(actor: Actor) -> None:
    first = feed_path(feed_create(actor=actor))
    assert feed_path(feed_create(actor=actor)) == first
    assert CalendarFeed.objects.count() == 1


def test_a_new_address_ends_the_old_one(actor: Actor) -> None:
    old = feed_path(feed_create(actor=actor))
    new = feed_path(feed_renew(actor=actor))
    assert found(old) is None
    assert found(new)


def test_a_new_address_after_another_tab_switched_it_off(actor: Actor) -> None:
    assert found(feed_path(feed_renew(actor=actor)))


def test_switched_off_is_gone_and_never_comes_back(actor: Actor) -> None:
    old = feed_path(feed_create(actor=actor))
    feed_revoke(actor=actor)
    feed_revoke(actor=actor)
    assert found(old) is None
    feed_create(actor=actor)
    assert found(old) is None


@pytest.mark.parametrize(
    "signature", ["", "x", "0" * 64, "ї" * 64, "of another one", "one letter cut off"]
)
def test_a_wrong_signature_opens_nothing(actor: Actor, signature: str) -> None:
    path = feed_path(feed_create(actor=actor))
    good = path.rpartition("/")[2].removesuffix(".ics")
    if signature == "of another one":
        other = feed_path(feed_create(actor=actor_with_role("owner")))
        signature = other.rpartition("/")[2].removesuffix(".ics")
    elif signature == "one letter cut off":
        signature = good[:-1]
    feed = CalendarFeed.objects.get(user=actor.user)
    assert feed_of(feed.public_id, good) == feed
    assert feed_of(feed.public_id, signature) is None
    assert feed_of(new_public_id(), good) is None


def test_a_signature_is_good_for_its_own_calendar_only(actor: Actor) -> None:
    """Even were two secrets the same."""
    feed, other = feed_create(actor=actor), feed_create(actor=actor_with_role("owner"))
    CalendarFeed.objects.filter(pk=other.pk).update(nonce=feed.nonce)
    signature = feed_path(feed).rpartition("/")[2].removesuffix(".ics")
    assert feed_of(other.public_id, signature) is None


def test_a_copy_of_the_database_alone_opens_nothing(actor: Actor, settings: Settings) -> None:
    """The address depends on the installation's key, which is no row."""
    feed = feed_create(actor=actor)
    here = feed_path(feed)
    settings.SECRET_KEY = "another installation's"
    assert feed_path(feed) != here
    assert found(here) is None


def test_who_left_the_practice_reads_nothing_any_more(actor: Actor) -> None:
    elsewhere = MembershipFactory.create(user=actor.user)  # still a member of something
    path = feed_path(feed_create(actor=actor))
    actor.membership.delete()
    assert found(path) is None
    there = Actor(actor.user, elsewhere.practice, elsewhere)
    assert found(feed_path(feed_create(actor=there)))


def test_a_login_that_is_blocked_reads_nothing(actor: Actor) -> None:
    path = feed_path(feed_create(actor=actor))
    actor.user.is_active = False
    actor.user.save()
    assert found(path) is None


def test_each_practice_has_an_address_of_its_own(actor: Actor) -> None:
    membership = MembershipFactory.create(user=actor.user)
    there = Actor(actor.user, membership.practice, membership)
    assert feed_path(feed_create(actor=actor)) != feed_path(feed_create(actor=there))
    feed_revoke(actor=there)
    assert own_feed(actor)
    assert own_feed(there) is None


def test_nobody_touches_a_colleagues(actor: Actor) -> None:
    """Not even an owner, who sees everything else."""
    member = actor_with_role("member", practice=actor.practice)
    path = feed_path(feed_create(actor=member))
    assert own_feed(actor) is None
    feed_renew(actor=actor)
    feed_revoke(actor=actor)
    assert found(path)


def test_the_trail_says_what_happened_and_keeps_the_secret(actor: Actor) -> None:
    """A8; the address is worth a login."""
    feed_create(actor=actor)
    feed_create(actor=actor)
    feed_renew(actor=actor)
    feed_revoke(actor=actor)
    events = AuditEvent.objects.order_by("pk")
    verbs = [event.verb for event in events]
    assert verbs == ["calendar.created", "calendar.renewed", "calendar.revoked"]
    assert {event.for_freelancer_id for event in events} == {actor.freelancer.pk}  # type: ignore[union-attr]
    assert not any(event.before or event.after for event in events)


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ROLES)
def test_each_role_makes_renews_and_ends_its_own(sign_in: SignIn, role: str) -> None:
    """A viewer's too: it changes nothing that the practice owns."""
    actor = actor_with_role(role)
    client = sign_in(actor)
    assert "Make my calendar address" in client.get(URL).content.decode()

    assert client.post(f"{URL}new/").headers["Location"] == URL
    first = own_feed(actor)
    assert first
    assert f'value="{feed_url(first)}"' in client.get(URL).content.decode()

    client.post(f"{URL}renew/")
    second = own_feed(actor)
    assert second
    page = client.get(URL).content.decode()
    assert feed_url(second) != feed_url(first)
    assert feed_url(second) in page
    assert feed_url(first) not in page
    assert "The old one no longer works." in page

    client.post(f"{URL}off/")
    assert own_feed(actor) is None
    assert "Your calendar address no longer works." in client.get(URL).content.decode()


def test_the_page_is_kept_by_no_cache(client: Client, actor: Actor) -> None:
    feed_create(actor=actor)
    assert "no-store" in client.get(URL).headers["Cache-Control"]


def test_looking_makes_nothing(client: Client, actor: Actor) -> None:
    client.get(URL)
    assert client.get(f"{URL}new/").status_code == 405
    assert not CalendarFeed.objects.exists()


def test_an_address_of_this_computer_is_said_to_be_one(
    client: Client, actor: Actor, settings: Settings
) -> None:
    feed_create(actor=actor)
    words = "This address works on this computer only."
    settings.SITE_URL = "http://localhost:8000"
    assert words in client.get(URL).content.decode()
    settings.SITE_URL = "https://ops.example.com"
    page = client.get(URL).content.decode()
    assert words not in page
    assert 'href="webcal://ops.example.com/calendar/' in page


def test_somebody_in_two_practices_reads_whose_it_is(client: Client, actor: Actor) -> None:
    feed_create(actor=actor)
    assert "Each of your practices" not in client.get(URL).content.decode()
    MembershipFactory.create(user=actor.user, practice=PracticeFactory.create())
    page = client.get(URL).content.decode()
    assert f"For {actor.practice.name}. Each of your practices" in page


@pytest.mark.parametrize("page", ["/settings/", "/contracts/closeout/"])
def test_other_pages_lead_here(client: Client, actor: Actor, page: str) -> None:
    assert f'href="{URL}"' in client.get(page).content.decode()
