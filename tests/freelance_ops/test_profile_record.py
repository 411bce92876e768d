"""What the contract log and the score say for a profile: figures, work, score and badge."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract, Feedback, LogEntry
from freelance_ops.profile_record import record_of
from jss.models import Reading, RuleChoice
from profiles import known_record
from profiles.record import PastWork, Record
from tests.factories import ClientFactory, ContractFactory, FreelancerFactory, closed_contract

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
QUERIES = 6  # contracts with clients, the log, the rules, the score's contracts, months, readings


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def hourly(freelancer: Freelancer, started_on: dt.date, **fields: object) -> Contract:
    given = {"freelancer": freelancer, "kind": "hourly", "started_on": started_on} | fields
    return ContractFactory.create(**given)


def five_star(freelancer: Freelancer, number: int, *, first: int = 200) -> None:
    for at in range(number):
        closed_contract(freelancer, ago(first + at), "5.00")


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────


def test_without_contracts_the_record_is_empty(freelancer: Freelancer) -> None:
    assert record_of(freelancer, TODAY) == Record()


def test_jobs_are_counted_by_kind_and_by_whether_they_are_open(freelancer: Freelancer) -> None:
    hourly(freelancer, ago(50))
    hourly(freelancer, ago(90), closed_on=ago(40))
    closed_contract(freelancer, ago(30), kind="fixed")
    closed_contract(freelancer, ago(35))

    record = record_of(freelancer, TODAY)

    assert (record.jobs, record.hourly_jobs, record.fixed_jobs) == (4, 2, 1)
    assert record.open_jobs == 1
    assert record.last_closed_on == ago(30)


def test_a_contract_that_closes_later_is_still_open(freelancer: Freelancer) -> None:
    closed_contract(freelancer, ago(-3), "5.00")

    record = record_of(freelancer, TODAY)

    assert (record.open_jobs, record.last_closed_on, record.ratings) == (1, None, 0)


def test_hours_and_dollars_are_added_up(freelancer: Freelancer) -> None:
    hourly(freelancer, ago(9), hours=Decimal("12.50"), earned=Decimal("500.25"))
    closed_contract(freelancer, ago(5), kind="fixed", earned=Decimal(100))
    closed_contract(freelancer, ago(4), kind="fixed")

    record = record_of(freelancer, TODAY)

    assert (record.hours, record.earned) == (Decimal("12.50"), Decimal("600.25"))


def test_money_in_another_currency_is_not_taken_for_dollars(freelancer: Freelancer) -> None:
    euros = {"currency": "EUR", "hours": Decimal(10), "earned": Decimal(700)}
    hourly(freelancer, ago(9), **euros)

    record = record_of(freelancer, TODAY)

    assert (record.earned, record.first_rates) == (Decimal(0), ())
    assert record.hours == Decimal(10)


def test_only_ratings_by_clients_are_counted_r1(freelancer: Freelancer) -> None:
    closed_contract(freelancer, ago(5), "4.80")
    own_words = closed_contract(freelancer, ago(4))
    Feedback.objects.create(
        practice=freelancer.practice,
        contract=own_words,
        direction=Feedback.Direction.FROM_FREELANCER,
        public_rating=Decimal(5),
    )

    assert record_of(freelancer, TODAY).ratings == 1


def test_first_rates_are_those_of_the_first_five_hourly_contracts_p6(
    freelancer: Freelancer,
) -> None:
    for rank, dollars in enumerate((60, 10, 20, 30, 40, 50)):
        started_on = ago(100 - dollars)
        hourly(freelancer, started_on, hours=Decimal(3), earned=Decimal(3 * dollars + rank))

    # 10 began first: 31 dollars for 3 hours.
    assert record_of(freelancer, TODAY).first_rates == tuple(
        map(Decimal, ("10.33", "20.67", "31.00", "41.33", "51.67"))
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"hours": None},
        {"hours": Decimal(0)},
        {"earned": None},
        {"earned": Decimal(-5)},
        {"started_on": None},
        {"kind": "fixed"},
    ],
)
def test_a_contract_without_a_rate_or_a_start_has_no_first_rate_p6(
    freelancer: Freelancer, fields: dict[str, object]
) -> None:
    hourly(freelancer, ago(9), hours=Decimal(10), earned=Decimal(100))
    assert record_of(freelancer, TODAY).first_rates == (Decimal(10),)

    Contract.objects.update(**fields)

    assert record_of(freelancer, TODAY).first_rates == ()


# ── Work ─────────────────────────────────────────────────────────────────────────────────────────


def test_work_says_what_was_noted_of_it_p8(freelancer: Freelancer) -> None:
    client = ClientFactory.create(practice=freelancer.practice, name="Oak Bakery")
    contract = closed_contract(
        freelancer,
        ago(20),
        "4.90",
        client=client,
        title="Shop",
        delivered_what="A shop in Django",
        notes="Payments by card",
    )
    for day, what in ((25, "Search with PostgreSQL"), (30, "Began with the catalogue")):
        LogEntry.objects.create(
            practice=freelancer.practice,
            contract=contract,
            happened_on=ago(day),
            what=what,
            lesson="Learn Elasticsearch",
        )

    assert record_of(freelancer, TODAY).work == (
        PastWork(
            title="Shop",
            client="Oak Bakery",
            notes=(
                "A shop in Django\nPayments by card\n"
                "Began with the catalogue\nSearch with PostgreSQL"
            ),
            public_id=contract.public_id,
            closed_on=ago(20),
            rating=Decimal("4.90"),
        ),
    )


def test_open_work_comes_first_then_the_last_that_was_closed(freelancer: Freelancer) -> None:
    closed_contract(freelancer, ago(30), title="Older")
    closed_contract(freelancer, ago(10), title="Newer")
    ContractFactory.create(freelancer=freelancer, title="Open", client=None)

    work = record_of(freelancer, TODAY).work

    assert [each.title for each in work] == ["Open", "Newer", "Older"]
    assert work[0].client == ""


def test_nothing_of_a_colleague_is_in_it(freelancer: Freelancer) -> None:
    colleague = FreelancerFactory.create(practice=freelancer.practice)
    five_star(colleague, 9)
    Reading.objects.create(
        practice=freelancer.practice, freelancer=colleague, observed_on=ago(3), score=100
    )

    assert record_of(freelancer, TODAY) == Record()


# ── Score and badge ──────────────────────────────────────────────────────────────────────────────


def test_below_five_closed_contracts_there_is_no_score_j6(freelancer: Freelancer) -> None:
    five_star(freelancer, 4)

    assert record_of(freelancer, TODAY).score is None


def test_the_score_is_the_displayed_one_j4(freelancer: Freelancer) -> None:
    five_star(freelancer, 8)
    closed_contract(freelancer, ago(10), "2.00")

    # 24 and 12 months: (8 - 1) / 9; 6 months: (0 - 1) / 1, never below 0.
    assert record_of(freelancer, TODAY).score == 78


def test_the_score_follows_the_rules_that_the_practice_chose_j17(freelancer: Freelancer) -> None:
    five_star(freelancer, 3)
    assert record_of(freelancer, TODAY).score is None

    # These show a score from two contracts with two clients on.
    RuleChoice.objects.create(practice=freelancer.practice, rule_set="weighted-2024")

    assert record_of(freelancer, TODAY).score == 100


def test_thirteen_good_weeks_of_sixteen_make_top_rated_j13(freelancer: Freelancer) -> None:
    five_star(freelancer, 9)

    assert record_of(freelancer, TODAY).is_top_rated


def test_fewer_good_weeks_do_not_make_top_rated_j13(freelancer: Freelancer) -> None:
    five_star(freelancer, 9, first=20)

    record = record_of(freelancer, TODAY)

    assert (record.score, record.is_top_rated) == (100, False)


def test_scores_seen_on_upwork_go_before_computed_ones_j13(freelancer: Freelancer) -> None:
    five_star(freelancer, 9)
    for week in range(4):
        Reading.objects.create(
            practice=freelancer.practice,
            freelancer=freelancer,
            observed_on=ago(7 * week),
            score=85,
        )

    assert not record_of(freelancer, TODAY).is_top_rated


def test_where_no_score_is_shown_nobody_is_top_rated_j6(freelancer: Freelancer) -> None:
    five_star(freelancer, 4)

    assert not record_of(freelancer, TODAY).is_top_rated


# ── Cost and wiring ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("contracts", [8, 30])
def test_many_contracts_cost_no_more_queries_than_few(
    freelancer: Freelancer,
    contracts: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    five_star(freelancer, contracts)
    own = Contract.objects.filter(freelancer=freelancer)
    for contract in own:
        LogEntry.objects.create(
            practice=freelancer.practice, contract=contract, happened_on=TODAY, what="Called"
        )
    fetched = Freelancer.objects.get(pk=freelancer.pk)

    with django_assert_num_queries(QUERIES):
        record = record_of(fetched, TODAY)

    assert record.jobs == contracts
    assert all(each.notes == "Called" for each in record.work)


def test_three_contracts_cost_no_more_queries_than_thirty(
    freelancer: Freelancer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    five_star(freelancer, 3)

    # Without a score nobody looks for the badge's readings.
    with django_assert_num_queries(QUERIES - 1):
        record_of(freelancer, TODAY)


def test_profiles_reach_the_record_by_its_name_in_the_settings(freelancer: Freelancer) -> None:
    five_star(freelancer, 2)

    assert settings.PROFILE_RECORD == "freelance_ops.profile_record.record_of"
    assert known_record.record_of(freelancer, as_of=TODAY) == record_of(freelancer, TODAY)


def test_the_figures_alone_take_one_query_and_are_the_same(
    freelancer: Freelancer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    five_star(freelancer, 8)
    whole = record_of(freelancer, TODAY)

    with django_assert_num_queries(1):
        figures = known_record.record_of(freelancer, as_of=TODAY, figures_only=True)

    assert whole.score == 100
    assert figures == replace(whole, score=None, is_top_rated=False, work=())
