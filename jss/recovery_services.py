"""Ticking the recovery plan off, and keeping one's own answer about the score (J15).

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and what it changes within what
the actor sees, else `DoesNotExist`.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent, Freelancer
from contracts.closeout.services import AFTER_THE_END, closeout_delete, closeout_record
from contracts.contract_services import fingerprint
from contracts.locked_changes import contract_locked
from contracts.models import CloseoutEvent, Contract
from jss.models import RecoveryAnswer

ANSWER_CHANGED: Final = "recovery_answer.changed"
LONGEST_ANSWER: Final = 5_000  # characters: as much as a message in Upwork's chat takes


@transaction.atomic
def contact_note(*, actor: Actor, contract: Contract, kind: str) -> AuditEvent | None:
    """Write down that the client was asked, or owned up to, today; None where it was already.

    Raises `ValidationError` for a contract that is open (again).
    """
    locked = contract_locked(actor=actor, contract=contract)
    if kind not in AFTER_THE_END:
        raise ValidationError({"kind": [_("Choose what happened.")]})
    if _since_the_end(locked, kind):
        return None
    return closeout_record(
        actor=actor, contract=locked, kind=kind, happened_on=timezone.localdate()
    )


@transaction.atomic
def contact_take_back(*, actor: Actor, contract: Contract, kind: str) -> None:
    """Take such a note back: it was not so. The contract's history keeps that it was there."""
    locked = contract_locked(actor=actor, contract=contract)
    for event in _since_the_end(locked, kind):
        closeout_delete(actor=actor, event=event)


def _since_the_end(contract: Contract, kind: str) -> list[CloseoutEvent]:
    if contract.closed_on is None:
        return []
    events = CloseoutEvent.objects.filter(contract=contract, kind=kind)
    since = events.filter(happened_on__gte=contract.closed_on)
    return list(since.select_related("contract", "contract__freelancer"))


# ── The answer ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def answer_save(
    *, actor: Actor, freelancer: Freelancer, text: str, draft: str, seen: str = ""
) -> AuditEvent | None:
    """Keep one's own words; None when they are so already. The draft's own words make no row.

    `seen` is the `fingerprint` of {"text": …} when the form was opened; "" asks for no check.
    Raises `ChangedMeanwhile`, and `ValidationError` about `text`, and then changes nothing.
    """
    row = _answer_locked(actor, freelancer, draft)
    if seen and seen != fingerprint({"text": row.text}):
        raise ChangedMeanwhile
    words = answer_cleaned(text)
    return _write(actor, row, "" if words == normal(draft) else words)


@transaction.atomic
def answer_reset(*, actor: Actor, freelancer: Freelancer) -> AuditEvent | None:
    """Start again from the log; None where its draft holds already."""
    return _write(actor, _answer_locked(actor, freelancer), "")


@transaction.atomic
def answer_undo(*, actor: Actor, event: AuditEvent) -> AuditEvent | None:
    """Put back the words that a change replaced. Raises `ChangedSince` where they changed again."""
    if event.for_freelancer is None:
        raise AuditEvent.DoesNotExist
    row = _answer_locked(actor, event.for_freelancer)
    if row.text != event.after.get("text", ""):
        raise ChangedSince(_("These words were changed again since then, so this was not undone."))
    return _write(actor, row, event.before.get("text", ""))


def undoable_answer(*, actor: Actor, public_id: str) -> AuditEvent:
    """The change of an answer that the actor may see; raises `AuditEvent.DoesNotExist`."""
    events = AuditEvent.objects.for_actor(actor).select_related("for_freelancer")
    return events.get(public_id=public_id, verb=ANSWER_CHANGED)


def normal(text: str) -> str:
    """The text with one kind of line ends and without space at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def answer_cleaned(text: str) -> str:
    """The words as they are kept; raises `ValidationError` about `text`."""
    words = normal(text)
    problem = ""
    if not words:
        problem = _("Write your answer, or start again from the log.")
    elif "\0" in words:  # which PostgreSQL takes in no text
        problem = _("There is a character in it that cannot be kept. Type the words anew.")
    elif len(words) > LONGEST_ANSWER:
        problem = _("An answer has at most %(most)d characters.") % {"most": LONGEST_ANSWER}
    if problem:
        raise ValidationError({"text": [problem]})
    return words


def _answer_locked(actor: Actor, freelancer: Freelancer, draft: str = "") -> RecoveryAnswer:
    """The freelancer's words, or a new row with the draft; one writer at a time."""
    actor.require(Permission.CHANGE)
    seen = Freelancer.objects.for_actor(actor).filter(pk=freelancer.pk).values("pk")
    owner = Freelancer.objects.select_for_update().get(pk__in=seen)
    rows = RecoveryAnswer.objects.for_actor(actor).select_related("freelancer")
    return rows.filter(freelancer=owner).first() or RecoveryAnswer(
        practice=actor.practice, freelancer=owner, text=draft
    )


def _write(actor: Actor, row: RecoveryAnswer, text: str) -> AuditEvent | None:
    """Keep these words, or delete the row for none; None when nothing changes."""
    before = {} if row._state.adding else {"text": row.text}
    after = {"text": text} if text else {}
    if before == after:
        return None
    row.text = text or row.text
    event = audit_record(
        actor=actor,
        verb=ANSWER_CHANGED,
        target=row,
        for_freelancer=row.freelancer,
        before=before,
        after=after,
    )
    if after:
        row.save()
    else:
        row.delete()
    return event
