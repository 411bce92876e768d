"""What the page “What works” shows: sums of the tallies, in words (B1, B5, B6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import formats
from accounts.actors import Actor
from profiles.conversion import Verdict
from profiles.figures_chart import WHISKER_WIDTH, Whisker, whiskers
from profiles.models import Profile
from proposals.funnel import Stage
from proposals.learning import (
    BIDS,
    FEWEST,
    Counts,
    Dimension,
    Group,
    Standing,
    group_of,
    merged,
    per,
    standing_of,
)
from proposals.learning_words import (
    HEADINGS,
    STANDINGS,
    TITLES,
    VERDICTS,
    amount_words,
    interval_words,
    key_words,
    per_dollar_words,
    rate_words,
)
from proposals.models import PieceVersion, Proposal, Tally
from proposals.outcomes import Outcome, Totals, outcomes_of, totals_of
from proposals.selectors import proposals_of
from proposals.tally_services import tallies_renew

SHOWN_AT_MOST: Final = 12
"""Groups of one dimension; the hours of a day are shown all."""
WINS_SHOWN: Final = 12
IN_ORDER: Final = {
    Dimension.BID: [f"{kind}:{start}" for kind, starts in BIDS.items() for start in starts],
    Dimension.WEEKDAY: [str(day) for day in range(7)],
    Dimension.HOUR: [str(hour) for hour in range(24)],
    Dimension.INVITED: ["yes", "no"],
    Dimension.BOOSTED: ["yes", "no"],
}
"""Those that have an order of their own; of the others the most sent comes first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group in words."""

    name: str
    group: Group
    whisker: Whisker | None

    @property
    def replies(self) -> str:
        return rate_words(self.group.replies)

    @property
    def replies_interval(self) -> str:
        return interval_words(self.group.replies)

    @property
    def wins(self) -> str:
        return rate_words(self.group.wins)

    @property
    def wins_interval(self) -> str:
        return interval_words(self.group.wins)

    @property
    def connects(self) -> str:
        return amount_words(self.group.connects_per_reply)

    @property
    def verdict(self) -> Promise:
        return VERDICTS[self.group.verdict]

    @property
    def is_better(self) -> bool:
        return self.group.verdict is Verdict.BETTER

    @property
    def is_worse(self) -> bool:
        return self.group.verdict is Verdict.WORSE


@dataclass(frozen=True, slots=True)
class Section:
    """One dimension: its groups, and how many more there are."""

    dimension: Dimension
    lines: list[Line]
    more: int

    @property
    def title(self) -> Promise:
        return TITLES[self.dimension]

    @property
    def heading(self) -> Promise:
        return HEADINGS[self.dimension]


@dataclass(frozen=True, slots=True)
class Pitch:
    """One template and what it brought in the end."""

    name: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Win:
    """One deal: from the text over the client to the rating."""

    proposal: Proposal
    template: str
    outcome: Outcome | None


class WorksPage:
    """What works for the chosen freelancer, or for everybody."""

    fewest = FEWEST
    whisker_width = WHISKER_WIDTH

    def __init__(self, *, actor: Actor) -> None:
        self.actor = actor
        tallies_renew(actor.practice.pk)

    @cached_property
    def _counts(self) -> dict[Dimension, dict[str, Counts]]:
        """By dimension and key, over all months: one query."""
        names = ("sent", "viewed", "replied", "won", "connects")
        rows = Tally.objects.for_actor(self.actor).of_choice(self.actor).order_by()
        sums = rows.values_list("dimension", "key").annotate(
            **{f"all_{name}": Sum(name) for name in names}
        )
        found: defaultdict[Dimension, dict[str, Counts]] = defaultdict(dict)
        for dimension, key, *values in sums:
            counts = Counts(*values)
            found[Dimension(dimension)][key] = counts
        return found

    @property
    def is_first_time(self) -> bool:
        return not self.whole.sent

    @cached_property
    def whole(self) -> Counts:
        return self._counts[Dimension.ALL].get("", Counts())

    @cached_property
    def overall(self) -> Group:
        return group_of("", self.whole, self.whole)

    @property
    def standing(self) -> Promise:
        return STANDINGS[standing_of(self.overall.replies)]

    @property
    def is_like_mass(self) -> bool:
        return standing_of(self.overall.replies) is Standing.GENERIC

    @property
    def overall_line(self) -> Line:
        return Line("", self.overall, None)

    @property
    def connects_per_hundred(self) -> str:
        """Connects for each $100 earned (B6); what was earned is known in dollars only."""
        return per_dollar_words(per(self.whole.connects, self.earned))

    @cached_property
    def earned(self) -> Decimal:
        return sum((totals.earned for totals in self._totals.values()), Decimal(0))

    # ── Groups ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _versions(self) -> dict[int, PieceVersion]:
        """The texts that anything was sent with, and those that led to contracts."""
        keys = {*self._counts[Dimension.VERSION], *self._counts[Dimension.BLOCK]}
        rows = PieceVersion.objects.for_actor(self.actor).filter(pk__in=map(int, keys))
        return {row.pk: row for row in rows.select_related("piece").defer("body", "piece__body")}

    @cached_property
    def _profiles(self) -> dict[int, Profile]:
        keys = map(int, self._counts[Dimension.PROFILE])
        rows = Profile.objects.for_actor(self.actor).filter(pk__in=keys)
        return {row.pk: row for row in rows.select_related("freelancer")}

    @property
    def sections(self) -> list[Section]:
        """Each dimension that tells anything apart."""
        found = [self._section(dimension) for dimension in TITLES]
        # As long as each template has one version, those would say the same once more.
        number = {section.dimension: len(section.lines) for section in found}
        is_same = number[Dimension.VERSION] == number[Dimension.TEMPLATE]
        return [
            section
            for section in found
            if section.lines and not (is_same and section.dimension is Dimension.VERSION)
        ]

    def _section(self, dimension: Dimension) -> Section:
        counts = self._of(dimension)
        keys = sorted(counts, key=lambda key: (-counts[key].sent, key))
        shown = keys[:SHOWN_AT_MOST]
        if order := IN_ORDER.get(dimension):
            shown = keys = [key for key in order if key in counts]
        groups = [group_of(key, counts[key], self.whole) for key in shown]
        rates = [group.replies for group in groups]
        placed = iter(whiskers(*(rate for rate in rates if rate)))
        lines = [
            Line(self._name(dimension, group.key), group, next(placed) if group.replies else None)
            for group in groups
        ]
        return Section(dimension, lines, len(keys) - len(shown))

    def _of(self, dimension: Dimension) -> Mapping[str, Counts]:
        if dimension is Dimension.TEMPLATE:
            return self._by_piece(Dimension.VERSION)
        if dimension is Dimension.BLOCK:
            return self._by_piece(Dimension.BLOCK)
        if dimension is Dimension.NICHE:
            # “Shopify” and “shopify” are one; the way that comes first in the alphabet is shown.
            spelt = {key.casefold(): key for key in sorted(self._counts[dimension], reverse=True)}
            parts = self._counts[dimension].items()
            return merged((spelt[key.casefold()], counts) for key, counts in parts)
        return self._counts[dimension]

    def _by_piece(self, dimension: Dimension) -> Mapping[str, Counts]:
        """Of all versions of a text; one that was written into a letter twice is one text."""
        parts = self._counts[dimension].items()
        return merged(
            (str(self._versions[int(key)].piece_id), counts)
            for key, counts in parts
            if int(key) in self._versions
        )

    def _name(self, dimension: Dimension, key: str) -> str:
        namers: dict[Dimension, Callable[[int], str]] = {
            Dimension.TEMPLATE: self._piece_name,
            Dimension.BLOCK: self._piece_name,
            Dimension.VERSION: self._version_name,
            Dimension.PROFILE: self._profile_name,
        }
        namer = namers.get(dimension)
        return namer(int(key)) if namer else key_words(dimension, key)

    def _piece_name(self, key: int) -> str:
        rows = (row.piece.name for row in self._versions.values() if row.piece_id == key)
        return next(rows, _("A template that is gone"))

    def _version_name(self, key: int) -> str:
        row = self._versions.get(key)
        if row is None:
            return _("A template that is gone")
        words = _("%(name)s, version %(number)s")
        return words % {"name": row.piece.name, "number": formats.number(row.number)}

    def _profile_name(self, key: int) -> str:
        row = self._profiles.get(key)
        if row is None:
            return _("A profile that is gone")
        return str(row) if self.actor.freelancer else f"{row.freelancer}: {row}"

    # ── From the text to the rating ──────────────────────────────────────────────────────────

    @cached_property
    def _totals(self) -> Mapping[int | None, Totals]:
        return totals_of(actor=self.actor)

    @property
    def pitches(self) -> list[Pitch]:
        """Templates by what their contracts earned; letters without one come last."""
        named = [
            Pitch(self._piece_name(key) if key else _("Without a template"), totals)
            for key, totals in self._totals.items()
        ]
        return sorted(named, key=lambda pitch: -pitch.totals.earned)[:SHOWN_AT_MOST]

    @cached_property
    def wins(self) -> list[Win]:
        """The newest deals."""
        rows = proposals_of(self.actor).filter(stage=Stage.WON).newest_first().without_texts()
        rows = rows.select_related("template__piece").defer(
            "post", "facts", "body", "values", "letter", "template__body", "template__piece__body"
        )
        won = list(rows[:WINS_SHOWN])
        outcomes = outcomes_of(actor=self.actor, proposals=[row.pk for row in won])
        return [
            Win(row, row.template.piece.name if row.template else "", outcomes.get(row.pk))
            for row in won
        ]
