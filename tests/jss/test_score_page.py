"""The Job Success page: three windows, which is shown, what is ahead, and how it is explained."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from contracts.models import Contract
from jss.models import Reading
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def words(html: bytes) -> str:
    """The text of a page, white space folded."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", html.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def seven_good_one_bad(actor: Actor) -> None:
    """J1's first worked case: 7 and 1 in every window are 75 %."""
    assert actor.freelancer
    for day in range(1, 8):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one")


def test_first_time_it_teaches_and_offers_the_import(client: Client, actor: Actor) -> None:
    page = words(client.get("/jss/").content)
    assert "See where your score stands" in page
    assert "Import from Upwork" in page
    assert "Show me with sample data" in page


def test_j1_the_score_its_formula_and_what_it_takes(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get("/jss/").content)
    assert "Today 75% Below 80%: hardly considered" in page
    assert page.count("(7 − 1) / 8") >= 3
    assert "12 five-star contracts closed now would bring the score to 90%." in page  # J8


def test_j8_a_target_out_of_reach_says_from_when_it_can_be_reached(
    client: Client, actor: Actor
) -> None:
    seven_good_one_bad(actor)
    page = words(client.get("/jss/?target=100").content)
    # The bad one was closed on 9 October: on 9 April it has left the shortest window.
    assert (
        "100% cannot be reached by good contracts while every window counts a negative outcome."
        " The earliest date on which it can is Apr 9, 2027" in page
    )


def test_j4_the_highest_window_is_shown(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 1), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 1, 15), "1.00")
    page = words(client.get("/jss/").content)
    assert "The highest of them is shown: the 6-month score." in page


def test_j10_the_roadmap_names_date_contract_and_scores(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get("/jss/").content)
    assert "Apr 9, 2027 6 months The bad one leaves (2.00)" in page
    assert "Last negative leaves the 6 months Apr 9, 2027" in page


def test_j6_without_five_closed_contracts_there_is_no_score_yet(
    client: Client, actor: Actor
) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 1), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 10, 2), "1.00")
    page = words(client.get("/jss/").content)
    assert "No score yet on Upwork You have 2 closed contracts." in page
    assert "It would be 0% now." in page
    assert "No score is better than a low one" in page


def test_an_open_contract_is_named_as_not_counting(client: Client, actor: Actor) -> None:
    ContractFactory.create(freelancer=actor.freelancer, title="Still going")
    page = words(client.get("/jss/").content)
    assert "Still going open still open still open still open" in page
    assert "Contracts count once they have a closing date." in page


def test_any_day_can_be_asked_in_the_url(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert actor.freelancer
    page = words(client.get(f"/jss/{actor.freelancer.public_id}/?as_of=2026-10-08").content)
    assert "Oct 8, 2026 100%" in page
    assert "Back to today" in page


def test_the_target_in_the_url_changes_what_it_takes(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get("/jss/?target=80").content)
    assert "2 five-star contracts closed now would bring the score to 80%." in page


def test_assumed_contracts_enter_the_roadmap(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get("/jss/?per_month=2").content)
    assert "assumed five-star contract comes in" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_of=31/02/2026", "Enter a valid date."),
        ("as_of=0001-01-01", "Choose a day from 2005-01-01 to 2100-12-31."),
        ("target=ninety", "Enter a whole number."),
        ("target=101", "less than or equal to 100"),
        ("per_month=-1", "greater than or equal to 0"),
    ],
)
def test_a_bad_choice_is_named_and_the_page_still_shown(
    client: Client, actor: Actor, query: str, sentence: str
) -> None:
    seven_good_one_bad(actor)
    answer = client.get(f"/jss/?{query}")
    assert answer.status_code == 200
    assert sentence in words(answer.content)
    assert "75%" in words(answer.content)


def test_j7_a_reading_dates_the_next_recalculation(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert actor.freelancer
    url = f"/jss/{actor.freelancer.public_id}/readings/"
    answer = client.post(url, {"observed_on": "2026-11-12", "score": "75"}, follow=True)
    assert "Next recalculation on Upwork: Nov 26, 2026 , 75% if nothing is closed until then" in (
        words(answer.content)
    )


def test_a_second_reading_of_a_day_replaces_the_first(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    url = f"/jss/{actor.freelancer.public_id}/readings/"
    client.post(url, {"observed_on": "2026-11-12", "score": "75"})
    client.post(url, {"observed_on": "2026-11-12", "score": "76"})
    assert list(Reading.objects.values_list("score", flat=True)) == [76]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"observed_on": "2026-11-22", "score": ""}, "That day is still to come."),
        ({"observed_on": "1999-01-01", "score": ""}, "before Upwork had a score"),
        ({"observed_on": "2026-11-12", "score": "101"}, "whole per cent from 0 to 100"),
        ({"observed_on": "soon", "score": ""}, "Enter a valid date."),
    ],
)
def test_a_bad_reading_is_said_beside_its_field_and_kept(
    client: Client, actor: Actor, typed: dict[str, str], sentence: str
) -> None:
    seven_good_one_bad(actor)
    assert actor.freelancer
    answer = client.post(f"/jss/{actor.freelancer.public_id}/readings/", typed)
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    assert f'value="{typed["observed_on"]}"' in answer.content.decode()
    assert not Reading.objects.exists()


def test_beside_a_bad_reading_every_link_leads_to_the_page_itself(
    client: Client, actor: Actor
) -> None:
    assert actor.freelancer
    for _ in range(60):
        closed_contract(actor.freelancer, dt.date(2026, 9, 1), "5.00")
    url = f"/jss/{actor.freelancer.public_id}/"

    html = client.post(url + "readings/", {"observed_on": "", "score": "930"}).content.decode()

    assert 'href="?' not in html
    assert f'href="{url}?rows=2#contracts"' in html


def test_a_reading_can_be_removed(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    reading = Reading.objects.create(
        practice=actor.practice, freelancer=actor.freelancer, observed_on="2026-11-12"
    )
    client.post(f"/jss/readings/{reading.public_id}/remove/")
    assert not Reading.objects.exists()


def test_what_is_anothers_is_not_found(client: Client, actor: Actor) -> None:
    other = solo_actor()
    assert other.freelancer
    contract = closed_contract(other.freelancer, "2026-10-01", "5.00")
    assert client.get(f"/jss/{other.freelancer.public_id}/").status_code == 404
    assert client.get(f"/jss/contract/{contract.public_id}/").status_code == 404


def test_a_viewer_reads_and_does_not_write(sign_in: Callable[[Actor], Client]) -> None:
    viewer = actor_with_role("viewer")
    assert viewer.freelancer
    client = sign_in(viewer)
    assert client.get(f"/jss/{viewer.freelancer.public_id}/").status_code == 200
    url = f"/jss/{viewer.freelancer.public_id}/readings/"
    assert client.post(url, {"observed_on": "2026-11-12"}).status_code == 403


def test_one_view_serves_the_page_and_its_fragment(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    fragment = client.get("/jss/", headers={"HX-Request": "true", "HX-Target": "score"})
    assert fragment.content.lstrip().startswith(b'<div id="score"')
    assert b"<nav" not in fragment.content


def test_the_chart_carries_the_same_figures_as_data(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    html = client.get("/jss/").content.decode()
    found = re.search(r'<script type="application/json">(.*?)</script>', html, re.S)
    assert found
    data = json.loads(found[1])
    assert [step for step in data["lines"]["shown"] if step[0] <= "2026-11-21"][-1][1] == 75
    assert {"date": "2027-04-09", "months": "6", "left": ["The bad one"]} in data["left"]


def test_titles_cannot_break_out_of_the_page(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(
        actor.freelancer, "2026-10-01", "5.00", title="</script><script>alert(1)</script>"
    )
    assert b"<script>alert" not in client.get("/jss/").content


def test_a_contract_says_what_it_does_to_each_window(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    bad = Contract.objects.get(title="The bad one")
    page = words(client.get(f"/jss/contract/{bad.public_id}/").content)
    assert "6 months 2.00 until Apr 9, 2027 75% 100%" in page
    assert "Shown 75% 100%" in page


def test_with_everybody_chosen_each_ones_score_stands_in_a_list(
    sign_in: Callable[[Actor], Client],
) -> None:
    owner = actor_with_role("owner", name="Anna")
    colleague = actor_with_role("member", practice=owner.practice, name="Boris")
    assert owner.freelancer
    assert colleague.freelancer
    closed_contract(owner.freelancer, "2026-10-01", "5.00")
    closed_contract(colleague.freelancer, "2026-10-01", "1.00")
    page = words(sign_in(owner).get("/jss/").content)
    assert "Anna 100% Top Rated track 100% 100% 100%" in page
    assert "Boris 0% Below 80%: hardly considered 0% 0% 0%" in page


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_the_database_as_often_for_many_contracts(
    client: Client, actor: Actor, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    assert actor.freelancer
    for day in range(number):
        closed_contract(actor.freelancer, dt.date(2026, 9, 1) + dt.timedelta(days=day), "5.00")
    client.get("/jss/")
    with django_assert_num_queries(9):
        client.get("/jss/")


def test_missing_ratings_are_said_beside_the_score(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert "no rating" not in words(client.get("/jss/").content)
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 20))
    page = words(client.get("/jss/").content)
    assert "1 closed contract of these 24 months has no rating" in page
    assert "Add the ratings" in page


def test_with_assumed_contracts_the_chart_says_so(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert "without new contracts" in words(client.get("/jss/").content)
    page = words(client.get("/jss/?per_month=2").content)
    assert "Dashed: what happens with 2 new five-star contracts a month." in page
    assert "without new contracts" not in page
