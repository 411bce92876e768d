"""Fixtures of the contracts' tests."""

import pytest

from accounts.actors import Actor
from accounts.models import Freelancer


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    """The freelancer of `actor`."""
    assert actor.freelancer is not None
    return actor.freelancer
