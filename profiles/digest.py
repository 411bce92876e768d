"""The digest's part about profiles: whose skills are to be looked through again (P5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from accounts import formats
from accounts.actors import Actor
from outbox.composing import absolute, of_practice
from outbox.digest_parts import DigestPart
from outbox.models import Mail
from profiles.checklists import skills_review_due
from profiles.models import Profile

SHOWN_AT_MOST: Final = 25
REMINDED_EVERY_DAYS: Final = 7
"""A convention: a review that is left undone comes up once a week and not every day."""


@dataclass(frozen=True, slots=True)
class DueReview:
    """A general profile whose skills are to be looked through."""

    profile: Profile
    due_on: dt.date
    url: str

    @property
    def last_time(self) -> str:
        """When they were last looked through, in the reader's format; "" for never."""
        return formats.day(self.profile.skills_reviewed_on)

    def last_reminder(self, today: dt.date) -> dt.date:
        """The latest day, today included, on which it comes up; it is due by then."""
        weeks = (today - self.due_on).days // REMINDED_EVERY_DAYS
        return self.due_on + dt.timedelta(weeks * REMINDED_EVERY_DAYS)


def profiles_part(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    """The reviews that came up since the person's last digest; None for nothing.

    A manager gets the whole team's; who may change nothing gets none. A profile without skills has
    nothing to be looked through: its checks say that they are missing. `mail_key` is not needed,
    since the part holds no link that does something.
    """
    if not actor.may_change:
        return None
    today = timezone.localdate(now)
    since = _last_digest(actor, now)
    due = [row for row in _due(actor, today) if row.last_reminder(today) > since]
    if not due:
        return None
    context = {
        "reviews": due[:SHOWN_AT_MOST],
        "more": max(0, len(due) - SHOWN_AT_MOST),
        "is_team": actor.freelancer is None,
    }
    return DigestPart(
        count=len(due),
        text=render_to_string("profiles/email/skills_review.txt", context),
        html=render_to_string("profiles/email/skills_review.html", context),
    )


def _due(actor: Actor, today: dt.date) -> list[DueReview]:
    """The longest due first; one query."""
    profiles = Profile.objects.for_actor(actor).of_choice(actor).general().kept()
    rows = [
        DueReview(
            profile,
            # Whoever has just written them knows them: a new profile has a month, too.
            skills_review_due(
                profile.skills_reviewed_on or timezone.localdate(profile.created_at), today
            ),
            absolute("profiles:checklists", public_id=profile.freelancer.public_id)
            + of_practice(actor),
        )
        for profile in profiles.select_related("freelancer")
        if profile.skills
    ]
    due = [row for row in rows if row.due_on <= today]
    return sorted(due, key=lambda row: (row.due_on, row.profile.pk))


def _last_digest(actor: Actor, now: dt.datetime) -> dt.date:
    """The day of the last digest that the actor got; long enough ago without one."""
    mails = Mail.objects.filter(membership=actor.membership, occurrence__startswith="digest")
    last = mails.filter(created_at__lt=now).order_by("-created_at").first()
    before = now - dt.timedelta(REMINDED_EVERY_DAYS)
    return timezone.localdate(last.created_at if last else before)
