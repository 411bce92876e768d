"""The list's filters: every state has a URL, every URL has an answer."""

import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.filters import ContractFilterForm, Selection, Show, quick_counts, shown
from contracts.models import Contract
from contracts.tables import COLUMNS, SORTS, headings
from tests.factories import (
    ClientFactory,
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
)

TODAY = dt.date(2026, 6, 30)
FIELDS = ["q", "client", "freelancer", "closed_from", "closed_to", "show", "sort", "page"]


def form(actor: Actor, query: str) -> ContractFilterForm:
    return ContractFilterForm(QueryDict(query), actor=actor)


def found(actor: Actor, query: str) -> list[str]:
    rows = form(actor, query).selection.apply(Contract.objects.for_actor(actor), TODAY)
    return [contract.title for contract in rows]


@pytest.fixture
def several(freelancer: Freelancer) -> dict[str, Contract]:
    """One contract for each quick filter."""
    return {
        "fresh": ContractFactory.create(
            freelancer=freelancer, title="fresh", started_on="2026-06-20"
        ),
        "stale": ContractFactory.create(
            freelancer=freelancer, title="stale", started_on="2026-01-01"
        ),
        "silent": closed_contract(freelancer, "2026-03-01", title="silent"),
        "bad": closed_contract(freelancer, "2026-04-01", "2.00", title="bad"),
        "good": closed_contract(freelancer, "2026-05-01", "4.00", title="good"),
    }


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("", {"fresh", "stale", "silent", "bad", "good"}),
        ("open", {"fresh", "stale"}),
        ("closed", {"silent", "bad", "good"}),
        ("without-feedback", {"silent"}),
        ("negative", {"bad"}),
        ("stale", {"stale"}),
    ],
)
def test_a_quick_filter_shows(
    actor: Actor, several: dict[str, Contract], show: str, titles: set[str]
) -> None:
    assert set(found(actor, f"show={show}")) == titles


def test_the_numbers_of_the_quick_filters_are_what_they_show(
    actor: Actor, several: dict[str, Contract]
) -> None:
    rows = Contract.objects.for_actor(actor)
    assert quick_counts(rows, TODAY) == {
        show.value: shown(rows, show, TODAY).count() for show in Show
    }


def test_the_numbers_follow_the_other_filters(actor: Actor, several: dict[str, Contract]) -> None:
    selection = form(actor, "closed_from=2026-04-01&show=negative").selection
    counts = quick_counts(selection.narrow(Contract.objects.for_actor(actor)), TODAY)
    assert (counts[""], counts["negative"], counts["without-feedback"]) == (2, 1, 0)


def test_closed_from_and_to_hold_both_days(actor: Actor, several: dict[str, Contract]) -> None:
    assert found(actor, "closed_from=2026-03-01&closed_to=2026-04-01") == ["bad", "silent"]


def test_a_client(actor: Actor, several: dict[str, Contract]) -> None:
    client = several["bad"].client
    assert client is not None
    assert found(actor, f"client={client.public_id}") == ["bad"]


def test_words(actor: Actor, several: dict[str, Contract]) -> None:
    assert found(actor, "q=SIL") == ["silent"]


def test_a_freelancer_where_nobody_is_chosen(actor: Actor, freelancer: Freelancer) -> None:
    other = FreelancerFactory.create(practice=actor.practice)
    ContractFactory.create(freelancer=freelancer, title="mine")
    ContractFactory.create(freelancer=other, title="theirs")
    everybody = Actor(actor.user, actor.practice, actor.membership, None)
    assert found(everybody, f"freelancer={other.public_id}") == ["theirs"]
    assert "freelancer" not in form(actor, "").fields


def test_a_member_may_not_choose_another_freelancer(actor: Actor, freelancer: Freelancer) -> None:
    member = actor_with_role("member", practice=actor.practice)
    asking = form(
        Actor(member.user, member.practice, member.membership, None),
        f"freelancer={freelancer.public_id}",
    )
    assert asking.selection.freelancer is None
    assert [ignored.label for ignored in asking.ignored] == ["Freelancer"]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("client=nobody", "Client"),
        ("closed_from=31/02", "Closed from"),
        ("closed_to=2026-02-31", "Closed to"),
        ("closed_from=2026-05-01&closed_to=2026-04-30", "Closed to"),
        ("show=everything", "Show"),
        ("sort=notes", "Sort"),
        ("q=" + "x" * 101, "Words"),
        ("q=%00", "Words"),
    ],
)
def test_what_makes_no_sense_is_said_and_not_used(
    actor: Actor, freelancer: Freelancer, query: str, label: str
) -> None:
    ContractFactory.create(freelancer=freelancer, title="x", closed_on="2026-05-02")
    asked = form(actor, query)
    assert [ignored.label for ignored in asked.ignored] == [label]
    assert found(actor, query) == ["x"]


def test_another_practices_client_is_no_choice(actor: Actor) -> None:
    foreign = ClientFactory.create()
    everybody = Actor(actor.user, actor.practice, actor.membership, None)
    for asking in (actor, everybody):
        assert form(asking, f"client={foreign.public_id}").selection.client is None


def test_the_clients_offered_are_the_chosen_freelancers(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    ContractFactory.create(freelancer=FreelancerFactory.create(practice=actor.practice))
    ContractFactory.create(freelancer=freelancer, client=contract.client)
    offered = form(actor, "").fields["client"].queryset  # type: ignore[attr-defined]  # a model choice
    assert list(offered) == [contract.client]


@given(query=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_query_has_an_answer(actor: Actor, query: dict[str, str]) -> None:
    asked = QueryDict(mutable=True)
    asked.update(query)
    list(
        ContractFilterForm(asked, actor=actor).selection.apply(
            Contract.objects.for_actor(actor), TODAY
        )
    )


@pytest.mark.parametrize(
    "query",
    ["", "show=open", "q=a+b", "closed_from=2026-01-01&closed_to=2026-02-01", "sort=-earned"],
)
def test_the_params_lead_back_to_the_same_selection(actor: Actor, query: str) -> None:
    selection = form(actor, query).selection
    assert selection.params == QueryDict(query)
    assert form(actor, selection.params.urlencode()).selection == selection


def test_the_usual_order_is_not_named_in_the_url(actor: Actor) -> None:
    assert form(actor, "sort=-closed_on").selection.params == QueryDict()


# ── Sorting ──────────────────────────────────────────────────────────────────────────────────────


def test_open_ones_come_first_in_the_usual_order(
    actor: Actor, several: dict[str, Contract]
) -> None:
    assert found(actor, "") == ["fresh", "stale", "good", "bad", "silent"]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("closed_on", ["silent", "bad", "good"]),
        ("rating", ["bad", "good"]),
        ("-rating", ["good", "bad"]),
        ("started_on", ["stale", "fresh"]),
        ("-started_on", ["fresh", "stale"]),
        ("title", ["bad", "fresh", "good", "silent", "stale"]),
        ("-title", ["stale", "silent", "good", "fresh", "bad"]),
    ],
)
def test_rows_without_a_value_come_last(
    actor: Actor, several: dict[str, Contract], sort: str, titles: list[str]
) -> None:
    assert found(actor, f"sort={sort}")[: len(titles)] == titles


def test_titles_sort_in_any_case(actor: Actor, freelancer: Freelancer) -> None:
    for title in ("b", "A", "C"):
        ContractFactory.create(freelancer=freelancer, title=title)
    assert found(actor, "sort=title") == ["A", "b", "C"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_works(actor: Actor, several: dict[str, Contract], sort: str) -> None:
    assert len(found(actor, f"sort={sort}")) == 5


def test_equal_rows_keep_one_order_over_the_pages(actor: Actor, freelancer: Freelancer) -> None:
    for _ in range(4):
        ContractFactory.create(freelancer=freelancer, title="Logo", earned=Decimal(5))
    rows = Selection(sort="earned").apply(Contract.objects.for_actor(actor), TODAY)
    assert list(rows[:2]) + list(rows[2:4]) == list(rows)
    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)


def test_a_heading_turns_its_own_order_round() -> None:
    told = {str(heading.label): heading for heading in headings("-earned", with_freelancer=False)}
    assert (told["Earned"].sort, told["Earned"].aria_sort) == ("earned", "descending")
    assert (told["Hours"].sort, told["Hours"].aria_sort) == ("-hours", "none")


def test_every_column_has_a_heading_and_a_sort() -> None:
    for column in COLUMNS:
        assert {column.key, f"-{column.key}"} <= SORTS.keys()
    assert len(headings("title", with_freelancer=True)) == len(COLUMNS)
    assert len(headings("title", with_freelancer=False)) == len(COLUMNS) - 1
