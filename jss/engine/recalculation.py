"""When Upwork works the score out anew (J7)."""

from datetime import date, timedelta

from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet


def next_recalculation(observed_on: date, as_of: date, *, rules: RuleSet = CLASSIC) -> date:
    """The first calculation after `as_of`, given the day of any one that was observed (J7).

    They are `rules.recalculated_every_days` apart, before the observed one as well as after it.
    """
    tomorrow = as_of + timedelta(days=1)
    wait = (observed_on - tomorrow).days % rules.recalculated_every_days
    return tomorrow + timedelta(days=wait)
