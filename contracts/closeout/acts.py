"""One click each: sent, client answered, closed, snooze, and what sets a contract aside.

Everything here needs `Permission.CHANGE`, else `PermissionDenied`, and a contract that the actor
sees, else `Contract.DoesNotExist`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.cadence import StepKind
from contracts.closeout.board import BoardRow, contract_row
from contracts.closeout.services import closeout_record
from contracts.contract_services import contract_close, contract_reopen
from contracts.locked_changes import contract_locked
from contracts.models import CloseoutEvent, Contract

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SNOOZE_DAYS: Final = 7
LONG_OVERDUE_DAYS: Final = 60


class Act(StrEnum):
    """What a button or a one-click link does."""

    SENT = "sent"
    ANSWERED = "answered"
    CLIENT_CLOSED = "client_closed"
    CLOSED = "closed"
    SNOOZE = "snooze"
    GOING_BADLY = "going_badly"
    GOING_WELL = "going_well"
    TAKE_OUT = "take_out"
    TAKE_BACK = "take_back"


class StepChanged(Exception):  # noqa: N818  # says what happened, like ChangedSince
    """The step on which somebody acts is not the contract's next one any more."""


Kind = CloseoutEvent.Kind
#: What “sent” means at each step; a step without a message is not here.
SENT_AS: Final[dict[StepKind, Kind]] = {
    StepKind.ASK: Kind.ASKED,
    StepKind.PING: Kind.PINGED,
    StepKind.LAST_PING: Kind.PINGED,
    StepKind.ASK_FOR_FEEDBACK: Kind.FEEDBACK_ASKED,
    StepKind.OWN_UP: Kind.OWNED_UP,
}
_RECORDED_AS: Final[dict[Act, Kind]] = {
    Act.ANSWERED: Kind.ANSWERED,
    Act.GOING_BADLY: Kind.GOING_BADLY,
    Act.GOING_WELL: Kind.GOING_WELL,
    Act.TAKE_OUT: Kind.TAKEN_OUT,
    Act.TAKE_BACK: Kind.TAKEN_BACK,
}
_ENDED_BY: Final[dict[Act, Contract.EndedBy]] = {
    Act.CLIENT_CLOSED: Contract.EndedBy.CLIENT,
    Act.CLOSED: Contract.EndedBy.FREELANCER,
}
LABELS: Final[dict[Act, _StrPromise]] = {
    Act.SENT: gettext_lazy("Sent"),
    Act.ANSWERED: gettext_lazy("Client answered"),
    Act.CLIENT_CLOSED: gettext_lazy("Client closed it"),
    Act.CLOSED: gettext_lazy("I closed it"),
    Act.SNOOZE: gettext_lazy("Snooze a week"),
    Act.GOING_BADLY: gettext_lazy("It is going badly"),
    Act.GOING_WELL: gettext_lazy("It is going well again"),
    Act.TAKE_OUT: gettext_lazy("Take it out"),
    Act.TAKE_BACK: gettext_lazy("Take it back in"),
}
_WHILE_TALKING: Final = (Act.SENT, Act.ANSWERED, Act.CLIENT_CLOSED, Act.SNOOZE)
#: What can be done at each step, the obvious thing first.
ACTS_AT: Final[dict[StepKind, tuple[Act, ...]]] = {
    # Nothing was asked yet, so an answer would leave the step as it is (C2).
    StepKind.ASK: (Act.SENT, Act.CLIENT_CLOSED, Act.SNOOZE),
    StepKind.PING: _WHILE_TALKING,
    StepKind.LAST_PING: _WHILE_TALKING,
    StepKind.CLOSE: (Act.CLOSED, Act.ANSWERED, Act.CLIENT_CLOSED, Act.SNOOZE),
    StepKind.END_BADLY: (Act.CLOSED, Act.CLIENT_CLOSED, Act.GOING_WELL, Act.SNOOZE),
    StepKind.ASK_FOR_FEEDBACK: (Act.SENT, Act.SNOOZE),
    StepKind.OWN_UP: (Act.SENT, Act.SNOOZE),
}


def acts_for(row: BoardRow) -> tuple[Act, ...]:
    """What can be done with a contract as it stands, the obvious thing first."""
    if row.cadence.is_taken_out:
        return (Act.TAKE_BACK,)
    acts = ACTS_AT[row.step.kind] if row.step else ()
    if row.days_overdue > LONG_OVERDUE_DAYS:  # it was over long ago, in all likelihood
        acts = (*acts, Act.TAKE_OUT)
    # A week from today would leave a step that is due later where it is.
    return acts if row.is_due else tuple(act for act in acts if act != Act.SNOOZE)


type Recorder = Callable[[CloseoutEvent.Kind, dt.date | None], AuditEvent]


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act did: the event that undoes it, and where the contract stands now."""

    event: AuditEvent
    row: BoardRow


@transaction.atomic
def closeout_act(
    *,
    actor: Actor,
    contract: Contract,
    act: Act,
    step_key: str | None = None,
    until: dt.date | None = None,
    link: str = "",
) -> Acted:
    """Do what a button says, today. `step_key` is the step that was shown; None asks for no check.

    `until` ends a snooze, a week from today when it is None. Raises `StepChanged` when the
    contract's next step is another one by now (a double click, another tab, a colleague), and
    `ValidationError` for what cannot be.
    """
    locked = contract_locked(actor=actor, contract=contract)
    today = timezone.localdate()
    row = contract_row(actor=actor, contract=locked, as_of=today)
    has_moved_on = step_key is not None and step_key != row.key
    if has_moved_on or _is_so_already(row, act):
        raise StepChanged
    if act in _ENDED_BY:
        event = _closed(actor, locked, act)
    else:
        event = _recorded(row, act, until, _recorder(actor, locked, link))
    return Acted(event, contract_row(actor=actor, contract=locked, as_of=today))


def _is_so_already(row: BoardRow, act: Act) -> bool:
    """Whether an act would set the contract where it stands: its buttons name no step."""
    cadence = row.cadence
    already = {
        Act.GOING_BADLY: cadence.is_going_badly,
        Act.GOING_WELL: not cadence.is_going_badly,
        Act.TAKE_OUT: cadence.is_taken_out,
        Act.TAKE_BACK: not cadence.is_taken_out,
        Act.ANSWERED: _is_last_of_today(row, Kind.ANSWERED),
    }
    return already.get(act, False)


def _is_last_of_today(row: BoardRow, kind: Kind) -> bool:
    """Whether it was the last thing to be written down, and that today: a second click."""
    last = max(row.contract.closeout_events.all(), key=lambda event: event.pk, default=None)
    return last is not None and (last.kind, last.happened_on) == (kind, row.as_of)


def _recorded(row: BoardRow, act: Act, until: dt.date | None, record: Recorder) -> AuditEvent:
    if act == Act.SNOOZE:
        return record(Kind.SNOOZED, until or row.as_of + dt.timedelta(SNOOZE_DAYS))
    if act != Act.SENT:
        return record(_RECORDED_AS[act], None)
    kind = SENT_AS.get(row.step.kind) if row.step else None
    if kind is None:
        raise StepChanged
    return record(kind, None)


def _recorder(actor: Actor, contract: Contract, link: str) -> Recorder:
    def record(kind: Kind, until: dt.date | None) -> AuditEvent:
        return closeout_record(
            actor=actor,
            contract=contract,
            kind=kind,
            happened_on=timezone.localdate(),
            until=until,
            link=link,
        )

    return record


def _closed(actor: Actor, contract: Contract, act: Act) -> AuditEvent:
    if contract.closed_on:
        raise StepChanged
    event = contract_close(
        actor=actor,
        contract=contract,
        closed_on=timezone.localdate(),
        ended_by=_ENDED_BY[act],
    )
    if event is None:
        raise ValidationError({"closed_on": [_("The contract is closed already.")]})
    return event


@transaction.atomic
def contract_open_again(*, actor: Actor, contract: Contract) -> AuditEvent | None:
    """Take the end of a contract back; the cadence starts anew from today (C3)."""
    event = contract_reopen(actor=actor, contract=contract)
    if event:
        closeout_record(
            actor=actor,
            contract=contract,
            kind=Kind.REOPENED,
            happened_on=timezone.localdate(),
        )
    return event
