"""Dates, amounts, hours, ratings and neutralised formulas: one cell at a time."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.importing.amounts import amount_in, hours_in, local_amount_in
from contracts.importing.contract_log import rating_in
from contracts.importing.dates import date_in
from contracts.importing.formulas import neutralise, restore
from contracts.importing.problems import CellNotUnderstood, Problem, shown
from tests.contracts.importing_samples import UNHURRIED

SECOND_OF_OCTOBER = date(2026, 10, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Oct 2, 2026",
        "Oct 02, 2026",
        "OCT 2, 2026",
        "Oct. 2, 2026",
        "October 2, 2026",
        "october 2 2026",
        "Oct 2nd, 2026",
        "2 October 2026",
        "2 Oct 2026",
        "2-Oct-26",
        "02-Oct-2026",
        "2026-10-02",
        "2026/10/02",
        "2026-10-02 13:45",
        "2026-10-02T00:00:00Z",
        "2026-10-02T23:59:59.123+02:00",
        "02.10.2026",
        "\xa02026-10-02 ",
        "Oct\xa02,\u202f2026",
    ],
)
def test_a_date_in_any_spelling_is_that_day(text: str) -> None:
    assert date_in(text) == SECOND_OF_OCTOBER


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("13-1-2026", date(2026, 1, 13)),
        ("05/05/2026", date(2026, 5, 5)),
        ("Sept 3, 2026", date(2026, 9, 3)),
        ("29.02.2024", date(2024, 2, 29)),
    ],
)
def test_a_date_in_numbers_is_read_where_only_one_day_is_possible(text: str, day: date) -> None:
    assert date_in(text) == day


@pytest.mark.parametrize("text", ["03/04/2026", "1-2-2026", "12/11/2026"])
def test_a_date_that_could_be_two_days_is_asked_about(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="two different days: write it as 2026-10-02"):
        date_in(text)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "2026-02-31", "Feb 31, 2026", "31.04.2026", "2025-02-29", "2026-13-01"]
)
def test_a_day_that_does_not_exist_is_named(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match=r"“.*” is a day that does not exist"):
        date_in(text)


@pytest.mark.parametrize("text", ["0026-10-02", "1989-12-31", "2101-01-01", "9999-12-31"])
def test_a_date_out_of_all_likelihood_is_refused(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="not between 1990 and 2100"):
        date_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "46297",
        "10/2/26",
        "Okt 2, 2026",
        "2026",
        "Oct 2026",
        "２０２６-10-02",
        "x" * 9999,
    ],
)
def test_what_is_no_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="is not a date: write it as 2026-10-02"):
        date_in(text)


def test_an_empty_date_is_missing() -> None:
    with pytest.raises(CellNotUnderstood, match="date is missing"):
        date_in(" ")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
@UNHURRIED
def test_every_day_is_read_back_from_its_spellings(day: date) -> None:
    spellings = {day.isoformat(), f"{day:%b} {day.day}, {day.year}", f"{day:%d.%m.%Y}"}
    assert {date_in(text) for text in spellings} == {day}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("229.17", "229.17"),
        ("-22.92", "-22.92"),
        ("1328", "1328"),
        ("0", "0"),
        ("-0.00", "0.00"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\xa0234.56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1\u2009234", "1234"),
        ("1'234.50", "1234.5"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("12,34,567.00", "1234567"),
        ("12,5", "12.5"),
        ("12,50", "12.5"),
        ("0,125", "0.125"),
        ("(12.00)", "-12"),
        ("($1,234.50)", "-1234.5"),
        ("−22.92", "-22.92"),
        ("22.92-", "-22.92"),
        ("-$5.00", "-5"),
        ("$-5.00", "-5"),
        ("$1,234", "1234"),
        ("US$ 5", "5"),
        ("USD 5", "5"),
        ("5.00 USD", "5"),
        ("5 $", "5"),
        ("'-22.92", "-22.92"),
    ],
)
def test_an_amount_in_any_spelling_is_that_amount(text: str, amount: str) -> None:
    assert amount_in(text) == Decimal(amount)


def test_a_comma_before_three_digits_is_thousands_as_upwork_writes_them() -> None:
    assert amount_in("1,234") == 1234


def test_a_point_before_three_digits_is_a_decimal_point_as_upwork_writes_it() -> None:
    assert amount_in("1.234") == Decimal("1.234")


@pytest.mark.parametrize("text", ["1.234", "1,234", "-1.234", "$12,345"])
def test_both_are_asked_about_where_the_file_has_decimal_commas(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="could be two different amounts"):
        amount_in(text, decimal_comma=True)


@pytest.mark.parametrize(
    ("text", "amount"), [("1.234,56", "1234.56"), ("12,50", "12.5"), ("1328", "1328")]
)
def test_a_file_with_decimal_commas_is_read_where_it_is_clear(text: str, amount: str) -> None:
    assert amount_in(text, decimal_comma=True) == Decimal(amount)


def test_no_negative_nothing() -> None:
    assert str(amount_in("-0.00")) == str(amount_in("(0.00)")) == "0.00"


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "1e999",
        "1E5",
        "0x10",
        "1_000",
        "--5",
        "-(5)",
        "(-5)",
        "(5",
        "5)",
        "1,2,3",
        "1.2.3",
        "1,23,45",
        "1,234,56",
        "12.345.6",
        "$",
        ".",
        ",",
        "-",
        "()",
        "five",
        "EUR 5",
        "€5",
        "5 kr",
        "٣",
        "12:30",
        "9" * 41,
        "9" * 2_000_000,
    ],
)
def test_what_is_no_amount_in_dollars_says_how_to_write_one(text: str) -> None:
    with pytest.raises(
        CellNotUnderstood, match=r"is not an amount in dollars: write it as 1234\.56"
    ):
        amount_in(text)


@pytest.mark.parametrize("text", ["10000000000", "-10000000000.00", "99999999999", "1.1234567"])
def test_an_amount_beyond_its_bounds_is_refused(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="too large, or has more than 6 decimals"):
        amount_in(text)


def test_the_largest_amount_is_read() -> None:
    assert amount_in("-9999999999.999999") == Decimal("-9999999999.999999")


def test_an_empty_amount_is_missing() -> None:
    with pytest.raises(CellNotUnderstood, match="amount is missing"):
        amount_in("")


@pytest.mark.parametrize("text", ["€ 920,00", "EUR 920.00", "920,00 €", "R$ 920,00", "920 UAH"])
def test_a_local_amount_may_be_in_any_currency(text: str) -> None:
    assert local_amount_in(text) == 920


AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)


@given(AMOUNTS)
@UNHURRIED
def test_amounts_round_trip_through_english_and_continental_spelling(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    continental = english.translate(str.maketrans(",.", ".,"))
    in_brackets = f"({-amount:,.2f})" if amount < 0 else english
    for text in (str(amount), english, continental, in_brackets, f"${english}"):
        assert amount_in(text) == amount


@given(st.text(max_size=50))
@UNHURRIED
def test_any_text_is_an_amount_or_a_complaint(text: str) -> None:
    for comma in (False, True):
        try:
            amount = amount_in(text, decimal_comma=comma)
        except CellNotUnderstood:
            continue
        assert amount.is_finite()
        assert abs(amount) < 10**10


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("5.5", "5.5"),
        ("5,5", "5.5"),
        ("5:30", "5.5"),
        ("14:20", "14.33"),
        ("0", "0"),
        ("1,000", "1000"),
    ],
)
def test_hours_are_decimal_or_by_the_clock(text: str, hours: str) -> None:
    assert hours_in(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["$5", "5:61", "five", "1e999", "NaN"])
def test_what_is_no_number_of_hours_is_named(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="is not a number of hours"):
        hours_in(text)


def test_hours_are_never_less_than_nothing() -> None:
    with pytest.raises(CellNotUnderstood, match="“-1” is less than nothing"):
        hours_in("-1")


@pytest.mark.parametrize(
    ("text", "rating"), [("1", "1"), ("5.00", "5"), ("4,85", "4.85"), ("4.850", "4.85")]
)
def test_a_rating_is_one_to_five_with_two_decimals(text: str, rating: str) -> None:
    assert rating_in(text) == Decimal(rating)


@pytest.mark.parametrize("text", ["0.99", "5.01", "0", "6", "100"])
def test_a_rating_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match=r"not a rating from 1\.00 to 5\.00"):
        rating_in(text)


def test_a_rating_with_three_decimals_is_refused() -> None:
    with pytest.raises(CellNotUnderstood, match="more than two decimals"):
        rating_in("4.125")


@pytest.mark.parametrize("text", ["five", "-4", "4/5", "★★★★", "NaN", "4 stars", "9" * 99_999])
def test_what_is_no_rating_is_refused(text: str) -> None:
    with pytest.raises(CellNotUnderstood, match="is not a rating"):
        rating_in(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert neutralise(f"{start}1+1") == f"'{start}1+1"
    assert neutralise(f"'{start}1+1") == f"''{start}1+1"


@pytest.mark.parametrize("text", ["", "Logo", "'quoted'", "''", "a=b", "5-a-side"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == restore(text) == text


LIKELY_FORMULAS = st.text("'=+-@\t\r\n＝ab", max_size=8)


@given(st.text() | LIKELY_FORMULAS)
@UNHURRIED
def test_every_neutralised_text_is_restored(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(st.text() | LIKELY_FORMULAS)
@UNHURRIED
def test_no_neutralised_text_starts_like_a_formula(text: str) -> None:
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_quoted_cell_is_short_and_visible() -> None:
    assert shown("a\nb\x00c\u202e") == "a b c "
    assert shown("x" * 1000) == "x" * 60 + "…"


def test_a_problem_is_a_template_that_a_translation_can_fill() -> None:
    problem = Problem("“%(value)s” is not a date.", {"value": "100 %s"})
    assert str(problem) == "“100 %s” is not a date."
    translated = Problem("„%(value)s“ ist kein Datum.", problem.params)
    assert str(translated) == "„100 %s“ ist kein Datum."
