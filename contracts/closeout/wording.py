"""Steps, reasons and Upwork's clocks in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import formats
from contracts.cadence import Step, StepKind, Why
from contracts.closeout.board import BoardRow
from contracts.models import MessageTemplate
from contracts.upwork_clocks import Clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STEP_LABELS: Final[dict[StepKind, _StrPromise]] = {
    StepKind.ASK: gettext_lazy("Ask the five-star question"),
    StepKind.PING: gettext_lazy("Ping the client"),
    StepKind.LAST_PING: gettext_lazy("Ping once more"),
    StepKind.CLOSE: gettext_lazy("Close it yourself"),
    StepKind.END_BADLY: gettext_lazy("End it yourself"),
    StepKind.ASK_FOR_FEEDBACK: gettext_lazy("Ask for a rating"),
    StepKind.OWN_UP: gettext_lazy("Own up to the client"),
}

#: The message that goes with a step; the others are done without one.
MESSAGE_OF: Final[dict[StepKind, MessageTemplate.Kind]] = {
    StepKind.ASK: MessageTemplate.Kind.FIVE_STAR_QUESTION,
    StepKind.PING: MessageTemplate.Kind.PING,
    StepKind.LAST_PING: MessageTemplate.Kind.LAST_PING,
    StepKind.ASK_FOR_FEEDBACK: MessageTemplate.Kind.REQUEST_TO_RATE,
    StepKind.OWN_UP: MessageTemplate.Kind.OWN_UP,
}


def step_label(kind: StepKind) -> str:
    return str(STEP_LABELS[kind])


def due_words(row: BoardRow) -> str:
    """Such as “due today”, “3 days overdue”, “on Nov 28, 2026”."""
    days = row.days_overdue
    if row.step is None:
        return ""
    if days == 0:
        return _("due today")
    if days > 0:
        words = ngettext("%(days)s day overdue", "%(days)s days overdue", days)
        return words % {"days": formats.number(days)}
    if days == -1:
        return _("due tomorrow")
    return _("due %(day)s") % {"day": formats.day(row.step.due_on)}


def why_words(row: BoardRow) -> str:
    """Why this step, and why now: a sentence or two for the card and the mail."""
    return _WHY[row.step.why](row.step, row) if row.step else ""


def _just_delivered(step: Step, _row: BoardRow) -> str:
    return _(
        "You delivered on %(day)s. Ask whether everything was done to earn five stars, and to hear "
        "before closing if not."
    ) % {"day": formats.day(step.since)}


def _client_in_touch(step: Step, row: BoardRow) -> str:
    words = ngettext(
        "Last contact on %(day)s: a friendly ping after %(days)s day.",
        "Last contact on %(day)s: a friendly ping after %(days)s days.",
        row.intervals.ping_days,
    )
    return words % {"day": formats.day(step.since), "days": row.intervals.ping_days}


def _client_silent(step: Step, row: BoardRow) -> str:
    words = ngettext(
        "No answer to your ping of %(day)s: after %(days)s day of silence, ping once more.",
        "No answer to your ping of %(day)s: after %(days)s days of silence, ping once more.",
        row.intervals.silence_days,
    )
    return words % {"day": formats.day(step.since), "days": row.intervals.silence_days}


def _last_ping_unanswered(step: Step, _row: BoardRow) -> str:
    return _(
        "No answer to your last ping of %(day)s: close the contract yourself. There is no rush: an "
        "open contract costs nothing."
    ) % {"day": formats.day(step.since)}


def _going_badly(_step: Step, _row: BoardRow) -> str:
    return _(
        "It is going badly. Once you have tried everything, end it yourself: only the side that "
        "ends a contract must leave feedback, so a bad rating is less likely."
    )


def _no_feedback(step: Step, _row: BoardRow) -> str:
    return _(
        "It ended on %(day)s without feedback. One or two of those cost nothing, a pattern does: "
        "ask once, politely."
    ) % {"day": formats.day(step.since)}


def _bad_rating(step: Step, _row: BoardRow) -> str:
    return _(
        "Rated badly on %(day)s. Own your part and add what you learned, without blame or begging: "
        "when the talk goes well, a rating can still be changed."
    ) % {"day": formats.day(step.since)}


def _bad_end(step: Step, _row: BoardRow) -> str:
    return _(
        "It went badly and ended on %(day)s, so far without a rating. Don't ask for one: own your "
        "part and add what you learned, without blame or begging."
    ) % {"day": formats.day(step.since)}


_WHY: Final = {
    Why.JUST_DELIVERED: _just_delivered,
    Why.CLIENT_IN_TOUCH: _client_in_touch,
    Why.CLIENT_SILENT: _client_silent,
    Why.LAST_PING_UNANSWERED: _last_ping_unanswered,
    Why.GOING_BADLY: _going_badly,
    Why.NO_FEEDBACK: _no_feedback,
    Why.BAD_RATING: _bad_rating,
    Why.BAD_END: _bad_end,
}


def escrow_words(row: BoardRow) -> str:
    """What ending a contract does to the money in escrow (C7); "" where there is none."""
    if not row.returns_escrow:
        return ""
    amount = formats.money(row.contract.escrow, row.contract.currency)
    if row.cadence.is_going_badly:
        return _(
            "%(amount)s is in escrow. If you end the contract, it goes back to the client: agree "
            "with the client about it first."
        ) % {"amount": amount}
    return _(
        "%(amount)s is in escrow. If you end the contract, it goes back to the client: submit the "
        "work for payment first."
    ) % {"amount": amount}


def dormancy_words(row: BoardRow) -> str:
    """Where Upwork's dormancy clock stands (C7); "" before the first notice."""
    clock = row.dormancy
    if clock is None or clock.passed is None:
        return ""
    amount = formats.money(row.contract.escrow, row.contract.currency)
    if clock.passed == Clock.DORMANT:
        return _(
            "Dormant for Upwork since %(day)s, with %(amount)s in escrow: agree on a new milestone "
            "date or submit the work."
        ) % {"day": formats.day(clock.dormant_on), "amount": amount}
    return _(
        "Upwork's notice of inactivity is out: dormant on %(day)s, with %(amount)s in escrow. A "
        "new milestone date or submitted work stops the clock."
    ) % {"day": formats.day(clock.dormant_on), "amount": amount}


def deadline_words(row: BoardRow) -> str:
    """How long feedback can still be left, in UTC and in the reader's zone (J18)."""
    until = row.feedback_until
    if until is None:
        return ""
    now = timezone.now()
    if until <= now:
        return _("Feedback could be left until %(day)s.") % {"day": formats.day(_utc_day(until))}
    return _("Feedback until midnight UTC at the end of %(day)s, your %(local)s: %(left)s.") % {
        "day": formats.day(_utc_day(until)),
        "local": formats.moment(until),
        "left": _time_left(until - now),
    }


def _time_left(left: dt.timedelta) -> str:
    """In whole days, on the last day in whole hours."""
    if left.days:
        words = ngettext("%(days)s day left", "%(days)s days left", left.days)
        return words % {"days": left.days}
    hours = left.seconds // 3600
    words = ngettext("%(hours)s hour left", "%(hours)s hours left", hours)
    return words % {"hours": hours} if hours else _("less than an hour left")


def _utc_day(until: dt.datetime) -> dt.date:
    """The last whole day before an instant that is midnight UTC."""
    return (until - dt.timedelta(seconds=1)).date()
