"""The page on why the score moved: the span in the URL, the sentence, the windows, the culprits."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract, Feedback
from jss.models import Reading
from jss.movement_words import signed_points
from tests.factories import ContractFactory, closed_contract, solo_actor
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def good(freelancer: Freelancer, number: int, on: dt.date = dt.date(2026, 9, 1)) -> None:
    for _ in range(number):
        closed_contract(freelancer, on, "5.00")


def seen(freelancer: Freelancer, on: str, score: int | None) -> None:
    Reading.objects.create(
        practice=freelancer.practice, freelancer=freelancer, observed_on=on, score=score
    )


def why(client: Client, freelancer: Freelancer, query: str = "") -> str:
    answer = client.get(f"/jss/{freelancer.public_id}/why/{query}")
    assert answer.status_code == 200
    return words(answer.content)


def test_first_time_it_teaches(client: Client, freelancer: Freelancer) -> None:
    assert "See where your score stands" in why(client, freelancer)


def test_what_left_is_named_with_its_effect(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 3)
    closed_contract(freelancer, dt.date(2026, 5, 10), "2.00", title="Logo")
    page = why(client, freelancer)
    assert "Oct 22, 2026 to Nov 21, 2026 50% → 100%" in page
    assert "The shown score rose from 50% to 100% because “Logo” left the 6-month window." in page
    assert "6 months (3 − 1) / 4 = 50% → 100% = (3 − 0) / 3" in page
    assert "Logo left Nov 10, 2026 2.00 +50 Together +50" in page
    assert page.count("Nothing came in, left or changed.") == 2


def test_what_did_most_is_named(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 3)
    closed_contract(freelancer, dt.date(2026, 9, 2), "1.00")
    closed_contract(freelancer, dt.date(2026, 11, 2), "5.00", title="Fine")
    closed_contract(freelancer, dt.date(2026, 11, 5), "1.00", title="Awful")
    page = why(client, freelancer)
    assert (
        "The shown score fell from 50% to 33% mostly because “Awful” came into the 6-month window."
        in page
    )
    assert "Fine came in Nov 2, 2026 5.00 +12.5" in page
    assert "Awful came in Nov 5, 2026 1.00 −29.17" in page


def test_of_two_that_did_the_same_way_the_larger_is_named(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 3)
    for day in (1, 2):
        closed_contract(freelancer, dt.date(2026, 10, day))
    closed_contract(freelancer, dt.date(2026, 11, 2), title="Silent")
    closed_contract(freelancer, dt.date(2026, 11, 5), "1.00", title="Awful")
    assert "mostly because “Awful” came into" in why(client, freelancer)


def test_j9_what_left_is_told_with_the_rating_that_it_had(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 3)
    logo = closed_contract(freelancer, dt.date(2026, 5, 10), "5.00", title="Logo")
    Feedback.objects.filter(contract=logo).update(
        changed_on="2026-11-03", rating_before_change=Decimal(2)
    )
    assert "Logo left Nov 10, 2026 2.00 +50" in why(client, freelancer)


def test_j9_a_changed_rating_is_told(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 3)
    logo = closed_contract(freelancer, dt.date(2026, 9, 2), "5.00", title="Logo")
    Feedback.objects.filter(contract=logo).update(
        changed_on="2026-11-03", rating_before_change=Decimal(2)
    )
    page = why(client, freelancer)
    assert "The shown score rose from 50% to 100% because the rating of “Logo” changed." in page
    assert "Logo rating changed Nov 3, 2026 2.00 → then 5.00 +50" in page
    assert "What is not known" not in page


def test_j9_an_unknown_former_rating_is_said(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 3)
    logo = closed_contract(freelancer, dt.date(2026, 9, 2), "5.00", title="Logo")
    Feedback.objects.filter(contract=logo).update(changed_on="2026-11-03")
    closed_contract(freelancer, "2026-09-03", "2.00", title="Gone", feedback_removed=True)
    closed_contract(freelancer, "2026-09-03", "2.00", title="Flagged", client_flagged=True)
    page = why(client, freelancer)
    assert "The shown score stayed at 100%." in page
    assert "Logo : its rating was changed; the day or the former rating is not noted" in page
    assert "Gone : its feedback was removed from the score; the day is not noted" in page
    assert "Flagged : its client was flagged or removed by Upwork; the day is not noted" in page


def test_j4_another_window_that_took_over_is_said(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 3)
    good(freelancer, 2, dt.date(2025, 11, 10))
    closed_contract(freelancer, dt.date(2026, 5, 1), "1.00", title="Bad")
    page = why(client, freelancer)
    assert (
        "The shown score rose from 67% to 100%: the 6-month score is the highest now, and no"
        " longer the 12-month one. The 12-month score fell by 16.67 points, mostly because" in page
    )
    assert "The 12-month score, the highest on the first day −16.67" in page
    assert "The 6-month score, the highest on the last day, lies above it by +50" in page
    assert "The shown score, in points before rounding +33.33" in page


def test_a_score_that_only_moved_before_rounding(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 190)
    for number in range(10):
        closed_contract(freelancer, "2026-09-01", "1.00", title=f"Bad {number}")
    closed_contract(freelancer, "2026-11-02", "5.00", title="Fine")
    page = why(client, freelancer)
    assert (
        "The shown score stayed at 90%; before rounding it rose by 0.05 points. That is because"
        " “Fine” came into the 6-month window." in page
    )


def test_j3_missing_feedback_that_comes_to_count(client: Client, freelancer: Freelancer) -> None:
    """Of fifteen closed contracts three may be silent, of ten two."""
    good(freelancer, 7)
    good(freelancer, 5, dt.date(2026, 5, 10))
    for number in range(3):
        closed_contract(freelancer, dt.date(2026, 8, 1 + number), title=f"Silent {number}")
    page = why(client, freelancer)
    assert (
        "Silent 2 missing feedback, no longer tolerated no feedback, tolerated → then no feedback,"
        " counts −9.9 Together −12.5" in page
    )
    # The other windows hold all fifteen still.
    assert "The shown score stayed at 100%." in page


def test_j3_missing_feedback_that_comes_in_and_counts(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 2)
    for day in (1, 2):
        closed_contract(freelancer, dt.date(2026, 10, day))
    closed_contract(freelancer, "2026-11-20", title="Silent")
    page = why(client, freelancer)
    assert "Silent came in Nov 20, 2026 no feedback, counts −33.33" in page


def test_a_day_ahead_is_a_forecast(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    said = "The second day is still to come"
    assert said in why(client, freelancer, "?from=2026-11-21&to=2026-11-22")
    assert said not in why(client, freelancer)


def test_very_many_of_which_little_is_known_are_not_all_listed(
    client: Client, freelancer: Freelancer
) -> None:
    for _ in range(14):
        closed_contract(freelancer, "2026-09-03", "2.00", client_flagged=True)
    page = why(client, freelancer)
    assert page.count("its client was flagged or removed by Upwork") == 12
    assert "not noted 2 more" in page


def test_without_a_score_it_says_so(client: Client, freelancer: Freelancer) -> None:
    ContractFactory.create(freelancer=freelancer)
    page = why(client, freelancer)
    assert "There is no score on either day" in page
    assert "Without a score on both days there is no difference to share out." in page
    good(freelancer, 1, dt.date(2026, 11, 20))
    assert "There was no score, and then one of 100%." in why(client, freelancer)
    assert "There was a score of 100%, and then none" in why(
        client, freelancer, "?from=2026-11-20&to=2028-11-20"
    )


def test_a_long_table_shows_the_largest_effects_and_the_rest_together(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 1)
    closed_contract(freelancer, "2026-09-01", "1.00")
    for number in range(45):
        closed_contract(freelancer, dt.date(2026, 11, 1 + number % 20), "5.00", title=f"N{number}")
    page = why(client, freelancer)
    assert page.count("5 other contracts +10.64") == 3
    assert "Together +95.74" in page  # 45 of 47


def test_what_passed_through_is_counted(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2, dt.date(2026, 2, 1))
    page = why(client, freelancer, "?from=2026-01-01&to=2026-11-21")
    assert page.count("2 more contracts came in and left again in between.") == 1


# ── The span ─────────────────────────────────────────────────────────────────────────────────────


def test_it_begins_at_the_last_reading(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    seen(freelancer, "2026-11-09", None)
    seen(freelancer, "2026-10-26", 100)
    page = why(client, freelancer)
    assert "Nov 9, 2026 to Nov 21, 2026" in page
    assert "Oct 26, 2026 to Nov 1, 2026" in why(client, freelancer, "?to=2026-11-01")


def test_the_presets_are_links(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    closed_contract(freelancer, dt.date(2026, 11, 5), "1.00")
    seen(freelancer, "2026-11-09", 100)
    page = client.get(f"/jss/{freelancer.public_id}/why/").content.decode()
    links = [
        'href="?from=2026-11-09&amp;to=2026-11-21" aria-current="true">Since the last reading',
        'href="?from=2026-10-22&amp;to=2026-11-21">Last 30 days',
        'href="?from=2026-11-04&amp;to=2026-11-21">Since the shown score last changed',
    ]
    assert [link for link in links if link not in page] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=never", "Enter a valid date."),
        ("?to=1066-10-14", "Choose a day from 2005-01-01 to 2100-12-31."),
        ("?from=2026-11-20&to=2026-11-10", "This day lies after the other one."),
        ("?from=9999-12-31", "Choose a day from"),
    ],
)
def test_a_day_that_makes_no_sense_is_named(
    client: Client, freelancer: Freelancer, query: str, said: str
) -> None:
    good(freelancer, 2)
    page = why(client, freelancer, query)
    assert said in page
    assert "The shown score stayed at 100%." in page


def test_what_was_typed_stays(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    path = f"/jss/{freelancer.public_id}/why/?from=2026-11-20&to=2026-11-10"
    page = client.get(path).content.decode()
    assert 'value="2026-11-20"' in page
    assert 'value="2026-11-10"' in page
    assert 'aria-invalid="true" aria-describedby="id_from-error"' in page


def test_htmx_gets_the_part_alone(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    path = f"/jss/{freelancer.public_id}/why/"
    headers = {"HX-Request": "true", "HX-Target": "why"}
    part = client.get(path, headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="why"')
    assert "<nav" in client.get(path).content.decode()


def test_its_tab_is_the_current_one(client: Client, freelancer: Freelancer) -> None:
    page = client.get(f"/jss/{freelancer.public_id}/why/").content.decode()
    assert f'href="/jss/{freelancer.public_id}/why/" aria-current="page"' in page


def test_it_asks_the_database_the_same_however_many_contracts(
    client: Client, freelancer: Freelancer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    good(freelancer, 2)
    with django_assert_max_num_queries(15) as first:
        why(client, freelancer)
    good(freelancer, 20)
    with django_assert_max_num_queries(len(first)):
        why(client, freelancer)


# ── Culprits ─────────────────────────────────────────────────────────────────────────────────────


def test_j7_without_two_scores_it_asks_for_them(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    seen(freelancer, "2026-11-09", 100)
    seen(freelancer, "2026-10-26", None)
    assert "Note two scores that you saw on Upwork" in why(client, freelancer)


def test_j7_the_contract_that_fits_the_last_reading_is_first(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 9)
    closed_contract(freelancer, "2026-11-03", "4.80", title="Polite")
    seen(freelancer, "2026-10-26", 100)
    seen(freelancer, "2026-11-09", 80)
    page = why(client, freelancer)
    assert "Oct 26, 2026 100% 100% Nov 9, 2026 80% 100%" in page
    assert "The last reading is 20 points lower than what is computed for its day." in page
    assert (
        "Points off Polite closed since the reading before Nov 3, 2026 negative in private,"
        " though rated 4.80 80% 0 Contract" in page
    )
    assert "2 more contracts would bring it nearer too." in page
    assert "this shows what would fit, not what happened" in page


def test_j7_readings_after_the_last_day_are_left_out(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 9)
    seen(freelancer, "2026-10-12", 100)
    seen(freelancer, "2026-10-26", 100)
    seen(freelancer, "2026-11-09", 80)
    page = why(client, freelancer, "?from=2026-10-20&to=2026-11-01")
    assert "there is nothing to explain" in page
    assert "80%" not in page


def test_j9_culprits_are_sought_among_the_ratings_of_that_day(
    client: Client, freelancer: Freelancer
) -> None:
    good(freelancer, 3)
    logo = closed_contract(freelancer, dt.date(2026, 9, 2), "5.00", title="Logo")
    Feedback.objects.filter(contract=logo).update(
        changed_on="2026-11-15", rating_before_change=Decimal(2)
    )
    seen(freelancer, "2026-10-26", 50)
    seen(freelancer, "2026-11-09", 50)
    page = why(client, freelancer)
    assert "Oct 26, 2026 50% 50% Nov 9, 2026 50% 50%" in page
    assert "there is nothing to explain" in page


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (100, "The last reading is 20 points higher than what is computed for its day."),
        (37, "No single contract explains it."),
    ],
)
def test_j7_what_no_contract_explains_is_said(
    client: Client, freelancer: Freelancer, score: int, said: str
) -> None:
    good(freelancer, 9)
    closed_contract(freelancer, "2026-09-02", "1.00")
    seen(freelancer, "2026-10-26", 80)
    seen(freelancer, "2026-11-09", score)
    assert said in why(client, freelancer)


# ── Others' data ─────────────────────────────────────────────────────────────────────────────────


def test_a_title_is_no_markup(client: Client, freelancer: Freelancer) -> None:
    good(freelancer, 2)
    closed_contract(freelancer, "2026-11-05", "1.00", title="100% <b>off</b> %(title)s")
    raw = client.get(f"/jss/{freelancer.public_id}/why/").content.decode()
    assert "because “100% &lt;b&gt;off&lt;/b&gt; %(title)s” came into" in raw


def test_another_practices_changes_are_not_seen(client: Client, freelancer: Freelancer) -> None:
    stranger = solo_actor("Stranger")
    assert stranger.freelancer
    closed_contract(stranger.freelancer, "2026-09-01", "5.00", title="Secret")
    assert client.get(f"/jss/{stranger.freelancer.public_id}/why/").status_code == 404
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (Fraction(0), "0"),
        (Fraction(100, 3), "+33.33"),
        (Fraction(-3, 2), "−1.5"),
        (Fraction(1, 200), "+0.01"),
        (Fraction(1, 300), "almost 0"),
        (None, ""),
    ],
)
def test_points_are_signed_and_rounded_half_up(points: Fraction | None, said: str) -> None:
    assert signed_points(points) == said
