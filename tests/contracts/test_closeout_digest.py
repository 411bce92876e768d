"""The digest's part about closing contracts: what is due, the words, and one-click links (C5)."""

import datetime as dt
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import Freelancer, User
from accounts.readers import actor_of, reading_as
from contracts.cadence import StepKind
from contracts.closeout.acts import ACTS_AT, LABELS
from contracts.closeout.cards import cards_of
from contracts.closeout.digest import SHOWN_AT_MOST, closeout_part
from contracts.models import Contract
from outbox.digest_parts import DigestPart
from outbox.digests import plan
from outbox.models import Mail
from tests.contracts.closeout_samples import (
    NOON,
    Kind,
    ago,
    at,
    at_step,
    delivered,
    happened,
    kinds,
    row_of,
)
from tests.factories import ClientFactory, ContractFactory, actor_with_role, solo_actor

pytestmark = pytest.mark.django_db
SITE = "https://ops.example.org"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = SITE


def part_of(actor: Actor, now: dt.datetime = NOON, key: str = "digest:1") -> DigestPart | None:
    with at(now), reading_as(actor):
        return closeout_part(actor=actor, now=now, mail_key=key)


def the_part(actor: Actor, now: dt.datetime = NOON, key: str = "digest:1") -> DigestPart:
    part = part_of(actor, now, key)
    assert part
    return part


def digest_sent(actor: Actor, at_moment: dt.datetime, occurrence: str = "digest:0") -> None:
    with at(at_moment):
        Mail.objects.create(
            practice=actor.practice,
            membership=actor.membership,
            occurrence=f"{occurrence}:{at_moment.isoformat()}",
            message_id=f"<{at_moment.isoformat()}@ops.example.org>",
            to_address=actor.user.email,
            subject="Due",
            text="Due",
            due_at=at_moment,
        )


def links_of(text: str) -> list[str]:
    return re.findall(r"https?://\S+?/contracts/closeout/link/[^\s\"<]+", unescape(text))


# ── Whether there is one ─────────────────────────────────────────────────────────────────────────


def test_without_contracts_there_is_none(actor: Actor) -> None:
    assert part_of(actor) is None


def test_with_nothing_due_there_is_none(actor: Actor, freelancer: Freelancer) -> None:
    at_step(freelancer, StepKind.PING, late=-1)
    ContractFactory.create(freelancer=freelancer)
    out = at_step(freelancer, StepKind.PING)
    happened(out, Kind.TAKEN_OUT, ago(0))
    assert part_of(actor) is None


def test_what_is_due_is_counted(actor: Actor, freelancer: Freelancer) -> None:
    for late in (0, 3, -1):
        at_step(freelancer, StepKind.PING, late=late)
    assert the_part(actor).count == 2


def test_what_is_due_is_due_where_the_reader_is(actor: Actor, freelancer: Freelancer) -> None:
    """In Auckland it is tomorrow already."""
    at_step(freelancer, StepKind.PING, late=-1)
    assert part_of(actor) is None
    freelancer.time_zone = "Pacific/Auckland"
    freelancer.save()
    assert the_part(actor).count == 1


# ── Whose ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def team(actor: Actor) -> dict[str, Actor]:
    """An owner, a manager, two members and a viewer; each has a contract that is due."""
    people = {"owner": actor_of(actor.membership)}
    for name, role in {
        "Mara": "manager",
        "Max": "member",
        "Mia": "member",
        "Vera": "viewer",
    }.items():
        made = actor_with_role(role, practice=actor.practice, name=name)
        assert made.freelancer
        at_step(made.freelancer, StepKind.PING, title=f"Of {name}")
    members = actor.practice.memberships.select_related("user", "practice")
    return people | {row.user.name: actor_of(row) for row in members}


def test_a_manager_gets_the_whole_team(team: dict[str, Actor]) -> None:
    part = the_part(team["Mara"])
    assert part.count == 4
    for name in ("Mara", "Max", "Mia", "Vera"):
        assert re.search(rf"Of {name} .*– {name}\n", part.text)
        assert re.search(rf"Of {name}<.*?· {name}</p>", part.html, re.DOTALL)


def test_a_member_gets_what_is_his_or_hers(team: dict[str, Actor]) -> None:
    part = the_part(team["Max"])
    assert part.count == 1
    assert "Of Max" in part.text
    assert "Of Mia" not in part.text + part.html


def test_another_practice_is_not_in_it(actor: Actor, freelancer: Freelancer) -> None:
    at_step(freelancer, StepKind.PING)
    assert part_of(solo_actor()) is None


def test_a_viewer_gets_no_links(team: dict[str, Actor]) -> None:
    part = the_part(team["Vera"])
    assert part.count == 4
    assert links_of(part.text + part.html) == []
    assert len(links_of(the_part(team["Mara"]).text)) == 16


def test_only_users_are_written_to(team: dict[str, Actor]) -> None:
    """C5: the client is never written to."""
    plan(NOON)
    plan(NOON + dt.timedelta(2))
    addresses = sorted(Mail.objects.values_list("to_address", flat=True))
    # A viewer has to switch reminders on first.
    users = User.objects.exclude(name="Vera").values_list("email", flat=True)
    assert addresses == sorted(users)


# ── What it says ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", StepKind)
def test_the_message_is_there_word_for_word(
    actor: Actor, freelancer: Freelancer, step: StepKind
) -> None:
    contract = at_step(freelancer, step, title="R&D <logo>")
    (card,) = cards_of(actor, [row_of(actor, contract)])
    part = the_part(actor)
    assert bool(card.message) == (step not in (StepKind.CLOSE, StepKind.END_BADLY))
    assert card.message in part.text
    assert escape(card.message) in part.html.replace("&#x27;", "'").replace("'", "&#x27;")
    assert ("ready to copy" in part.text) == bool(card.message)


def test_the_message_is_in_the_clients_language(actor: Actor, freelancer: Freelancer) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Acme", language="uk")
    at_step(freelancer, StepKind.PING, client=client)
    part = the_part(actor)
    assert "Добрий день, Acme!" in part.text
    assert '<div class="words" lang="uk"' in part.html


def test_each_says_what_is_due_when_and_why(actor: Actor, freelancer: Freelancer) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Acme")
    at_step(freelancer, StepKind.PING, late=3, title="Logo", client=client)
    part = the_part(actor)
    assert "1. Ping the client – Logo (Acme)\n3 days overdue. Last contact on" in part.text
    for words in ("3 days overdue", "Ping the client", "Logo", "Acme", "Last contact on"):
        assert words in part.html


def test_the_longest_overdue_stands_first(actor: Actor, freelancer: Freelancer) -> None:
    for late in (1, 9, 4):
        at_step(freelancer, StepKind.PING, late=late, title=f"Late by {late}")
    part = the_part(actor)
    for text in (part.text, part.html):
        order = [text.index(f"Late by {late}") for late in (9, 4, 1)]
        assert order == sorted(order)


@pytest.mark.parametrize("what", ["title", "client", "delivered_what", "freelancer"])
def test_hostile_words_are_escaped_in_html_and_left_in_text(
    actor: Actor, freelancer: Freelancer, what: str
) -> None:
    hostile = '<img src=x onerror=alert(1)> & "Co"'
    at_step(freelancer, StepKind.PING)
    fields: dict[str, Any] = {what: hostile}
    if what == "client":
        fields["client"] = ClientFactory.create(practice=actor.practice, name=hostile)
    if what == "freelancer":
        freelancer.name = hostile
        freelancer.save()
        fields = {}
    at_step(freelancer, StepKind.ASK, **fields)
    part = the_part(actor)
    assert "<img" not in part.html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;" in part.html
    assert hostile in part.text


def test_a_title_that_looks_like_a_template_is_left_as_it_is(
    actor: Actor, freelancer: Freelancer
) -> None:
    at_step(freelancer, StepKind.CLOSE, title="{{ my_name }} {% now %}")
    assert "{{ my_name }} {% now %}" in the_part(actor).text


def test_escrow_and_the_deadline_are_said(actor: Actor, freelancer: Freelancer) -> None:
    """C7, J18."""
    at_step(freelancer, StepKind.CLOSE, kind="fixed", escrow="120.50")
    at_step(freelancer, StepKind.ASK_FOR_FEEDBACK)
    part = the_part(actor)
    for text in (part.text, part.html):
        assert "$120.50 is in escrow" in text
        assert "Feedback until midnight UTC" in text


@pytest.mark.parametrize(
    ("number", "more"),
    [(25, ""), (26, "And 1 more on the board."), (40, "And 15 more on the board.")],
)
def test_at_most_25_are_shown_and_the_rest_counted(
    actor: Actor, freelancer: Freelancer, number: int, more: str
) -> None:
    for turn in range(number):
        at_step(freelancer, StepKind.CLOSE, title=f"Contract no. {turn} ")
    part = the_part(actor)
    assert SHOWN_AT_MOST == 25
    assert part.count == number
    for text in (part.text, part.html):
        assert text.count("Contract no. ") == 25
        assert ("more on the board" in text) == bool(more)
        assert more in text


def test_it_asks_no_more_for_many_than_for_few(
    actor: Actor, freelancer: Freelancer, django_assert_max_num_queries: Any
) -> None:
    for turn in range(20):
        at_step(freelancer, list(StepKind)[turn % len(StepKind)])
    with django_assert_max_num_queries(9):
        the_part(actor)


# ── Links ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", StepKind)
def test_each_act_of_the_step_has_its_link(
    actor: Actor, freelancer: Freelancer, step: StepKind
) -> None:
    at_step(freelancer, step)
    part = the_part(actor)
    acts = [str(LABELS[act]) for act in ACTS_AT[step]]
    assert re.findall(rf"^(.+): {SITE}/contracts/closeout/link/", part.text, re.MULTILINE) == acts
    assert re.findall(rf'href="{SITE}/contracts/closeout/link/[^"]+"[^>]*>([^<]+)<', part.html) == (
        acts
    )
    assert links_of(part.text) == links_of(part.html)


def test_every_address_is_absolute(actor: Actor, freelancer: Freelancer) -> None:
    at_step(freelancer, StepKind.PING)
    part = the_part(actor)
    addresses = re.findall(r'(?:href|src)="([^"]*)"', part.html)
    assert addresses
    assert all(address.startswith(SITE) for address in addresses)


def test_its_links_work_for_its_reader(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING)
    sent = links_of(the_part(actor).text)[0]
    assert Browser().post(sent.removeprefix(SITE)).status_code == 200
    assert kinds(contract) == ["asked", "pinged"]
    assert Contract.objects.get().closed_on is None


def test_links_of_another_mail_are_others(actor: Actor, freelancer: Freelancer) -> None:
    at_step(freelancer, StepKind.PING)
    first = links_of(the_part(actor, key="digest:1").text)
    second = links_of(the_part(actor, key="digest:2").text)
    assert not set(first) & set(second)


# ── Upwork's notices ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def quiet(freelancer: Freelancer) -> Contract:
    """Nothing is due; Upwork's first notice comes today."""
    contract = delivered(
        freelancer, 1, kind="fixed", escrow="500.00", last_milestone_on=ago(76), title="Quiet"
    )
    happened(contract, Kind.ASKED, ago(1))
    return contract


def days_on(days: int) -> dt.datetime:
    return NOON + dt.timedelta(days)


def test_a_notice_alone_makes_a_digest(actor: Actor, quiet: Contract) -> None:
    """C7."""
    part = the_part(actor)
    assert part.count == 1
    for text in (part.text, part.html):
        assert "Quiet" in text
        assert "dormant on Mar 16, 2026, with $500.00 in escrow" in text


def test_before_the_notice_there_is_none(actor: Actor, quiet: Contract) -> None:
    assert part_of(actor, days_on(-1)) is None


@pytest.mark.parametrize("occurrence", ["digest:0", "digest-now:0"])
def test_a_notice_counts_once(actor: Actor, quiet: Contract, occurrence: str) -> None:
    """C7: the digest after it says nothing of it, until the next notice is out."""
    digest_sent(actor, NOON, occurrence)
    told = {days: part_of(actor, days_on(days)) for days in (1, 5)}
    assert told == {1: None, 5: None}


def test_the_next_notice_counts_again(actor: Actor, freelancer: Freelancer) -> None:
    """C7: day 76, day 83, day 90."""
    contract = delivered(freelancer, 1, kind="fixed", escrow="500.00", last_milestone_on=ago(76))
    happened(contract, Kind.ASKED, ago(0))
    happened(contract, Kind.SNOOZED, ago(0), until=ago(-60))
    counted = []
    for day in range(20):
        part = part_of(actor, days_on(day))
        if part:
            counted.append(day)
            digest_sent(actor, days_on(day))
    assert counted == [0, 7, 14]


def test_a_notice_that_came_between_two_weekly_digests_counts(
    actor: Actor, quiet: Contract
) -> None:
    digest_sent(actor, days_on(-3))
    assert the_part(actor, days_on(4)).count == 1


def test_somebody_elses_digest_does_not_count(actor: Actor, quiet: Contract) -> None:
    manager = actor_with_role("manager", practice=actor.practice)
    digest_sent(manager, NOON)
    assert the_part(actor, days_on(1)).count == 1


def test_another_mail_is_no_digest(actor: Actor, quiet: Contract) -> None:
    digest_sent(actor, NOON, "welcome:0")
    assert the_part(actor, days_on(1)).count == 1


def test_without_a_digest_so_far_an_old_notice_does_not_count(
    actor: Actor, quiet: Contract
) -> None:
    Contract.objects.filter(pk=quiet.pk).update(last_milestone_on=ago(300))
    assert part_of(actor) is None


def test_an_old_notice_is_said_beside_what_is_due(
    actor: Actor, freelancer: Freelancer, quiet: Contract
) -> None:
    digest_sent(actor, NOON)
    at_step(freelancer, StepKind.PING, title="Due")
    part = the_part(actor, days_on(1))
    assert part.count == 1
    assert "Note: Quiet: Upwork's notice of inactivity is out" in part.text


def test_a_notice_about_a_due_contract_counts_with_it(actor: Actor, freelancer: Freelancer) -> None:
    milestone = ago(76)
    at_step(freelancer, StepKind.PING, kind="fixed", escrow="500.00", last_milestone_on=milestone)
    part = the_part(actor)
    assert part.count == 1
    assert part.text.count("notice of inactivity") == 1
