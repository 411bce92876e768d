"""The sample's open contracts, each at another place of the close-out cadence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from contracts.models import CloseoutEvent, Contract

_Kind = CloseoutEvent.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the cadence a sample contract stands; all in days before today."""

    last_work: int
    delivered: int | None = None
    events: tuple[tuple[_Kind, int], ...] = ()
    escrow: int = 0
    milestone: int | None = None
    closed: int | None = None


PLACES = (
    Place(2),
    Place(34, 33, ((_Kind.ASKED, 33), (_Kind.PINGED, 26))),
    Place(1, 1),
    Place(17, 16, ((_Kind.ASKED, 16), (_Kind.PINGED, 9), (_Kind.ANSWERED, 7))),
    Place(80, 43, ((_Kind.ASKED, 43), (_Kind.PINGED, 36), (_Kind.PINGED, 8)), 450, 79),
    Place(4, 3, ((_Kind.ASKED, 3),)),
    Place(30, 29, ((_Kind.ASKED, 29), (_Kind.PINGED, 22)), closed=3),
    Place(12, 6, ((_Kind.ASKED, 6), (_Kind.ANSWERED, 2))),
)


def cadence_start(contract: Contract, place: Place, today: dt.date) -> None:
    """Give a sample contract its delivery, its events, its escrow and perhaps its end."""

    def before(days: int | None) -> dt.date | None:
        return None if days is None else today - dt.timedelta(days)

    contract.delivered_on = before(place.delivered)
    contract.last_milestone_on = before(place.milestone)
    contract.closed_on = before(place.closed)
    contract.ended_by = Contract.EndedBy.FREELANCER if place.closed else ""
    if place.escrow:
        contract.kind, contract.rate, contract.hours = Contract.Kind.FIXED, None, None
        contract.escrow = Decimal(place.escrow)
        contract.payments.filter(type="Hourly").update(type="Fixed-price")
    contract.save()
    CloseoutEvent.objects.bulk_create(
        CloseoutEvent(
            practice=contract.practice,
            contract=contract,
            kind=kind,
            happened_on=today - dt.timedelta(days),
        )
        for kind, days in place.events
    )
