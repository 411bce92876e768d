"""Writing a proposal, moving it through the funnel, and taking both back (B5).

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and a proposal that the actor
sees, else `Proposal.DoesNotExist`. Nothing is ever sent to Upwork: a person does that (B7).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record, changed_fields
from accounts.conflicts import ChangedMeanwhile, ChangedSince, fingerprint
from accounts.models import Freelancer
from proposals.funnel import Dates, Stage, moved
from proposals.models import Proposal, ProposalMove
from proposals.proposal_connects import COSTS, proposal_spend_record
from proposals.tally_services import tallies_outdate

CREATED: Final = "proposal.created"
CHANGED: Final = "proposal.changed"
MOVED: Final = "proposal.moved"
MOVE_UNDONE: Final = "proposal.move_undone"
REMOVED: Final = "proposal.removed"
PUT_BACK: Final = "proposal.put_back"

WRITTEN_FIELDS: Final = (
    *("profile", "title", "client_name", "niche", "template", "body", "values", "letter"),
    *("kind", "bid", "is_invitation", "connects", "boost", "follow_up_on", "notes", "facts"),
)
"""What `proposal_change` changes; the stage and its dates move by `proposal_move`."""
NOT_IN_TRAIL: Final = frozenset({"body", "values", "letter", "facts"})
"""Long, and saved while it is typed: the trail names them without their texts."""


def seen_of(proposal: Proposal, *names: str) -> str:
    """The fingerprint of these fields: what a form showed."""
    values = {name: getattr(proposal, _column(name)) for name in names}
    return fingerprint(values)


@transaction.atomic
def proposal_create(
    *,
    actor: Actor,
    freelancer: Freelancer,
    title: str,
    post: str = "",
    post_key: str = "",
    facts: Mapping[str, Any] | None = None,
    **values: Any,
) -> Proposal:
    """Begin a draft for one freelancer; `values` are names of `WRITTEN_FIELDS` (A8, B5)."""
    actor.require(Permission.CHANGE)
    owner = Freelancer.objects.for_actor(actor).get(pk=freelancer.pk)
    proposal = Proposal.objects.create(
        practice=actor.practice,
        freelancer=owner,
        who=actor.user,
        who_name=str(actor.user)[:254],
        title=title.strip()[:300] or _("Without a title"),
        post=post,
        post_key=post_key,
        facts=dict(facts or {}),
        moved_at=timezone.now(),
        **values,
    )
    audit_record(actor=actor, verb=CREATED, target=proposal, for_freelancer=owner)
    return proposal


@transaction.atomic
def proposal_change(*, actor: Actor, proposal: Proposal, seen: str = "", **values: Any) -> Proposal:
    """Change what a form showed; `seen` is the `seen_of` the same fields when it was opened.

    Raises `ChangedMeanwhile`, and then changes nothing.
    """
    row = proposal_locked(actor, proposal)
    if seen and seen != seen_of(row, *values):
        raise ChangedMeanwhile
    before, after = changed_fields(row, values)
    if not after:
        return row
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=list(after))
    tallies_outdate(row, row.sent_at)
    if COSTS & after.keys():
        proposal_spend_record(actor=actor, proposal=row)
    audit_record(
        actor=actor,
        verb=CHANGED,
        target=row,
        for_freelancer=row.freelancer,
        before=_for_trail(before),
        after=_for_trail(after),
    )
    return row


@transaction.atomic
def proposal_move(
    *,
    actor: Actor,
    proposal: Proposal,
    to: Stage,
    on: dt.date | None = None,
    seen_stage: str = "",
) -> ProposalMove | None:
    """Move a proposal to a stage of the funnel, forwards or backwards, as of a day (B5).

    `seen_stage` is the one that the page showed: raises `ChangedSince` where it stands elsewhere
    by now. Won makes a contract in the log, once. None where it stands there already. Raises
    `ValidationError` for a day to come.
    """
    row = proposal_locked(actor, proposal)
    if row.stage == to:
        return None
    if seen_stage and seen_stage != row.stage:
        raise ChangedSince(
            _("“%(title)s” was moved meanwhile, so it stays where it is now.")
            % {"title": row.title}
        )
    now = timezone.now()
    day = _day_of_move(on, now)
    move = _move_noted(actor, row, to, day)
    _stage_set(row, to, day=day, now=now)
    proposal_spend_record(actor=actor, proposal=row)
    audit_record(
        actor=actor,
        verb=MOVED,
        target=row,
        for_freelancer=row.freelancer,
        before={"stage": move.before},
        after={"stage": move.after, "on": day},
    )
    if to is Stage.WON:
        _won()(actor, row)
    return move


@transaction.atomic
def move_undo(*, actor: Actor, move: ProposalMove) -> Proposal:
    """Put a proposal back where it stood, with its days; a contract in the log stays.

    Raises `ChangedSince` where it was moved again since.
    """
    row = proposal_locked(actor, Proposal(pk=move.proposal_id))
    newest = ProposalMove.objects.for_actor(actor).filter(proposal=row).newest_first().first()
    if newest is None or newest.pk != move.pk:
        raise ChangedSince(_("It was moved again since. Undo the newer move first."))
    sent_before = row.sent_at
    for name, value in move.dates_before.items():
        field = Proposal._meta.get_field(name)
        setattr(row, name, field.to_python(value))  # type: ignore[union-attr]  # a column
    row.stage, row.moved_at = move.before, timezone.now()
    row.save()
    tallies_outdate(row, sent_before, row.sent_at)
    proposal_spend_record(actor=actor, proposal=row)
    audit_record(
        actor=actor,
        verb=MOVE_UNDONE,
        target=row,
        for_freelancer=row.freelancer,
        before={"stage": move.after},
        after={"stage": move.before},
    )
    move.delete()
    return row


@transaction.atomic
def proposal_remove(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Take a proposal out of the funnel; it can be put back."""
    return _removed_set(actor, proposal, is_removed=True)


@transaction.atomic
def proposal_put_back(*, actor: Actor, proposal: Proposal) -> Proposal:
    return _removed_set(actor, proposal, is_removed=False)


def proposal_locked(actor: Actor, proposal: Proposal) -> Proposal:
    """The proposal, for changing it."""
    actor.require(Permission.CHANGE)
    rows = Proposal.objects.for_actor(actor).select_related("freelancer", "profile", "template")
    return rows.select_for_update(of=("self",)).get(pk=proposal.pk)


def _move_noted(actor: Actor, row: Proposal, to: Stage, day: dt.date) -> ProposalMove:
    """The move, with the days as they are before it."""
    return ProposalMove.objects.create(
        practice=actor.practice,
        freelancer=row.freelancer,
        proposal=row,
        before=row.stage,
        after=to.value,
        happened_on=day,
        dates_before=_plain_dates(row),
        who_name=str(actor.user)[:254],
    )


def _day_of_move(on: dt.date | None, now: dt.datetime) -> dt.date:
    day = on or timezone.localdate(now)
    if day > timezone.localdate(now):
        raise ValidationError(_("That day is still to come."))
    return day


def _won() -> Callable[[Actor, Proposal], object]:
    """What makes a contract of a won proposal: the log lies above this room."""
    made: Callable[[Actor, Proposal], object] = import_string(settings.CONTRACT_OF_WON_PROPOSAL)
    return made


def _stage_set(row: Proposal, to: Stage, *, day: dt.date, now: dt.datetime) -> None:
    sent_before = row.sent_at
    _dates_set(row, moved(row.dates, to, on=day), sent_at=row.sent_at or _moment_of(day, now))
    if to is Stage.DRAFT:
        row.sent_at = None
    row.stage, row.moved_at, row.follow_up_on = to.value, now, None
    row.save()
    tallies_outdate(row, sent_before, row.sent_at)


def _dates_set(row: Proposal, dates: Dates, *, sent_at: dt.datetime) -> None:
    row.sent_at = sent_at
    row.viewed_on = dates.reached.get(Stage.VIEWED)
    row.replied_on = dates.reached.get(Stage.REPLIED)
    row.call_on = dates.reached.get(Stage.CALL)
    row.audit_on = dates.reached.get(Stage.AUDIT)
    row.ended_on = dates.ended


def _moment_of(day: dt.date, now: dt.datetime) -> dt.datetime:
    """Now, or noon of an earlier day: the hour is not known then."""
    if day == timezone.localdate(now):
        return now
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=timezone.get_current_timezone())
    return noon.astimezone(dt.UTC)


def _plain_dates(row: Proposal) -> dict[str, str | None]:
    names = ("sent_at", "viewed_on", "replied_on", "call_on", "audit_on", "ended_on")
    return {
        name: value.isoformat() if (value := getattr(row, name)) else None
        for name in (*names, "follow_up_on")
    }


def _removed_set(actor: Actor, proposal: Proposal, *, is_removed: bool) -> Proposal:
    row = proposal_locked(actor, proposal)
    if (row.removed_at is not None) != is_removed:
        row.removed_at = timezone.now() if is_removed else None
        row.save(update_fields=["removed_at"])
        tallies_outdate(row, row.sent_at)
        if not is_removed:
            proposal_spend_record(actor=actor, proposal=row)
        verb = REMOVED if is_removed else PUT_BACK
        audit_record(actor=actor, verb=verb, target=row, for_freelancer=row.freelancer)
    return row


def _column(name: str) -> str:
    return f"{name}_id" if name in {"profile", "template"} else name


def _for_trail(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: "…" if name in NOT_IN_TRAIL else value if _is_plain(value) else str(value)
        for name, value in values.items()
    }


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | str)
