"""Making, changing and removing drafts; every change says who, and can be undone.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a freelancer or a profile that
the actor sees, else `DoesNotExist`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.conflicts import ChangedSince, fingerprint
from accounts.models import Freelancer
from profiles.field_names import field_name
from profiles.models import GENERAL_POSITION, MOST_SPECIALISED, DraftChange, Profile, ProfileVersion

ONE_SITTING: Final = dt.timedelta(minutes=10)
"""What one person types into one field without a longer pause is one change."""
PROFILE_CREATED: Final = "profile.created"
PROFILE_REMOVED: Final = "profile.removed"
PROFILE_PUT_BACK: Final = "profile.put_back"
DRAFT_CHANGED: Final = "profile.draft_changed"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the changes made, and the fields that somebody else changed first."""

    profile: Profile
    changes: tuple[DraftChange, ...]
    conflicts: tuple[str, ...]


def seen_of(profile: Profile, name: str) -> str:
    """The fingerprint of a field: what a page saw of it when it was opened."""
    return fingerprint({name: profile.plain(name)})


@transaction.atomic
def profile_create(*, actor: Actor, freelancer: Freelancer, position: int | None = None) -> Profile:
    """The general profile where there is none, else the next specialised one (P1).

    `position` is the place that the asking page showed as free: when there is a profile by now, it
    is handed back, so that a button pressed twice makes one. Raises `ValidationError` for a third
    specialised profile.
    """
    actor.require(Permission.CHANGE)
    owner = Freelancer.objects.for_actor(actor).select_for_update().get(pk=freelancer.pk)
    kept = Profile.objects.for_actor(actor).filter(freelancer=owner).kept()
    if position is not None and (there := kept.filter(position=position).first()):
        return there
    taken = set(kept.values_list("position", flat=True))
    free = [place for place in range(MOST_SPECIALISED + 1) if place not in taken]
    if not free:
        raise ValidationError(too_many_profiles())
    profile = Profile.objects.create(practice=actor.practice, freelancer=owner, position=free[0])
    audit_record(actor=actor, verb=PROFILE_CREATED, target=profile, for_freelancer=owner)
    return profile


def too_many_profiles() -> str:
    return _(
        "Upwork allows one general and two specialised profiles, and all three are here. "
        "Remove one to make room for another."
    )


@transaction.atomic
def draft_save(
    *,
    actor: Actor,
    profile: Profile,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    stands_alone: bool = False,
) -> Saved:
    """Save these fields, each by itself; `values` are what the model keeps.

    `seen` holds the fingerprint that each edit started from. A field that is stored otherwise by
    now is a conflict and stays as it is; one without a fingerprint is written whatever is there.
    What is done by one click `stands_alone`: it is undone by itself.
    """
    row = profile_locked(actor, profile.pk)
    changes, conflicts = [], []
    for name, value in values.items():
        before, stored = row.plain(name), getattr(row, name)
        setattr(row, name, value)
        after = row.plain(name)
        if after == before:
            continue
        started_from = seen.get(name)
        if started_from and started_from != fingerprint({name: before}):
            setattr(row, name, stored)
            if started_from != fingerprint({name: after}):  # else it came back as it was shown
                conflicts.append(name)
            continue
        row.save(update_fields=[name])
        changes.append(_change_record(actor, row, name, before, after, alone=stands_alone))
    return Saved(row, tuple(change for change in changes if change), tuple(conflicts))


@transaction.atomic
def change_undo(*, actor: Actor, change: DraftChange) -> DraftChange | None:
    """Put back what a change replaced, as a change of its own.

    Raises `ChangedSince` where the field is no longer what that change made of it.
    """
    row = profile_locked(actor, change.profile_id)
    before = row.plain(change.field)
    if before != change.after:
        raise ChangedSince(
            _("“%(field)s” was changed again since. Undo the newer change first.")
            % {"field": field_name(change.field)}
        )
    field = Profile._meta.get_field(change.field)
    setattr(row, change.field, field.to_python(change.before))  # type: ignore[union-attr]  # a column
    row.save(update_fields=[change.field])
    return _change_record(actor, row, change.field, before, change.before, alone=True)


@transaction.atomic
def profile_remove(*, actor: Actor, profile: Profile) -> Profile:
    """Take a specialised profile away; it can be put back. The general one stays."""
    row = profile_locked(actor, profile.pk)
    if row.is_general:
        raise ValidationError(_("The general profile stays: it holds what all of them share."))
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    audit_record(actor=actor, verb=PROFILE_REMOVED, target=row, for_freelancer=row.freelancer)
    return row


@transaction.atomic
def profile_put_back(*, actor: Actor, profile: Profile) -> Profile:
    """Bring a removed profile back, to its own place or the other one.

    Raises `ValidationError` where both places are taken by now.
    """
    actor.require(Permission.CHANGE)
    rows = Profile.objects.for_actor(actor).select_related("freelancer")
    row = rows.select_for_update(of=("self",)).get(pk=profile.pk)
    if row.removed_at is None:
        return row
    others = Profile.objects.for_actor(actor).filter(freelancer=row.freelancer).kept()
    taken = set(others.values_list("position", flat=True))
    places = [row.position, *range(GENERAL_POSITION + 1, MOST_SPECIALISED + 1)]
    free = next((place for place in places if place not in taken), None)
    if free is None:
        raise ValidationError(too_many_profiles())
    row.position, row.removed_at = free, None
    try:
        with transaction.atomic():
            row.save(update_fields=["position", "removed_at"])
    except IntegrityError:  # another tab made a profile in the meantime
        raise ValidationError(too_many_profiles()) from None
    audit_record(actor=actor, verb=PROFILE_PUT_BACK, target=row, for_freelancer=row.freelancer)
    return row


def profile_locked(actor: Actor, key: int) -> Profile:
    """Lock the profile with this primary key; `DoesNotExist` for one that was removed."""
    actor.require(Permission.CHANGE)
    rows = Profile.objects.for_actor(actor).kept().select_related("freelancer")
    return rows.select_for_update(of=("self",)).get(pk=key)


def _change_record(
    actor: Actor, row: Profile, name: str, before: Any, after: Any, *, alone: bool
) -> DraftChange | None:
    """Write the change down, or go on with the last one; None where it came to nothing."""
    now = timezone.now()
    last = row.changes.newest_first().first()
    if not alone and last is not None and _goes_on(last, actor, name, before, now):
        if last.before == after:
            last.delete()
            return None
        last.after, last.changed_at = after, now
        last.save(update_fields=["after", "changed_at"])
        return last
    change = DraftChange.objects.create(
        practice=actor.practice,
        freelancer=row.freelancer,
        profile=row,
        field=name,
        before=before,
        after=after,
        who=actor.user,
        who_name=str(actor.user)[:254],
        began_at=now,
        changed_at=now,
        stands_alone=alone,
    )
    _tell_audit_trail(actor, row, change)
    return change


def _goes_on(last: DraftChange, actor: Actor, name: str, before: Any, now: dt.datetime) -> bool:
    """Whether somebody is still typing: same person, same field, no pause, nothing in between."""
    is_same = last.field == name and last.who_id == actor.user.pk and last.after == before
    is_near = now - last.changed_at < ONE_SITTING
    return (
        is_same
        and is_near
        and not last.stands_alone
        and not ProfileVersion.objects.filter(
            profile=last.profile_id, created_at__gte=last.began_at
        ).exists()
    )


def _tell_audit_trail(actor: Actor, row: Profile, change: DraftChange) -> None:
    """One event for a sitting; its words before and after are the change's own."""
    audit_record(
        actor=actor,
        verb=DRAFT_CHANGED,
        target=row,
        for_freelancer=row.freelancer,
        before={change.field: change.before},
        after={"change": change.public_id},
    )
