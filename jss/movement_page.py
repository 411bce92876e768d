"""Everything that the page on why the score moved shows of one freelancer between two days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from jss.engine import (
    CLASSIC,
    ClosedContract,
    Culprit,
    Culprits,
    Effect,
    Movement,
    NotKnown,
    RatingChange,
    RuleSet,
    SeenScore,
    WindowMovement,
    as_known_on,
    culprits_of,
    displayed,
    last_change_of_shown,
    movement_of,
    scores_of,
)
from jss.models import Reading
from jss.movement_words import rest_of, sentence_of, signed_points, size_of

USUAL_DAYS = 30
ROWS_A_WINDOW = 40
CULPRITS_SHOWN = 8
NOT_KNOWN_SHOWN = 12


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One contract of a window's table."""

    effect: Effect
    then: ClosedContract
    """The contract with its rating of the first day."""
    points: str


@dataclass(frozen=True, slots=True)
class WindowPart:
    """One window: the effects, of many only the largest, and what the others did together."""

    movement: WindowMovement
    points: str
    rows: tuple[EffectRow, ...]
    rest: str
    """Such as "12 other contracts"; empty where every row is shown."""
    rest_points: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A link to a span that is often asked for."""

    label: str
    first: dt.date
    last: dt.date
    is_current: bool


@dataclass(frozen=True, slots=True)
class CulpritRow:
    """One contract of the list of culprits, in whole per cent and points."""

    culprit: Culprit
    score: int
    off: str


@dataclass(frozen=True)
class MovementPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    contracts: Sequence[ClosedContract]
    changes: Sequence[RatingChange]
    readings: Sequence[Reading]
    """Newest first."""
    today: dt.date
    asked_first: dt.date | None
    asked_last: dt.date | None
    rules: RuleSet = CLASSIC

    @property
    def last(self) -> dt.date:
        """The day asked for, else today."""
        return self.asked_last or self.today

    @cached_property
    def first(self) -> dt.date:
        """The day asked for, else the last reading before `last`, else a month before."""
        if self.asked_first and self.asked_first <= self.last:
            return self.asked_first
        return self._reading_before(self.last) or self.last - dt.timedelta(days=USUAL_DAYS)

    @property
    def is_forecast(self) -> bool:
        return self.last > self.today

    @cached_property
    def movement(self) -> Movement:
        return movement_of(
            self.contracts, self.first, self.last, changes=self.changes, rules=self.rules
        )

    @cached_property
    def sentence(self) -> str:
        return sentence_of(self.movement)

    @property
    def shown_points(self) -> str:
        return signed_points(self.movement.shown.points)

    @property
    def own_points(self) -> str:
        return signed_points(self.movement.shown.own)

    @property
    def taken_over_points(self) -> str:
        return signed_points(self.movement.shown.taken_over)

    @cached_property
    def windows(self) -> list[WindowPart]:
        return [_part(window) for window in self.movement.windows]

    @property
    def not_known(self) -> tuple[NotKnown, ...]:
        """The first of the contracts whose former state can't be told."""
        return self.movement.not_known[:NOT_KNOWN_SHOWN]

    @property
    def not_known_left_out(self) -> int:
        return max(0, len(self.movement.not_known) - NOT_KNOWN_SHOWN)

    @cached_property
    def presets(self) -> list[Preset]:
        """Up to today: since the last reading, the last month, since the shown score changed."""
        spans = [(_("Last 30 days"), self.today - dt.timedelta(days=USUAL_DAYS))]
        if reading := self._reading_before(self.today):
            spans.insert(0, (_("Since the last reading"), reading))
        changed_on = last_change_of_shown(
            self.contracts, self.today, changes=self.changes, rules=self.rules
        )
        if changed_on:
            day_before = changed_on - dt.timedelta(days=1)
            spans.append((_("Since the shown score last changed"), day_before))
        return [
            Preset(label, first, self.today, (first, self.today) == (self.first, self.last))
            for label, first in spans
        ]

    @cached_property
    def seen(self) -> tuple[SeenScore, ...]:
        """The readings with a score up to `last`, newest first."""
        return tuple(
            SeenScore(reading.observed_on, reading.score)
            for reading in self.readings
            if reading.score is not None and reading.observed_on <= self.last
        )

    @cached_property
    def culprits(self) -> Culprits | None:
        """Who may be behind the last reading; None without two readings that have a score."""
        if len(self.seen) < 2:
            return None
        reading, previous, *_older = self.seen
        known = as_known_on(self.contracts, self.changes, reading.day)
        return culprits_of(known, reading, previous, rules=self.rules)

    @cached_property
    def computed_at_previous(self) -> int | None:
        """What was computed for the day of the reading before the last one."""
        day = self.seen[1].day
        return scores_of(
            as_known_on(self.contracts, self.changes, day), day, rules=self.rules
        ).shown.score

    @property
    def culprits_off(self) -> str:
        off = self.culprits.off if self.culprits else None
        return signed_points(off).lstrip("+")

    @cached_property
    def culprit_rows(self) -> list[CulpritRow]:
        """The best fits."""
        ranked = self.culprits.ranked if self.culprits else ()
        return [
            CulpritRow(each, displayed(each.shown), signed_points(each.off).lstrip("+"))
            for each in ranked[:CULPRITS_SHOWN]
        ]

    @property
    def culprits_left_out(self) -> int:
        return max(0, len(self.culprits.ranked) - CULPRITS_SHOWN) if self.culprits else 0

    def _reading_before(self, day: dt.date) -> dt.date | None:
        return next((r.observed_on for r in self.readings if r.observed_on < day), None)


def _part(window: WindowMovement) -> WindowPart:
    """A window's table in the order of its effects; of very many those that did most."""
    effects = window.effects
    rest: tuple[Effect, ...] = ()
    if len(effects) > ROWS_A_WINDOW:
        by_size = sorted(range(len(effects)), key=lambda at: size_of(effects[at]), reverse=True)
        kept = set(by_size[:ROWS_A_WINDOW])
        rest = tuple(effect for at, effect in enumerate(effects) if at not in kept)
        effects = tuple(effects[at] for at in sorted(kept))
    together = sum((effect.points or Fraction(0) for effect in rest), Fraction(0))
    return WindowPart(
        movement=window,
        points=signed_points(window.points),
        rows=tuple(_row(effect) for effect in effects),
        rest=rest_of(len(rest)) if rest else "",
        rest_points="" if window.points is None else signed_points(together),
    )


def _row(effect: Effect) -> EffectRow:
    then = replace(effect.contract, rating=effect.rating_before)
    return EffectRow(effect, then, signed_points(effect.points))
