"""Formats A (both spellings), B (with its variant), C and D, in every encoding and container."""

import csv
import io
from collections.abc import Callable
from dataclasses import astuple
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from contracts.importing import (
    Export,
    LogRow,
    MoneyRow,
    MoneySource,
    PaymentCategory,
    read_export,
    totals,
)
from contracts.importing.headers import format_of
from contracts.importing.workbook_values import EPOCH_1900, shown_date, shown_number
from tests.contracts.importing_samples import SAMPLES, decimals, report, understood, workbook

A, A_TITLE_CASE = "a_2026_transaction_report.csv", "a_title_case_header.csv"
B, B_VARIANT = "b_statements.csv", "b_exchange_rate.csv"
C, C_CHOSEN = "c_weekly_summary.csv", "c_chosen_columns.csv"
D = "d_contract_log.csv"
ALL = [A, A_TITLE_CASE, B, B_VARIANT, C, C_CHOSEN, D]


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), skipinitialspace=True))


def written(rows: list[list[str]], delimiter: str, ending: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def read_rows(export: Export) -> list[tuple[object, ...]]:
    """What was understood, without what depends on the container: line numbers and raw cells."""
    return [astuple(row)[1:-1] for row in understood(export)]


def log(*lines: str) -> Export:
    return read_export("\n".join(lines).encode())


@pytest.mark.parametrize("name", ALL)
def test_a_sample_is_recognised_and_wholly_understood(name: str) -> None:
    export = read_export(sample(name), file_name="export.pdf")
    assert export.format == name[0].upper()
    assert export.bad == ()
    assert export.rows == len(export.money) + len(export.log) == len(cells_of(sample(name))) - 1
    assert export.file_name == "export.pdf"


# Format A


def test_a_row_of_the_transaction_report() -> None:
    row = next(r for r in read_export(sample(A)).money if r.external_id == "9004")
    assert (row.paid_on, row.type, row.category) == (
        date(2026, 9, 18),
        "Fixed-price",
        PaymentCategory.EARNING,
    )
    assert (row.title, row.client, row.freelancer) == ("Logo", "Client Two", "F. Lancer")
    assert (row.amount, row.local_amount, row.balance) == decimals("1000 920 318.30")
    assert (row.currency, row.transaction_id) == ("EUR", "502")
    assert (row.source, row.description) == (MoneySource.TRANSACTIONS, "Milestone 1")
    assert row.raw["Ref ID"] == "9004"
    assert "PO" not in row.raw


def test_both_spellings_of_the_transaction_report_are_the_same() -> None:
    current, title_case = read_export(sample(A)), read_export(sample(A_TITLE_CASE))
    assert current.header != title_case.header
    assert read_rows(current) == read_rows(title_case)


def test_fees_and_taxes_of_one_transaction_belong_to_its_payment() -> None:
    rows = {row.external_id: row for row in read_export(sample(A)).money}
    assert rows["9009"].type == "Service Fee"
    assert rows["9009"].title == "Data pipeline"
    assert rows["9003"].type == "WHT"
    assert (rows["9003"].title, rows["9003"].client) == ("Data pipeline", "client one")


def test_connects_withdrawals_and_their_taxes_are_the_practices() -> None:
    rows = {row.external_id: row for row in read_export(sample(A)).money}
    for reference in ("9013", "9014", "9015", "9016"):
        assert rows[reference].title == ""
    assert rows["9013"].description == "80 Connects"


def test_an_unknown_type_is_kept_under_its_own_name() -> None:
    export = read_export(sample(A))
    row = next(r for r in export.money if r.type == "Hold")
    assert row.category is PaymentCategory.OTHER
    assert totals(export)["Hold"] == "-5.00"


def test_a_transaction_with_two_contracts_leaves_each_fee_where_it_says() -> None:
    export = report(
        "2026-01-05,7,Hourly,One,F,C,1,10",
        "2026-01-05,7,Hourly,Two,F,C,2,20",
        "2026-01-05,7,Service Fee,one,F,C,3,-1",
        "2026-01-05,7,Service Fee,Two,F,C,4,-2",
        "2026-01-05,7,WHT,Withholding,F,C,5,-3",
    )
    assert [row.title for row in export.money] == ["One", "Two", "one", "Two", ""]


def test_a_tax_of_its_own_transaction_stays_with_work_it_names() -> None:
    export = report(
        "2026-01-05,7,Hourly,One,F,C,1,10",
        "2026-01-05,8,WHT,ONE,F,C,2,-3",
        "2026-01-05,9,Adjustment,Something else,F,C,3,-3",
    )
    assert [row.title for row in export.money] == ["One", "ONE", ""]


def test_connects_bought_with_a_payment_are_the_practices_all_the_same() -> None:
    export = report("2026-01-05,7,Hourly,One,F,C,1,10", "2026-01-05,7,Connects,Ten,F,C,2,-3")
    assert [row.title for row in export.money] == ["One", ""]


def test_work_without_a_summary_is_named_by_its_kind_where_the_client_is_known() -> None:
    export = report("2026-01-05,7,Hourly,,F,C,1,10", "2026-01-05,8,Hourly,,F,,2,10")
    assert [row.title for row in export.money] == ["Hourly work", ""]


# Format B


def test_a_row_of_the_transaction_history() -> None:
    row = next(r for r in read_export(sample(B)).money if r.external_id == "133000001")
    assert (row.title, row.client, row.freelancer) == ("Logo", "Client #1", "F. Lancer")
    assert (row.type, row.category) == ("Fixed Price", PaymentCategory.EARNING)
    assert row.amount == 1328
    assert row.paid_on == date(2023, 12, 15)


def test_a_fee_is_its_payments_and_a_tax_its_fees() -> None:
    rows = {row.external_id: row for row in read_export(sample(B)).money}
    assert rows["133000002"].title == "Logo"
    assert rows["701000397"].type == "VAT"
    assert rows["701000397"].title == rows["701000340"].title == "Hourly work"


def test_a_tax_on_a_membership_is_the_practices() -> None:
    rows = {row.external_id: row for row in read_export(sample(B)).money}
    assert rows["702000039"].title == rows["702000037"].title == ""


def test_a_fee_whose_payment_is_not_in_the_file_is_the_practices() -> None:
    rows = {row.external_id: row for row in read_export(sample(B)).money}
    assert rows["132000002"].title == ""


def test_weeks_of_hourly_work_are_one_work_with_hours() -> None:
    row = next(r for r in read_export(sample(B)).money if r.type == "Hourly")
    assert row.hours == Decimal("14.33")
    assert row.description.startswith("Invoice for 05/27/2024")


B_HEADER = "Date,Ref ID,Type,Description,Freelancer,Team,Amount"


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Invoice for Logo", "Logo"),
        ("invoice for Logo: Milestone 1", "Logo: Milestone 1"),
        ("Logo", "Logo"),
        ("(12345) Client - Work", "(12345) Client - Work"),
        (
            "(12345) Client - Work - 5:00 hrs @ $11.11/hr - 07/07/2014 - 07/13/2014",
            "(12345) Client - Work",
        ),
        ("Work - 10:20 hrs @ $16.67/hr", "Work"),
        ("Invoice for 05/27/2024-06/02/2024 - 14:20 hrs @ $18.00/hr", "Hourly work"),
        ("Meeting at 5:00 on 3/4", "Meeting at 5:00 on 3/4"),
        ("", "Hourly work"),
    ],
)
def test_a_title_is_what_the_description_says_beside_hours_and_weeks(
    description: str, title: str
) -> None:
    line = f'2023-12-15,1,Hourly,"{description}",F,C,10'
    (row,) = read_export(f"{B_HEADER}\n{line}".encode()).money
    assert row.title == title


def test_a_fee_that_refers_to_no_payment_names_no_work() -> None:
    line = "2023-12-15,1,Service Fee,Service Fee for Fixed Price,F,C,-10"
    (row,) = read_export(f"{B_HEADER}\n{line}".encode()).money
    assert row.title == ""


def test_references_in_a_circle_end() -> None:
    lines = "2023-12-15,1,VAT,VAT - Ref ID 2,F,C,10\n2023-12-15,2,VAT,VAT - Ref ID 1,F,C,10"
    export = read_export(f"{B_HEADER}\n{lines}".encode())
    assert [row.title for row in export.money] == ["", ""]


def test_the_variant_with_exchange_rates_is_the_same_history() -> None:
    export = read_export(sample(B_VARIANT))
    assert (export.format, export.variant) == ("B", "exchange-rate")
    assert read_export(sample(B)).variant == ""
    assert export.money[0].raw["ExchangeRate"] == "0.92"
    assert export.money[0].local_amount is None


def test_the_same_payment_has_the_same_id_in_the_report_and_in_the_history() -> None:
    in_a = report('"Dec 15, 2023",7,Fixed-price,Logo,F,C,133000001,1328').money[0]
    in_b = read_export(sample(B)).money[7]
    assert in_a.external_id == in_b.external_id == "133000001"


# Format C


def test_a_row_of_the_weekly_summary() -> None:
    row = read_export(sample(C)).money[0]
    assert (row.title, row.upwork_contract_id) == ("Bootstrap expert", "34000001")
    assert (row.hours, row.amount, row.paid_on) == (
        Decimal("5.5"),
        Decimal("16.5"),
        date(2026, 9, 16),
    )
    assert row.source is MoneySource.WEEKLY


def test_an_empty_payment_type_is_hourly_where_there_are_hours() -> None:
    assert [row.type for row in read_export(sample(C)).money] == [
        "Hourly",
        "Hourly",
        "Fixed-price",
        "Bonus",
    ]


def test_chosen_columns_in_any_order_are_found_and_unknown_ones_kept() -> None:
    row = read_export(sample(C_CHOSEN)).money[0]
    assert (row.client, row.freelancer, row.hours) == ("Client Two", "F. Lancer", Decimal("5.5"))
    assert row.description == "grid, forms"
    assert row.raw["Colour"] == "green"


def test_a_week_has_the_same_id_however_it_is_spelled() -> None:
    plain = read_export(b"Date,Contract,Hours,Amount\n2026-09-16,X (34000001),5.5,16.5").money[0]
    other = read_export(b"Amount;Contract;Date;Hours\n16.50;x (34000001);Sep 16, 2026;5:30").money[
        0
    ]
    next_week = read_export(b"Date,Contract,Hours,Amount\n2026-09-23,X (34000001),5.5,16.5").money[
        0
    ]
    assert plain.external_id == other.external_id != next_week.external_id


def test_a_contract_without_a_number_keeps_its_whole_name() -> None:
    row = read_export(b"Date,Contract,Amount\n2026-09-16,Logo (second try),5").money[0]
    assert (row.title, row.upwork_contract_id) == ("Logo (second try)", "")


def test_weeks_of_hours_only_have_no_money() -> None:
    row = read_export(b"Date,Contract,Hours\n2026-09-16,Logo (34000001),5").money[0]
    assert (row.amount, row.hours) == decimals("0 5")


# Format D


def test_a_row_of_the_contract_log() -> None:
    row = read_export(sample(D)).log[1]
    raw = row.raw
    assert row == LogRow(
        line=3,
        title="Data pipeline",
        client="client one",
        kind="hourly",
        started_on=date(2025, 11, 3),
        closed_on=date(2026, 10, 1),
        earned=Decimal("4280.17"),
        hours=Decimal("120.5"),
        rating=Decimal("3.80"),
        ended_by="client",
        under_agency=True,
        client_flagged=False,
        feedback_removed=False,
        notes="Scope grew.\nAsk for a change order next time.",
        raw=raw,
    )


def test_a_line_break_in_a_cell_does_not_shift_the_line_numbers() -> None:
    assert [row.line for row in read_export(sample(D)).log] == [2, 3, 5, 6]


def test_only_the_title_is_required() -> None:
    (row,) = log("title", "Logo").log
    assert (row.title, row.closed_on, row.rating, row.under_agency) == ("Logo", None, None, None)


def test_a_neutralised_text_is_restored() -> None:
    row = log("title,client,notes", "'=Logo,'@home,''-x").log[0]
    assert (row.title, row.client, row.notes) == ("=Logo", "@home", "'-x")


def test_a_row_that_was_given_back_is_restored_in_every_format() -> None:
    row = report("2026-01-05,7,Service Fee,'- Logo,F,'@C,1,'-10.00").money[0]
    assert (row.title, row.client, row.amount) == ("- Logo", "@C", Decimal(-10))
    assert row.raw["Transaction summary"] == "'- Logo"


def test_names_as_people_write_them_in_spreadsheets() -> None:
    row = log("Job Title,Closed,Stars,Ended by", "Logo,Oct 2 2026,4.9,Client").log[0]
    assert (row.closed_on, row.rating, row.ended_by) == (
        date(2026, 10, 2),
        Decimal("4.9"),
        "client",
    )


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("kind", "weekly", "“weekly” is none of: hourly, fixed, or empty."),
        ("ended_by", "nobody", "“nobody” is none of: client, freelancer, or empty."),
        ("under_agency", "maybe", "“maybe” is none of: true, false, or empty."),
        ("client_flagged", "2", "“2” is none of: true, false, or empty."),
        ("feedback_removed", "no idea", "“no idea” is none of: true, false, or empty."),
        ("started_on", "31/02/2026", "“31/02/2026” is a day that does not exist."),
        ("closed_on", "soon", "“soon” is not a date: write it as 2026-10-02."),
        ("rating", "5.5", "“5.5” is not a rating from 1.00 to 5.00."),
        ("earned", "lots", "“lots” is not an amount in dollars: write it as 1234.56."),
        ("hours", "-1", "“-1” is less than nothing."),
    ],
)
def test_a_cell_that_is_not_understood_is_named(column: str, cell: str, reason: str) -> None:
    export = log(f"title,{column.upper()}", "Fine,", f"Logo,{cell}")
    (bad,) = export.bad
    assert (bad.line, bad.column, str(bad.reason)) == (3, column.upper(), reason)
    assert bad.cells == ("Logo", cell)
    assert [row.title for row in export.log] == ["Fine"]


def test_a_missing_title_is_named() -> None:
    (bad,) = log("title,client", ",ACME").bad
    assert (bad.column, str(bad.reason)) == ("title", "The title is missing.")


def test_a_contract_that_ends_before_it_starts_is_refused() -> None:
    (bad,) = log("title,started_on,closed_on", "Logo,2026-02-02,2026-02-01").bad
    assert bad.column == "closed_on"
    assert "ends on 2026-02-01, before it starts on 2026-02-02" in str(bad.reason)


def test_a_contract_may_end_on_the_day_it_starts() -> None:
    assert log("title,started_on,closed_on", "Logo,2026-02-02,2026-02-02").bad == ()


# Containers


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ALL)
def test_every_delimiter_gives_the_same_rows(name: str, delimiter: str) -> None:
    text = written(cells_of(sample(name)), delimiter)
    export = read_export(text.encode())
    assert export.delimiter == delimiter
    assert read_rows(export) == read_rows(read_export(sample(name)))


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "utf-8"),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "utf-16-be"),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_every_encoding_gives_the_same_rows(
    name: str, encode: Callable[[str], bytes], encoding: str
) -> None:
    text = sample(name).decode()
    export = read_export(encode(text))
    assert export.encoding == encoding
    assert export.header[0] in text
    assert read_rows(export) == read_rows(read_export(sample(name)))


@pytest.mark.parametrize("name", ALL)
def test_a_workbook_gives_the_same_rows(name: str) -> None:
    book = workbook([[*row] for row in cells_of(sample(name))])
    export = read_export(book, file_name="export.csv")
    assert (export.encoding, export.delimiter) == ("xlsx", "")
    assert read_rows(export) == read_rows(read_export(sample(name)))


def test_the_kept_workbook_is_the_contract_log() -> None:
    export = read_export(sample("d_contract_log.xlsx"))
    assert read_rows(export) == read_rows(read_export(sample(D)))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_lines(ending: str) -> None:
    export = read_export(written(cells_of(sample(A)), ",", ending).encode())
    assert [row.line for row in export.money] == list(range(2, 18))


def test_a_windows_file_is_read_after_asking() -> None:
    data = "title,client\nCafé – menü,Œuvre €".encode("cp1252")
    (row,) = read_export(data, encoding="cp1252").log
    assert (row.title, row.client) == ("Café – menü", "Œuvre €")


def test_a_byte_order_mark_wins_over_what_the_user_said() -> None:
    (row,) = read_export("\ufefftitle\nCafé".encode(), encoding="cp1252").log
    assert row.title == "Café"


def test_blank_lines_are_no_rows() -> None:
    export = log("", "title,client", "", "Logo,x", ",", "   ", " , ", "Site,y", "")
    assert (export.rows, [row.line for row in export.log]) == (2, [4, 8])


def test_excels_separator_line_is_followed() -> None:
    export = log("sep=;", "title;client", "Logo;A, B")
    assert (export.delimiter, export.log[0].client, export.log[0].line) == (";", "A, B", 3)


def test_pasted_cells_that_are_empty_at_the_end_may_be_missing() -> None:
    export = read_export(b"title\tclient\tnotes\nLogo\tACME")
    assert export.log[0].client == "ACME"


def test_columns_in_any_order_case_and_with_blanks() -> None:
    export = log(" CLOSED ON ,Title , colour", "2026-10-02,Logo,red")
    assert export.log[0].raw == {"CLOSED ON": "2026-10-02", "Title": "Logo", "colour": "red"}
    assert export.log[0].closed_on == date(2026, 10, 2)


def test_unnamed_columns_lose_nothing() -> None:
    export = log("title,client,,colour,colour", "Logo,ACME,a,b,c")
    assert list(export.log[0].raw.values()) == ["Logo", "ACME", "a", "b", "c"]


def test_a_workbooks_own_dates_numbers_and_truths() -> None:
    header: list[object] = [
        "title",
        "started_on",
        "closed_on",
        "earned",
        "hours",
        "rating",
        "under_agency",
    ]
    rows: list[list[object]] = [
        [],
        header,
        ["Logo", date(2026, 2, 3), datetime(2026, 2, 28, 13, 0), 229.17, 5.5, 4, True],  # noqa: DTZ001
        [],
        ["Site", None, None, 0.1 + 0.2, timedelta(hours=30, minutes=15), 4.85, False],
    ]
    export = read_export(workbook(rows))
    logo, site = export.log
    assert (logo.line, site.line) == (3, 5)
    assert (logo.started_on, logo.closed_on) == (date(2026, 2, 3), date(2026, 2, 28))
    assert (logo.earned, logo.hours, logo.rating) == decimals("229.17 5.5 4")
    assert (logo.under_agency, site.under_agency) == (True, False)
    assert site.hours == Decimal("30.25")
    assert (site.earned, site.rating) == (Decimal("0.3"), Decimal("4.85"))


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("229.16999999999999", "229.17"),
        ("0.30000000000000004", "0.3"),
        ("12345678901234567890", "12345678901234567890"),
        ("133000001", "133000001"),
        ("1.33E+08", "133000000"),
        ("1E-05", "0.00001"),
        ("-5.0", "-5"),
        ("100", "100"),
        ("1e999", "1e999"),
    ],
)
def test_a_stored_number_is_shown_as_a_spreadsheet_does(stored: str, text: str) -> None:
    assert shown_number(stored) == text


@pytest.mark.parametrize(
    ("stored", "text"),
    [("61", "1900-03-01"), ("59", "1900-02-28"), ("1", "1900-01-01"), ("46297.75", "2026-10-02")],
)
def test_a_stored_day_is_excels_day(stored: str, text: str) -> None:
    assert shown_date(stored, EPOCH_1900) == text


def test_a_workbook_that_counts_days_from_1904() -> None:
    book = Workbook(write_only=True)
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - Excel knows no time zones
    sheet = book.create_sheet()
    sheet.append(["title", "closed_on"])
    sheet.append(["Logo", date(2026, 2, 3)])
    out = io.BytesIO()
    book.save(out)
    assert read_export(out.getvalue()).log[0].closed_on == date(2026, 2, 3)


def test_the_sheet_with_a_known_header_is_found() -> None:
    book = workbook([["title", "client"], ["Logo", "ACME"]], before=[["My notes"]])
    assert read_export(book).log[0].title == "Logo"


# Ids and duplicates


def test_the_same_ref_id_is_counted_once() -> None:
    export = report(*["2026-01-05,7,Hourly,One,F,C,1,10"] * 2, "2026-01-06,8,Hourly,One,F,C,2,10")
    (bad,) = export.bad
    assert (bad.line, bad.same_as, str(bad.reason)) == (3, 2, "The same as line 2; counted once.")
    assert totals(export) == {"Hourly": "20.00"}


def test_a_ref_id_of_another_payment_is_named() -> None:
    export = report("2026-01-05,7,Hourly,One,F,C,1,10", "2026-01-05,7,Hourly,One,F,C,1,11")
    (bad,) = export.bad
    assert (bad.column, bad.same_as) == ("Ref ID", None)
    assert str(bad.reason) == "The id is that of line 2, but the payment is another."


@pytest.mark.parametrize(
    "lines",
    [
        ("Date,Contract,Amount", "2026-09-16,Logo (34000001),5", " 2026-09-16,Logo (34000001),5"),
        ("title,rating", "Logo,5", "Logo,5"),
    ],
)
def test_a_whole_row_that_is_repeated_is_counted_once(lines: tuple[str, ...]) -> None:
    export = log(*lines)
    assert [(bad.line, bad.same_as) for bad in export.bad] == [(3, 2)]


def test_a_row_is_no_repetition_of_one_that_was_not_understood() -> None:
    export = report("31/02/2026,7,Hourly,One,F,C,1,10", "2026-02-28,7,Hourly,One,F,C,1,10")
    assert [bad.line for bad in export.bad] == [2]
    assert [row.line for row in export.money] == [3]


def test_equal_payments_without_a_ref_id_stay_two_with_ids_of_their_own() -> None:
    lines = ["2026-01-05,7,Hourly,One,F,C,,10"] * 2
    first, again = report(*lines), report(*lines)
    ids = [row.external_id for row in first.money]
    assert len(set(ids)) == 2
    assert ids == [row.external_id for row in again.money]
    assert max(map(len, ids)) <= 80


def test_weeks_that_differ_only_in_another_column_stay_two() -> None:
    header = "Date,Contract,Amount,Memo"
    export = log(header, "2026-09-16,Logo (34000001),5,a", "2026-09-16,Logo (34000001),5,b")
    assert len({row.external_id for row in export.money}) == 2


def test_an_id_with_a_spreadsheets_decimals_is_the_same_id() -> None:
    assert report("2026-01-05,7,Hourly,One,F,C,9001.0,10").money[0].external_id == "9001"


def test_an_id_that_a_spreadsheet_has_shortened_is_refused() -> None:
    (bad,) = report("2026-01-05,7,Hourly,One,F,C,1.33E+08,10").bad
    assert bad.column == "Ref ID"
    assert "shortened the id to “1.33E+08”" in str(bad.reason)


def test_a_row_without_a_type_is_named() -> None:
    (bad,) = report("2026-01-05,7,,One,F,C,1,10").bad
    assert (bad.column, str(bad.reason)) == ("Transaction type", "The type is missing.")


@pytest.mark.parametrize(
    ("type_", "category"),
    [
        ("Hourly", "earning"),
        ("Fixed-price", "earning"),
        ("Fixed Price", "earning"),
        ("MILESTONE", "earning"),
        ("Bonus", "bonus"),
        ("Reimbursement", "reimbursement"),
        ("Miscellaneous", "other"),
        ("Service Fee", "service_fee"),
        ("Service fee refund", "fee_refund"),
        ("Connects", "connects"),
        ("Subscription", "membership"),
        ("Membership", "membership"),
        ("Membership Fee", "membership"),
        ("GST", "tax"),
        ("VAT", "tax"),
        ("WHT", "tax"),
        ("Withdrawal", "withdrawal"),
        ("Withdrawal Fee", "withdrawal_fee"),
        ("Processing Fee", "withdrawal_fee"),
        ("Payment", "payment"),
        ("Refund", "refund"),
        ("Refund to client", "refund"),
        ("Adjustment", "adjustment"),
        ("Moon tax", "other"),
    ],
)
def test_each_type_has_its_category(type_: str, category: str) -> None:
    row: MoneyRow = report(f"2026-01-05,7,{type_},One,F,C,1,10").money[0]
    assert (row.type, row.category) == (type_, category)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["date", "transaction type", "amount $"], "A"),
        (["date", "type", "amount", "description"], "B"),
        (["date", "contract", "hours"], "C"),
        (["title"], "D"),
        (["title", "rating"], "D"),
        (["title", "price"], None),
        (["date", "amount"], None),
        (["name", "phone"], None),
        ([], None),
    ],
)
def test_the_header_alone_decides_the_format(header: list[str], found: str | None) -> None:
    assert format_of(header) == found
