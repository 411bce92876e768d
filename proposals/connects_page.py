"""What the page of the ledger of connects shows: the balance, B6's reading, chart and list."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Freelancer
from proposals.connects import SOON, Day, Kind, Ledger, Lot
from proposals.connects_chart import BalanceChart, balance_chart, mondays, next_month
from proposals.connects_forms import KIND_WORDS
from proposals.connects_import import Purchases, purchases_missing
from proposals.connects_reading import Reading, Verdict, reading_of
from proposals.connects_selectors import ledger_of_freelancer, ledgers_of
from proposals.connects_services import stands_with_proposal
from proposals.connects_totals import Totals, totals_between
from proposals.connects_words import (
    VERDICTS,
    connects_words,
    cost_sentence,
    how_words,
    reading_sentences,
    signed,
    week_words,
)
from proposals.funnel import Stage
from proposals.models import ConnectsEntry

ENTRIES_A_PAGE: Final = 20
MONTHS_SHOWN: Final = 12
CHARTS: Final = ((1120, 240, 365), (360, 200, 182))
"""Width and height in pixels, for a wide screen and a phone, and the days back that they show."""
AHEAD: Final = dt.timedelta(days=60)
LAPSES_SHOWN: Final = 5
MOST_SAID: Final = 5
"""Shortfalls that are named one by one."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the list, and what may be done with it."""

    entry: ConnectsEntry
    balance: int
    may_remove: bool
    may_come_back: bool

    @property
    def amount(self) -> str:
        return signed(self.entry.amount)

    @property
    def kind(self) -> Promise:
        return KIND_WORDS[Kind(self.entry.kind)]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the table below the chart."""

    first: dt.date
    totals: Totals

    @property
    def came(self) -> int:
        return self.totals.earned + self.totals.came_back


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the way from the balance then to the balance now."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """What lapses on one day if nothing is spent until then."""

    day: dt.date
    left: int
    is_soon: bool


@dataclass(frozen=True)
class ConnectsPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    actor: Actor
    freelancer: Freelancer
    today: dt.date
    page_number: str = "1"
    said_text: str = ""
    """What a pasted history said of the balance: days and numbers, as the address carries them."""

    soon_days = SOON.days

    @cached_property
    def ledger(self) -> Ledger:
        return ledger_of_freelancer(self.actor, self.freelancer, as_of=self.today)

    @property
    def has_entries(self) -> bool:
        return bool(self.ledger.entries)

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.ledger)

    @property
    def verdict(self) -> Promise:
        return VERDICTS[self.reading.verdict]

    @property
    def is_known(self) -> bool:
        return self.reading.verdict is not Verdict.NOT_ENOUGH

    @property
    def sentences(self) -> list[str]:
        return reading_sentences(self.reading)

    @property
    def cost(self) -> str:
        return cost_sentence(self.reading.totals)

    @property
    def steps(self) -> list[Step]:
        """How the balance came from then to now, what did not happen left out."""
        totals = self.reading.totals
        moves = (
            (_("Granted or earned"), totals.earned),
            (_("Came back"), totals.came_back),
            (_("Spent"), -totals.spent),
            (_("Bought"), totals.bought),
            (_("Lapsed"), -totals.lapsed),
            (_("Corrected"), totals.corrected),
            (_("From where is not known"), totals.missing),
        )
        return [Step(name, signed(amount)) for name, amount in moves if amount]

    @property
    def lapsing(self) -> tuple[Lot, ...]:
        return self.ledger.lapsing()

    @property
    def lapsing_number(self) -> int:
        return sum(lot.left for lot in self.lapsing)

    @cached_property
    def _lapses(self) -> list[Lapse]:
        """Each day on which something will lapse, the first in front."""
        left: dict[dt.date, int] = defaultdict(int)
        for lot in self.ledger.lots:
            left[lot.lapses_on] += lot.left
        return [Lapse(day, number, day <= self.today + SOON) for day, number in left.items()]

    @property
    def lapse_days(self) -> list[Lapse]:
        """The first of them."""
        return self._lapses[:LAPSES_SHOWN]

    @property
    def lapse_later(self) -> int:
        """What lapses after those."""
        return sum(lapse.left for lapse in self._lapses[LAPSES_SHOWN:])

    @property
    def shortfalls(self) -> tuple[Day, ...]:
        return self.ledger.shortfalls[:MOST_SAID]

    @property
    def shortfall_words(self) -> str:
        return connects_words(self.ledger.missing)

    @property
    def before_shortfall(self) -> dt.date | None:
        """The evening before the first day that fell short: what there was then is asked for."""
        first = next(iter(self.ledger.shortfalls), None)
        return first.day - dt.timedelta(days=1) if first else None

    @property
    def charts(self) -> tuple[BalanceChart, ...]:
        """Wide and for a phone; none without an entry."""
        begins = self.ledger.begins_on
        if begins is None:
            return ()
        words = {monday: week_words(self.ledger, monday) for monday in self._mondays(begins)}
        return tuple(
            balance_chart(
                self.ledger,
                first=self._first(begins, days),
                last=self.today + AHEAD,
                width=width,
                height=height,
                words=words,
            )
            for width, height, days in CHARTS
        )

    def _first(self, begins: dt.date, days: int) -> dt.date:
        """A young ledger is shown from the day before it began, and four weeks at least."""
        longest = self.today - dt.timedelta(days=days)
        young = min(begins - dt.timedelta(days=1), self.today - dt.timedelta(days=28))
        return max(longest, young)

    def _mondays(self, begins: dt.date) -> list[dt.date]:
        longest = max(days for _width, _height, days in CHARTS)
        return mondays(self._first(begins, longest), self.today)

    @cached_property
    def months(self) -> list[MonthRow]:
        """The last twelve months since the ledger began, newest first."""
        begins = self.ledger.begins_on
        if begins is None:
            return []
        found: list[MonthRow] = []
        first = self.today.replace(day=1)
        while len(found) < MONTHS_SHOWN and next_month(first) > begins:
            eve = first - dt.timedelta(days=1)
            until = min(next_month(first) - dt.timedelta(days=1), self.today)
            found.append(MonthRow(first, totals_between(self.ledger, eve, until)))
            first = eve.replace(day=1)
        return found

    @cached_property
    def pages(self) -> Page[ConnectsEntry]:
        """A page of the entries, newest first."""
        entries = (
            ConnectsEntry.objects.for_actor(self.actor)
            .filter(freelancer=self.freelancer)
            .select_related("proposal")
            .order_by("-happened_on", "amount", "-pk")
        )
        return Paginator(entries, ENTRIES_A_PAGE).get_page(self.page_number)

    @cached_property
    def rows(self) -> list[EntryRow]:
        entries = list(self.pages.object_list)
        came_back = self._came_back(entries)
        return [self._row(entry, came_back) for entry in entries]

    def _came_back(self, entries: Sequence[ConnectsEntry]) -> set[int | None]:
        """The proposals among these whose connects came back."""
        proposals = {entry.proposal_id for entry in entries if entry.proposal_id}
        if not proposals:
            return set()
        rows = ConnectsEntry.objects.for_actor(self.actor).filter(proposal__in=proposals)
        return set(rows.filter(kind=Kind.REFUND).values_list("proposal_id", flat=True))

    def _row(self, entry: ConnectsEntry, came_back: set[int | None]) -> EntryRow:
        proposal = entry.proposal
        return EntryRow(
            entry=entry,
            balance=self.ledger.balance_on(entry.happened_on),
            may_remove=not stands_with_proposal(entry),
            may_come_back=(
                proposal is not None
                and entry.kind == Kind.SPEND
                and proposal.stage not in {Stage.DRAFT, Stage.WON}
                and proposal.pk not in came_back
            ),
        )

    @cached_property
    def purchases(self) -> Purchases:
        """What the imported transactions have that the ledger does not."""
        return purchases_missing(self.actor, self.freelancer)

    @cached_property
    def said(self) -> tuple[dt.date, int] | None:
        """The first of the balances that a pasted history told, where the ledger differs."""
        for part in self.said_text.split(",")[:2]:
            day, _colon, balance = part.partition(":")
            try:
                on, number = dt.date.fromisoformat(day), int(balance[:7])
            except ValueError:
                continue
            if on <= self.today and number >= 0 and self.ledger.balance_on(on) != number:
                return on, number
        return None

    @property
    def said_differs(self) -> int:
        """What the ledger says of that evening."""
        return self.ledger.balance_on(self.said[0]) if self.said else 0

    @property
    def how(self) -> list[str]:
        return how_words()

    @property
    def url(self) -> str:
        """Spelled out in links: after a form with errors the browser stands at another address."""
        return reverse("proposals:connects_of", args=[self.freelancer.public_id])

    @property
    def page_url(self) -> str:
        return f"{self.url}?page="


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One freelancer of a practice in one line."""

    freelancer: Freelancer
    ledger: Ledger
    reading: Reading

    @property
    def lapsing(self) -> int:
        return sum(lot.left for lot in self.ledger.lapsing())

    @property
    def brought_in(self) -> int:
        return self.reading.totals.earned + self.reading.totals.came_back

    @property
    def verdict(self) -> Promise:
        return VERDICTS[self.reading.verdict]


def team_rows(actor: Actor, freelancers: Sequence[Freelancer], *, today: dt.date) -> list[TeamRow]:
    """Everybody's ledger in one look."""
    ledgers = ledgers_of(actor, freelancers, as_of=today)
    return [TeamRow(each, ledgers[each.pk], reading_of(ledgers[each.pk])) for each in freelancers]
