"""Why a score moved: what came in, what left, what changed, and what each did to it (J2 to J5, J9).

The two days are compared as they were known then. Each contract that is to a window on the last day
what it wasn't on the first is an `Effect`, and the points of a window's effects add up *exactly* to
the difference of its two exact scores, whatever happened first: a contract is measured against the
score that there is without it. With L the lead and T the number counted (J1), on the first day 0
and on the last day 1, the score moves from L0/T0 to L1/T1, and that is

    (change of L - L0/T0 x change of T) / T1 = (change of L - L1/T1 x change of T) / T0

Both sides are sums over the contracts, so each one has its part in either; its effect is the mean
of its two parts. A positive outcome that comes in never lowers a score thus, a negative one never
lifts it, equal ones do the same, and read backwards in time everything has the other sign. Where a
score is held at 0 from below (J1), the effects are reduced in proportion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jss.engine.contracts import ClosedContract, Stake, stake_of
from jss.engine.explanation import Explanation, InWindow, Reason, explanations_of
from jss.engine.outcomes import Outcome
from jss.engine.rating_changes import (
    NotKnown,
    RatingChange,
    as_known_on,
    not_known_between,
)
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import TREND, RuleSet
from jss.engine.scores import Scores, ShownScore, TrendScore, WindowScore, scores_of


class Happening(StrEnum):
    """What a contract did to a window between two days, in the order in which a day is told."""

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
    months: int
    """Of the window to which it did it."""
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
    """One window on both days, and the effects between them in the order in which they happened."""

    months: int
    """The window's; TREND for the trending score, whose effects are half of its two windows'."""
    before: WindowScore | TrendScore
    after: WindowScore | TrendScore
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


@dataclass(frozen=True, slots=True)
class Movement:
    """Everything that moved between the end of the first day and the end of the last."""

    first: date
    last: date
    rules: RuleSet
    windows: tuple[WindowMovement, ...]
    shown: ShownMovement
    not_known: tuple[NotKnown, ...]


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
    explained = (
        explanations_of(then, first, rules=rules),
        explanations_of(now, last, rules=rules),
    )
    pairs = list(zip(*explained, strict=True))
    changed_on = {change.key: change.changed_on for change in changes if change.is_known}
    held = {
        months: WindowMovement(
            months=months,
            before=old,
            after=new,
            effects=_shared_out(_effects(pairs, months, changed_on), old, new, rules),
            passed_through=sum(_passed_through(pair[1], months, first) for pair in pairs),
        )
        for months, (old, new) in _windows(before, after).items()
    }
    windows = [held[months] for months in rules.window_months]
    if before.trend and after.trend and rules.trend_months:
        parts = [held[months] for months in rules.trend_months]
        windows.append(_trending(before.trend, after.trend, parts))
    return Movement(
        first=first,
        last=last,
        rules=rules,
        windows=tuple(windows),
        shown=_shown(before.shown, after.shown, windows),
        not_known=tuple(not_known_between(now, changes, first, last, rules)),
    )


_OUTCOMES = {
    Reason.POSITIVE: Outcome.POSITIVE,
    Reason.NEGATIVE: Outcome.NEGATIVE,
    Reason.NO_FEEDBACK_COUNTED: Outcome.NO_FEEDBACK,
}
"""What a contract is that is counted (J1)."""

_ORDER = tuple(Happening)


def _points(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else 100 * (after - before)


def _windows(before: Scores, after: Scores) -> dict[int, tuple[WindowScore, WindowScore]]:
    """Every window on both days, those of the trending score included."""
    pairs = list(zip(before.windows, after.windows, strict=True))
    if before.trend and after.trend:
        pairs.append((before.trend.recent, after.trend.recent))
        pairs.append((before.trend.longer, after.trend.longer))
    return {old.months: (old, new) for old, new in pairs}


def _trending(
    before: TrendScore, after: TrendScore, parts: Sequence[WindowMovement]
) -> WindowMovement:
    """The movement of a mean is the mean of the movements, and so is what each contract did."""
    is_known = before.exact is not None and after.exact is not None
    effects = [
        replace(
            effect, points=effect.points / 2 if is_known and effect.points is not None else None
        )
        for part in parts
        for effect in part.effects
    ]
    passed_through = min(part.passed_through for part in parts)
    return WindowMovement(TREND, before, after, tuple(sorted(effects, key=_turn)), passed_through)


def _effects(
    pairs: Iterable[tuple[Explanation, Explanation]],
    months: int,
    changed_on: dict[str, date | None],
) -> list[Effect]:
    """A window's effects, without their points, in the order in which they happened."""
    found = []
    for old, new in pairs:
        was, is_ = old.in_window(months), new.in_window(months)
        happening = _happening(was, is_, rated_anew=old.contract.rating != new.contract.rating)
        if happening is None:
            continue
        on = {
            Happening.LEFT: was.leaves_on,
            Happening.RATING_CHANGED: changed_on.get(new.contract.key),
            Happening.CAME_IN: new.contract.closed_on,
        }.get(happening)
        rating_before = old.contract.rating
        found.append(
            Effect(new.contract, months, happening, on, was.reason, is_.reason, rating_before, None)
        )
    return sorted(found, key=_turn)


def _happening(was: InWindow, is_: InWindow, *, rated_anew: bool) -> Happening | None:
    """What the contract did to the window; None where it is to it what it was."""
    if was.leaves_on is None or is_.leaves_on is None:
        if was.leaves_on is is_.leaves_on:
            return None
        if {was.reason, is_.reason} & {Reason.UNPAID, Reason.NO_FEEDBACK_LEFT_OUT}:
            return Happening.RATING_CHANGED
        return Happening.CAME_IN if was.leaves_on is None else Happening.LEFT
    if rated_anew:
        return Happening.RATING_CHANGED
    if was.reason == is_.reason:
        return None
    return Happening.NOW_COUNTED if is_.reason.counts else Happening.NOW_TOLERATED


def _turn(effect: Effect) -> tuple[date, int]:
    """When it happened; last what follows from others (J3)."""
    return effect.on or date.max, _ORDER.index(effect.happening)


def _stake(contract: ClosedContract, reason: Reason, rules: RuleSet) -> Stake:
    """What the contract adds to both sides of J1."""
    outcome = _OUTCOMES.get(reason)
    return Stake(0, 0) if outcome is None else stake_of(contract, outcome, rules)


def _shared_out(
    effects: Sequence[Effect], before: WindowScore, after: WindowScore, rules: RuleSet
) -> tuple[Effect, ...]:
    """The effects with their points, where the window has a score at both ends."""
    if before.exact is None or after.exact is None:
        return tuple(effects)
    old, new = before.lead / before.weight, after.lead / after.weight
    # Below 0 a score isn't displayed: only so much of what happened can be seen.
    visible = (after.exact - before.exact) / (new - old) if new != old else Fraction(1)
    shared = []
    for effect in effects:
        was = _stake(replace(effect.contract, rating=effect.rating_before), effect.before, rules)
        is_ = _stake(effect.contract, effect.after, rules)
        lead = Fraction(is_.lead - was.lead, rules.scale)
        weight = Fraction(is_.weight - was.weight, rules.scale)
        parts = (lead - old * weight) / after.weight + (lead - new * weight) / before.weight
        shared.append(replace(effect, points=50 * parts * visible))
    return tuple(shared)


def _passed_through(now: Explanation, months: int, first: date) -> bool:
    closed_on = now.contract.closed_on
    outside = now.in_window(months).reason is Reason.OUTSIDE_WINDOW
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
