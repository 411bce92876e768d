"""A practice's own words, and a message for each contract without a query for each."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent, Freelancer
from contracts.contract_services import fingerprint
from contracts.messages.originals import original
from contracts.messages.rendering import message_for, practice_messages
from contracts.messages.services import (
    LONGEST_BODY,
    client_language_change,
    template_change,
    template_reset,
    template_undo,
)
from contracts.models import Client, Contract, MessageTemplate
from proposals.placeholders import Flaw, Problem
from tests.factories import ClientFactory, ContractFactory, actor_with_role, solo_actor

PING = {"kind": "ping", "language": "en"}
WORDS = "{{ greeting }} How is “{{ title }}”?"


def contract_with(
    freelancer: Freelancer, client_name: str = "Anna", language: str = "en", **fields: object
) -> Contract:
    client = ClientFactory.create(practice=freelancer.practice, name=client_name, language=language)
    return ContractFactory.create(freelancer=freelancer, client=client, title="Logo", **fields)


def own_words() -> dict[tuple[str, str], str]:
    rows = MessageTemplate.objects.values_list("kind", "language", "body")
    return {(kind, language): body for kind, language, body in rows}


# ── A message for a contract ─────────────────────────────────────────────────────────────────────


def test_the_practices_words_else_the_built_in_ones(actor: Actor, freelancer: Freelancer) -> None:
    contract = contract_with(freelancer)
    template_change(actor=actor, **PING, body=WORDS)
    messages = practice_messages(actor)
    assert messages.text("ping", contract) == "Hi Anna, How is “Logo”?"
    assert messages.is_own("ping", "en")
    last_ping = messages.text("last_ping", contract)
    assert last_ping.startswith("Hi Anna,\n\nI hope you are well. “Logo” is still open")
    assert last_ping.endswith(f"\n{freelancer.name}")
    assert not messages.is_own("last_ping", "en")


@pytest.mark.parametrize(
    ("language", "begins"),
    [("en", "Hi Anna,\n"), ("uk", "Добрий день, Anna!\n"), ("ru", "Здравствуйте, Anna!\n")],
)
def test_the_clients_language(
    actor: Actor, freelancer: Freelancer, language: str, begins: str
) -> None:
    contract = contract_with(freelancer, language=language)
    assert practice_messages(actor).text("ping", contract).startswith(begins)


def test_words_of_one_language_are_not_used_in_another(
    actor: Actor, freelancer: Freelancer
) -> None:
    template_change(actor=actor, **PING, body="Mine")
    contract = contract_with(freelancer, language="uk")
    assert practice_messages(actor).text("ping", contract).startswith("Добрий день")


def test_a_contract_without_a_client(actor: Actor, freelancer: Freelancer) -> None:
    contract = ContractFactory.create(freelancer=freelancer, client=None)
    messages = practice_messages(actor)
    assert messages.text("ping", contract).startswith("Hello,\n\n")
    template_change(actor=actor, **PING, body="Hi {{ client_name }},")
    rendered = practice_messages(actor).rendered("ping", contract)
    assert rendered.text == "Hi {{ client_name }},"  # seen before it is sent, unlike “Hi ,”
    assert rendered.problems == (Problem(Flaw.EMPTY, "client_name", 1, 4),)


@pytest.mark.parametrize(
    ("delivered_what", "expected"),
    [
        (
            "a logo in three sizes",
            "I have just sent you the final delivery: a logo in three sizes.",
        ),
        (
            "A logo in three sizes.",
            "I have just sent you the final delivery: A logo in three sizes.",
        ),
        ("", "I have just sent you the final delivery: Logo."),
        (" ", "I have just sent you the final delivery: Logo."),
    ],
)
def test_what_was_delivered_else_the_title(
    actor: Actor, freelancer: Freelancer, delivered_what: str, expected: str
) -> None:
    contract = contract_with(freelancer, delivered_what=delivered_what)
    assert expected in practice_messages(actor).text("five_star_question", contract)


def test_a_clients_name_is_never_read_as_a_placeholder(
    actor: Actor, freelancer: Freelancer
) -> None:
    contract = contract_with(freelancer, client_name="{{ my_name }}")
    assert practice_messages(actor).text("ping", contract).startswith("Hi {{ my_name }},")


def test_many_contracts_take_one_query(
    actor: Actor, freelancer: Freelancer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        contract_with(freelancer, client_name=f"Anna {number}")
    contracts = list(Contract.objects.select_related("client", "freelancer"))
    with django_assert_num_queries(1):
        messages = practice_messages(actor)
        texts = [
            message_for(kind="ping", contract=contract, messages=messages) for contract in contracts
        ]
    assert len(set(texts)) == 5


def test_another_practices_words_are_never_used(actor: Actor, freelancer: Freelancer) -> None:
    template_change(actor=solo_actor(), **PING, body="Theirs")
    assert "Theirs" not in practice_messages(actor).text("ping", contract_with(freelancer))
    assert own_words() == {("ping", "en"): "Theirs"}
    template_reset(actor=actor, **PING)
    assert own_words() == {("ping", "en"): "Theirs"}


# ── Changing the words ───────────────────────────────────────────────────────────────────────────


def test_a_change_is_written_down(actor: Actor) -> None:
    template_change(actor=actor, **PING, body="First")
    event = template_change(actor=actor, **PING, body="  Second \r\nline\n")
    assert event
    assert own_words() == {("ping", "en"): "Second\nline"}
    assert event.verb == "message.changed"
    assert event.before == {**PING, "body": "First"}
    assert event.after == {**PING, "body": "Second\nline"}


def test_words_as_they_are_change_nothing(actor: Actor) -> None:
    assert template_change(actor=actor, **PING, body=original("ping", "en")) is None
    assert template_reset(actor=actor, **PING) is None
    template_change(actor=actor, **PING, body=WORDS)
    assert template_change(actor=actor, **PING, body=WORDS + "\n") is None
    assert AuditEvent.objects.count() == 1


def test_the_built_in_words_are_no_words_of_ones_own(actor: Actor) -> None:
    template_change(actor=actor, **PING, body=WORDS)
    template_change(actor=actor, **PING, body=original("ping", "en").replace("\n", "\r\n"))
    assert own_words() == {}


def test_back_to_the_built_in_words_and_undone(actor: Actor) -> None:
    template_change(actor=actor, **PING, body=WORDS)
    event = template_reset(actor=actor, **PING)
    assert own_words() == {}
    assert event
    assert event.after == {}
    template_undo(actor=actor, event=event)
    assert own_words() == {("ping", "en"): WORDS}


def test_the_first_change_is_undone_and_redone(actor: Actor) -> None:
    event = template_change(actor=actor, **PING, body=WORDS)
    assert event
    undone = template_undo(actor=actor, event=event)
    assert own_words() == {}
    assert undone
    template_undo(actor=actor, event=undone)
    assert own_words() == {("ping", "en"): WORDS}


def test_words_that_were_changed_since_are_not_overwritten(actor: Actor) -> None:
    event = template_change(actor=actor, **PING, body="First")
    template_change(actor=actor, **PING, body="Second")
    assert event
    with pytest.raises(ChangedSince):
        template_undo(actor=actor, event=event)
    assert own_words() == {("ping", "en"): "Second"}


def test_another_tabs_words_are_not_overwritten_unseen(actor: Actor) -> None:
    seen = fingerprint({"body": original("ping", "en")})
    template_change(actor=actor, **PING, body="First", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        template_change(actor=actor, **PING, body="Second", seen=seen)
    assert own_words() == {("ping", "en"): "First"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "Write the words of the message"),
        (" \n ", "Write the words of the message"),
        ("Hi\n{{ nme }}", "Line 2, column 1: there is no placeholder “nme”."),
        ("\n\nHi {{ title }", "Line 3, column 4: “{{” belongs to no placeholder."),
        ("x" * (LONGEST_BODY + 1), "at most 5000 characters"),
    ],
)
def test_words_that_cannot_be_used(actor: Actor, body: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as refused:
        template_change(actor=actor, **PING, body=body)
    assert list(refused.value.message_dict) == ["body"]
    assert own_words() == {}


@pytest.mark.parametrize("named", [{"kind": "sale"}, {"language": "de"}])
def test_a_message_that_is_none(actor: Actor, named: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="no such message"):
        template_change(actor=actor, **(PING | named), body="Hi")


@pytest.mark.parametrize(
    ("role", "may"), [("owner", True), ("manager", True), ("member", False), ("viewer", False)]
)
def test_who_may_change_the_words(actor: Actor, role: str, may: bool) -> None:
    event = template_change(actor=actor, **PING, body=WORDS)
    assert event
    other = actor_with_role(role, practice=actor.practice)
    changes: list[Callable[[], object]] = [
        lambda: template_undo(actor=other, event=event),
        lambda: template_change(actor=other, **PING, body="Mine"),
        lambda: template_reset(actor=other, **PING),
    ]
    for change in changes:
        if may:
            assert change()
        else:
            with pytest.raises(PermissionDenied):
                change()


# ── The language of a client ─────────────────────────────────────────────────────────────────────


def test_a_clients_language_is_chosen(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice)
    event = client_language_change(actor=actor, client=client, language="uk")
    assert event
    assert (event.before, event.after) == ({"language": "en"}, {"language": "uk"})
    assert (client.language, Client.objects.get().language) == ("uk", "uk")
    assert client_language_change(actor=actor, client=client, language="uk") is None


def test_a_language_that_is_none(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice)
    with pytest.raises(ValidationError):
        client_language_change(actor=actor, client=client, language="de")


def test_who_may_choose_a_clients_language(actor: Actor, freelancer: Freelancer) -> None:
    client = contract_with(freelancer).client
    assert client
    for other in (solo_actor(), actor_with_role("member", practice=actor.practice)):
        with pytest.raises(Client.DoesNotExist):
            client_language_change(actor=other, client=client, language="uk")
    viewer = actor_with_role("viewer", practice=actor.practice)
    with pytest.raises(PermissionDenied):
        client_language_change(actor=viewer, client=client, language="uk")
    member = actor_with_role("member", practice=actor.practice)
    assert member.freelancer
    ContractFactory.create(freelancer=member.freelancer, client=client)
    assert client_language_change(actor=member, client=client, language="uk")
