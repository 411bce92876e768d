"""J2: what a closed contract is to the score, and what each rule set is made of."""

import dataclasses
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from jss.engine import CLASSIC, ClosedContract, ContractTable, Outcome
from tests.jss.cases import AS_OF


@pytest.mark.parametrize(
    ("rating", "outcome"),
    [
        ("5.00", Outcome.POSITIVE),
        ("4.00", Outcome.POSITIVE),
        ("3.99", Outcome.NEGATIVE),
        ("1.00", Outcome.NEGATIVE),
    ],
)
def test_j2_four_stars_divide_positive_from_negative(rating: str, outcome: Outcome) -> None:
    assert ClosedContract("", AS_OF, Decimal(rating)).outcome() is outcome


def test_j2_no_rating_is_no_feedback() -> None:
    assert ClosedContract("", AS_OF).outcome() is Outcome.NO_FEEDBACK


@pytest.mark.parametrize("rating", [None, Decimal(5), Decimal(1)])
@pytest.mark.parametrize("flagged", [True, False])
def test_j2_a_flagged_client_or_removed_feedback_never_counts(
    rating: Decimal | None, flagged: bool
) -> None:
    contract = ClosedContract(
        "a", date(2026, 1, 1), rating, client_flagged=flagged, feedback_removed=not flagged
    )
    assert contract.outcome() is Outcome.NEVER_COUNTED


def test_the_classic_rules_are_those_of_the_rule_book() -> None:
    assert (
        CLASSIC.name,
        CLASSIC.window_months,
        CLASSIC.positive_from,
        CLASSIC.tolerated_at_least,
        CLASSIC.tolerated_share,
        CLASSIC.score_possible_from,
        CLASSIC.score_published_from,
        CLASSIC.top_rated_from,
        CLASSIC.considered_from,
        CLASSIC.recalculated_every_days,
    ) == ("classic", (6, 12, 24), Decimal(4), 2, Fraction(1, 5), 5, 8, 90, 80, 14)


@pytest.mark.parametrize(
    "change",
    [
        {"window_months": ()},
        {"window_months": (0, 6)},
        {"window_months": (12, 6)},
        {"window_months": (6, 6)},
        {"tolerated_share": Fraction(6, 5)},
        {"tolerated_share": Fraction(-1, 5)},
        {"tolerated_at_least": -1},
        {"score_possible_from": 9},
        {"score_possible_from": 0},
        {"considered_from": 91},
        {"top_rated_from": 101},
        {"recalculated_every_days": 0},
    ],
)
def test_a_rule_set_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        dataclasses.replace(CLASSIC, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_a_rule_set_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CLASSIC.tolerated_at_least = 3  # type: ignore[misc]  # wrong on purpose


def test_a_table_numbers_its_freelancers_and_keeps_those_without_contracts() -> None:
    one = ClosedContract("a", date(2026, 1, 1), Decimal(5))
    table = ContractTable.of([[one], [], [one, one]])
    assert table.freelancer.tolist() == [0, 2, 2]
    assert table.freelancers == 3


def test_a_table_with_columns_of_different_lengths_is_refused() -> None:
    table = ContractTable.of([[ClosedContract("a", None), ClosedContract("b", None)]])
    with pytest.raises(ValueError, match="equally long"):
        dataclasses.replace(table, outcome=table.outcome[:1])


@pytest.mark.parametrize("freelancers", [0, 1])
def test_a_table_that_names_a_missing_freelancer_is_refused(freelancers: int) -> None:
    table = ContractTable.of([[], [ClosedContract("a", None)]])
    with pytest.raises(ValueError, match="numbered"):
        dataclasses.replace(table, freelancers=freelancers)
