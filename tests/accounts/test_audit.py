"""The audit trail: written once, and then only read."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.audit import audit_record, changed_fields
from accounts.models import AuditEvent, User
from tests.factories import ContractFactory, FreelancerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(actor: Actor) -> AuditEvent:
    return audit_record(
        actor=actor,
        verb="practice.renamed",
        target=actor.practice,
        for_freelancer=actor.freelancer,
        before={"name": "Old"},
        after={"name": "New"},
    )


def test_says_who_for_whom_what_before_and_after(actor: Actor, event: AuditEvent) -> None:
    assert (event.who, event.who_name) == (actor.user, str(actor.user))
    assert event.for_freelancer == actor.freelancer
    assert event.practice == actor.practice
    assert (event.target_type, event.target_id) == ("accounts.practice", actor.practice.public_id)
    assert (event.before, event.after) == ({"name": "Old"}, {"name": "New"})
    assert event.at is not None


def test_dates_amounts_and_words_are_written_as_text(actor: Actor) -> None:
    written = audit_record(
        actor=actor,
        verb="test",
        target=actor.practice,
        after={"on": dt.date(2026, 10, 2), "earned": Decimal("12.50"), "word": _("Open")},
    )
    written.refresh_from_db()
    assert written.after == {"on": "2026-10-02", "earned": "12.50", "word": "Open"}


def test_an_event_is_not_saved_again(event: AuditEvent) -> None:
    event.verb = "nothing.happened"
    with pytest.raises(TypeError, match="never edited"):
        event.save()


def test_an_event_is_not_deleted(event: AuditEvent) -> None:
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()


def test_events_are_not_updated(event: AuditEvent) -> None:
    with pytest.raises(TypeError, match="never edited"):
        AuditEvent.objects.filter(pk=event.pk).update(verb="nothing.happened")
    with pytest.raises(TypeError, match="never edited"):
        AuditEvent.objects.bulk_update([event], ["verb"])
    with pytest.raises(TypeError, match="never edited"):
        AuditEvent.objects.update(verb="nothing.happened")


def test_events_are_not_deleted(event: AuditEvent) -> None:
    with pytest.raises(TypeError, match="never deleted"):
        AuditEvent.objects.filter(pk=event.pk).delete()


def test_events_are_not_replaced_in_bulk(event: AuditEvent) -> None:
    with pytest.raises(TypeError, match="never edited"):
        AuditEvent.objects.bulk_create(
            [event], update_conflicts=True, update_fields=["verb"], unique_fields=["public_id"]
        )


def test_the_trail_outlives_the_login(actor: Actor, event: AuditEvent) -> None:
    name = event.who_name
    User.objects.filter(pk=actor.user.pk).delete()
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.who_id, kept.who_name) == (None, name)


def test_the_trail_outlives_the_freelancer(actor: Actor) -> None:
    gone = FreelancerFactory.create(practice=actor.practice)
    event = audit_record(actor=actor, verb="test", target=gone, for_freelancer=gone)
    gone.delete()
    kept = AuditEvent.objects.get(pk=event.pk)
    assert kept.for_freelancer_id is None
    assert kept.target_label == gone.name


def test_the_trail_goes_with_its_practice(actor: Actor, event: AuditEvent) -> None:
    actor.practice.delete()
    assert not AuditEvent.objects.exists()


def test_the_newest_comes_first(actor: Actor, event: AuditEvent) -> None:
    newer = audit_record(actor=actor, verb="later", target=actor.practice)
    assert list(AuditEvent.objects.for_actor(actor)) == [newer, event]


def test_only_what_differs_is_a_change(actor: Actor) -> None:
    row: models.Model = ContractFactory.create(title="Old", rate=Decimal("5.00"))
    values = {"title": "New", "rate": Decimal("5.00")}
    assert changed_fields(row, values) == ({"title": "Old"}, {"title": "New"})
