"""Everybody's schedule of digests, and what it starts as: every day at nine where the person is."""

import datetime as dt
from collections.abc import Sequence

from accounts.actors import Actor
from accounts.models import Freelancer, Membership
from outbox.models import DigestSchedule


def schedules_create(now: dt.datetime) -> int:
    """Give every member of a practice a schedule who has none; how many got one.

    Nobody gets mail about made-up sample data without asking for it.
    """
    without = Membership.objects.filter(digest_schedule=None, practice__is_sample=False)
    memberships = list(without.select_related("practice"))
    zones = _time_zones(memberships)
    DigestSchedule.objects.bulk_create(
        [schedule_default(membership=one, time_zone=zones[one.pk], now=now) for one in memberships],
        ignore_conflicts=True,  # another planner may be at it too
    )
    return len(memberships)


def schedule_of(*, actor: Actor, now: dt.datetime) -> DigestSchedule:
    """The actor's own; without one, what it would start as, not saved."""
    rows = DigestSchedule.objects.of(actor).select_related("membership__user")
    if kept := rows.first():
        return kept
    zone = _time_zones([actor.membership])[actor.membership.pk]
    return schedule_default(membership=actor.membership, time_zone=zone, now=now)


def schedule_make(*, actor: Actor, now: dt.datetime) -> DigestSchedule:
    """The actor's own, saved."""
    schedule = schedule_of(actor=actor, now=now)
    if schedule._state.adding:
        DigestSchedule.objects.bulk_create([schedule], ignore_conflicts=True)
        return schedule_of(actor=actor, now=now)
    return schedule


def schedule_default(*, membership: Membership, time_zone: str, now: dt.datetime) -> DigestSchedule:
    """On for who works in a practice of his or her own, off for who only looks or tries."""
    is_on = membership.role != Membership.Role.VIEWER and not membership.practice.is_sample
    schedule = DigestSchedule(
        practice_id=membership.practice_id,
        membership=membership,
        time_zone=time_zone,
        is_on=is_on,
    )
    schedule.next_at = schedule.next_after(now)
    return schedule


def _time_zones(memberships: Sequence[Membership]) -> dict[int, str]:
    """By membership: of the person's own freelancer, else of the practice's first one, else UTC."""
    first: dict[int, str] = {}
    own: dict[tuple[int, int | None], str] = {}
    if practices := {membership.practice_id for membership in memberships}:
        for row in Freelancer.objects.filter(practice__in=practices).order_by("pk"):
            first.setdefault(row.practice_id, row.time_zone)
            own[row.practice_id, row.user_id] = row.time_zone
    return {
        one.pk: own.get((one.practice_id, one.user_id)) or first.get(one.practice_id, "UTC")
        for one in memberships
    }
