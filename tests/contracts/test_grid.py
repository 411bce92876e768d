"""The grid's page and its answers: works, roles, bad input, the same number of queries."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.formats import LOCALES, reader_locale
from accounts.models import AuditEvent, Freelancer
from contracts.grid import grid_contracts, guess_for, in_grid_order, progress, shown
from contracts.grid_cells import closed_on_in, rating_in
from contracts.grid_rows import Writer, grid_rows
from contracts.importing import proposed_closing_date
from contracts.models import Contract, Feedback, ImportBatch, Payment
from tests.factories import ContractFactory, actor_with_role, closed_contract, solo_actor

TODAY = dt.date(2026, 10, 2)
GRID = "/contracts/grid/"
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.usefixtures("as_of_today")


@pytest.fixture
def as_of_today() -> Any:
    with time_machine.travel("2026-10-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def contract_paid(
    freelancer: Freelancer, paid_on: str, category: str = "earning", **fields: object
) -> Contract:
    """An open contract with one payment."""
    contract = ContractFactory.create(freelancer=freelancer, **fields)
    batch = ImportBatch.objects.create(
        practice=freelancer.practice, freelancer=freelancer, content=b""
    )
    Payment.objects.create(
        practice=freelancer.practice,
        freelancer=freelancer,
        contract=contract,
        batch=batch,
        source="transactions",
        external_id=contract.public_id,
        type="Hourly",
        category=category,
        paid_on=paid_on,
        amount=Decimal(100),
        line=2,
    )
    return contract


def in_grid(actor: Actor, contract: Contract) -> Any:
    return grid_contracts(actor, TODAY).get(pk=contract.pk)


def cell_url(contract: Contract, column: str) -> str:
    return reverse("contracts:grid_cell", args=[contract.public_id, column])


def stored(contract: Contract) -> Contract:
    return Contract.objects.with_rating().get(pk=contract.pk)


# ── What needs something ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paid_on", "guess"),
    [("2026-09-01", "2026-10-01"), ("2026-09-02", None), ("2026-10-01", None)],
)
def test_a_quiet_open_contract_gets_a_guess(
    actor: Actor, freelancer: Freelancer, paid_on: str, guess: str | None
) -> None:
    contract = in_grid(actor, contract_paid(freelancer, paid_on))
    assert guess_for(contract, TODAY) == (dt.date.fromisoformat(guess) if guess else None)
    assert contract.needs == bool(guess)


def test_database_and_rule_agree_on_every_day(actor: Actor, freelancer: Freelancer) -> None:
    for days in range(25, 36):
        paid_on = TODAY - dt.timedelta(days=days)
        contract = in_grid(actor, contract_paid(freelancer, paid_on.isoformat()))
        assert contract.has_guess == (proposed_closing_date(paid_on, TODAY) is not None)


@pytest.mark.parametrize(
    "fields", [{"closed_on": "2026-08-20", "ended_by": "client"}, {"started_on": "2026-09-30"}]
)
def test_there_is_nothing_to_guess(
    actor: Actor, freelancer: Freelancer, fields: dict[str, Any]
) -> None:
    contract = in_grid(actor, contract_paid(freelancer, "2026-08-01", **fields))
    assert (contract.has_guess, contract.needs) == (False, False)


def test_a_fee_or_refund_is_no_sign_of_work(actor: Actor, freelancer: Freelancer) -> None:
    contract = in_grid(actor, contract_paid(freelancer, "2026-08-01", category="refund"))
    assert (contract.last_paid_on, contract.has_guess) == (None, False)


@pytest.mark.parametrize(
    ("fields", "rating", "needs"),
    [
        ({"closed_on": None}, None, False),
        ({"closed_on": None}, "5", True),
        ({"closed_on": "2026-08-20"}, None, True),
        ({"closed_on": "2026-08-20", "ended_by": "client"}, None, False),
        ({"closed_on": "2026-08-20"}, "5", False),
    ],
)
def test_a_contract_needs_something_until_it_is_decided(
    actor: Actor, freelancer: Freelancer, fields: dict[str, Any], rating: str | None, needs: bool
) -> None:
    contract = closed_contract(freelancer, rating=rating, **fields)
    assert in_grid(actor, contract).needs == needs
    assert progress(grid_contracts(actor, TODAY)).complete == (0 if needs else 1)


def test_what_needs_something_comes_first_and_the_latest_of_that(
    actor: Actor, freelancer: Freelancer
) -> None:
    closed_contract(freelancer, "2026-09-30", "5", title="Complete")
    contract_paid(freelancer, "2026-01-01", title="Quiet for long")
    contract_paid(freelancer, "2026-08-01", title="Quiet")
    rows = in_grid_order(grid_contracts(actor, TODAY))
    assert [row.title for row in rows] == ["Quiet", "Quiet for long", "Complete"]
    assert [row.title for row in shown(rows, "needs")] == ["Quiet", "Quiet for long"]


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("locale", [name for name, _example in LOCALES])
def test_what_a_cell_shows_is_understood_when_it_comes_back(locale: str) -> None:
    with reader_locale(locale):
        writer = Writer()
        for month in range(1, 13):
            day = dt.date(2026, month, 9)
            assert closed_on_in(writer.text(day), today=TODAY) == day
        assert rating_in(writer.text(Decimal("4.85"))) == Decimal("4.85")


def test_cells_are_written_in_the_readers_own_format() -> None:
    with reader_locale("de-DE"):
        assert Writer().text(TODAY) == "02.10.2026"
        assert Writer().text(Decimal(5)) == "5,00"
    with reader_locale("uk-UA"):
        assert Writer().text(TODAY) == "2026-10-02"


def test_no_feedback_is_told_from_not_yet_entered(actor: Actor, freelancer: Freelancer) -> None:
    closed_contract(freelancer, "2026-08-20", title="Closed")
    ContractFactory.create(freelancer=freelancer, title="Open")
    rows = grid_rows(grid_contracts(actor, TODAY).order_by("title"), TODAY)
    assert [row.cells[2].has_no_feedback for row in rows] == [True, False]


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_a_row_per_contract(client: Client, freelancer: Freelancer) -> None:
    contract = contract_paid(freelancer, "2026-08-01", title="Logo & <b>more</b>")
    page = client.get(GRID).content.decode()
    assert reverse("contracts:contract", args=[contract.public_id]) in page
    assert "Logo &amp; &lt;b&gt;more" in page
    assert "Aug 31, 2026" in page
    assert "0 of 1</strong> contract complete" in page


def test_without_contracts_the_page_teaches(client: Client, actor: Actor) -> None:
    page = client.get(GRID)
    assert "One row per contract" in page.content.decode()
    assert reverse("contracts:import_start") in page.content.decode()


def test_the_choice_stands_in_the_url(client: Client, freelancer: Freelancer) -> None:
    contract_paid(freelancer, "2026-08-01", title="Quiet")
    closed_contract(freelancer, "2026-08-20", "5", title="Complete")
    page = client.get(GRID, {"show": "needs"}).content.decode()
    assert "Quiet" in page
    assert "Complete</a>" not in page


def test_when_nothing_is_needed_the_page_says_so(client: Client, freelancer: Freelancer) -> None:
    closed_contract(freelancer, "2026-08-20", "5")
    page = client.get(GRID, {"show": "needs"}).content.decode()
    assert "Every contract here is complete." in page


@pytest.mark.parametrize(("page", "rows"), [("1", 100), ("2", 3), ("9", 3), ("x", 100)])
def test_a_hundred_rows_a_page(
    client: Client, freelancer: Freelancer, page: str, rows: int
) -> None:
    ContractFactory.create_batch(103, freelancer=freelancer, client=None)
    response = client.get(GRID, {"page": page})
    assert response.content.decode().count("data-row=") == rows


def test_the_switcher_narrows_the_rows(actor: Actor, sign_in: Callable[[Actor], Client]) -> None:
    other = actor_with_role("member", practice=actor.practice)
    ContractFactory.create(freelancer=actor.freelancer, title="Mine")
    ContractFactory.create(freelancer=other.freelancer, title="Theirs")
    client = sign_in(actor)
    page = client.get(GRID).content.decode()
    assert "Theirs" in page
    assert f" · {other.freelancer}" in page
    session = client.session
    assert actor.freelancer
    session["freelancer_id"] = actor.freelancer.public_id
    session.save()
    page = client.get(GRID).content.decode()
    assert "Mine" in page
    assert "Theirs" not in page
    assert f" · {actor.freelancer}" not in page


def queries(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read()
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, freelancer: Freelancer
) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            contract_paid(freelancer, "2026-08-01")
            closed_contract(freelancer, "2026-08-20", "5", title=f"Closed {number}")

    fill(2)
    few = queries(lambda: client.get(GRID))
    fill(30)
    assert queries(lambda: client.get(GRID)) == few


# ── One cell ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("column", "value", "name", "expected"),
    [
        ("closed_on", "yesterday", "closed_on", dt.date(2026, 10, 1)),
        ("rating", "4,85", "rating", Decimal("4.85")),
        ("under_agency", "yes", "under_agency", True),
    ],
)
def test_a_cell_is_saved(
    client: Client, freelancer: Freelancer, column: str, value: str, name: str, expected: object
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    answer = client.post(cell_url(contract, column), {"value": value, "was": ""}, headers=HTMX)
    assert answer.status_code == 200
    assert getattr(stored(contract), name) == expected
    assert 'data-state="saved"' in answer.content.decode()
    assert AuditEvent.objects.get().public_id in answer.content.decode()


def test_the_answer_brings_what_looks_different_too(client: Client, freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, "2026-08-20", ended_by="client")
    answer = client.post(cell_url(contract, "closed_on"), {"value": "", "was": "2026-08-20"})
    page = answer.content.decode()
    assert f'id="cell-{contract.public_id}-ended_by"' in page
    assert f'id="cell-{contract.public_id}-under_agency"' not in page
    assert stored(contract).ended_by == ""


def test_who_ended_it_settles_the_missing_rating(client: Client, freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, "2026-08-20")
    hint = "If there was none, say who ended it."
    assert hint in client.get(GRID).content.decode()
    answer = client.post(cell_url(contract, "ended_by"), {"value": "me", "was": ""})
    assert f'id="cell-{contract.public_id}-rating"' in answer.content.decode()
    assert hint not in answer.content.decode()


def test_a_refused_cell_comes_back_with_text_and_reason(
    client: Client, freelancer: Freelancer
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    answer = client.post(cell_url(contract, "rating"), {"value": '7"><i>', "was": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="7&quot;&gt;&lt;i&gt;"' in page
    assert 'aria-invalid="true"' in page
    assert f'aria-describedby="note-{contract.public_id}-rating"' in page


def test_a_conflict_is_answered_with_both(client: Client, freelancer: Freelancer) -> None:
    contract = closed_contract(freelancer, "2026-08-20", "3")
    answer = client.post(cell_url(contract, "rating"), {"value": "5", "was": "4.00"})
    assert answer.status_code == 409
    assert "Meanwhile this was changed to “3.00”. You wrote “5”." in answer.content.decode()
    assert stored(contract).rating == 3


def test_an_endless_text_is_cut_and_refused(client: Client, freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    assert client.post(cell_url(contract, "rating"), {"value": "5" * 9_999}).status_code == 422
    assert client.post(cell_url(contract, "rating"), {"value": "5" * 10_001}).status_code == 400


def test_there_is_no_such_column(client: Client, freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    assert client.post(cell_url(contract, "earned"), {"value": "5"}).status_code == 404


# ── Paste ────────────────────────────────────────────────────────────────────────────────────────


def paste(client: Client, contracts: list[Contract], block: str, column: str = "rating") -> Any:
    rows = [contract.public_id for contract in contracts]
    values = {"block": block, "column": column, "row": rows}
    return client.post(reverse("contracts:grid_paste"), values, headers=HTMX)


def test_a_paste_saves_cell_by_cell(client: Client, freelancer: Freelancer) -> None:
    contracts = ContractFactory.create_batch(3, freelancer=freelancer)
    answer = paste(client, contracts, "5\tyes\nsix\tyes\n")
    assert answer.status_code == 422
    assert [stored(contract).rating for contract in contracts] == [5, None, None]
    assert [stored(contract).under_agency for contract in contracts] == [True, True, False]
    assert 'value="six"' in answer.content.decode()


def test_a_paste_that_is_too_large_is_refused_in_words(
    client: Client, freelancer: Freelancer
) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    answer = paste(client, [contract], "5\n" * 100_001)
    assert answer.status_code == 422
    assert "too much for one paste" in answer.content.decode()


def test_the_queries_of_a_paste_do_not_depend_on_the_other_rows(
    client: Client, freelancer: Freelancer
) -> None:
    contracts = ContractFactory.create_batch(2, freelancer=freelancer)
    few = queries(lambda: paste(client, contracts, "5\n4"))
    ContractFactory.create_batch(20, freelancer=freelancer)
    assert queries(lambda: paste(client, contracts, "3\n2")) <= few


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_undo_answers_with_the_rows_of_the_page_only(
    client: Client, freelancer: Freelancer
) -> None:
    here, elsewhere = ContractFactory.create_batch(2, freelancer=freelancer)
    paste(client, [here, elsewhere], "5\n5")
    event = AuditEvent.objects.get(verb="contracts.changed")
    values = {"event": event.public_id, "row": [here.public_id]}
    answer = client.post(reverse("contracts:grid_undo"), values, headers=HTMX)
    assert f"cell-{here.public_id}" in answer.content.decode()
    assert f"cell-{elsewhere.public_id}" not in answer.content.decode()
    assert not Feedback.objects.exists()


def test_what_was_changed_since_is_said_in_both_ways(
    client: Client, freelancer: Freelancer
) -> None:
    contract = ContractFactory.create(freelancer=freelancer, title="Logo")
    client.post(cell_url(contract, "rating"), {"value": "5", "was": ""})
    event = AuditEvent.objects.get()
    client.post(cell_url(contract, "rating"), {"value": "4", "was": "5.00"})
    url, values = reverse("contracts:grid_undo"), {"event": event.public_id}
    answer = client.post(url, values, headers=HTMX)
    assert answer.status_code == 409
    assert "“Logo” was changed again" in answer.content.decode()
    assert "“Logo” was changed again" in client.post(url, values, follow=True).content.decode()
    assert stored(contract).rating == 4


def test_the_page_offers_no_undo_of_what_it_cannot_undo(
    client: Client, actor: Actor, freelancer: Freelancer
) -> None:
    ContractFactory.create(freelancer=freelancer)
    event = audit_record(actor=actor, verb="import.applied", target=actor.practice)
    assert "Saved in" not in client.get(GRID, {"done": event.public_id}).content.decode()


def test_there_is_no_such_event(client: Client, actor: Actor) -> None:
    url = reverse("contracts:grid_undo")
    assert client.post(url, {"event": "none"}).status_code == 404
    assert client.post(url).status_code == 400


# ── Without JavaScript ───────────────────────────────────────────────────────────────────────────


def page_values(client: Client) -> dict[str, Any]:
    """What a browser sends of the page as it stands."""
    rows = client.get(GRID).context["rows"]
    values: dict[str, Any] = {"row": [row.contract.public_id for row in rows], "show": "all"}
    for row in rows:
        for cell in row.cells:
            values[f"{cell.key}-was"] = cell.was
            if cell.column != "under_agency" or cell.is_checked:
                values[cell.key] = "yes" if cell.column == "under_agency" else cell.text
    return values


def test_a_page_sent_as_it_is_changes_nothing(client: Client, freelancer: Freelancer) -> None:
    contract_paid(freelancer, "2026-08-01")
    closed_contract(freelancer, "2026-08-20", "5", under_agency=True, ended_by="client")
    answer = client.post(GRID, page_values(client))
    assert answer.status_code == 302
    assert not AuditEvent.objects.exists()


def test_a_cell_that_was_not_touched_does_not_come_between_another_tab(
    client: Client, freelancer: Freelancer
) -> None:
    contract = closed_contract(freelancer, "2026-08-20", "3")
    values = page_values(client)
    Feedback.objects.update(public_rating=Decimal("4.00"))
    assert client.post(GRID, values).status_code == 302
    assert stored(contract).rating == 4


def test_only_what_was_typed_is_saved_and_the_page_offers_the_undo(
    client: Client, freelancer: Freelancer
) -> None:
    first, second = ContractFactory.create_batch(2, freelancer=freelancer, under_agency=True)
    values = page_values(client)
    values[f"{first.public_id}-closed_on"] = "2026-03-01"
    values[f"{first.public_id}-rating"] = "5"
    del values[f"{second.public_id}-under_agency"]
    answer = client.post(GRID, values, follow=True)
    assert "3 changes saved." in answer.content.decode()
    assert stored(first).closed_on == dt.date(2026, 3, 1)
    assert stored(first).rating == 5
    assert (stored(first).under_agency, stored(second).under_agency) == (True, False)


def test_refused_cells_keep_their_rows_and_texts_and_the_rest_is_saved(
    client: Client, freelancer: Freelancer
) -> None:
    first, second = (contract_paid(freelancer, day) for day in ("2026-08-02", "2026-08-01"))
    values = page_values(client) | {
        f"{first.public_id}-closed_on": "2026-08-15",
        f"{first.public_id}-rating": "5",
        f"{second.public_id}-closed_on": "soon",
    }
    answer = client.post(GRID, values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.index(first.public_id) < page.index(second.public_id)
    assert 'value="soon"' in page
    assert 'value="Aug 15, 2026"' in page
    assert stored(first).rating == 5


def test_saving_again_after_a_conflict_keeps_what_was_typed(
    client: Client, freelancer: Freelancer
) -> None:
    contract = closed_contract(freelancer, "2026-08-20", "3")
    values = page_values(client) | {f"{contract.public_id}-rating": "5"}
    Feedback.objects.update(public_rating=Decimal("4.00"))
    answer = client.post(GRID, values)
    assert answer.status_code == 422
    assert "changed to “4.00”" in answer.content.decode()
    assert f'name="{contract.public_id}-rating-was" value="4.00"' in answer.content.decode()
    client.post(GRID, values | {f"{contract.public_id}-rating-was": "4.00"})
    assert stored(contract).rating == 5


def test_one_guess_is_confirmed_with_the_page(client: Client, freelancer: Freelancer) -> None:
    first, second = (contract_paid(freelancer, "2026-08-01") for _time in range(2))
    client.post(GRID, page_values(client) | {"confirm": first.public_id})
    assert stored(first).closed_on == dt.date(2026, 8, 31)
    assert stored(second).closed_on is None


def test_all_guesses_are_confirmed_also_those_of_other_pages(
    client: Client, freelancer: Freelancer
) -> None:
    typed, other = (contract_paid(freelancer, "2026-08-01") for _time in range(2))
    name = f"{typed.public_id}-closed_on"
    values = {"row": [typed.public_id], name: "2026-08-05", f"{name}-was": "", "confirm": "all"}
    assert client.post(GRID, values).status_code == 302
    assert stored(typed).closed_on == dt.date(2026, 8, 5)
    assert stored(other).closed_on == dt.date(2026, 8, 31)
    assert AuditEvent.objects.filter(verb="contracts.changed").count() == 1


def test_only_the_chosen_freelancers_guesses_are_confirmed(
    actor: Actor, freelancer: Freelancer, sign_in: Callable[[Actor], Client]
) -> None:
    other = actor_with_role("member", practice=actor.practice)
    assert other.freelancer
    mine = contract_paid(freelancer, "2026-08-01")
    theirs = contract_paid(other.freelancer, "2026-08-01")
    client = sign_in(actor)
    session = client.session
    session["freelancer_id"] = freelancer.public_id
    session.save()
    client.post(GRID, {"confirm": "all"})
    assert stored(mine).closed_on == dt.date(2026, 8, 31)
    assert stored(theirs).closed_on is None


# ── Who may what ─────────────────────────────────────────────────────────────────────────────────


def posts(contract: Contract) -> list[tuple[str, dict[str, Any]]]:
    """Each way to write, aimed at this contract."""
    name = f"{contract.public_id}-rating"
    return [
        (GRID, {"row": [contract.public_id], name: "5", f"{name}-was": ""}),
        (cell_url(contract, "rating"), {"value": "5", "was": ""}),
        (
            reverse("contracts:grid_paste"),
            {"block": "5", "column": "rating", "row": [contract.public_id]},
        ),
    ]


def test_a_viewer_reads_and_does_not_write(
    actor: Actor, freelancer: Freelancer, sign_in: Callable[[Actor], Client]
) -> None:
    contract = contract_paid(freelancer, "2026-08-01", title="Logo")
    client = sign_in(actor_with_role("viewer", practice=actor.practice))
    page = client.get(GRID).content.decode()
    assert "Logo" in page
    assert f'name="{contract.public_id}-rating"' not in page
    assert "grid.js" not in page
    for url, values in [*posts(contract), (reverse("contracts:grid_undo"), {"event": "x"})]:
        assert client.post(url, values).status_code == 403
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("stranger", ["member", "other practice"])
def test_what_is_someone_elses_is_not_there(
    actor: Actor, freelancer: Freelancer, sign_in: Callable[[Actor], Client], stranger: str
) -> None:
    contract = ContractFactory.create(freelancer=freelancer, title="Not yours")
    other = (
        actor_with_role("member", practice=actor.practice)
        if stranger == "member"
        else solo_actor("Else")
    )
    client = sign_in(other)
    assert "Not yours" not in client.get(GRID).content.decode()
    for url, values in posts(contract):
        assert client.post(url, values).status_code == 404
    own = ContractFactory.create(freelancer=other.freelancer)
    paste = {"block": "5\n5", "column": "rating", "row": [own.public_id, contract.public_id]}
    assert client.post(reverse("contracts:grid_paste"), paste).status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("role", ["owner", "manager", "member"])
def test_who_may_change_does(actor: Actor, sign_in: Callable[[Actor], Client], role: str) -> None:
    other = actor_with_role(role, practice=actor.practice)
    contract = ContractFactory.create(freelancer=other.freelancer)
    for url, values in posts(contract):
        assert sign_in(other).post(url, values).status_code in (200, 302)
    assert stored(contract).rating == 5


@pytest.mark.parametrize("name", ["grid_paste", "grid_undo"])
def test_writing_is_by_post_only(client: Client, actor: Actor, name: str) -> None:
    assert client.get(reverse(f"contracts:{name}")).status_code == 405


def test_a_cell_is_written_by_post_only(client: Client, freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer)
    assert client.get(cell_url(contract, "rating")).status_code == 405
    assert client.put(GRID).status_code == 405
