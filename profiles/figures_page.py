"""What the page of the weekly figures shows: the chart, what a version did, and the table (P7)."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from profiles.conversion import CONVENTION, Comparison, Rate, Week
from profiles.figures_chart import (
    WHISKER_WIDTH,
    FiguresChart,
    Publication,
    Whisker,
    figures_chart,
    whiskers,
)
from profiles.figures_effect import Effect, effect_of, newest_with_both_sides
from profiles.figures_forms import lines_from, next_week
from profiles.figures_services import week_of
from profiles.figures_words import (
    MEASURE_NAMES,
    PANEL_NAMES,
    counts_words,
    explained,
    share_words,
    verdict_name,
    week_words,
)
from profiles.models import ProfileVersion, WeeklyFigures
from profiles.pasted_figures import pasted_figures
from profiles.selectors import ProfileSet

WEEKS_A_PAGE: Final = 13
"""A quarter of a year."""
CHARTS: Final = ((1120, 104), (360, 40))
"""Width in pixels, for a wide screen and a phone, and the weeks at most that fit into it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison in words: the share, its interval, and what was counted."""

    rate: Rate
    share: str
    interval: str
    counted: str
    weeks: int
    whisker: Whisker | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure before and after, with what may be said about it."""

    comparison: Comparison
    effect: Effect
    before: Side
    after: Side

    @property
    def name(self) -> Promise:
        return MEASURE_NAMES[self.comparison.measure]

    @property
    def verdict(self) -> str:
        return verdict_name(self.comparison)

    @property
    def sentences(self) -> list[str]:
        return explained(self.comparison, self.effect)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One week as it is noted, and the versions that were published in it."""

    figures: WeeklyFigures
    published: tuple[str, ...]


@dataclass(frozen=True)
class FiguresPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    actor: Actor
    profiles: ProfileSet
    today: dt.date
    asked_version: str = ""
    was_text: str = ""
    page_number: str = "1"

    convention = CONVENTION
    panel_names = PANEL_NAMES
    whisker_width = WHISKER_WIDTH

    @cached_property
    def figures(self) -> list[WeeklyFigures]:
        """Newest first."""
        rows = WeeklyFigures.objects.for_actor(self.actor)
        return list(rows.filter(freelancer=self.profiles.freelancer).in_order().reverse())

    @cached_property
    def weeks(self) -> list[Week]:
        """Oldest first."""
        return [week_of(row) for row in reversed(self.figures)]

    @cached_property
    def versions(self) -> list[ProfileVersion]:
        """Of all profiles, also of those that were removed since: newest first."""
        rows = ProfileVersion.objects.for_actor(self.actor).select_related("profile")
        return list(rows.filter(freelancer=self.profiles.freelancer).newest_first())

    @property
    def choices(self) -> list[tuple[ProfileVersion, str]]:
        return [(version, self.label_of(version)) for version in self.versions]

    def label_of(self, version: ProfileVersion) -> str:
        """Such as “Version 3”; that of a specialised profile says so."""
        if version.profile.is_general:
            return _("Version %(number)s") % {"number": version.number}
        words = _("Specialised %(place)s, version %(number)s")
        return words % {"place": version.profile.position, "number": version.number}

    @cached_property
    def chosen(self) -> ProfileVersion | None:
        """The version that was asked for; else the newest with weeks before and after it; else the
        newest. None without a version."""
        for version in self.versions:
            if version.public_id == self.asked_version:
                return version
        day = newest_with_both_sides(self.weeks, self._published)
        of_day = (version for version in self.versions if version.published_on == day)
        return next(of_day, self.versions[0] if self.versions else None)

    @property
    def chosen_label(self) -> str:
        return self.label_of(self.chosen) if self.chosen else ""

    @property
    def chosen_title(self) -> str:
        return self.chosen.as_content.title if self.chosen else ""

    @property
    def number_before(self) -> int:
        """The number of the version before the chosen one, to compare with; 0 without one, and
        where the profile is removed and has no page."""
        if self.chosen is None or self.chosen.profile.removed_at:
            return 0
        return self.chosen.number - 1

    @cached_property
    def effect(self) -> Effect | None:
        if self.chosen is None:
            return None
        return effect_of(self.weeks, self._published, self.chosen.published_on)

    @cached_property
    def measures(self) -> list[MeasureRow]:
        effect = self.effect
        return [_measure_row(each, effect) for each in effect.comparisons] if effect else []

    @cached_property
    def charts(self) -> tuple[FiguresChart, ...]:
        """Wide and for a phone; none without a week."""
        if not self.weeks:
            return ()
        publications = [
            Publication(each.published_on, self.label_of(each), each.public_id)
            for each in self.versions
        ]
        most_shown = max(most for _width, most in CHARTS)
        words = {week.starts_on: week_words(week) for week in self.weeks[-most_shown:]}
        return tuple(
            figures_chart(
                self.weeks[-most:],
                publications,
                width=width,
                chosen=self.chosen.public_id if self.chosen else "",
                before=self.effect.before if self.effect else (),
                after=self.effect.after if self.effect else (),
                words=words,
            )
            for width, most in CHARTS
        )

    @cached_property
    def rows(self) -> Page[TableRow]:
        """A page of the weeks, newest first."""
        rows = [self._table_row(row) for row in self.figures]
        return Paginator(rows, WEEKS_A_PAGE).get_page(self.page_number)

    @property
    def url(self) -> str:
        """Spelled out in links: after a form with errors the browser stands at another address."""
        return reverse("profiles:figures", args=[self.profiles.freelancer.public_id])

    @property
    def page_url(self) -> str:
        """The address of a page of weeks up to its number."""
        chosen = {"version": self.asked_version} if self.asked_version else {}
        return f"{self.url}?{urlencode(chosen | {'page': ''})}"

    def _table_row(self, row: WeeklyFigures) -> TableRow:
        published = tuple(
            self.label_of(each)
            for each in self.versions
            if row.starts_on <= each.published_on <= row.ends_on
        )
        return TableRow(row, published)

    @cached_property
    def was(self) -> tuple[Week, ...]:
        """The weeks that were just removed or replaced, as they were; those that are the same by
        now are left out."""
        weeks, _bad = pasted_figures(self.was_text, today=self.today)
        now = {week.starts_on: week for week in self.weeks}
        return tuple(week for week in weeks if now.get(week.starts_on) != week)

    @property
    def was_lines(self) -> str:
        return lines_from(self.was)

    @property
    def is_removed(self) -> bool:
        """Whether what was is gone, and not replaced."""
        noted = {week.starts_on for week in self.weeks}
        return not any(week.starts_on in noted for week in self.was)

    @property
    def next_week(self) -> dt.date:
        return next_week((week.starts_on for week in self.weeks), self.today)

    @property
    def _published(self) -> list[dt.date]:
        return [version.published_on for version in self.versions]


def _measure_row(comparison: Comparison, effect: Effect) -> MeasureRow:
    marks = whiskers(comparison.before, comparison.after)
    return MeasureRow(
        comparison,
        effect,
        _side(comparison, comparison.before, comparison.weeks_before, marks[0]),
        _side(comparison, comparison.after, comparison.weeks_after, marks[1]),
    )


def _side(comparison: Comparison, rate: Rate, weeks: int, whisker: Whisker | None) -> Side:
    interval = ""
    if rate.share is not None:
        ends = {"low": share_words(rate.low), "high": share_words(rate.high)}
        interval = _("%(low)s to %(high)s") % ends
    return Side(
        rate=rate,
        share=share_words(rate.share),
        interval=interval,
        counted=counts_words(comparison.measure, rate),
        weeks=weeks,
        whisker=whisker,
    )
