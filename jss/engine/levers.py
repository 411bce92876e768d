"""What lifts the shown score most, and for how much effort (J8, J9, J10, J15)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

import numpy as np

from jss.engine.columns import Counts
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.efforts import EFFORTS, Efforts
from jss.engine.explanation import Explanation, Reason, explanations_of
from jss.engine.outcomes import BEST, Outcome
from jss.engine.outlook import outlook_of
from jss.engine.positives import positives_needed
from jss.engine.ratios import highest
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import ShownScore, score_table_of
from jss.engine.targets import PerCent
from jss.engine.timeline import Timeline
from jss.engine.windows import window_start

DAYS_AHEAD = 365
"""Over so many days, the as-of date being the first, a lever's gain is averaged."""

NEW_CONTRACTS = (1, 2, 3, 5)
"""J8: so many new five-star contracts are looked at, and as many as reach the target."""


class LeverKind(StrEnum):
    """What one can do; by their order J15 names what to try first."""

    ASK_FOR_FEEDBACK = "ask_for_feedback"
    """J15.1: a contract without feedback gets a good rating."""
    OWN_UP = "own_up"
    """J9, J15.2: a client changes a negative rating to a positive one."""
    EARN = "earn"
    """J8: new contracts with five stars."""
    WAIT = "wait"
    """J10: contracts leave the windows by themselves."""
    REMOVE = "remove"
    """J13: a negative feedback is taken out of the score, by rule sets that have that right."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to do, and what it would bring; gains are points, exactly, of the shown score."""

    kind: LeverKind
    contracts: tuple[ClosedContract, ...]
    """Those that it turns positive, or takes out of the score; newest first."""
    earned: int
    """Five-star contracts closed on the as-of date, and so in every window (J8)."""
    waits_until: date | None
    """J10: the day on which waiting reaches the target."""
    effort: int
    after: ShownScore
    """The shown score on the as-of date with it."""
    gain_today: Fraction | None
    """None: there is no score today without it."""
    gain_over_year: Fraction
    """The mean over the 365 days from the as-of date on, without anything else happening. Days
    without a score count as no gain: no score is better than a low one (J6)."""

    @property
    def gain_per_effort(self) -> Fraction:
        """By which levers are ranked: the gain over a year for each unit of effort."""
        return self.gain_over_year / self.effort if self.effort else Fraction(0)


@dataclass(frozen=True, slots=True)
class Levers:
    """Everything that one freelancer can do, the most worthwhile first."""

    as_of: date
    rules: RuleSet
    before: ShownScore
    ranking: tuple[Lever, ...]
    reaches_target_on: date | None
    """The first day, the as-of date included, at or above the target by waiting alone (J10)."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A lever before its gain is known: rows of the contracts that change, and new ones."""

    kind: LeverKind
    rows: tuple[int, ...] = ()
    earned: int = 0


def levers_of(
    contracts: Sequence[ClosedContract],
    as_of: date,
    target: PerCent,
    *,
    may_remove: bool = False,
    rules: RuleSet = CLASSIC,
    efforts: Efforts = EFFORTS,
) -> Levers:
    """What lifts the shown score: asking for missing feedback that counts against it (or, where a
    rule set counts none, for all of it), one by one and all (J15.1), each negative turned positive
    (J9), removed (J13) where the rule set has that and one `may_remove` now, new five-star
    contracts (J8), and waiting (J10) where that reaches the target (per cent, above 0 up to 100).

    Ranked by gain over a year for each unit of effort, then by gain today, then in J15's order and
    the newest contract first. Contracts closed after `as_of` are ignored.
    """
    moves = _moves(contracts, as_of, target, rules)
    if not (may_remove and rules.removal):
        moves = [move for move in moves if move.kind != LeverKind.REMOVE]
    table = _table_of_moves(contracts, as_of, moves, rules)
    today = score_table_of(table, as_of, rules=rules)
    means = _means_over_year(table, as_of, rules)
    before = today.of(0).shown
    levers = [
        _lever(
            move,
            contracts,
            efforts,
            before=before,
            after=today.of(number).shown,
            gain_over_year=means[number] - means[0],
        )
        for number, move in enumerate(moves, 1)
    ]
    reached_on = outlook_of(contracts, as_of, target, rules=rules).reaches_target_on
    if reached_on and reached_on > as_of:
        no_gain = Fraction(0) if before.exact is not None else None
        levers.append(
            Lever(LeverKind.WAIT, (), 0, reached_on, 0, before, no_gain, Fraction(0)),
        )
    return Levers(as_of, rules, before, tuple(sorted(levers, key=_rank)), reached_on)


def _moves(
    contracts: Sequence[ClosedContract], as_of: date, target: PerCent, rules: RuleSet
) -> list[_Move]:
    explanations = explanations_of(contracts, as_of, rules=rules)
    silent = _rows_that(explanations, Reason.NO_FEEDBACK_COUNTED)
    if not rules.counts_no_feedback:
        silent = _left_out(explanations, as_of, rules)
    negative = _rows_that(explanations, Reason.NEGATIVE)
    asking = [(row,) for row in silent] + ([tuple(silent)] if len(silent) > 1 else [])
    needed = positives_needed(contracts, as_of, target, rules=rules)
    new = sorted({*NEW_CONTRACTS, needed or 1})
    return [
        *(_Move(LeverKind.ASK_FOR_FEEDBACK, rows) for rows in asking),
        *(_Move(LeverKind.OWN_UP, (row,)) for row in negative),
        *(_Move(LeverKind.REMOVE, (row,)) for row in negative),
        *(_Move(LeverKind.EARN, earned=number) for number in new),
    ]


def _rows_that(explanations: Sequence[Explanation], reason: Reason) -> list[int]:
    """The contracts that are that to at least one window, newest first."""
    rows = [
        (place.leaves_on, -row)
        for row, explanation in enumerate(explanations)
        for place in explanation.windows[-1:]
        if place.leaves_on and any(each.reason == reason for each in explanation.windows)
    ]
    return [-row for _, row in sorted(rows, reverse=True)]


def _left_out(explanations: Sequence[Explanation], as_of: date, rules: RuleSet) -> list[int]:
    """Contracts of the longest window whose missing feedback is left out (J17), newest first; a
    rating would make them count."""
    start = window_start(as_of, rules.longest_months)
    rows = [
        (explanation.contract.closed_on, -row)
        for row, explanation in enumerate(explanations)
        if explanation.windows[-1].reason == Reason.NO_FEEDBACK_LEFT_OUT
        and explanation.contract.closed_on
        and start < explanation.contract.closed_on <= as_of
        and _would_count(explanation.contract, rules)
    ]
    return [-row for _, row in sorted(rows, reverse=True)]


def _table_of_moves(
    contracts: Sequence[ClosedContract], as_of: date, moves: Sequence[_Move], rules: RuleSet
) -> ContractTable:
    """As if they were many freelancers: number 0 does nothing, the others make one move each."""
    own = ContractTable.of_one(contracts, rules)
    turned = {row for move in moves for row in move.rows}
    good = {row: place for place, row in enumerate(sorted(turned), len(own))}
    gone = {row: place for place, row in enumerate(sorted(turned), len(own) + len(turned))}
    better = [replace(contracts[row], rating=BEST) for row in good]
    removed = [replace(contracts[row], feedback_removed=True) for row in gone]
    new = ClosedContract("", as_of, BEST)
    pool = own.followed_by(ContractTable.of_one([*better, *removed, new], rules))
    rows = np.tile(np.arange(len(own)), (len(moves) + 1, 1))
    for number, move in enumerate(moves, 1):
        instead = gone if move.kind == LeverKind.REMOVE else good
        rows[number, list(move.rows)] = [instead[row] for row in move.rows]
    earned = np.array([0, *(move.earned for move in moves)])
    everybody = np.arange(len(moves) + 1)
    drawn = pool.taken(np.concatenate([rows.ravel(), np.full(earned.sum(), len(pool) - 1)]))
    whose = np.concatenate([np.repeat(everybody, len(own)), np.repeat(everybody, earned)])
    return replace(drawn, freelancer=whose, freelancers=len(everybody))


def _would_count(contract: ClosedContract, rules: RuleSet) -> bool:
    """Whether a good rating would make it count."""
    return replace(contract, rating=BEST).outcome(rules) == Outcome.POSITIVE


def _means_over_year(table: ContractTable, as_of: date, rules: RuleSet) -> list[Fraction]:
    """Each one's mean shown score in points, over the days on which number 0 has one.

    Whoever makes a move then has one too, save for who removes the only feedback that counts: days
    without a score are then worth nothing.
    """
    last = as_of + timedelta(days=DAYS_AHEAD - 1)
    timeline = Timeline.over(table, first_day=as_of, last_day=last, as_of=as_of, rules=rules)
    sums: list[Fraction] = []
    scored = None
    for _, _, lead, total in timeline.held():
        best_lead, best_total = highest(lead, total)
        if scored is None:
            scored = best_total[0] > 0
        sums += [
            _sum(*row) for row in zip(best_lead[:, scored], best_total[:, scored], strict=True)
        ]
    return [each * 100 / DAYS_AHEAD for each in sums]


def _sum(numerators: Counts, denominators: Counts) -> Fraction:
    """The sum of all the fractions; those of one denominator are added first."""
    different, place = np.unique(denominators, return_inverse=True)
    sums = np.zeros(len(different), dtype=np.int64)
    np.add.at(sums, place, numerators)
    pairs = zip(sums.tolist(), different.tolist(), strict=True)
    return sum((Fraction(numerator, of) for numerator, of in pairs if of), Fraction(0))


def _lever(
    move: _Move,
    contracts: Sequence[ClosedContract],
    efforts: Efforts,
    *,
    before: ShownScore,
    after: ShownScore,
    gain_over_year: Fraction,
) -> Lever:
    gained = None
    if before.exact is not None and after.exact is not None:
        gained = (after.exact - before.exact) * 100
    times = move.earned or len(move.rows)
    return Lever(
        kind=move.kind,
        contracts=tuple(contracts[row] for row in move.rows),
        earned=move.earned,
        waits_until=None,
        effort=efforts.total(**{move.kind.value: times}),
        after=after,
        gain_today=gained,
        gain_over_year=gain_over_year,
    )


def _rank(lever: Lever) -> tuple[Fraction, Fraction, int, int]:
    """Ascending; equal ones stay in the order in which they were found: newest contract first."""
    kinds = list(LeverKind)
    gained = lever.gain_today or Fraction(0)
    return (-lever.gain_per_effort, -gained, kinds.index(lever.kind), lever.effort)
