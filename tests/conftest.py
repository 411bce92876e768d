"""Fixtures that every test may use."""

import os
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import settings

from accounts.actors import Actor
from tests.factories import solo_actor

# The same examples each time and no deadlines, so that a run fails because of a change and not of
# chance or of what else the machine does. New examples are looked for in the long runs.
settings.register_profile("steady", derandomize=True, deadline=None)
if not os.environ.get("JSS_LONG_TESTS"):
    settings.load_profile("steady")


@pytest.fixture
def actor(db: None) -> Actor:
    """A freelancer in his or her own practice."""
    return solo_actor()


@pytest.fixture
def sign_in() -> Callable[[Actor], Client]:
    """Sign an actor in and hand out the test client."""

    def as_actor(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        session = client.session
        session["practice_id"] = actor.practice.public_id
        session.save()
        return client

    return as_actor


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Client:
    """Signed in as `actor` where the test asks for one, else anonymous."""
    if "actor" in request.fixturenames:
        signed_in: Client = request.getfixturevalue("sign_in")(request.getfixturevalue("actor"))
        return signed_in
    return Client()
