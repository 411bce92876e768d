"""B5: the table of proposals: filters, search, sorting, pages."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from proposals.funnel import Stage
from proposals.models import Proposal
from proposals.table_page import ROWS_A_PAGE
from tests.factories import actor_with_role
from tests.jss.test_score_page import words
from tests.proposals.samples import a_proposal, a_sent_one

pytestmark = pytest.mark.django_db
TABLE = "/proposals/?view=table"


def rows_of(client: Client, query: str = "") -> list[str]:
    """The titles that the table shows, in their order."""
    html = client.get(f"{TABLE}&{query}").content.decode()
    return [part.split("<")[0] for part in html.split('/stage/">')[1:]]


@pytest.fixture
def three(actor: Actor) -> None:
    a_proposal(actor, title="Beta draft", client_name="Zoe", niche="Shops")
    a_sent_one(actor, title="alpha", client_name="Ida", niche="Clinics", days_ago=40)
    a_sent_one(actor, title="Gamma", client_name="Олена", to=Stage.REPLIED, days_ago=3)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Gamma", "alpha", "Beta draft"]),
        ("sort=moved_at", ["Beta draft", "alpha", "Gamma"]),
        ("sort=title", ["alpha", "Beta draft", "Gamma"]),
        ("sort=-title", ["Gamma", "Beta draft", "alpha"]),
        ("sort=client", ["alpha", "Beta draft", "Gamma"]),
        ("sort=sent_at", ["alpha", "Gamma", "Beta draft"]),
        ("sort=-sent_at", ["Gamma", "alpha", "Beta draft"]),
        ("show=draft", ["Beta draft"]),
        ("show=open", ["Gamma", "alpha", "Beta draft"]),
        ("show=ended", []),
        ("show=due", ["Gamma"]),
        ("show=forgotten", ["alpha"]),
        ("niche=Shops", ["Beta draft"]),
        ("q=GAM", ["Gamma"]),
        ("q=ОЛЕНА", ["Gamma"]),
        ("q=clin+ida", ["alpha"]),
        ("q=clin+zoe", []),
        ("show=draft&q=alpha", []),
    ],
)
def test_a_query_selects_and_orders(
    client: Client, actor: Actor, three: None, query: str, titles: list[str]
) -> None:
    assert rows_of(client, query) == titles


def test_the_numbers_beside_the_stages_are_of_the_other_filters(
    client: Client, actor: Actor, three: None
) -> None:
    page = words(client.get(f"{TABLE}&niche=Clinics&show=draft").content)
    assert "All 1 Open 1 Ended 0" in page
    assert "Nothing matches" in page


def test_what_makes_no_sense_is_said_and_not_used(
    client: Client, actor: Actor, three: None
) -> None:
    page = words(client.get(f"{TABLE}&show=married&niche=None&sort=luck&page=99").content)
    assert "Stage “married”. There is no such choice here." in page
    assert "3 proposals" in page


def test_the_freelancer_can_be_chosen_in_a_team(client: Client, actor: Actor, three: None) -> None:
    member = actor_with_role("member", practice=actor.practice)
    assert member.freelancer
    a_proposal(member, title="The member's")
    assert len(rows_of(client)) == 4
    found = rows_of(client, f"freelancer={member.freelancer.public_id}")
    assert [title.replace("&#x27;", "'") for title in found] == ["The member's"]


def test_only_the_table_for_htmx_with_the_address_in_its_shortest_form(
    client: Client, actor: Actor, three: None
) -> None:
    answer = client.get(f"{TABLE}&q=&niche=&show=draft", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert answer.headers["HX-Push-Url"] == "/proposals/?view=table&show=draft"
    assert "HX-Request" in answer.headers["Vary"]


def test_many_are_paged_in_as_many_queries_as_few(
    client: Client, actor: Actor, three: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    Proposal.objects.bulk_create(
        Proposal(
            practice=actor.practice,
            freelancer=actor.freelancer,
            title=f"Job {number}",
            moved_at=now - dt.timedelta(days=1000 + number),
        )
        for number in range(ROWS_A_PAGE)
    )
    with django_assert_max_num_queries(12):
        assert len(rows_of(client)) == ROWS_A_PAGE
    last = f"Job {ROWS_A_PAGE - 1}"
    assert rows_of(client, "page=2")[-1] == last
    assert rows_of(client, "page=99")[-1] == last
