"""The page of the ledger of connects: balance, reading, noting, pasting, taking back (B6, B10)."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Freelancer
from proposals.funnel import Stage
from proposals.models import ConnectsEntry
from proposals.proposal_services import proposal_move
from tests.contracts.import_files import connects, imported, report
from tests.factories import actor_with_role, solo_actor
from tests.jss.test_score_page import words
from tests.proposals.samples import a_proposal, some_connects

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
MOST_QUERIES = 12
SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def ago(days: int) -> str:
    return (TODAY - dt.timedelta(days=days)).isoformat()


def path_of(actor: Actor, route: str = "connects_of") -> str:
    assert actor.freelancer
    return reverse(f"proposals:{route}", args=[actor.freelancer.public_id])


def page_of(client: Client, actor: Actor, query: str = "") -> str:
    answer = client.get(path_of(actor) + query)
    assert answer.status_code == 200
    return words(answer.content)


def posted(client: Client, actor: Actor, route: str, **data: str) -> str:
    answer = client.post(path_of(actor, route), data, follow=True)
    return words(answer.content)


def a_quarter(actor: Actor) -> None:
    """Five proposals out of a stock that was bought, and one answer."""
    some_connects(actor, kind="purchase", amount=200, cost="30.00", happened_on=ago(120))
    for number in range(5):
        some_connects(actor, kind="spend", amount=-16, happened_on=ago(50 - number), note="A shop")
    some_connects(actor, kind="grant", amount=20, happened_on=ago(20))


# ── Looking ──────────────────────────────────────────────────────────────────────────────────────


def test_the_first_time_it_says_what_it_is_for(client: Client, actor: Actor) -> None:
    page = page_of(client, actor)

    assert "Do your proposals earn back what they cost?" in page
    assert "Show me with sample data" in page
    assert "Balance today" not in page


def test_the_balance_and_its_reading_stand_on_top_b6(client: Client, actor: Actor) -> None:
    a_quarter(actor)

    page = page_of(client, actor)

    assert "Balance today 140" in page
    assert "The last 90 days Falls" in page
    assert "Your proposals take 60 connects more than they bring in." in page
    assert "Granted or earned +20 Spent −80 Today 140" in page
    assert "5 proposals took 80 connects, worth $12.00." in page


def test_too_little_gets_no_verdict_but_what_is_missing_b6(client: Client, actor: Actor) -> None:
    some_connects(actor, amount=40, happened_on=ago(10))
    some_connects(actor, kind="spend", amount=-16, happened_on=ago(5))

    page = page_of(client, actor)

    assert "Not enough yet" in page
    assert "It takes 4 more proposals that cost connects." in page
    assert "The ledger has to be kept for 20 more days." in page


def test_what_lapses_soon_is_warned_of_with_its_day_b10(client: Client, actor: Actor) -> None:
    some_connects(actor, amount=12, happened_on=ago(350))
    some_connects(actor, amount=30, happened_on=ago(100))

    page = page_of(client, actor)

    assert "12 of them lapse within 30 days unless you spend them." in page
    assert "What is left lapses on Dec 3, 2026 soon 12 Aug 10, 2027 30" in page


def test_what_the_ledger_does_not_know_of_is_said_with_the_way_to_mend_it(
    client: Client, actor: Actor
) -> None:
    some_connects(actor, kind="spend", amount=-16, happened_on=ago(5))

    page = page_of(client, actor)

    assert "16 connects were spent that this ledger does not know of." in page
    assert "How many did you have in the evening of Nov 12, 2026 ?" in page
    page = posted(client, actor, "connects_had", balance="40", on=ago(6))
    assert "Corrected. Undo" in page
    assert "Balance today 24" in page
    assert "does not know of" not in page


def test_the_months_are_in_a_table_below_the_chart(client: Client, actor: Actor) -> None:
    a_quarter(actor)

    page = page_of(client, actor)

    assert "September 2026 0 0 0 32 $4.80 0 168" in page
    assert "July 2026 0 200 0 0 $0.00 0 200" in page
    assert "June 2026" not in page


def test_the_chart_names_the_week_under_the_pointer(client: Client, actor: Actor) -> None:
    a_quarter(actor)

    html = client.get(path_of(actor)).content.decode()

    chart = html[html.index('<svg class="hidden sm:block chart') :].partition("</svg>")[0]
    assert "Balance: 200\nBought: +200" in chart
    assert "Spent: −" in chart


def test_a_page_of_entries_comes_alone_for_a_script(client: Client, actor: Actor) -> None:
    for number in range(25):
        some_connects(actor, happened_on=ago(number))

    answer = client.get(
        path_of(actor), {"page": "2"}, headers={"HX-Request": "true", "HX-Target": "entries"}
    )

    assert "<html" not in answer.content.decode()
    assert "21 to 25 of 25" in words(answer.content)


def test_with_everybody_chosen_there_is_a_list(client: Client, actor: Actor) -> None:
    a_quarter(actor)
    Freelancer.objects.create(practice=actor.practice, name="Zoe")

    page = words(client.get(reverse("proposals:connects")).content)

    assert "Solo 140 0 80 20 Falls" in page
    assert "Zoe 0 0 0 0 Not enough yet" in page


def test_a_viewer_reads_and_finds_nothing_to_press(actor: Actor, sign_in: SignIn) -> None:
    a_quarter(actor)
    viewer = sign_in(actor_with_role("viewer", practice=actor.practice))

    page = page_of(viewer, actor)

    assert "What came and went" in page
    assert "Remove" not in page
    assert "Note connects" not in page


def test_another_practices_ledger_is_not_there(actor: Actor, sign_in: SignIn) -> None:
    entry = some_connects(actor)
    stranger = sign_in(solo_actor())

    assert stranger.get(path_of(actor)).status_code == 404
    for route in ("connects_remove", "connects_back"):
        assert (
            stranger.post(reverse(f"proposals:{route}", args=[entry.public_id])).status_code == 404
        )


@pytest.mark.parametrize(
    "query", ["?page=nonsense", "?said=x", "?said=2026-99-99:4,:,1:2:3", "?page=9"]
)
def test_a_made_up_address_is_answered(client: Client, actor: Actor, query: str) -> None:
    a_quarter(actor)

    assert "Balance today 140" in page_of(client, actor, query)


def test_its_queries_do_not_grow_with_the_entries(client: Client, actor: Actor) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(path).status_code == 200
        return len(found)

    some_connects(actor, amount=50, happened_on=ago(200))
    proposal_move(actor=actor, proposal=a_proposal(actor, connects=8), to=Stage.SENT)
    imported(actor, report(connects("2026-09-19", 9005)))
    few = queries(path_of(actor))
    for number in range(40):
        some_connects(actor, happened_on=ago(number))
        sent = a_proposal(actor, connects=8, title=f"Job {number}")
        proposal_move(actor=actor, proposal=sent, to=Stage.SENT)

    assert queries(path_of(actor)) == few <= MOST_QUERIES
    for number in range(12):
        Freelancer.objects.create(practice=actor.practice, name=f"Person {number}")
    assert queries(reverse("proposals:connects")) <= MOST_QUERIES


# ── Noting ───────────────────────────────────────────────────────────────────────────────────────


def test_one_is_noted_and_undone(client: Client, actor: Actor) -> None:
    page = posted(
        client, actor, "connects_add", kind="purchase", amount="80", on=ago(3), cost="12.00"
    )
    assert "Noted. Undo" in page
    assert "Bought $12.00 +80 80 Remove" in page

    html = client.post(
        path_of(actor, "connects_add"), {"kind": "grant", "amount": "5", "on": ago(3)}, follow=True
    ).content.decode()
    undo = html.partition('hx-post="')[2].partition('"')[0]
    assert "Take 1 entry out again?" in words(client.get(undo).content)
    assert "Undone." in words(client.post(undo, follow=True).content)
    assert ConnectsEntry.objects.get().amount == 80


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("kind", "correction", "Choose one of these."),
        ("amount", "", "Enter a number of connects."),
        ("amount", "0", "Enter 1 or more."),
        ("amount", "many", "Enter a whole number."),
        ("amount", "99999", "more than there can be"),
        ("on", "2026-11-19", "still to come"),
        ("on", "1999-01-01", "before Upwork"),
        ("on", "never", "Enter a day such as 2026-10-05."),
        ("cost", "-1", "greater than or equal to 0"),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field(
    client: Client, actor: Actor, field: str, typed: str, said: str
) -> None:
    data = {"kind": "grant", "amount": "10", "on": ago(3), "note": "A note of mine", field: typed}

    answer = client.post(path_of(actor, "connects_add"), data)

    assert answer.status_code == 422
    assert said in words(answer.content)
    assert "A note of mine" in answer.content.decode()
    assert not ConnectsEntry.objects.exists()


def test_what_goes_below_zero_asks_how_many_there_were(client: Client, actor: Actor) -> None:
    some_connects(actor, amount=4, happened_on=ago(5))
    data = {"kind": "spend", "amount": "16", "on": ago(3)}

    answer = client.post(path_of(actor, "connects_add"), data)
    assert answer.status_code == 422
    assert "By this ledger you did not have 16 connects" in words(answer.content)
    assert "How many did you have before it?" in words(answer.content)

    page = posted(client, actor, "connects_add", **data, had="20")
    assert "Balance today 4" in page


@pytest.mark.parametrize(
    ("route", "data"),
    [
        ("connects_add", {"kind": "grant", "amount": "10", "on": "2026-11-02"}),
        ("connects_had", {"balance": "10", "on": "2026-11-02"}),
        ("connects_paste", {"lines": "2026-11-02\tMonthly\t+10"}),
    ],
)
def test_what_was_noted_leads_to_the_top_where_it_is_said(
    client: Client, actor: Actor, route: str, data: dict[str, str]
) -> None:
    """A browser keeps the fragment of the form's address unless the answer names another."""
    assert client.post(path_of(actor, route), data)["Location"] == f"{path_of(actor)}#content"


def test_a_balance_that_is_right_already_is_said(client: Client, actor: Actor) -> None:
    some_connects(actor, amount=40, happened_on=ago(5))

    assert "says exactly that already" in posted(
        client, actor, "connects_had", balance="40", on=ago(0)
    )
    answer = client.post(path_of(actor, "connects_had"), {"balance": "-1", "on": ago(0)})
    assert answer.status_code == 422
    assert "Enter 0 or more." in words(answer.content)


def test_removed_and_put_back(client: Client, actor: Actor) -> None:
    entry = some_connects(actor)

    answer = client.post(reverse("proposals:connects_remove", args=[entry.public_id]), follow=True)
    assert "The entry is gone. Undo" in words(answer.content)
    undo = answer.content.decode().partition('hx-post="')[2].partition('"')[0]
    assert client.post(undo, headers={"HX-Request": "true"})["HX-Redirect"] == path_of(actor)
    assert ConnectsEntry.objects.get().public_id == entry.public_id
    assert "That is back already." in words(client.post(undo, follow=True).content)


def test_a_proposals_entry_is_not_removed_here_but_comes_back_b10(
    client: Client, actor: Actor
) -> None:
    some_connects(actor, amount=40, happened_on=ago(5))
    proposal_move(actor=actor, proposal=a_proposal(actor, connects=16), to=Stage.SENT)
    entry = ConnectsEntry.objects.get(kind="spend")
    assert "A faster checkout −16 24 Came back A faster checkout Nov 13" in page_of(client, actor)

    remove = reverse("proposals:connects_remove", args=[entry.public_id])
    assert "change its connects there" in words(client.post(remove, follow=True).content)
    back = reverse("proposals:connects_back", args=[entry.public_id])
    assert "16 connects came back." in words(client.post(back, follow=True).content)
    page = page_of(client, actor)
    assert "Balance today 40" in page
    assert "Came back A faster checkout −16" not in page


# ── Pasting and purchases ────────────────────────────────────────────────────────────────────────

HISTORY = """Date\tAction\tJob\tConnects\tBalance
Nov 10, 2026\tApplied to job\tA shop\t-16\t44
Nov 9, 2026\tMonthly Connects\t\t+10\t60
"""


def test_a_history_is_pasted_and_what_upwork_says_of_the_balance_is_offered(
    client: Client, actor: Actor
) -> None:
    page = posted(client, actor, "connects_paste", lines=HISTORY)

    assert "2 entries noted. Undo" in page
    assert (
        "you had 50 connects in the evening of Nov 8, 2026 ; this ledger says 0. Set it to 50"
        in page
    )
    page = posted(
        client,
        actor,
        "connects_had",
        balance="50",
        on="2026-11-08",
        said="2026-11-08:50,2026-11-10:44",
    )
    assert "Balance today 44" in page
    assert "By what you pasted" not in page
    assert "2 were there already." in posted(client, actor, "connects_paste", lines=HISTORY)


def test_what_is_not_understood_stays_in_the_field_with_its_line(
    client: Client, actor: Actor
) -> None:
    answer = client.post(
        path_of(actor, "connects_paste"), {"lines": HISTORY + "yesterday\tApplied\tB\t-6\t1\n"}
    )

    assert answer.status_code == 422
    page = words(answer.content)
    assert "2 entries noted." in page
    assert "Line 4, “yesterday Applied B -6 1”: “yesterday” is not a date" in page
    field = answer.content.decode().partition("<textarea")[2].partition("</textarea>")[0]
    assert "yesterday\tApplied" in field
    assert "Date\tAction" in field
    assert "A shop" not in field


def test_what_looks_the_same_stays_in_the_field_and_may_be_noted(
    client: Client, actor: Actor
) -> None:
    some_connects(actor, amount=10, happened_on="2026-11-09")
    lines = "2026-11-09\tMonthly\t+10"

    answer = client.post(path_of(actor, "connects_paste"), {"lines": lines})
    assert "1 of these lines looks like an entry that is there already" in words(answer.content)
    assert lines in answer.content.decode()
    page = posted(client, actor, "connects_paste", lines=lines, with_alike="on")
    assert "1 entry noted." in page


@pytest.mark.parametrize("lines", ["", "  \n", "Date\tConnects"])
def test_nothing_pasted_is_said(client: Client, actor: Actor, lines: str) -> None:
    answer = client.post(path_of(actor, "connects_paste"), {"lines": lines})

    assert answer.status_code == 422
    assert "Paste at least one line." in words(answer.content)


def test_what_the_log_has_bought_is_offered_and_taken_over_b10(
    client: Client, actor: Actor
) -> None:
    imported(actor, report(connects("2026-09-19", 9005)))

    page = page_of(client, actor)
    assert "1 purchase is not in this ledger yet: 80 on Sep 19, 2026 for $12.00" in page
    page = posted(client, actor, "connects_bought")
    assert "1 entry noted." in page
    assert "Balance today 80" in page
    assert "Bought, by your imported transactions" not in page


def test_a_purchase_that_is_there_already_is_not_doubled(client: Client, actor: Actor) -> None:
    imported(actor, report(connects("2026-09-19", 9005)))
    some_connects(actor, kind="purchase", amount=80, happened_on="2026-09-19")

    page = page_of(client, actor)

    assert "1 looks like a purchase that is there already, and is left out" in page
    assert "They are others: note them too" in page
    assert "Note what was bought" not in page
