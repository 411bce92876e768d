"""Profiles as tests and tables need them."""

import datetime as dt
from typing import Any

from accounts.actors import Actor
from profiles.draft_services import draft_save, profile_create
from profiles.models import Dismissal, DraftChange, Profile, ProfileVersion, WeeklyFigures
from profiles.version_services import version_publish

DAY = dt.date(2026, 11, 2)
"""A Monday on which things happen."""


def a_profile(actor: Actor, **values: Any) -> Profile:
    """The actor's next profile; the first one is the general one."""
    assert actor.freelancer
    profile = profile_create(actor=actor, freelancer=actor.freelancer)
    if values:
        draft_save(actor=actor, profile=profile, values=values, seen={})
    return Profile.objects.select_related("freelancer").get(pk=profile.pk)


def a_change(actor: Actor, profile: Profile) -> DraftChange:
    """Something typed into the title."""
    saved = draft_save(actor=actor, profile=profile, values={"title": "Film editor"}, seen={})
    return saved.changes[0]


def a_version(actor: Actor, profile: Profile) -> ProfileVersion:
    """The profile, published with a title and an overview."""
    values = {"title": "Editor", "overview": "Your film gets shorter and better."}
    draft_save(actor=actor, profile=profile, values=values, seen={})
    return version_publish(actor=actor, profile=profile, published_on=DAY, today=DAY)


def a_week(
    actor: Actor,
    starts_on: dt.date = DAY,
    *,
    views: int = 120,
    invitations: int = 3,
    replies: int = 2,
    proposals: int | None = None,
) -> WeeklyFigures:
    """What My Stats showed for one week."""
    assert actor.freelancer
    return WeeklyFigures.objects.create(
        practice=actor.practice,
        freelancer=actor.freelancer,
        starts_on=starts_on,
        views=views,
        invitations=invitations,
        replies=replies,
        proposals=proposals,
    )


def a_dismissal(actor: Actor, profile: Profile) -> Dismissal:
    """A finding that was set aside."""
    return Dismissal.objects.create(
        practice=actor.practice,
        freelancer=profile.freelancer,
        profile=profile,
        key="k",
        check_name="video-empty",
        reason="I have no camera.",
    )
