"""Every finding about a letter can be said to a person: what, why it matters, what to do."""

from __future__ import annotations

import pytest

from proposals.check_words import LETTER_WORDS, words_of
from proposals.checks import ALL_CHECKS, Finding, letter_findings
from proposals.placeholders import render
from tests.proposals.letter_cases import GOOD, MUST, POST


def _findings_of(check: str) -> list[Finding]:
    if check == "placeholder-unknown":
        rendered = render("Hi {{ nobody }},", {}, allowed=())
        return list(letter_findings(rendered.text, POST, problems=rendered.problems))
    return [
        finding
        for case in MUST[check]
        for finding in letter_findings(
            case.letter, case.asked, case.sent_before, case.other_clients
        )
    ]


@pytest.mark.parametrize("check", ALL_CHECKS)
def test_every_check_has_words_with_its_figures(check: str) -> None:
    found = _findings_of(check)

    assert check in {finding.check for finding in found}
    for finding in found:
        words = words_of(finding)
        said = f"{words.title}{words.why}{words.suggestion}"
        assert words.title
        assert words.why
        assert words.suggestion
        assert "%(" not in said
        assert "%%" not in said


def test_there_are_no_words_for_a_check_that_is_none() -> None:
    assert LETTER_WORDS.keys() == set(ALL_CHECKS)


def test_a_generic_letter_is_told_how_much_of_it_was_sent_before() -> None:
    (finding,) = (
        each for each in letter_findings(GOOD, POST, (GOOD,)) if each.check == "generic-and-shared"
    )

    assert words_of(finding).why.startswith("100 %")


def test_an_unanswered_question_is_quoted() -> None:
    finding = next(
        each for each in _findings_of("question-unanswered") if each.check == "question-unanswered"
    )

    assert "Have you worked with Klaviyo?" in words_of(finding).why


def test_a_per_cent_sign_in_the_letter_or_the_post_breaks_no_sentence() -> None:
    letter = f"{GOOD} %s%(x)s%%@ann: write to 100%ann@studio.pl {{{{ a }}}}"

    for finding in letter_findings(letter, POST):
        assert words_of(finding).title
