"""Why a score moved: what came in, what left, what changed, and what each did to it (J2 to J5, J9).

The two days are compared as they were known then. Each contract that is to a window on the last day
what it wasn't on the first is an `Effect`, and the points of a window's effects add up *exactly* to
the difference of its two exact scores. They are worked out one after the other, in the order in
which they happened: by the day of the end of the contract, of its leaving or of its changed rating;
of one day first what left, then what changed, then what came in. Last of all, as they follow from
the others, come contracts without feedback that J3 tolerates at one end only. What happened to
several contracts in the same way on the same day is shared among them equally. Where nothing is
counted half-way, the score that was there before stands until there is one again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from jss.engine.contracts import ClosedContract
from jss.engine.explanation import Explanation, InWindow, Reason, explanations_of
from jss.engine.history import history_of
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.scores import ShownScore, WindowScore, scores_of
from jss.engine.windows import is_in_window, window_start


@dataclass(frozen=True, slots=True)
class RatingChange:
    """What is known of the changed rating of the contract with that key (J9)."""

    key: str
    changed_on: date | None
    """From this day on the contract has the rating that it has now; None: nobody noted the day."""
    rating_before: Decimal | None
    """None: nobody noted it."""

    @property
    def is_known(self) -> bool:
        """Whether the rating before the change can be told for every day."""
        return self.changed_on is not None and self.rating_before is not None


class Happening(StrEnum):
    """What a contract did to a window between two days, in the order of one day."""

    LEFT = "left"
    RATING_CHANGED = "rating_changed"
    CAME_IN = "came_in"
    NOW_TOLERATED = "now_tolerated"
    NOW_COUNTED = "now_counted"


@dataclass(frozen=True, slots=True)
class Effect:
    """One contract that is to a window on the last day what it wasn't on the first."""

    contract: ClosedContract
    """With the rating of the last day."""
    happening: Happening
    on: date | None
    """When it left, changed or came in; None for what follows from others (J3)."""
    before: Reason
    after: Reason
    rating_before: Decimal | None
    """Its rating on the first day."""
    points: Fraction | None
    """What it did to the window's exact score; None where there is no score at one of the ends."""


@dataclass(frozen=True, slots=True)
class WindowMovement:
    """One window on both days, and the effects between them in the order of their working out."""

    months: int
    before: WindowScore
    after: WindowScore
    effects: tuple[Effect, ...]
    passed_through: int
    """Contracts that came in after the first day and had left by the last: no part of either."""

    @property
    def points(self) -> Fraction | None:
        """The difference of the exact scores; None where one of them is missing."""
        return _points(self.before.exact, self.after.exact)


@dataclass(frozen=True, slots=True)
class ShownMovement:
    """What it came to for the score that is shown, the highest of the windows' (J4)."""

    before: ShownScore
    after: ShownScore
    by_window: int | None
    """The window that is the highest on both days, the shortest where several are: its movement is
    the whole of it. None where another one took over, or where there is no score at one end."""
    own: Fraction | None
    """The movement of the window that was the highest: of `by_window`, else of the former one."""
    taken_over: Fraction | None
    """How far the new highest window lies above the former one on the last day; 0 where it is the
    same. With `own` it adds up to `points`. None where the former one has no score any more."""

    @property
    def points(self) -> Fraction | None:
        """The difference of the exact scores; None where one of them is missing."""
        return _points(self.before.exact, self.after.exact)


class Gap(StrEnum):
    """Why it can't be told what a contract was on an earlier day."""

    FEEDBACK_REMOVED = "feedback_removed"
    CLIENT_FLAGGED = "client_flagged"
    RATING_CHANGED = "rating_changed"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A contract that changed on a day, or from a rating, that nobody noted: it is taken as today's
    on both days."""

    contract: ClosedContract
    gap: Gap


@dataclass(frozen=True, slots=True)
class Movement:
    """Everything that moved between the end of the first day and the end of the last."""

    first: date
    last: date
    rules: RuleSet
    windows: tuple[WindowMovement, ...]
    shown: ShownMovement
    not_known: tuple[NotKnown, ...]


def as_known_on(
    contracts: Sequence[ClosedContract], changes: Iterable[RatingChange], day: date
) -> list[ClosedContract]:
    """The contracts, in the same order, with the ratings that they had at the end of that day (J9).

    A change whose day or former rating isn't known is left out: today's rating stands.
    """
    former = {
        change.key: change.rating_before
        for change in changes
        if change.rating_before is not None and change.changed_on and day < change.changed_on
    }
    return [
        replace(contract, rating=former[contract.key]) if contract.key in former else contract
        for contract in contracts
    ]


def movement_of(
    contracts: Sequence[ClosedContract],
    first: date,
    last: date,
    *,
    changes: Sequence[RatingChange] = (),
    rules: RuleSet = CLASSIC,
) -> Movement:
    """What moved the scores from the end of `first` to the end of `last`.

    Raises ValueError where `last` lies before `first`, or for a day that is out of range.
    """
    if last < first:
        raise ValueError(f"A span ends before it begins: {first} to {last}.")
    then, now = as_known_on(contracts, changes, first), as_known_on(contracts, changes, last)
    before, after = scores_of(then, first, rules=rules), scores_of(now, last, rules=rules)
    pairs = list(
        zip(
            explanations_of(then, first, rules=rules),
            explanations_of(now, last, rules=rules),
            strict=True,
        )
    )
    changed_on = {change.key: change.changed_on for change in changes if change.is_known}
    windows = tuple(
        WindowMovement(
            months=old.months,
            before=old,
            after=new,
            effects=_shared_out(_effects(pairs, position, changed_on), old, new),
            passed_through=sum(_passed_through(pair[1], position, first) for pair in pairs),
        )
        for position, (old, new) in enumerate(zip(before.windows, after.windows, strict=True))
    )
    return Movement(
        first=first,
        last=last,
        rules=rules,
        windows=windows,
        shown=_shown(before.shown, after.shown, windows),
        not_known=tuple(_not_known(now, changes, first, last, rules)),
    )


def last_change_of_shown(
    contracts: Sequence[ClosedContract],
    as_of: date,
    *,
    changes: Sequence[RatingChange] = (),
    rules: RuleSet = CLASSIC,
) -> date | None:
    """The latest day up to `as_of` on which the displayed score differs from the day before.

    None where it hasn't changed within the longest window.
    """
    earliest = window_start(as_of, rules.longest_months)
    turns = (change.changed_on for change in changes if change.is_known and change.changed_on)
    begins = {earliest, *(day for day in turns if earliest < day <= as_of)}
    until, later = as_of, None
    for begin in sorted(begins, reverse=True):
        known = as_known_on(contracts, changes, begin)
        steps = history_of(known, begin, until, as_of=as_of, rules=rules).shown
        if until != as_of and steps[-1].score != later:
            return until + timedelta(days=1)
        if len(steps) > 1:
            return steps[-1].date
        until, later = begin - timedelta(days=1), steps[0].score
    return None


_WEIGHT = {
    Reason.POSITIVE: (1, 1),
    Reason.NEGATIVE: (-1, 1),
    Reason.NO_FEEDBACK_COUNTED: (0, 1),
}
"""What a contract adds to the lead and to the number counted (J1)."""

_ORDER = tuple(Happening)


def _points(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else 100 * (after - before)


def _effects(
    pairs: Iterable[tuple[Explanation, Explanation]],
    position: int,
    changed_on: dict[str, date | None],
) -> list[Effect]:
    """A window's effects, without their points, in the order in which they are worked out."""
    found = []
    for old, new in pairs:
        was, is_ = old.windows[position], new.windows[position]
        happening = _happening(was, is_, rated_anew=old.contract.rating != new.contract.rating)
        if happening is None:
            continue
        on = {
            Happening.LEFT: was.leaves_on,
            Happening.RATING_CHANGED: changed_on.get(new.contract.key),
            Happening.CAME_IN: new.contract.closed_on,
        }.get(happening)
        found.append(
            Effect(new.contract, happening, on, was.reason, is_.reason, old.contract.rating, None)
        )
    return sorted(found, key=_turn)


def _happening(was: InWindow, is_: InWindow, *, rated_anew: bool) -> Happening | None:
    """What the contract did to the window; None where it is to it what it was."""
    if was.leaves_on is None or is_.leaves_on is None:
        if was.leaves_on is is_.leaves_on:
            return None
        return Happening.CAME_IN if was.leaves_on is None else Happening.LEFT
    if rated_anew:
        return Happening.RATING_CHANGED
    if was.reason == is_.reason:
        return None
    return Happening.NOW_COUNTED if is_.reason.counts else Happening.NOW_TOLERATED


def _turn(effect: Effect) -> tuple[date, int, tuple[int, int]]:
    """When an effect has its turn; those of the same turn share what they did."""
    return effect.on or date.max, _ORDER.index(effect.happening), _weight(effect)


def _weight(effect: Effect) -> tuple[int, int]:
    lead_before, counted_before = _WEIGHT.get(effect.before, (0, 0))
    lead_after, counted_after = _WEIGHT.get(effect.after, (0, 0))
    return lead_after - lead_before, counted_after - counted_before


def _shared_out(
    effects: Sequence[Effect], before: WindowScore, after: WindowScore
) -> tuple[Effect, ...]:
    """The effects with their points, where the window has a score at both ends."""
    if before.exact is None or after.exact is None:
        return tuple(effects)
    lead, total, score = before.positive - before.negative, before.counted, before.exact
    shared: list[Effect] = []
    for (_on, _order, weight), turn in groupby(effects, key=_turn):
        group = list(turn)
        lead += weight[0] * len(group)
        total += weight[1] * len(group)
        following = Fraction(max(0, lead), total) if total else score
        each = 100 * (following - score) / len(group)
        shared += [replace(effect, points=each) for effect in group]
        score = following
    return tuple(shared)


def _passed_through(now: Explanation, position: int, first: date) -> bool:
    closed_on = now.contract.closed_on
    outside = now.windows[position].reason is Reason.OUTSIDE_WINDOW
    return outside and closed_on is not None and closed_on > first


def _shown(
    before: ShownScore, after: ShownScore, windows: Sequence[WindowMovement]
) -> ShownMovement:
    if before.exact is None or after.exact is None:
        return ShownMovement(before, after, None, None, None)
    both = [months for months in before.months if months in after.months]
    months = both[0] if both else before.months[0]
    former = next(window for window in windows if window.months == months)
    taken_over = _points(former.after.exact, after.exact)
    return ShownMovement(before, after, both[0] if both else None, former.points, taken_over)


def _not_known(
    contracts: Iterable[ClosedContract],
    changes: Iterable[RatingChange],
    first: date,
    last: date,
    rules: RuleSet,
) -> Iterable[NotKnown]:
    """The contracts of the longest window on either day whose former state can't be told."""
    vague = {
        change.key
        for change in changes
        if not change.is_known and not (change.changed_on and change.changed_on <= first)
    }
    longest = rules.longest_months
    for contract in contracts:
        closed_on = contract.closed_on
        if not closed_on or not any(is_in_window(closed_on, d, longest) for d in (first, last)):
            continue
        if contract.client_flagged:
            yield NotKnown(contract, Gap.CLIENT_FLAGGED)
        elif contract.feedback_removed:
            yield NotKnown(contract, Gap.FEEDBACK_REMOVED)
        elif contract.key in vague:
            yield NotKnown(contract, Gap.RATING_CHANGED)
