"""What the database refuses, whoever asks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.models import Freelancer, Membership, Practice, User, validate_time_zone
from tests.factories import FreelancerFactory, MembershipFactory, PracticeFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(name: str, make: Any, **fields: Any) -> None:
    """Assert that the constraint `name` refuses; SQLite names the columns of a unique one."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**fields)
    assert name in str(error.value) or "UNIQUE" in str(error.value)


def test_an_address_belongs_to_one_login_in_whatever_case() -> None:
    UserFactory.create(email="olena@example.com")
    refused("accounts_user_email_once_in_any_case", UserFactory.create, email="OLENA@example.com")


def test_a_user_has_one_role_in_a_practice() -> None:
    member = MembershipFactory.create(role="member")
    refused(
        "accounts_membership_once_per_practice",
        Membership.objects.create,
        practice=member.practice,
        user=member.user,
        role="owner",
    )


def test_a_user_may_belong_to_several_practices() -> None:
    member = MembershipFactory.create(role="member")
    MembershipFactory.create(user=member.user, practice=PracticeFactory.create())
    assert Membership.objects.filter(user=member.user).count() == 2


def test_a_role_is_one_of_four() -> None:
    refused("accounts_membership_role_known", MembershipFactory.create, role="king")


def test_a_login_is_one_freelancer_in_a_practice() -> None:
    user = UserFactory.create()
    first = FreelancerFactory.create(user=user)
    refused(
        "accounts_freelancer_once_per_login",
        FreelancerFactory.create,
        practice=first.practice,
        user=user,
    )


def test_freelancers_without_a_login_may_be_many() -> None:
    practice = PracticeFactory.create()
    FreelancerFactory.create_batch(2, practice=practice, user=None)
    assert Freelancer.objects.filter(practice=practice).count() == 2


@pytest.mark.parametrize("model", [Membership, Freelancer])
def test_a_row_belongs_to_a_practice(model: type[models.Model]) -> None:
    refused("practice_id", model._default_manager.create, user=UserFactory.create())


@pytest.mark.parametrize("name", ["Europe/Kyiv", "Europe/Kiev", "UTC", "America/Argentina/Salta"])
def test_a_time_zone_is_one_of_the_worlds(name: str) -> None:
    validate_time_zone(name)


@pytest.mark.parametrize("name", ["", "Kyiv", "Mars/Olympus", "../../etc/passwd", "localtime"])
def test_what_is_no_time_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValidationError, match="is not a time zone"):
        validate_time_zone(name)


def test_a_login_made_on_the_terminal_has_no_user_name() -> None:
    user = User.objects.create_superuser("Boss@EXAMPLE.com", "secret")
    assert user.is_superuser
    assert user.email == "Boss@example.com"
    assert user.check_password("secret")
    assert str(user) == "Boss@example.com"


def test_a_practice_goes_with_all_that_it_holds() -> None:
    member = MembershipFactory.create()
    FreelancerFactory.create(practice=member.practice)
    Practice.objects.filter(pk=member.practice.pk).delete()
    assert not Membership.objects.exists()
    assert not Freelancer.objects.exists()
    assert User.objects.filter(pk=member.user.pk).exists()


def test_a_freelancer_stays_when_the_login_goes() -> None:
    freelancer = FreelancerFactory.create(user=UserFactory.create())
    User.objects.all().delete()
    freelancer.refresh_from_db()
    assert freelancer.user_id is None
