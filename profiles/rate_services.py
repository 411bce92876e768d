"""Saving the rate that a freelancer wants to reach (R1)."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from profiles.content import HIGHEST_RATE, LOWEST_RATE
from profiles.draft_services import profile_locked
from profiles.models import Profile

TARGET_RATE_CHANGED: Final = "profile.target_rate_changed"


@transaction.atomic
def target_rate_save(*, actor: Actor, profile: Profile, target: Decimal | None) -> bool:
    """Keep `target`, dollars an hour from 3 to 999.99; None takes it away (R1).

    True where it was another one before. Needs `Permission.CHANGE`. Raises `ValidationError` for a
    rate that Upwork doesn't take, `DoesNotExist` for a profile that the actor doesn't see.
    """
    row = profile_locked(actor, profile.pk)
    if target is not None and not LOWEST_RATE <= target <= HIGHEST_RATE:
        raise ValidationError(
            _("Upwork takes hourly rates from $%(lowest)s to $%(highest)s.")
            % {"lowest": LOWEST_RATE, "highest": HIGHEST_RATE}
        )
    before = row.target_rate
    if before == target:
        return False
    row.target_rate = target
    row.save(update_fields=["target_rate"])
    audit_record(
        actor=actor,
        verb=TARGET_RATE_CHANGED,
        target=row,
        for_freelancer=row.freelancer,
        before={"target_rate": before},
        after={"target_rate": target},
    )
    return True
