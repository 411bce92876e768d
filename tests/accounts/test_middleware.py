"""Who acts, and in whose time zone and formats."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import Freelancer, Practice, User
from tests.factories import FreelancerFactory, actor_with_role

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def without_practice(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("path", ["/", "/contracts/", "/jss/", "/settings/", "/search/"])
def test_a_login_without_a_practice_is_led_to_start_one(
    without_practice: Client, path: str
) -> None:
    assert without_practice.get(path).headers["Location"] == "/practice/start/"


def test_starting_a_practice(without_practice: Client, person: User) -> None:
    assert b"Start my practice" in without_practice.get("/practice/start/").content
    response = without_practice.post("/practice/start/")
    assert response.headers["Location"] == "/"
    assert Practice.objects.get().name == person.name
    assert without_practice.get("/").status_code == 200


def test_starting_twice_makes_one(without_practice: Client) -> None:
    without_practice.post("/practice/start/")
    without_practice.post("/practice/start/")
    assert Practice.objects.count() == 1


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/2fa/", "/accounts/logout/"])
def test_the_login_itself_is_managed_without_a_practice(
    without_practice: Client, path: str
) -> None:
    page = without_practice.get(path)
    assert page.status_code == 200
    assert b'href="/settings/"' not in page.content


def test_light_and_dark_work_without_a_practice(without_practice: Client) -> None:
    response = without_practice.post("/theme/", {"theme": "dark", "next": "/practice/start/"})
    assert response.headers["Location"] == "/practice/start/"


def zone(client: Client) -> str:
    """The zone that a page was made in: the settings page says the time there."""
    seen: list[str] = []

    def note(*_arguments: object, **_more: object) -> None:
        seen.append(timezone.get_current_timezone_name())

    from django.test.signals import template_rendered

    template_rendered.connect(note)
    try:
        client.get("/keys/")
    finally:
        template_rendered.disconnect(note)
    return seen[0]


def test_pages_are_in_the_readers_own_zone(sign_in: SignIn) -> None:
    manager = actor_with_role("manager")
    Freelancer.objects.update(time_zone="Europe/Kyiv")
    other = FreelancerFactory.create(practice=manager.practice, time_zone="Asia/Tokyo")
    client = sign_in(manager)
    client.post("/practice/switch/", {"freelancer": other.public_id})
    assert zone(client) == "Europe/Kyiv"


def test_without_an_own_freelancer_the_chosen_ones_zone_counts(sign_in: SignIn) -> None:
    manager = actor_with_role("manager")
    Freelancer.objects.all().delete()
    FreelancerFactory.create(practice=manager.practice, time_zone="Asia/Tokyo")
    assert zone(sign_in(manager)) == "Asia/Tokyo"


def test_a_zone_that_this_machine_does_not_know_is_utc_and_no_error(
    client: Client, actor: Actor
) -> None:
    Freelancer.objects.update(time_zone="Mars/Olympus")
    assert zone(client) == "UTC"
    assert client.get("/settings/").status_code == 200


def test_the_actor_costs_four_queries(
    client: Client, actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, user, memberships, freelancers: the same for every page."""
    with django_assert_num_queries(4):
        client.get("/keys/")


@pytest.mark.parametrize("path", ["/search/?q=%00", "/contracts/?client=a%00b", "/jss/%00/"])
def test_a_nul_in_an_address_names_nothing(client: Client, actor: Actor, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_nul_is_refused_before_anybody_is_signed_in(db: None) -> None:
    assert Client().get("/accounts/login/?next=%00").status_code == 404
