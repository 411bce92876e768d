"""The sample's profiles: drafts, versions, half a year of figures, a finding set aside."""

import datetime as dt

from django.utils import timezone

from accounts.models import Freelancer, User
from freelance_ops.demo.profile_texts import (
    GENERAL,
    NOT_FOR_ME,
    SPECIALISED,
    THIRD,
    VERSIONS,
    WEEKS,
)
from profiles.checks import findings_of
from profiles.content import FIELDS, SHARED, Content, plain_from_content
from profiles.conversion import WEEK
from profiles.dismissal_services import dismissal_key
from profiles.models import (
    Dismissal,
    DraftChange,
    Profile,
    ProfileVersion,
    WeeklyFigures,
)

LAST_REVIEW = dt.timedelta(days=34)
"""So that the monthly look at the skills is due."""


def profiles_start(freelancer: Freelancer, user: User, today: dt.date) -> None:
    """Give a sample freelancer two profiles, and what became of them."""
    general = _profile(freelancer, GENERAL, position=0)
    general.target_rate = GENERAL.rate
    general.skills_reviewed_on = today - LAST_REVIEW
    general.save()
    _profile(freelancer, SPECIALISED, position=1)
    monday = today - dt.timedelta(days=today.weekday())
    _versions(general, user, monday)
    _figures(freelancer, monday)
    _change(general, user)
    _dismissal(general, user, today)


def _profile(freelancer: Freelancer, content: Content, *, position: int) -> Profile:
    plain = plain_from_content(content)
    own = {name: plain[name] for name in FIELDS if not position or name not in SHARED}
    profile = Profile(practice=freelancer.practice, freelancer=freelancer, position=position, **own)
    profile.rate = content.rate
    profile.save()
    return profile


def _versions(profile: Profile, user: User, monday: dt.date) -> None:
    ProfileVersion.objects.bulk_create(
        ProfileVersion(
            practice=profile.practice,
            freelancer=profile.freelancer,
            profile=profile,
            number=number,
            published_on=monday - before,
            note=note,
            content=plain_from_content(content),
            who_name=str(user),
        )
        for number, (content, before, note) in enumerate(VERSIONS, start=1)
    )


def _figures(freelancer: Freelancer, monday: dt.date) -> None:
    WeeklyFigures.objects.bulk_create(
        WeeklyFigures(
            practice=freelancer.practice,
            freelancer=freelancer,
            starts_on=monday - weeks_ago * WEEK,
            views=views,
            invitations=invitations,
            replies=replies,
            proposals=proposals,
        )
        for weeks_ago, (views, invitations, replies, proposals) in zip(
            range(len(WEEKS), 0, -1), WEEKS, strict=True
        )
    )


def _change(profile: Profile, user: User) -> None:
    """The rate was raised since the newest version was published."""
    now = timezone.now()
    DraftChange.objects.create(
        practice=profile.practice,
        freelancer=profile.freelancer,
        profile=profile,
        field="rate",
        before=f"{THIRD.rate}",
        after=f"{GENERAL.rate}",
        who=user,
        who_name=str(user),
        began_at=now - dt.timedelta(days=3),
        changed_at=now - dt.timedelta(days=3),
    )


def _dismissal(profile: Profile, user: User, today: dt.date) -> None:
    check, reason = NOT_FOR_ME
    for finding in findings_of(GENERAL, record=None, as_of=today):
        if finding.check == check:
            Dismissal.objects.create(
                practice=profile.practice,
                freelancer=profile.freelancer,
                profile=profile,
                key=dismissal_key(finding.key),
                check_name=check,
                passage=finding.passage,
                reason=reason,
                who_name=str(user),
            )
