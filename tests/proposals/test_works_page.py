"""B1, B5, B6: what the page “What works” says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from contracts.models import Contract, Feedback
from contracts.proposal_outcomes import outcomes_of, totals_of
from proposals.funnel import Stage
from proposals.models import PieceVersion, Proposal, UsedBlock
from proposals.tally_services import tallies_outdate_all
from tests.factories import actor_with_role, solo_actor
from tests.jss.test_score_page import words
from tests.proposals.samples import a_piece, a_sent_one, a_version

pytestmark = pytest.mark.django_db
WORKS = "/proposals/works/"


def many(actor: Actor, number: int, *, replied: int = 0, **values: object) -> list[Proposal]:
    """So many that were sent, of which so many were answered."""
    now = timezone.now()
    rows = Proposal.objects.bulk_create(
        Proposal(
            practice=actor.practice,
            freelancer=actor.freelancer,
            title="A job",
            stage="replied" if each < replied else "sent",
            sent_at=now - dt.timedelta(days=3),
            moved_at=now,
            replied_on=now.date() if each < replied else None,
            **{"connects": 10, **values},
        )
        for each in range(number)
    )
    tallies_outdate_all(actor.practice)
    return rows


def page_of(client: Client) -> str:
    answer = client.get(WORKS)
    assert answer.status_code == 200
    return words(answer.content)


def test_before_anything_was_sent_it_says_what_will_be_here(client: Client, actor: Actor) -> None:
    assert "From 20 proposals on either side something is said" in page_of(client)


def test_below_twenty_it_counts_and_says_no_more(client: Client, actor: Actor) -> None:
    many(actor, 19, replied=10, niche="Shops")
    page = page_of(client)
    assert "Shops 19 10 not enough yet" in page
    assert "Not enough yet to hold it against others." in page
    assert "52.6%" not in page


def test_a_niche_that_does_better_is_marked(client: Client, actor: Actor) -> None:
    many(actor, 40, replied=20, niche="Shops")
    many(actor, 60, replied=2, niche="Clinics")
    page = page_of(client)
    assert "Shops More replies 40 50.0% 35.2% to 64.8%" in page
    assert "Clinics Fewer replies 60 3.3% 0.9% to 11.4%" in page
    assert "22 of 100" in page
    assert "As personal proposals do." in page


def test_one_niche_in_two_spellings_is_one(client: Client, actor: Actor) -> None:
    many(actor, 12, niche="Shops")
    many(actor, 12, niche="shops")
    assert "Shops 24 0.0%" in page_of(client)


def test_mass_proposals_are_called_so(client: Client, actor: Actor) -> None:
    many(actor, 400, replied=3)
    assert "That is what mass proposals get." in page_of(client)


def test_templates_versions_and_blocks_by_their_names(client: Client, actor: Actor) -> None:
    piece = a_piece(actor)
    first = PieceVersion.objects.get(piece=piece)
    second = PieceVersion.objects.create(
        practice=actor.practice, piece=piece, number=2, body="Hi", who_name="Me"
    )
    block = PieceVersion.objects.get(piece=a_piece(actor, kind="case", name="The shop case"))
    for version in (first, second):
        for row in many(actor, 3, template=version):
            UsedBlock.objects.create(practice=actor.practice, proposal=row, version=block)
    tallies_outdate_all(actor.practice)
    page = page_of(client)
    assert "Shops 6 0 not enough yet" in page
    assert "Shops, version 2 3" in page
    assert "The shop case 6" in page


def test_from_the_text_over_the_client_to_the_rating(client: Client, actor: Actor) -> None:
    won = a_sent_one(actor, to=Stage.WON, template=a_version(actor), connects=12, boost=8)
    contract = Contract.objects.get(proposal=won)
    contract.earned = Decimal(500)
    contract.save()
    Feedback.objects.create(
        practice=actor.practice, contract=contract, public_rating=Decimal("4.85")
    )
    page = page_of(client)
    assert "Shops 1 $500.00 4.85 1 rating" in page
    assert "A faster checkout Maria Shops $500.00 4.85" in page
    # 20 connects for a reply, and for $500: 4 for each $100.
    assert "Connects for a reply 20 20 connects spent" in page
    assert "Connects for $100 earned 4 $500.00 earned" in page


def test_outcomes_are_those_that_one_sees(actor: Actor) -> None:
    won = a_sent_one(actor, to=Stage.WON)
    seen = outcomes_of(actor=actor, proposals=[won.pk])
    assert seen[won.pk].title == "A faster checkout"
    assert totals_of(actor=actor)[None].contracts == 1
    member = actor_with_role("member", practice=actor.practice)
    for other in (member, solo_actor()):
        assert outcomes_of(actor=other, proposals=[won.pk]) == {}
        assert totals_of(actor=other) == {}


def test_other_currencies_are_not_dollars(actor: Actor) -> None:
    won = a_sent_one(actor, to=Stage.WON)
    Contract.objects.filter(proposal=won).update(currency="EUR", earned=Decimal(900))
    totals = totals_of(actor=actor)[None]
    assert (totals.earned, totals.rating, totals.rated) == (Decimal(0), None, 0)


def test_a_member_sees_what_works_for_himself(actor: Actor, sign_in: object) -> None:
    many(actor, 30)
    member = actor_with_role("member", practice=actor.practice)
    many(member, 4, niche="Own")
    page = page_of(sign_in(member))  # type: ignore[operator]
    assert "4 proposals" in page
    assert "34" not in page


def test_no_more_than_twelve_queries(
    client: Client, actor: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = a_version(actor)
    for niche in range(15):
        many(actor, 21, niche=f"Niche {niche}", template=version, replied=niche)
    for _each in range(3):
        a_sent_one(actor, to=Stage.WON, template=version)
    page_of(client)
    with django_assert_max_num_queries(12):
        page = page_of(client)
    assert "and 3 more, sent less often" in page
