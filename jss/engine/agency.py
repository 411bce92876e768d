"""An agency's score beside its members' (J14), and what each member contributes to it.

A contract done under the agency counts for the agency *and*, by our convention, for the member who
did it ("counts for the agency first" is not "only"); so each member has two readings, with all
contracts and without the agency's. The agency's own score is that of all members' contracts under
the agency, as if they were one freelancer's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import compress
from typing import Any

import numpy as np

from jss.engine.columns import Counts, as_date, as_score
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.roadmap import Roadmaps, roadmaps_of
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import Scores, ScoreTable, score_table_from, score_table_of

BADGE_EARNINGS = Decimal(10_000)
"""J17: US dollars that an agency's Top Rated badge wants in so many months."""
BADGE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Member:
    """One member's contracts, open ones included, and for each whether it is the agency's.

    Raises ValueError where the two differ in length.
    """

    contracts: tuple[ClosedContract, ...]
    under_agency: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.contracts) != len(self.under_agency):
            raise ValueError("Of every contract it is known whether it is the agency's.")

    @classmethod
    def alone_with(cls, contracts: Iterable[ClosedContract]) -> "Member":
        """Somebody none of whose contracts is the agency's."""
        own = tuple(contracts)
        return cls(own, (False,) * len(own))

    @property
    def for_agency(self) -> tuple[ClosedContract, ...]:
        return tuple(compress(self.contracts, self.under_agency))

    @property
    def alone(self) -> tuple[ClosedContract, ...]:
        """Without the agency's."""
        is_own = (not under for under in self.under_agency)
        return tuple(compress(self.contracts, is_own))


@dataclass(frozen=True, slots=True)
class Agency:
    """The members, and what members who left have done for it."""

    members: tuple[Member, ...]
    former: tuple[ClosedContract, ...] = ()

    @property
    def contracts(self) -> tuple[ClosedContract, ...]:
        """All that count for the agency."""
        of_members = (row for member in self.members for row in member.for_agency)
        return (*of_members, *self.former)


@dataclass(frozen=True, slots=True)
class NextChange:
    """The first day on which the shown score changes, if nothing is closed until then (J10)."""

    date: date
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member beside the agency."""

    scores: Scores
    """With all contracts."""
    alone: Scores
    """Without those done under the agency."""
    agency_without: Scores
    """What the agency's would be without this member's contracts."""
    contribution: tuple[Fraction | None, ...]
    """For each window the points of the agency's exact score that are due to them: with them, less
    without them. None where either has no score."""
    contribution_shown: Fraction | None
    """The same of the score that is shown."""
    in_longest_window: int
    """Contracts under the agency in the longest window, but for those that never count (J2)."""
    next_change: NextChange | None
    """Of the score with all contracts."""


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """An agency and its members on one day."""

    agency: Agency
    as_of: date
    rules: RuleSet
    scores: Scores
    next_change: NextChange | None
    members: tuple[MemberStanding, ...]
    """In the agency's order."""


def agency_standing_of(agency: Agency, as_of: date, *, rules: RuleSet = CLASSIC) -> AgencyStanding:
    """The agency's score, each member's in both readings, and what each contributes (J14).

    One pass of the engine over every contract; those closed after `as_of` are ignored.
    """
    number = len(agency.members)
    table = _everybody(agency, rules)
    scores = score_table_of(table, as_of, rules=rules)
    without = _without_each(scores, number)
    changes = _next_changes(roadmaps_of(table, as_of, rules=rules), table.freelancers)
    own = scores.of(2 * number)
    closed = scores.tallies.closed[:, -1]
    members = tuple(
        _member_standing(
            own,
            scores=scores.of(position),
            alone=scores.of(number + position),
            agency_without=without.of(position),
            in_longest_window=int(closed[position] - closed[number + position]),
            next_change=changes[position],
        )
        for position in range(number)
    )
    return AgencyStanding(agency, as_of, rules, own, changes[2 * number], members)


def points_between(before: Scores, after: Scores) -> Fraction | None:
    """How many points the shown score is higher, exactly; None where either day has none."""
    return _points(before.shown.exact, after.shown.exact)


def _points(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else (after - before) * 100


def _member_standing(
    agency: Scores,
    *,
    scores: Scores,
    alone: Scores,
    agency_without: Scores,
    in_longest_window: int,
    next_change: NextChange | None,
) -> MemberStanding:
    pairs = zip(agency_without.lines, agency.lines, strict=True)
    return MemberStanding(
        scores=scores,
        alone=alone,
        agency_without=agency_without,
        contribution=tuple(_points(one.exact, other.exact) for one, other in pairs),
        contribution_shown=points_between(agency_without, agency),
        in_longest_window=in_longest_window,
        next_change=next_change,
    )


def _everybody(agency: Agency, rules: RuleSet) -> ContractTable:
    """As if they were many freelancers: each member with all contracts, then each without the
    agency's, and last the agency itself. Contracts are read once, as that takes the longest."""
    members = agency.members
    number = len(members)
    read = ContractTable.of([*(member.contracts for member in members), agency.former], rules)
    flags = [under for member in members for under in member.under_agency]
    under = np.array(flags + [True] * len(agency.former), dtype=np.bool_)
    of_member = read.freelancer < number
    rows = [np.flatnonzero(kept) for kept in (of_member, ~under, under)]
    freelancer = np.concatenate(
        [
            read.freelancer[rows[0]],
            read.freelancer[rows[1]] + number,
            np.full(len(rows[2]), 2 * number),
        ]
    )
    drawn = read.taken(np.concatenate(rows))
    return replace(drawn, freelancer=freelancer, freelancers=2 * number + 1)


def _without_each(scores: ScoreTable, number: int) -> ScoreTable:
    """The agency's scores without each member's contracts.

    Its tallies less the member's, and those are what all contracts have more than the member's own:
    so it takes no further look at any contract, however many members there are.
    """
    tallies = scores.tallies
    left: dict[str, Any] = {
        field.name: _less(column, number)
        for field in fields(tallies)
        if isinstance(column := getattr(tallies, field.name), np.ndarray)
    }
    return score_table_from(replace(tallies, **left))


def _less(counts: Counts, number: int) -> Counts:
    of_all, alone, agency = counts[:number], counts[number : 2 * number], counts[2 * number]
    left: Counts = agency - (of_all - alone)
    return left


def _next_changes(roadmaps: Roadmaps, freelancers: int) -> list[NextChange | None]:
    """The first entry of each roadmap at which the shown score changes, out of the columns: of
    all the others nothing is asked."""
    changed = np.flatnonzero(roadmaps.shown_before != roadmaps.shown_after)
    owners, first = np.unique(roadmaps.freelancer[changed], return_index=True)
    found: list[NextChange | None] = [None] * freelancers
    for owner, row in zip(owners.tolist(), changed[first].tolist(), strict=True):
        found[owner] = NextChange(
            as_date(roadmaps.day[row]),
            as_score(roadmaps.shown_before[row]),
            as_score(roadmaps.shown_after[row]),
        )
    return found
