"""The right to remove a feedback, and its clock (J13, J17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jss.engine.contracts import ClosedContract
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.top_rated import top_rated_track


@dataclass(frozen=True, slots=True)
class RemovalRight:
    """Whether a feedback may be removed on one day, as far as the log can tell."""

    has_right: bool
    """Whether the rule set knows the right at all."""
    has_badge: bool
    """Whether 13 of the last 16 weeks are good enough for the badge that brings it."""
    last_removed_on: date | None
    """The earliest day on which the last removal can have been: when that contract was closed. The
    day itself is nowhere noted. None: no feedback was removed."""
    open_from: date | None
    """The first day on which that is long enough ago; None: it is."""
    contracts_left: int
    """So many contracts must still be closed since."""

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        waits = self.open_from is not None or self.contracts_left > 0
        return self.has_right and self.has_badge and not waits


def removal_right(
    contracts: Sequence[ClosedContract], as_of: date, *, rules: RuleSet = CLASSIC
) -> RemovalRight:
    """Where one freelancer stands with the right to remove a feedback (J13)."""
    removal = rules.removal
    if removal is None:
        return RemovalRight(False, False, None, None, 0)
    closed = [each for each in contracts if each.closed_on and each.closed_on <= as_of]
    last = max(
        (each.closed_on for each in closed if each.closed_on and each.feedback_removed),
        default=None,
    )
    since = [each for each in closed if each.closed_on and (last is None or each.closed_on > last)]
    again = None if last is None else last + timedelta(weeks=removal.every_weeks)
    return RemovalRight(
        has_right=True,
        has_badge=top_rated_track(contracts, as_of, rules=rules).missing == 0,
        last_removed_on=last,
        open_from=again if again and again > as_of else None,
        contracts_left=max(0, removal.contracts_between - len(since)),
    )
