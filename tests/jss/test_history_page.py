"""The page of kept scores: when the shown one changed, what was recomputed, and the export."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from contracts.contract_services import contract_delete
from contracts.models import Contract, Feedback
from contracts.services import rating_set
from freelance_ops.demo.build import sample_practice_create, sample_practice_remove
from jss.engine import CLASSIC
from jss.history_export import history_write
from jss.history_notes import what_became
from jss.history_page import HistoryPage
from jss.keeping import scores_keep
from jss.models import KeptScore, Reading, Recomputation, ScoreKeeping
from tests.factories import FreelancerFactory, actor_with_role, closed_contract, solo_actor

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def words(html: bytes) -> str:
    """The text of a page, white space folded."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", html.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def seven_good_one_bad(actor: Actor) -> Contract:
    assert actor.freelancer
    for day in range(1, 8):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00")
    return closed_contract(actor.freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one")


def keep(actor: Actor, days: int = 1) -> None:
    scores_keep(practice=actor.practice, now=NOW + days * DAY)


def path(actor: Actor) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/history/"


def test_without_contracts_it_teaches(client: Client, actor: Actor) -> None:
    page = words(client.get(path(actor)).content)
    assert "See where your score stands" in page
    assert "Show me with sample data" in page


def test_before_the_first_night_it_says_what_will_stand_here(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    page = words(client.get(path(actor)).content)
    assert "The first night is still to come" in page
    assert "rule set “Classic”" in page


def test_each_change_of_the_shown_score_is_a_row(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    keep(actor)
    page = words(client.get(path(actor)).content)
    assert "Oct 9, 2026 still so 100% → 75% down 75% 75% 75% Nov 22, 2026" in page
    assert "Oct 1, 2026 Oct 8, 2026 – → 100% 100% 100% 100% Nov 22, 2026" in page
    assert "2 changes" in page
    assert "Kept from Nov 21, 2024 to Nov 21, 2026 ." in page
    assert "Keeping began on Nov 22, 2026" in page
    assert "Nothing yet. When you enter or correct an older contract" in page


def test_a_change_of_a_window_alone_is_no_row(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2025-12-01", "5.00")
    seven_good_one_bad(actor)
    keep(actor)
    windows_only = KeptScore.objects.get(day="2026-06-01")  # the old one leaves the 6 months
    assert windows_only.score == 100
    page = words(client.get(path(actor)).content)
    assert "Jun 1, 2026" not in page
    assert "Dec 1, 2025 Oct 8, 2026" in page


def test_the_first_day_kept_is_no_change(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2024-10-01", "5.00")
    keep(actor)
    page = words(client.get(path(actor)).content)
    assert "Nov 21, 2024 Sep 30, 2026 100% first day kept" in page
    assert "Oct 1, 2026 still so 100% → – –" in page


def test_a_recomputation_names_its_days_scores_and_contract(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    Feedback.objects.filter(contract=bad).delete()
    keep(actor)
    rating_set(actor=actor, contract=bad, rating=Decimal("2.00"))
    keep(actor, 2)

    answer = client.get(path(actor))

    page = words(answer.content)
    assert "Recomputed on Nov 23, 2026 · days from Oct 9, 2026 to Nov 21, 2026" in page
    assert "100% → 75% down on 44 days" in page
    assert "The bad one rating: no feedback → 2.00" in page
    assert f'href="/contracts/{bad.public_id}/"' in answer.content.decode()
    assert "Oct 9, 2026 – Nov 21, 2026 Shown 100% → 75%" in page  # what it was stays readable
    assert "100% → 75% down 75% 75% 75% recomputed Nov 23, 2026" in page


def test_a_contract_that_is_gone_is_named_and_no_link(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    keep(actor)
    contract_delete(actor=actor, contract=bad)
    keep(actor, 2)
    answer = client.get(path(actor))
    assert "The bad one was deleted, moved or opened again" in words(answer.content)
    assert f"/contracts/{bad.public_id}/" not in answer.content.decode()


def test_where_only_a_window_changed_it_says_that_the_shown_score_stayed(
    client: Client, actor: Actor
) -> None:
    assert actor.freelancer
    for month in range(26):  # so the 6 months always hold good ones only
        day = dt.date(2024 + (8 + month) // 12, (8 + month) % 12 + 1, 10)
        closed_contract(actor.freelancer, day, "5.00")
    keep(actor)
    closed_contract(actor.freelancer, "2024-04-01", "1.00", title="An old one")
    keep(actor, 2)
    page = words(client.get(path(actor)).content)
    assert re.search(r"12-month score: 100% → \d+% down on \d+ days", page)
    assert "The score shown stayed as it was." in page
    assert "An old one is new here, or closed now" in page


def test_many_contracts_and_turns_are_folded_up(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for month in range(1, 10):
        closed_contract(actor.freelancer, f"2026-0{month}-15", "5.00")
    keep(actor)
    for number in range(8):
        closed_contract(
            actor.freelancer, f"2026-0{1 + number}-20", "1.00", title=f"Number {number}"
        )
    keep(actor, 2)
    page = words(client.get(path(actor)).content)
    assert "and 3 other contracts Number 5" in page
    assert re.search(r"and \d+ other steps?, below", page)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (("rating", "2.00", None), "rating: 2.00 → no feedback"),
        (("closed_on", "2026-04-01", "2026-04-09"), "closed: Apr 1, 2026 → Apr 9, 2026"),
        (("client_flagged", False, True), "client flagged by Upwork"),
        (("client_flagged", True, False), "client not flagged any more"),
        (("feedback_removed", False, True), "feedback removed from the score"),
        (("feedback_removed", True, False), "feedback counts again"),
        (
            ("rating_changed_on", None, "2026-05-01"),
            "day on which its rating changed: – → May 1, 2026",
        ),
        (("rating_before", "2.00", None), "rating before its change: 2.00 → –"),
        (("a_new_field", False, True), "a new field: no → yes"),
    ],
)
def test_each_field_has_its_words(field: tuple[str, Any, Any], sentence: str) -> None:
    assert what_became({"what": "changed", "fields": [field]}) == sentence


def test_readings_are_points_of_the_chart(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    seven_good_one_bad(actor)
    keep(actor)
    for day, score in (("2026-11-12", 74), ("2026-11-13", None), ("2020-01-01", 10)):
        Reading.objects.create(
            practice=actor.practice, freelancer=actor.freelancer, observed_on=day, score=score
        )
    html = client.get(path(actor)).content.decode()
    assert html.count("Nov 12, 2026: 74% seen on Upwork") == 2  # wide and phone
    assert html.count("seen on Upwork</title>") == 2
    assert "Seen on Upwork" in html


def test_the_chart_begins_with_the_first_score(actor: Actor) -> None:
    seven_good_one_bad(actor)
    keep(actor)
    page = page_of(actor)
    assert page.charts[0].first_day == dt.date(2026, 10, 1)
    assert page.charts[0].last_day == dt.date(2026, 11, 21)


def page_of(actor: Actor) -> HistoryPage:
    assert actor.freelancer
    return HistoryPage(
        freelancer=actor.freelancer,
        rules=CLASSIC,
        keeping=ScoreKeeping.objects.get(freelancer=actor.freelancer),
        rows=list(KeptScore.objects.filter(freelancer=actor.freelancer).order_by("day")),
        notes=Recomputation.objects.for_actor(actor),
        readings=[],
        contracts=Contract.objects.for_actor(actor),
    )


def forty_changes(actor: Actor) -> None:
    assert actor.freelancer
    for number in range(40):
        rating = "1.00" if number % 3 == 2 else "5.00"
        closed_contract(actor.freelancer, dt.date(2026, 11, 20) - (40 - number) * 10 * DAY, rating)
    keep(actor)


def test_its_tables_have_pages_and_each_is_a_fragment(client: Client, actor: Actor) -> None:
    forty_changes(actor)
    whole = client.get(path(actor) + "?changes=2")
    assert "26 to" in words(whole.content)
    part = client.get(
        path(actor) + "?changes=2", headers={"HX-Request": "true", "HX-Target": "changes"}
    )
    assert "26 to" in words(part.content)
    assert b"<html" not in part.content
    other = client.get(path(actor), headers={"HX-Request": "true", "HX-Target": "recomputations"})
    assert b"What was recomputed" in other.content
    assert b"<html" not in other.content


def test_a_pager_keeps_the_other_one_s_page(client: Client, actor: Actor) -> None:
    forty_changes(actor)
    html = client.get(path(actor) + "?notes=1").content.decode()
    assert "?notes=1&amp;changes=2#changes" in html


def test_its_queries_do_not_grow(
    client: Client, actor: Actor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    forty_changes(actor)
    client.get(path(actor))
    for number in range(4):
        Feedback.objects.filter(contract=Contract.objects.order_by("pk")[number]).delete()
        keep(actor, 2 + number)
    assert Recomputation.objects.count() == 4
    with django_assert_max_num_queries(14):
        client.get(path(actor))


def exported(client: Client, actor: Actor) -> list[list[str]]:
    answer = client.get(path(actor).rstrip("/") + ".csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="job-success-history-2026-11-21.csv"' in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_the_csv_has_every_stretch_of_days(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    keep(actor)
    header, *rows = exported(client, actor)
    assert header == [
        *("from", "until", "rule_set", "score_shown"),
        *("score_6_months", "score_12_months", "score_24_months"),
        *("computed_at", "recomputed_at"),
    ]
    at = "2026-11-22T12:00:00+00:00"
    assert rows == [
        ["2024-11-21", "2026-09-30", "classic", "", "", "", "", at, ""],
        ["2026-10-01", "2026-10-08", "classic", "100", "100", "100", "100", at, ""],
        ["2026-10-09", "2026-11-21", "classic", "75", "75", "75", "75", at, ""],
    ]


def test_with_nothing_kept_the_csv_is_its_header(client: Client, actor: Actor) -> None:
    assert len(exported(client, actor)) == 1


def test_the_name_of_a_rule_set_is_never_a_formula(actor: Actor) -> None:
    seven_good_one_bad(actor)
    keep(actor)
    KeptScore.objects.update(rules="=1+1")
    file = io.StringIO()
    history_write(
        list(KeptScore.objects.order_by("day")), ScoreKeeping.objects.get(), CLASSIC, file
    )
    assert "\r\n2026-10-01,2026-10-08,'=1+1,100" in file.getvalue()


@pytest.mark.parametrize("end", ["history/", "history.csv"])
def test_who_may_see_it(sign_in: Callable[[Actor], Client], end: str) -> None:
    owner = actor_with_role("owner")
    member = actor_with_role("member", practice=owner.practice)
    assert member.freelancer
    seven_good_one_bad(member)
    keep(member)
    url = f"/jss/{member.freelancer.public_id}/{end}"

    for reader in (owner, member, actor_with_role("viewer", practice=owner.practice)):
        assert sign_in(reader).get(url).status_code == 200
        assert sign_in(reader).post(url).status_code == 405
    for other in (actor_with_role("member", practice=owner.practice), solo_actor()):
        assert sign_in(other).get(url).status_code == 404


def test_another_freelancer_s_rows_are_not_mixed_in(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    colleague = FreelancerFactory.create(practice=actor.practice)
    closed_contract(colleague, "2026-09-01", "1.00")
    keep(actor)
    page = words(client.get(path(actor)).content)
    assert "Sep 1, 2026" not in page
    assert "2 changes" in page


def test_the_tab_leads_here(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    seven_good_one_bad(actor)
    page = client.get(f"/jss/{actor.freelancer.public_id}/").content.decode()
    assert f'href="{path(actor)}"' in page


def test_the_sample_has_a_past_and_one_recomputation() -> None:
    user = solo_actor().user
    practice = sample_practice_create(user=user, today=timezone.localdate())
    assert Feedback.objects.filter(practice=practice, public_rating__lt=4).count() == 2
    assert ScoreKeeping.objects.get(practice=practice).kept_until >= timezone.localdate() - DAY
    note = Recomputation.objects.get(practice=practice)
    assert [contract["what"] for contract in note.contracts] == ["changed"]

    sample_practice_remove(user=user)
    assert not KeptScore.objects.exists()
