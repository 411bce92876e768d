"""What may be typed or pasted into the grid, and what it means."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.grid_cells import (
    Column,
    block_in,
    closed_on_in,
    edits_of_block,
    ended_by_in,
    rating_in,
    under_agency_in,
    value_in,
)
from contracts.importing.problems import CellNotUnderstood

TODAY = dt.date(2026, 10, 2)


@pytest.mark.parametrize(
    "text",
    ["2026-10-02", "Oct 2, 2026", "2 Oct 2026", "02.10.2026", " 2026-10-02 ", "today", "Today"],
)
def test_a_day_is_written_in_many_ways(text: str) -> None:
    assert closed_on_in(text, today=TODAY) == TODAY


def test_yesterday_is_the_day_before() -> None:
    assert closed_on_in("yesterday", today=TODAY) == dt.date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "  ", "-", "none", "open"])
def test_no_day_is_a_contract_that_is_open(text: str) -> None:
    assert closed_on_in(text, today=TODAY) is None


@pytest.mark.parametrize("text", ["31/02/2025", "03/04/2025", "soon", "2025"])
def test_what_is_no_day_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match=f"“{text}”"):
        closed_on_in(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5", "5.00"),
        ("4.85", "4.85"),
        ("4,85", "4.85"),
        ("4.5/5", "4.50"),
        ("4.5 of 5", "4.50"),
        ("5.", "5.00"),
        ("1.000", "1.00"),
        (" 3 ", "3.00"),
    ],
)
def test_a_rating_is_written_in_many_ways(text: str, rating: str) -> None:
    assert str(rating_in(text)) == rating


@pytest.mark.parametrize("text", ["", "-", "–", "none", "No feedback", "n/a"])
def test_j3_no_feedback_is_an_answer(text: str) -> None:
    assert rating_in(text) is None


@pytest.mark.parametrize("text", ["0.99", "5.01", "6", "48", "4.855", "five", "4 5", "-4", "٤"])
def test_a_rating_that_upwork_does_not_give_is_refused(text: str) -> None:
    with pytest.raises(CellNotUnderstood):
        rating_in(text)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("c", "client"),
        ("Client", "client"),
        ("cli", "client"),
        ("f", "freelancer"),
        ("FREELANCER", "freelancer"),
        ("me", "freelancer"),
        ("", ""),
        ("-", ""),
    ],
)
def test_who_ended_it_by_any_beginning_of_the_word(text: str, side: str) -> None:
    assert ended_by_in(text) == side


def test_who_ended_it_is_one_of_two() -> None:
    with pytest.raises(CellNotUnderstood, match="neither of the two"):
        ended_by_in("Upwork")


@pytest.mark.parametrize("text", ["y", "Yes", "TRUE", "1", "x", "✓"])
def test_under_the_agency(text: str) -> None:
    assert under_agency_in(text) is True


@pytest.mark.parametrize("text", ["", "no", "FALSE", "0", "-"])
def test_not_under_the_agency(text: str) -> None:
    assert under_agency_in(text) is False


@given(st.sampled_from(Column), st.text(max_size=300))
def test_any_text_is_understood_or_refused_with_a_sentence(column: Column, text: str) -> None:
    try:
        value = value_in(column, text, today=TODAY)
    except CellNotUnderstood:
        return
    kind = {Column.CLOSED_ON: dt.date, Column.RATING: Decimal, Column.ENDED_BY: str}
    assert value is None or isinstance(value, kind.get(column, bool))
    assert not isinstance(value, Decimal) or 1 <= value <= 5


# ── Blocks ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("5", [["5"]]),
        ("5\n", [["5"]]),
        ("5\r\n4\r\n", [["5"], ["4"]]),
        ("5\r4", [["5"], ["4"]]),
        ("5\n\n4\n", [["5"], [""], ["4"]]),
        ("a\tb\nc\t\n", [["a", "b"], ["c", ""]]),
        ('"two\nlines"\tb\n', [["two\nlines", "b"]]),
        ('"say ""five"""\n', [['say "five"']]),
        ('5" screen\tb', [['5" screen', "b"]]),
        ("\ta", [["", "a"]]),
        ("", [[""]]),
    ],
)
def test_a_block_as_spreadsheets_put_it_on_the_clipboard(text: str, block: list[list[str]]) -> None:
    assert block_in(text) == block


@given(st.text(max_size=500) | st.text(alphabet='\t\n\r"5 ', max_size=30))
def test_any_text_is_a_block(text: str) -> None:
    assert all(row for row in block_in(text))


CELLS = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    assert block_in(written.getvalue()) == rows


def test_a_block_fills_down_and_right_and_what_sticks_out_is_left_out() -> None:
    block = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]
    assert edits_of_block(block, ["first", "second"], Column.RATING) == [
        ("first", Column.RATING, "1"),
        ("first", Column.UNDER_AGENCY, "2"),
        ("second", Column.RATING, "4"),
        ("second", Column.UNDER_AGENCY, "5"),
    ]
