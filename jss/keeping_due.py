"""Of whom days are missing: those over since the last look, where the freelancer lives."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Min

from accounts.models import Freelancer, Practice
from accounts.time_zones import zone_or_utc
from contracts.models import Contract
from jss.engine import ContractChange, RuleSet, window_start
from jss.engine.recomputation import Plain
from jss.models import ScoreKeeping

ONE_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Due:
    """One freelancer of whom days are missing, and what is found out about him or her."""

    freelancer: Freelancer
    last: dt.date
    """The last day that is over where he or she lives."""
    rules: RuleSet
    keeping: ScoreKeeping | None = None
    """None: nothing is kept yet."""
    states: dict[str, dict[str, Plain]] = field(default_factory=dict)
    """The closed contracts as they are now, by public id."""
    changes: tuple[ContractChange, ...] = ()
    rules_changed: bool = False

    @property
    def first_day(self) -> dt.date:
        """Keeping begins one longest window back, so that there is a past from the first night."""
        if self.keeping:
            return self.keeping.first_day
        return window_start(self.last, self.rules.longest_months)

    @property
    def missing_from(self) -> dt.date:
        return self.keeping.kept_until + ONE_DAY if self.keeping else self.first_day

    @property
    def start(self) -> dt.date:
        """From here on it is worked out: the first missing day, or an older one that may differ."""
        if self.rules_changed:
            return self.first_day
        affected = [change.affects_from for change in self.changes]
        return max(self.first_day, min([self.missing_from, *affected]))

    @property
    def days_missing(self) -> int:
        return (self.last - self.missing_from).days + 1


def due_of(
    *,
    now: dt.datetime,
    rules: RuleSet,
    practice: Practice | None = None,
    also_todays: bool = False,
) -> list[Due]:
    """The freelancers, of one practice or of all, of whom a finished day is not kept yet.

    Keeping begins in the night after the first closed contract was entered, as its rating may be
    entered later that day; with `also_todays` at once. Without a closed contract it never does.
    """
    within = {"practice": practice} if practice else {}
    keepings = ScoreKeeping.objects.filter(rules=rules.name, **within)
    kept_until = dict(keepings.values_list("freelancer_id", "kept_until"))
    entered_at = _first_entered(within, rules)
    found = []
    for freelancer in Freelancer.objects.filter(**within).order_by("pk"):
        zone = zone_or_utc(freelancer.time_zone)
        last = now.astimezone(zone).date() - ONE_DAY
        if until := kept_until.get(freelancer.pk):
            is_due = until < last
        elif entered := entered_at.get(freelancer.pk):
            is_due = also_todays or entered.astimezone(zone).date() <= last
        else:
            is_due = False
        if is_due:
            found.append(Due(freelancer, last, rules))
    return found


def practices_due(*, now: dt.datetime, rules: RuleSet) -> Sequence[int]:
    """The primary keys of the practices with anybody due."""
    return sorted({due.freelancer.practice_id for due in due_of(now=now, rules=rules)})


def _first_entered(within: Mapping[str, Practice], rules: RuleSet) -> dict[int, dt.datetime]:
    """When the first closed contract was entered, of each freelancer of whom nothing is kept."""
    without_keeping = (
        Contract.objects.closed()
        .filter(**within)
        .exclude(freelancer__score_keepings__rules=rules.name)
    )
    first = without_keeping.order_by().values("freelancer_id").annotate(at=Min("created_at"))
    return {row["freelancer_id"]: row["at"] for row in first}
