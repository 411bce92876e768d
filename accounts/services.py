"""Changes to people and practices."""

from django.db import transaction

from accounts.models import Freelancer, Membership, Practice, User


@transaction.atomic
def practice_create_solo(
    *,
    user: User,
    name: str = "",
    time_zone: str = "UTC",
    currency: str = "USD",
    locale: str = "en-US",
) -> Practice:
    """Make the practice of one person: its owner and its only freelancer are `user`."""
    person = name or user.name or user.email.partition("@")[0]
    practice = Practice.objects.create(name=person, kind=Practice.Kind.SOLO)
    Membership.objects.create(practice=practice, user=user, role=Membership.Role.OWNER)
    Freelancer.objects.create(
        practice=practice,
        user=user,
        name=person,
        time_zone=time_zone,
        currency=currency,
        locale=locale,
    )
    return practice
