"""The services ask themselves who may do it, whatever the view did."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer, Practice
from accounts.services import freelancer_change, practice_rename
from tests.factories import FreelancerFactory, PracticeFactory, actor_with_role

pytestmark = pytest.mark.django_db


def change(actor: Actor, freelancer: Freelancer) -> None:
    freelancer_change(
        actor=actor,
        freelancer=freelancer,
        name="Changed",
        time_zone="Europe/Kyiv",
        currency="EUR",
        locale="en-GB",
    )


@pytest.mark.parametrize("role", ["manager", "member", "viewer"])
def test_only_an_owner_names_the_practice(role: str) -> None:
    with pytest.raises(PermissionDenied):
        practice_rename(actor=actor_with_role(role), name="Mine")
    assert Practice.objects.get().name != "Mine"


def test_naming_the_practice_is_written_down() -> None:
    owner = actor_with_role("owner")
    before = owner.practice.name
    practice_rename(actor=owner, name="Mine")
    event = AuditEvent.objects.get()
    assert (event.before, event.after) == ({"name": before}, {"name": "Mine"})


def test_a_viewer_changes_nobody() -> None:
    viewer = actor_with_role("viewer")
    assert viewer.freelancer
    with pytest.raises(PermissionDenied):
        change(viewer, viewer.freelancer)


@pytest.mark.parametrize("role", ["member", "owner"])
def test_nobody_out_of_scope_is_changed(role: str) -> None:
    practice = PracticeFactory.create()
    actor = actor_with_role(role, practice=practice)
    other = FreelancerFactory.create(**({"practice": practice} if role == "member" else {}))
    with pytest.raises(Freelancer.DoesNotExist):
        change(actor, other)
    other.refresh_from_db()
    assert other.name != "Changed"


def test_ones_own_freelancer_and_login_carry_one_name() -> None:
    owner = actor_with_role("owner")
    assert owner.freelancer
    change(owner, owner.freelancer)
    owner.user.refresh_from_db()
    assert owner.user.name == "Changed"


def test_somebody_elses_name_is_not_the_actors() -> None:
    manager = actor_with_role("manager")
    change(manager, FreelancerFactory.create(practice=manager.practice))
    manager.user.refresh_from_db()
    assert manager.user.name != "Changed"
