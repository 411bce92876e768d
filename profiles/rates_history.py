"""What one's own rate history did to the replies (R1, P7): versions over weekly figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.actors import Actor
from profiles.conversion import Comparison, Measure, Rate, Verdict, Week, compared, whole_weeks
from profiles.models import Profile, ProfileVersion, WeeklyFigures
from profiles.rate_words import VERDICT_WORDS, share_words
from profiles.rates import RatePeriod, rate_history


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One of one's own rates; `comparison` is with the rate before, None for the first one."""

    period: RatePeriod
    replies: Rate
    comparison: Comparison | None

    @property
    def invitations_words(self) -> Mapping[str, str]:
        return share_words(self.period.invitations_per_view)

    @property
    def replies_words(self) -> Mapping[str, str]:
        return share_words(self.replies)

    @property
    def verdict(self) -> str:
        return self.comparison.verdict.value if self.comparison else ""

    @property
    def verdict_words(self) -> str:
        return str(VERDICT_WORDS[self.comparison.verdict]) if self.comparison else ""

    @property
    def chance(self) -> int | None:
        """In per cent, that more come at this rate; None where nothing can be said."""
        if self.comparison is None or self.comparison.verdict is Verdict.NOT_ENOUGH:
            return None
        chance = self.comparison.chance_better
        return None if chance is None else round(chance * 100)


@dataclass(frozen=True, slots=True)
class RateHistory:
    """Newest rate first. `measure` is per proposal where these were noted, else per view."""

    rows: tuple[PeriodRow, ...]
    measure: Measure
    has_weeks: bool

    @property
    def is_per_proposal(self) -> bool:
        return self.measure is Measure.REPLIES_PER_PROPOSAL


def history_of(actor: Actor, general: Profile) -> RateHistory:
    """Of the general profile: My Stats counts all profiles as one. Two queries."""
    weeks = [
        Week(row.starts_on, row.views, row.invitations, row.replies, row.proposals)
        for row in WeeklyFigures.objects.for_actor(actor)
        .filter(freelancer=general.freelancer_id)
        .in_order()
    ]
    versions = ProfileVersion.objects.for_actor(actor).filter(profile=general).order_by("number")
    rates = [
        (day, Decimal(rate))
        for day, rate in versions.values_list("published_on", "content__rate")
        if rate
    ]
    return rate_rows(weeks, rates)


def rate_rows(weeks: Sequence[Week], rates: Sequence[tuple[date, Decimal]]) -> RateHistory:
    """Each rate with what came at it, held against the rate before."""
    has_proposals = any(week.proposals is not None for week in weeks)
    measure = Measure.REPLIES_PER_PROPOSAL if has_proposals else Measure.REPLIES_PER_VIEW
    rows: list[PeriodRow] = []
    before: tuple[Week, ...] | None = None
    for period in rate_history(weeks, rates):
        own = whole_weeks(weeks, period.first, period.until or date.max)
        comparison = None if before is None else compared(before, own, measure)
        replies = period.replies_per_proposal if has_proposals else period.replies_per_view
        rows.append(PeriodRow(period, replies, comparison))
        before = own
    return RateHistory(tuple(reversed(rows)), measure, bool(weeks))
