"""Noting what My Stats showed for a week (P7), and taking it out again.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a freelancer or a week that
the actor sees, else `DoesNotExist`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer
from profiles.conversion import Week
from profiles.models import WeeklyFigures

WEEK_NOTED: Final = "figures.noted"
WEEK_REMOVED: Final = "figures.removed"


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of the weeks: those that are new, and those that said something else before,
    as they were."""

    new: tuple[Week, ...]
    replaced: tuple[Week, ...]
    same: int


def week_of(row: WeeklyFigures) -> Week:
    """The row as a plain value."""
    return Week(row.starts_on, row.views, row.invitations, row.replies, row.proposals)


@transaction.atomic
def weeks_note(*, actor: Actor, freelancer: Freelancer, weeks: Sequence[Week]) -> Noted:
    """Keep these weeks, all of them or none; what is there of the same week is replaced.

    Each `starts_on` is a Monday, and each week is there once.
    """
    actor.require(Permission.CHANGE)
    owner = Freelancer.objects.for_actor(actor).select_for_update().get(pk=freelancer.pk)
    days = [week.starts_on for week in weeks]
    rows = WeeklyFigures.objects.for_actor(actor).filter(freelancer=owner, starts_on__in=days)
    stored = {row.starts_on: row for row in rows}
    new, replaced = [], []
    for week in weeks:
        row = stored.get(week.starts_on)
        before = week_of(row) if row else None
        if before == week:
            continue
        row = row or WeeklyFigures(
            practice=actor.practice, freelancer=owner, starts_on=week.starts_on
        )
        _fill(row, week)
        audit_record(
            actor=actor,
            verb=WEEK_NOTED,
            target=row,
            for_freelancer=owner,
            before=_counts(before) if before else {},
            after={"starts_on": week.starts_on, **_counts(week)},
        )
        if before:
            replaced.append(before)
        else:
            new.append(week)
    return Noted(tuple(new), tuple(replaced), len(weeks) - len(new) - len(replaced))


@transaction.atomic
def week_remove(*, actor: Actor, figures: WeeklyFigures) -> Week:
    """Take a week out; it can be noted again as it was, which is what is returned."""
    actor.require(Permission.CHANGE)
    rows = WeeklyFigures.objects.for_actor(actor).select_related("freelancer")
    row = rows.select_for_update(of=("self",)).get(pk=figures.pk)
    week = week_of(row)
    audit_record(
        actor=actor,
        verb=WEEK_REMOVED,
        target=row,
        for_freelancer=row.freelancer,
        before={"starts_on": week.starts_on, **_counts(week)},
    )
    row.delete()
    return week


def _counts(week: Week) -> dict[str, int | None]:
    return {
        "views": week.views,
        "invitations": week.invitations,
        "replies": week.replies,
        "proposals": week.proposals,
    }


def _fill(row: WeeklyFigures, week: Week) -> None:
    for name, value in _counts(week).items():
        setattr(row, name, value)
    row.save()
