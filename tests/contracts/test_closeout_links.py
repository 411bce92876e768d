"""One-click links of a mail: they record once, ask for no login, and change nothing when opened."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.cadence import StepKind
from contracts.closeout.acts import Act, closeout_act, contract_open_again
from contracts.closeout.links import SALT, Link, link_url
from contracts.models import CloseoutEvent, Contract
from tests.contracts.closeout_samples import (
    NOON,
    TODAY,
    ago,
    at,
    at_step,
    happened,
    kinds,
    row_of,
    step_of,
    words,
)
from tests.factories import actor_with_role, solo_actor

SignIn = Callable[[Actor], Browser]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def contract(freelancer: Freelancer) -> Contract:
    """Its weekly ping is due today."""
    return at_step(freelancer, StepKind.PING, title="Logo")


@pytest.fixture
def phone() -> Browser:
    """Where the mail is read: nobody is signed in, and forms need their token."""
    return Browser(enforce_csrf_checks=True)


def path_of(actor: Actor, contract: Contract, act: Act, **other: str) -> str:
    """Where a mail's link leads, without the host."""
    values = {
        "membership": actor.membership.public_id,
        "contract": contract.public_id,
        "act": act.value,
        "step": row_of(actor, contract).key,
        "mail": "digest:1",
        "day": TODAY.isoformat(),
    }
    return urlsplit(link_url(Link(**values | other))).path


def press(browser: Browser, page: Any, path: str) -> Any:
    """Press the button of the link's page, as a browser without JavaScript does."""
    form = re.search(r'<form class="mt-5" method="post">.*?</form>', words(page))
    assert form
    fields = re.findall(r'<(?:input|button)[^>]*name="(\w+)" value="([^"]*)"', form[0])
    return browser.post(path, dict(fields))


def follow(browser: Browser, path: str) -> Any:
    """Open a link, and press its button."""
    return press(browser, browser.get(path), path)


def refused(response: Any, status: int, sentence: str) -> bool:
    page = words(response)
    return (
        response.status_code == status
        and "Nothing was changed" in page
        and sentence in page
        and 'name="undo"' not in page
    )


def untouched(contract: Contract) -> bool:
    """Whether nothing at all was written."""
    contract.refresh_from_db()
    return kinds(contract) == ["asked"] and contract.closed_on is None


USED = "This is noted already, or “Logo” has moved on since the mail was sent."
BROKEN = "This link does not work: it is incomplete, or you have no access any more."


# ── Opening it ───────────────────────────────────────────────────────────────────────────────────


def test_a_link_is_absolute(actor: Actor, contract: Contract, settings: Any) -> None:
    settings.SITE_URL = "https://ops.example.org"
    link = Link(actor.membership.public_id, contract.public_id, "sent", "", "digest:1", "")
    assert link_url(link).startswith("https://ops.example.org/contracts/closeout/link/")


@pytest.mark.parametrize("act", [Act.SENT, Act.ANSWERED, Act.CLIENT_CLOSED, Act.SNOOZE])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_it_changes_nothing(
    actor: Actor, contract: Contract, phone: Browser, act: Act, method: str
) -> None:
    """Mail scanners open links."""
    path = path_of(actor, contract, act)
    for _turn in range(3):
        assert getattr(phone, method)(path).status_code == 200
    assert untouched(contract)
    assert not AuditEvent.objects.exists()


def test_opening_it_says_what_it_would_write_down(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    page = words(phone.get(path_of(actor, contract, Act.SENT)))
    assert "Mark as “Sent”?" in page
    assert "Logo" in page
    assert "Next step: Ping the client, due today." in page
    assert "nothing is sent to Upwork or to your client" in page


def test_the_page_needs_no_script(actor: Actor, contract: Contract, phone: Browser) -> None:
    page = words(phone.get(path_of(actor, contract, Act.SENT)))
    form = re.search(r'<form class="mt-5"[^>]*>.*?</form>', page)
    assert form
    assert 'method="post"' in form[0]
    assert "hx-" not in form[0]


def test_the_page_is_not_kept(actor: Actor, contract: Contract, phone: Browser) -> None:
    response = phone.get(path_of(actor, contract, Act.SENT))
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("step", [StepKind.CLOSE, StepKind.END_BADLY])
def test_the_loss_of_escrow_is_said_before_closing(
    actor: Actor, freelancer: Freelancer, phone: Browser, step: StepKind
) -> None:
    """C7."""
    contract = at_step(freelancer, step, kind="fixed", escrow="120.50")
    page = words(phone.get(path_of(actor, contract, Act.CLOSED)))
    assert "$120.50 is in escrow. If you end the contract, it goes back to the client" in page


# ── Using it ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("act", "recorded"),
    [(Act.SENT, "pinged"), (Act.ANSWERED, "answered"), (Act.SNOOZE, "snoozed")],
)
def test_pressing_its_button_records(
    actor: Actor, contract: Contract, phone: Browser, act: Act, recorded: str
) -> None:
    response = follow(phone, path_of(actor, contract, act))
    assert response.status_code == 200
    assert "Marked as" in words(response)
    assert kinds(contract) == ["asked", recorded]
    row = CloseoutEvent.objects.select_related("author").latest("pk")
    assert (row.author, row.happened_on) == (actor.user, TODAY)


def test_a_snooze_is_for_a_week(actor: Actor, contract: Contract, phone: Browser) -> None:
    follow(phone, path_of(actor, contract, Act.SNOOZE))
    assert CloseoutEvent.objects.latest("pk").until == ago(-7)


@pytest.mark.parametrize(
    ("act", "ended_by"), [(Act.CLOSED, "freelancer"), (Act.CLIENT_CLOSED, "client")]
)
def test_a_link_closes(
    actor: Actor, freelancer: Freelancer, phone: Browser, act: Act, ended_by: str
) -> None:
    contract = at_step(freelancer, StepKind.CLOSE)
    follow(phone, path_of(actor, contract, act))
    contract.refresh_from_db()
    assert (contract.closed_on, contract.ended_by) == (TODAY, ended_by)


def test_afterwards_the_next_step_is_said(actor: Actor, contract: Contract, phone: Browser) -> None:
    page = words(follow(phone, path_of(actor, contract, Act.SENT)))
    assert "Next: Ping once more, due Mar 16, 2026." in page


def test_the_trail_names_whose_link_it_was(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    """A8."""
    follow(phone, path_of(actor, contract, Act.SENT))
    event = AuditEvent.objects.select_related("who").get()
    assert (event.who, event.verb) == (actor.user, "closeout.changed")


def test_without_the_forms_token_nothing_is_recorded(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    assert phone.post(path_of(actor, contract, Act.SENT)).status_code == 403
    assert untouched(contract)


def test_whoever_is_signed_in_there_the_link_is_its_readers(
    actor: Actor, contract: Contract, sign_in: SignIn
) -> None:
    browser = sign_in(solo_actor())
    follow(browser, path_of(actor, contract, Act.SENT))
    assert CloseoutEvent.objects.select_related("author").latest("pk").author == actor.user


def test_the_day_is_the_readers(
    actor: Actor, freelancer: Freelancer, contract: Contract, phone: Browser
) -> None:
    freelancer.time_zone = "Pacific/Auckland"
    freelancer.save()
    follow(phone, path_of(actor, contract, Act.ANSWERED))
    assert CloseoutEvent.objects.latest("pk").happened_on == ago(-1)


# ── Once ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("act", [Act.SENT, Act.ANSWERED, Act.CLIENT_CLOSED, Act.SNOOZE])
def test_a_used_link_says_so_and_changes_nothing(
    actor: Actor, contract: Contract, phone: Browser, act: Act
) -> None:
    path = path_of(actor, contract, act)
    page = phone.get(path)
    assert press(phone, page, path).status_code == 200
    written = CloseoutEvent.objects.count(), AuditEvent.objects.count()
    assert refused(press(phone, page, path), 409, USED)
    assert refused(phone.get(path), 409, USED)
    assert (CloseoutEvent.objects.count(), AuditEvent.objects.count()) == written


def test_a_snooze_is_used_up_when_it_is_over(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.SNOOZE)
    page = phone.get(path)
    press(phone, page, path)
    with at(NOON + dt.timedelta(8)):
        assert refused(press(phone, page, path), 409, USED)
    assert kinds(contract) == ["asked", "snoozed"]


def test_an_answer_that_is_noted_is_not_invented_again_by_another_mail(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    follow(phone, path_of(actor, contract, Act.ANSWERED))
    other = path_of(actor, contract, Act.ANSWERED, mail="digest:2")
    assert refused(phone.get(other), 409, USED)
    assert kinds(contract) == ["asked", "answered"]


def test_a_later_answer_is_another_one(actor: Actor, contract: Contract, phone: Browser) -> None:
    happened(contract, CloseoutEvent.Kind.ANSWERED, ago(1))
    follow(phone, path_of(actor, contract, Act.ANSWERED, mail="digest:2"))
    assert kinds(contract) == ["asked", "answered", "answered"]


def test_an_old_snooze_does_not_put_off_another_step(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.SNOOZE)
    closeout_act(actor=actor, contract=contract, act=Act.SENT)
    assert refused(phone.get(path), 409, USED)
    assert kinds(contract) == ["asked", "pinged"]


def test_sent_is_not_recorded_for_a_step_that_has_moved_on(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.SENT)
    page = phone.get(path)
    closeout_act(actor=actor, contract=contract, act=Act.ANSWERED)
    assert refused(phone.get(path), 409, USED)
    assert refused(press(phone, page, path), 409, USED)
    assert kinds(contract) == ["asked", "answered"]


def test_closed_is_not_recorded_for_a_step_that_has_moved_on(
    actor: Actor, freelancer: Freelancer, phone: Browser
) -> None:
    """C3: who hears from the client again does not close."""
    contract = at_step(freelancer, StepKind.CLOSE, title="Logo")
    path = path_of(actor, contract, Act.CLOSED)
    page = phone.get(path)
    closeout_act(actor=actor, contract=contract, act=Act.ANSWERED)
    assert refused(press(phone, page, path), 409, USED)
    contract.refresh_from_db()
    assert contract.closed_on is None


def test_an_answer_is_recorded_whatever_step_it_is_by_now(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.ANSWERED)
    closeout_act(actor=actor, contract=contract, act=Act.SENT)
    assert follow(phone, path).status_code == 200
    assert kinds(contract) == ["asked", "pinged", "answered"]


def test_a_contract_that_was_opened_again_is_not_closed_by_an_old_mail(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.CLIENT_CLOSED)
    page = phone.get(path)
    press(phone, page, path)
    with at(NOON + dt.timedelta(3)):
        contract_open_again(actor=actor, contract=Contract.objects.get(pk=contract.pk))
        assert refused(phone.get(path), 409, USED)
        assert refused(press(phone, page, path), 409, USED)
    contract.refresh_from_db()
    assert contract.closed_on is None


def test_a_contract_that_was_opened_again_before_the_mail_is_closed_by_it(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    happened(contract, "reopened", ago(7))
    assert follow(phone, path_of(actor, contract, Act.CLIENT_CLOSED)).status_code == 200
    contract.refresh_from_db()
    assert contract.closed_on == TODAY


def test_what_cannot_be_is_said(actor: Actor, contract: Contract, phone: Browser) -> None:
    path = path_of(actor, contract, Act.ANSWERED)
    Contract.objects.filter(pk=contract.pk).update(delivered_on=None)
    response = follow(phone, path)
    assert refused(response, 409, "Nothing is delivered yet: enter the delivery first.")
    assert untouched(contract)


# ── Broken ───────────────────────────────────────────────────────────────────────────────────────


def broken(browser: Browser, path: str, status: int = 404, sentence: str = BROKEN) -> bool:
    """Whether the link is refused, opened and posted, without a button to press."""
    page = browser.get(path)
    token = browser.cookies.get("csrftoken")
    data = {"csrfmiddlewaretoken": token.value} if token else {}
    return (
        refused(page, status, sentence)
        and '<button class="btn btn-primary' not in words(page)
        and refused(browser.post(path, data), status, sentence)
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda token: token[:-1],
        lambda token: token[: len(token) // 2],
        lambda token: token[1:],
        lambda token: ("x" if token[0] != "x" else "y") + token[1:],
        lambda token: token + "a",
        lambda token: token.replace(":", "."),
        lambda _token: "no-such-link",
        lambda _token: "::",
        lambda token: token + "é",
    ],
    ids=range(9),
)
def test_a_tampered_or_cut_off_link_is_refused(
    actor: Actor, contract: Contract, damage: Callable[[str], str]
) -> None:
    path = path_of(actor, contract, Act.SENT)
    start, token = path.rstrip("/").rsplit("/", 1)
    assert broken(Browser(), f"{start}/{damage(token)}/")
    assert untouched(contract)


def test_what_was_signed_for_something_else_is_no_link(actor: Actor, contract: Contract) -> None:
    values = [actor.membership.public_id, contract.public_id, "sent", "", "m", "2026-03-02"]
    token = signing.dumps(values, salt="another")
    assert broken(Browser(), f"/contracts/closeout/link/{token}/")


@pytest.mark.parametrize(
    "values", [[], ["a"], "text", {"a": "b"}, list("abcdefg"), list("abcdef")], ids=str
)
def test_a_link_of_another_version_of_the_product_is_refused(values: Any) -> None:
    token = signing.dumps(values, salt=SALT)
    assert broken(Browser(), f"/contracts/closeout/link/{token}/")


@pytest.mark.parametrize(("days", "is_good"), [(29, True), (31, False)])
def test_a_link_works_for_thirty_days(
    actor: Actor, contract: Contract, days: int, is_good: bool
) -> None:
    path = path_of(actor, contract, Act.ANSWERED)
    with at(NOON + dt.timedelta(days)):
        if is_good:
            assert Browser().post(path).status_code == 200
        else:
            old = "This link is more than 30 days old and no longer works."
            assert broken(Browser(), path, 410, old)
    assert (kinds(contract) == ["asked"]) != is_good


def test_a_link_of_somebody_who_left_the_practice_is_refused(
    actor: Actor, contract: Contract
) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    path = path_of(manager, contract, Act.SENT)
    manager.membership.delete()
    assert broken(Browser(), path)
    assert untouched(contract)


def test_a_link_of_a_login_that_was_switched_off_is_refused(
    actor: Actor, contract: Contract
) -> None:
    path = path_of(actor, contract, Act.SENT)
    actor.user.is_active = False
    actor.user.save()
    assert broken(Browser(), path)
    assert untouched(contract)


def test_a_member_who_became_a_viewer_may_only_look(actor: Actor, contract: Contract) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    path = path_of(manager, contract, Act.SENT)
    manager.membership.role = "viewer"
    manager.membership.save()
    for response in (Browser().get(path), Browser().post(path)):
        assert refused(response, 403, "Your role in this practice may only look.")
    assert untouched(contract)


def test_another_practices_contract_is_not_reached(actor: Actor, contract: Contract) -> None:
    stranger = solo_actor()
    membership = stranger.membership.public_id
    assert broken(Browser(), path_of(actor, contract, Act.SENT, membership=membership))
    assert untouched(contract)


def test_a_manager_who_became_a_member_reaches_own_contracts_only(
    actor: Actor, contract: Contract
) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    path = path_of(manager, contract, Act.SENT)
    manager.membership.role = "member"
    manager.membership.save()
    assert broken(Browser(), path)
    assert untouched(contract)


def test_a_deleted_contract_is_said_like_a_broken_link(actor: Actor, contract: Contract) -> None:
    path = path_of(actor, contract, Act.SENT)
    contract.delete()
    assert broken(Browser(), path)


# ── Undo ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("act", [Act.SENT, Act.ANSWERED, Act.CLIENT_CLOSED, Act.SNOOZE])
def test_it_is_undone_from_the_same_page(
    actor: Actor, contract: Contract, phone: Browser, act: Act
) -> None:
    path = path_of(actor, contract, act)
    response = press(phone, follow(phone, path), path)
    assert response.status_code == 200
    assert "“Logo” is as it was before." in words(response)
    assert untouched(contract)
    assert step_of(actor, contract) == ("ping", TODAY)


def test_what_was_undone_can_be_done_with_the_same_link(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    path = path_of(actor, contract, Act.SENT)
    press(phone, follow(phone, path), path)
    assert follow(phone, path).status_code == 200
    assert kinds(contract) == ["asked", "pinged"]


def test_an_undo_is_good_for_once(actor: Actor, contract: Contract, phone: Browser) -> None:
    path = path_of(actor, contract, Act.SENT)
    done = follow(phone, path)
    press(phone, done, path)
    again = press(phone, done, path)
    assert refused(again, 409, "“Logo” was changed again since then, so this was not undone.")


def test_an_undo_is_good_for_a_day(actor: Actor, contract: Contract, phone: Browser) -> None:
    path = path_of(actor, contract, Act.SENT)
    done = follow(phone, path)
    with at(NOON + dt.timedelta(1, 60)):
        assert press(phone, done, path).status_code == 404
    assert kinds(contract) == ["asked", "pinged"]


@pytest.mark.parametrize("token", ["", "no-such-undo", "a:b:c"])
def test_a_made_up_undo_is_refused(actor: Actor, contract: Contract, token: str) -> None:
    path = path_of(actor, contract, Act.SENT)
    Browser().post(path)
    assert Browser().post(path, {"undo": token}).status_code == 404
    assert kinds(contract) == ["asked", "pinged"]


def test_an_undo_of_another_contracts_link_is_refused(
    actor: Actor, freelancer: Freelancer, contract: Contract, phone: Browser
) -> None:
    other = at_step(freelancer, StepKind.PING)
    done = follow(phone, path_of(actor, other, Act.SENT))
    assert press(phone, done, path_of(actor, contract, Act.SENT)).status_code == 404
    assert kinds(other) == ["asked", "pinged"]


def test_an_undo_of_another_persons_link_is_refused(
    actor: Actor, contract: Contract, phone: Browser
) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    done = follow(phone, path_of(actor, contract, Act.SENT))
    assert press(phone, done, path_of(manager, contract, Act.ANSWERED)).status_code == 404
    assert kinds(contract) == ["asked", "pinged"]


def test_a_viewer_by_now_undoes_nothing(actor: Actor, contract: Contract, phone: Browser) -> None:
    path = path_of(actor, contract, Act.SENT)
    done = follow(phone, path)
    actor.membership.role = "viewer"
    actor.membership.save()
    assert press(phone, done, path).status_code == 403
    assert kinds(contract) == ["asked", "pinged"]
