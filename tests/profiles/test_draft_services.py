"""Drafts: saved field by field, by several people at once, and undone (P1, A8)."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent, Freelancer
from profiles.draft_services import (
    change_undo,
    draft_save,
    profile_create,
    profile_put_back,
    profile_remove,
    seen_of,
)
from profiles.models import DraftChange, Profile
from tests.factories import actor_with_role, solo_actor

pytestmark = pytest.mark.django_db


def freelancer_of(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def general_profile(actor: Actor) -> Profile:
    return profile_create(actor=actor, freelancer=freelancer_of(actor))


def save(actor: Actor, profile: Profile, **values: object) -> tuple[DraftChange, ...]:
    return draft_save(actor=actor, profile=profile, values=values, seen={}).changes


def test_p1_the_first_profile_is_the_general_one_and_two_more_are_specialised() -> None:
    actor = solo_actor()
    made = [general_profile(actor) for _number in range(3)]
    assert [profile.position for profile in made] == [0, 1, 2]
    assert [profile.is_general for profile in made] == [True, False, False]


def test_p1_a_third_specialised_profile_is_refused_with_a_sentence() -> None:
    actor = solo_actor()
    for _number in range(3):
        general_profile(actor)
    with pytest.raises(ValidationError, match="one general and two specialised"):
        general_profile(actor)
    assert Profile.objects.count() == 3


@pytest.mark.parametrize("position", [1, 3])
def test_p1_the_database_holds_the_limit_too(position: int) -> None:
    actor = solo_actor()
    general_profile(actor)
    general_profile(actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.create(
            practice=actor.practice, freelancer=freelancer_of(actor), position=position
        )


@pytest.mark.parametrize("rate", [-5, 0, 2, 1000])
def test_the_database_takes_no_rate_that_upwork_would_not(rate: int) -> None:
    profile = general_profile(solo_actor())
    profile.rate = Decimal(rate)
    with pytest.raises(IntegrityError), transaction.atomic():
        profile.save()


def test_a_save_writes_down_who_changed_what_before_and_after() -> None:
    actor = solo_actor("Ada")
    profile = general_profile(actor)
    (change,) = save(actor, profile, title="Editor")
    profile.refresh_from_db()
    assert profile.title == "Editor"
    assert (change.field, change.before, change.after, change.who_name) == (
        "title",
        "",
        "Editor",
        "Ada",
    )
    event = AuditEvent.objects.get(verb="profile.draft_changed")
    assert event.who_name == "Ada"
    assert event.after == {"change": change.public_id}


def test_what_is_typed_without_a_pause_is_one_change() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    start = timezone.now()
    for seconds, text in enumerate(["E", "Ed", "Editor"]):
        with time_machine.travel(start + dt.timedelta(seconds=seconds), tick=False):
            save(actor, profile, title=text)
    change = DraftChange.objects.get()
    assert (change.before, change.after) == ("", "Editor")
    assert AuditEvent.objects.filter(verb="profile.draft_changed").count() == 1


def test_after_a_pause_it_is_another_change() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    start = timezone.now()
    for minutes, text in [(0, "Editor"), (11, "Editor of films")]:
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            save(actor, profile, title=text)
    assert DraftChange.objects.count() == 2


def test_another_person_or_another_field_in_between_begins_a_change() -> None:
    owner = solo_actor()
    manager = actor_with_role("manager", practice=owner.practice)
    profile = general_profile(owner)
    save(owner, profile, title="A")
    save(manager, profile, title="AB")
    save(owner, profile, title="ABC")
    save(owner, profile, market="clinics")
    save(owner, profile, title="ABCD")
    assert DraftChange.objects.count() == 5


def test_what_was_typed_and_taken_out_again_leaves_no_change() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    save(actor, profile, title="Editor")
    assert save(actor, profile, title="") == ()
    assert not DraftChange.objects.exists()


def test_a_value_that_is_no_different_changes_nothing() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    save(actor, profile, rate=Decimal("85"), skills=["Editing"])
    again = draft_save(
        actor=actor,
        profile=profile,
        values={"rate": Decimal("85.00"), "skills": ["Editing"]},
        seen={},
    )
    assert again.changes == ()


def test_two_people_do_not_overwrite_each_other_silently() -> None:
    owner = solo_actor()
    manager = actor_with_role("manager", practice=owner.practice)
    profile = general_profile(owner)
    seen = {"overview": seen_of(profile, "overview"), "title": seen_of(profile, "title")}
    draft_save(actor=owner, profile=profile, values={"overview": "Mine"}, seen=seen)
    second = draft_save(
        actor=manager, profile=profile, values={"overview": "Yours", "title": "New"}, seen=seen
    )
    profile.refresh_from_db()
    assert second.conflicts == ("overview",)
    assert profile.overview == "Mine"
    assert profile.title == "New", "the other fields are saved"


def test_a_field_that_was_only_shown_and_sent_back_is_no_edit() -> None:
    owner = solo_actor()
    manager = actor_with_role("manager", practice=owner.practice)
    profile = general_profile(owner)
    save(owner, profile, overview="Old")
    profile.refresh_from_db()
    seen = {"overview": seen_of(profile, "overview")}
    save(manager, profile, overview="New")
    saved = draft_save(actor=owner, profile=profile, values={"overview": "Old"}, seen=seen)
    profile.refresh_from_db()
    assert (saved.changes, saved.conflicts) == ((), ())
    assert profile.overview == "New"


def test_a_change_is_undone_and_the_undo_too() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    save(actor, profile, rate=Decimal("50"))
    (change,) = save(actor, profile, skills=["Editing"])
    undone = change_undo(actor=actor, change=change)
    profile.refresh_from_db()
    assert profile.skills == []
    assert undone is not None
    change_undo(actor=actor, change=undone)
    profile.refresh_from_db()
    assert profile.skills == ["Editing"]
    rate_change = DraftChange.objects.get(field="rate")
    change_undo(actor=actor, change=rate_change)
    profile.refresh_from_db()
    assert profile.rate is None


def test_an_undo_does_not_overwrite_what_came_after() -> None:
    owner = solo_actor()
    manager = actor_with_role("manager", practice=owner.practice)
    profile = general_profile(owner)
    (first,) = save(owner, profile, title="A")
    save(manager, profile, title="B")
    with pytest.raises(ChangedSince, match="Title"):
        change_undo(actor=owner, change=first)
    profile.refresh_from_db()
    assert profile.title == "B"


def test_a_removed_profile_makes_room_and_comes_back_where_room_is() -> None:
    actor = solo_actor()
    general_profile(actor)
    first, second = general_profile(actor), general_profile(actor)
    profile_remove(actor=actor, profile=first)
    third = general_profile(actor)
    assert third.position == first.position
    with pytest.raises(ValidationError, match="one general and two specialised"):
        profile_put_back(actor=actor, profile=first)
    profile_remove(actor=actor, profile=second)
    back = profile_put_back(actor=actor, profile=first)
    assert back.position == second.position
    assert back.removed_at is None


def test_the_general_profile_stays() -> None:
    actor = solo_actor()
    profile = general_profile(actor)
    with pytest.raises(ValidationError, match="general profile stays"):
        profile_remove(actor=actor, profile=profile)


def test_a_viewer_changes_nothing_and_a_colleague_sees_nothing() -> None:
    owner = solo_actor()
    profile = general_profile(owner)
    viewer = actor_with_role("viewer", practice=owner.practice)
    colleague = actor_with_role("member", practice=owner.practice)
    with pytest.raises(PermissionDenied):
        save(viewer, profile, title="X")
    with pytest.raises(Profile.DoesNotExist):
        save(colleague, profile, title="X")
    with pytest.raises(Freelancer.DoesNotExist):
        profile_create(actor=colleague, freelancer=freelancer_of(owner))
