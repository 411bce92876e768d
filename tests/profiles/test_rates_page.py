"""The page of the rates (R1–R4): figures in the address, arithmetic shown, the target rate kept."""

import ast
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.actors import Actor
from accounts.formats import reader_locale
from accounts.models import AuditEvent
from profiles import rates
from profiles.conversion import Verdict, Week, rate_of
from profiles.models import Profile, WeeklyFigures
from profiles.rate_services import target_rate_save
from profiles.rate_words import (
    BAD_FIGURE_WORDS,
    STEP_WORDS,
    VERDICT_WORDS,
    share_words,
    step_words,
)
from profiles.rates_form import RatesForm
from profiles.rates_history import rate_rows
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor
from tests.profiles.samples import DAY, a_profile, a_version

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def actor() -> Actor:
    return solo_actor("Ada")


@pytest.fixture
def profile(actor: Actor) -> Profile:
    return a_profile(actor, title="Editor", rate=Decimal(50))


@pytest.fixture
def signed_in(actor: Actor, client: Client) -> Client:
    client.force_login(actor.user)
    return client


def url_of(actor: Actor, route: str = "rates") -> str:
    assert actor.freelancer
    return reverse(f"profiles:{route}", args=[actor.freelancer.public_id])


def answers(client: Client, actor: Actor, **figures: str) -> dict[str, str]:
    """The words of each calculator's answer, as a script gets them."""
    text = client.get(url_of(actor), figures, headers=HTMX).content.decode()
    parts = re.findall(r'<div id="answer-(\w+)"[^>]*>(.*?)</div>', text, re.DOTALL)
    return {name: " ".join(strip_tags(part).split()) for name, part in parts}


# ── Calculators ──────────────────────────────────────────────────────────────────────────────────


def test_r1_until_ten_ratings_of_the_log_the_rate_is_10_to_20_percent_below_the_target(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    assert actor.freelancer
    for number in range(4):
        closed_contract(actor.freelancer, dt.date(2026, 1, 31), "5.00", title=f"Cut {number}")
    said = answers(signed_in, actor, target="100")["starting"]
    assert said.startswith("Ask $80.00 to $90.00 an hour for now")
    assert "$100.00 − 20% = $80.00 an hour" in said
    assert "Public ratings: 4 of 10, so 6 to go" in said
    assert answers(signed_in, actor, target="100", ratings="10")["starting"].startswith(
        "Ask your target: $100.00"
    )


def test_r1_the_target_is_the_saved_one_and_else_the_drafts_rate(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    assert "$50.00 − 20%" in answers(signed_in, actor)["starting"]
    target_rate_save(actor=actor, profile=profile, target=Decimal(90))
    assert "$90.00 − 20%" in answers(signed_in, actor)["starting"]


def test_r2_ten_dollars_more_when_the_plate_is_full(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    full = answers(signed_in, actor, booked_hours="40 h")["raise"]
    assert full.startswith("Bid $60.00 an hour for later work")
    assert "$50.00 + $10.00 = $60.00" in full
    assert answers(signed_in, actor, is_full="on")["raise"].startswith("Bid $60.00")
    free = answers(signed_in, actor, booked_hours="25.5")["raise"]
    assert "40 hours − 25.5 booked = 14.5 hours a week free" in free


def test_r2_with_open_contracts_the_booked_hours_are_asked_and_without_there_are_none(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    assert "Stay at $50.00" in answers(signed_in, actor)["raise"]
    ContractFactory.create(freelancer=actor.freelancer)
    assert "how many hours a week are booked" in answers(signed_in, actor)["raise"]
    page = signed_in.get(url_of(actor)).content.decode()
    assert "Your contract log has 1 open contract." in page


def test_r3_an_employee_costs_more_than_the_wage(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    said = answers(signed_in, actor)["employer"]
    assert "A month with you: $8,000.00. A year of an employee: $84,000.00" in said
    assert "$25.00 wage × 1.68 = $42.00" in said


def test_r4_a_price_is_a_share_of_the_value(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    said = answers(signed_in, actor, value="$10,000", share="12,5%", hours="25")["value"]
    assert "$10,000.00 × 12.5% = $1,250.00" in said
    assert "$1,250.00 / 25 hours = $50.00 an hour" in said


def test_r4_the_own_rate_stands_beside_the_middle_of_the_peers(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    said = answers(signed_in, actor, peers="$60/hr, 75; 40")["peers"]
    assert said.startswith("You are $10.00 an hour below the middle")
    assert "$60.00 × 3 = $180.00" in said


def test_money_is_written_in_the_readers_format() -> None:
    steps = rates.value_price(Decimal(10_000), Decimal("0.1")).steps
    with reader_locale("de-DE"):
        assert step_words(steps[0]).replace("\xa0", " ") == "10.000,00 $ × 10% = 1.000,00 $"


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_works_without_a_script_and_holds_every_figure_of_its_address(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    page = signed_in.get(url_of(actor), {"value": "500", "is_full": "on"}).content.decode()
    assert 'name="value" value="500"' in page
    assert "Ask $50.00" in page
    assert "checked" in page[page.index('name="is_full"') :][:200]
    assert "Rule R1" in page
    assert "Rule R4" in page


def test_a_script_gets_the_answers_and_the_address_of_what_is_tried(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    figures = {"rate": "50.00", "value": "500", "nonsense": "x"}
    answer = signed_in.get(url_of(actor), figures, headers=HTMX)
    assert "<html" not in answer.content.decode()
    assert answer["HX-Replace-Url"] == f"{url_of(actor)}?value=500"
    wrong = signed_in.get(url_of(actor), {"rate": "-5"}, headers=HTMX)
    assert "HX-Replace-Url" not in wrong


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("rate", "-5", "from $3 to $999.99"),
        ("rate", "10000", "from $3 to $999.99"),
        ("target", "much", "number of dollars"),
        ("ratings", "-1", "less than 0"),
        ("ratings", "2.5", "whole number"),
        ("booked_hours", "-1", "less than 0"),
        ("capacity", "0", "more than 0"),
        ("wage", "NaN", "Write a number"),
        ("wage", "9" * 12, "a digit too many"),
        ("wage", "9" * 3_000, "2000 characters"),
        ("value", "0", "more than 0"),
        ("share", "120", "at most 100"),
        ("hours", "0", "more than 0"),
        ("peers", "60 much", "“much”: Write the rate"),
        ("peers", "60 " * 51, "Up to 50 rates"),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field_and_stays_there(
    signed_in: Client, actor: Actor, profile: Profile, field: str, typed: str, words: str
) -> None:
    full = {"booked_hours": "10", "value": "100", "hours": "5"}
    answer = signed_in.get(url_of(actor), full | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 200, "an address that somebody shares opens"
    assert words in page[page.index(f'id="id_{field}_error"') :][:700]
    assert f'name="{field}" value="{typed}"' in page
    assert "Look at the figure that is marked." in page


def test_without_a_profile_one_is_sent_to_begin_it(signed_in: Client, actor: Actor) -> None:
    answer = signed_in.get(url_of(actor), follow=True)
    assert answer.redirect_chain == [(reverse("profiles:index"), 302)]
    assert "Write the general profile first" in answer.content.decode()
    answer = signed_in.post(url_of(actor, "target_rate"), {"target_rate": "85"})
    assert answer["Location"] == reverse("profiles:index")


def test_another_practice_gets_404(client: Client, actor: Actor, profile: Profile) -> None:
    client.force_login(solo_actor().user)
    assert client.get(url_of(actor)).status_code == 404
    assert client.post(url_of(actor, "target_rate"), {"target_rate": "85"}).status_code == 404


def test_its_queries_do_not_grow_with_versions_weeks_and_contracts(
    signed_in: Client, actor: Actor, profile: Profile, django_assert_max_num_queries: object
) -> None:
    assert actor.freelancer
    a_version(actor, profile)
    a_profile(actor, title="Another", rate=Decimal(70))
    for number in range(20):
        closed_contract(actor.freelancer, dt.date(2026, 1, 31), "5.00", title=f"Cut {number}")
        a_week(profile, number)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        signed_in.get(url_of(actor), headers=HTMX)  # at every pause in the typing
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        signed_in.get(url_of(actor))


# ── The target rate ──────────────────────────────────────────────────────────────────────────────


def test_the_target_rate_is_saved_audited_and_the_other_figures_go_on(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    page = signed_in.get(url_of(actor), {"target": "85"}).content.decode()
    assert "Save $85.00 as the target" in page
    sent = {"target_rate": "$85.00/hr", "state": "target=85&value=500&evil=1"}
    answer = signed_in.post(url_of(actor, "target_rate"), sent)
    assert answer["Location"] == f"{url_of(actor)}?value=500"
    profile.refresh_from_db()
    assert profile.target_rate == Decimal(85)
    event = AuditEvent.objects.get(verb="profile.target_rate_changed")
    assert (event.before, event.after) == ({"target_rate": None}, {"target_rate": "85.00"})
    page = signed_in.get(url_of(actor)).content.decode()
    assert "Your target rate is saved: $85.00 an hour." in page
    assert "Saved: $85.00 an hour" in page


def test_saving_the_same_target_again_changes_nothing(actor: Actor, profile: Profile) -> None:
    assert target_rate_save(actor=actor, profile=profile, target=Decimal(85))
    assert not target_rate_save(actor=actor, profile=profile, target=Decimal("85.00"))
    assert AuditEvent.objects.filter(verb="profile.target_rate_changed").count() == 1


def test_no_target_takes_it_away(signed_in: Client, actor: Actor, profile: Profile) -> None:
    target_rate_save(actor=actor, profile=profile, target=Decimal(85))
    signed_in.post(url_of(actor, "target_rate"), {"target_rate": ""})
    profile.refresh_from_db()
    assert profile.target_rate is None


@pytest.mark.parametrize("typed", ["2.99", "1000", "much", "-5"])
def test_a_target_that_upwork_does_not_take_is_refused_beside_its_field(
    signed_in: Client, actor: Actor, profile: Profile, typed: str
) -> None:
    sent = {"target_rate": typed, "state": "value=500"}
    answer = signed_in.post(url_of(actor, "target_rate"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="target" value="{typed}"' in page
    assert 'class="error"' in page[page.index('id="id_target_error"') :][:200]
    assert 'name="value" value="500"' in page
    profile.refresh_from_db()
    assert profile.target_rate is None


@pytest.mark.parametrize("target", ["2.99", "1000"])
def test_the_service_refuses_it_too(actor: Actor, profile: Profile, target: str) -> None:
    with pytest.raises(ValidationError):
        target_rate_save(actor=actor, profile=profile, target=Decimal(target))


def test_a_viewer_reads_and_saves_no_target(client: Client, actor: Actor, profile: Profile) -> None:
    viewer = actor_with_role("viewer", practice=actor.practice)
    client.force_login(viewer.user)
    page = client.get(url_of(actor), {"target": "85"}).content.decode()
    assert "as the target" not in page
    answer = client.post(url_of(actor, "target_rate"), {"target_rate": "85"})
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        target_rate_save(actor=viewer, profile=profile, target=Decimal(85))


def test_somebody_elses_profile_is_not_found(profile: Profile) -> None:
    with pytest.raises(Profile.DoesNotExist):
        target_rate_save(actor=solo_actor(), profile=profile, target=Decimal(85))


# ── The history ──────────────────────────────────────────────────────────────────────────────────


def a_week(profile: Profile, number: int) -> WeeklyFigures:
    return WeeklyFigures.objects.create(
        practice_id=profile.practice_id,
        freelancer=profile.freelancer,
        starts_on=DAY + dt.timedelta(weeks=number),
        views=40,
        invitations=2,
        replies=3,
        proposals=10,
    )


def test_without_weekly_figures_there_is_no_verdict(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    assert "Publish a version whenever your rate" in signed_in.get(url_of(actor)).content.decode()
    a_version(actor, profile)
    page = signed_in.get(url_of(actor)).content.decode()
    assert "Not enough data yet" in page


def test_each_published_rate_stands_with_its_weeks_and_interval(
    signed_in: Client, actor: Actor, profile: Profile
) -> None:
    a_version(actor, profile)
    for number in range(4):
        a_week(profile, number)
    page = signed_in.get(url_of(actor)).content.decode()
    row = strip_tags(page[page.index("data-period=") :])
    words = share_words(rate_of(12, 40))
    assert "Replies per proposal" in page
    assert words["share"] == "30.0%"
    assert words["share"] in row
    assert words["interval"] in row


def weeks(first: int, count: int, replies: int, proposals: int | None = 10) -> list[Week]:
    days = (DAY + dt.timedelta(weeks=first + number) for number in range(count))
    return [Week(day, 40, 2, replies, proposals) for day in days]


def test_p7_two_rates_are_told_apart_only_with_enough_of_both() -> None:
    changes = [(DAY, Decimal(50)), (DAY + dt.timedelta(weeks=4), Decimal(60))]
    clear = rate_rows(weeks(0, 4, 8) + weeks(4, 4, 1), changes)
    assert [row.verdict for row in clear.rows] == [Verdict.WORSE, ""]
    assert clear.rows[0].verdict_words == "Fewer replies"
    early = rate_rows(weeks(0, 4, 8) + weeks(4, 1, 1), changes)
    assert early.rows[0].verdict_words == "Not enough data yet"


def test_without_proposals_replies_are_held_against_views() -> None:
    history = rate_rows(weeks(0, 4, 8, None), [(DAY, Decimal(50))])
    assert not history.is_per_proposal
    assert history.rows[0].replies.trials == 160


def test_more_replies_than_views_have_no_share() -> None:
    assert share_words(rate_of(3, 2)) == {"share": "", "interval": ""}


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def said_in_rates(name: str, place: int) -> set[str]:
    """Every text that `rates.py` gives to `name(…)` at this place."""
    tree = ast.parse(Path(rates.__file__).read_text())
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    given = [each.args[place] for each in calls if ast.unparse(each.func) == name]
    choices = [
        [each.body, each.orelse] if isinstance(each, ast.IfExp) else [each] for each in given
    ]
    parts = [part for each in choices for part in each]
    return {str(part.value) for part in parts if isinstance(part, ast.Constant)}


def test_every_step_has_words() -> None:
    assert said_in_rates("Step", 0) == set(STEP_WORDS)


def test_every_bad_figure_has_words_and_a_field() -> None:
    assert said_in_rates("BadFigure", 1) == set(BAD_FIGURE_WORDS)
    assert set(RatesForm.base_fields) >= {"target", "ratings", "rate", "wage", "share", "peers"}


def test_every_verdict_has_words() -> None:
    assert set(VERDICT_WORDS) == set(Verdict)


@pytest.mark.parametrize(
    "steps",
    [
        rates.starting_rate(Decimal(80), 3).steps,
        rates.starting_rate(Decimal(80), 10).steps,
        rates.next_raise(Decimal(80), booked_hours=Decimal(40), capacity=Decimal(40)).steps,
        rates.next_raise(Decimal(80), booked_hours=Decimal(4), capacity=Decimal(40)).steps,
        rates.employers_view(Decimal(25), Decimal(50)).steps,
        rates.value_price(Decimal(900), Decimal("0.1"), Decimal(9)).steps,
        rates.peers_view(Decimal(80), [Decimal(70)]).steps,
    ],
)
def test_the_words_of_a_step_take_all_its_figures(steps: tuple[rates.Step, ...]) -> None:
    for step in steps:
        template = str(STEP_WORDS[step.key])
        assert set(re.findall(r"%\((\w+)\)s", template)) <= set(step.figures)
        assert "%(" not in step_words(step)
