"""Every check of a letter with what must and what must not set it off (B1–B4, B8–B11, P2)."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from proposals.checks import ALL_CHECKS, letter_findings
from tests.proposals.letter_cases import MUST, MUST_NOT, Case

FEWEST = 3
BY_PROBLEM = {"placeholder-unknown"}
"""Known from rendering alone; it has tests of its own."""


def _each(cases: dict[str, list[Case]]) -> list[ParameterSet]:
    return [
        pytest.param(check, case, id=f"{check}-{number}")
        for check, given in cases.items()
        for number, case in enumerate(given)
    ]


def _checks_found(case: Case) -> set[str]:
    found = letter_findings(case.letter, case.asked, case.sent_before, case.other_clients)
    return {each.check for each in found}


@pytest.mark.parametrize("check", sorted(set(ALL_CHECKS) - BY_PROBLEM))
def test_every_check_has_cases_on_both_sides(check: str) -> None:
    assert len(MUST[check]) >= FEWEST
    assert len(MUST_NOT[check]) >= FEWEST


def test_no_case_is_for_a_check_that_is_none() -> None:
    assert MUST.keys() == MUST_NOT.keys() == set(ALL_CHECKS) - BY_PROBLEM


@pytest.mark.parametrize(("check", "case"), _each(MUST))
def test_a_fault_is_found(check: str, case: Case) -> None:
    assert check in _checks_found(case)


@pytest.mark.parametrize(("check", "case"), _each(MUST_NOT))
def test_what_is_no_fault_is_left_alone(check: str, case: Case) -> None:
    assert check not in _checks_found(case)
