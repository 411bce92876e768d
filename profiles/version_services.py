"""Publishing a profile freezes a version of it; an earlier one can be taken up again.

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a profile that the actor sees,
else `Profile.DoesNotExist`.
"""

import datetime as dt
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.formats import number
from profiles.content import (
    FIELDS,
    LONGEST_OVERVIEW,
    LONGEST_TITLE,
    MOST_SKILLS,
    SHARED,
    Content,
    plain_from_content,
)
from profiles.draft_services import Saved, draft_save, profile_locked
from profiles.models import Profile, ProfileVersion
from profiles.pasted_figures import EARLIEST
from profiles.selectors import profile_set

VERSION_PUBLISHED: Final = "profile.published"


def in_the_way(content: Content) -> list[str]:
    """Why Upwork would not take this profile: its limits (P11), and what it does not do without."""
    over = [
        (
            len(content.title),
            LONGEST_TITLE,
            _("The title has %(has)s characters of at most %(most)s."),
        ),
        (
            len(content.overview),
            LONGEST_OVERVIEW,
            _("The overview has %(has)s characters of at most %(most)s."),
        ),
        (len(content.skills), MOST_SKILLS, _("There are %(has)s skills of at most %(most)s.")),
    ]
    found = [
        words % {"has": number(has), "most": number(most)}
        for has, most, words in over
        if has > most
    ]
    if not content.title:
        found.append(_("The title is empty."))
    if not content.overview:
        found.append(_("The overview is empty."))
    return found


@transaction.atomic
def version_publish(
    *,
    actor: Actor,
    profile: Profile,
    published_on: dt.date,
    today: dt.date,
    note: str = "",
) -> ProfileVersion:
    """Freeze what the draft says as the version that stands on Upwork from that day on.

    Raises `ValidationError` for a day to come or before Upwork, for what Upwork would not take, and
    where nothing differs from the newest version.
    """
    row = profile_locked(actor, profile.pk)
    content = profile_set(actor, row.freelancer).content_of(row)
    frozen = plain_from_content(content)
    if problems := in_the_way(content):
        raise ValidationError(problems)
    _refuse_out_of_turn(row.versions.newest_first().first(), frozen, published_on, today)
    highest = row.versions.aggregate(highest=Max("number"))["highest"] or 0
    version = ProfileVersion.objects.create(
        practice=actor.practice,
        freelancer=row.freelancer,
        profile=row,
        number=highest + 1,
        published_on=published_on,
        note=note[:300],
        content=frozen,
        who_name=str(actor.user)[:254],
    )
    audit_record(
        actor=actor,
        verb=VERSION_PUBLISHED,
        target=row,
        for_freelancer=row.freelancer,
        after={"number": version.number, "published_on": published_on},
    )
    return version


def _refuse_out_of_turn(
    newest: ProfileVersion | None, frozen: dict[str, Any], published_on: dt.date, today: dt.date
) -> None:
    if published_on > today:
        raise ValidationError({"published_on": _("That day has not come yet.")})
    if published_on < EARLIEST:
        raise ValidationError({"published_on": _("That is before Upwork; check the year.")})
    if newest and newest.content == frozen:
        raise ValidationError(
            _("Nothing is different from version %(number)s.") % {"number": newest.number}
        )
    if newest and published_on < newest.published_on:
        raise ValidationError(
            {"published_on": _("A newer version is there already, of a later day.")}
        )


@transaction.atomic
def version_restore(*, actor: Actor, version: ProfileVersion) -> Saved:
    """Make the draft say what a version said; each field that differs is a change with its undo.

    A specialised profile takes back what is its own; what all profiles share stays as it is.
    """
    row = profile_locked(actor, version.profile_id)
    content = version.as_content
    plain = plain_from_content(content)
    names = [name for name in FIELDS if row.is_general or name not in SHARED]
    values = {
        name: getattr(content, name) if name in {"rate", "available_on"} else plain[name]
        for name in names
    }
    return draft_save(actor=actor, profile=row, values=values, seen={}, stands_alone=True)
