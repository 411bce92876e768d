"""The list of contracts: page and fragment, its states, whose rows, how many queries."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract, Feedback
from tests.factories import (
    ClientFactory,
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
)

SignIn = Callable[[Actor], Browser]
HTMX = {"HX-Request": "true"}


def text(browser: Browser, url: str = "/contracts/", **more: object) -> str:
    response = browser.get(url, **more)  # type: ignore[arg-type]  # headers
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_first_time_teaches_and_offers_an_import(actor: Actor, client: Browser) -> None:
    page = text(client)
    assert "Import from Upwork" in page
    assert 'href="/contracts/new/"' in page
    assert 'id="contract-filters"' not in page


def test_the_first_time_offers_a_viewer_no_change(actor: Actor, sign_in: SignIn) -> None:
    page = text(sign_in(actor_with_role("viewer", practice=actor.practice)))
    assert "/contracts/new/" not in page
    assert "/contracts/import/" not in page


def test_a_contract_shows_what_matters(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    closed_contract(
        freelancer,
        "2026-03-01",
        "4.9",
        title="Logo",
        client=ClientFactory.create(practice=actor.practice, name="Acme"),
        earned=Decimal("1234.5"),
        hours=Decimal("12.5"),
        started_on="2026-02-01",
    )
    page = text(client)
    for words in ("Logo", "Acme", "Closed", "Mar 1, 2026", "4.90", "Positive", "$1,234.50", "12.5"):
        assert words in page
    assert "Freelancer</a>" not in page  # alone, nobody needs the column


def test_nothing_matches(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    ContractFactory.create(freelancer=freelancer)
    page = text(client, "/contracts/?q=nowhere")
    assert "Nothing matches" in page
    assert "Import from Upwork" not in page


def test_an_empty_quick_filter_is_not_the_first_time(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer)
    assert "Nothing matches" in text(client, "/contracts/?show=negative")


def test_a_bad_filter_is_said(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo")
    page = text(client, "/contracts/?closed_from=31/02")
    assert "Closed from “31/02”. Write the day as 2026-10-02." in page
    assert "Logo" in page


def test_what_stands_in_the_url_is_escaped(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer, title="<b>Logo</b>")
    page = text(client, "/contracts/?sort=<script>&q=<b>")
    assert "<script>&" not in page
    assert "<b>" not in page


def test_totals_are_the_selections_one_a_currency(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    closed_contract(freelancer, "2026-03-01", "2", earned=Decimal(100), hours=Decimal(3))
    closed_contract(freelancer, "2026-03-01", "2", earned=Decimal(50), hours=Decimal(4))
    closed_contract(freelancer, "2026-03-01", "1", earned=Decimal(70), currency="EUR")
    closed_contract(freelancer, "2026-03-01", "5", earned=Decimal(999))
    page = text(client, "/contracts/?show=negative")
    assert "3 contracts</strong> · $150.00 earned · 7 h · €70.00 earned" in page


def test_the_export_is_of_the_selection(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer)
    assert 'href="/contracts/export.xlsx?show=open&amp;q=Contract"' in text(
        client, "/contracts/?q=Contract&show=open&sort=-closed_on&page=1"
    )


# ── Page and fragment ────────────────────────────────────────────────────────────────────────────


def test_htmx_gets_the_table_alone_and_the_short_url(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo")
    response = client.get("/contracts/?q=logo&client=&closed_from=&show=", headers=HTMX)
    fragment = response.content.decode()
    assert "Logo" in fragment
    assert "<html" not in fragment
    assert 'id="contract-filters"' not in fragment
    assert response["HX-Push-Url"] == "/contracts/?q=logo"
    assert "HX-Request" in response["Vary"]


def test_going_back_in_the_history_gets_the_whole_page(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer)
    back = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in text(client, "/contracts/?show=open", headers=back)


def test_the_fragment_keeps_filter_and_order_for_the_form(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer)
    fragment = text(client, "/contracts/?show=open&sort=title", headers=HTMX)
    assert '<input type="hidden" name="show" value="open" form="contract-filters">' in fragment
    assert '<input type="hidden" name="sort" value="title" form="contract-filters">' in fragment


def test_the_headings_say_how_it_is_sorted(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    ContractFactory.create(freelancer=freelancer)
    page = text(client, "/contracts/?sort=-earned&show=open")
    assert 'aria-sort="descending" class="num"><a' in page
    assert 'href="?show=open&amp;sort=earned"' in page
    assert page.count('aria-sort="none"') == 6


def test_a_tablet_leaves_out_the_same_columns_in_heading_and_row(
    actor: Actor, freelancer: Freelancer, sign_in: SignIn
) -> None:
    FreelancerFactory.create(practice=actor.practice)
    ContractFactory.create(freelancer=freelancer)
    head, _thead, body = text(sign_in(actor)).partition("</thead>")
    row = body.partition("</tr>")[0]

    def left_out(part: str, cell: str) -> list[bool]:
        cells = re.findall(rf"<{cell}( [^>]*)>", part)
        return ["md:max-lg:hidden" in attributes for attributes in cells]

    assert left_out(head, "th")[1:] == left_out(row, "td")
    assert left_out(row, "td").count(True) == 4


def test_fifty_a_page(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    ContractFactory.create_batch(51, freelancer=freelancer, title="Logo")
    first, second = text(client, "/contracts/?q=logo"), text(client, "/contracts/?q=logo&page=2")
    assert first.count('<th scope="row"') == 50
    assert second.count('<th scope="row"') == 1
    assert 'href="?q=logo&amp;page=2"' in first
    assert "51 to 51 of 51" in second


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "1e9"])
def test_a_page_that_is_not_there_is_another_one(
    actor: Actor, freelancer: Freelancer, client: Browser, page: str
) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo")
    assert "Logo" in text(client, f"/contracts/?page={page}")


def test_the_list_is_only_read(actor: Actor, client: Browser) -> None:
    for url in ("/contracts/", "/contracts/export.csv", "/contracts/export.xlsx"):
        assert client.post(url).status_code == 405


# ── Whose rows ───────────────────────────────────────────────────────────────────────────────────


def test_another_practices_contracts_are_not_there(actor: Actor, client: Browser) -> None:
    foreign = ContractFactory.create(title="Foreign")
    page = text(client, "/contracts/?q=Foreign")
    assert "/contracts/" + foreign.public_id not in page


def test_a_member_sees_own_contracts_only(
    actor: Actor, freelancer: Freelancer, sign_in: SignIn
) -> None:
    member = actor_with_role("member", practice=actor.practice)
    ContractFactory.create(freelancer=freelancer, title="Of the owner")
    ContractFactory.create(freelancer=member.freelancer, title="Of the member")
    page = text(sign_in(member))
    assert "Of the member" in page
    assert "Of the owner" not in page


@pytest.mark.parametrize("chosen", [True, False])
def test_the_switcher_decides_whose_contracts_these_are(
    actor: Actor, freelancer: Freelancer, client: Browser, chosen: bool
) -> None:
    other = FreelancerFactory.create(practice=actor.practice, name="Ann Other")
    ContractFactory.create(freelancer=other, title="Theirs")
    ContractFactory.create(freelancer=freelancer, title="Mine")
    session = client.session
    session["freelancer_id"] = freelancer.public_id if chosen else ""
    session.save()
    page = text(client)
    assert "Mine" in page
    assert ("Theirs" in page, 'data-label="Freelancer">Ann Other</td>' in page) == (
        (False, False) if chosen else (True, True)
    )


def test_the_number_of_queries_does_not_grow(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    def fill(number: int) -> None:
        rows = Contract.objects.bulk_create(
            Contract(
                practice=actor.practice,
                freelancer=freelancer,
                client=clients[position % 10],
                title=f"Contract {position}",
                closed_on="2026-03-01",
            )
            for position in range(number)
        )
        Feedback.objects.bulk_create(
            Feedback(practice=actor.practice, contract=row, public_rating=5) for row in rows
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/contracts/")
        return len(captured)

    clients = ClientFactory.create_batch(10, practice=actor.practice)
    fill(100)
    with_a_hundred = queries()
    fill(900)
    assert queries() == with_a_hundred
