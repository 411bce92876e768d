"""What people see when something is not there, not allowed, or broken."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from tests.factories import actor_with_role

pytestmark = pytest.mark.django_db


def test_what_is_not_there(client: Client, actor: Actor) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content
    assert b"app.css" in response.content


def test_what_is_not_there_for_somebody_not_signed_in(client: Client) -> None:
    assert b"There is nothing here" in client.get("/no/such/page/").content


def test_what_the_role_does_not_allow(sign_in: Callable[[Actor], Client]) -> None:
    response = sign_in(actor_with_role("viewer")).post("/settings/")
    assert response.status_code == 403
    assert b"Your role does not allow this" in response.content


def test_a_form_that_was_open_too_long(actor: Actor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(actor.user)
    response = client.post("/settings/", {})
    assert response.status_code == 403
    assert b"Please send that again" in response.content


def test_an_error_asks_nothing_of_what_may_be_broken(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        page = render_to_string("500.html")
    assert "Something went wrong on our side" in page
