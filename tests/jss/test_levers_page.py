"""The page “What lifts it”: the plan, the ranking, bad input, and who may see it."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from contracts.models import Contract
from jss.engine import ClosedContract
from jss.lifts_page import LiftsPage, points
from tests.factories import actor_with_role, closed_contract, solo_actor

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def words(html: bytes) -> str:
    """The text of a page, white space folded."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", html.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def path_of(actor: Actor) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/lifts/"


def seven_good_one_bad(actor: Actor) -> Contract:
    """J1's first worked case: 75 % in every window."""
    assert actor.freelancer
    for day in range(1, 8):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00")
    return closed_contract(actor.freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one")


def test_first_time_it_teaches_and_offers_the_import(client: Client, actor: Actor) -> None:
    page = words(client.get(path_of(actor)).content)
    assert "See where your score stands" in page


def test_j9_the_best_step_stands_first_with_its_gains_and_effort(
    client: Client, actor: Actor
) -> None:
    bad = seven_good_one_bad(actor)
    page = words(client.get(path_of(actor)).content)
    first = page.split("Gain for each effort ", 1)[1]
    assert first.startswith("Own up and ask for a change: The bad one closed Oct 9, 2026 , 2.00")
    assert "75% → 100% +25.0 +25.0 3 8.3 Close 1 new" in first
    assert f"/contracts/{bad.public_id}/" in client.get(path_of(actor)).content.decode()


def test_j8_as_many_contracts_as_reach_the_target_are_a_step(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert "Close 12 new five-star contracts" in words(client.get(path_of(actor)).content)
    other = words(client.get(path_of(actor) + "?target=80").content)
    assert "Close 12 new five-star contracts" not in other
    assert "reach 80% by Feb 21, 2027" in other


def test_the_cheapest_plan_names_the_contract(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get(path_of(actor) + "?by=2026-12-31").content)
    assert "The cheapest plan to reach 90% by Dec 31, 2026 effort 3" in page
    assert "75% → 100% by waiting alone → with the plan" in page
    assert "Own up to 1 contract that went badly, and ask for a change The bad one" in page


def test_a_plan_may_end_today_or_in_two_years(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    for day in ("2026-11-21", "2028-11-21"):
        page = words(client.get(f"{path_of(actor)}?by={day}").content)
        assert "Choose a day" not in page


def test_limits_change_the_plan(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get(path_of(actor) + "?by=2026-12-31&change=0&new=20").content)
    assert "effort 60" in page
    assert "Close 12 new five-star contracts until Dec 31, 2026" in page


def test_where_no_plan_exists_the_best_one_is_shown(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get(path_of(actor) + "?by=2026-12-31&change=0&new=2").content)
    assert "Within these limits 90% cannot be reached by Dec 31, 2026" in page
    assert "The best on that day is 80%" in page
    assert "Close 2 new five-star contracts until Dec 31, 2026" in page
    nothing = words(client.get(path_of(actor) + "?by=2026-12-31&change=0&new=0").content)
    assert "The best on that day is 75%, which comes by waiting alone." in nothing


def test_j10_waiting_may_be_enough(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 11, 1), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 6, 1), "1.00")
    page = words(client.get(path_of(actor)).content)
    assert "Nothing has to be done: on Feb 21, 2027 the score is 100% by itself" in page
    assert "Wait until Dec 1, 2026 : 90% comes by itself" in page


def test_j15_missing_feedback_that_counts_is_asked_for(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 5):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00")
        closed_contract(actor.freelancer, dt.date(2026, 9, day), None, title=f"Silent {day}")
    page = words(client.get(path_of(actor)).content)
    assert "Ask for the missing feedback: Silent 4" in page
    assert "Ask for all 2 missing ratings" in page
    assert "Ask for the missing feedback: Silent 1" not in page  # J3: tolerated


def test_every_step_opens_as_a_what_if(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 11, 1), "5.00")
    html = client.get(path_of(actor)).content.decode()
    what_if = path_of(actor).replace("lifts", "what-if")
    assert f'href="{what_if}?flip={bad.public_id}"' in html
    assert f'href="{what_if}?good=11"' in html
    assert f'href="{what_if}?day=2027-04-09"' in html  # J10: the bad one leaves the 6 months


def test_no_link_is_longer_than_an_address_may_be() -> None:
    silent = [ClosedContract("", NOW.date(), key=f"id{number}") for number in range(70)]
    page = LiftsPage(contracts=silent, today=NOW.date(), target=90)
    rows = {len(row.lever.contracts): row.what_if for row in page.ranking_page}
    assert rows[56] == ""  # J3: 14 of 70 are tolerated
    assert rows[1].startswith("flip=id")


def test_at_100_per_cent_nothing_lifts_it(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 1), "5.00")
    page = words(client.get(path_of(actor)).content)
    assert "Nothing lifts it" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("target=900", "less than or equal to 100"),
        ("target=0", "greater than or equal to 1"),
        ("by=2026-11-20", "Choose a day from today until Nov 21, 2028"),
        ("by=2029-01-01", "Choose a day from today until Nov 21, 2028"),
        ("by=never", "Enter a valid date"),
        ("new=-1", "greater than or equal to 0"),
        ("ask=x", "Enter a whole number"),
        ("change=100", "less than or equal to 99"),
        ("levers=x", ""),
        ("levers=900", ""),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, actor: Actor, query: str, said: str
) -> None:
    seven_good_one_bad(actor)
    answer = client.get(f"{path_of(actor)}?{query}")
    assert answer.status_code == 200
    page = words(answer.content)
    assert said in page
    assert "reach 90% by Feb 21, 2027" in page
    assert "Own up and ask for a change: The bad one" in page


def test_a_fragment_is_a_part_of_the_page(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    headers = {"HX-Request": "true", "HX-Target": "lifts"}
    part = client.get(path_of(actor), headers=headers).content.decode()
    assert "<html" not in part
    assert part.strip().startswith('<div id="lifts"')
    assert "plan-form" not in part  # what is being typed is not lost
    ranking = client.get(path_of(actor), headers=headers | {"HX-Target": "ranking"})
    assert "plan-title" not in ranking.content.decode()
    assert "Own up and ask for a change" in words(ranking.content)


def test_a_fragment_brings_what_is_wrong_to_its_field(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    headers = {"HX-Request": "true", "HX-Target": "lifts"}
    part = client.get(path_of(actor) + "?by=2026-11-20", headers=headers).content.decode()
    shown = part.split('<div id="id_by-error" aria-live="polite" hx-swap-oob="true">', 1)[1]
    assert words(shown.encode()).startswith("Choose a day from today until Nov 21, 2028")
    assert "hx-swap-oob" not in client.get(path_of(actor) + "?by=x").content.decode()


def test_a_long_ranking_has_pages_that_keep_what_was_asked(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 29):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "2.00")
    closed_contract(actor.freelancer, dt.date(2026, 9, 1), "5.00")
    for day in range(1, 29):
        closed_contract(actor.freelancer, dt.date(2026, 9, day), "5.00")
    html = client.get(path_of(actor) + "?target=95").content.decode()
    assert "1 to 25 of" in words(html.encode())
    assert "?target=95&amp;levers=2" in html
    second = words(client.get(path_of(actor) + "?target=95&levers=2").content)
    assert "26 to" in second


@pytest.mark.parametrize("page", ["lifts", "top-rated"])
def test_of_somebody_else_there_is_no_such_page(client: Client, actor: Actor, page: str) -> None:
    other = solo_actor("Other")
    assert other.freelancer
    assert client.get(f"/jss/{other.freelancer.public_id}/{page}/").status_code == 404
    colleague = actor_with_role("member", practice=actor.practice, name="Colleague")
    assert colleague.freelancer
    assert client.get(f"/jss/{colleague.freelancer.public_id}/{page}/").status_code == 200


@pytest.mark.parametrize("page", ["lifts", "top-rated"])
def test_its_queries_do_not_grow_with_the_contracts(
    client: Client, actor: Actor, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seven_good_one_bad(actor)
    assert actor.freelancer
    path = f"/jss/{actor.freelancer.public_id}/{page}/"
    client.get(path)
    with django_assert_max_num_queries(14):
        client.get(path)


@pytest.mark.parametrize(
    ("gain", "shown"),
    [
        (None, None),
        (Fraction(0), Decimal(0)),
        (Fraction(1, 1000), Decimal("0.1")),
        (Fraction(100, 7), Decimal("14.3")),
    ],
)
def test_a_gain_is_shown_to_a_tenth_and_never_as_nothing(
    gain: Fraction | None, shown: Decimal | None
) -> None:
    assert points(gain) == shown


def test_without_a_limit_new_contracts_come_at_the_usual_pace() -> None:
    page = LiftsPage(contracts=[], today=NOW.date(), target=90)
    assert (page.by, page.new) == (dt.date(2027, 2, 21), 1)
    assert LiftsPage(contracts=[], today=NOW.date(), target=90, chosen_new=0).new == 0
