"""Rule sets on the pages: each score names its own, and a practice chooses (J1, J11, J17)."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.models import Contract
from jss.engine import with_options
from jss.engine.rule_sets import BUILT_IN, CLASSIC
from jss.models import FittedRules, RuleChoice
from jss.rules_in_use import rules_in_use
from jss.selectors import contracts_for_score
from tests.factories import actor_with_role, closed_contract
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
PAGES = ["", "what-if/", "why/", "lifts/", "top-rated/"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def history(actor: Actor) -> list[Contract]:
    """Ten good ones of little money long ago, one large bad one, five good ones in three months."""
    assert actor.freelancer
    own = actor.freelancer
    days = [dt.date(2026, 2, 1) + dt.timedelta(days=day) for day in range(10)]
    small = [closed_contract(own, day, "5.00", earned=Decimal(200)) for day in days]
    bad = closed_contract(own, "2026-07-01", "3.50", title="Large and bad", earned=Decimal(9900))
    recent = [closed_contract(own, f"2026-10-0{day}", "5.00") for day in range(1, 6)]
    return [*small, bad, *recent]


def place(actor: Actor, page: str = "", query: str = "") -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/{page}{query}"


@pytest.mark.parametrize("tab", PAGES)
@pytest.mark.parametrize("name", [*BUILT_IN, "classic+refined", "trending+share"])
def test_j17_every_page_is_worked_out_by_the_rule_set_of_its_address(
    client: Client, actor: Actor, tab: str, name: str
) -> None:
    response = client.get(place(actor, tab, f"?rules={name.replace('+', '%2B')}"))
    assert response.context["rules"].name == name
    assert response.context["page"].rules.name == name


EVERYWHERE = [*PAGES, "recovery/", "recovery/answer/", "calibration/", "history/"]


@pytest.mark.parametrize("tab", EVERYWHERE)
@pytest.mark.parametrize("name", [*BUILT_IN, "classic+refined", "weighted-2024+share"])
def test_every_page_answers_by_every_rule_set_whatever_contracts_there_are(
    client: Client, actor: Actor, tab: str, name: str
) -> None:
    assert actor.freelancer
    own = actor.freelancer
    for day in range(1, 6):
        closed_contract(own, f"2026-09-0{day}")  # without feedback
    closed_contract(own, "2026-09-10", "5.00", earned=Decimal(0))
    closed_contract(own, "2026-09-11", "1.00", earned=Decimal(0))
    closed_contract(own, "2026-09-12", "1.00", client_flagged=True)
    response = client.get(place(actor, tab), {"rules": name})
    assert response.status_code == 200


@pytest.mark.parametrize("tab", EVERYWHERE)
def test_every_link_within_job_success_keeps_the_rule_set_of_the_address(
    client: Client, actor: Actor, tab: str
) -> None:
    html = client.get(place(actor, tab), {"rules": "trending"}).content.decode()
    html = html[html.index("<main") : html.index("</main>")]
    links = re.findall(r'(?:href|hx-post|action)="(/jss/[^"#]*)', html)
    forms = re.findall(r'<form[^>]*method="get"[^>]*action="([^"#]*)[^"]*"', html)
    others = [link for link in links if link not in {*forms, "/jss/rules/"}]
    assert others
    assert [link for link in others if "rules=" not in link] == []
    assert html.count('name="rules" value="trending"') >= len(forms)


@pytest.mark.parametrize("tab", PAGES)
@pytest.mark.parametrize("name", ["", "nobodys", "classic+", "own", "classic+refined+x"])
def test_an_unknown_rule_set_is_the_practices(
    client: Client, actor: Actor, tab: str, name: str
) -> None:
    RuleChoice.objects.create(practice=actor.practice, rule_set="trending")
    response = client.get(place(actor, tab), {"rules": name})
    assert response.context["rules"].name == "trending"
    assert ("There is no such rule set here" in words(response.content)) is bool(name)


def test_j17_trending_is_a_fourth_score_with_its_two_windows(client: Client, actor: Actor) -> None:
    page = words(client.get(place(actor, query="?rules=trending")).content)
    assert "The four scores" in page
    # 6 months: 5 good, 1 bad of 6 = 66.7 %; 3 months: 5 of 5 = 100 %; the mean is 83.3 %.
    assert "Trending 83% (100% + 67%) / 2" in page
    # 12 months: 15 good, 1 bad of 16 = 87.5 %.
    assert "The highest of them is shown; these are the same: 12-month , 24-month ." in page


def test_j17_the_weighted_rules_show_what_was_weighed(client: Client, actor: Actor) -> None:
    page = words(client.get(place(actor, query="?rules=weighted-2024")).content)
    # 15 good ones of weight 1 (five of them without a sum), and a bad one of 1.5.
    assert "(15 − 1.5) / 16.5" in page
    assert "It is the score over the last 24 months." in page
    assert "82%" in page


def test_j11_the_refined_estimate_weighs_money_and_takes_a_mild_rating_mildly(
    client: Client, actor: Actor
) -> None:
    response = client.get(place(actor, query="?rules=classic%2Brefined"))
    window = response.context["page"].scores.windows[0]
    # Five contracts without a sum weigh 1 each; $9,900 weighs 3; 3.5 takes a sixth of it.
    assert (window.gained, window.weight) == (5, 8)
    assert window.lost * 2 == 1
    assert "(5 − 0.5) / 8" in words(response.content)


def test_j1_the_share_reading_subtracts_nothing(client: Client, actor: Actor) -> None:
    page = words(client.get(place(actor, query="?rules=classic%2Bshare")).content)
    assert "5 / 6" in page
    assert "15 / 16" in page
    assert "A score is the positive outcomes divided by all counted ones." in page


def test_the_others_stand_beside_the_chosen_one_as_a_range(client: Client, actor: Actor) -> None:
    response = client.get(place(actor))
    rows = response.context["page"].rule_sets
    assert [row.rules.name for row in rows] == [
        "classic",
        "trending",
        "weighted-2024",
        "classic+refined",
        "classic+share",
    ]
    scores = [row.shown.score for row in rows]
    assert response.context["page"].score_range == (min(scores), max(scores)) == (82, 94)
    assert "Other rule sets put it between 82% and 94%" in words(response.content)


def test_a_choice_is_kept_and_followed_everywhere(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    data = {"base": "trending", "refined": "on", "back": actor.freelancer.public_id}
    response = client.post("/jss/rules/", data)
    assert response.headers["Location"] == place(actor)
    assert RuleChoice.objects.get().rule_set == "trending+refined"
    assert AuditEvent.objects.filter(verb="rules.chosen").count() == 1
    for page in PAGES:
        assert client.get(place(actor, page)).context["rules"].name == "trending+refined"
    today = words(client.get("/").content)
    assert "estimate, rules “Trending, outcomes weighed”" in today
    assert "by the rules “Trending, outcomes weighed”" in words(
        client.get(f"/jss/contract/{Contract.objects.earliest('pk').public_id}/").content
    )


def test_choosing_again_replaces_the_choice(client: Client) -> None:
    client.post("/jss/rules/", {"base": "trending"})
    client.post("/jss/rules/", {"base": "weighted-2024", "share": "on"})
    assert RuleChoice.objects.get().rule_set == "weighted-2024+share"


@pytest.mark.parametrize("base", ["", "nobodys", "own", "classic+share"])
def test_an_unknown_choice_changes_nothing_and_says_so(client: Client, base: str) -> None:
    response = client.post("/jss/rules/", {"base": base}, follow=True)
    assert "There is no such rule set. Nothing was changed." in words(response.content)
    assert not RuleChoice.objects.exists()


def test_a_member_compares_but_does_not_choose(
    actor: Actor, sign_in: Callable[[Actor], Client]
) -> None:
    member = actor_with_role("member", practice=actor.practice)
    browser = sign_in(member)
    page = words(browser.get(place(member)).content)
    assert "By other rule sets" in page or "See where your score stands" in page
    assert "Use it" not in page
    assert browser.post("/jss/rules/", {"base": "trending"}).status_code == 403


def test_another_practices_choice_is_none_of_ours(client: Client, actor: Actor) -> None:
    RuleChoice.objects.create(practice=actor_with_role("owner").practice, rule_set="trending")
    assert client.get(place(actor)).context["rules"].name == "classic"


def test_links_keep_the_rule_set_of_the_address(client: Client, actor: Actor) -> None:
    page = client.get(place(actor, query="?rules=classic%2Bshare")).content.decode()
    assert f'{place(actor, "what-if/")}?rules=classic%2Bshare"' in page
    assert '<input type="hidden" name="rules" value="classic+share">' in page
    what_if = client.get(place(actor, "what-if/", "?rules=classic%2Bshare&good=2"))
    assert "rules=classic%2Bshare" in what_if.context["page"].query


# ── Reweighing in What if ────────────────────────────────────────────────────────────────────────


def reweighed(client: Client, actor: Actor, key: str, weight: str, rules: str) -> Any:
    query = {"rules": rules, f"weigh-{key}": weight}
    return client.get(place(actor, "what-if/"), query).context["page"]


def test_j11_a_row_is_reweighed(client: Client, actor: Actor, history: list[Contract]) -> None:
    key = history[10].public_id
    page = reweighed(client, actor, key, "6", "classic+refined")
    before, after = page.what_if.before.scores.windows[0], page.what_if.after.scores.windows[0]
    assert (before.weight, after.weight) == (8, 11)
    assert f"weigh-{key}=6" in page.query


@pytest.mark.parametrize(
    ("weight", "is_wrong"),
    [("", False), ("3", False), *((text, True) for text in ("x", "0", "-1", "101", "NaN", "1e9"))],
)
def test_what_is_no_weight_is_said_and_kept_and_changes_nothing(
    client: Client, actor: Actor, history: list[Contract], weight: str, is_wrong: bool
) -> None:
    key = history[10].public_id
    page = reweighed(client, actor, key, weight, "classic+refined")
    said = [problem for problem in page.meaning.problems if "is no weight for" in problem]
    assert bool(said) is is_wrong
    [row] = [row for row in page.rows if row.contract.key == key]
    assert str(row.weight) == (weight if is_wrong else "3.00")
    assert page.what_if.after.scores == page.what_if.before.scores
    assert "weigh" not in page.query


def test_rules_that_do_not_weigh_leave_weights_out(
    client: Client, actor: Actor, history: list[Contract]
) -> None:
    page = reweighed(client, actor, history[10].public_id, "6", "classic")
    assert page.what_if.after.scores == page.what_if.before.scores


# ── What the engine is told of a contract ────────────────────────────────────────────────────────


def told(actor: Actor, contract: Contract) -> Any:
    assert actor.freelancer
    rows = contracts_for_score(actor=actor, freelancer=actor.freelancer)
    return next(row for row in rows if row.key == contract.public_id)


def test_j11_a_second_contract_makes_a_client_long_term(
    actor: Actor, history: list[Contract]
) -> None:
    first, second = history[0], history[1]
    assert not told(actor, first).is_long_term
    Contract.objects.filter(pk=second.pk).update(client=first.client)
    assert told(actor, first).is_long_term
    assert told(actor, second).is_long_term


@pytest.mark.parametrize(("days", "is_long"), [(89, False), (90, True)])
def test_j11_so_does_one_of_90_days(
    actor: Actor, history: list[Contract], days: int, is_long: bool
) -> None:
    closed_on = history[0].closed_on
    assert isinstance(closed_on, dt.date)
    Contract.objects.filter(pk=history[0].pk).update(started_on=closed_on - dt.timedelta(days))
    assert told(actor, history[0]).is_long_term is is_long


def test_the_fitted_rules_are_offered_by_their_name(actor: Actor) -> None:
    fitted = FittedRules.objects.create(
        practice=actor.practice,
        base="trending",
        positive_from=Decimal("4.5"),
        tolerated_at_least=1,
        tolerated_per_cent=10,
        weight_strength=Decimal(0),
        fitted_on=NOW.date(),
        readings=6,
        off_before=Decimal(3),
        off_after=Decimal("0.4"),
    )
    own = rules_in_use(actor, asked="own").chosen
    assert (own.name, own.positive_from, own.weights) == ("own", Decimal("4.5"), None)
    assert own.trend_months == (3, 6)
    FittedRules.objects.filter(pk=fitted.pk).update(weight_strength=Decimal("0.5"))
    assert rules_in_use(actor, asked="own").chosen.weights is not None


def test_a_name_says_what_is_switched_on() -> None:
    both = with_options(CLASSIC, refined=True, share=True)
    assert both.name == "classic+refined+share"
    assert both.weights
    assert not both.is_plain
