"""The funnel of a proposal (B5): its stages, what a move means for its dates, what waits too long.

draft → sent → viewed → replied → call → audit → won, or lost, withdrawn, no answer. Any move is
allowed, backwards too, since people correct what they clicked: a move backwards takes back the
dates of what has then not happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where a proposal stands (B5)."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"  # the client looked at the profile
    REPLIED = "replied"
    CALL = "call"
    AUDIT = "audit"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"


STEPS: Final = (
    *(Stage.DRAFT, Stage.SENT, Stage.VIEWED, Stage.REPLIED),
    *(Stage.CALL, Stage.AUDIT, Stage.WON),
)
"""The way to a deal, in order."""
ENDED: Final = frozenset({Stage.WON, Stage.LOST, Stage.WITHDRAWN, Stage.NO_ANSWER})
WAITING: Final = tuple(stage for stage in STEPS if stage not in ENDED and stage != Stage.DRAFT)
"""Sent and not ended: somebody has to do something next."""
IMPLIED: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.REPLIED: (Stage.VIEWED,),
    Stage.CALL: (Stage.VIEWED, Stage.REPLIED),
    Stage.AUDIT: (Stage.VIEWED, Stage.REPLIED),
    Stage.WON: (Stage.VIEWED, Stage.REPLIED),
}
"""What has happened too when a stage is reached: who replies has looked. A deal may do without a
call or an audit, so these count only where somebody says so."""
DATED: Final = (Stage.SENT, Stage.VIEWED, Stage.REPLIED, Stage.CALL, Stage.AUDIT)

FOLLOW_UP_AFTER: Final[Mapping[Stage, dt.timedelta]] = {
    Stage.REPLIED: dt.timedelta(days=2),
    Stage.CALL: dt.timedelta(days=3),
    Stage.AUDIT: dt.timedelta(days=5),
}
"""How long a client who talks to us may be silent before we write again. Our own figures: the
sources name none, and a day set by hand goes before them."""
AGAIN_AFTER: Final = dt.timedelta(days=5)
"""The same for a client who has not replied yet, once somebody wrote to him again."""
NO_ANSWER_AFTER: Final = dt.timedelta(days=30)
"""A proposal that nobody replied to for so long is offered as "no answer"; our own figure."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When each stage was reached, for those that were; `ended` is the day of the outcome."""

    reached: Mapping[Stage, dt.date]
    ended: dt.date | None = None

    @property
    def last(self) -> dt.date | None:
        """The last day on which anything happened."""
        return max((*self.reached.values(), *([self.ended] if self.ended else [])), default=None)


def moved(dates: Dates, to: Stage, *, on: dt.date) -> Dates:
    """The dates after a move to that stage on that day.

    Forwards, what the stage implies gets the same day where it has none. Backwards, the days of
    all later steps go. An end that is no deal leaves the steps as they are.
    """
    if to in ENDED - {Stage.WON}:
        return Dates(dict(dates.reached), on)
    rank = STEPS.index(to)
    kept = {stage: day for stage, day in dates.reached.items() if STEPS.index(stage) <= rank}
    for stage in (*IMPLIED.get(to, ()), to):
        if stage in DATED:
            kept.setdefault(stage, on)
    return Dates(kept, on if to is Stage.WON else None)


def is_backwards(before: Stage, after: Stage) -> bool:
    """Whether a move takes back something that had happened."""
    if before in ENDED and after not in ENDED:
        return True
    return before in STEPS and after in STEPS and STEPS.index(after) < STEPS.index(before)


def follow_up_on(stage: Stage, dates: Dates, *, by_hand: dt.date | None = None) -> dt.date | None:
    """The day on which to write to the client again; None where it is not our turn."""
    if stage in ENDED or stage is Stage.DRAFT:
        return None
    if by_hand:
        return by_hand
    wait, last = FOLLOW_UP_AFTER.get(stage), dates.last
    return last + wait if wait and last else None


def next_follow_up(stage: str, *, wrote_on: dt.date) -> dt.date:
    """The day to write once more after we wrote again on that day and the client stays silent."""
    return wrote_on + FOLLOW_UP_AFTER.get(Stage(stage), AGAIN_AFTER)


def is_forgotten(stage: Stage, dates: Dates, *, as_of: dt.date) -> bool:
    """Whether nobody replied for so long that it is "no answer" by now."""
    sent = dates.reached.get(Stage.SENT)
    is_silent = stage in {Stage.SENT, Stage.VIEWED}
    return bool(is_silent and sent and as_of - sent >= NO_ANSWER_AFTER)
