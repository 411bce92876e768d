"""The calendar behind a secret address: what stands in it, and how it is written (RFC 5545)."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar, Event
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actors import Actor
from accounts.calendar_feeds import feed_create, feed_path, feed_renew, feed_revoke
from accounts.models import Freelancer, Practice
from contracts.cadence import StepKind
from contracts.closeout.acts import Act, closeout_act
from contracts.closeout.services import intervals_change
from contracts.messages.services import template_change
from contracts.models import Contract
from contracts.services import contract_change
from freelance_ops.calendar_feed import calendar_of, text
from jss.models import Reading
from jss.services import reading_record
from tests.contracts.closeout_samples import NOON, TODAY, ago, at, at_step, delivered, rated
from tests.factories import (
    ClientFactory,
    ContractFactory,
    FreelancerFactory,
    actor_with_role,
    closed_contract,
)

pytestmark = pytest.mark.django_db
HOST = "localhost"
QUERIES = 16  # for a calendar with something of each kind


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def fetched(actor: Actor, **headers: str) -> Any:
    """What a calendar app gets, which has no session."""
    return Client().get(feed_path(feed_create(actor=actor)), headers=headers)


def events_of(actor: Actor) -> dict[str, Event]:
    """The events of somebody's calendar by their UID."""
    response = fetched(actor)
    assert response.status_code == 200
    calendar = Calendar.from_ical(response.content)
    calendar.validate()
    events = {str(event["UID"]): event for event in calendar.events}
    assert len(events) == len(calendar.events)
    return events


def event_of(actor: Actor, name: str) -> Event:
    return events_of(actor)[f"{name}@{HOST}"]


def summaries(actor: Actor) -> list[str]:
    return sorted(str(event["SUMMARY"]) for event in events_of(actor).values())


# ── Who reads it ─────────────────────────────────────────────────────────────────────────────────


def test_is_a_private_calendar_file(actor: Actor) -> None:
    response = fetched(actor)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private"


def test_wrong_revoked_and_former_addresses_are_not_there(actor: Actor) -> None:
    first = feed_path(feed_create(actor=actor))
    assert Client().get(first).status_code == 200
    assert Client().get(first.replace(".ics", "0.ics")).status_code == 404
    second = feed_path(feed_renew(actor=actor))
    assert Client().get(first).status_code == 404
    feed_revoke(actor=actor)
    assert Client().get(second).status_code == 404


def test_who_left_reads_nothing(actor: Actor) -> None:
    path = feed_path(feed_create(actor=actor))
    actor.membership.delete()
    assert Client().get(path).status_code == 404


def test_who_is_signed_in_as_somebody_else_changes_nothing(
    actor: Actor, sign_in: Callable[[Actor], Client]
) -> None:
    delivered(actor.freelancer, title="Olena's")  # type: ignore[arg-type]
    path = feed_path(feed_create(actor=actor))
    stranger = sign_in(actor_with_role("owner"))
    assert stranger.get(path).content == Client().get(path).content


@pytest.mark.parametrize("role", ["owner", "manager", "viewer"])
def test_a_managers_covers_the_team(role: str) -> None:
    boss = actor_with_role(role, name="Boss")
    for name in ("Anna", "Taras"):
        person = FreelancerFactory.create(practice=boss.practice, name=name)
        delivered(person, title="A shop", client=None)
        Reading.objects.create(
            practice=boss.practice, freelancer=person, observed_on=ago(13), score=90
        )
    said = summaries(boss)
    assert "Ask the five-star question: A shop · Anna" in said
    assert "Ask the five-star question: A shop · Taras" in said
    assert "Job Success Score recalculated · Anna" in said
    assert "Job Success Score recalculated · Taras" in said


def test_a_members_holds_only_his_or_her_own() -> None:
    member = actor_with_role("member", name="Anna")
    other = FreelancerFactory.create(practice=member.practice, name="Taras")
    for person, title in ((member.freelancer, "Hers"), (other, "His")):
        assert person
        delivered(person, title=title, client=None)
        closed_contract(person, ago(10), title=f"{title}, closed", client=None)
        reading = {"freelancer": person, "observed_on": ago(13)}
        Reading.objects.create(practice=member.practice, **reading)
    said = summaries(member)
    assert not any("His" in words or "Taras" in words for words in said)
    assert [words for words in said if "Hers" in words] == [
        "Ask for a rating: Hers, closed",
        "Ask the five-star question: Hers",
        "Last hour for feedback: Hers, closed",
    ]
    assert said.count("Job Success Score recalculated") == 6


def test_another_practices_contracts_are_not_in_it(actor: Actor) -> None:
    delivered(FreelancerFactory.create(), title="Somebody else's")
    assert summaries(actor) == []


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("late", [0, 5])
def test_a_step_stands_on_the_day_it_fell_due(
    actor: Actor, freelancer: Freelancer, late: int
) -> None:
    """C3: a whole day; an overdue one does not wander from day to day."""
    client = ClientFactory.create(practice=actor.practice, name="Acme")
    contract = at_step(freelancer, StepKind.PING, late, title="A shop", client=client)
    event = event_of(actor, f"step-{contract.public_id}")
    assert event["SUMMARY"] == "Ping the client: A shop (Acme)"
    assert event.decoded("DTSTART") == ago(late)
    assert event.decoded("DTEND") == ago(late) + dt.timedelta(1)
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize("kind", StepKind)
def test_every_step_has_its_entry(actor: Actor, freelancer: Freelancer, kind: StepKind) -> None:
    contract = at_step(freelancer, kind)
    assert event_of(actor, f"step-{contract.public_id}").decoded("DTSTART") == TODAY


def test_a_step_says_why_and_hands_over_the_words(actor: Actor, freelancer: Freelancer) -> None:
    """C5: the whole message, ready to copy, and the way to the contract's page."""
    client = ClientFactory.create(practice=actor.practice, name="Acme")
    contract = at_step(freelancer, StepKind.PING, title="A shop", client=client)
    event = event_of(actor, f"step-{contract.public_id}")
    page = (
        f"http://{HOST}:8000/contracts/closeout/{contract.public_id}/"
        f"?practice={actor.practice.public_id}"
    )
    said = str(event["DESCRIPTION"])
    assert said.startswith("Last contact on Feb 23, 2026: a friendly ping")
    assert "To copy into Upwork's chat:\nHi Acme,\n" in said
    assert said.endswith(f"\n\n{page}")
    assert event["URL"] == page


def test_closing_it_yourself_warns_of_escrow(actor: Actor, freelancer: Freelancer) -> None:
    """C7: it goes back to the client."""
    contract = at_step(
        freelancer, StepKind.CLOSE, escrow=Decimal(450), kind=Contract.Kind.FIXED, client=None
    )
    said = str(event_of(actor, f"step-{contract.public_id}")["DESCRIPTION"])
    assert "$450.00 is in escrow. If you end the contract, it goes back to the client" in said
    assert "To copy into Upwork's chat" not in said


def test_dates_are_in_the_readers_own_format(actor: Actor, freelancer: Freelancer) -> None:
    Freelancer.objects.update(locale="de-DE")
    contract = at_step(freelancer, StepKind.PING)
    assert "23.02.2026" in str(event_of(actor, f"step-{contract.public_id}")["DESCRIPTION"])


@pytest.mark.parametrize(
    ("zone", "is_in"), [("America/Los_Angeles", True), ("Pacific/Kiritimati", False)]
)
def test_the_day_is_the_readers(
    actor: Actor, freelancer: Freelancer, zone: str, is_in: bool
) -> None:
    """C7: the last day to say “dormant” is over in Kiritimati when California still has it."""
    Freelancer.objects.update(time_zone=zone)
    contract = delivered(
        freelancer, kind="fixed", escrow=Decimal(9), last_milestone_on=TODAY - dt.timedelta(90)
    )
    name = f"escrow-dormant-{contract.public_id}@{HOST}"
    assert (name in events_of(actor)) is is_in


# ── Deadlines and notices ────────────────────────────────────────────────────────────────────────


def test_feedback_closes_at_midnight_utc(actor: Actor, freelancer: Freelancer) -> None:
    """J18: the hour that ends with the 14th day after the end."""
    Freelancer.objects.update(time_zone="America/New_York")
    contract = closed_contract(freelancer, "2026-02-20", title="A shop", client=None)
    event = event_of(actor, f"feedback-{contract.public_id}")
    assert event["SUMMARY"] == "Last hour for feedback: A shop"
    assert event.decoded("DTEND") == dt.datetime(2026, 3, 7, tzinfo=dt.UTC)
    assert event.decoded("DTSTART") == dt.datetime(2026, 3, 6, 23, tzinfo=dt.UTC)
    assert "at the end of Mar 6, 2026, your Mar 6, 2026, 7:00" in str(event["DESCRIPTION"])


def test_no_deadline_with_feedback_or_after_it(actor: Actor, freelancer: Freelancer) -> None:
    rated(closed_contract(freelancer, ago(3)), "5.00", ago(2))
    closed_contract(freelancer, ago(15))
    assert not [words for words in summaries(actor) if "feedback" in words]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (75, {"first_notice": 1, "second_notice": 8, "dormant": 15}),
        (76, {"first_notice": 0, "second_notice": 7, "dormant": 14}),
        (77, {"second_notice": 6, "dormant": 13}),
        (90, {"dormant": 0}),
        (91, {}),
    ],
)
def test_notices_about_escrow_that_are_still_to_come(
    actor: Actor, freelancer: Freelancer, days: int, left: dict[str, int]
) -> None:
    """C7: day 76, 83 and 90 after the last milestone's date."""
    contract = ContractFactory.create(
        freelancer=freelancer,
        kind="fixed",
        escrow=Decimal("1200.50"),
        last_milestone_on=ago(days),
        title="A shop",
        client=None,
    )
    events = events_of(actor)
    assert {name: event.decoded("DTSTART") for name, event in events.items()} == {
        f"escrow-{what}-{contract.public_id}@{HOST}": TODAY + dt.timedelta(wait)
        for what, wait in left.items()
    }
    for event in events.values():
        assert "$1,200.50 is in escrow" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("fields", [{"kind": "hourly"}, {"escrow": None}])
def test_no_notice_without_money_that_lies_still(
    actor: Actor, freelancer: Freelancer, fields: dict[str, Any]
) -> None:
    given_fields = {"kind": "fixed", "escrow": Decimal(5), "last_milestone_on": ago(10)} | fields
    ContractFactory.create(freelancer=freelancer, **given_fields)
    assert summaries(actor) == []


# ── The score ────────────────────────────────────────────────────────────────────────────────────


def recalculations(actor: Actor) -> list[dt.date]:
    events = events_of(actor)
    return sorted(
        event.decoded("DTSTART") for name, event in events.items() if name.startswith("recalc")
    )


def test_the_next_six_recalculations(actor: Actor, freelancer: Freelancer) -> None:
    """J7: every 14 days after the one that was observed last."""
    reading_record(actor=actor, freelancer=freelancer, observed_on=ago(100), score=80)
    reading_record(actor=actor, freelancer=freelancer, observed_on=ago(20), score=90)
    first = TODAY + dt.timedelta(8)
    assert recalculations(actor) == [first + dt.timedelta(14 * n) for n in range(6)]


def test_todays_recalculation_is_still_there(actor: Actor, freelancer: Freelancer) -> None:
    reading_record(actor=actor, freelancer=freelancer, observed_on=ago(14), score=90)
    assert recalculations(actor)[0] == TODAY


def test_without_a_reading_nobody_knows_when(actor: Actor, freelancer: Freelancer) -> None:
    closed_contract(freelancer, ago(60), "5.00")
    assert recalculations(actor) == []


def test_the_next_day_on_which_the_score_changes(actor: Actor, freelancer: Freelancer) -> None:
    """J10: when the bad one leaves the 6-month window."""
    for day in range(1, 9):
        closed_contract(freelancer, dt.date(2026, 2, day), "5.00")
    closed_contract(freelancer, dt.date(2025, 10, 1), "1.00")
    event = event_of(actor, f"score-2026-04-01-{freelancer.public_id}")
    assert event["SUMMARY"] == "Job Success Score: 78% → 100%"
    assert event.decoded("DTSTART") == dt.date(2026, 4, 1)


def test_a_score_that_nobody_sees_yet_does_not_change(actor: Actor, freelancer: Freelancer) -> None:
    """J6: below five closed contracts there is none."""
    for day in range(1, 5):
        closed_contract(freelancer, dt.date(2025, 10, day), "5.00")
    assert summaries(actor) == []


# ── Reading again ────────────────────────────────────────────────────────────────────────────────


def sample(actor: Actor, freelancer: Freelancer) -> Contract:
    """Something of each kind; the contract is one with a step."""
    for day in range(1, 9):
        closed_contract(freelancer, dt.date(2025, 12, day), "5.00")
    closed_contract(freelancer, dt.date(2025, 10, 1), "1.00")
    closed_contract(freelancer, ago(4))
    ContractFactory.create(
        freelancer=freelancer, kind="fixed", escrow=Decimal(5), last_milestone_on=ago(10)
    )
    reading_record(actor=actor, freelancer=freelancer, observed_on=ago(3), score=90)
    return at_step(freelancer, StepKind.PING)


def test_the_same_data_make_the_same_bytes(actor: Actor, freelancer: Freelancer) -> None:
    """Nothing in it counts the days from today."""
    sample(actor, freelancer)
    first = fetched(actor)
    with at(NOON + dt.timedelta(days=2, hours=5)):
        later = fetched(actor)
    assert later.content == first.content
    assert {name.partition("-")[0] for name in events_of(actor)} == {
        *("step", "feedback", "escrow", "recalculation", "score")
    }


def test_what_an_app_has_already_is_not_sent_again(actor: Actor, freelancer: Freelancer) -> None:
    contract = sample(actor, freelancer)
    tag = fetched(actor).headers["ETag"]
    again = fetched(actor, **{"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Cache-Control"] == "private"
    contract_change(actor=actor, contract=contract, title="Renamed")
    assert fetched(actor, **{"If-None-Match": tag}).status_code == 200


def newer(before: Event, after: Event) -> bool:
    """Whether an app that keeps `before` takes `after` for a newer version of the same."""
    is_same = before["UID"] == after["UID"]
    is_stamped = after.decoded("DTSTAMP") == after.decoded("LAST-MODIFIED")
    is_later = after.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    return is_same and is_stamped and is_later and after.sequence > before.sequence


def test_a_step_that_is_done_makes_place_for_the_next(actor: Actor, freelancer: Freelancer) -> None:
    contract = at_step(freelancer, StepKind.PING, title="A shop", client=None)
    name = f"step-{contract.public_id}"
    before = event_of(actor, name)
    with at(NOON + dt.timedelta(hours=1)):
        closeout_act(actor=actor, contract=contract, act=Act.SENT)
        after = event_of(actor, name)
    assert after["SUMMARY"] == "Ping once more: A shop"
    assert after.decoded("DTSTART") == TODAY + dt.timedelta(14)
    assert newer(before, after)


def test_an_undo_is_a_newer_version_too(actor: Actor, freelancer: Freelancer) -> None:
    """Though the event that it took back was the newest."""
    from contracts.undo import event_undo

    contract = at_step(freelancer, StepKind.PING, title="A shop", client=None)
    name = f"step-{contract.public_id}"
    with at(NOON + dt.timedelta(hours=1)):
        acted = closeout_act(actor=actor, contract=contract, act=Act.SENT)
        before = event_of(actor, name)
    with at(NOON + dt.timedelta(hours=2)):
        event_undo(actor=actor, event=acted.event)
        after = event_of(actor, name)
    assert after["SUMMARY"] == "Ping the client: A shop"
    assert newer(before, after)


@pytest.mark.parametrize("role", ["owner", "member"])
def test_other_intervals_and_words_are_a_newer_version(role: str) -> None:
    """What the practice shares moves and words everybody's steps, a member's too."""
    reader = actor_with_role(role)
    owner = actor_with_role("owner", practice=reader.practice)
    assert reader.freelancer
    contract = at_step(reader.freelancer, StepKind.PING)
    name = f"step-{contract.public_id}"
    versions = [event_of(reader, name)]
    days = {"silence_days": None, "close_days": None, "rate_days": None}
    with at(NOON + dt.timedelta(hours=1)):
        intervals_change(actor=owner, ping_days=9, **days)
        versions.append(event_of(reader, name))
    with at(NOON + dt.timedelta(hours=2)):
        template_change(actor=owner, kind="ping", language="en", body="How are you?")
        versions.append(event_of(reader, name))
    assert versions[1].decoded("DTSTART") == TODAY + dt.timedelta(2)
    assert "How are you?" in str(versions[2]["DESCRIPTION"])
    assert newer(versions[0], versions[1])
    assert newer(versions[1], versions[2])


def test_what_happens_to_one_contract_leaves_the_others_alone(
    actor: Actor, freelancer: Freelancer
) -> None:
    one, other = (at_step(freelancer, StepKind.PING) for _number in range(2))
    name = f"step-{other.public_id}"
    before = event_of(actor, name)
    with at(NOON + dt.timedelta(hours=1)):
        contract_change(actor=actor, contract=one, title="Renamed")
        assert event_of(actor, name).to_ical() == before.to_ical()


def test_another_score_is_a_newer_version(actor: Actor, freelancer: Freelancer) -> None:
    sample(actor, freelancer)
    name = f"score-2026-04-01-{freelancer.public_id}"
    before = event_of(actor, name)
    with at(NOON + dt.timedelta(hours=1)):
        contract_change(actor=actor, contract=Contract.objects.all()[0], client_flagged=True)
        assert newer(before, event_of(actor, name))


def test_many_contracts_take_no_more_queries_than_one(
    actor: Actor, freelancer: Freelancer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sample(actor, freelancer)
    path = feed_path(feed_create(actor=actor))
    with django_assert_num_queries(QUERIES):
        Client().get(path)
    for kind in StepKind:
        at_step(freelancer, kind)
    with django_assert_num_queries(QUERIES):
        Client().get(path)


# ── How it is written ────────────────────────────────────────────────────────────────────────────


def test_head_of_the_calendar(actor: Actor) -> None:
    Practice.objects.update(name="Olena, & Co; Ltd")
    content = fetched(actor).content.decode()
    assert content.startswith("BEGIN:VCALENDAR\r\n")
    lines = content.splitlines()
    assert "VERSION:2.0" in lines
    assert "PRODID:-//Freelance Ops//Calendar//EN" in lines
    assert r"X-WR-CALNAME:Olena\, & Co\; Ltd: Freelance Ops" in lines
    assert r"NAME:Olena\, & Co\; Ltd: Freelance Ops" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines


def test_an_empty_calendar_is_well_formed(actor: Actor) -> None:
    """RFC 5545, 3.6: at least one component."""
    calendar = Calendar.from_ical(fetched(actor).content)
    calendar.validate()
    assert calendar.events == []
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["UTC"]


def test_names_carry_the_sites_host(
    actor: Actor, freelancer: Freelancer, settings: Settings
) -> None:
    settings.SITE_URL = "https://ops.example.com:8443"
    contract = delivered(freelancer)
    assert f"step-{contract.public_id}@ops.example.com" in events_of(actor)


TITLES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(",;\\nN\n\t:\"'😀𝄞é"),
    min_size=1,
    max_size=300,
).filter(lambda title: "\ufeff" not in title)


@hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=TITLES)
def test_any_title_survives(actor: Actor, freelancer: Freelancer, title: str) -> None:
    contract = Contract.objects.first() or delivered(freelancer, client=None)
    Contract.objects.filter(pk=contract.pk).update(title=title)
    content = calendar_of(actor=actor, as_of=TODAY, name="x")
    (event,) = Calendar.from_ical(content).events
    assert event["SUMMARY"] == f"Ask the five-star question: {title}"
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() or line is lines[-1] for line in lines)


def test_a_path_on_windows_is_no_end_of_line(actor: Actor, freelancer: Freelancer) -> None:
    r"""The library takes `\N` for one."""
    delivered(freelancer, title=r"Fix C:\New, C:\new", client=None)
    assert summaries(actor) == [r"Ask the five-star question: Fix C:\New, C:\new"]


def test_what_no_calendar_may_hold_is_left_out() -> None:
    assert text("a\x00b\x0bc\x7fd\te\r\nf\rg") == "a b c d\te\nf\ng"


def test_a_title_cannot_add_lines_of_its_own(actor: Actor, freelancer: Freelancer) -> None:
    delivered(freelancer, title="A\r\nEND:VEVENT\r\nBEGIN:VALARM", client=None)
    content = fetched(actor).content.decode()
    assert len(re.findall(r"^END:VEVENT", content, re.MULTILINE)) == 1
    assert "BEGIN:VALARM" not in content.splitlines()
