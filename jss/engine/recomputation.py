"""What a recomputation of past scores changed, and which contracts are behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jss.engine.columns import LAST_DAY
from jss.engine.contracts import ClosedContract
from jss.engine.history import History, Step
from jss.engine.known_histories import Cursor, lines_of
from jss.engine.rating_changes import RatingChange
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.windows import leaves_on

type Plain = str | int | bool | None
type State = Mapping[str, Plain]
"""Everything that the score takes from one contract, as JSON holds it."""

NOT_STATE = frozenset({"key", "title"})
"""What tells a contract from others and is nothing to its score."""

NEVER_LOOKED_AT = frozenset({"key", "client", "weight"})
"""What no kept score depends on: who the client is, and a weight that was only supposed."""

WEIGHED = frozenset({"earned", "months_paid", "is_long_term"})
"""What only rule sets look at that weigh outcomes, or leave unpaid contracts out (J11, J17)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of days on which one line stood at another score than it does now."""

    months: int
    """The window's months, or SHOWN."""
    first: date
    last: date
    before: int | None
    after: int | None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class What(StrEnum):
    """What became of a contract since the scores were computed last."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One contract that the score now takes otherwise than it did."""

    key: str
    title: str
    what: What
    fields: tuple[tuple[str, Plain, Plain], ...]
    """Of a changed one: each field's name, what it was and what it is."""
    affects_from: date
    """The first day on which it can make a difference."""
    affects_until: date
    """The last one: then it has left the longest window."""


def state_of(
    contract: ClosedContract, change: RatingChange | None = None, *, rules: RuleSet = CLASSIC
) -> dict[str, Plain]:
    """What the score takes from a contract, its title, and when its rating changed (J9)."""
    passed_over = (
        NEVER_LOOKED_AT if rules.weights or not rules.counts_unpaid else (NEVER_LOOKED_AT | WEIGHED)
    )
    state = {
        field.name: _plain(getattr(contract, field.name))
        for field in fields(contract)
        if field.name not in passed_over
    }
    return state | {
        "rating_changed_on": _plain(change.changed_on if change else None),
        "rating_before": _plain(change.rating_before if change else None),
    }


def contract_changes(
    former: Mapping[str, State], now: Mapping[str, State], *, rules: RuleSet = CLASSIC
) -> tuple[ContractChange, ...]:
    """The closed contracts that differ between two states of affairs, by the day they count from.

    A field that the former state doesn't know was not looked at then: it is no difference.
    """
    found = []
    for key in {**former, **now}:
        before, after = former.get(key), now.get(key)
        changed = _changed_fields(before, after)
        if before is None or after is None or changed:
            found.append(_change(key, before, after, changed, rules))
    return tuple(sorted(found, key=lambda change: (change.affects_from, change.key)))


def differences_between(
    former: History, now: History, first: date, last: date
) -> tuple[Difference, ...]:
    """The runs of days within the span on which any line differs, the shown one's first.

    A line that one of the two doesn't have stands at no score there.
    """
    before, after = lines_of(former), lines_of(now)
    return tuple(
        difference
        for months in sorted({*before, *after})
        for difference in _line_differences(
            months, before.get(months, ()), after.get(months, ()), first, last
        )
    )


def changes_behind(
    changes: Iterable[ContractChange], differences: Sequence[Difference]
) -> tuple[ContractChange, ...]:
    """Those of the contracts that can have had a part in any of the differences."""
    return tuple(
        change
        for change in changes
        if any(
            change.affects_from <= difference.last and difference.first <= change.affects_until
            for difference in differences
        )
    )


def _plain(value: object) -> Plain:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _changed_fields(
    before: State | None, after: State | None
) -> tuple[tuple[str, Plain, Plain], ...]:
    if before is None or after is None:
        return ()
    return tuple(
        (name, before[name], after[name])
        for name in after
        if name in before and name not in NOT_STATE and before[name] != after[name]
    )


def _change(
    key: str,
    before: State | None,
    after: State | None,
    changed: tuple[tuple[str, Plain, Plain], ...],
    rules: RuleSet,
) -> ContractChange:
    states = [state for state in (before, after) if state is not None]
    closed = [date.fromisoformat(str(state["closed_on"])) for state in states]
    what = What.ADDED if before is None else What.REMOVED if after is None else What.CHANGED
    return ContractChange(
        key=key,
        title=str(states[-1]["title"]),
        what=what,
        fields=changed,
        affects_from=min(closed),
        affects_until=_leaves(max(closed), rules) - timedelta(days=1),
    )


def _leaves(closed_on: date, rules: RuleSet) -> date:
    return leaves_on(closed_on, rules.longest_months) if closed_on < LAST_DAY else closed_on


def _line_differences(
    months: int, before: Sequence[Step], after: Sequence[Step], first: date, last: date
) -> Iterable[Difference]:
    """One line's runs: from one step of either to the next nothing changes."""
    turns = {step.date for step in (*before, *after) if first < step.date <= last}
    begins = sorted({first, *turns})
    ends = [day - timedelta(days=1) for day in begins[1:]] + [last]
    former, present = Cursor(before), Cursor(after)
    run: Difference | None = None
    for begin, end in zip(begins, ends, strict=True):
        was, is_now = former.at(begin), present.at(begin)
        if was == is_now:
            yield from [run] if run else []
            run = None
        elif run and (run.before, run.after) == (was, is_now):
            run = Difference(months, run.first, end, was, is_now)
        else:
            yield from [run] if run else []
            run = Difference(months, begin, end, was, is_now)
    yield from [run] if run else []
