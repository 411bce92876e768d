"""Noting and removing weekly figures (P7): replacing, the audit trail, and who may."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from profiles.conversion import Week
from profiles.figures_services import week_of, week_remove, weeks_note
from profiles.models import WeeklyFigures
from tests.factories import actor_with_role
from tests.profiles.samples import DAY, a_week

pytestmark = pytest.mark.django_db
WEEK = Week(DAY, 120, 3, 2, 14)
LATER = Week(DAY + dt.timedelta(weeks=1), 130, 4, 3)


def own(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def test_weeks_are_kept_and_written_into_the_trail(actor: Actor) -> None:
    noted = weeks_note(actor=actor, freelancer=own(actor), weeks=[WEEK, LATER])

    assert [week_of(row) for row in WeeklyFigures.objects.in_order()] == [WEEK, LATER]
    assert noted.new == (WEEK, LATER)
    event = AuditEvent.objects.get(verb="figures.noted", after__views=120)
    assert event.before == {}
    assert event.after["starts_on"] == DAY.isoformat()
    assert event.for_freelancer_id == own(actor).pk


def test_a_second_entry_of_a_week_replaces_the_first_and_hands_it_back(actor: Actor) -> None:
    weeks_note(actor=actor, freelancer=own(actor), weeks=[WEEK])
    other = Week(DAY, 121, 3, 2)

    noted = weeks_note(actor=actor, freelancer=own(actor), weeks=[other])

    assert noted.replaced == (WEEK,)
    assert week_of(WeeklyFigures.objects.get()) == other
    event = AuditEvent.objects.order_by("pk").last()
    assert event
    assert event.before["proposals"] == 14
    assert event.after["proposals"] is None


def test_what_is_there_already_changes_nothing(actor: Actor) -> None:
    weeks_note(actor=actor, freelancer=own(actor), weeks=[WEEK])

    noted = weeks_note(actor=actor, freelancer=own(actor), weeks=[WEEK])

    assert (noted.new, noted.replaced, noted.same) == ((), (), 1)
    assert AuditEvent.objects.filter(verb="figures.noted").count() == 1


def test_a_week_that_is_taken_out_is_handed_back_whole(actor: Actor) -> None:
    row = a_week(actor, proposals=14)

    assert week_remove(actor=actor, figures=row) == WEEK
    assert not WeeklyFigures.objects.exists()
    assert AuditEvent.objects.get(verb="figures.removed").before["views"] == 120


def test_one_persons_week_is_not_anothers(actor: Actor) -> None:
    colleague = actor_with_role("member", practice=actor.practice)
    a_week(colleague)

    noted = weeks_note(actor=actor, freelancer=own(actor), weeks=[WEEK])

    assert noted.new == (WEEK,)
    assert WeeklyFigures.objects.count() == 2


def test_a_viewer_changes_nothing(actor: Actor) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    row = a_week(actor)

    with pytest.raises(PermissionDenied):
        weeks_note(actor=viewer, freelancer=own(actor), weeks=[LATER])
    with pytest.raises(PermissionDenied):
        week_remove(actor=viewer, figures=row)


def test_what_is_anothers_is_not_there(actor: Actor) -> None:
    member = actor_with_role("member", practice=actor.practice)
    row = a_week(actor)

    with pytest.raises(Freelancer.DoesNotExist):
        weeks_note(actor=member, freelancer=own(actor), weeks=[LATER])
    with pytest.raises(WeeklyFigures.DoesNotExist):
        week_remove(actor=member, figures=row)
