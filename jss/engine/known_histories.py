"""The scores of past days as they were known on each of them (J9), for many freelancers at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.history import SHOWN, History, Step, histories_of
from jss.engine.rating_changes import RatingChange, as_known_on
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands from this day on, until the day before the next `Figures`."""

    day: date
    score: int | None
    """The score shown; None: there is no score."""
    windows: dict[int, int | None]
    """By the window's months."""


def known_histories_of(
    contracts_of: Sequence[Sequence[ClosedContract]],
    changes_of: Sequence[Sequence[RatingChange]],
    first_day: date,
    last_day: date,
    *,
    rules: RuleSet = CLASSIC,
) -> list[History]:
    """Each freelancer's lines over the span, every day by the ratings of that day (J9).

    A freelancer whose ratings changed within the span enters the engine's one pass once for each
    stretch of days between two changes. Raises ValueError where the span is empty.
    """
    stretches: list[tuple[int, date]] = []
    groups: list[Sequence[ClosedContract]] = []
    for number, contracts in enumerate(contracts_of):
        for begins in _stretches(changes_of[number], first_day, last_day):
            stretches.append((number, begins))
            groups.append(as_known_on(contracts, changes_of[number], begins))
    table = ContractTable.of(groups, rules)
    passed = histories_of(table, first_day, last_day, as_of=last_day, rules=rules)
    pieces: list[list[tuple[date, History]]] = [[] for _contracts in contracts_of]
    for position, (number, begins) in enumerate(stretches):
        pieces[number].append((begins, passed.of(position)))
    return [_joined(own) for own in pieces]


def figures_of(history: History, first_day: date, last_day: date) -> list[Figures]:
    """All lines of a history together: one row for each day of the span on which any changes.

    The first row is that of `first_day`, which the history must hold.
    """
    lines = lines_of(history)
    days = {first_day} | {step.date for steps in lines.values() for step in steps}
    cursors = {months: Cursor(steps) for months, steps in lines.items()}
    found = []
    for day in sorted(day for day in days if first_day <= day <= last_day):
        scores = {months: cursor.at(day) for months, cursor in cursors.items()}
        found.append(Figures(day, scores.pop(SHOWN), scores))
    return found


def history_from(rows: Sequence[Figures]) -> History:
    """The lines that such rows, oldest first, are made of. There must be a row."""
    all_months = sorted({months for row in rows for months in row.windows})
    return History(
        windows={
            months: _steps((row.day, row.windows.get(months)) for row in rows)
            for months in all_months
        },
        shown=_steps((row.day, row.score) for row in rows),
    )


def lines_of(history: History) -> dict[int, tuple[Step, ...]]:
    """The lines by their windows' months, and the one shown under SHOWN."""
    return {SHOWN: history.shown, **history.windows}


class Cursor:
    """A line that is asked for one day after another."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.passed = 0

    def at(self, day: date) -> int | None:
        """Where the line stands that day, no earlier than the last one asked for.

        None, too, before its first step.
        """
        while self.passed < len(self.steps) and self.steps[self.passed].date <= day:
            self.passed += 1
        return self.steps[self.passed - 1].score if self.passed else None


def _stretches(changes: Sequence[RatingChange], first_day: date, last_day: date) -> list[date]:
    """The days of the span from which on other ratings were known, the first day included."""
    turned = {change.changed_on for change in changes if change.is_known and change.changed_on}
    return sorted({first_day} | {day for day in turned if first_day < day <= last_day})


def _joined(pieces: Sequence[tuple[date, History]]) -> History:
    """One history out of several, each good from its day until the next one's."""
    if len(pieces) == 1:
        return pieces[0][1]
    ends = [begins for begins, _history in pieces[1:]] + [date.max]
    points: dict[int, list[tuple[date, int | None]]] = {}
    for (begins, history), end in zip(pieces, ends, strict=True):
        for months, steps in lines_of(history).items():
            line = points.setdefault(months, [])
            line.append((begins, Cursor(steps).at(begins)))
            line += [(step.date, step.score) for step in steps if begins < step.date < end]
    lines = {months: _steps(line) for months, line in points.items()}
    shown = lines.pop(SHOWN)
    return History(lines, shown)


def _steps(points: Iterable[tuple[date, int | None]]) -> tuple[Step, ...]:
    """The points at which a line begins or changes."""
    steps: list[Step] = []
    for day, score in points:
        if not steps or steps[-1].score != score:
            steps.append(Step(day, score))
    return tuple(steps)
