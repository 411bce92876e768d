"""The digest's part about closing contracts: what is due, the words, and one-click links (C5)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actors import Actor
from contracts.closeout import wording
from contracts.closeout.acts import LABELS, acts_for
from contracts.closeout.board import Board, BoardRow, board_rows
from contracts.closeout.cards import Card, cards_of
from contracts.closeout.links import Link, link_url
from outbox.digest_parts import DigestPart
from outbox.models import Mail

SHOWN_AT_MOST: Final = 25
WITH_WORDS_AT_MOST: Final = 10  # mail programs cut a mail off at about 100 kB


@dataclass(frozen=True, slots=True)
class Choice:
    """One act as a link of a mail."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One due step as a mail shows it."""

    card: Card
    choices: tuple[Choice, ...]
    has_words: bool
    """Whether the message stands in the mail; further down it is on the board only."""


def closeout_part(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    """What is due for the actor, in the zone and formats that are active; None for nothing.

    A manager gets the whole team's. A notice of Upwork's about escrow (C7) counts as due once:
    when it came since the person's last digest.
    """
    today = timezone.localdate(now)
    board = Board(board_rows(actor=actor, as_of=today))
    due = board.due
    told = {row.contract.pk for row in due}
    notices = [row for row in board.dormant_soon if row.contract.pk not in told]
    since = _last_digest(actor, now)
    news = [row for row in notices if _notice_day(row, today) > since]
    if not due and not news:
        return None
    context = {
        "items": _items(actor, due[:SHOWN_AT_MOST], mail_key),
        "more": max(0, len(due) - SHOWN_AT_MOST),
        "notices": [(row.contract, wording.dormancy_words(row)) for row in notices],
        "is_team": actor.freelancer is None,
        "may_change": actor.may_change,
    }
    return DigestPart(
        count=len(due) + len(news),
        text=render_to_string("contracts/email/closeout.txt", context),
        html=render_to_string("contracts/email/closeout.html", context),
    )


def _items(actor: Actor, rows: list[BoardRow], mail_key: str) -> list[Item]:
    return [
        Item(
            card,
            _choices(actor, card.row, mail_key) if actor.may_change else (),
            has_words=number < WITH_WORDS_AT_MOST,
        )
        for number, card in enumerate(cards_of(actor, rows))
    ]


def _choices(actor: Actor, row: BoardRow, mail_key: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(LABELS[act]),
            link_url(
                Link(
                    membership=actor.membership.public_id,
                    contract=row.contract.public_id,
                    act=act.value,
                    step=row.key,
                    mail=_short(mail_key),
                    day=row.as_of.isoformat(),
                )
            ),
        )
        for act in acts_for(row)
    )


def _short(mail_key: str) -> str:
    """Enough to tell one mail's links from another's, in addresses that are long already."""
    return hashlib.sha256(mail_key.encode()).hexdigest()[:10]


def _last_digest(actor: Actor, now: dt.datetime) -> dt.date:
    """The day of the last digest that the actor got; a week ago without one."""
    mails = Mail.objects.filter(membership=actor.membership, occurrence__startswith="digest")
    last = mails.filter(created_at__lt=now).order_by("-created_at").first()
    return timezone.localdate(last.created_at if last else now - dt.timedelta(7))


def _notice_day(row: BoardRow, today: dt.date) -> dt.date:
    """The day of the latest notice of Upwork's (C7)."""
    days = row.dormancy.days if row.dormancy else ()
    return max((day for _clock, day in days if day <= today), default=dt.date.min)
