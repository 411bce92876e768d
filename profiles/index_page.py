"""The list of profiles: how each stands, in one look."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.models import Freelancer
from profiles.content import plain_from_content
from profiles.known_checks import CheckedDraft, checked_draft
from profiles.models import Dismissal, Profile, ProfileVersion
from profiles.selectors import ProfileSet, profile_sets

CHECKED_AT_MOST = 30
"""Freelancers whose drafts are checked for one page; a check takes some 30 ms."""


@dataclass(frozen=True, slots=True)
class IndexProfile:
    """One profile: its newest version, whether the draft is ahead of it, and what to mend."""

    profile: Profile
    version: ProfileVersion | None
    is_ahead: bool
    checked: CheckedDraft | None


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One freelancer with his or her profiles."""

    profiles: ProfileSet
    shown: tuple[IndexProfile, ...]


def index_rows(
    *, actor: Actor, freelancers: Sequence[Freelancer], today: dt.date
) -> list[IndexRow]:
    """A row for each freelancer. Drafts are checked for the first `CHECKED_AT_MOST` only, and in
    their texts only: what the contract log says about them stands on the draft's own page."""
    sets = profile_sets(actor, freelancers)
    keys = [profile.pk for each in sets for profile in each.profiles]
    shown = Profile.objects.for_actor(actor).filter(pk__in=keys)
    versions = ProfileVersion.objects.for_actor(actor).newest_of(shown)
    newest = {version.profile_id: version for version in versions}
    dismissed: dict[int, list[Dismissal]] = {}
    for dismissal in Dismissal.objects.for_actor(actor).filter(profile__in=keys):
        dismissed.setdefault(dismissal.profile_id, []).append(dismissal)
    return [
        _row(each, newest, dismissed, today, is_checked=position < CHECKED_AT_MOST)
        for position, each in enumerate(sets)
    ]


def _row(
    profiles: ProfileSet,
    newest: dict[int, ProfileVersion],
    dismissed: dict[int, list[Dismissal]],
    today: dt.date,
    *,
    is_checked: bool,
) -> IndexRow:
    shown = []
    for profile, content in profiles.contents:
        version = newest.get(profile.pk)
        is_ahead = version is not None and version.content != plain_from_content(content)
        checked = None
        if is_checked:
            checked = checked_draft(
                profile,
                content,
                record=None,
                as_of=today,
                dismissals=dismissed.get(profile.pk, []),
            )
        shown.append(IndexProfile(profile, version, is_ahead, checked))
    return IndexRow(profiles, tuple(shown))
