"""Rows for tests, made by factory-boy. Each belongs to one practice all through."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.actors import Actor
from accounts.models import Freelancer, Membership, Practice, User
from contracts.models import Client, Contract, Feedback


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")


class PracticeFactory(DjangoModelFactory[Practice]):
    class Meta:
        model = Practice

    name = factory.Sequence(lambda n: f"Practice {n}")


class FreelancerFactory(DjangoModelFactory[Freelancer]):
    class Meta:
        model = Freelancer

    practice = factory.SubFactory(PracticeFactory)
    name = factory.Sequence(lambda n: f"Freelancer {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    practice = factory.SubFactory(PracticeFactory)
    user = factory.SubFactory(UserFactory)
    role = "owner"


class ClientFactory(DjangoModelFactory[Client]):
    class Meta:
        model = Client

    practice = factory.SubFactory(PracticeFactory)
    name = factory.Sequence(lambda n: f"Client {n}")


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    freelancer = factory.SubFactory(FreelancerFactory)
    practice = factory.SelfAttribute("freelancer.practice")
    client = factory.SubFactory(ClientFactory, practice=factory.SelfAttribute("..practice"))
    title = factory.Sequence(lambda n: f"Contract {n}")


def solo_actor(name: str = "Solo") -> Actor:
    """A freelancer who owns his or her own practice."""
    return actor_with_role("owner", name=name)


def actor_with_role(role: str, *, practice: Practice | None = None, name: str = "") -> Actor:
    """A new user in `role`, linked to a freelancer of his or her own in the practice."""
    practice = practice or PracticeFactory.create()
    user = UserFactory.create(name=name or role.capitalize())
    membership = MembershipFactory.create(practice=practice, user=user, role=role)
    freelancer = FreelancerFactory.create(practice=practice, user=user, name=user.name)
    return Actor(user, practice, membership, freelancer)


def closed_contract(
    freelancer: Freelancer,
    closed_on: dt.date | str,
    rating: str | None = None,
    **fields: object,
) -> Contract:
    """A closed contract, with the client's public rating where one is given."""
    contract = ContractFactory.create(freelancer=freelancer, closed_on=closed_on, **fields)
    if rating is not None:
        Feedback.objects.create(
            practice=freelancer.practice, contract=contract, public_rating=Decimal(rating)
        )
    return contract
