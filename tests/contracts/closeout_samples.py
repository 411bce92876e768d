"""Contracts along the close-out cadence, as they stand at noon of one Monday."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import time_machine

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.cadence import StepKind
from contracts.closeout.board import BoardRow, contract_row
from contracts.models import CloseoutEvent, Contract, Feedback
from tests.factories import ContractFactory, closed_contract

TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
Kind = CloseoutEvent.Kind


@contextmanager
def at(moment: dt.datetime = NOON) -> Iterator[None]:
    """The clock stands still at that moment."""
    with time_machine.travel(moment, tick=False):
        yield


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def happened(contract: Contract, kind: str, on: dt.date, **fields: Any) -> CloseoutEvent:
    return CloseoutEvent.objects.create(
        practice_id=contract.practice_id, contract=contract, kind=kind, happened_on=on, **fields
    )


def delivered(freelancer: Freelancer, days_ago: int = 0, **fields: Any) -> Contract:
    """An open contract, delivered so many days ago; nothing was asked yet."""
    made: Contract = ContractFactory.create(
        **{"freelancer": freelancer, "started_on": ago(200), "delivered_on": ago(days_ago)} | fields
    )
    return made


def rated(contract: Contract, rating: str, on: dt.date | None = None) -> Feedback:
    return Feedback.objects.create(
        practice_id=contract.practice_id,
        contract=contract,
        public_rating=Decimal(rating),
        given_on=on,
    )


#: What happened, and how many days before today, so that each step falls due today (C3).
_TALK: dict[StepKind, tuple[tuple[str, int], ...]] = {
    StepKind.ASK: (),
    StepKind.PING: ((Kind.ASKED, 7),),
    StepKind.LAST_PING: ((Kind.ASKED, 21), (Kind.PINGED, 14)),
    StepKind.CLOSE: ((Kind.ASKED, 28), (Kind.PINGED, 21), (Kind.PINGED, 7)),
    StepKind.END_BADLY: ((Kind.ASKED, 1), (Kind.GOING_BADLY, 0)),
}


def at_step(freelancer: Freelancer, step: StepKind, /, late: int = 0, **fields: Any) -> Contract:
    """A contract whose next step is this one, due today or so many days ago."""
    if step == StepKind.ASK_FOR_FEEDBACK:
        return closed_contract(freelancer, ago(3 + late), **fields)
    if step == StepKind.OWN_UP:
        contract = closed_contract(freelancer, ago(1 + late), **fields)
        rated(contract, "2.00", ago(1 + late))
        return contract
    events = _TALK[step]
    contract = delivered(freelancer, max((days for _what, days in events), default=0) + late)
    for name, value in fields.items():
        setattr(contract, name, value)
    contract.save()
    for what, days in events:
        happened(contract, what, ago(days + late))
    return contract


def row_of(actor: Actor, contract: Contract, as_of: dt.date = TODAY) -> BoardRow:
    return contract_row(actor=actor, contract=contract, as_of=as_of)


def step_of(actor: Actor, contract: Contract, as_of: dt.date = TODAY) -> tuple[str, dt.date] | None:
    """The next step's kind and day."""
    step = row_of(actor, contract, as_of).step
    return (step.kind.value, step.due_on) if step else None


def kinds(contract: Contract) -> list[str]:
    """What is recorded of a contract, in the order in which it was written down."""
    rows = CloseoutEvent.objects.filter(contract=contract).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def words(response: Any) -> str:
    """A page's text on one line."""
    return " ".join(response.content.decode().split())
