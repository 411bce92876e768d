"""Changes to people and practices."""

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.audit import audit_record, changed_fields
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
    membership = Membership.objects.create(practice=practice, user=user, role=Membership.Role.OWNER)
    freelancer = Freelancer.objects.create(
        practice=practice,
        user=user,
        name=person,
        time_zone=time_zone,
        currency=currency,
        locale=locale,
    )
    audit_record(
        actor=Actor(user, practice, membership, freelancer),
        verb="practice.created",
        target=practice,
        for_freelancer=freelancer,
        after={"name": person, "kind": practice.kind},
    )
    return practice


@transaction.atomic
def freelancer_change(
    *,
    actor: Actor,
    freelancer: Freelancer,
    name: str,
    time_zone: str,
    currency: str,
    locale: str,
) -> Freelancer:
    """Change how a freelancer is named and what his or her pages look like.

    One's own freelancer and login carry the same name. Raises `PermissionDenied` for a role that
    may not change, `Freelancer.DoesNotExist` out of scope.
    """
    actor.require(Permission.CHANGE)
    row = Freelancer.objects.for_actor(actor).select_for_update().get(pk=freelancer.pk)
    before, after = changed_fields(
        row,
        {
            "name": name,
            "time_zone": time_zone,
            "currency": currency,
            "locale": locale,
        },
    )
    if row.user_id == actor.user.pk:
        user_rename(user=actor.user, name=name)
    if after:
        for field, value in after.items():
            setattr(row, field, value)
        row.save(update_fields=list(after))
        audit_record(
            actor=actor,
            verb="freelancer.changed",
            target=row,
            for_freelancer=row,
            before=before,
            after=after,
        )
    return row


def user_rename(*, user: User, name: str) -> None:
    """The name of a login, which belongs to the person and not to any practice."""
    User.objects.filter(pk=user.pk).update(name=name)
    user.name = name


@transaction.atomic
def practice_rename(*, actor: Actor, name: str) -> Practice:
    """Name the actor's practice; raises `PermissionDenied` for everybody but its owners."""
    actor.require(Permission.MANAGE)
    row = Practice.objects.select_for_update().get(pk=actor.practice.pk)
    before, after = changed_fields(row, {"name": name})
    if after:
        row.name = name
        row.save(update_fields=["name"])
        audit_record(actor=actor, verb="practice.renamed", target=row, before=before, after=after)
    return row
