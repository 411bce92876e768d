"""The what-if page: the address means a scenario, and everything typed gets an answer."""

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from contracts.models import Contract
from jss.what_if import NUMBERS, Choices, WhatIfForm, choices_of
from tests.factories import ContractFactory, closed_contract, solo_actor
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 21)
pytestmark = [pytest.mark.django_db]

type Show = Callable[..., str]


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def bad_one(actor: Actor) -> Contract:
    """J1's first worked case: seven good and this one are 75 %."""
    assert actor.freelancer
    for day in range(1, 8):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "5.00", title=f"Good {day}")
    return closed_contract(actor.freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one")


@pytest.fixture
def show(client: Client, actor: Actor) -> Show:
    """The words of the page with these choices."""

    def shown(**choices: object) -> str:
        answer = client.get(address(actor, **choices))
        assert answer.status_code == 200
        return words(answer.content)

    return shown


def address(actor: Actor, **choices: object) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/what-if/?{urlencode(choices, doseq=True)}"


def row(page: str, title: str) -> str:
    """The table's words from that contract on."""
    return page[page.index("Counts as What if") :].partition(title)[2]


def test_nothing_supposed_is_the_score_as_it_is(show: Show, bad_one: Contract) -> None:
    page = show()
    assert "Score shown, today 75% → becomes 75%" in page
    assert "Nothing is different yet" in page
    assert "rule set “Classic”" in page


def test_j8_added_good_contracts_lift_every_window(show: Show, bad_one: Contract) -> None:
    page = show(good=12)
    assert "Score shown, today 75% → becomes 90% up Top Rated track" in page
    assert page.count("75% → becomes 90%") == 4  # the headline and three windows
    assert "(19 − 1) / 20" in page
    assert "With what you try, 90% is reached that day." in page


def test_added_bad_and_silent_contracts_lower_it(show: Show, bad_one: Contract) -> None:
    page = show(bad=1, silent=3)
    assert "75% → becomes 50% down Below 80%: hardly considered" in page  # (7 − 2) / 10, J3
    assert "(7 − 2) / 10" in page


def test_j9_a_flipped_negative_counts_as_positive(show: Show, bad_one: Contract) -> None:
    assert "75% → becomes 100%" in show(flip=bad_one.public_id)


def test_a_flipped_positive_counts_as_negative(show: Show, bad_one: Contract) -> None:
    good = Contract.objects.get(title="Good 1")
    assert "75% → becomes 50%" in show(flip=good.public_id)


def test_missing_feedback_can_turn_either_way(show: Show, bad_one: Contract) -> None:
    silent = closed_contract(bad_one.freelancer, dt.date(2026, 10, 10), title="Silent one")
    assert "75% → becomes 78%" in show(flip=silent.public_id)  # 7 / 9
    assert "75% → becomes 56%" in show(worsen=silent.public_id)  # 5 / 9


def test_a_left_out_contract_is_gone(show: Show, bad_one: Contract) -> None:
    page = show(remove=bad_one.public_id)
    assert "75% → becomes 100%" in page
    assert "(7 − 0) / 7" in page


def test_j10_monthly_contracts_come_in_on_the_roadmap(show: Show, bad_one: Contract) -> None:
    assert "assumed five-star contract comes in" in show(monthly=2, months=3)
    assert "assumed five-star contract comes in" not in show()


def test_the_day_can_be_moved(show: Show, bad_one: Contract) -> None:
    page = show(day="2027-04-09")
    assert "Score shown, Apr 9, 2027 75% → becomes 75%" in page
    assert "Today it is 75%" in page
    assert "0 contracts count that day" not in page
    assert "Score shown, Oct 9, 2028 – → becomes –" in show(day="2028-10-09")


def test_an_added_contract_leaves_under_a_name_of_its_own(show: Show) -> None:
    assert "May 21, 2027 6 months one that you added leaves" in show(good=1)


def test_j8_100_with_a_negative_in_every_window_says_from_when_on(
    show: Show, bad_one: Contract
) -> None:
    page = show(target=100)
    assert (
        "100% cannot be reached by good contracts while every window holds a negative outcome. "
        "The earliest date on which it can is Apr 9, 2027 ."
    ) in page


def test_more_that_it_would_take_is_said(show: Show, bad_one: Contract) -> None:
    assert "With what you try, 2 five-star contracts more" in show(good=10)


def test_presets_of_j8_j9_and_j10_lead_to_their_scenarios(
    client: Client, actor: Actor, bad_one: Contract
) -> None:
    html = client.get(address(actor)).content.decode()
    links = dict(re.findall(r'href="[^"]*?\?([^"]+)">(As many|The worst|Wait until)', html))
    assert {words: query.replace("&amp;", "&") for query, words in links.items()} == {
        "As many": "day=2026-11-21&good=12",
        "The worst": f"day=2026-11-21&flip={bad_one.public_id}",
        "Wait until": "day=2027-04-09",
    }


def test_j9_the_preset_takes_the_reversal_that_lifts_most(
    client: Client, actor: Actor, bad_one: Contract
) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2025, 3, 9), "1.00", title="Long ago")
    assert "The client of “The bad one”" in words(client.get(address(actor)).content)


def test_j16_the_first_contracts_are_a_preset_until_the_score_is_published(
    show: Show, bad_one: Contract
) -> None:
    assert "The first contracts all good" not in show()
    Contract.objects.filter(title__in=["Good 1", "Good 2"]).delete()
    assert "2 contracts more until the first score is surely published" in show()


def test_a_chosen_preset_is_marked(client: Client, actor: Actor, bad_one: Contract) -> None:
    chosen = client.get(address(actor, day="2026-11-21", good=12)).content.decode()
    assert re.search(r'aria-current="true">\s*<svg.*?</svg>As many good ones', chosen, re.S)


def test_without_contracts_the_first_ones_can_be_tried(show: Show) -> None:
    page = show(good=8)
    assert "You have no contracts here yet." in page
    assert "– → becomes 100%" in page
    assert "8 contracts more until the first score" in page


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"day": "31/02/2026"}, "Enter a valid date."),
        ({"day": "0001-01-01"}, "Choose a day from 2005-01-01 to 2100-12-31."),
        ({"day": "9999-12-31"}, "Choose a day from 2005-01-01 to 2100-12-31."),
        ({"good": "many"}, "Enter a whole number."),
        ({"good": "-1"}, "greater than or equal to 0"),
        ({"bad": "501"}, "less than or equal to 500"),
        ({"silent": "1e9"}, "Enter a whole number."),
        ({"monthly": "21"}, "less than or equal to 20"),
        ({"months": "25"}, "less than or equal to 24"),
        ({"months": "0"}, "greater than or equal to 1"),
        ({"target": "0"}, "greater than or equal to 1"),
        ({"target": "101"}, "less than or equal to 100"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stands(
    client: Client, actor: Actor, bad_one: Contract, choices: dict[str, str], sentence: str
) -> None:
    (name, typed), *_ = choices.items()
    answer = client.get(address(actor, flip=bad_one.public_id, **choices))
    assert answer.status_code == 200
    html = answer.content.decode()
    beside = re.search(rf'<div id="problem-{name}".*?</div>', html, re.S)
    assert beside
    assert sentence in beside[0]
    assert re.search(rf'name="{name}"[^>]*value="{re.escape(typed)}"[^>]*aria-invalid', html)
    assert "75% → becomes 100%" in words(answer.content)


def test_somebody_elses_contract_is_left_out_in_words(show: Show, bad_one: Contract) -> None:
    stranger = solo_actor()
    assert stranger.freelancer
    theirs = closed_contract(stranger.freelancer, dt.date(2026, 10, 1), "5.00", title="Secret")
    page = show(flip=[theirs.public_id, bad_one.public_id], remove="?nonsense'", good=1)
    assert "2 contracts in this address are not among these. They are left out" in page
    assert "75% → becomes 100%" in page
    assert "Secret" not in page


def test_another_freelancers_page_is_not_found(client: Client, actor: Actor) -> None:
    assert client.get(address(solo_actor())).status_code == 404


@pytest.mark.parametrize("ids", [{"flip": "both", "remove": "both"}])
def test_what_is_left_out_is_not_flipped_as_well(
    show: Show, bad_one: Contract, ids: dict[str, str]
) -> None:
    page = show(**dict.fromkeys(ids, bad_one.public_id))
    assert "“The bad one” is left out, so nothing else is done with it." in page
    assert "(7 − 0) / 7" in page


def test_of_two_changes_the_first_is_taken(show: Show, bad_one: Contract) -> None:
    page = show(flip=bad_one.public_id, worsen=bad_one.public_id)
    assert "“The bad one” cannot change in two ways." in page
    assert "75% → becomes 100%" in page


def test_j2_what_does_not_count_cannot_be_flipped(show: Show, bad_one: Contract) -> None:
    still_open = ContractFactory.create(freelancer=bad_one.freelancer, title="Still going")
    page = show(flip=still_open.public_id)
    assert "“Still going” does not count" in page
    assert "75% → becomes 75%" in page


def test_the_table_holds_what_counts_that_day(show: Show, bad_one: Contract) -> None:
    ContractFactory.create(freelancer=bad_one.freelancer, title="Still going")
    closed_contract(bad_one.freelancer, dt.date(2024, 11, 21), "5.00", title="Too old")
    page = show()
    assert "8 contracts count that day" in page
    assert "Still going" not in page
    assert row(page, "The bad one").startswith(
        " Oct 9, 2026 2.00 turns positive : The bad one left out : The bad one"
    )


def test_choices_on_another_page_of_the_table_stay(
    client: Client, actor: Actor, bad_one: Contract
) -> None:
    assert actor.freelancer
    for day in range(1, 29):
        closed_contract(actor.freelancer, dt.date(2026, 11, min(day, 20)), "5.00")
    flip = bad_one.public_id
    html = client.get(address(actor, flip=flip)).content.decode()
    assert f'<input type="hidden" name="flip" value="{flip}">' in html
    html = client.get(address(actor, flip=flip, rows=2)).content.decode()
    assert f'<input type="hidden" name="flip" value="{flip}">' not in html
    assert '<input type="hidden" name="rows" value="2">' in html
    assert re.search(rf'name="flip" id="flip-{flip}" value="{flip}" checked', html)


def htmx(client: Client, url: str, target: str) -> tuple[str, str | None]:
    answer = client.get(url, headers={"HX-Request": "true", "HX-Target": target})
    assert answer.status_code == 200
    return answer.content.decode(), answer.headers.get("HX-Push-Url")


def test_the_fragment_and_its_short_address(
    client: Client, actor: Actor, bad_one: Contract
) -> None:
    html, pushed = htmx(
        client, address(actor, day="2026-11-21", good=2, bad=0, months=6), "what-if-answer"
    )
    assert "<html" not in html
    assert 'id="what-if-answer"' in html
    assert 'id="what-if-headline"' in html
    assert pushed == address(actor, day="2026-11-21", good=2)


def test_while_something_is_wrong_the_address_keeps_what_was_typed(
    client: Client, actor: Actor
) -> None:
    assert htmx(client, address(actor, good="x"), "what-if-answer")[1] is None
    assert htmx(client, address(actor, flip="nobodys"), "what-if-answer")[1] is None


@pytest.mark.parametrize("target", ["what-if-rows", "what-if-roadmap"])
def test_a_table_is_turned_by_itself(
    client: Client, actor: Actor, bad_one: Contract, target: str
) -> None:
    html, pushed = htmx(client, address(actor, dates=1), target)
    assert html.count("<table") == 1
    assert pushed is None


IDS = st.lists(st.text(min_size=1, max_size=12), max_size=4, unique=True).map(tuple)


@given(
    st.builds(
        Choices,
        day=st.dates(dt.date(2005, 1, 1), dt.date(2100, 12, 31)),
        good=st.integers(0, 500),
        bad=st.integers(0, 500),
        silent=st.integers(0, 500),
        monthly=st.integers(0, 20),
        months=st.integers(1, 24),
        target=st.integers(1, 100),
        flip=IDS,
        worsen=IDS,
        remove=IDS,
        weigh=st.dictionaries(
            st.text("abc", min_size=1, max_size=3),
            st.decimals("0.01", "100", places=2).map(lambda each: each.normalize() + 0),
            max_size=3,
        ).map(lambda weights: tuple(weights.items())),
        rules=st.sampled_from(["", "trending", "classic+refined+share"]),
    )
)
@settings(max_examples=60, deadline=None)
def test_an_address_says_all_that_was_chosen(choices: Choices) -> None:
    params = QueryDict(choices.query)
    rules = params.get("rules", "")
    assert choices_of(WhatIfForm(params), params, today=TODAY, rules=rules) == choices


def test_an_address_says_no_more_than_that() -> None:
    assert parse_qs(Choices(day=TODAY).query) == {"day": ["2026-11-21"]}
    assert set(NUMBERS) | {"day"} == set(WhatIfForm().fields)
