"""The comparison of two versions: exact to the character, readable, and quick on anything."""

import datetime as dt
import random
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles import content  # pytest would take Testimonial for a test
from profiles.content import (
    Availability,
    Content,
    Education,
    Language,
    Level,
    PortfolioItem,
)
from profiles.text_diff import Change, Piece, contents_compared, words_compared

WORDY = st.lists(
    st.sampled_from(
        ["shop", "Django", "and", "don't", ".", ",", " ", "  ", "\n", "\n\n", "é", "的"]
    ),
    max_size=40,
).map("".join)
TEXTS = st.one_of(st.text(max_size=200), WORDY)


def joined(pieces: tuple[Piece, ...], *changes: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change in changes)


def marked(before: str, after: str) -> str:
    """`[-removed-]` and `{+added+}`, for reading."""
    signs = {
        Change.SAME: "{}",
        Change.REMOVED: "[-{}-]",
        Change.ADDED: "{{+{}+}}",
    }
    return "".join(
        signs[piece.change].format(piece.text) for piece in words_compared(before, after)
    )


# ── Exact ────────────────────────────────────────────────────────────────────────────────────────


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    pieces = words_compared(before, after)

    assert joined(pieces, Change.SAME, Change.REMOVED) == before
    assert joined(pieces, Change.SAME, Change.ADDED) == after


@given(before=TEXTS, after=TEXTS)
def test_no_piece_is_empty_and_no_neighbours_are_alike(before: str, after: str) -> None:
    pieces = words_compared(before, after)

    assert all(piece.text for piece in pieces)
    assert all(one.change != other.change for one, other in pairwise(pieces))


@given(text=TEXTS)
def test_a_text_is_no_different_from_itself(text: str) -> None:
    assert joined(words_compared(text, text), Change.ADDED, Change.REMOVED) == ""


@given(before=TEXTS, after=TEXTS)
def test_what_was_removed_stands_before_what_was_added(before: str, after: str) -> None:
    changes = [piece.change for piece in words_compared(before, after)]

    assert (Change.ADDED, Change.REMOVED) not in list(pairwise(changes))


# ── Readable ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "New", "{+New+}"),
        ("Old", "", "[-Old-]"),
        ("I build shops.", "I build calm shops.", "I build {+calm +}shops."),
        ("I build calm shops.", "I build shops.", "I build [-calm -]shops."),
        ("4 years in Berlin", "5 years in Berlin", "[-4-]{+5+} years in Berlin"),
        ("Rated 4.9 of 5", "Rated 5.0 of 5", "Rated [-4.9-]{+5.0+} of 5"),
        ("I don't guess", "I do guess", "I [-don't-]{+do+} guess"),
        ("one\ntwo", "one two", "one[-\n-]{+ +}two"),
        ("x y", "x a b y", "x {+a b +}y"),
        ("मैं हिंदी लिखता हूँ", "मैं हिंदी पढ़ता हूँ", "मैं हिंदी [-लिखता-]{+पढ़ता+} हूँ"),
        ("我做网站", "我做商店", "我做[-网站-]{+商店+}"),
        ("Пишу тексти", "Пишу листи", "Пишу [-тексти-]{+листи+}"),
    ],
)
def test_whole_words_are_marked(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_spaces_between_changed_words_are_no_pieces_of_their_own() -> None:
    assert marked("red, green and blue", "warm, calm and blue") == (
        "[-red, green-]{+warm, calm+} and blue"
    )


def test_words_in_common_by_chance_do_not_break_up_a_rewritten_sentence() -> None:
    before = "My team designs the packaging of organic food and the labels for it"
    after = "Every Tuesday the newsletter brings growers and bakers together"

    assert marked(before, after) == f"[-{before}-]{{+{after}+}}"


def test_a_paragraph_that_was_added_leaves_the_others_alone() -> None:
    before = "I build shops.\n\nTell me about yours."
    after = "I build shops.\n\nI also move old ones.\n\nTell me about yours."

    assert marked(before, after) == (
        "I build shops.\n\n{+I also move old ones.\n\n+}Tell me about yours."
    )


def test_rewritten_paragraphs_are_compared_one_by_one() -> None:
    before = "Slow pages lose buyers.\n\nSearch finds nothing."
    after = "Quick checkouts win trust.\n\nFilters hide half."

    assert marked(before, after) == (
        "[-Slow pages lose buyers-]{+Quick checkouts win trust+}.\n\n"
        "[-Search finds nothing-]{+Filters hide half+}."
    )


# ── Quick ────────────────────────────────────────────────────────────────────────────────────────


def hostile() -> Iterator[tuple[str, str, str]]:
    """Pairs of 20,000 characters and more, each with its name."""
    chance = random.Random(5)

    def mixed(letters: str, length: int = 20_000) -> str:
        return "".join(chance.choices(letters, k=length))

    yield "one letter", "a " * 10_000, "a " * 9_999 + "b"
    yield "in turns", "a " * 10_000, "b a " * 5_000
    yield "few words", mixed("ab "), mixed("ba ")
    yield "signs", mixed("!?., "), mixed(",.?! ")
    yield "lines", mixed("a\n"), mixed("b\n")
    yield "empty lines", "\n" * 20_000, "a\n" * 10_000
    yield "one word", "a" * 20_000, "a" * 19_999 + "b"
    yield "apostrophes", "'a" * 10_000, "a'" * 10_000
    yield "nothing alike", mixed("abc "), mixed("xyz\t")
    yield "far too long", mixed("ab ,", 100_000), mixed("ba ,", 100_000)


@pytest.mark.parametrize(
    ("before", "after"), [pytest.param(one, two, id=name) for name, one, two in hostile()]
)
def test_hostile_texts_take_no_time_that_grows_with_their_square(before: str, after: str) -> None:
    began = time.process_time()
    pieces = words_compared(before, after)
    took = time.process_time() - began

    assert joined(pieces, Change.SAME, Change.REMOVED) == before
    assert joined(pieces, Change.SAME, Change.ADDED) == after
    assert took < 3  # a fraction of a second; quadratic, it would be minutes


# ── Whole profiles ───────────────────────────────────────────────────────────────────────────────


def test_the_same_content_has_no_differences() -> None:
    baker = Content(title="Baker", rate=Decimal(40), skills=("Bread",))

    assert contents_compared(baker, baker) == ()


def test_fields_that_differ_come_in_the_order_of_the_page() -> None:
    before = Content(overview="I bake.", skills=("Bread",), title="Baker")
    after = Content(skills=("Bread", "Rye"), title="Head baker", overview="I bake.")

    found = contents_compared(before, after)

    assert [each.field for each in found] == ["title", "skills"]
    assert found[0].pieces == words_compared("Baker", "Head baker")


def test_skills_stand_one_on_a_line() -> None:
    (found,) = contents_compared(
        Content(skills=("Bread", "Rye")), Content(skills=("Bread", "Sourdough rye", "Rye"))
    )

    assert (found.before, found.after) == ("Bread\nRye", "Bread\nSourdough rye\nRye")
    assert joined(found.pieces, Change.ADDED).strip() == "Sourdough rye"
    assert joined(found.pieces, Change.REMOVED) == ""


def test_rate_and_date_are_compared_as_text() -> None:
    found = contents_compared(
        Content(rate=Decimal(40)),
        Content(rate=Decimal("45.5"), available_on=dt.date(2026, 12, 1)),
    )

    assert [(each.field, each.before, each.after) for each in found] == [
        ("rate", "40.00", "45.50"),
        ("available_on", "", "2026-12-01"),
    ]


def test_a_rate_written_with_more_zeros_is_the_same_rate() -> None:
    assert contents_compared(Content(rate=Decimal(40)), Content(rate=Decimal("40.00"))) == ()


def test_entries_are_paragraphs_with_their_long_words_below() -> None:
    (found,) = contents_compared(
        Content(),
        Content(
            portfolio=(
                PortfolioItem("Oak Bakery", "A shop for bread.", "https://example.com"),
                PortfolioItem("Rye & Co"),
            )
        ),
    )

    assert found.after == "Oak Bakery · https://example.com\nA shop for bread.\n\nRye & Co"


def test_every_kind_of_entry_can_be_compared() -> None:
    after = Content(
        education=(Education("Kyiv School", "BA", "2014", "Evening classes"),),
        testimonials=(content.Testimonial("Kind and quick.", "Olha"),),
    )

    assert [each.after for each in contents_compared(Content(), after)] == [
        "Kyiv School · BA · 2014\nEvening classes",
        "Olha\nKind and quick.",
    ]


def test_codes_are_shown_by_their_labels_where_there_are_any() -> None:
    before = Content(availability=Availability.AS_NEEDED)
    after = Content(
        availability=Availability.MORE_THAN_30, languages=(Language("Polish", Level.FLUENT),)
    )
    labels = {"more_than_30": "More than 30 hours a week", "fluent": "Fluent"}

    found = contents_compared(before, after, labels=labels)

    assert [(each.before, each.after) for each in found] == [
        ("as_needed", "More than 30 hours a week"),
        ("", "Polish · Fluent"),
    ]
