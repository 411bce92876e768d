"""The sample's proposals: half a year of them, with the texts that they were written from."""

import datetime as dt
import random
from decimal import Decimal
from typing import Final

from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Freelancer, User
from contracts.models import Contract
from freelance_ops.demo.proposal_texts import (
    ANSWER,
    BLOCKS,
    CLIENTS,
    JOBS,
    POST,
    SHOP_TEMPLATE,
    TEMPLATES,
)
from profiles.models import Profile
from proposals.composer_services import proposal_begin
from proposals.funnel import IMPLIED, STEPS, Stage
from proposals.models import Piece, PieceVersion, Proposal, UsedBlock
from proposals.tally_services import tallies_outdate_all

DAY: Final = dt.timedelta(days=1)
ENDS: Final = (
    # how far each of the earlier ones came, and how it ended
    *("call won", "viewed no_answer", "replied lost", "sent no_answer", "sent no_answer"),
    *("viewed no_answer", "sent no_answer", "replied lost", "viewed withdrawn", "audit won"),
)
NOW: Final = (
    # where the newest stand, and for how many days
    *(("draft", 0), ("draft", 2), ("sent", 1), ("sent", 3), ("sent", 6), ("viewed", 4)),
    *(("viewed", 9), ("replied", 1), ("replied", 4), ("call", 5), ("audit", 2)),
    # sent long ago, and nobody replied
    *(("sent", 34), ("viewed", 38)),
)


def proposals_start(freelancer: Freelancer, user: User, today: dt.date) -> None:
    """Give a sample freelancer some forty proposals; the won ones lead to contracts of the log."""
    chance = random.Random(11)  # noqa: S311  # sample data, no secret
    templates = [_piece(freelancer, user, "template", *text) for text in TEMPLATES]
    templates.append(_next_version(templates[0], user))
    blocks = [_piece(freelancer, user, *text) for text in BLOCKS]
    profile = Profile.objects.filter(freelancer=freelancer).order_by("position").first()
    waiting = [(Stage(stage), None, days) for stage, days in NOW]
    earlier = [
        (Stage(reached), Stage(end), 12 + 6 * number)
        for number in range(27)
        for reached, end in [ENDS[number % len(ENDS)].split()]
    ]
    won = iter(
        Contract.objects.filter(freelancer=freelancer, started_on__lte=today - 14 * DAY)
        .order_by("-started_on")
        .select_related("client")
    )
    for number, (reached, end, days) in enumerate([*waiting, *earlier]):
        row = _proposal(freelancer, user, number, chance)
        row.profile = profile
        # The first template was written anew some weeks ago.
        version = templates[number % 7 % 3 or (3 if days < 60 else 0)]
        row.template = version if number % 6 != 5 else None  # a few are written from nothing
        row.body = row.letter = version.body
        _sent(row, reached, end, today - days * DAY, chance)
        row.save()
        if number % 3:
            used = blocks[number % len(blocks)]
            UsedBlock.objects.create(practice=row.practice, proposal=row, version=used)
        if end is Stage.WON and (contract := next(won, None)):
            _became(row, contract)
    tallies_outdate_all(freelancer.practice)
    _begun(freelancer, user)


def _begun(freelancer: Freelancer, user: User) -> None:
    """A letter that is being written, from a post that was pasted."""
    practice = freelancer.practice
    _piece(freelancer, user, "template", *SHOP_TEMPLATE)
    membership = practice.memberships.get(user=user)
    actor = Actor(user, practice, membership)
    proposal = proposal_begin(actor=actor, freelancer=freelancer, text=POST)
    proposal.answers.filter(position=0).update(answer=ANSWER)


def _piece(freelancer: Freelancer, user: User, kind: str, name: str, body: str) -> PieceVersion:
    piece = Piece.objects.create(
        practice=freelancer.practice, freelancer=None, kind=kind, name=name, body=body
    )
    return PieceVersion.objects.create(
        practice=freelancer.practice, piece=piece, number=1, body=body, who_name=str(user)
    )


def _next_version(first: PieceVersion, user: User) -> PieceVersion:
    body = first.body.replace("Which report hurts most today?", "Which number is wrong most often?")
    first.piece.body = body
    first.piece.save(update_fields=["body"])
    return PieceVersion.objects.create(
        practice=first.practice, piece=first.piece, number=2, body=body, who_name=str(user)
    )


def _proposal(freelancer: Freelancer, user: User, number: int, chance: random.Random) -> Proposal:
    title, niche, kind, bid = JOBS[number % len(JOBS)]
    is_invitation = number % 9 == 4
    return Proposal(
        practice=freelancer.practice,
        freelancer=freelancer,
        who=user,
        who_name=str(user),
        title=title,
        client_name=CLIENTS[number % len(CLIENTS)] if number % 4 else "",
        niche=niche,
        kind=kind,
        bid=Decimal(bid),
        is_invitation=is_invitation,
        connects=0 if is_invitation else chance.choice([8, 10, 12, 14, 16]),
        boost=0 if is_invitation else chance.choice([0, 0, 0, 20]),
        moved_at=timezone.now(),
    )


def _sent(
    row: Proposal, reached: Stage, end: Stage | None, last: dt.date, chance: random.Random
) -> None:
    """The dates of a proposal that reached that stage, and ended or stands there since `last`."""
    hour = chance.choice([7, 8, 8, 9, 13, 15, 19])
    row.stage = (end or reached).value
    row.moved_at = dt.datetime.combine(last, dt.time(hour, 20), tzinfo=dt.UTC)
    row.moved_at = min(row.moved_at, timezone.now())
    if reached is Stage.DRAFT:
        return
    steps = [step for step in STEPS[1 : STEPS.index(reached) + 1] if _has_step(step, reached)]
    # From the last step backwards, a day or two for each.
    day = last - (7 * DAY if end else 0 * DAY)
    for step in reversed(steps[1:]):
        setattr(row, f"{step.value}_on", day)
        day -= chance.choice([1, 1, 2]) * DAY
    row.sent_at = dt.datetime.combine(day, dt.time(hour, 5), tzinfo=dt.UTC)
    if end:
        row.ended_on = last
        if end is Stage.WON:
            row.viewed_on = row.viewed_on or day
            row.replied_on = row.replied_on or day


def _has_step(step: Stage, reached: Stage) -> bool:
    """A call is had by some that come to an audit, and by none that do not."""
    return step in {Stage.SENT, reached} or step in IMPLIED.get(reached, ())


def _became(row: Proposal, contract: Contract) -> None:
    """What it won is one of the log's contracts: that one's title and client are the proposal's."""
    contract.proposal = row
    contract.save(update_fields=["proposal"])
    row.title = contract.title
    row.client_name = contract.client.name if contract.client else ""
    row.kind, row.bid = contract.kind, contract.rate or contract.earned
    row.save(update_fields=["title", "client_name", "kind", "bid"])
