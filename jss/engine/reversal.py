"""What a negative outcome turned positive is worth (J9)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from jss.engine.columns import Counts, as_scored_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import BEST, Outcome
from jss.engine.positives import NEVER, fewest_positives
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import Scores, score_table_from
from jss.engine.tallies import Tallies, tallies_at
from jss.engine.windows import window_starts


@dataclass(frozen=True, slots=True)
class Reversal:
    """One contract with a negative outcome, and the scores if it were positive."""

    contract: ClosedContract
    before: Scores
    after: Scores
    worth: int | None
    """So many new five-star contracts closed on the same day would lift the shown score as far;
    None where no number of them would."""


def reversals_of(
    contracts: Sequence[ClosedContract], as_of: date, *, rules: RuleSet = CLASSIC
) -> tuple[Reversal, ...]:
    """The effect of reversing each negative outcome that counts at `as_of`, oldest first (J9).

    The numerator grows by 2 and the denominator stays, in every window that holds the contract.
    """
    table = ContractTable.of_one(contracts, rules)
    now = as_scored_day(as_of)
    starts = np.array([window_starts(np.array([now]), months)[0] for months in rules.all_months])
    counts = (table.outcome == Outcome.NEGATIVE) & (table.closed_on <= now)
    counts &= table.closed_on > starts[-1]
    negative = np.flatnonzero(counts)
    negative = negative[np.argsort(table.closed_on[negative], kind="stable")]

    today = tallies_at(table, as_of, rules=rules)
    held = (table.closed_on[negative][:, None] > starts).astype(np.int64)
    reversed_ = _reversed(today, held, [contracts[row] for row in negative.tolist()])
    before, after = score_table_from(today), score_table_from(reversed_)
    today_scores = before.of(0)
    effects = [after.of(position) for position in range(len(negative))]
    shown = [effect.shown.exact for effect in effects]
    # A reversed contract is itself counted, so there nearly always is a score to be reached.
    numerator = _column([exact.numerator if exact else 0 for exact in shown])
    denominator = _column([exact.denominator if exact else 1 for exact in shown])
    worth = fewest_positives(today, numerator, denominator)
    return tuple(
        Reversal(contracts[row], today_scores, effect, None if new == NEVER else int(new))
        for row, effect, new in zip(negative.tolist(), effects, worth, strict=True)
    )


def _reversed(today: Tallies, held: Counts, negative: Sequence[ClosedContract]) -> Tallies:
    """For each of the contracts, the tallies if it were positive; `held` by which windows."""
    rules = today.rules
    was = [each.stake(rules) for each in negative]
    # An unpaid contract may then not count at all (J17), and so be worth nothing.
    is_ = [replace(each, rating=BEST).stake(rules) for each in negative]
    lead, weight = _column([each.lead for each in is_]), _column([each.weight for each in is_])
    return Tallies(
        positive=today.positive + held * (lead > 0),
        negative=today.negative - held,
        no_feedback=today.no_feedback + 0 * held,
        gained=today.gained + held * lead,
        lead=today.lead + held * (lead - _column([each.lead for each in was])),
        weight=today.weight + held * (weight - _column([each.weight for each in was])),
        rules=rules,
    )


def _column(numbers: Sequence[int]) -> Counts:
    """One number a row; Python's own where numpy's are too small."""
    fits = all(number < 1 << 62 for number in numbers)
    column: Counts = np.array(numbers, dtype=np.int64 if fits else object)[:, None]
    return column
