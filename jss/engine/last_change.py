"""When the score that is shown changed last (J4, J9)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jss.engine.contracts import ClosedContract
from jss.engine.history import history_of
from jss.engine.rating_changes import RatingChange, as_known_on
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.windows import window_start


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
    begins = {earliest}
    begins |= {day for day in _turned_on(contracts, changes, rules) if earliest < day <= as_of}
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


def _turned_on(
    contracts: Iterable[ClosedContract], changes: Iterable[RatingChange], rules: RuleSet
) -> Iterator[date]:
    """The days on which a changed rating made something else of a contract (J2, J9, J11)."""
    former = {change.key: change for change in changes}
    for contract in contracts:
        change = former.get(contract.key)
        if change and change.changed_on and change.rating_before is not None:
            before = replace(contract, rating=change.rating_before)
            same = before.outcome(rules) == contract.outcome(rules)
            if not same or before.stake(rules) != contract.stake(rules):
                yield change.changed_on
