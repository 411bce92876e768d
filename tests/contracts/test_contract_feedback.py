"""Feedback both ways by its forms, and the change of a rating (J9)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.contract_forms import ClientFeedbackForm, GivenFeedbackForm
from contracts.log_services import given_feedback_change
from contracts.models import Contract, Feedback
from contracts.models.feedback import PART_SCORES
from contracts.services import rating_set
from tests.factories import actor_with_role, closed_contract, solo_actor

SignIn = Callable[[Actor], Browser]
DAY = dt.date(2026, 3, 1)
BOTH = ["from-client", "from-freelancer"]


@pytest.fixture
def contract(freelancer: Freelancer) -> Contract:
    return closed_contract(freelancer, DAY, title="Logo")


def url(contract: Contract, direction: str = "from-client", way: str = "") -> str:
    return f"/contracts/{contract.public_id}/feedback/{direction}/{way}"


def feedback_of(contract: Contract, direction: str = "from-client") -> Feedback:
    return Feedback.objects.get(contract=contract, direction=direction.replace("-", "_"))


def sent_by(row: Feedback, **changes: object) -> dict[str, Any]:
    from_client = row.direction == Feedback.Direction.FROM_CLIENT
    form = (ClientFeedbackForm if from_client else GivenFeedbackForm)(row=row)
    values = {field.html_name: field.value() for field in form}
    shown = {name: "" if value is None else value for name, value in values.items()}
    return {name: value for name, value in (shown | changes).items() if value is not False}


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("direction", BOTH)
def test_everything_is_kept(
    actor: Actor, contract: Contract, client: Browser, direction: str
) -> None:
    parts = {part: str(score) for score, part in enumerate(PART_SCORES[:5], start=1)}
    data = {
        "public_rating": "4.25",
        "comment": "A little late",
        "private_rating": "0",
        "given_on": "2026-03-05",
        **parts,
    }
    response = client.post(url(contract, direction), data)
    assert response.headers["Location"] == f"/contracts/{contract.public_id}/"
    kept = feedback_of(contract, direction)
    assert {name: str(getattr(kept, name)) for name in data} == data
    assert kept.cooperation is None
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"public_rating": ""}, "public_rating", "Stars run from 1.00 to 5.00"),
        *[
            ({"public_rating": value}, "public_rating", "Stars run from 1.00 to 5.00")
            for value in ("0.99", "5.01", "4.855", "45", "1e99", "NaN", "four")
        ],
        *[
            ({"public_rating": "4", "skills": value}, "skills", "whole numbers from 1 to 5")
            for value in ("0", "6", "4.5", "-1")
        ],
        ({"public_rating": "4", "private_rating": "11"}, "private_rating", "from 0 to 10"),
        ({"public_rating": "4", "given_on": "2099-01-01"}, "given_on", "still to come"),
    ],
)
def test_an_error_stands_beside_its_field(
    actor: Actor,
    contract: Contract,
    client: Browser,
    direction: str,
    data: dict[str, str],
    field: str,
    message: str,
) -> None:
    response = client.post(url(contract, direction), {"comment": "My long story", **data})
    page = words(response)
    assert response.status_code == 422
    assert message in page.partition(f'<div id="id_{field}_error">')[2].partition("</div>")[0]
    assert "My long story" in page
    assert not Feedback.objects.exists()


def test_a_direction_that_is_none(contract: Contract, client: Browser) -> None:
    assert client.get(url(contract, "from-nobody")).status_code == 404
    assert client.post(url(contract, "from-nobody", "remove/")).status_code == 404


# ── A rating that changes (J9) ───────────────────────────────────────────────────────────────────


def test_correcting_a_slip_is_no_change_of_the_feedback(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal("2.00"))
    client.post(url(contract), sent_by(feedback_of(contract), public_rating="2.10"))
    kept = feedback_of(contract)
    assert (kept.public_rating, kept.rating_before_change, kept.changed_on) == (
        *(Decimal("2.10"), None, None),
    )


@time_machine.travel("2026-04-01 12:00", tick=False)
def test_j9_the_former_rating_and_the_day_fill_themselves_in(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal("2.00"))
    data = sent_by(feedback_of(contract), public_rating="5", was_changed="on")
    client.post(url(contract), data)
    kept = feedback_of(contract)
    assert (kept.rating_before_change, kept.changed_on) == (Decimal("2.00"), dt.date(2026, 4, 1))


def test_j9_the_former_rating_and_the_day_as_typed(
    actor: Actor, contract: Contract, client: Browser
) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal("5.00"))
    data = sent_by(
        feedback_of(contract),
        was_changed="on",
        rating_before_change="1.50",
        changed_on="2026-03-20",
    )
    client.post(url(contract), data)
    kept = feedback_of(contract)
    assert (kept.rating_before_change, kept.changed_on) == (
        *(Decimal("1.50"), dt.date(2026, 3, 20)),
    )


def test_j9_no_change_after_all(actor: Actor, contract: Contract, client: Browser) -> None:
    rating_set(actor=actor, contract=contract, rating=Decimal("2.00"))
    rating_set(actor=actor, contract=contract, rating=Decimal("5.00"))
    client.post(url(contract), sent_by(feedback_of(contract), was_changed=False))
    kept = feedback_of(contract)
    assert (kept.public_rating, kept.rating_before_change, kept.changed_on) == (
        *(Decimal("5.00"), None, None),
    )


# ── Two tabs, taking it out, undo ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("direction", BOTH)
def test_another_tabs_change_is_noticed(
    actor: Actor, contract: Contract, client: Browser, direction: str
) -> None:
    client.post(url(contract, direction), {"public_rating": "3.00"})
    data = sent_by(feedback_of(contract, direction), comment="Mine")
    client.post(url(contract, direction), {"public_rating": "4.00"})
    response = client.post(url(contract, direction), data)
    assert response.status_code == 422
    assert "changed somewhere else" in words(response)
    assert feedback_of(contract, direction).public_rating == Decimal("4.00")
    seen = response.context["form"]["seen"].value()
    client.post(url(contract, direction), data | {"seen": seen})
    assert feedback_of(contract, direction).public_rating == Decimal("3.00")


@pytest.mark.parametrize("direction", BOTH)
def test_saving_what_was_shown_changes_nothing(
    actor: Actor, contract: Contract, client: Browser, direction: str
) -> None:
    client.post(url(contract, direction), {"public_rating": "3.5", "comment": "a\r\nb"})
    before = AuditEvent.objects.count()
    client.post(url(contract, direction), sent_by(feedback_of(contract, direction)))
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("direction", BOTH)
def test_feedback_is_taken_out_and_put_back(
    actor: Actor, contract: Contract, client: Browser, direction: str
) -> None:
    client.post(
        url(contract, direction), {"public_rating": "3.5", "comment": "Late", "skills": "2"}
    )
    page = words(client.post(url(contract, direction, "remove/"), follow=True))
    assert not Feedback.objects.exists()
    newest = AuditEvent.objects.first()
    assert newest is not None
    assert newest.public_id in page
    client.post(f"/contracts/undo/{newest.public_id}/")
    kept = feedback_of(contract, direction)
    assert (kept.public_rating, kept.comment, kept.skills) == (Decimal("3.50"), "Late", 2)


@pytest.mark.parametrize("direction", BOTH)
def test_entering_feedback_is_undone(
    actor: Actor, contract: Contract, client: Browser, direction: str
) -> None:
    client.post(url(contract, direction), {"public_rating": "3.5"})
    client.post(f"/contracts/undo/{AuditEvent.objects.get().public_id}/")
    assert not Feedback.objects.exists()


def test_taking_out_needs_a_post(contract: Contract, client: Browser) -> None:
    assert client.get(url(contract, "from-client", "remove/")).status_code == 405


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("way", ["", "remove/"])
def test_who_may(
    actor: Actor, contract: Contract, sign_in: SignIn, direction: str, way: str
) -> None:
    def answer(other: Actor) -> int:
        return (
            sign_in(other)
            .post(url(contract, direction, way), {"public_rating": "1.00"})
            .status_code
        )

    assert answer(solo_actor()) == 404
    assert answer(actor_with_role("member", practice=actor.practice)) == 404
    assert answer(actor_with_role("viewer", practice=actor.practice)) == 403
    assert not Feedback.objects.exists()
    assert answer(actor_with_role("manager", practice=actor.practice)) == 302


def test_the_service_checks_for_itself(actor: Actor, contract: Contract) -> None:
    with pytest.raises(PermissionDenied):
        given_feedback_change(
            actor=actor_with_role("viewer", practice=actor.practice),
            contract=contract,
            public_rating=Decimal(5),
        )
    with pytest.raises(Contract.DoesNotExist):
        given_feedback_change(actor=solo_actor(), contract=contract, public_rating=Decimal(5))
