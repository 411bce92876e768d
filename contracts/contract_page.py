"""What a contract's page shows, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.closeout.board import contract_row
from contracts.closeout.cards import Card, cards_of
from contracts.closeout.services import CLOSEOUT_CHANGED
from contracts.contract_services import CONTRACT_CREATED
from contracts.log_services import LOG_CHANGED
from contracts.models import CloseoutEvent, CloseoutIntervals, Contract, Feedback, LogEntry, Payment
from contracts.models.feedback import PART_SCORES, Outcome
from contracts.timeline import Change, Note, Paid, Rated, Recorded, TimelineItem, timeline
from contracts.undo import UNDOABLE
from contracts.wording import field_label, plain_words

PAYMENTS_A_PAGE = 25
SHOWN_AT_FIRST = 12  # of the timeline
CHANGES_AT_MOST = 200
CENT = Decimal("0.01")


class NextStep(StrEnum):
    """What the page's one primary button does."""

    CLOSE = "close"
    ENTER_FEEDBACK = "enter_feedback"
    WRITE_LOG = "write_log"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Money:
    """What a contract brought, in its own currency; a rate is None without hours."""

    gross: Decimal | None
    fees: Decimal
    hours: Decimal | None

    @property
    def net(self) -> Decimal | None:
        return None if self.gross is None else self.gross - self.fees

    @property
    def gross_rate(self) -> Decimal | None:
        return _per_hour(self.gross, self.hours)

    @property
    def net_rate(self) -> Decimal | None:
        return _per_hour(self.net, self.hours)

    @property
    def fee_share(self) -> Decimal | None:
        """Fees as a percentage of the gross amount, one decimal."""
        if not self.gross or self.gross < 0:
            return None
        return (100 * self.fees / self.gross).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _per_hour(amount: Decimal | None, hours: Decimal | None) -> Decimal | None:
    if amount is None or not hours:
        return None
    return (amount / hours).quantize(CENT, ROUND_HALF_UP)


def contract_of(actor: Actor, public_id: str) -> Contract:
    """The contract with its client and freelancer, `rating` and `last_activity_on`; else 404."""
    rows = Contract.objects.for_actor(actor).with_rating().with_last_activity()
    found = rows.select_related("client", "freelancer").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def feedback_of(contract: Contract, direction: str) -> Feedback | None:
    return Feedback.objects.filter(contract=contract, direction=direction).first()


class ContractPage:
    """A contract and all that hangs on it, for one reader."""

    def __init__(self, *, actor: Actor, contract: Contract, payments_page: str = "") -> None:
        self.actor = actor
        self.contract = contract
        self._payments_page = payments_page

    @property
    def is_own(self) -> bool:
        """Whether the reader is the freelancer whose contract it is."""
        return self.contract.freelancer.user_id == self.actor.user.pk

    @property
    def money(self) -> Money:
        contract = self.contract
        return Money(contract.earned, contract.fees, contract.hours)

    @property
    def is_stale(self) -> bool:
        return self.contract.is_stale(timezone.localdate())

    @cached_property
    def closeout(self) -> Card:
        """The contract's next step on the way to feedback (C3)."""
        today = timezone.localdate()
        row = contract_row(actor=self.actor, contract=self.contract, as_of=today)
        return cards_of(self.actor, [row])[0]

    @property
    def next_step(self) -> NextStep:
        if self.contract.closed_on is None:
            return NextStep.CLOSE
        if self.contract.rating is None:
            return NextStep.ENTER_FEEDBACK
        if self.contract.outcome == Outcome.NEGATIVE and not self.log_entries:
            return NextStep.WRITE_LOG
        return NextStep.EDIT

    @cached_property
    def log_entries(self) -> list[LogEntry]:
        rows = LogEntry.objects.for_actor(self.actor).filter(contract=self.contract)
        return list(rows.select_related("author"))

    @cached_property
    def _feedback(self) -> dict[str, Feedback]:
        rows = Feedback.objects.for_actor(self.actor).filter(contract=self.contract)
        return {feedback.direction: feedback for feedback in rows}

    @property
    def from_client(self) -> Feedback | None:
        return self._feedback.get(Feedback.Direction.FROM_CLIENT)

    @property
    def from_freelancer(self) -> Feedback | None:
        return self._feedback.get(Feedback.Direction.FROM_FREELANCER)

    @property
    def sides(self) -> list[Side]:
        return [Side(way, self._feedback.get(way.value)) for way in Feedback.Direction]

    @cached_property
    def payments(self) -> Page[Payment]:
        rows = Payment.objects.for_actor(self.actor).filter(contract=self.contract)
        return Paginator(rows, PAYMENTS_A_PAGE).get_page(self._payments_page)

    @cached_property
    def timeline(self) -> list[TimelineItem]:
        contract = self.contract
        return timeline(
            started_on=contract.started_on,
            delivered_on=contract.delivered_on,
            closed_on=contract.closed_on,
            payments=self._paid(),
            ratings=[_rated(feedback) for feedback in self._feedback.values()],
            notes=[_note(entry) for entry in self.log_entries],
            closeout=self._closeout(),
            changes=self._changes(),
        )

    @property
    def earlier(self) -> int:
        """How many items of the timeline are folded away at first."""
        return max(0, len(self.timeline) - SHOWN_AT_FIRST)

    def _paid(self) -> list[Paid]:
        rows = Payment.objects.for_actor(self.actor).filter(contract=self.contract).order_by()
        columns = rows.values_list("paid_on", "source", "category", "amount", "hours")
        return [Paid(*row) for row in columns]

    def _closeout(self) -> list[Recorded]:
        rows = CloseoutEvent.objects.for_actor(self.actor).filter(contract=self.contract)
        return [Recorded(row.happened_on, row.get_kind_display(), row.until) for row in rows]

    def _changes(self) -> list[Change]:
        events = AuditEvent.objects.for_actor(self.actor).filter(
            target_type=Contract._meta.label_lower, target_id=self.contract.public_id
        )[:CHANGES_AT_MOST]
        newest = next(iter(events), None)
        return [
            change
            for event in events
            if (change := change_of(event, with_undo=event == newest and self.actor.may_change))
        ]


@dataclass(frozen=True, slots=True)
class Side:
    """One way of the feedback, and what there is."""

    direction: Feedback.Direction
    feedback: Feedback | None

    @property
    def is_from_client(self) -> bool:
        return self.direction == Feedback.Direction.FROM_CLIENT

    @property
    def slug(self) -> str:
        return self.direction.value.replace("_", "-")

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The part scores that were given, by their labels."""
        given = ((part, getattr(self.feedback, part, None)) for part in PART_SCORES)
        return [(field_label(Feedback, part), score) for part, score in given if score]


# Whose fields an event names, by the beginning of its verb.
_MODELS: dict[str, type[Model]] = {
    "contract": Contract,
    "log": LogEntry,
    "closeout": CloseoutEvent,
    "closeout_intervals": CloseoutIntervals,
}


def change_of(event: AuditEvent, *, with_undo: bool = False) -> Change | None:
    """An event of the trail for the timeline; None where an item of its own tells it already."""
    if event.verb in (LOG_CHANGED, CLOSEOUT_CHANGED) and event.after and not event.before:
        return None
    key = event.public_id if with_undo and event.verb in UNDOABLE else ""
    return Change(
        on=timezone.localtime(event.at).date(),
        who=event.who_name,
        lines=event_lines(event),
        key=key,
    )


def event_lines(event: AuditEvent) -> tuple[str, ...]:
    """What a change did, a line for each field: “Closed on: nothing → Oct 2, 2026”."""
    if event.verb == CONTRACT_CREATED:
        return (_("Entered by hand"),)
    if event.verb == LOG_CHANGED and not event.after:
        return (_("Deleted an entry of the log"),)
    model = _MODELS.get(event.verb.partition(".")[0], Feedback)
    known = {field.name for field in model._meta.fields if field.editable}
    names = [name for name in dict.fromkeys((*event.before, *event.after)) if name in known]
    return tuple(
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": field_label(model, name),
            "before": plain_words(model, name, event.before.get(name)),
            "after": plain_words(model, name, event.after.get(name)),
        }
        for name in names
        if event.before.get(name) != event.after.get(name)
    ) or (event.verb,)


def _rated(feedback: Feedback) -> Rated:
    return Rated(
        on=feedback.given_on,
        from_client=feedback.direction == Feedback.Direction.FROM_CLIENT,
        rating=feedback.public_rating,
        comment=feedback.comment,
        changed_on=feedback.changed_on,
        before=feedback.rating_before_change,
    )


def _note(entry: LogEntry) -> Note:
    return Note(
        on=entry.happened_on,
        key=entry.public_id,
        what=entry.what,
        lesson=entry.lesson,
        differently=entry.differently,
    )
