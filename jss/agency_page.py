"""Everything that the agency's page shows: its score, its members beside it, and what if."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Freelancer
from jss.agency_choices import AgencyChoices, AgencyMeaning
from jss.agency_team import NOTHING, Team, earned_under_agency
from jss.engine import (
    BADGE_EARNINGS,
    BADGE_MONTHS,
    CLASSIC,
    AgencyStanding,
    ClosedContract,
    Counterfactual,
    MemberStanding,
    NextChange,
    Outcome,
    RuleSet,
    Scores,
    agency_standing_of,
    counterfactual_of,
    is_in_window,
    window_start,
)
from jss.lifts_page import points
from jss.score_page import ScorePage

ROWS_A_PAGE = 12


def signed_points(difference: Fraction | None) -> Decimal | None:
    """For showing: to a tenth of a point, and what is not nothing is never shown as 0."""
    if difference is None or difference >= 0:
        return points(difference)
    return -(points(-difference) or Decimal(0))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of the members' table."""

    freelancer: Freelancer
    standing: MemberStanding
    contribution: Decimal | None
    windows: list[tuple[int, Decimal | None]]
    """The contribution by window."""
    earned: Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """A score as it is or would be."""

    label: str
    scores: Scores
    next_change: NextChange | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One score before and after; two ways of it where somebody leaves."""

    who: str
    reading: str
    before: Side
    after: list[Side]


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract that may move."""

    contract: ClosedContract
    freelancer: Freelancer
    under_agency: bool
    reason: str
    is_moved: bool

    @property
    def may_move(self) -> bool:
        return self.reason in {"positive", "negative", "no_feedback"}


@dataclass(frozen=True)
class AgencyPage:
    """Each part is worked out when the template asks for it."""

    actor: Actor
    team: Team
    meaning: AgencyMeaning
    today: dt.date
    in_window: int | None = None
    """The contracts' table shows only the agency's in the window of so many months."""
    rows_page_number: str = "1"
    roadmap_page_number: str = "1"
    rules: RuleSet = CLASSIC
    rules_query: str = ""
    """Names the rule set in links, where it isn't the practice's."""
    other_rules: Sequence[RuleSet] = ()

    badge_earnings = BADGE_EARNINGS
    badge_months = BADGE_MONTHS

    @property
    def choices(self) -> AgencyChoices:
        return self.meaning.choices

    @property
    def query(self) -> str:
        """The address of what is shown, the page of the table included."""
        number = self.rows_page.number
        return self._linked([f"rows={number}"] if number > 1 else [])[1:]

    @property
    def before_rows(self) -> str:
        """The address up to the number of the contracts' page; `before_dates` the roadmap's."""
        return self._linked(["rows="])

    @property
    def before_dates(self) -> str:
        return self._linked(["dates="])

    def _linked(self, more: list[str]) -> str:
        narrowed = [f"in_window={self.in_window}"] if self.in_window else []
        if self.rules_query:
            narrowed.append(urlencode({"rules": self.rules_query}))
        return "?" + "&".join(part for part in (self.choices.query, *narrowed, *more) if part)

    @cached_property
    def standing(self) -> AgencyStanding:
        return agency_standing_of(self.team.agency, self.today, rules=self.rules)

    @cached_property
    def score(self) -> ScorePage:
        """The agency's score, shown as a freelancer's is on the Job Success page."""
        return ScorePage(
            contracts=self.team.agency_contracts,
            as_of=self.today,
            today=self.today,
            target=self.rules.top_rated_from,
            per_month=0,
            last_reading=None,
            rules=self.rules,
            other_rules=self.other_rules,
            roadmap_page_number=self.roadmap_page_number,
        )

    @cached_property
    def has_contracts(self) -> bool:
        """Whether there is an agency to speak of."""
        return any(any(member.under_agency) for member in self.team.agency.members)

    @property
    def is_one_person(self) -> bool:
        return len(self.team.freelancers) == 1

    @property
    def earned_after(self) -> dt.date:
        return window_start(self.today, BADGE_MONTHS)

    @cached_property
    def _earned(self) -> dict[int, Decimal]:
        return earned_under_agency(actor=self.actor, after=self.earned_after, until=self.today)

    @property
    def earned(self) -> Decimal:
        """J14, J17: the agency's own earnings in the months that its badge looks at."""
        return sum(self._earned.values(), NOTHING)

    @cached_property
    def members(self) -> list[MemberRow]:
        months = [line.months for line in self.standing.scores.lines]
        return [
            MemberRow(
                freelancer=freelancer,
                standing=standing,
                contribution=signed_points(standing.contribution_shown),
                windows=list(
                    zip(months, map(signed_points, standing.contribution), strict=True),
                ),
                earned=self._earned.get(freelancer.pk, NOTHING),
            )
            for freelancer, standing in zip(
                self.team.freelancers, self.standing.members, strict=True
            )
        ]

    @cached_property
    def ways(self) -> list[tuple[str, Counterfactual]]:
        """What would be; in two ways where somebody leaves, as whose the contracts are then is a
        convention."""
        change = self.meaning.change
        ways = [(_("Then"), change)]
        if change.leaves is not None:
            ways = [
                (_("Contracts go too"), change),
                (_("Contracts stay"), replace(change, agency_keeps=True)),
            ]
        return [(label, counterfactual_of(self.standing, each)) for label, each in ways]

    @cached_property
    def answer(self) -> list[AnswerRow]:
        """Every score that the change may touch, before and after; empty where nothing is."""
        if self.meaning.is_unchanged:
            return []
        before = self.ways[0][1].before
        rows = [
            AnswerRow(
                who=_("The agency"),
                reading=_("contracts under it"),
                before=Side(_("As it is"), before.scores, before.next_change),
                after=[
                    Side(label, way.after.scores, way.after.next_change) for label, way in self.ways
                ],
            )
        ]
        for position in self._touched():
            rows += self._rows_of(position)
        return rows

    def _touched(self) -> list[int]:
        """The members of whom something is supposed, in order, and whoever joins."""
        change = self.meaning.change
        positions = {self.team.owner_of[key] for key in change.moves}
        positions |= {change.leaves} if change.leaves is not None else set()
        new = [len(self.team.freelancers)] if change.joins else []
        return [*sorted(positions), *new]

    def _rows_of(self, position: int) -> list[AnswerRow]:
        before = self.ways[0][1].before.members[position]
        after = [(label, way.after.members[position]) for label, way in self.ways]
        is_new = position == len(self.team.freelancers)
        who = _("Somebody new") if is_new else str(self.team.freelancers[position])
        return [
            AnswerRow(
                who=who,
                reading=_("all contracts"),
                before=Side(_("As it is"), before.scores, before.next_change),
                after=[Side(label, each.scores, each.next_change) for label, each in after],
            ),
            AnswerRow(
                who=who,
                reading=_("without the agency's"),
                before=Side(_("As it is"), before.alone, None),
                after=[Side(label, each.alone, None) for label, each in after],
            ),
        ]

    @cached_property
    def rows_page(self) -> Page[tuple[int, int]]:
        """A page of the closed contracts of the longest window, newest end first: each as the
        position of its member, and its own among the member's."""
        months = self.in_window or self.rules.longest_months
        rows = [
            (contract.closed_on, position, place)
            for position, member in enumerate(self.team.agency.members)
            for place, contract in enumerate(member.contracts)
            if contract.closed_on and (member.under_agency[place] or not self.in_window)
            if is_in_window(contract.closed_on, self.today, months)
        ]
        rows.sort(key=lambda row: row[0], reverse=True)
        places = [(position, place) for _day, position, place in rows]
        return Paginator(places, ROWS_A_PAGE).get_page(self.rows_page_number)

    @cached_property
    def rows(self) -> list[ContractRow]:
        return [self._contract_row(position, place) for position, place in self.rows_page]

    def _contract_row(self, position: int, place: int) -> ContractRow:
        member = self.team.agency.members[position]
        contract = member.contracts[place]
        outcome = contract.outcome(self.rules)
        reason = outcome.name.lower()
        if outcome == Outcome.NEVER_COUNTED:
            reason = "client_flagged" if contract.client_flagged else "feedback_removed"
        return ContractRow(
            contract=contract,
            freelancer=self.team.freelancers[position],
            under_agency=member.under_agency[place],
            reason=reason,
            is_moved=contract.key in self.meaning.change.moves,
        )

    @cached_property
    def elsewhere(self) -> list[str]:
        """Contracts that move and stand on other pages of the table: they stay chosen."""
        here = {row.contract.key for row in self.rows}
        return [key for key in self.choices.moves if key not in here]
