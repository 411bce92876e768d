"""The answer about the score: draft, hints, saving, starting again, undo, and whose it is."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent, Freelancer
from contracts.contract_services import fingerprint
from jss.models import Reading, RecoveryAnswer
from jss.recovery_services import (
    ANSWER_CHANGED,
    LONGEST_ANSWER,
    answer_reset,
    answer_save,
    answer_undo,
)
from tests.factories import actor_with_role, solo_actor
from tests.jss.test_recovery_page import NOW, log, path_of, seven_good_one_bad, words

HTMX = {"HX-Request": "true", "HX-Target": "text-said"}
OWN = "Thank you for asking. I was late once, and I plan with more slack since then."
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def answer_path(actor: Actor) -> str:
    return f"{path_of(actor)}answer/"


def save(actor: Actor, text: str = OWN, draft: str = "", seen: str = "") -> AuditEvent | None:
    return answer_save(actor=actor, freelancer=freelancer(actor), text=text, draft=draft, seen=seen)


def kept(actor: Actor) -> str | None:
    rows = RecoveryAnswer.objects.filter(freelancer=freelancer(actor))
    return rows.values_list("text", flat=True).first()


# ── The draft ────────────────────────────────────────────────────────────────────────────────────


def test_the_draft_comes_from_the_log_and_names_nobody(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    log(bad, "Anna Keller waited a week for The bad one.", "My plan had no slack.")
    page = client.get(answer_path(actor))
    text = page.context["form"]["text"].value()
    assert "What happened: The client waited a week for the project." in text
    assert "What I learned: My plan had no slack." in text
    assert "Keller" not in text
    assert "bad one" not in text
    assert "The bad one" in words(page.content)  # beside it, for oneself alone
    assert "No blame, no pleading" in words(page.content)


def test_where_the_log_has_no_lesson_the_page_says_so(client: Client, actor: Actor) -> None:
    bad = seven_good_one_bad(actor)
    page = client.get(answer_path(actor)).content
    assert "the draft has only a general sentence for it" in words(page)
    assert f"/contracts/{bad.public_id}/#log" in page.decode()


@pytest.mark.parametrize(("day", "said"), [("2026-11-10", "is 77%"), ("2026-10-01", "about 75%")])
def test_j7_a_score_seen_lately_is_told_as_it_is(
    client: Client, actor: Actor, day: str, said: str
) -> None:
    seven_good_one_bad(actor)
    Reading.objects.create(
        practice=actor.practice, freelancer=freelancer(actor), observed_on=day, score=77
    )
    assert said in words(client.get(answer_path(actor)).content)


def test_without_a_score_there_is_no_draft(client: Client, actor: Actor) -> None:
    page = words(client.get(answer_path(actor)).content)
    assert "There is no score today that anybody could ask about" in page
    assert "What it comes from" not in page
    assert "No blame, no pleading" not in page


def test_the_plan_shows_the_answer(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    assert "Draft from your log" in words(client.get(path_of(actor)).content)
    save(actor)
    page = words(client.get(path_of(actor)).content)
    assert OWN in page
    assert "Before you send it" not in page
    save(actor, "They lied.")
    assert "there is 1 hint about its words" in words(client.get(path_of(actor)).content)


# ── Saving it ────────────────────────────────────────────────────────────────────────────────────


def test_ones_own_words_are_kept_and_the_way_back_is_offered(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    answer = client.post(answer_path(actor), {"text": OWN + "  \r\nBest,"}, follow=True)
    assert kept(actor) == f"{OWN}\nBest,"
    page = words(answer.content)
    assert "Your answer is saved. Undo" in page
    assert "Start again from the log" in page
    event = AuditEvent.objects.get(verb=ANSWER_CHANGED)
    assert (event.before, event.after) == ({}, {"text": f"{OWN}\nBest,"})
    assert event.for_freelancer_id == freelancer(actor).pk


def test_the_drafts_own_words_are_no_words_of_ones_own(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    draft = client.get(answer_path(actor)).context["form"]["text"].value()
    answer = client.post(answer_path(actor), {"text": draft}, follow=True)
    assert kept(actor) is None
    assert "nothing was saved" in words(answer.content)
    save(actor)
    client.post(answer_path(actor), {"text": draft})
    assert kept(actor) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n ", "Write your answer, or start again from the log."),
        ("x" * (LONGEST_ANSWER + 1), "An answer has at most 5000 characters."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    client: Client, actor: Actor, text: str, said: str
) -> None:
    save(actor)
    answer = client.post(answer_path(actor), {"text": text})
    assert answer.status_code == 422
    assert said in words(answer.content)
    assert answer.context["form"]["text"].value() == text
    assert kept(actor) == OWN


def test_a_long_log_does_not_keep_a_short_answer_from_being_saved(actor: Actor) -> None:
    assert save(actor, draft="x" * (LONGEST_ANSWER + 1))
    assert kept(actor) == OWN


def test_hints_are_gentle_and_hold_nothing_up(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    text = "It was the client's fault!\nAnna Keller knows it."
    client.post(answer_path(actor), {"text": text})
    assert kept(actor) == text
    page = words(client.get(answer_path(actor)).content)
    assert "Line 1: “the client&#x27;s fault” may read as blaming" in page
    assert "Line 1: “!”. Exclamation marks" in page
    assert "Line 2: “Anna Keller” is a client&#x27;s name" in page


def test_checking_saves_nothing_and_answers_htmx_with_the_hints_alone(
    client: Client, actor: Actor
) -> None:
    seven_good_one_bad(actor)
    sent = {"text": "They lied.", "check": "1"}
    part = client.post(answer_path(actor), sent, headers=HTMX)
    assert part.status_code == 200
    assert part.content.decode().strip().startswith('<div id="text-said"')
    assert "“They lied” may read as blaming" in words(part.content)
    assert "“They lied” may read as blaming" in words(client.post(answer_path(actor), sent).content)
    assert kept(actor) is None


def test_what_another_tab_saved_is_not_overwritten_unseen(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    seen = client.get(answer_path(actor)).context["form"]["seen"].value()
    save(actor)
    answer = client.post(answer_path(actor), {"text": "Mine.", "seen": seen})
    assert answer.status_code == 422
    assert "This was changed somewhere else" in words(answer.content)
    assert kept(actor) == OWN
    again = answer.context["form"]["seen"].value()
    client.post(answer_path(actor), {"text": "Mine.", "seen": again})
    assert kept(actor) == "Mine."
    with pytest.raises(ChangedMeanwhile):
        save(actor, seen=fingerprint({"text": OWN}))


# ── Starting again, and undo ─────────────────────────────────────────────────────────────────────


def test_starting_again_from_the_log_can_be_undone(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    save(actor)
    answer = client.post(f"{answer_path(actor)}reset/", follow=True)
    assert kept(actor) is None
    assert "This is the draft from your log again. Undo" in words(answer.content)
    event = AuditEvent.objects.filter(verb=ANSWER_CHANGED)[0]
    path = f"/jss/recovery-answer/undo/{event.public_id}/"
    assert OWN in words(client.get(path).content)
    assert client.post(path).status_code == 302
    assert kept(actor) == OWN


def test_undoing_takes_the_first_words_back(actor: Actor) -> None:
    event = save(actor)
    assert event
    undone = answer_undo(actor=actor, event=event)
    assert kept(actor) is None
    assert undone
    answer_undo(actor=actor, event=undone)
    assert kept(actor) == OWN


def test_what_changed_since_is_not_undone(client: Client, actor: Actor) -> None:
    seven_good_one_bad(actor)
    event = save(actor)
    save(actor, "Newer words.")
    assert event
    with pytest.raises(ChangedSince):
        answer_undo(actor=actor, event=event)
    path = f"/jss/recovery-answer/undo/{event.public_id}/"
    answer = client.post(path, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == answer_path(actor)
    assert "were changed again since then" in words(client.get(answer_path(actor)).content)
    assert kept(actor) == "Newer words."


def test_where_the_draft_holds_already_nothing_is_written_down(actor: Actor) -> None:
    assert answer_reset(actor=actor, freelancer=freelancer(actor)) is None
    assert not AuditEvent.objects.filter(verb=ANSWER_CHANGED).exists()


# ── Whose it is ──────────────────────────────────────────────────────────────────────────────────


def test_of_somebody_else_there_is_no_answer(client: Client, actor: Actor) -> None:
    other = solo_actor("Other")
    event = save(other)
    assert event
    assert client.get(answer_path(other)).status_code == 404
    assert client.post(answer_path(other), {"text": "Mine."}).status_code == 404
    assert client.post(f"{answer_path(other)}reset/").status_code == 404
    assert client.post(f"/jss/recovery-answer/undo/{event.public_id}/").status_code == 404
    with pytest.raises(Freelancer.DoesNotExist):
        answer_save(actor=actor, freelancer=freelancer(other), text="Mine.", draft="")
    assert kept(other) == OWN


def test_a_viewer_reads_it_and_changes_nothing(
    actor: Actor, sign_in: Callable[[Actor], Client]
) -> None:
    seven_good_one_bad(actor)
    save(actor)
    viewer = actor_with_role("viewer", practice=actor.practice)
    page = sign_in(viewer).get(answer_path(actor))
    assert OWN in page.content.decode()
    assert "Save the answer" not in words(page.content)
    assert sign_in(viewer).post(answer_path(actor), {"text": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        answer_reset(actor=viewer, freelancer=freelancer(actor))


def test_no_other_method(client: Client, actor: Actor) -> None:
    assert client.delete(answer_path(actor)).status_code == 405
    assert client.get(f"{answer_path(actor)}reset/").status_code == 405


def test_the_database_keeps_one_answer_with_words(actor: Actor) -> None:
    row = {"practice": actor.practice, "freelancer": freelancer(actor)}
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryAnswer.objects.create(**row, text="")
    RecoveryAnswer.objects.create(**row, text="One")
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryAnswer.objects.create(**row, text="Two")
