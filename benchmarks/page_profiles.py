"""The profiles, versions, changes and weekly figures that the benchmark of the pages looks at."""

import datetime as dt
from random import Random

from django.utils import timezone

from accounts.models import Freelancer
from benchmarks.profile_texts import made_up_profile
from profiles.content import FIELDS, SHARED, plain_from_content
from profiles.conversion import WEEK
from profiles.models import DraftChange, Profile, ProfileVersion, WeeklyFigures

MOST_WEEKS = 260
"""Five years of figures: more than that nobody has."""


def profiles_with(freelancer: Freelancer, *, contracts: int, today: dt.date) -> None:
    """A general and a specialised profile whose history is as long as the log of contracts is."""
    content = made_up_profile(Random(contracts))
    plain = plain_from_content(content)
    own = {name: plain[name] for name in FIELDS}
    general = Profile.objects.create(
        practice=freelancer.practice, freelancer=freelancer, position=0, **own
    )
    Profile.objects.create(
        practice=freelancer.practice,
        freelancer=freelancer,
        position=1,
        **{name: value for name, value in own.items() if name not in SHARED},
    )
    _versions(general, contracts // 10, plain, today)
    _changes(general, contracts // 2)
    _figures(freelancer, min(contracts // 2, MOST_WEEKS), today)


def _versions(profile: Profile, versions: int, plain: dict[str, object], today: dt.date) -> None:
    ProfileVersion.objects.bulk_create(
        ProfileVersion(
            practice=profile.practice,
            freelancer=profile.freelancer,
            profile=profile,
            number=number,
            published_on=today - dt.timedelta(days=7 * (versions - number)),
            content={**plain, "title": f"{plain['title']} {number}"},
            who_name="Bench",
        )
        for number in range(1, versions + 1)
    )


def _changes(profile: Profile, changes: int) -> None:
    now = timezone.now()
    DraftChange.objects.bulk_create(
        DraftChange(
            practice=profile.practice,
            freelancer=profile.freelancer,
            profile=profile,
            field="title",
            before=f"Title {number}",
            after=f"Title {number + 1}",
            who_name="Bench",
            began_at=now - dt.timedelta(hours=changes - number),
            changed_at=now - dt.timedelta(hours=changes - number),
        )
        for number in range(changes)
    )


def _figures(freelancer: Freelancer, weeks: int, today: dt.date) -> None:
    monday = today - dt.timedelta(days=today.weekday())
    WeeklyFigures.objects.bulk_create(
        WeeklyFigures(
            practice=freelancer.practice,
            freelancer=freelancer,
            starts_on=monday - ago * WEEK,
            views=40 + ago % 9,
            invitations=ago % 4,
            replies=ago % 3,
            proposals=5,
        )
        for ago in range(1, weeks + 1)
    )
