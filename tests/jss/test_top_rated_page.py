"""The page “Top Rated”: the strip of weeks, the dates, and where each week's score is from."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.actors import Actor
from jss.models import Reading
from tests.factories import closed_contract

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


def page_of(client: Client, actor: Actor) -> bytes:
    assert actor.freelancer
    return client.get(f"/jss/{actor.freelancer.public_id}/top-rated/").content


def good_since(actor: Actor, day: dt.date, number: int = 8) -> None:
    assert actor.freelancer
    for _ in range(number):
        closed_contract(actor.freelancer, day, "5.00", title="A good one")


def test_first_time_it_teaches(client: Client, actor: Actor) -> None:
    assert "See where your score stands" in words(page_of(client, actor))


def test_j13_twelve_weeks_and_the_day_of_the_thirteenth(client: Client, actor: Actor) -> None:
    good_since(actor, dt.date(2026, 9, 5))
    html = page_of(client, actor)
    page = words(html)
    assert "Weeks at 90% or more 12 / 13 1 week missing" in page
    assert "The badge can come from Nov 28, 2026" in page
    assert html.decode().count('data-week="good"') == 12
    assert html.decode().count('data-week="below"') == 4


def test_enough_weeks_and_what_would_break_it(client: Client, actor: Actor) -> None:
    good_since(actor, dt.date(2026, 5, 5))
    page = words(page_of(client, actor))
    assert "16 / 13 enough weeks" in page
    assert "The weeks are there already" in page
    assert "What would break it May 5, 2028 : 100% → –" in page
    assert "leave a window" in page
    assert "Fewer than 13 weeks again May 26, 2028" in page


def test_a_week_says_where_its_score_is_from(client: Client, actor: Actor) -> None:
    good_since(actor, dt.date(2026, 5, 5))
    assert actor.freelancer
    Reading.objects.create(
        practice=actor.practice, freelancer=actor.freelancer, observed_on="2026-11-20", score=88
    )
    page = words(page_of(client, actor))
    assert "88% below until Nov 21, 2026 seen on Upwork" in page
    assert "100% 90% or more until Nov 14, 2026 worked out" in page
    assert "15 / 13" in page


def test_a_worked_out_week_opens_to_its_formula_and_rows(client: Client, actor: Actor) -> None:
    good_since(actor, dt.date(2026, 5, 5))
    assert actor.freelancer
    html = page_of(client, actor).decode()
    assert f"/jss/{actor.freelancer.public_id}/?as_of=2026-11-14" in html


def test_a_reading_without_a_score_says_nothing_of_its_week(client: Client, actor: Actor) -> None:
    good_since(actor, dt.date(2026, 5, 5))
    assert actor.freelancer
    Reading.objects.create(
        practice=actor.practice, freelancer=actor.freelancer, observed_on="2026-11-20", score=None
    )
    assert "100% 90% or more until Nov 21, 2026 worked out" in words(page_of(client, actor))


def test_j6_without_a_published_score_no_week_counts_on_upwork(
    client: Client, actor: Actor
) -> None:
    good_since(actor, dt.date(2026, 5, 5), number=2)
    assert "Until then no week counts on Upwork" in words(page_of(client, actor))


def test_never_at_90_ahead(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 9):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "1.00")
    page = words(page_of(client, actor))
    assert "Not without new contracts" in page
    assert "Nothing: it is not there on any day ahead" in page
