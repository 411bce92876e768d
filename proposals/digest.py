"""The digest's part about proposals: to which clients to write again today (B5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actors import Actor
from outbox.composing import absolute, of_practice
from outbox.digest_parts import DigestPart
from proposals.funnel_words import silent_words
from proposals.models import Proposal
from proposals.selectors import proposals_of, write_again

SHOWN_AT_MOST: Final = 25


@dataclass(frozen=True, slots=True)
class DueAgain:
    """A client who waits for a word from us, or we for his."""

    proposal: Proposal
    why: str
    url: str


def follow_ups_part(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    """Everybody who is to be written to by now, the longest silent first; None for nobody.

    They come up every day until somebody writes or moves them. Who may change nothing gets none.
    `mail_key` is not needed, since the part holds no link that does something.
    """
    if not actor.may_change:
        return None
    today = timezone.localdate(now)
    due = write_again(proposals_of(actor), today=today)
    shown = due.select_related("freelancer").without_texts().order_by("moved_at", "pk")
    rows = [
        DueAgain(
            row,
            silent_words(row, today=today),
            absolute("proposals:stage", public_id=row.public_id) + of_practice(actor),
        )
        for row in shown[: SHOWN_AT_MOST + 1]
    ]
    if not rows:
        return None
    count = len(rows) if len(rows) <= SHOWN_AT_MOST else due.count()
    context = {
        "rows": rows[:SHOWN_AT_MOST],
        "more": max(0, count - SHOWN_AT_MOST),
        "is_team": actor.freelancer is None,
    }
    return DigestPart(
        count=count,
        text=render_to_string("proposals/email/follow_ups.txt", context),
        html=render_to_string("proposals/email/follow_ups.html", context),
    )
