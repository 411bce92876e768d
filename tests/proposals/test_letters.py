"""Good letters raise no alarm, faulty ones exactly theirs (issue 6, point 3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from profiles.checks.language import language_of
from proposals.checks import Finding, Weight, letter_findings
from tests.proposals.letters import Written, letters_in

GOOD = letters_in("good")
FAULTY = letters_in("faulty")


def _name(written: Written) -> str:
    return written.name


def _found(written: Written) -> list[Finding]:
    sent_before = [other.letter for other in GOOD if other.name != written.name]
    return list(letter_findings(written.letter, written.asked, sent_before, written.other_clients))


def test_there_are_eight_of_each_in_as_many_trades() -> None:
    assert len({written.asked.title for written in GOOD}) >= 8
    assert len({written.asked.title for written in FAULTY}) >= 8
    assert all(written.faults for written in FAULTY)


@pytest.mark.parametrize("written", GOOD, ids=_name)
def test_a_good_letter_raises_no_alarm(written: Written) -> None:
    alarms = [each for each in _found(written) if each.weight is not Weight.NOTE]

    assert alarms == []


@pytest.mark.parametrize("written", FAULTY, ids=_name)
def test_every_planted_fault_is_found_and_nothing_else(written: Written) -> None:
    found = sorted((each.check, each.passage) for each in _found(written))
    planted = sorted(written.faults)

    assert [check for check, _ in found] == [check for check, _ in planted]
    for (_, passage), (_, begins) in zip(found, planted, strict=True):
        assert passage.startswith(begins)


ENGLISH = [written for written in GOOD if language_of(written.letter) == "en"]


def test_letters_in_other_languages_are_among_the_good_ones() -> None:
    assert {language_of(written.letter) for written in GOOD} == {"en", "de", "uk"}


@pytest.mark.parametrize("written", ENGLISH, ids=_name)
def test_a_good_letter_sent_again_for_another_post_is_generic(written: Written) -> None:
    """B1: what was personal once is not for the next client."""
    other = replace(written, asked=replace(FAULTY[0].asked, client_name=""))
    found = letter_findings(other.letter, other.asked, (written.letter,))

    generic = [each for each in found if each.check == "generic-and-shared"]
    assert [each.facts["shared"] for each in generic] == [100]


@pytest.mark.parametrize("written", GOOD, ids=_name)
def test_an_address_in_a_good_letter_is_found_until_there_is_a_contract(written: Written) -> None:
    letter = f"{written.letter}\nWrite to me: maker@studio.pl"
    before = letter_findings(letter, written.asked)
    after = letter_findings(letter, replace(written.asked, has_contract=True))

    assert before[0].check == "contact-details"
    assert before[0].weight is Weight.MUST
    assert "contact-details" not in {each.check for each in after}
