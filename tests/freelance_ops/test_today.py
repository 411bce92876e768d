"""Today: where one stands, what is due, what to do next; and the sample data."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import AuditEvent, Practice
from contracts.models import Contract, LogEntry, Payment
from contracts.services import rating_set
from freelance_ops.demo.build import demo_load
from outbox.models import DigestSchedule
from outbox.schedules import schedules_create
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def test_first_time_it_shows_the_three_steps(client: Client, actor: Actor) -> None:
    page = words(client.get("/").content)
    assert "From an Upwork export to your score, in three steps" in page
    assert "Show me with sample data" in page


def test_score_and_next_change_stand_on_top(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 9):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 6, 1), "1.00", title="Went badly")
    page = words(client.get("/").content)
    assert "Job Success Score (estimate, rules “Classic”) 78%" in page
    assert "Next change Dec 1, 2026 78% → 100%" in page
    assert "11 five-star contracts , or wait until Dec 1, 2026" in page


def test_what_is_to_do_is_counted(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-10-01")
    closed_contract(actor.freelancer, "2026-10-02", "2.00")
    closed_contract(actor.freelancer, "2025-10-02", "2.00")
    ContractFactory.create(freelancer=actor.freelancer, started_on="2026-09-01", title="Quiet one")
    page = words(client.get("/").content)
    assert "1 contract has no closing date" in page
    assert "1 contract of the last 6 months ended without feedback" in page
    assert "1 contract of the last 6 months ended below 4 stars" in page
    assert "1 open contract has been quiet for a month" in page
    assert "Sep 1, 2026 stale 81 days" in page


def test_nothing_due_is_said(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-10-01", "5.00")
    assert "Nothing is due." in words(client.get("/").content)


def test_recent_log_entries_are_shown(client: Client, actor: Actor) -> None:
    contract = ContractFactory.create(freelancer=actor.freelancer)
    LogEntry.objects.create(
        practice=actor.practice,
        contract=contract,
        happened_on="2026-11-01",
        what="The scope grew.",
        differently="Write it down first.",
    )
    page = words(client.get("/").content)
    assert "The scope grew. Next time: Write it down first." in page


def test_with_everybody_chosen_the_lowest_score_comes_first(
    sign_in: Callable[[Actor], Client],
) -> None:
    owner = actor_with_role("owner", name="Anna")
    colleague = actor_with_role("member", practice=owner.practice, name="Boris")
    assert owner.freelancer
    assert colleague.freelancer
    closed_contract(owner.freelancer, "2026-10-01", "5.00")
    closed_contract(colleague.freelancer, "2026-10-01", "1.00")
    page = words(sign_in(owner).get("/").content)
    assert page.index("Boris 0%") < page.index("Anna 100%")


def test_anothers_contracts_are_not_there(client: Client, actor: Actor) -> None:
    other = solo_actor()
    assert other.freelancer
    closed_contract(other.freelancer, "2026-10-01", "5.00", title="Not yours")
    assert b"Not yours" not in client.get("/").content


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_asks_the_database_as_often_for_many_contracts(
    client: Client, actor: Actor, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        ContractFactory.create(freelancer=actor.freelancer, started_on="2026-09-01")
    client.get("/")
    with django_assert_num_queries(17):
        client.get("/")


def test_the_sample_is_a_practice_beside_ones_own(client: Client, actor: Actor) -> None:
    page = words(client.post("/sample/", follow=True).content)
    assert "These contracts are made up" in page
    assert Contract.objects.filter(practice__is_sample=True).count() > 30
    assert not Contract.objects.filter(practice=actor.practice).exists()


def test_a_second_click_makes_no_second_sample(client: Client, actor: Actor) -> None:
    client.post("/sample/")
    client.post("/sample/")
    assert Practice.objects.filter(is_sample=True).count() == 1


def test_removing_the_sample_takes_all_of_it_and_nothing_else(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-10-01", "5.00")
    client.post("/sample/")
    sample = Practice.objects.get(is_sample=True)
    in_sample = Actor(actor.user, sample, sample.memberships.get())
    contract = Contract.objects.filter(practice=sample).select_related("freelancer").first()
    assert contract
    rating_set(actor=in_sample, contract=contract, rating=None)
    assert AuditEvent.objects.filter(practice=sample).exists()
    page = words(client.post("/sample/remove/", follow=True).content)
    assert "The sample data is gone." in page
    assert not Practice.objects.filter(is_sample=True).exists()
    assert not Payment.objects.filter(practice=sample.pk).exists()
    assert Contract.objects.filter(practice=actor.practice).count() == 1


def test_the_sample_of_another_user_stays(client: Client, actor: Actor) -> None:
    from freelance_ops.demo.build import sample_practice_create

    sample_practice_create(user=solo_actor().user, today=dt.date(2026, 11, 21))
    client.post("/sample/remove/")
    assert Practice.objects.filter(is_sample=True).count() == 1


def test_who_relies_on_reminders_that_do_not_arrive_is_told(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    ContractFactory.create(freelancer=actor.freelancer)
    DigestSchedule.objects.create(
        practice=actor.practice,
        membership=actor.membership,
        next_at=NOW,
        bounced_address=actor.user.email,
    )
    said = f"the mail server refused {actor.user.email}"
    assert said in words(client.get("/").content)

    DigestSchedule.objects.update(bounced_address="an-old-address@example.com")
    assert "the mail server refused" not in words(client.get("/").content)


def test_nobody_gets_mail_about_the_loaded_sample(db: None) -> None:
    demo_load(today=NOW.date())
    assert not schedules_create(NOW)
    assert not DigestSchedule.objects.due(NOW + dt.timedelta(30)).exists()
