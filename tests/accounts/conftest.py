"""What the tests of people and practices share."""

import pytest
from pytest_django import Settings

from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "a-Good-pass-77"


@pytest.fixture(autouse=True)
def no_rate_limits(settings: Settings) -> None:
    """Many tests sign in from one address; the one about the limits turns them on again."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a password and without any practice."""
    user = UserFactory.create(email="olena@example.com", name="Olena")
    user.set_password(PASSWORD)
    user.save()
    return user
