"""Setting a finding of a check aside, with the reason; and taking it up again."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from profiles.draft_services import profile_locked
from profiles.models import Dismissal, Profile


def dismissal_key(finding_key: str) -> str:
    """What a finding is known by in the database, however long its passage is."""
    return hashlib.sha256(finding_key.encode()).hexdigest()


@transaction.atomic
def finding_dismiss(
    *, actor: Actor, profile: Profile, key: str, check_name: str, passage: str, reason: str
) -> Dismissal:
    """Set aside what a check found in this passage; a second time the reason is the newer one.

    Raises `ValidationError` without a reason.
    """
    row = profile_locked(actor, profile.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it does not apply here.")})
    dismissal, _made = Dismissal.objects.update_or_create(
        profile=row,
        key=key,
        defaults={"reason": reason.strip()[:300], "who_name": str(actor.user)[:254]},
        create_defaults={
            "practice": actor.practice,
            "freelancer": row.freelancer,
            "check_name": check_name,
            "passage": passage,
            "reason": reason.strip()[:300],
            "who_name": str(actor.user)[:254],
        },
    )
    audit_record(
        actor=actor,
        verb="profile.finding_dismissed",
        target=row,
        for_freelancer=row.freelancer,
        after={"check": check_name, "passage": passage, "reason": dismissal.reason},
    )
    return dismissal


@transaction.atomic
def dismissal_remove(*, actor: Actor, dismissal: Dismissal) -> None:
    """Take a finding up again."""
    row = profile_locked(actor, dismissal.profile_id)
    audit_record(
        actor=actor,
        verb="profile.dismissal_removed",
        target=row,
        for_freelancer=row.freelancer,
        before={"check": dismissal.check_name, "reason": dismissal.reason},
    )
    dismissal.delete()
