"""The sample's proposals: some forty of half a year, in every place of the funnel."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Practice
from contracts.models import Contract
from freelance_ops.demo.build import sample_practice_create, sample_practice_remove
from proposals.funnel import Stage
from proposals.models import Piece, Proposal, Tally
from proposals.tally_services import tallies_renew
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return sample_practice_create(user=UserFactory.create(), today=timezone.localdate())


def test_every_stage_is_taken_and_the_days_are_in_order(practice: Practice) -> None:
    rows = list(Proposal.objects.filter(practice=practice))
    assert len(rows) == 41
    assert {row.stage for row in rows} == set(Stage)
    for row in rows:
        days = list(row.dates.reached.values())
        assert days == sorted(days)
        assert all(day <= timezone.localdate() for day in days)
    first = min(row.sent_at for row in rows if row.sent_at)
    assert timezone.now() - first > dt.timedelta(days=160)


def test_the_won_ones_led_to_contracts_and_all_are_counted(practice: Practice) -> None:
    won = Proposal.objects.filter(practice=practice, stage=Stage.WON)
    assert Contract.objects.filter(proposal__in=won).count() == won.count() > 3
    tallies_renew(practice.pk)
    rows = Tally.objects.filter(practice=practice, dimension="all")
    assert sum(row.sent for row in rows) == 38


def test_the_sample_goes_with_all_of_it(practice: Practice) -> None:
    user = practice.memberships.get().user
    sample_practice_remove(user=user)
    for model in (Proposal, Piece, Tally):
        assert not model.objects.exists()
