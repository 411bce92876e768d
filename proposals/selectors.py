"""Reading proposals for the funnel's pages: whom to write to again, who was forgotten (B5)."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.actors import Actor
from proposals.funnel import ENDED, FOLLOW_UP_AFTER, NO_ANSWER_AFTER, STEPS, WAITING, Stage
from proposals.models import Proposal
from proposals.models.proposals import ProposalQuerySet

BOARD_ENDED_DAYS: Final = 30
"""How long what has ended stays on the board."""
OPEN_STAGES: Final = tuple(stage for stage in STEPS if stage not in ENDED)
ENDED_STAGES: Final = (Stage.WON, Stage.LOST, Stage.WITHDRAWN, Stage.NO_ANSWER)


def proposals_of(actor: Actor) -> ProposalQuerySet:
    """What lists show: kept, and of the chosen freelancer where one is chosen."""
    return Proposal.objects.for_actor(actor).of_choice(actor).kept()


def day_end(day: dt.date) -> dt.datetime:
    """The first moment after a day, where the reader is."""
    zone = timezone.get_current_timezone()
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)


def write_again(rows: ProposalQuerySet, *, today: dt.date) -> ProposalQuerySet:
    """Those whose `funnel.follow_up_on` has come: the same rule, as the database reads it.

    The last of several days lies so far back exactly when each of them does.
    """
    due = Q(stage__in=WAITING, follow_up_on__lte=today)
    for stage, wait in FOLLOW_UP_AFTER.items():
        last = today - wait
        silent = Q(stage=stage, follow_up_on=None, sent_at__lt=day_end(last))
        for name in ("viewed_on", "replied_on", "call_on", "audit_on"):
            silent &= Q(**{name: None}) | Q(**{f"{name}__lte": last})
        due |= silent
    return rows.filter(due, stage__in=WAITING)


def forgotten(rows: ProposalQuerySet, *, today: dt.date) -> ProposalQuerySet:
    """Those of `funnel.is_forgotten`: sent long ago, and nobody replied."""
    return rows.filter(
        stage__in=(Stage.SENT, Stage.VIEWED), sent_at__lt=day_end(today - NO_ANSWER_AFTER)
    )


def recently_ended(rows: ProposalQuerySet, *, now: dt.datetime) -> ProposalQuerySet:
    return rows.filter(
        stage__in=ENDED_STAGES, moved_at__gte=now - dt.timedelta(days=BOARD_ENDED_DAYS)
    )


def stage_counts(rows: ProposalQuerySet) -> dict[str, int]:
    """How many stand at each stage."""
    counts = rows.order_by().values("stage").annotate(number=Count("pk"))
    return {row["stage"]: row["number"] for row in counts}


def board_cards(actor: Actor, *, now: dt.datetime, at_most: int) -> list[Proposal]:
    """The newest of each stage, so many at most; what has ended, of the last days only.

    One query: each stage's newest are found by an index and read, however many there are.
    """
    rows = proposals_of(actor)
    newest = [_newest(rows.filter(stage=stage), at_most) for stage in OPEN_STAGES]
    ended = recently_ended(rows, now=now)
    newest += [_newest(ended.filter(stage=stage), at_most) for stage in ENDED_STAGES]
    found = Proposal.objects.for_actor(actor).filter(pk__in=_any_of(newest))
    return list(found.select_related("freelancer").without_texts().newest_first())


def _newest(rows: ProposalQuerySet, at_most: int) -> ProposalQuerySet:
    return rows.newest_first()[:at_most]


def _any_of(parts: Sequence[ProposalQuerySet]) -> RawSQL:
    """The primary keys of several limited queries: SQLite unites them only one level down."""
    pieces: list[str] = []
    params: list[object] = []
    for number, part in enumerate(parts):
        sql, own = part.values("pk").query.sql_with_params()
        pieces.append(f"SELECT * FROM ({sql}) AS part_{number}")  # noqa: S608  # Django wrote it
        params += own
    return RawSQL(" UNION ALL ".join(pieces), params)  # noqa: S611  # of Django's own statements


def searched(rows: ProposalQuerySet, words: str) -> ProposalQuerySet:
    """Every word in the title, the client's name, the niche or the notes."""
    for word in words.replace("\0", " ").split():  # PostgreSQL takes no NUL
        found = Q()
        for name in ("title", "client_name", "niche", "notes"):
            # SQLite's LIKE knows the case of ASCII letters only, its regular expressions of all.
            look = {f"{name}__icontains": word}
            if not word.isascii():
                look = {f"{name}__iregex": re.escape(word)}
            found |= Q(**look)
        rows = rows.filter(found)
    return rows
