"""What became of won proposals, as the log tells it: which pitch brings clients who rate well.

The contract log lies above this room, so it is asked through two names in the settings.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Outcome:
    """The contract that a proposal brought. `earned` is gross, in `currency`."""

    title: str
    public_id: str
    client: str = ""
    earned: Decimal | None = None
    currency: str = "USD"
    rating: Decimal | None = None  # 1.00 to 5.00, None without a public one


@dataclass(frozen=True, slots=True)
class Totals:
    """The contracts that proposals from one text brought. `earned` is in dollars: no rate of
    exchange is known, so other currencies are not in it. `rating` is the mean of `rated`."""

    contracts: int = 0
    earned: Decimal = Decimal(0)
    rated: int = 0
    rating: Decimal | None = None


class OutcomesMaker(Protocol):
    """Answers by the proposal's primary key; only what the actor sees."""

    def __call__(self, *, actor: Actor, proposals: Collection[int]) -> Mapping[int, Outcome]: ...


class TotalsMaker(Protocol):
    """Answers by the template's primary key (a `Piece`); None for letters without one."""

    def __call__(self, *, actor: Actor) -> Mapping[int | None, Totals]: ...


def outcomes_of(*, actor: Actor, proposals: Collection[int]) -> Mapping[int, Outcome]:
    """The contracts of these proposals, by the proposal's primary key; no query for none."""
    if not proposals:
        return {}
    maker = cast("OutcomesMaker", import_string(settings.PROPOSAL_OUTCOMES))
    return maker(actor=actor, proposals=proposals)


def totals_of(*, actor: Actor) -> Mapping[int | None, Totals]:
    """What each template brought, of the chosen freelancer or of everybody; one query."""
    maker = cast("TotalsMaker", import_string(settings.PROPOSAL_OUTCOME_TOTALS))
    return maker(actor=actor)
