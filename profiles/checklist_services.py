"""Ticking what only the person knows (P5, P10), and saying that the skills were looked through.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a freelancer or a profile that
the actor sees, else `DoesNotExist`.
"""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer
from profiles.draft_services import profile_locked
from profiles.models import ChecklistTick, Profile

TICKED: Final = "checklist.ticked"
UNTICKED: Final = "checklist.unticked"
SKILLS_REVIEWED: Final = "profile.skills_reviewed"


@transaction.atomic
def item_tick(
    *, actor: Actor, freelancer: Freelancer, item: str, is_done: bool, today: dt.date
) -> None:
    """Tick an item, or take the tick away; a second time nothing happens."""
    actor.require(Permission.CHANGE)
    owner = Freelancer.objects.for_actor(actor).select_for_update().get(pk=freelancer.pk)
    tick = ChecklistTick.objects.for_actor(actor).filter(freelancer=owner, item=item).first()
    if is_done == (tick is not None):
        return
    if tick is None:
        tick = ChecklistTick.objects.create(
            practice=actor.practice, freelancer=owner, item=item, ticked_on=today
        )
        audit_record(
            actor=actor,
            verb=TICKED,
            target=tick,
            for_freelancer=owner,
            after={"item": item, "ticked_on": today},
        )
        return
    audit_record(
        actor=actor,
        verb=UNTICKED,
        target=tick,
        for_freelancer=owner,
        before={"item": item, "ticked_on": tick.ticked_on},
    )
    tick.delete()


@transaction.atomic
def skills_review(
    *, actor: Actor, profile: Profile, reviewed_on: dt.date | None, today: dt.date
) -> dt.date | None:
    """Say when the skills were last looked through (P5), None for never; the day that stood there.

    Raises `ValidationError` for a day to come, and for a specialised profile: the general one
    keeps the day.
    """
    row = profile_locked(actor, profile.pk)
    if not row.is_general:
        raise ValidationError(_("The general profile keeps the day."))
    if reviewed_on and reviewed_on > today:
        raise ValidationError(_("That day has not come yet."))
    before = row.skills_reviewed_on
    if before == reviewed_on:
        return before
    row.skills_reviewed_on = reviewed_on
    row.save(update_fields=["skills_reviewed_on"])
    audit_record(
        actor=actor,
        verb=SKILLS_REVIEWED,
        target=row,
        for_freelancer=row.freelancer,
        before={"skills_reviewed_on": before},
        after={"skills_reviewed_on": reviewed_on},
    )
    return before
