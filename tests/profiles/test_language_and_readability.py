"""The language of a text, and how hard an English one is."""

from __future__ import annotations

import pytest

from profiles.checks.language import is_english, language_of
from profiles.checks.readability import readability_of
from tests.profiles.overviews import overviews_in

EASY = "I keep the books of small shops. You send me the list. I read it and call you. " * 3


@pytest.mark.parametrize("written", overviews_in("good"), ids=lambda written: written.name)
def test_a_good_overview_is_english_and_reads_easily(written: object) -> None:
    overview = written.content.overview  # type: ignore[attr-defined]
    found = readability_of(overview)

    assert language_of(overview) == "en"
    assert found is not None
    assert 3 < found.grade < 10
    assert found.words > 150
    assert found.sentences > 10


@pytest.mark.parametrize("text", ["", "  ", "Hi", "12345 67890 " * 20, "Привіт", "🚀" * 90])
def test_too_little_to_say_has_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_short_text_in_latin_letters_is_read_as_english() -> None:
    assert is_english("React developer")
    assert not is_english("Бухгалтер")
    assert not is_english("Whatever it says", "es")
    assert is_english("Whatever it says", "en-GB")


def test_a_text_in_another_language_or_a_short_one_has_no_grade() -> None:
    (russian, *_) = overviews_in("other")

    assert readability_of(russian.content.overview) is None
    assert readability_of("I keep books.") is None


def test_longer_words_and_sentences_give_a_higher_grade() -> None:
    easy = readability_of(EASY)
    hard = readability_of(EASY.replace(". ", ", whereas organisational considerations "))

    assert easy is not None
    assert hard is not None
    assert hard.grade > easy.grade
    assert hard.ease < easy.ease


def test_bullets_without_full_stops_are_sentences_of_their_own() -> None:
    listed = readability_of("\n".join(["- a box of receipts from one shop"] * 8))

    assert listed is not None
    assert listed.sentences == 8
