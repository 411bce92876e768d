"""Every check with what must and what must not set it off (P1, P3–P6, P9, P11)."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from profiles.checks import ALL_CHECKS, findings_of
from tests.profiles.check_cases import MUST, MUST_NOT
from tests.profiles.check_field_cases import FIELDS_MUST, FIELDS_MUST_NOT, Case
from tests.profiles.overviews import TODAY, complete

FEWEST = 2


def _written(texts: dict[str, list[str]]) -> dict[str, list[Case]]:
    return {
        check: [(complete(overview=text), None) for text in given] for check, given in texts.items()
    }


SETS_OFF = _written(MUST) | FIELDS_MUST
LEAVES_ALONE = _written(MUST_NOT) | FIELDS_MUST_NOT


def _each(cases: dict[str, list[Case]]) -> list[ParameterSet]:
    return [
        pytest.param(check, case, id=f"{check}-{number}")
        for check, given in cases.items()
        for number, case in enumerate(given)
    ]


def _checks_found(case: Case) -> set[str]:
    content, record = case
    return {each.check for each in findings_of(content, record=record, as_of=TODAY, language="en")}


@pytest.mark.parametrize("check", ALL_CHECKS)
def test_every_check_has_cases_on_both_sides(check: str) -> None:
    assert len(SETS_OFF[check]) >= FEWEST
    assert len(LEAVES_ALONE[check]) >= FEWEST


def test_no_case_is_for_a_check_that_is_none() -> None:
    assert SETS_OFF.keys() | LEAVES_ALONE.keys() == set(ALL_CHECKS)


@pytest.mark.parametrize(("check", "case"), _each(SETS_OFF))
def test_a_fault_is_found(check: str, case: Case) -> None:
    assert check in _checks_found(case)


@pytest.mark.parametrize(("check", "case"), _each(LEAVES_ALONE))
def test_what_is_no_fault_is_left_alone(check: str, case: Case) -> None:
    assert check not in _checks_found(case)
