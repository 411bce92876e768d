"""The tallies say the same as counting everything anew, whatever was changed in between."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.actors import Actor
from proposals.funnel import Stage
from proposals.models import Proposal, TalliedMonth, Tally
from proposals.piece_services import piece_create
from proposals.proposal_services import (
    move_undo,
    proposal_change,
    proposal_move,
    proposal_put_back,
    proposal_remove,
)
from proposals.tally_services import month_of, tallies_outdate_all, tallies_renew
from tests.proposals.samples import a_sent_one, a_version

pytestmark = pytest.mark.django_db


def tallied(actor: Actor, dimension: str) -> dict[str, tuple[int, int, int]]:
    """By key: sent, replied, won."""
    tallies_renew(actor.practice.pk)
    found: dict[str, Counter[str]] = {}
    for row in Tally.objects.filter(practice=actor.practice, dimension=dimension):
        found.setdefault(row.key, Counter()).update(sent=row.sent, replied=row.replied, won=row.won)
    return {key: (each["sent"], each["replied"], each["won"]) for key, each in found.items()}


def test_a_move_a_change_and_their_undoing_are_counted(actor: Actor) -> None:
    proposal = a_sent_one(actor, niche="Shops", days_ago=3)
    assert tallied(actor, "niche") == {"Shops": (1, 0, 0)}
    move = proposal_move(actor=actor, proposal=proposal, to=Stage.WON)
    assert move
    assert tallied(actor, "niche") == {"Shops": (1, 1, 1)}
    move_undo(actor=actor, move=move)
    assert tallied(actor, "niche") == {"Shops": (1, 0, 0)}
    proposal_change(actor=actor, proposal=proposal, niche="Clinics")
    assert tallied(actor, "niche") == {"Clinics": (1, 0, 0)}


def test_removed_and_drafts_do_not_count(actor: Actor) -> None:
    proposal = a_sent_one(actor)
    proposal_remove(actor=actor, proposal=proposal)
    assert tallied(actor, "all") == {}
    proposal_put_back(actor=actor, proposal=proposal)
    assert tallied(actor, "all") == {"": (1, 0, 0)}
    proposal_move(actor=actor, proposal=proposal, to=Stage.DRAFT)
    assert tallied(actor, "all") == {}


def test_moved_to_another_month_it_counts_there_alone(actor: Actor) -> None:
    now = timezone.localdate()
    proposal = a_sent_one(actor)
    tallies_renew(actor.practice.pk)
    earlier = now - dt.timedelta(days=80)
    proposal_move(actor=actor, proposal=proposal, to=Stage.DRAFT)
    proposal_move(actor=actor, proposal=proposal, to=Stage.SENT, on=earlier)
    tallies_renew(actor.practice.pk)
    row = Tally.objects.get(practice=actor.practice, dimension="all")
    assert (row.month, row.sent) == (earlier.replace(day=1), 1)


def test_templates_and_hours_are_counted(actor: Actor) -> None:
    assert actor.freelancer
    actor.freelancer.time_zone = "Asia/Tokyo"
    actor.freelancer.save()
    version = a_version(actor)
    proposal = a_sent_one(actor, template=version, kind="hourly", bid=Decimal(80))
    # 23:30 on a Sunday by UTC is 8:30 on Monday in Tokyo.
    sent_at = dt.datetime(2026, 11, 1, 23, 30, tzinfo=dt.UTC)
    Proposal.objects.filter(pk=proposal.pk).update(sent_at=sent_at)
    tallies_outdate_all(actor.practice)
    assert tallied(actor, "version") == {str(version.pk): (1, 0, 0)}
    assert tallied(actor, "hour") == {"8": (1, 0, 0)}
    assert tallied(actor, "weekday") == {"0": (1, 0, 0)}
    assert tallied(actor, "bid") == {"hourly:75": (1, 0, 0)}


def test_nothing_is_counted_twice_and_nothing_of_somebody_else(actor: Actor) -> None:
    a_sent_one(actor)
    for _again in range(2):
        tallies_outdate_all(actor.practice)
        assert tallied(actor, "all") == {"": (1, 0, 0)}
    assert not TalliedMonth.objects.stale().exists()


def test_a_piece_can_be_made_beside(actor: Actor) -> None:
    """Nothing but what was sent outdates a month."""
    piece_create(actor=actor, kind="case", name="A case", body="It went well.")
    assert not TalliedMonth.objects.exists()


def test_months_are_those_of_utc() -> None:
    tokyo = dt.timezone(dt.timedelta(hours=9))
    assert month_of(dt.datetime(2026, 12, 1, 3, tzinfo=tokyo)) == dt.date(2026, 11, 1)
