"""What the scores would be if something were different: added, flipped or left-out contracts.

A scenario is one value; applied to a freelancer's contracts it gives other contracts, and every
figure of the engine can be asked of those. `what_if_of` asks the usual ones of both at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, partial

import numpy as np

from jss.engine.assumptions import assumed_closings
from jss.engine.columns import as_date, as_scored_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import BEST, WORST, Outcome
from jss.engine.outlook import Outlook, outlooks_on
from jss.engine.positives import NEVER, positives_needed_by_all
from jss.engine.roadmap import RoadmapEntry, Roadmaps, roadmaps_on
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import Scores, score_table_of
from jss.engine.tallies import tallies_at
from jss.engine.targets import PerCent
from jss.engine.timeline import Timeline
from jss.engine.windows import leaves_on, leaving_days, window_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is supposed to be different, and on which day one looks.

    Contracts are named by their keys; each stands in one of the three sets at most.

    Raises ValueError for negative numbers, for a contract of which two things are supposed, and for
    a weight that is not above 0.
    """

    as_of: date
    good: int = 0
    """Contracts closed on `as_of` with a positive outcome; `bad` and `silent` likewise."""
    bad: int = 0
    silent: int = 0
    """Without feedback."""
    monthly: int = 0
    """Five-star contracts a month after `as_of` (J10), for so many `months`."""
    months: int = 0
    positive: frozenset[str] = frozenset()
    """Contracts whose outcome is positive instead (J9: reversed; J15: asked for feedback)."""
    negative: frozenset[str] = frozenset()
    """Contracts whose outcome is negative instead."""
    removed: frozenset[str] = frozenset()
    """Contracts that are left out, as if they had never been."""
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    """J11: contracts whose outcomes weigh so much instead, by rule sets that weigh."""

    def __post_init__(self) -> None:
        if min(self.good, self.bad, self.silent, self.monthly, self.months) < 0:
            raise ValueError("Numbers of contracts and of months are at least 0.")
        turned = self.positive | self.negative | self.removed
        if len(turned) < len(self.positive) + len(self.negative) + len(self.removed):
            raise ValueError("Of one contract only one thing can be supposed.")
        if any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("A weight is above 0.")

    @property
    def keys(self) -> frozenset[str]:
        """Every contract of which something is supposed."""
        return self.positive | self.negative | self.removed | self.weights.keys()

    @property
    def assumed(self) -> tuple[date, ...]:
        """The days on which the monthly contracts are closed (J10)."""
        return assumed_closings(self.as_of, self.monthly, months=self.months)


@dataclass(frozen=True)
class Answer:
    """The usual figures of one set of contracts on one day."""

    applied: Callable[[], Sequence[ClosedContract]]
    scores: Scores
    outlook: Outlook
    roadmaps: Roadmaps
    """The roadmap in columns."""

    @cached_property
    def contracts(self) -> Sequence[ClosedContract]:
        """Without the monthly ones; put together when they are asked for, as the figures hardly
        ever need them."""
        return self.applied()

    @cached_property
    def roadmap(self) -> tuple[RoadmapEntry, ...]:
        """Entry by entry; made when it is asked for, as of what there was it hardly ever is."""
        return self.roadmaps.of(0, self.contracts)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The figures as they are and as they would be, both at the scenario's day."""

    scenario: Scenario
    rules: RuleSet
    before: Answer
    after: Answer


def scenario_apply(
    contracts: Sequence[ClosedContract], scenario: Scenario
) -> tuple[ClosedContract, ...]:
    """The contracts as they would be: those that are left in their order, then the added ones.

    The added ones have neither title nor key. The monthly ones (J10) are not among them, as they
    are closed after the scenario's day; `Scenario.assumed` says when.

    Raises ValueError where no contract has one of the scenario's keys.
    """
    return _replaced(contracts, _supposed(contracts, scenario), scenario)


def what_if_of(
    contracts: Sequence[ClosedContract],
    scenario: Scenario,
    target: PerCent,
    *,
    rules: RuleSet = CLASSIC,
) -> WhatIf:
    """The scores, the roadmap and the outlook, as they are and as they would be (J1 to J5, J10).

    Both look ahead until the last contract closed by the scenario's day is gone; the monthly
    contracts come in on the second only. `target` in per cent, above 0 and up to 100.

    Raises ValueError as `scenario_apply` does, for another target, or for a day out of range.
    """
    supposed = _supposed(contracts, scenario)
    table = ContractTable.of_one(contracts, rules)
    changed_table = _changed_table(table, supposed, scenario, rules)
    ahead = partial(
        Timeline.over,
        first_day=scenario.as_of,
        last_day=leaves_on(scenario.as_of, rules.longest_months),
        as_of=scenario.as_of,
        rules=rules,
    )
    assumed = scenario.assumed
    return WhatIf(
        scenario=scenario,
        rules=rules,
        before=_answer(lambda: contracts, table, ahead(table), target),
        after=_answer(
            lambda: _replaced(contracts, supposed, scenario),
            changed_table,
            ahead(changed_table, assumed=assumed),
            target,
        ),
    )


def reachable_on(
    contracts: Sequence[ClosedContract],
    as_of: date,
    target: PerCent,
    *,
    rules: RuleSet = CLASSIC,
) -> date:
    """The first day from `as_of` on, on which some number of five-star contracts would reach the
    target (J8). It is `as_of` itself unless every window holds a negative outcome and the target
    is 100: then it takes until the shortest window has none.

    Contracts closed after `as_of` are ignored. Raises ValueError for a target outside 0-100.
    """
    table = ContractTable.of_one(contracts, rules)

    def is_reachable(day: date) -> bool:
        tallies = tallies_at(table, day, closed_until=as_of, rules=rules)
        return bool(positives_needed_by_all(tallies, target)[0] != NEVER)

    if is_reachable(as_of):
        return as_of
    # What stands in the way only ever leaves, so once it can be reached it can be from then on.
    now = as_scored_day(as_of)
    held = (table.closed_on <= now) & (
        table.closed_on > window_starts(np.array([now]), rules.longest_months)[0]
    )
    leaving = [leaving_days(table.closed_on[held], months) for months in rules.all_months]
    days = np.unique(np.concatenate(leaving))
    days = days[days > now]
    low, high = 0, len(days) - 1  # with every contract gone any target can be reached
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_reachable(days[middle].item()) else (middle + 1, high)
    day: date = days[low].item()
    return day


def _answer(
    applied: Callable[[], Sequence[ClosedContract]],
    table: ContractTable,
    ahead: Timeline,
    target: PerCent,
) -> Answer:
    as_of = as_date(ahead.days[0])
    return Answer(
        applied=applied,
        scores=score_table_of(table, as_of, rules=ahead.rules).of(0),
        outlook=outlooks_on(ahead, table, as_of, target).of(0),
        roadmaps=roadmaps_on(ahead, table),
    )


def _supposed(
    contracts: Sequence[ClosedContract], scenario: Scenario
) -> dict[int, ClosedContract | None]:
    """By its place, each contract of which something is supposed; None: it is left out."""
    keys = scenario.keys
    found = [(place, row) for place, row in enumerate(contracts) if row.key in keys]
    if unknown := keys - {row.key for _, row in found}:
        raise ValueError(f"There is no contract {', '.join(sorted(unknown))}.")
    return {place: _as_supposed(row, scenario) for place, row in found}


def _as_supposed(contract: ClosedContract, scenario: Scenario) -> ClosedContract | None:
    if contract.key in scenario.removed:
        return None
    if contract.key in scenario.weights:
        contract = replace(contract, weight=scenario.weights[contract.key])
    if contract.key in scenario.positive:
        return replace(contract, rating=BEST)
    return replace(contract, rating=WORST) if contract.key in scenario.negative else contract


def _added(scenario: Scenario) -> list[ClosedContract]:
    kinds = ((scenario.good, BEST), (scenario.bad, WORST), (scenario.silent, None))
    return [
        added
        for number, rating in kinds
        for added in [ClosedContract("", scenario.as_of, rating)] * number
    ]


def _replaced(
    contracts: Sequence[ClosedContract],
    supposed: Mapping[int, ClosedContract | None],
    scenario: Scenario,
) -> tuple[ClosedContract, ...]:
    rows: list[ClosedContract | None] = list(contracts)
    for place, row in supposed.items():
        rows[place] = row
    return (*(row for row in rows if row is not None), *_added(scenario))


def _changed_table(
    table: ContractTable,
    supposed: Mapping[int, ClosedContract | None],
    scenario: Scenario,
    rules: RuleSet,
) -> ContractTable:
    """The table of the contracts as they would be, made from that of what there was.

    Reading thousands of contracts takes longer than all that is worked out from them, and of
    nearly all of them nothing else is supposed.
    """
    changed = {place: row for place, row in supposed.items() if row is not None}
    left_out = [place for place, row in supposed.items() if row is None]
    new = ContractTable.of_one([*changed.values(), *_added(scenario)], rules)
    # Each row of the new table takes its old place, or one at the end.
    added = np.arange(len(new) - len(changed))
    rows = np.concatenate([np.arange(len(table)), len(table) + len(changed) + added])
    rows[list(changed)] = len(table) + np.arange(len(changed))
    return table.followed_by(new).taken(np.delete(rows, left_out))


def is_changeable(contract: ClosedContract, rules: RuleSet = CLASSIC) -> bool:
    """Whether another rating would change its outcome: it is closed and can count (J2, J17)."""
    rated = (replace(contract, rating=rating).outcome(rules) for rating in (BEST, WORST))
    return contract.closed_on is not None and any(each != Outcome.NEVER_COUNTED for each in rated)
