"""The page “Recovery”: the steps, the ticks, the messages, and who may see and change what."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.closeout.services import CLOSEOUT_CHANGED
from contracts.models import CloseoutEvent, Contract, LogEntry
from tests.factories import ClientFactory, actor_with_role, closed_contract, solo_actor

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
HTMX = {"HX-Request": "true", "HX-Target": "checklist"}
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def words(html: bytes) -> str:
    """The text of a page, white space folded."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", html.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def path_of(actor: Actor) -> str:
    assert actor.freelancer
    return f"/jss/{actor.freelancer.public_id}/recovery/"


def note_path(actor: Actor, contract: Contract) -> str:
    return f"{path_of(actor)}note/{contract.public_id}/"


def step(page: str, number: int) -> str:
    """The words of one step."""
    heads = (
        "Ask for the feedback that is missing",
        "Own up to what went badly",
        "Wait out the 6-month window",
        "As a last resort: short, simple contracts",
        "When a client asks about your score",
    )
    assert [page.index(head) for head in heads] == sorted(page.index(head) for head in heads)
    return page[page.index(heads[number - 1]) : page.index(heads[number])]


def good_ones(actor: Actor, number: int) -> list[Contract]:
    assert actor.freelancer
    days = [dt.date(2026, 10, 1 + day) for day in range(number)]
    return [closed_contract(actor.freelancer, day, "5.00") for day in days]


def seven_good_one_bad(actor: Actor) -> Contract:
    """J1's first worked case: 75 % in every window."""
    assert actor.freelancer
    good_ones(actor, 7)
    client = ClientFactory.create(practice=actor.practice, name="Anna Keller")
    return closed_contract(
        actor.freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one", client=client
    )


def pattern(actor: Actor) -> list[Contract]:
    """Six good ones, four without feedback: two of these count (J3). The first is the newest."""
    assert actor.freelancer
    good_ones(actor, 6)
    days = [dt.date(2026, 11, 20), *(dt.date(2026, 9, day) for day in (9, 8, 7))]
    return [
        closed_contract(actor.freelancer, day, None, title=f"Silent {number}")
        for number, day in enumerate(days)
    ]


def log(contract: Contract, what: str, lesson: str = "", differently: str = "") -> LogEntry:
    return LogEntry.objects.create(
        practice_id=contract.practice_id,
        contract=contract,
        happened_on="2026-10-09",
        what=what,
        lesson=lesson,
        differently=differently,
    )


# ── The states of the page ───────────────────────────────────────────────────────────────────────


def test_first_time_it_teaches_and_offers_the_import(client: Client, actor: Actor) -> None:
    assert "See where your score stands" in words(client.get(path_of(actor)).content)


def test_at_90_per_cent_it_says_what_keeps_it_there(client: Client, actor: Actor) -> None:
    good_ones(actor, 10)
    page = words(client.get(path_of(actor)).content)
    assert "There is nothing to recover: the score is at 90% or above." in page
    assert "one more contract with a poor rating, closed today 82%" in page
    assert "one more contract without feedback, closed today 100%" in page
    assert "the lowest ahead" not in page  # it stays at 100 %
    assert "Own up to what went badly" not in page
    assert "When a client asks" not in page


def test_at_90_per_cent_what_gets_worse_by_itself_is_named(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 11):
        closed_contract(actor.freelancer, dt.date(2026, 6, day), "5.00")
    closed_contract(actor.freelancer, dt.date(2026, 6, 20), "2.00")
    closed_contract(actor.freelancer, dt.date(2026, 5, 1), "5.00")
    for day in range(1, 11):
        closed_contract(actor.freelancer, dt.date(2025, 1, day), "5.00")
    page = words(client.get(path_of(actor)).content)
    assert "nothing else closed: the lowest ahead, on" in page


def test_without_a_score_it_says_that_there_is_none(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2020-01-01", "2.00")
    page = words(client.get(path_of(actor)).content)
    assert "so there is no score to recover" in page


def test_j6_with_few_contracts_it_says_that_upwork_shows_none_yet(
    client: Client, actor: Actor
) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-11-01", "2.00")
    page = words(client.get(path_of(actor)).content)
    assert "With 1 closed contract Upwork shows no score yet" in page


# ── The steps ────────────────────────────────────────────────────────────────────────────────────


def test_j15_1_whom_to_ask_and_what_it_brings(client: Client, actor: Actor) -> None:
    pattern(actor)
    asking = step(words(client.get(path_of(actor)).content), 1)
    assert "2 contracts without feedback count against you" in asking
    assert "Good ratings of these 2 are enough: it is no pattern any more" in asking
    assert "no missing feedback counts, and the score is 100%." in asking
    assert asking.index("Silent 0") < asking.index("Silent 1") < asking.index("Silent 2")
    assert "With a good rating: 75% → 88%" in asking
    assert "2 contracts without feedback cost nothing" in asking


def test_j18_the_message_knows_whether_the_14_days_are_over(client: Client, actor: Actor) -> None:
    pattern(actor)
    asking = step(words(client.get(path_of(actor)).content), 1)
    lately, long_ago = asking[asking.index("Silent 0") :].split("Silent 1", 1)
    assert "the client can rate it until" in lately
    assert "is closed now. Thank you for the project" in lately
    assert "the 14 days for feedback are over, so Upwork has to open it again" in long_ago
    assert "“Silent 1” ended a while ago" in long_ago


def test_j15_2_owning_up_holds_the_words_of_the_log(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    log(bad, "I was a week late.", "My plan had no slack.", "I plan a third more.")
    owning = step(words(client.get(path_of(actor)).content), 2)
    assert "The bad one Anna Keller · closed Oct 9, 2026 · 2.00" in owning
    assert "With a good rating: 75% → 100%" in owning
    assert "Hi Anna Keller, I have been thinking about “The bad one”" in owning
    assert "What I learned from it: My plan had no slack. What I do differently" in owning
    assert "The log of this contract is empty" not in owning


@pytest.mark.parametrize(
    ("what", "said"),
    [("", "The log of this contract is empty."), ("A call", "not yet what you learned")],
)
def test_c6_without_a_lesson_the_page_says_what_to_add_and_where(
    client: Client, actor: Actor, what: str, said: str
) -> None:
    bad = seven_good_one_bad(actor)
    if what:
        log(bad, what)
    html = client.get(path_of(actor)).content
    assert said in step(words(html), 2)
    assert f"/contracts/{bad.public_id}/#log" in html.decode()
    assert "A call" not in words(html)


def test_what_reads_as_blame_is_named_beside_the_message(client: Client, actor: Actor) -> None:
    log(seven_good_one_bad(actor), "It was the client's fault.", "Nothing")
    owning = step(words(client.get(path_of(actor)).content), 2)
    assert "1 hint" in owning
    assert "“the client&#x27;s fault” may read as blaming" in owning


def test_j10_waiting_says_the_day_the_score_and_the_good_ones(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    waiting = step(words(client.get(path_of(actor)).content), 3)
    assert "The last poor rating leaves the 6 months Apr 9, 2027" in waiting
    assert "Score then, if nothing else is closed –" not in waiting
    assert "Today it would take 12 new five-star contracts to reach 90%." in waiting


def test_j15_4_below_80_per_cent_past_clients_who_rate_are_named(
    client: Client, actor: Actor
) -> None:
    seven_good_one_bad(actor)
    assert actor.freelancer
    faithful = ClientFactory.create(practice=actor.practice, name="Faithful Ltd")
    closed_contract(actor.freelancer, "2024-01-05", "5.00", client=faithful)
    closed_contract(actor.freelancer, "2024-02-05", "5.00", client=faithful)
    flagged = ClientFactory.create(practice=actor.practice, name="Flagged Ltd", flagged=True)
    closed_contract(actor.freelancer, "2024-03-05", "5.00", client=flagged)
    last = step(words(client.get(path_of(actor)).content), 4)
    assert "To do" in last
    assert "Flagged Ltd" not in last
    assert "Faithful Ltd rated 2 of 2 contracts · last on Feb 5, 2024" in last
    assert "Anna Keller" not in last


def test_j15_4_from_80_per_cent_on_it_is_not_needed(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    good_ones(actor, 9)
    closed_contract(actor.freelancer, "2026-10-20", "2.00")
    last = step(words(client.get(path_of(actor)).content), 4)
    assert "Not needed now Only below 80%" in last


def test_many_contracts_of_a_step_are_a_link_away(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    for day in range(1, 15):
        closed_contract(actor.freelancer, dt.date(2026, 10, day), "2.00", title=f"Bad {day}.")
    html = client.get(path_of(actor)).content
    assert "Show 2 more contracts" in words(html)
    assert words(html).count("I wrote to the client") == 12
    everything = words(client.get(path_of(actor) + "?all=1").content)
    assert everything.count("I wrote to the client") == 14
    assert "more contracts" not in everything


# ── The ticks ────────────────────────────────────────────────────────────────────────────────────


def test_a_tick_is_an_event_of_the_close_out_log(client: Client, actor: Actor) -> None:
    silent = pattern(actor)[0]
    answer = client.post(note_path(actor, silent), {"kind": "feedback_asked"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{path_of(actor)}#contract-{silent.public_id}"
    event = CloseoutEvent.objects.get()
    assert (event.kind, event.happened_on) == ("feedback_asked", NOW.date())
    assert event.contract_id == silent.pk
    page = words(client.get(path_of(actor)).content)
    assert "Asked on Nov 21, 2026 Take it back" in step(page, 1)
    assert "You have written about 1 of 2 contracts." in page


def test_a_second_click_notes_nothing_more(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    for _ in range(2):
        client.post(note_path(actor, bad), {"kind": "owned_up"})
    assert CloseoutEvent.objects.count() == 1


def test_a_step_is_done_when_everything_of_it_is(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    assert "To do" in step(words(client.get(path_of(actor)).content), 2)
    client.post(note_path(actor, bad), {"kind": "owned_up"})
    assert "Own up to what went badly Done" in step(words(client.get(path_of(actor)).content), 2)


def test_a_tick_can_be_taken_back_and_the_trail_keeps_both(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    client.post(note_path(actor, bad), {"kind": "owned_up"})
    client.post(note_path(actor, bad), {"kind": "owned_up", "take_back": "1"})
    assert not CloseoutEvent.objects.exists()
    assert AuditEvent.objects.filter(verb=CLOSEOUT_CHANGED).count() == 2
    assert "Take it back" not in words(client.get(path_of(actor)).content)


def test_what_the_board_recorded_is_ticked_and_an_earlier_end_is_not(
    client: Client, actor: Actor
) -> None:
    bad = seven_good_one_bad(actor)
    event = CloseoutEvent.objects.create(
        practice=actor.practice, contract=bad, kind="owned_up", happened_on="2026-10-08"
    )
    assert "Owned up on" not in words(client.get(path_of(actor)).content)
    CloseoutEvent.objects.filter(pk=event.pk).update(happened_on="2026-10-10")
    assert "Owned up on Oct 10, 2026" in words(client.get(path_of(actor)).content)


def test_c1_what_was_going_badly_is_owned_up_to_unless_it_went_well_again(
    client: Client, actor: Actor
) -> None:
    silent = pattern(actor)[0]
    kept = {"practice": actor.practice, "contract": silent}
    CloseoutEvent.objects.create(kind="going_badly", happened_on="2026-11-10", **kept)
    owning = step(words(client.get(path_of(actor)).content), 2)
    assert "Silent 0" in owning
    assert "ended badly, not rated" in owning
    CloseoutEvent.objects.create(kind="going_well", happened_on="2026-11-11", **kept)
    assert "Silent 0" in step(words(client.get(path_of(actor)).content), 1)


def test_for_htmx_a_tick_answers_with_the_checklist_alone(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    part = client.post(note_path(actor, bad), {"kind": "owned_up"}, headers=HTMX)
    html = part.content.decode()
    assert html.strip().startswith('<div id="checklist"')
    assert "Owned up on Nov 21, 2026" in words(part.content)
    assert 'id="answer"' not in html
    whole = client.get(path_of(actor)).content.decode()
    assert "<html" in whole
    assert 'id="answer"' in whole


def test_a_contract_that_is_open_again_cannot_be_ticked(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    Contract.objects.filter(pk=bad.pk).update(closed_on=None)
    answer = client.post(note_path(actor, bad), {"kind": "owned_up"})
    assert answer.status_code == 422
    assert "The contract is still open: close it first." in words(answer.content)
    assert not CloseoutEvent.objects.exists()


@pytest.mark.parametrize("kind", ["", "pinged", "x"])
def test_nothing_else_can_be_ticked(client: Client, actor: Actor, kind: str) -> None:
    bad = seven_good_one_bad(actor)
    assert client.post(note_path(actor, bad), {"kind": kind}).status_code == 404
    assert not CloseoutEvent.objects.exists()


# ── The language of a client's messages ──────────────────────────────────────────────────────────


def test_the_message_is_written_in_the_clients_language(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    log(bad, "I was late.", "Plan.")
    assert bad.client
    path = f"{path_of(actor)}language/{bad.client.public_id}/"
    answer = client.post(path, {"language": "uk", "contract": bad.public_id}, headers=HTMX)
    owning = words(answer.content)
    assert "Думаю про наш проєкт «The bad one»" in owning
    assert "Чого мене це навчило: Plan." in owning
    assert client.post(path, {"language": "fr"}).status_code == 404


# ── Who, how often ───────────────────────────────────────────────────────────────────────────────


def test_of_somebody_else_there_is_no_such_page_and_no_such_tick(
    client: Client, actor: Actor
) -> None:
    other = solo_actor("Other")
    theirs = seven_good_one_bad(other)
    seven_good_one_bad(actor)
    assert client.get(path_of(other)).status_code == 404
    for path in (note_path(other, theirs), note_path(actor, theirs)):
        assert client.post(path, {"kind": "owned_up"}).status_code == 404
    assert not CloseoutEvent.objects.exists()


def test_a_contract_is_ticked_on_its_own_freelancers_plan_only(
    client: Client, actor: Actor
) -> None:
    seven_good_one_bad(actor)
    colleague = actor_with_role("member", practice=actor.practice, name="Colleague")
    assert colleague.freelancer
    theirs = closed_contract(colleague.freelancer, "2026-10-09", "2.00")
    assert client.post(note_path(actor, theirs), {"kind": "owned_up"}).status_code == 404
    assert client.post(note_path(colleague, theirs), {"kind": "owned_up"}).status_code == 302


def test_a_viewer_reads_and_ticks_nothing(actor: Actor, sign_in: Callable[[Actor], Client]) -> None:
    bad = seven_good_one_bad(actor)
    viewer = sign_in(actor_with_role("viewer", practice=actor.practice))
    page = words(viewer.get(path_of(actor)).content)
    assert "The message, ready to copy" in page
    assert "I wrote to the client" not in page
    assert "Language for this client" not in page
    assert viewer.post(note_path(actor, bad), {"kind": "owned_up"}).status_code == 403


@pytest.mark.parametrize(("method", "name"), [("get", "note"), ("post", "")])
def test_no_other_method(client: Client, actor: Actor, method: str, name: str) -> None:
    bad = seven_good_one_bad(actor)
    path = note_path(actor, bad) if name else path_of(actor)
    assert getattr(client, method)(path).status_code == 405


def test_its_queries_do_not_grow_with_the_contracts(
    client: Client, actor: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert actor.freelancer
    for day in range(1, 12):
        log(closed_contract(actor.freelancer, dt.date(2026, 10, day), "2.00"), "Late", "Plan")
        closed_contract(actor.freelancer, dt.date(2026, 9, day), None)
    client.get(path_of(actor))
    with django_assert_max_num_queries(22):
        client.get(path_of(actor))
