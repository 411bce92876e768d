"""The page on readings and calibration: what is off, the fit, keeping it, and bad input."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.models import Feedback
from jss.models import FittedRules, Reading, RuleChoice
from jss.rules_in_use import rules_in_use
from tests.factories import actor_with_role, closed_contract, solo_actor
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
pytestmark = [pytest.mark.django_db]
SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def path_of(freelancer: Freelancer, rest: str = "") -> str:
    return f"/jss/{freelancer.public_id}/calibration/{rest}"


def page_of(client: Client, freelancer: Freelancer, query: str = "") -> str:
    answer = client.get(path_of(freelancer) + query)
    assert answer.status_code == 200
    return words(answer.content)


def seen(freelancer: Freelancer, on: str, score: int | None) -> Reading:
    return Reading.objects.create(
        practice=freelancer.practice, freelancer=freelancer, observed_on=on, score=score
    )


def seven_good_one_middling(freelancer: Freelancer, on: dt.date = dt.date(2026, 9, 1)) -> None:
    """100 % by the classic rules; 75 % were 4.2 stars a bad outcome."""
    for _ in range(7):
        closed_contract(freelancer, on, "5.00")
    closed_contract(freelancer, on, "4.20")


def five_readings_of_75(freelancer: Freelancer) -> None:
    for day in ("2026-09-10", "2026-09-24", "2026-10-08", "2026-10-22", "2026-11-05"):
        seen(freelancer, day, 75)


@pytest.fixture
def stricter(freelancer: Freelancer) -> Freelancer:
    """Somebody at whose profile 4.2 stars must have been a bad outcome."""
    seven_good_one_middling(freelancer)
    five_readings_of_75(freelancer)
    return freelancer


def test_first_time_it_says_what_readings_are_good_for(
    client: Client, freelancer: Freelancer
) -> None:
    page = page_of(client, freelancer)
    assert "There is none yet. Whenever you see your Job Success Score change on Upwork" in page
    assert "How far each rule set is off" not in page
    assert page_of(client, freelancer, "?fit=1&base=classic").count("Too few readings") == 1


def test_each_reading_stands_beside_every_rule_set(client: Client, stricter: Freelancer) -> None:
    seen(stricter, "2026-11-19", 100)
    seen(stricter, "2026-11-20", None)
    page = page_of(client, stricter)
    assert "Seen on Reading Classic Trending Weighted, 2024" in page
    assert "Nov 20, 2026 – – – – Remove" in page
    assert "Nov 19, 2026 100% 100% agrees" in page
    assert "Nov 5, 2026 75% 100% +25 100% +25 100% +25 Remove" in page


def test_the_rule_sets_stand_in_order_with_how_far_off_they_are(
    client: Client, stricter: Freelancer
) -> None:
    seen(stricter, "2026-11-19", 99)
    table = page_of(client, stricter).split("No score computed ", 1)[1]
    # sqrt((5 * 25**2 + 1) / 6); by the refined rules the same, as nothing is negative.
    assert table.startswith("Classic in use nearest 22.8 +25 0 of 6 –")


def test_the_misses_are_those_of_the_day(client: Client, freelancer: Freelancer) -> None:
    """J9: a rating that was another then counts as it was."""
    seven_good_one_middling(freelancer)
    changed = closed_contract(freelancer, "2026-09-02", "5.00")
    Feedback.objects.filter(contract=changed).update(
        changed_on="2026-10-15", rating_before_change=Decimal(1)
    )
    seen(freelancer, "2026-10-14", 78)
    seen(freelancer, "2026-10-16", 100)
    assert "Classic in use nearest 0.0 0 2 of 2" in page_of(client, freelancer)


def test_readings_before_the_first_contract_are_named_and_kept(
    client: Client, freelancer: Freelancer
) -> None:
    seven_good_one_middling(freelancer)
    seen(freelancer, "2026-08-01", 90)
    seen(freelancer, "2026-07-18", 91)
    page = page_of(client, freelancer)
    assert "Nothing counted yet on the days of 2 readings" in page
    assert "left out of what is compared: Jul 18, 2026 ; Aug 1, 2026" in page
    assert "Aug 1, 2026 90% no score no score no score" in page


def test_the_fit_says_what_it_changed_how_good_it_is_and_how_sure(
    client: Client, stricter: Freelancer
) -> None:
    page = page_of(client, stricter, "?fit=1&base=classic")
    assert "Usually off 25.0 → 0.0 points" in page
    assert "Readings that agree 0 → 5 of 5" in page
    assert "Lowest positive rating 4.00 4.25 4.21 to 5.00" in page
    assert "Strength of weights none unchanged" in page
    assert "Made from 5 readings of 1 freelancer." in page
    assert "Keep it as our own rule set" in page


def test_few_readings_are_said_to_be_few(client: Client, stricter: Freelancer) -> None:
    Reading.objects.filter(observed_on__gt="2026-10-10").delete()
    page = page_of(client, stricter, "?fit=1&base=classic")
    assert "It fits, but that may be chance" in page
    assert "3 readings can't settle 4 free conventions" in page
    Reading.objects.filter(observed_on__gt="2026-09-30").delete()
    page = page_of(client, stricter, "?fit=1&base=classic")
    assert "A fit takes at least 3 readings of days with a computed score; there are 2." in page
    assert "Keep it as our own rule set" not in page


def test_what_agrees_is_best_left_as_it_is(client: Client, freelancer: Freelancer) -> None:
    seven_good_one_middling(freelancer)
    for day in ("2026-09-10", "2026-09-24", "2026-10-08"):
        seen(freelancer, day, 100)
    page = page_of(client, freelancer, "?fit=1&base=trending")
    assert "“Trending” is best left as it is" in page
    assert "It is usually 0.0 points off 3 readings" in page


def test_a_fit_may_start_from_the_share_reading(client: Client, stricter: Freelancer) -> None:
    page = page_of(client, stricter, "?fit=1&base=classic%2Bshare")
    assert "Usually off 25.0 → 13.0 points" in page  # 7 of 8
    assert "Even the best fit stays well off." in page
    client.post(path_of(stricter, "keep/"), {"base": "classic+share"})
    assert (FittedRules.objects.get().base, FittedRules.objects.get().reading) == (
        "classic",
        "share",
    )


def test_an_unknown_base_is_said_beside_its_field(client: Client, stricter: Freelancer) -> None:
    page = page_of(client, stricter, "?fit=1&base=mine")
    assert "Choose one of these rule sets." in page
    assert "Usually off 25" not in page
    answer = client.post(path_of(stricter, "keep/"), {"base": "mine"})
    assert answer.status_code == 422
    assert "Choose one of these rule sets." in words(answer.content)


def test_a_kept_fit_is_worked_out_anew_and_becomes_the_practices_own(
    client: Client, actor: Actor, stricter: Freelancer
) -> None:
    answer = client.post(path_of(stricter, "keep/"), {"base": "classic", "positive_from": "3"})
    assert answer["Location"] == path_of(stricter)
    kept = FittedRules.objects.get()
    assert (kept.base, kept.positive_from, kept.readings) == ("classic", Decimal("4.25"), 5)
    assert (kept.off_before, kept.off_after) == (Decimal("25.00"), Decimal("0.00"))
    assert (kept.tolerated_at_least, kept.tolerated_per_cent, kept.fitted_on) == (2, 20, TODAY)
    own = rules_in_use(actor).named("own")
    assert own
    assert own.positive_from == Decimal("4.25")
    event = AuditEvent.objects.get(verb="fit.kept")
    assert event.after["positive_from"] == "4.25"
    page = page_of(client, stricter)
    assert "Fitted on Nov 21, 2026 to 5 readings, from “Classic”" in page
    assert "usually 0.0 points off instead of 25.0." in page
    assert "Fitted to your readings nearest 0.0 0 5 of 5" in page
    assert (
        f'href="/jss/{stricter.public_id}/?rules=own"'
        in client.get(path_of(stricter)).content.decode()
    )


def test_keeping_again_replaces_it_and_says_so_in_the_trail(
    client: Client, stricter: Freelancer
) -> None:
    for base in ("classic", "trending"):
        client.post(path_of(stricter, "keep/"), {"base": base})
    assert FittedRules.objects.get().base == "trending"
    assert AuditEvent.objects.filter(verb="fit.kept").latest("pk").before["base"] == "classic"


def test_where_there_is_no_better_fit_nothing_is_kept(
    client: Client, freelancer: Freelancer
) -> None:
    seven_good_one_middling(freelancer)
    answer = client.post(path_of(freelancer, "keep/"), {"base": "classic"}, follow=True)
    assert "Nothing was kept: by the readings that are here now" in words(answer.content)
    assert not FittedRules.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "left"), [("own+refined", []), ("own", []), ("trending", ["trending"])]
)
def test_a_forgotten_fit_is_no_longer_chosen(
    client: Client, actor: Actor, stricter: Freelancer, chosen: str, left: list[str]
) -> None:
    client.post(path_of(stricter, "keep/"), {"base": "classic"})
    RuleChoice.objects.create(practice=actor.practice, rule_set=chosen)
    client.post(path_of(stricter, "forget/"))
    assert not FittedRules.objects.exists()
    assert [each.rule_set for each in RuleChoice.objects.all()] == left
    assert AuditEvent.objects.filter(verb="fit.forgotten").count() == 1


def test_a_fit_is_made_from_everybody_that_one_sees(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    member = actor_with_role("member", practice=owner.practice)
    for actor in (owner, member):
        assert actor.freelancer
        seven_good_one_middling(actor.freelancer)
        five_readings_of_75(actor.freelancer)
    stranger = solo_actor("Stranger").freelancer
    assert stranger
    five_readings_of_75(stranger)
    assert owner.freelancer
    assert member.freelancer
    page = page_of(sign_in(owner), owner.freelancer, "?fit=1&base=classic")
    assert "Made from 10 readings of 2 freelancers." in page
    own = page_of(sign_in(member), member.freelancer, "?fit=1&base=classic")
    assert "Made from 5 readings of 1 freelancer." in own
    assert "An owner or a manager can keep it" in own
    assert "Keep it as our own rule set" not in own


def test_several_readings_are_pasted_at_once(client: Client, freelancer: Freelancer) -> None:
    lines = "2026-10-01\t93\r\n\r\n95%; 15 Oct 2026"
    url = f"/jss/{freelancer.public_id}/readings/paste/"
    answer = client.post(url, {"lines": lines}, follow=True)
    assert "2 readings noted." in words(answer.content)
    noted = Reading.objects.order_by("observed_on").values_list("observed_on", "score")
    assert list(noted) == [(dt.date(2026, 10, 1), 93), (dt.date(2026, 10, 15), 95)]
    assert AuditEvent.objects.filter(verb="reading.recorded").count() == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2026-10-01 93\n2026-10-15 930", "Line 2, “2026-10-15 930”: a score is a whole per cent"),
        ("2026-10-01 93\nsoon 90", "Line 2, “soon 90”: "),
        ("2026-10-01 93\n<b> 90", "Line 2, “&lt;b&gt; 90”: "),
        ("2026-10-01 93\n%(line)s 90", "Line 2, “%(line)s 90”: "),
        ("2026-12-01 93", "Line 1, “2026-12-01 93”: that day is still to come."),
        ("\n  \n;", "Enter at least one reading."),
        ("", "This field is required."),
        ("2026-10-01 93\n" * 300, "That is more than 200 lines. Paste them in parts."),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_lost(
    client: Client, freelancer: Freelancer, lines: str, said: str
) -> None:
    answer = client.post(f"/jss/{freelancer.public_id}/readings/paste/", {"lines": lines})
    assert answer.status_code == 422
    assert said in words(answer.content)
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)
    assert field
    typed = field[1].replace("&lt;", "<").replace("&gt;", ">")
    assert typed.removeprefix("\n") == lines
    assert not Reading.objects.exists()


def test_a_single_reading_comes_back_to_this_page(client: Client, freelancer: Freelancer) -> None:
    url = f"/jss/{freelancer.public_id}/readings/"
    typed = {"observed_on": "2026-11-20", "score": "93", "back": "readings"}
    assert client.post(url, typed)["Location"] == path_of(freelancer)
    typed["back"] = "https://evil.example/"
    assert client.post(url, typed)["Location"] == f"/jss/{freelancer.public_id}/"


def test_a_bad_single_reading_is_said_on_this_page(client: Client, freelancer: Freelancer) -> None:
    typed = {"observed_on": "2026-12-24", "score": "930", "back": "readings"}
    answer = client.post(f"/jss/{freelancer.public_id}/readings/", typed)
    assert answer.status_code == 422
    page = words(answer.content)
    assert "Readings and calibration" in page
    assert "That day is still to come. Enter the day you saw the update." in page
    assert 'value="930"' in answer.content.decode()
    assert 'value="2026-12-24"' in answer.content.decode()


@pytest.mark.parametrize("score", [93, None])
def test_a_removed_reading_can_be_put_back(
    client: Client, freelancer: Freelancer, score: int | None
) -> None:
    reading = seen(freelancer, "2026-10-01", score)
    answer = client.post(
        f"/jss/readings/{reading.public_id}/remove/", {"back": "readings"}, follow=True
    )
    assert not Reading.objects.exists()
    html = answer.content.decode()
    assert "The reading of Oct 1, 2026 is gone. Put it back" in words(answer.content)
    form = html.split("is gone.")[0]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    client.post(f"/jss/{freelancer.public_id}/readings/", found)
    back = Reading.objects.get()
    assert (back.observed_on, back.score) == (dt.date(2026, 10, 1), score)
    assert "is gone" not in page_of(client, freelancer, "?removed=2026-10-01+93")


@pytest.mark.parametrize("query", ["?removed=never", "?removed=2026-10-01+x", "?page=x", "?page=9"])
def test_nonsense_in_the_address_is_passed_over(
    client: Client, stricter: Freelancer, query: str
) -> None:
    page = page_of(client, stricter, query)
    assert "is gone" not in page
    assert "Nov 5, 2026 75%" in page


def test_many_readings_have_pages(client: Client, freelancer: Freelancer) -> None:
    for week in range(30):
        seen(freelancer, (TODAY - dt.timedelta(weeks=week)).isoformat(), 90)
    assert "1 to 26 of 30" in page_of(client, freelancer)
    headers = {"HX-Request": "true", "HX-Target": "readings"}
    part = client.get(path_of(freelancer) + "?page=2", headers=headers).content
    assert "27 to 30 of 30" in words(part)
    assert b"<html" not in part
    assert b'id="fit"' not in part


def test_beside_a_form_with_errors_every_link_leads_to_the_page_itself(
    client: Client, freelancer: Freelancer
) -> None:
    for week in range(30):
        seen(freelancer, (TODAY - dt.timedelta(weeks=week)).isoformat(), 90)

    url = f"/jss/{freelancer.public_id}/readings/paste/?rules=trending"
    html = client.post(url, {"lines": "nonsense"}).content.decode()

    assert 'href="?' not in html
    (after,) = re.findall(r'rel="next" href="([^"#]+)#readings"', html)
    assert after.replace("&amp;", "&") == path_of(freelancer) + "?rules=trending&page=2"
    assert "27 to 30 of 30" in words(client.get(after.replace("&amp;", "&")).content)


def test_the_fit_comes_as_a_fragment(client: Client, stricter: Freelancer) -> None:
    headers = {"HX-Request": "true", "HX-Target": "fit"}
    part = client.get(path_of(stricter) + "?fit=1&base=classic", headers=headers).content
    assert "Usually off 25.0 → 0.0 points" in words(part)
    assert b"<html" not in part
    assert b"readings-title" not in part


def test_a_viewer_sees_everything_and_changes_nothing(sign_in: SignIn) -> None:
    owner = solo_actor()
    viewer = actor_with_role("viewer", practice=owner.practice)
    assert owner.freelancer
    seven_good_one_middling(owner.freelancer)
    five_readings_of_75(owner.freelancer)
    client = sign_in(viewer)
    page = page_of(client, owner.freelancer, "?fit=1&base=classic")
    assert "Usually off 25.0 → 0.0 points" in page
    for word in ("Keep it as our own", "Remove", "Note it", "Note them all"):
        assert word not in page
    for rest in ("keep/", "forget/"):
        assert client.post(path_of(owner.freelancer, rest)).status_code == 403


def test_of_somebody_else_there_is_no_such_page(client: Client, freelancer: Freelancer) -> None:
    other = solo_actor("Other").freelancer
    assert other
    assert client.get(path_of(other)).status_code == 404
    for rest in ("calibration/keep/", "calibration/forget/", "readings/paste/"):
        assert client.post(f"/jss/{other.public_id}/{rest}", {"base": "classic"}).status_code == 404


def test_its_queries_do_not_grow_with_readings_and_contracts(
    client: Client, stricter: Freelancer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20) as first:
        client.get(path_of(stricter) + "?fit=1&base=classic")
    for day in range(1, 20):
        closed_contract(stricter, dt.date(2026, 8, day), "5.00")
        seen(stricter, f"2026-08-{day:02}", 80)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(path_of(stricter) + "?fit=1&base=classic")


def test_the_readings_are_points_over_the_computed_line(
    client: Client, stricter: Freelancer
) -> None:
    seen(stricter, "2026-11-18", 91)
    html = client.get(path_of(stricter)).content.decode()
    wide = next(part for part in html.split("<svg") if "chart-seen" in part).split("</svg>")[0]
    assert wide.count('<circle class="chart-seen"') == 6
    assert "Nov 18, 2026" in wide
    assert "91%" in wide
    assert "chart-line-shown" in wide


def test_one_reading_makes_no_chart(client: Client, freelancer: Freelancer) -> None:
    seen(freelancer, "2026-11-18", 91)
    assert "chart-seen" not in client.get(path_of(freelancer)).content.decode()
