"""Every route, every role, somebody else's ids: the table of `access_table.py`, tried out."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from accounts.actors import Actor
from accounts.public_ids import new_public_id
from tests.access_table import ROLES, TABLE, Row, World, nothing

LOGIN = "/accounts/login/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# allauth's class-based views answer PUT as POST, and so on; what they do is theirs to test.
ALLAUTH = ("account_", "mfa_")


@pytest.fixture(autouse=True)
def no_rate_limits(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False


def walk(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route with its full name, through every `include`."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or ''}", pattern


ROUTES = list(walk(get_resolver().url_patterns))
NAMES = {name for name, _pattern in ROUTES}
LISTED = {row.route for row in TABLE}


def test_every_route_has_a_name() -> None:
    unnamed = [str(route.pattern) for name, route in ROUTES if not name or name.endswith(":")]
    assert not unnamed


def test_no_two_routes_share_a_name() -> None:
    names = [name for name, _pattern in ROUTES]
    assert sorted(names) == sorted(NAMES)


def test_every_route_is_in_the_table() -> None:
    missing = sorted(NAMES - LISTED)
    assert not missing, f"Say in tests/access_table.py who may use {', '.join(missing)}."


def test_the_table_lists_no_route_that_is_gone() -> None:
    assert not sorted(LISTED - NAMES)


def test_ids_in_our_urls_are_public_ones() -> None:
    """A counted number could be guessed."""
    counted = [
        name
        for name, route in ROUTES
        if not name.startswith(ALLAUTH)
        for converter in route.pattern.converters.values()
        if type(converter).__name__ == "IntConverter"
    ]
    assert not counted


def test_no_view_goes_without_the_csrf_check() -> None:
    """But for one: a mail program unsubscribes by itself (RFC 8058); its token is signed."""
    exempt = [name for name, route in ROUTES if getattr(route.callback, "csrf_exempt", False)]
    assert exempt == ["outbox:unsubscribe"]


def test_what_is_open_without_signing_in_is_open_on_purpose() -> None:
    """Login is required by default; a view that is open says so, and the table agrees."""
    said = {name for name, route in ROUTES if not getattr(route.callback, "login_required", True)}
    seen = {row.route for row in TABLE if row.answers["anonymous"] != "login"}
    assert {name for name in seen if not name.startswith(ALLAUTH)} == {
        name for name in said if not name.startswith(ALLAUTH)
    }
    assert seen <= said


@pytest.fixture
def world(db: None) -> World:
    return World.create()


def client_of(actor: Actor | None) -> Client:
    client = Client()
    if actor is None:
        return client
    client.force_login(actor.user)
    session = client.session
    session["practice_id"] = actor.practice.public_id
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = str(actor.user.pk)
    session.save()
    return client


def send(actor: Actor | None, method: str, url: str, data: dict[str, Any]) -> HttpResponseBase:
    """Ask as `actor`, and leave the database as it was."""
    with transaction.atomic():
        client = client_of(actor)
        ask: dict[str, Callable[..., HttpResponseBase]] = {"GET": client.get, "POST": client.post}
        response = ask[method](url, data) if method in ask else client.generic(method, url)
        if response.streaming:
            list(response)  # what is read to its end closes its files
        transaction.set_rollback(True)
    return response


def answer(response: HttpResponseBase) -> str:
    if response.status_code == 302 and response.headers["Location"].startswith(LOGIN):
        return "login"
    return str(response.status_code)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_role_gets_the_answer_in_the_table(world: World, row: Row) -> None:
    url = reverse(row.route, kwargs=row.ids(world))
    data = row.data(world)
    got = {role: answer(send(world.actors.get(role), row.method, url, data)) for role in ROLES}
    wrong = {
        role: f"{got[role]} instead of {expected}"
        for role, expected in row.answers.items()
        if got[role] not in expected.split("/")
    }
    assert not wrong


@pytest.mark.parametrize("route", sorted(name for name in LISTED if not name.startswith(ALLAUTH)))
def test_a_method_that_is_not_in_the_table_is_not_allowed(world: World, route: str) -> None:
    rows = [row for row in TABLE if row.route == route]
    url = reverse(route, kwargs=rows[0].ids(world))
    others = set(METHODS) - {row.method for row in rows}
    answers = {method: answer(send(world.member, method, url, {})) for method in others}
    assert answers == dict.fromkeys(others, "405")


WITH_IDS = [row for row in TABLE if row.ids is not nothing and not row.route.startswith(ALLAUTH)]


@pytest.mark.parametrize("row", WITH_IDS, ids=str)
@pytest.mark.parametrize("public_id", ["of nobody", "x", "\0" * 14], ids=["unknown", "x", "nul"])
def test_an_id_that_names_nothing_is_a_404(world: World, row: Row, public_id: str) -> None:
    ids = row.ids(world)
    name = "public_id" if "public_id" in ids else next(iter(ids))
    other = new_public_id() if public_id == "of nobody" else public_id
    # Not by `reverse`: some routes take nothing that cannot be an id.
    url = reverse(row.route, kwargs=ids).replace(str(ids[name]), quote(other))
    assert answer(send(world.member, row.method, url, row.data(world))) == "404"


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.method == "POST" and row.data is not nothing], ids=str
)
def test_a_nul_in_what_is_sent_is_never_an_error(world: World, row: Row) -> None:
    """PostgreSQL takes none in a text: a form must have stopped it before."""
    url = reverse(row.route, kwargs=row.ids(world))
    for name, value in row.data(world).items():
        response = send(world.member, "POST", url, row.data(world) | {name: f"{value}\0"})
        assert response.status_code < 500
