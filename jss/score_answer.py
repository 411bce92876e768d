"""The answer for a client who asks about a poor score: complete, honest, no blame (J15, C6).

Written for someone who decides whether to hire: where the score comes from, what was one's own part
in what went badly, what has changed, and what has been since. It names nobody: the reader must not
learn who else was a client. In English only, as the log's own sentences stand in it as they are.
Pure: no Django, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jss.engine import (
    CLASSIC,
    TREND,
    ClosedContract,
    Explanation,
    Outcome,
    Reason,
    RuleSet,
    WindowScore,
    explanations_of,
    scores_of,
)
from jss.recovery_words import LogNote, honest_sentences, without_names

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
HEADS = ("What happened:", "What I learned:", "What I do differently:")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A contract with a negative outcome in the window that is shown, and its log."""

    contract: ClosedContract
    notes: tuple[LogNote, ...]

    @property
    def has_lesson(self) -> bool:
        return any(note.is_lesson for note in self.notes)


@dataclass(frozen=True)
class Story:
    """What the answer tells, as facts."""

    window: WindowScore | None
    """The window whose score is shown; of equal ones the longest, which tells most."""
    score: int | None
    is_seen: bool
    """Whether the score is one that was seen on Upwork, and not our estimate."""
    is_trend: bool
    """Whether it is the trending score that is shown, of which `window` is the longer one (J17)."""
    chapters: tuple[Chapter, ...]
    """Oldest first."""
    good_since: int
    """Good ratings since the last negative outcome."""


def story_of(
    contracts: Sequence[ClosedContract],
    as_of: dt.date,
    notes: Mapping[str, Sequence[LogNote]],
    *,
    seen: int | None = None,
    rules: RuleSet = CLASSIC,
) -> Story:
    """The facts on that day; `notes` by the contracts' keys, `seen` the score seen on Upwork."""
    scores = scores_of(contracts, as_of, rules=rules)
    shown = [each for each in scores.windows if each.months in scores.shown.months]
    is_trend = scores.trend is not None and not shown and TREND in scores.shown.months
    if scores.trend and is_trend:
        shown = [scores.trend.longer]  # the trend itself is of two windows
    window = shown[-1] if shown else None
    months = window.months if window else 0
    explanations = explanations_of(contracts, as_of, rules=rules)
    negatives = [row.contract for row in explanations if _reason(row, months) == Reason.NEGATIVE]
    ordered = sorted(negatives, key=lambda row: row.closed_on or dt.date.min)
    return Story(
        window=window,
        score=scores.shown.score if seen is None else seen,
        is_seen=seen is not None,
        is_trend=is_trend,
        chapters=tuple(Chapter(row, tuple(notes.get(row.key, ()))) for row in ordered),
        good_since=good_since_last_bad(contracts, as_of, rules=rules),
    )


def good_since_last_bad(
    contracts: Sequence[ClosedContract], as_of: dt.date, *, rules: RuleSet = CLASSIC
) -> int:
    """Contracts with a good rating that were closed after the last one with a bad one."""
    closed = [row for row in contracts if row.closed_on and row.closed_on <= as_of]
    bad = [row.closed_on for row in closed if row.outcome(rules) == Outcome.NEGATIVE]
    last = max((day for day in bad if day), default=dt.date.min)
    return sum(
        row.outcome(rules) == Outcome.POSITIVE and (row.closed_on or last) > last for row in closed
    )


def answer_of(story: Story, *, names: Collection[str] = (), titles: Collection[str] = ()) -> str:
    """The text of the answer. Clients' names and contracts' titles are left out of the log's."""
    if story.window is None or story.score is None:
        return ""
    paragraphs = [
        "Thank you for asking about my Job Success Score. I would rather tell you openly.",
        _origin(story),
        *(_chapter(chapter, names, titles) for chapter in story.chapters),
    ]
    if story.good_since and story.chapters:
        paragraphs.append(_since(story.good_since))
    paragraphs.append(
        "If anything about this matters for your project, please ask. I am glad to start with a "
        "small first step, so that you can judge my work for yourself."
    )
    return "\n\n".join(paragraphs)


def _origin(story: Story) -> str:
    """How many outcomes, how many of them negative, and what missing feedback does to it."""
    window = story.window
    if window is None:
        return ""
    about = "is" if story.is_seen else "is about"
    contracts = _number(window.counted, "contract")
    parts = [f"{window.positive} ended with a good rating"]
    if window.negative:
        parts.append(f"{window.negative} with a poor one")
    if window.no_feedback_counted:
        parts.append(f"{window.no_feedback_counted} without feedback, which lowers it too")
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}"
    return (
        f"It {about} {story.score}% at present. By my own count it comes from {contracts} that "
        f"ended in the last {window.months} months: {listed}."
    )


def _chapter(chapter: Chapter, names: Collection[str], titles: Collection[str]) -> str:
    ended = _month(chapter.contract.closed_on)
    if not chapter.has_lesson:
        return (
            f"One contract that ended in {ended} did not go as it should have, and I take "
            "responsibility for my part in that."
        )
    own = f"One contract that ended in {ended} went badly, and I own my part in it."

    def unnamed(text: str) -> str:
        return without_names(text, names, titles)

    notes = [
        LogNote(note.happened_on, *map(unnamed, (note.what, note.lesson, note.differently)))
        for note in chapter.notes
    ]
    return "\n".join([own, *honest_sentences(notes, HEADS)])


def _since(good: int) -> str:
    ended = "one contract has" if good == 1 else f"{good} contracts have"
    return f"Since then {ended} ended with a good rating, and none with a poor one."


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _month(day: dt.date | None) -> str:
    # By hand, as the names that Python gives follow the server's locale.
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def _reason(explanation: Explanation, months: int) -> Reason | None:
    return next((each.reason for each in explanation.windows if each.months == months), None)
