"""The funnel in words: its stages, how long, what a move takes back (B5)."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import formats
from proposals.funnel import Stage
from proposals.models import Proposal, ProposalMove

STAGE_NAMES: Final[Mapping[Stage, Promise]] = {
    Stage.DRAFT: gettext_lazy("Draft"),
    Stage.SENT: gettext_lazy("Sent"),
    Stage.VIEWED: gettext_lazy("Viewed"),
    Stage.REPLIED: gettext_lazy("Replied"),
    Stage.CALL: gettext_lazy("Call"),
    Stage.AUDIT: gettext_lazy("Audit"),
    Stage.WON: gettext_lazy("Won"),
    Stage.LOST: gettext_lazy("Lost"),
    Stage.WITHDRAWN: gettext_lazy("Withdrawn"),
    Stage.NO_ANSWER: gettext_lazy("No answer"),
}
STAGE_HINTS: Final[Mapping[Stage, Promise]] = {
    Stage.DRAFT: gettext_lazy("Being written"),
    Stage.SENT: gettext_lazy("Sent on Upwork by you"),
    Stage.VIEWED: gettext_lazy("The client looked at the profile"),
    Stage.REPLIED: gettext_lazy("The client wrote back"),
    Stage.CALL: gettext_lazy("You spoke"),
    Stage.AUDIT: gettext_lazy("A paid or free first look"),
}
_DAYS: Final[Mapping[str, Promise]] = {
    "sent_at": gettext_lazy("sent on %(day)s"),
    "viewed_on": gettext_lazy("viewed on %(day)s"),
    "replied_on": gettext_lazy("replied on %(day)s"),
    "call_on": gettext_lazy("call on %(day)s"),
    "audit_on": gettext_lazy("audit on %(day)s"),
    "ended_on": gettext_lazy("ended on %(day)s"),
}


def stage_name(stage: str) -> str:
    return str(STAGE_NAMES[Stage(stage)])


def since_words(moved_at: dt.datetime, *, today: dt.date) -> str:
    """How long in its stage, such as “3 days”."""
    days = (today - timezone.localdate(moved_at)).days
    if days <= 0:
        return _("today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": formats.number(days)}


def due_words(day: dt.date, *, today: dt.date) -> str:
    """When to write again, such as “write today”, “write again: 2 days late”."""
    days = (today - day).days
    if days == 0:
        return _("write today")
    if days > 0:
        words = ngettext("%(days)s day late", "%(days)s days late", days)
        return words % {"days": formats.number(days)}
    return _("write on %(day)s") % {"day": formats.day(day)}


def silent_words(row: Proposal, *, today: dt.date) -> str:
    """Why somebody is to be written to again, in a sentence."""
    last = row.dates.last
    if row.follow_up_on:
        return _("%(stage)s; you wanted to write again on %(day)s.") % {
            "stage": stage_name(row.stage),
            "day": formats.day(row.follow_up_on),
        }
    return _("%(stage)s; nothing since %(day)s.") % {
        "stage": stage_name(row.stage),
        "day": formats.day(last),
    }


def taken_back_words(move: ProposalMove, row: Proposal) -> str:
    """The days that a move took back, such as “Taken back: viewed on Nov 3.”; "" for none.

    `row` is the proposal as it stands after the move.
    """
    gone = []
    for name, words in _DAYS.items():
        before = move.dates_before.get(name)
        if before and getattr(row, name) is None:
            gone.append(str(words) % {"day": formats.day(_day_of(before))})
    return _("Taken back: %(days)s.") % {"days": ", ".join(gone)} if gone else ""


def _day_of(stored: str) -> dt.date:
    """As `ProposalMove.dates_before` keeps it: a date, or a moment."""
    if "T" in stored:
        return timezone.localdate(dt.datetime.fromisoformat(stored))
    return dt.date.fromisoformat(stored)
