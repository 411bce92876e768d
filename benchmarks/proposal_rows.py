"""The proposals that their benchmark looks at: two years of one practice, with whole letters."""

import datetime as dt
from decimal import Decimal
from random import Random

from django.utils import timezone

from accounts.models import Freelancer, Practice, User
from accounts.services import practice_create_solo
from contracts.models import Client, Contract, Feedback
from profiles.models import Profile
from proposals.funnel import Stage
from proposals.models import Piece, PieceVersion, Proposal, UsedBlock
from proposals.tally_services import tallies_outdate_all

DAYS = 730
LETTER = "You write that your checkout loses orders on phones. I would begin with the logs. " * 20
POST = "We look for somebody who makes our shop faster. It has three thousand products. " * 30
NICHES = [f"Niche {number}" for number in range(12)]
# Of a hundred: every column of the board is full at either size, as far as its numbers allow.
STAGES = (
    *[Stage.DRAFT] * 4,
    *[Stage.SENT] * 6,
    *[Stage.VIEWED] * 5,
    *[Stage.REPLIED] * 4,
    *[Stage.CALL] * 3,
    *[Stage.AUDIT] * 2,
    *[Stage.WON] * 6,
    *[Stage.LOST] * 20,
    *[Stage.WITHDRAWN] * 5,
    *[Stage.NO_ANSWER] * 45,
)
REPLIED = {Stage.REPLIED, Stage.CALL, Stage.AUDIT, Stage.WON}


def practice_with(proposals: int) -> Practice:
    """A solo practice that sent so many in two years, each with its letter and its post."""
    user = User.objects.create_user(f"bench{proposals}@example.com", "irrelevant")
    practice = practice_create_solo(user=user, name="Bench")
    freelancer = Freelancer.objects.get(practice=practice)
    profile = Profile.objects.create(practice=practice, freelancer=freelancer, position=0)
    templates = [_version(practice, "template", number) for number in range(8)]
    blocks = [_version(practice, "case", number) for number in range(10)]
    chance = Random(proposals)
    now = timezone.now()
    rows = Proposal.objects.bulk_create(
        (
            _proposal(
                freelancer, profile, templates=templates, chance=chance, now=now, number=number
            )
            for number in range(proposals)
        ),
        batch_size=500,
    )
    UsedBlock.objects.bulk_create(
        (
            UsedBlock(practice=practice, proposal=row, version=blocks[number % len(blocks)])
            for number, row in enumerate(rows)
        ),
        batch_size=500,
    )
    _contracts(freelancer, [row for row in rows if row.stage == Stage.WON])
    tallies_outdate_all(practice)
    return practice


def _version(practice: Practice, kind: str, number: int) -> PieceVersion:
    piece = Piece.objects.create(practice=practice, kind=kind, name=f"{kind} {number}", body="Hi")
    return PieceVersion.objects.create(
        practice=practice, piece=piece, number=1, body="Hi", who_name="Bench"
    )


def _proposal(
    freelancer: Freelancer,
    profile: Profile,
    *,
    templates: list[PieceVersion],
    chance: Random,
    now: dt.datetime,
    number: int,
) -> Proposal:
    stage = chance.choice(STAGES)
    sent_at = now - dt.timedelta(minutes=chance.randrange(60, DAYS * 24 * 60))
    moved_at = min(now, sent_at + dt.timedelta(days=chance.randrange(1, 9)))
    day = moved_at.date()
    has_reply = stage in REPLIED or (stage is Stage.LOST and chance.random() < 0.4)
    is_hourly = chance.random() < 0.6
    return Proposal(
        practice=freelancer.practice,
        freelancer=freelancer,
        profile=profile,
        who_name="Bench",
        post=POST,
        title=f"Job {number}",
        client_name=f"Client {number % 900}",
        niche=chance.choice(NICHES),
        template=chance.choice(templates),
        body=LETTER,
        letter=LETTER,
        kind="hourly" if is_hourly else "fixed",
        bid=Decimal(chance.randrange(20, 160) if is_hourly else chance.randrange(50, 6_000)),
        connects=chance.choice([8, 12, 16]),
        boost=chance.choice([0, 0, 20]),
        stage=stage.value,
        sent_at=None if stage is Stage.DRAFT else sent_at,
        viewed_on=day if has_reply or stage is Stage.VIEWED else None,
        replied_on=day if has_reply else None,
        call_on=day if stage in {Stage.CALL, Stage.AUDIT} else None,
        audit_on=day if stage is Stage.AUDIT else None,
        ended_on=day if stage in STAGES[24:] else None,
        moved_at=moved_at,
    )


def _contracts(freelancer: Freelancer, won: list[Proposal]) -> None:
    practice = freelancer.practice
    client = Client.objects.create(practice=practice, name="Client")
    rows = Contract.objects.bulk_create(
        (
            Contract(
                practice=practice,
                freelancer=freelancer,
                client=client,
                proposal=row,
                title=row.title,
                earned=Decimal(500),
            )
            for row in won
        ),
        batch_size=500,
    )
    Feedback.objects.bulk_create(
        (
            Feedback(practice=practice, contract=row, public_rating=Decimal(5))
            for number, row in enumerate(rows)
            if number % 3
        ),
        batch_size=500,
    )
