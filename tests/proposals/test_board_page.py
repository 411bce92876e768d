"""B5: the board and its moves, by form and by htmx, forwards, backwards and undone."""

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from contracts.models import Contract
from proposals.board_page import CARDS_AT_MOST
from proposals.funnel import Stage
from proposals.models import Proposal, ProposalMove
from tests.factories import FreelancerFactory, actor_with_role
from tests.jss.test_score_page import words
from tests.proposals.samples import a_proposal, a_sent_one

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BOARD = "/proposals/"


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def page_of(client: Client, path: str = BOARD) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer.content)


def move(client: Client, proposal: Proposal, **data: str) -> str:
    """Move it as a form does; what the board says then."""
    answer = client.post(reverse("proposals:move", args=[proposal.public_id]), data, follow=True)
    return words(answer.content)


def test_the_first_time_teaches(client: Client, actor: Actor) -> None:
    assert "Mass proposals get 1 to 3 answers in a hundred" in page_of(client)


def test_cards_stand_in_their_columns(client: Client, actor: Actor) -> None:
    a_proposal(actor, title="The draft")
    a_sent_one(actor, title="The sent one", days_ago=4)
    html = client.get(BOARD).content.decode()
    draft, sent = html.index('data-stage="draft"'), html.index('data-stage="sent"')
    assert draft < html.index("The draft") < sent < html.index("The sent one")


def test_a_form_moves_and_the_words_lead_back(client: Client, actor: Actor) -> None:
    proposal = a_proposal(actor)
    page = move(client, proposal, to="sent", seen_stage="draft")
    assert "“A faster checkout”: Sent. Undo" in page
    assert fresh(proposal).stage == "sent"


def test_htmx_gets_the_board_alone(client: Client, actor: Actor) -> None:
    proposal = a_proposal(actor)
    url = reverse("proposals:move", args=[proposal.public_id])
    answer = client.post(url, {"to": "sent", "seen_stage": "draft"}, headers=HTMX)
    html = answer.content.decode()
    assert "<html" not in html
    assert 'id="board"' in html
    assert 'id="messages"' in html
    assert "hx-swap-oob" in html


def test_won_makes_a_contract_and_leads_to_it(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor)
    url = reverse("proposals:move", args=[proposal.public_id])
    html = client.post(url, {"to": "won"}, follow=True).content.decode()
    contract = Contract.objects.get()
    assert html.count(reverse("contracts:contract", args=[contract.public_id])) == 2
    assert "Its contract is in the log." in words(html.encode())


def test_backwards_says_what_it_takes_back(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor, to=Stage.REPLIED)
    page = move(client, proposal, to="sent")
    assert "Taken back: viewed on" in page
    assert ", replied on" in page


def test_a_day_of_the_past_can_be_given(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor, days_ago=9)
    day = timezone.localdate() - dt.timedelta(days=4)
    page = move(client, proposal, to="replied", on=day.isoformat())
    assert "As of" in page
    assert fresh(proposal).replied_on == day


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"to": "sent", "on": "2999-01-01"}, "That day is still to come."),
        ({"to": "sent", "on": "0001-01-01"}, "That is before Upwork; check the year."),
        ({"to": "sent", "on": "tomorrow"}, "Enter a day such as 2026-10-05."),
        ({"to": "married"}, "There is no such stage."),
        ({}, "Choose a stage."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    client: Client, actor: Actor, data: dict[str, str], said: str
) -> None:
    proposal = a_proposal(actor)
    url = reverse("proposals:move", args=[proposal.public_id])
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert said in words(answer.content)
    answer = client.post(url, data, headers=HTMX)
    assert said in words(answer.content)
    assert fresh(proposal).stage == "draft"


def test_an_old_board_moves_nothing(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor, to=Stage.CALL)
    page = move(client, proposal, to="viewed", seen_stage="sent")
    assert "was moved meanwhile" in page
    assert fresh(proposal).stage == "call"


def test_undo_asks_without_javascript_and_acts_at_once_with_it(
    client: Client, actor: Actor
) -> None:
    proposal = a_proposal(actor)
    move(client, proposal, to="sent")
    url = reverse("proposals:move_undo", args=[ProposalMove.objects.get().public_id])
    assert "back to “Draft”?" in page_of(client, url)
    answer = client.post(url, headers=HTMX)
    assert answer.headers["HX-Redirect"] == BOARD
    assert fresh(proposal).stage == "draft"
    assert client.post(url).status_code == 404


def test_removed_and_put_back(client: Client, actor: Actor) -> None:
    proposal = a_proposal(actor)
    url = reverse("proposals:remove", args=[proposal.public_id])
    assert "is removed. Undo" in words(client.post(url, follow=True).content)
    stage = reverse("proposals:stage", args=[proposal.public_id])
    assert client.get(stage).status_code == 404
    back = reverse("proposals:put_back", args=[proposal.public_id])
    assert "Put “A faster checkout” back?" in page_of(client, back)
    client.post(back)
    assert client.get(stage).status_code == 200


# ── Writing again, and what was forgotten ────────────────────────────────────────────────────────


def test_who_fell_silent_is_above_the_board(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor, days_ago=3, to=Stage.REPLIED)
    assert "Write again today" in page_of(client)
    url = reverse("proposals:follow_up", args=[proposal.public_id])
    said = words(client.post(url, {"wrote": "1"}, follow=True).content)
    assert "write again on" in said
    assert "Write again today" not in said
    assert fresh(proposal).follow_up_on == timezone.localdate() + dt.timedelta(days=2)


def test_the_day_to_write_again_is_set_and_set_back(client: Client, actor: Actor) -> None:
    proposal = a_sent_one(actor)
    url = reverse("proposals:follow_up", args=[proposal.public_id])
    html = client.post(url, {"on": "2026-12-24"}, follow=True).content.decode()
    assert str(fresh(proposal).follow_up_on) == "2026-12-24"
    assert f'hx-post="{url}?on="' in unescape(html)
    assert "Write again without a day of your own?" in page_of(client, f"{url}?on=")
    client.post(f"{url}?on=")
    assert fresh(proposal).follow_up_on is None
    answer = client.post(url, {"on": "soon"})
    assert answer.status_code == 422
    assert "Enter a day such as" in words(answer.content)


def test_the_forgotten_are_no_answer_in_one_click_and_one_undo(
    client: Client, actor: Actor
) -> None:
    old = [a_sent_one(actor, days_ago=30 + number) for number in range(3)]
    new = a_sent_one(actor, days_ago=29)
    assert "3 proposals got no reply for 30 days." in page_of(client)
    html = client.post("/proposals/no-answer/", {"all": "1"}, follow=True).content.decode()
    assert "3 proposals are “no answer” now." in words(html.encode())
    assert {fresh(row).stage for row in old} == {"no_answer"}
    assert fresh(new).stage == "sent"
    undo = unescape(html.split('hx-post="')[1].split('"')[0])
    assert "Put 3 proposals back where they stood?" in page_of(client, undo)
    client.post(undo)
    assert {fresh(row).stage for row in old} == {"sent"}


def test_only_the_ticked_and_only_the_forgotten(client: Client, actor: Actor) -> None:
    ticked, not_ticked = a_sent_one(actor, days_ago=40), a_sent_one(actor, days_ago=40)
    talking = a_sent_one(actor, days_ago=40, to=Stage.REPLIED)
    ids = [ticked.public_id, talking.public_id, "nobody's"]
    client.post("/proposals/no-answer/", {"proposal": ids})
    stages = [fresh(row).stage for row in (ticked, not_ticked, talking)]
    assert stages == ["no_answer", "sent", "replied"]
    page = words(client.post("/proposals/no-answer/", follow=True).content)
    assert "Nothing was ticked" in page


def test_a_lot_that_was_moved_on_is_undone_in_part(client: Client, actor: Actor) -> None:
    first, second = (a_sent_one(actor, days_ago=40) for _ in range(2))
    html = client.post("/proposals/no-answer/", {"all": "1"}, follow=True).content.decode()
    undo = unescape(html.split('hx-post="')[1].split('"')[0])
    move(client, first, to="lost")
    page = words(client.post(undo, follow=True).content)
    assert "Undone, but for 1 that was moved again since." in page
    assert (fresh(first).stage, fresh(second).stage) == ("lost", "sent")


# ── Who, and how many ────────────────────────────────────────────────────────────────────────────


def test_a_viewer_only_reads(client: Client, actor: Actor, sign_in: object) -> None:
    a_sent_one(actor, days_ago=40)
    proposal = a_sent_one(actor, days_ago=5, to=Stage.REPLIED)
    viewer = sign_in(actor_with_role("viewer", practice=actor.practice))  # type: ignore[operator]
    stage = reverse("proposals:stage", args=[proposal.public_id])
    for path in (BOARD, f"{BOARD}?view=table&show=forgotten", stage, "/proposals/works/"):
        html = viewer.get(path).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        assert 'method="post"' not in main
        assert "data-board " not in main


def test_a_team_sees_whose_each_is(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    a_proposal(actor)
    main = client.get(BOARD).content.decode().split("<main")[1]
    assert "board-whose" not in main
    FreelancerFactory.create(practice=actor.practice, name="A colleague")
    main = client.get(BOARD).content.decode().split("<main")[1]
    assert f'<span class="board-whose">{actor.freelancer.name}</span>' in main


def test_a_column_shows_the_newest_and_says_how_many_more(
    client: Client, actor: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    Proposal.objects.bulk_create(
        Proposal(
            practice=actor.practice,
            freelancer=actor.freelancer,
            title=f"Job {number}",
            stage=stage.value,
            sent_at=now - dt.timedelta(days=50),
            moved_at=now - dt.timedelta(minutes=number),
        )
        for stage in Stage
        for number in range(CARDS_AT_MOST + 7)
    )
    with django_assert_max_num_queries(12):
        page = page_of(client)
    assert page.count("7 more") == 10
    assert f"Job {CARDS_AT_MOST - 1} " in page
    assert f"Job {CARDS_AT_MOST} " not in page
