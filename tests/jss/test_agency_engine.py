"""An agency beside its members (J14): against the engine's scores of each list, written out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    Agency,
    AgencyChange,
    ClosedContract,
    Member,
    Newcomer,
    RuleSet,
    Scores,
    agency_standing_of,
    change_apply,
    counterfactual_of,
    roadmap_of,
    scores_of,
)
from tests.jss.cases import AS_OF
from tests.jss.strategies import practices

TWO_WINDOWS = replace(CLASSIC, name="two windows", window_months=(3, 18), tolerated_at_least=0)
RULES = st.sampled_from([CLASSIC, TWO_WINDOWS])


@st.composite
def agencies(draw: st.DrawFn, fewest: int = 0) -> tuple[Agency, date]:
    """Up to four members, some of whose contracts are the agency's, and former members' ones."""
    contracts, as_of = draw(practices(most=24))
    contracts = [replace(one, key=f"key {place}") for place, one in enumerate(contracts)]
    number = draw(st.integers(fewest, 4))
    owners = [draw(st.integers(0, number)) for _ in contracts]
    members = []
    for position in range(number):
        own = [one for one, owner in zip(contracts, owners, strict=True) if owner == position]
        flags = [draw(st.booleans()) for _ in own]
        members.append(Member(tuple(own), tuple(flags)))
    former = [one for one, owner in zip(contracts, owners, strict=True) if owner == number]
    return Agency(tuple(members), tuple(former)), as_of


def closed(rating: str | None, days_ago: int = 10, key: str = "") -> ClosedContract:
    stars = None if rating is None else Decimal(rating)
    return ClosedContract(key, AS_OF - timedelta(days=days_ago), stars, key=key)


def worked_example() -> Agency:
    """Ann: two good under the agency and a bad one of her own. Ben: a bad one under it."""
    ann = Member(
        (closed("5", key="a"), closed("5", key="b"), closed("1", key="c")), (True, True, False)
    )
    ben = Member((closed("1", key="d"), closed("5", key="e")), (True, False))
    return Agency((ann, ben))


def next_change(rows: tuple[ClosedContract, ...], as_of: date, rules: RuleSet) -> object:
    for entry in roadmap_of(rows, as_of, rules=rules):
        if entry.shown_before != entry.shown_after:
            return entry.date, entry.shown_before, entry.shown_after
    return None


def points(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else 100 * after - 100 * before


def test_j14_the_worked_example() -> None:
    standing = agency_standing_of(worked_example(), AS_OF)
    ann, ben = standing.members
    assert standing.scores.shown.exact == Fraction(1, 3)  # (2 - 1) / 3
    assert (ann.scores.shown.exact, ann.alone.shown.exact) == (Fraction(1, 3), Fraction(0))
    assert (ben.scores.shown.exact, ben.alone.shown.exact) == (Fraction(0), Fraction(1))
    assert ann.contribution_shown == Fraction(100, 3)  # without her it is 0 of 1
    assert ben.contribution_shown == Fraction(100, 3) - 100  # without him it is 2 of 2
    assert ben.contribution == (ben.contribution_shown,) * 3
    assert (ann.in_longest_window, ben.in_longest_window) == (2, 1)


def test_an_agency_of_nobody_has_no_score() -> None:
    standing = agency_standing_of(Agency(()), AS_OF)
    assert standing.scores.shown.exact is None
    assert (standing.members, standing.next_change) == ((), None)


def test_whose_contracts_are_all_there_is_contributes_no_number() -> None:
    alone = agency_standing_of(Agency((Member((closed("5"),), (True,)),)), AS_OF).members[0]
    assert (alone.contribution_shown, alone.contribution) == (None, (None, None, None))
    assert alone.alone.shown.exact is None


@given(agencies(), RULES)
@settings(max_examples=80, deadline=None)
def test_j14_every_score_is_that_of_its_contracts(
    made: tuple[Agency, date], rules: RuleSet
) -> None:
    agency, as_of = made
    standing = agency_standing_of(agency, as_of, rules=rules)
    union = tuple(row for each in agency.members for row in each.for_agency) + agency.former
    assert standing.scores == scores_of(union, as_of, rules=rules)
    told = standing.next_change
    assert next_change(union, as_of, rules) == (told and (told.date, told.before, told.after))
    for member, one in zip(agency.members, standing.members, strict=True):
        assert one.scores == scores_of(member.contracts, as_of, rules=rules)
        assert one.alone == scores_of(member.alone, as_of, rules=rules)
        told = one.next_change
        expected = next_change(member.contracts, as_of, rules)
        assert expected == (told and (told.date, told.before, told.after))
        under = scores_of(member.for_agency, as_of, rules=rules)
        assert one.in_longest_window == under.windows[-1].closed


@given(agencies(fewest=1), RULES)
@settings(max_examples=80, deadline=None)
def test_j14_a_contribution_is_what_leaving_one_out_takes(
    made: tuple[Agency, date], rules: RuleSet
) -> None:
    agency, as_of = made
    standing = agency_standing_of(agency, as_of, rules=rules)
    for position, one in enumerate(standing.members):
        others = agency.members[:position] + agency.members[position + 1 :]
        left = scores_of(Agency(others, agency.former).contracts, as_of, rules=rules)
        assert one.agency_without == left
        assert one.contribution_shown == points(left.shown.exact, standing.scores.shown.exact)
        assert one.contribution == tuple(
            points(before.exact, after.exact)
            for before, after in zip(left.windows, standing.scores.windows, strict=True)
        )


@given(agencies(fewest=1), st.data())
@settings(max_examples=60, deadline=None)
def test_moving_contracts_there_and_back_changes_nothing(
    made: tuple[Agency, date], data: st.DataObject
) -> None:
    agency, as_of = made
    keys = [row.key for member in agency.members for row in member.contracts]
    moves = frozenset(data.draw(st.sets(st.sampled_from(keys)))) if keys else frozenset()
    there = AgencyChange(moves=moves)
    once = change_apply(agency, there, as_of)
    assert change_apply(once, there, as_of) == agency
    before = agency_standing_of(agency, as_of)
    moved = counterfactual_of(before, there)
    assert counterfactual_of(moved.after, there).after == before
    for position, member in enumerate(moved.after.members):
        assert member.scores == before.members[position].scores  # whose it is for is all


@given(agencies(fewest=1), RULES)
@settings(max_examples=60, deadline=None)
def test_who_leaves_takes_the_contracts_or_leaves_them(
    made: tuple[Agency, date], rules: RuleSet
) -> None:
    agency, as_of = made
    before = agency_standing_of(agency, as_of, rules=rules)
    gone = counterfactual_of(before, AgencyChange(leaves=0)).after
    stay = counterfactual_of(before, AgencyChange(leaves=0, agency_keeps=True)).after
    assert gone.scores == before.members[0].agency_without
    assert gone.members[0].alone == before.members[0].scores
    assert stay.scores == before.scores
    assert stay.members[0].scores == before.members[0].alone
    for then, now in zip(before.members[1:], gone.members[1:], strict=True):
        # The others keep their own; only what they contribute hangs on the agency's contracts.
        assert (then.scores, then.alone) == (now.scores, now.alone)


@given(agencies(), st.builds(Newcomer, **dict.fromkeys(
    ("own_good", "own_bad", "good", "bad", "silent"), st.integers(0, 4)
)))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_somebody_new_brings_the_agency_only_what_is_done_under_it(
    made: tuple[Agency, date], newcomer: Newcomer
) -> None:
    agency, as_of = made
    before = agency_standing_of(agency, as_of)
    told = counterfactual_of(before, AgencyChange(joins=newcomer))
    own: list[tuple[int, str | None]] = [(newcomer.own_good, "5"), (newcomer.own_bad, "1")]
    done: list[tuple[int, str | None]] = [
        (newcomer.good, "5"),
        (newcomer.bad, "1"),
        (newcomer.silent, None),
    ]
    assert told.before.scores == before.scores
    assert told.after.scores == _with(agency.contracts, done, as_of)
    assert told.before.members[-1].scores == _with((), own, as_of)
    assert told.after.members[-1].scores == _with((), own + done, as_of)
    assert told.after.members[-1].alone == told.before.members[-1].scores
    assert len(told.before.members) == len(told.after.members) == len(agency.members) + 1


def _with(
    rows: tuple[ClosedContract, ...], more: list[tuple[int, str | None]], as_of: date
) -> Scores:
    added = [
        ClosedContract("", as_of, None if rating is None else Decimal(rating))
        for number, rating in more
        for _ in range(number)
    ]
    return scores_of((*rows, *added), as_of)


def test_all_at_once_contracts_move_before_somebody_leaves() -> None:
    """Ann's bad one becomes the agency's and stays there; somebody good joins."""
    change = AgencyChange(
        moves=frozenset("c"), leaves=0, agency_keeps=True, joins=Newcomer(good=1, own_bad=1)
    )
    told = counterfactual_of(agency_standing_of(worked_example(), AS_OF), change)
    assert told.after.scores.shown.exact == Fraction(1, 5)  # a, b, new; c, d
    assert told.after.members[0].scores.shown.exact is None
    assert told.after.members[2].scores.shown.exact == Fraction(0)


def test_what_cannot_be_supposed_is_refused() -> None:
    agency = worked_example()
    with pytest.raises(ValueError, match="no contract x"):
        change_apply(agency, AgencyChange(moves=frozenset("ax")), AS_OF)
    for position in (-1, 2):
        with pytest.raises(ValueError, match="no member"):
            change_apply(agency, AgencyChange(leaves=position), AS_OF)
    with pytest.raises(ValueError, match="at least 0"):
        Newcomer(silent=-1)
    with pytest.raises(ValueError, match="known whether"):
        Member((closed("5"),), ())
