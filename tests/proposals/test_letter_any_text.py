"""No letter and no post makes the checks fail, mark what is not there, or take long."""

from __future__ import annotations

import time
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.checks.findings import LONGEST_KEY
from profiles.matching.words import LANGUAGES, lemma_of
from proposals.check_words import words_of
from proposals.checks import (
    ALL_CHECKS,
    FIELD,
    LONGEST_READ,
    Asked,
    Requested,
    Weight,
    letter_findings,
    shared_percent,
)
from proposals.placeholders import Flaw, Problem, render
from tests.profiles.hostile import HOSTILE
from tests.proposals.letter_cases import GOOD, MUST, MUST_NOT, POST

LONGEST_SECONDS = 3  # a fraction of one on a quiet machine; quadratic, it would be minutes
PIECES = sorted(
    {
        case.letter
        for cases in (*MUST.values(), *MUST_NOT.values())
        for case in cases
        if len(case.letter) < 400
    }
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*PIECES, "\n", " ", "?", "{{", "İ", "\u200b"]), max_size=4).map(
        "".join
    ),
    st.text(alphabet="aAIx@.!?\n-+(){}[]<>_,: $%0123456789İß", max_size=300),
)
WORDS = st.one_of(st.sampled_from(["", "Maria", "Peter", "Acme Ltd", "İ", " ", "?"]), TEXTS)
POSTS = st.builds(
    Asked,
    title=WORDS,
    text=TEXTS,
    skills=st.lists(WORDS, max_size=3).map(tuple),
    questions=st.lists(TEXTS, max_size=3).map(tuple),
    requests=st.lists(st.builds(Requested, text=TEXTS, word=WORDS), max_size=3).map(tuple),
    client_name=WORDS,
    has_contract=st.booleans(),
)
ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HOSTILE_HERE = (
    *("{{", "}}", "{{ a }}", "+1 ", "a@", "a@b.", "@", "at ", "my skype is ", "1 ", "12", "$1\n"),
    *("I offer a, ", "a, ", "Dear ", "Hi A", "Maria ", "I can work ", "pay ", "? ", "Ann@a.pl "),
    *("[a", "<name", "____", "XXX ", "- a\n", "outside of upwork ", "0x", "PL60 ", "PL6", "t.me/a"),
    *("client ", "one two three four five six seven eight ", "checkout ", "slow checkout "),
)
LONG = (*HOSTILE, *((piece * LONGEST_READ)[: 2 * LONGEST_READ] for piece in HOSTILE_HERE))


@pytest.fixture(scope="module", autouse=True)
def word_lists() -> None:
    """Loads them once: the first answer of a process takes seconds, and that in a new language."""
    letter_findings(GOOD, POST)
    for language in LANGUAGES:
        lemma_of("a", language)


@given(TEXTS, POSTS, st.lists(TEXTS, max_size=3), st.lists(WORDS, max_size=3))
@ANY_TIME
def test_a_passage_is_what_stands_between_its_offsets(
    letter: str, asked: Asked, sent_before: list[str], other_clients: list[str]
) -> None:
    found = letter_findings(letter, asked, sent_before, other_clients)

    for finding in found:
        assert finding.check in ALL_CHECKS
        assert finding.field == FIELD
        assert len(finding.key) <= LONGEST_KEY
        assert words_of(finding).title
        if finding.end:
            assert 0 <= finding.start < finding.end <= len(letter)
            assert letter[finding.start : finding.end] == finding.passage
        else:
            assert (finding.start, finding.passage) == (0, "")


@given(TEXTS, POSTS)
@ANY_TIME
def test_the_weightiest_come_first(letter: str, asked: Asked) -> None:
    weights = [list(Weight).index(each.weight) for each in letter_findings(letter, asked)]

    assert weights == sorted(weights)


@given(TEXTS, st.lists(TEXTS, max_size=3))
@ANY_TIME
def test_shares_are_per_cents(letter: str, sent_before: list[str]) -> None:
    assert 0 <= shared_percent(letter, sent_before) <= 100


def test_runs_of_eight_words_count_as_shared_and_shorter_ones_do_not() -> None:
    """B1: of sixteen words eight stand in the earlier letter in the same order."""
    first = "one two three four five six seven eight"
    second = "red green blue white black brown pink grey"

    assert shared_percent(f"{first} {second}", [f"Hello! {first.upper()}, bye."]) == 50
    assert shared_percent(f"{first} {second}", [first[:-6], "four five six", second[4:]]) == 0
    assert shared_percent(f"{first} {second}", [first, second]) == 100
    assert shared_percent("", [first]) == 0


def test_only_the_last_ten_letters_are_compared() -> None:
    assert shared_percent(GOOD, ["x"] * 9 + [GOOD]) == 100
    assert shared_percent(GOOD, ["x"] * 10 + [GOOD]) == 0


def test_a_blank_letter_is_not_judged() -> None:
    assert letter_findings(" \n", replace(POST, questions=("Who?", "Why?"))) == ()


def test_a_name_without_a_value_and_one_that_is_not_known_are_told_apart() -> None:
    text = "Hi {{ client_name }}, {{ nobody }} and {{ x.y }}"
    rendered = render(text, {}, allowed=("client_name",))

    found = letter_findings(rendered.text, POST, problems=rendered.problems)

    assert [(each.check, each.passage) for each in found if each.rule == "B2"] == [
        ("placeholder-empty", "{{ client_name }}"),
        ("placeholder-unknown", "{{ nobody }}"),
        ("placeholder-broken", "{{"),
        ("placeholder-broken", "}}"),
    ]


def test_what_was_mended_by_hand_after_rendering_is_no_fault() -> None:
    problem = Problem(Flaw.EMPTY, "client_name", 1, 4)

    assert letter_findings(GOOD, POST, problems=(problem,)) == letter_findings(GOOD, POST)


def test_what_upwork_forbids_comes_before_everything_else() -> None:
    """B8, B11: the strongest warning."""
    letter = "Hi [NAME], {{ x }} pay me via PayPal, ann@studio.pl" + " more" * 1_000
    found = letter_findings(letter, POST)

    assert [each.check for each in found][:2] == ["contact-details", "payment-outside"]
    assert {each.weight for each in found[:2]} == {Weight.MUST}
    assert found[0].rule == "B11"


def test_a_contract_allows_contact_and_no_payment() -> None:
    """B11: any channel after the contract; payments stay for 24 months."""
    letter = f"{GOOD} ann@studio.pl, or pay me via PayPal"
    found = letter_findings(letter, replace(POST, has_contract=True))

    assert [each.check for each in found if each.weight is Weight.MUST] == ["payment-outside"]


def test_a_finding_goes_into_plain_values_and_sets() -> None:
    found = letter_findings("Hi [NAME], I hope you are well. ann@studio.pl", POST)

    assert len(set(found)) == len(found) > 1
    assert [asdict(each)["check"] for each in found] == [each.check for each in found]


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:12]))
def test_hostile_letters_take_no_time_that_grows_with_their_square(text: str) -> None:
    asked = replace(POST, questions=("Have you a slow checkout?",))

    start = time.process_time()
    letter_findings(text, asked, (text[1:],), ("one", "two", "Maria Client"))

    assert time.process_time() - start < LONGEST_SECONDS


@pytest.mark.parametrize("letter", ["a b c d e f g h ", f"{GOOD} ", "ann@studio.pl ", "İ{{ a }} "])
def test_a_megabyte_takes_no_half_second(letter: str) -> None:
    """What is far over Upwork's limit is measured, and read only as far as it could be sent."""
    long = letter * (1_000_000 // len(letter))

    start = time.process_time()
    found = letter_findings(long, replace(POST, text=long), [long[n:] for n in range(10)])

    assert time.process_time() - start < LONGEST_SECONDS
    assert "length-limit" in {each.check for each in found}
