"""The way back to a good score, in the order that J15 gives its steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from jss.engine.contracts import ClosedContract
from jss.engine.explanation import Reason, explanations_of
from jss.engine.levers import LeverKind, levers_of
from jss.engine.outlook import Outlook, outlook_of
from jss.engine.positives import positives_needed
from jss.engine.reversal import reversals_of
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import Scores, ShownScore, scores_of
from jss.engine.standing import Standing, standing_of
from jss.engine.windows import leaves_on

GOOD = Decimal(5)
NOT_YET: Mapping[str, date] = MappingProxyType({})


class RecoveryKind(StrEnum):
    """The steps of J15, in its order."""

    ASK = "ask"
    OWN_UP = "own_up"
    WAIT = "wait"
    SHORT_CONTRACTS = "short_contracts"


class StepState(StrEnum):
    """Whether a step is to be done."""

    OPEN = "open"
    DONE = "done"
    """The log says that everything of it is done; what comes of it is up to the clients."""
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One contract of a step, and what a good rating of it would do."""

    contract: ClosedContract
    after: ShownScore
    """The shown score of today if it alone were rated well."""
    gain_today: Fraction | None
    """In points, exactly; None: there is no score today."""
    gain_over_year: Fraction
    """The mean over the next 365 days, in points."""
    worth: int | None
    """J9: so many new five-star contracts would lift it as far; None for a contract without
    feedback, and where no number of them would."""
    leaves_on: date
    """The day on which it leaves the longest window, and counts nowhere any more (J5)."""
    done_on: date | None
    """The day on which its client was written to, as the log has it."""


@dataclass(frozen=True, slots=True)
class AskStep:
    """J15.1: ask for the feedback that is missing."""

    rows: tuple[RecoveryRow, ...]
    """Those that count against the score in a window (J3), the most worthwhile first."""
    tolerated: tuple[ClosedContract, ...]
    """Those that cost nothing, newest first: a rating of theirs is welcome, and no more."""
    together: ShownScore
    """The shown score of today if all of `rows` were rated well."""
    drops_below_pattern: bool
    """Whether no missing feedback would count then, in any window (J3)."""
    kind: RecoveryKind = RecoveryKind.ASK

    @property
    def state(self) -> StepState:
        return _state_of(self.rows)


@dataclass(frozen=True, slots=True)
class OwnUpStep:
    """J15.2, J9: write to the clients of contracts that went badly."""

    rows: tuple[RecoveryRow, ...]
    """The most worthwhile first; then those that ended badly and have no rating (C1)."""
    kind: RecoveryKind = RecoveryKind.OWN_UP

    @property
    def state(self) -> StepState:
        return _state_of(self.rows)


@dataclass(frozen=True, slots=True)
class WaitStep:
    """J15.3, J10: wait out the shortest window while earning good ratings."""

    negatives: int
    """Negative outcomes in the longest window today."""
    until: date | None
    """The day on which the last negative leaves the shortest window; None: it holds none."""
    score_then: ShownScore | None
    """The shown score on that day if nothing else is closed."""
    needed_then: int | None
    """So many five-star contracts, closed from now until that day, reach the target on it."""
    needed_now: int | None
    """J8: so many, closed today, reach it today; None: no number does."""
    reaches_on: date | None
    """The first day at or above the target by waiting alone."""
    kind: RecoveryKind = RecoveryKind.WAIT

    @property
    def state(self) -> StepState:
        if not self.negatives:
            return StepState.NOT_NEEDED
        return StepState.OPEN if self.until else StepState.DONE


@dataclass(frozen=True, slots=True)
class ShortContractsStep:
    """J15.4: as a last resort, short and simple contracts."""

    standing: Standing
    kind: RecoveryKind = RecoveryKind.SHORT_CONTRACTS

    @property
    def state(self) -> StepState:
        """Only below the lower threshold of J12."""
        is_last_resort = self.standing == Standing.HARDLY_CONSIDERED
        return StepState.OPEN if is_last_resort else StepState.NOT_NEEDED


type RecoveryStep = AskStep | OwnUpStep | WaitStep | ShortContractsStep


@dataclass(frozen=True)
class Recovery:
    """One freelancer's way back on one day."""

    as_of: date
    rules: RuleSet
    scores: Scores
    ask: AskStep
    own_up: OwnUpStep
    wait: WaitStep
    outlook: Outlook

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.scores.shown.exact, rules=self.rules)

    @property
    def short_contracts(self) -> ShortContractsStep:
        return ShortContractsStep(self.standing)

    @property
    def steps(self) -> tuple[RecoveryStep, ...]:
        """In J15's order."""
        return (self.ask, self.own_up, self.wait, self.short_contracts)

    @property
    def is_needed(self) -> bool:
        """Whether there is a score, and one below the upper threshold of J12."""
        return self.standing in {Standing.CONSIDERED, Standing.HARDLY_CONSIDERED}


def recovery_of(
    contracts: Sequence[ClosedContract],
    as_of: date,
    *,
    asked: Mapping[str, date] = NOT_YET,
    owned_up: Mapping[str, date] = NOT_YET,
    ended_badly: Collection[str] = (),
    rules: RuleSet = CLASSIC,
) -> Recovery:
    """J15's steps towards `rules.top_rated_from`, from what counts on that day.

    Contracts are named by their keys: whose clients were asked for feedback, to whom one owned up,
    and which ended badly. To ask the client of one of those for a rating would invite a bad one
    (C1), so it is owned up to instead. Contracts closed after `as_of` are ignored.
    """
    contracts = [row for row in contracts if row.closed_on is None or row.closed_on <= as_of]
    rows = _rows(contracts, as_of, rules)
    silent, negative = rows[LeverKind.ASK_FOR_FEEDBACK], rows[LeverKind.OWN_UP]
    badly = [row for row in silent if row.contract.key in ended_badly]
    ask_rows = _noted([row for row in silent if row.contract.key not in ended_badly], asked)
    together = _if_rated_well(contracts, ask_rows, as_of, rules)
    scores = scores_of(contracts, as_of, rules=rules)
    outlook = outlook_of(contracts, as_of, rules.top_rated_from, rules=rules)
    return Recovery(
        as_of=as_of,
        rules=rules,
        scores=scores,
        ask=AskStep(
            rows=ask_rows,
            tolerated=_tolerated(contracts, as_of, ended_badly, rules),
            together=together.shown,
            drops_below_pattern=rules.counts_no_feedback
            and not any(each.no_feedback_counted for each in together.windows),
        ),
        own_up=OwnUpStep(_noted([*negative, *badly], owned_up)),
        wait=_wait(contracts, scores, outlook, as_of, rules),
        outlook=outlook,
    )


def _state_of(rows: Sequence[RecoveryRow]) -> StepState:
    if not rows:
        return StepState.NOT_NEEDED
    return StepState.DONE if all(row.done_on for row in rows) else StepState.OPEN


def _rows(
    contracts: Sequence[ClosedContract], as_of: date, rules: RuleSet
) -> dict[LeverKind, list[RecoveryRow]]:
    """By kind, each contract that a lever turns positive alone, in the levers' ranking."""
    levers = levers_of(contracts, as_of, rules.top_rated_from, rules=rules)
    worth = {id(each.contract): each.worth for each in reversals_of(contracts, as_of, rules=rules)}
    rows: dict[LeverKind, list[RecoveryRow]] = {kind: [] for kind in LeverKind}
    for lever in levers.ranking:
        if len(lever.contracts) == 1 and lever.contracts[0].closed_on:
            contract, closed_on = lever.contracts[0], lever.contracts[0].closed_on
            row = RecoveryRow(
                contract=contract,
                after=lever.after,
                gain_today=lever.gain_today,
                gain_over_year=lever.gain_over_year,
                worth=worth.get(id(contract)),
                leaves_on=leaves_on(closed_on, rules.longest_months),
                done_on=None,
            )
            rows[lever.kind].append(row)
    return rows


def _noted(rows: Sequence[RecoveryRow], done: Mapping[str, date]) -> tuple[RecoveryRow, ...]:
    """The same with the days on which their clients were written to."""
    return tuple(replace(row, done_on=done.get(row.contract.key)) for row in rows)


def _tolerated(
    contracts: Sequence[ClosedContract], as_of: date, ended_badly: Collection[str], rules: RuleSet
) -> tuple[ClosedContract, ...]:
    """Contracts without feedback that cost nothing in any window (J3), newest first."""
    found = []
    for explanation in explanations_of(contracts, as_of, rules=rules):
        reasons = {each.reason for each in explanation.windows}
        if (
            Reason.NO_FEEDBACK_TOLERATED in reasons
            and Reason.NO_FEEDBACK_COUNTED not in reasons
            and explanation.contract.key not in ended_badly
        ):
            found.append(explanation.contract)
    return tuple(sorted(found, key=lambda row: row.closed_on or date.min, reverse=True))


def _if_rated_well(
    contracts: Sequence[ClosedContract], rows: Sequence[RecoveryRow], as_of: date, rules: RuleSet
) -> Scores:
    rated = {id(row.contract) for row in rows}
    supposed = [replace(row, rating=GOOD) if id(row) in rated else row for row in contracts]
    return scores_of(supposed, as_of, rules=rules)


def _wait(
    contracts: Sequence[ClosedContract],
    scores: Scores,
    outlook: Outlook,
    as_of: date,
    rules: RuleSet,
) -> WaitStep:
    until, target = outlook.last_negative_leaves_on, rules.top_rated_from
    return WaitStep(
        negatives=scores.windows[-1].negative,
        until=until,
        score_then=scores_of(contracts, until, rules=rules).shown if until else None,
        # Whatever is closed from now on is still in every window on that day.
        needed_then=positives_needed(contracts, until, target, rules=rules) if until else None,
        needed_now=positives_needed(contracts, as_of, target, rules=rules),
        reaches_on=outlook.reaches_target_on,
    )
