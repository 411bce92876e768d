"""Templates, proposals and connects as tests and tables need them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actors import Actor
from proposals.funnel import Stage
from proposals.models import (
    ConnectsEntry,
    Piece,
    PieceVersion,
    Placeholder,
    Proposal,
    ProposalMove,
    ScreeningAnswer,
    TalliedMonth,
    Tally,
    UsedBlock,
)
from proposals.piece_services import piece_create
from proposals.proposal_services import proposal_create, proposal_move

BODY = "Hi {{ client_name }},\n\nyour checkout loses orders because {{ problem }}."


def a_piece(actor: Actor, **values: Any) -> Piece:
    """A template of the actor's own."""
    given = {"kind": "template", "name": "Shops", "body": BODY, "freelancer": actor.freelancer}
    return piece_create(actor=actor, **{**given, **values})


def a_version(actor: Actor) -> PieceVersion:
    return PieceVersion.objects.get(piece=a_piece(actor))


def a_placeholder(actor: Actor, **values: Any) -> Placeholder:
    """One that the practice defined; made directly, since a member may not."""
    given = {"name": "deadline", "label": "Deadline", "hint": "As the post says it"}
    return Placeholder.objects.create(practice=actor.practice, **{**given, **values})


def a_proposal(actor: Actor, **values: Any) -> Proposal:
    """A draft of the actor's own."""
    assert actor.freelancer
    given = {"title": "A faster checkout", "client_name": "Maria"}
    made = proposal_create(actor=actor, freelancer=actor.freelancer, **{**given, **values})
    return Proposal.objects.select_related("freelancer").get(pk=made.pk)


def a_move(actor: Actor, to: Stage = Stage.SENT) -> ProposalMove:
    move = proposal_move(actor=actor, proposal=a_proposal(actor), to=to)
    assert move
    return move


def a_screening_answer(actor: Actor) -> ScreeningAnswer:
    proposal = a_proposal(actor)
    return ScreeningAnswer.objects.create(
        practice=actor.practice,
        freelancer=proposal.freelancer,
        proposal=proposal,
        position=0,
        question="Which shops have you made faster?",
        answer="Three, the last one in May.",
    )


def a_used_block(actor: Actor) -> UsedBlock:
    return UsedBlock.objects.create(
        practice=actor.practice, proposal=a_proposal(actor), version=a_version(actor)
    )


def a_tallied_month(actor: Actor) -> TalliedMonth:
    assert actor.freelancer
    return TalliedMonth.objects.create(
        practice=actor.practice, freelancer=actor.freelancer, month=dt.date(2026, 11, 1)
    )


def a_tally(actor: Actor) -> Tally:
    assert actor.freelancer
    return Tally.objects.create(
        practice=actor.practice,
        freelancer=actor.freelancer,
        month=dt.date(2026, 11, 1),
        dimension="niche",
        key="Shops",
        sent=3,
    )


def a_sent_one(
    actor: Actor, *, days_ago: int = 0, to: Stage = Stage.SENT, **values: Any
) -> Proposal:
    """Sent so many days ago, and moved on to `to` on that day."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    proposal = a_proposal(actor, **values)
    proposal_move(actor=actor, proposal=proposal, to=Stage.SENT, on=day)
    if to is not Stage.SENT:
        proposal_move(actor=actor, proposal=proposal, to=to, on=day)
    return Proposal.objects.select_related("freelancer").get(pk=proposal.pk)


def some_connects(actor: Actor, **values: Any) -> ConnectsEntry:
    assert actor.freelancer
    given = {"kind": "grant", "amount": 10, "happened_on": "2026-11-02"}
    return ConnectsEntry.objects.create(
        practice=actor.practice, freelancer=actor.freelancer, **{**given, **values}
    )
