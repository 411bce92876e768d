"""What a negative outcome turned positive is worth (J9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jss.engine.columns import as_scored_day
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.outcomes import Outcome
from jss.engine.positives import NEVER, fewest, positives_needed_in_windows
from jss.engine.rules import CLASSIC, RuleSet
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
    starts = np.array([window_starts(np.array([now]), months)[0] for months in rules.window_months])
    counts = (table.outcome == Outcome.NEGATIVE) & (table.closed_on <= now)
    counts &= table.closed_on > starts[-1]
    negative = np.flatnonzero(counts)
    negative = negative[np.argsort(table.closed_on[negative], kind="stable")]

    today = tallies_at(table, as_of, rules=rules)
    held = (table.closed_on[negative][:, None] > starts).astype(np.int64)
    reversed_ = Tallies(today.positive + held, today.negative - held, today.no_feedback + 0 * held)
    before, after = score_table_from(today, rules), score_table_from(reversed_, rules)
    today_scores = before.of(0)
    effects = [after.of(position) for position in range(len(negative))]
    shown = [effect.shown.exact for effect in effects]
    # A reversed contract is itself counted, so there always is a score to be reached.
    numerator = np.array([exact.numerator if exact else 0 for exact in shown], dtype=np.int64)
    denominator = np.array([exact.denominator if exact else 1 for exact in shown], dtype=np.int64)
    worth = fewest(
        positives_needed_in_windows(today, numerator[:, None], denominator[:, None], rules)
    )
    return tuple(
        Reversal(contracts[row], today_scores, effect, None if new == NEVER else int(new))
        for row, effect, new in zip(negative.tolist(), effects, worth, strict=True)
    )
