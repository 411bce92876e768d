"""What an agency's and its members' scores would be if somebody joined or left, or contracts moved
from one to the other (J14).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jss.engine.agency import Agency, AgencyStanding, Member, agency_standing_of
from jss.engine.contracts import ClosedContract

GOOD, BAD = Decimal(5), Decimal(1)
"""The public ratings of the contracts that somebody new is supposed to bring (J2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who joins: contracts of his or her own, which do not count for the agency, and
    some that are then done under it; all of them closed on the as-of date (as in J8).

    Raises ValueError for negative numbers.
    """

    own_good: int = 0
    own_bad: int = 0
    good: int = 0
    bad: int = 0
    silent: int = 0
    """Without feedback."""

    def __post_init__(self) -> None:
        if min(self.own_good, self.own_bad, self.good, self.bad, self.silent) < 0:
            raise ValueError("Numbers of contracts are at least 0.")

    def own(self, as_of: date) -> tuple[ClosedContract, ...]:
        """What he or she comes with."""
        return _closed_on(as_of, ((self.own_good, GOOD), (self.own_bad, BAD)))

    def joined(self, as_of: date) -> Member:
        """As a member."""
        own = self.own(as_of)
        done = _closed_on(as_of, ((self.good, GOOD), (self.bad, BAD), (self.silent, None)))
        return Member((*own, *done), (False,) * len(own) + (True,) * len(done))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChange:
    """What is supposed to be different in the agency: contracts move first, then somebody leaves,
    then somebody joins."""

    moves: frozenset[str] = frozenset()
    """Keys of contracts: the agency's become their member's own, and the other way round."""
    leaves: int | None = None
    """The position of the member who leaves."""
    agency_keeps: bool = False
    """Whose the contracts under the agency are when somebody leaves. What Upwork does is not
    published, so by convention they are wholly the one's or the other's: the agency's (and the
    member's score loses them), or the member's (and the agency's score loses them)."""
    joins: Newcomer | None = None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Everybody as it is and as it would be, by the same positions. Whoever joins is the last in
    both: in the first with his or her own contracts only."""

    before: AgencyStanding
    after: AgencyStanding


def change_apply(agency: Agency, change: AgencyChange, as_of: date) -> Agency:
    """The agency as it would be. Members keep their positions; whoever joins is the last.

    Raises ValueError where no contract has one of the keys, or nobody has the position.
    """
    members = [_moved(member, change.moves) for member in agency.members]
    if unknown := change.moves - {row.key for each in members for row in each.contracts}:
        raise ValueError(f"There is no contract {', '.join(sorted(unknown))}.")
    former = agency.former
    if change.leaves is not None:
        if not 0 <= change.leaves < len(members):
            raise ValueError(f"There is no member number {change.leaves}.")
        leaving = members[change.leaves]
        left_with = leaving.alone if change.agency_keeps else leaving.contracts
        members[change.leaves] = Member.alone_with(left_with)
        former += leaving.for_agency if change.agency_keeps else ()
    if change.joins:
        members.append(change.joins.joined(as_of))
    return Agency(tuple(members), former)


def counterfactual_of(before: AgencyStanding, change: AgencyChange) -> Counterfactual:
    """Both the agency's and the members' scores with and without the change (J14).

    Raises ValueError as `change_apply` does.
    """
    agency, as_of, rules = before.agency, before.as_of, before.rules
    changed = change_apply(agency, change, as_of)
    if change.joins:
        newcomer = Member.alone_with(change.joins.own(as_of))
        beside = Agency((*agency.members, newcomer), agency.former)
        before = agency_standing_of(beside, as_of, rules=rules)
    return Counterfactual(before, agency_standing_of(changed, as_of, rules=rules))


def _moved(member: Member, keys: frozenset[str]) -> Member:
    """With these contracts on the other side, if they are this member's."""
    if not keys:
        return member
    pairs = zip(member.contracts, member.under_agency, strict=True)
    return replace(member, under_agency=tuple(under != (row.key in keys) for row, under in pairs))


def _closed_on(
    day: date, kinds: Sequence[tuple[int, Decimal | None]]
) -> tuple[ClosedContract, ...]:
    return tuple(ClosedContract("", day, rating) for number, rating in kinds for _ in range(number))
