"""Every finding can be said to a person: what, why it matters, what to do instead."""

from __future__ import annotations

import pytest

from profiles.check_words import words_of
from profiles.checks import ALL_CHECKS, Weight, findings_of
from tests.profiles.overviews import TODAY
from tests.profiles.test_check_cases import SETS_OFF


@pytest.mark.parametrize("check", ALL_CHECKS)
def test_every_check_has_words_with_its_figures(check: str) -> None:
    for content, record in SETS_OFF[check]:
        found = findings_of(content, record=record, as_of=TODAY, language="en")
        for finding in found:
            words = words_of(finding)
            assert words.title
            assert words.why
            assert words.suggestion
            assert "%(" not in f"{words.title}{words.why}{words.suggestion}"


def test_there_are_no_words_for_a_check_that_is_none() -> None:
    from profiles.check_words_fields import FIELD_WORDS
    from profiles.check_words_texts import TEXT_WORDS

    assert FIELD_WORDS.keys() | TEXT_WORDS.keys() == set(ALL_CHECKS)
    assert not FIELD_WORDS.keys() & TEXT_WORDS.keys()


def test_figures_stand_in_the_words() -> None:
    (content, record), *_ = SETS_OFF["balance-hours"]
    found = findings_of(content, record=record)
    hours = next(each for each in found if each.check == "balance-hours")

    assert "144" in words_of(hours).why
    assert "74" in words_of(hours).why


@pytest.mark.parametrize("check", ["video-empty", "catalogue-empty"])
def test_where_the_sources_disagree_both_views_are_said(check: str) -> None:
    """P5: [S1] only for media people, [S0] try every feature."""
    (content, _), *_ = SETS_OFF[check]
    finding = next(each for each in findings_of(content) if each.check == check)

    assert finding.weight is Weight.BOTH_WAYS
    assert "One view" in words_of(finding).why
    assert "The other" in words_of(finding).why


@pytest.mark.parametrize(
    "check",
    [
        *("title-limit", "overview-limit", "skills-limit", "rate-limit"),
        *("pasted-html", "invisible-characters", "direction-override"),
    ],
)
def test_what_upwork_does_not_take_is_a_must(check: str) -> None:
    (content, _), *_ = SETS_OFF[check]
    found = [each for each in findings_of(content, language="en") if each.check == check]

    assert {each.weight for each in found} == {Weight.MUST}
