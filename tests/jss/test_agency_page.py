"""The agency's page: its score, its members beside it, what if, bad input, and who may see it."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from html import unescape
from urllib.parse import parse_qs, urlencode

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract, ImportBatch, Payment
from jss.agency_page import signed_points
from jss.agency_team import earned_under_agency
from tests.factories import FreelancerFactory, actor_with_role, closed_contract, solo_actor
from tests.jss.test_score_page import words

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 21)
HERE = "/jss/agency/"
FRAGMENT = {"HX-Request": "true", "HX-Target": "agency-answer"}
pytestmark = [pytest.mark.django_db]

type Show = Callable[..., str]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ben(actor: Actor) -> Freelancer:
    """Solo (the actor) did two good contracts under the agency and a bad one alone; Ben a bad one
    under the agency and a good one alone: the agency has (2 − 1) / 3."""
    solo = actor.freelancer
    assert solo
    ben = FreelancerFactory.create(practice=actor.practice, name="Ben")
    for freelancer, rating, under_agency, title in (
        (solo, "5.00", True, "Site"),
        (solo, "4.50", True, "Shop"),
        (solo, "2.00", False, "Blog"),
        (ben, "1.00", True, "Logo"),
        (ben, "5.00", False, "Icon"),
    ):
        closed_contract(
            freelancer, dt.date(2026, 10, 1), rating, title=title, under_agency=under_agency
        )
    return ben


@pytest.fixture
def show(client: Client, ben: Freelancer) -> Show:
    """The words of the page with these choices."""

    def shown(**choices: object) -> str:
        answer = client.get(f"{HERE}?{urlencode(choices, doseq=True)}")
        assert answer.status_code == 200
        return unescape(words(answer.content))

    return shown


def key(title: str) -> str:
    return Contract.objects.get(title=title).public_id


def contract_named(title: str) -> Contract:
    return Contract.objects.select_related("practice", "freelancer").get(title=title)


def answer_in(page: str) -> str:
    return page[page.index("Before and after") : page.index("A contract moves")]


def paid(contract: Contract, amount: str, on: str = "2026-09-01", **fields: object) -> None:
    batch, _new = ImportBatch.objects.get_or_create(
        practice=contract.practice, freelancer=contract.freelancer, defaults={"content": b""}
    )
    fields = {"source": "transactions", "type": "Hourly", "category": "earning"} | fields
    Payment.objects.create(
        practice=contract.practice,
        freelancer=contract.freelancer,
        contract=contract,
        batch=batch,
        external_id=str(Payment.objects.count()),
        paid_on=on,
        amount=amount,
        line=1,
        **fields,
    )


def test_a_solo_practice_is_told_what_the_page_is_for(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 1), "5.00")
    page = words(client.get(HERE).content)
    assert "It needs members, and contracts that are marked as done under the agency" in page
    assert "Before and after" not in page


def test_who_is_the_only_one_is_told_that_the_others_are_missing(
    client: Client, actor: Actor
) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, dt.date(2026, 10, 1), "5.00", under_agency=True)
    assert "You are the only one here" in words(client.get(HERE).content)


def test_j14_the_agencys_score_is_that_of_the_contracts_under_it(show: Show) -> None:
    page = show()
    assert "Today 33% Below 80%: hardly considered" in page
    assert page.count("(2 − 1) / 3") >= 3
    assert "You are the only one here" not in page


def test_j14_each_member_with_and_without_the_agencys_and_what_it_contributes(show: Show) -> None:
    page = show()
    ben = page[page.index(" Ben 0% 100% ") :]
    assert ben.startswith(" Ben 0% 100% -66.7 6 mo -66.7 12 mo -66.7 24 mo -66.7 1 $0.00")
    assert " Solo 33% 0% +33.3 6 mo +33.3 12 mo +33.3 24 mo +33.3 2 $0.00" in page
    assert "so “Own score” holds all contracts" in page


def test_the_switchers_choice_narrows_nothing(client: Client, ben: Freelancer) -> None:
    switched = client.post("/practice/switch/", {"freelancer": ben.public_id})
    assert switched.status_code == 302
    assert "Today 33%" in words(client.get(HERE).content)


def test_nothing_is_supposed_at_first(show: Show) -> None:
    answer = answer_in(show())
    assert "Choose who leaves" in answer
    assert "As it is" not in answer


def test_j14_a_member_leaves_and_whose_the_contracts_are_is_shown_both_ways(
    show: Show, ben: Freelancer
) -> None:
    answer = answer_in(show(leaves=ben.public_id))
    assert "Contracts go too Contracts stay" in answer
    agency, member = answer.split("The agency contracts under it 33%")[1].split("Ben all contracts")
    assert shown_scores(agency) == ["100% up", "33%"]
    of_all, alone = member.split("Ben without the agency's")
    assert shown_scores(" " + of_all) == ["0%", "0%", "100% up"]
    assert shown_scores(" " + alone) == ["100%", "0% down", "100%"]
    assert "is not published, so both ways are shown" in answer
    assert "Solo" not in answer


def shown_scores(text: str) -> list[str]:
    """The large ones: each stands before its windows."""
    parts = text.split(" 6 mo ")
    found = []
    for part in parts[:-1]:
        tokens = part.split()
        while tokens and not tokens[-1].endswith("%") and tokens[-1] not in {"up", "down", "–"}:
            tokens.pop()
        last = tokens[-2:] if tokens and tokens[-1] in {"up", "down"} else tokens[-1:]
        found.append(" ".join(last))
    return [each for each in found if each]


def test_j14_a_contract_moves(show: Show) -> None:
    answer = answer_in(show(moves=key("Logo")))
    assert shown_scores(answer) == ["33%", "100% up", "0%", "0%", "100%", "0% down"]
    assert "Oct 1, 2028 : 100% → –" in answer  # J10: the next change with it
    both = answer_in(show(moves=[key("Logo"), key("Icon")]))
    assert shown_scores(both)[:2] == ["33%", "100% up"]


def test_j14_somebody_joins(show: Show) -> None:
    answer = answer_in(show(good=3, silent=1, own_bad=1))
    assert "Somebody new all contracts" in answer
    assert shown_scores(answer) == ["33%", "67% up", "0%", "50% up", "0%", "0%"]


def test_everything_at_once_stands_in_the_address(
    client: Client, ben: Freelancer, show: Show
) -> None:
    choices = {"leaves": ben.public_id, "good": "2", "moves": [key("Blog")]}
    query = urlencode(choices | {"bad": "", "silent": "0"}, doseq=True)
    answer = client.get(f"{HERE}?{query}", headers=FRAGMENT)
    pushed = answer.headers["HX-Push-Url"]
    assert parse_qs(pushed.split("?")[1]) == {
        "leaves": [ben.public_id],
        "good": ["2"],
        "moves": [key("Blog")],
    }
    assert words(client.get(pushed, headers=FRAGMENT).content) == words(answer.content)
    assert client.get(HERE, headers=FRAGMENT).headers["HX-Push-Url"] == HERE


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("good=x", "Enter a whole number."),
        ("silent=-1", "greater than or equal to 0"),
        ("own_good=501", "less than or equal to 500"),
        ("leaves=nobody", "Nobody here has the id in this address, so nobody leaves."),
        ("leaves=" + 61 * "n", "at most 60 characters"),
        ("moves=nobodys", "1 contract in this address is not among these."),
        ("moves=a&moves=b&moves=a", "2 contracts in this address are not among these."),
        ("rows=x&dates=900&in_window=7", ""),
    ],
)
def test_bad_input_is_named_and_the_rest_stands(
    client: Client, ben: Freelancer, query: str, sentence: str
) -> None:
    answer = client.get(f"{HERE}?{query}&bad=1")
    assert answer.status_code == 200
    page = words(answer.content)
    assert sentence in page
    assert "Somebody new all contracts" in page
    if sentence:
        told = client.get(f"{HERE}?{query}&bad=1", headers=FRAGMENT)
        assert sentence in words(told.content)
        assert "HX-Push-Url" not in told.headers  # what was typed is not lost


def test_what_is_wrong_stays_in_its_field(client: Client, ben: Freelancer) -> None:
    html = client.get(f"{HERE}?good=x&own_good=2").content.decode()
    assert 'name="good" id="id_good" min="0" max="500" value="x"' in html
    assert 'name="own_good" id="id_own_good" min="0" max="500" value="2"' in html


def test_somebody_elses_people_and_contracts_are_nobodys(show: Show) -> None:
    other = solo_actor("Other")
    assert other.freelancer
    contract = closed_contract(other.freelancer, TODAY, "5.00", title="Theirs", under_agency=True)
    page = show(leaves=other.freelancer.public_id, moves=contract.public_id)
    assert "nobody leaves" in page
    assert "1 contract in this address is not among these." in page
    assert "Theirs" not in page
    assert "Today 33%" in page


def test_what_cannot_be_meant_stands_in_no_link(client: Client, ben: Freelancer) -> None:
    html = client.get(f"{HERE}?leaves=nobody&moves=nobodys&in_window=6&bad=1").content.decode()
    assert f'href="{HERE}?bad=1#agency-rows"' in html


def test_a_contract_that_never_counts_moves_without_effect(show: Show, ben: Freelancer) -> None:
    closed_contract(ben, TODAY, "1.00", title="Gone", under_agency=True, client_flagged=True)
    page = show(moves=key("Gone"))
    assert "“Gone” does not count" in page
    assert shown_scores(answer_in(page))[:2] == ["33%", "33%"]


def test_the_table_holds_the_contracts_of_the_longest_window(show: Show, ben: Freelancer) -> None:
    closed_contract(ben, "2024-11-21", "5.00", title="Too old", under_agency=True)
    page = show()
    table = page[page.index("A contract moves") : page.index("Past and ahead")]
    assert "5 contracts closed in 24 months" in table
    assert "Too old" not in table
    assert "Logo agency Ben Oct 1, 2026 1.00 is their own : Logo" in table
    assert "Icon Ben Oct 1, 2026 5.00 is the agency's : Icon" in table


def test_a_windows_link_shows_the_agencys_contracts_in_it(show: Show, ben: Freelancer) -> None:
    closed_contract(ben, "2026-01-15", "5.00", title="Half a year ago", under_agency=True)
    page = show(in_window=6)
    table = page[page.index("The agency's contracts of the 6-month window") :]
    table = table[: table.index("Past and ahead")]
    assert "Logo" in table
    assert "Icon" not in table  # Ben's own
    assert "Half a year ago" not in table


def test_a_move_on_another_page_of_the_table_stays_chosen(client: Client, ben: Freelancer) -> None:
    for day in range(1, 14):
        closed_contract(ben, dt.date(2026, 11, day), "5.00", under_agency=True)
    query = urlencode({"moves": key("Icon")})
    first = client.get(f"{HERE}?{query}").content.decode()
    assert f'<input type="hidden" name="moves" value="{key("Icon")}">' in first
    assert f'href="?{query}&amp;rows=2#agency-rows"' in first
    second = client.get(f"{HERE}?{query}&rows=2", headers=FRAGMENT | {"HX-Target": "agency-rows"})
    assert f'value="{key("Icon")}" checked' in second.content.decode()
    assert '<input type="hidden" name="rows" value="2">' in second.content.decode()


@pytest.mark.parametrize(
    ("target", "start", "missing"),
    [
        ("agency-answer", '<form id="agency-what-if"', "Past and ahead"),
        ("agency-rows", '<div class="panel-head"><h2 id="rows-title">', "Before and after"),
        ("roadmap", '<div class="panel-head"><h2 id="roadmap-title">', "A contract moves"),
    ],
)
def test_a_fragment_is_a_part_of_the_page(
    client: Client, ben: Freelancer, target: str, start: str, missing: str
) -> None:
    whole = client.get(HERE).content.decode()
    part = client.get(HERE, headers=FRAGMENT | {"HX-Target": target}).content.decode()
    assert part.strip().startswith(start)
    assert missing in whole
    assert missing not in part


def test_j17_what_was_earned_under_the_agency(show: Show, actor: Actor) -> None:
    site, shop, blog = map(contract_named, ("Site", "Shop", "Blog"))
    for contract, amount, fields in (
        (site, "9000.00", {}),
        (site, "8000.00", {"source": "weekly"}),  # the same money once more
        (site, "-500.00", {"category": "refund", "type": "Refund"}),
        (site, "-900.00", {"category": "service_fee", "type": "Service Fee"}),
        (site, "7000.00", {"on": "2025-11-21"}),  # a day too early
        (shop, "1000.25", {"source": "weekly", "on": "2025-11-22"}),
        (blog, "4000.00", {}),  # his own
    ):
        paid(contract, amount, **fields)
    page = show()
    assert "not yet Earned under the agency since Nov 21, 2025 : $9,500.25 ." in page
    assert "2 $9,500.25" in page
    paid(site, "499.75")
    assert " reached Earned under the agency since Nov 21, 2025 : $10,000.00 ." in show()


def test_without_payments_what_is_entered_as_earned_counts(actor: Actor, ben: Freelancer) -> None:
    Contract.objects.filter(title="Logo").update(earned=Decimal("120.50"))
    Contract.objects.filter(title="Icon").update(earned=Decimal("75.00"))
    Contract.objects.filter(title="Site").update(earned=Decimal("80.00"))
    paid(contract_named("Site"), "60.00")
    assert actor.freelancer
    since = dt.date(2025, 11, 21)
    assert earned_under_agency(actor=actor, after=since, until=TODAY) == {
        ben.pk: Decimal("120.50"),
        actor.freelancer.pk: Decimal("60.00"),
    }
    assert earned_under_agency(actor=actor, after=dt.date(2026, 10, 1), until=TODAY) == {}


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("manager", 200), ("viewer", 200), ("member", 403)]
)
def test_only_who_sees_the_whole_practice_sees_the_agency(
    sign_in: Callable[[Actor], Client], ben: Freelancer, role: str, status: int
) -> None:
    client = sign_in(actor_with_role(role, practice=ben.practice))
    assert client.get(HERE).status_code == status


def test_another_practice_sees_its_own(sign_in: Callable[[Actor], Client], ben: Freelancer) -> None:
    page = words(sign_in(solo_actor("Stranger")).get(HERE).content)
    assert "Ben" not in page
    assert "there are none here yet" in page


def test_nothing_can_be_posted(client: Client, ben: Freelancer) -> None:
    assert client.post(HERE).status_code == 405


def test_the_teams_list_leads_to_it(client: Client, ben: Freelancer) -> None:
    assert f'href="{HERE}"' in client.get("/jss/").content.decode()


def test_its_queries_grow_with_neither_members_nor_contracts(
    client: Client, ben: Freelancer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def ask() -> None:
        query = urlencode({"leaves": ben.public_id, "moves": key("Icon"), "good": 1})
        path = f"{HERE}?{query}"
        with django_assert_num_queries(QUERIES):
            client.get(path)

    client.get(HERE)
    ask()
    for _ in range(3):
        other = FreelancerFactory.create(practice=ben.practice)
        for day in range(1, 6):
            closed_contract(other, dt.date(2026, 9, day), "5.00", under_agency=day % 2 == 0)
    ask()


QUERIES = 12


@pytest.mark.parametrize(
    ("points", "shown"),
    [(None, None), (Decimal("3.14"), "3.1"), (Decimal("-3.14"), "-3.1"), (Decimal(0), "0"),
     (Decimal("-0.01"), "-0.1"), (Decimal("0.01"), "0.1")],
)  # fmt: skip
def test_points_are_shown_to_a_tenth_with_their_sign(
    points: Decimal | None, shown: str | None
) -> None:
    exact = None if points is None else Fraction(points)
    assert signed_points(exact) == (None if shown is None else Decimal(shown))
