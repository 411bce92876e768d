"""Files that are broken, mistaken or malicious: a sentence with line and column, nothing else."""

import csv
import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping

import pytest

from contracts.importing import UnreadableFile, archives, read_export, tables, workbook_xml
from contracts.importing import read as reading
from contracts.importing.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_RECORD_LINES,
)
from tests.contracts.importing_samples import SAMPLES, workbook

MEGABYTE = 1024 * 1024
Parts = dict[str, bytes]


def refusal(data: bytes, encoding: str | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_export(data, encoding=encoding)
    return caught.value


def xlsx_parts() -> Parts:
    data = workbook([["title", "rating"], ["Logo", 5]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def excel_parts(strings: bytes, rows: bytes) -> Parts:
    """As Excel writes it: texts shared, in a part of their own."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    role = b'<Relationship Id="%s" Type="' + office + b'%s" Target="%s"/>'
    sheet, shared = (b"s1", b"worksheet", b"worksheets/s.xml"), (b"s2", b"sharedStrings", b"ss.xml")
    relationships = role % sheet + role % shared
    return {
        "_rels/.rels": b"<Relationships>%s</Relationships>"
        % (role % (b"r", b"officeDocument", b"xl/book.xml")),
        "xl/book.xml": b'<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets>'
        b'<x:sheet r:id="s1"/></x:sheets></x:workbook>',
        "xl/_rels/book.xml.rels": b"<Relationships>%s</Relationships>" % relationships,
        "xl/ss.xml": b"<sst>%s</sst>" % strings,
        "xl/worksheets/s.xml": b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows,
    }


def workbook_with_sheet(sheet: bytes) -> bytes:
    """A workbook whose sheet has these rows; shared string 0 is "title"."""
    start = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = start + header + sheet + b"</sheetData></worksheet>"
    return zipped(parts)


def row_of(number: int, cells: bytes) -> bytes:
    return b'<row r="%d">%s</row>' % (number, cells)


TEXT_CELL = b'<c t="inlineStr"><is><t>%s</t></is></c>'


# Not an export at all


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "The file is empty."),
        (b" \r\n\t\n", "empty", "The file is empty."),
        (b"\xef\xbb\xbf", "empty", "The file is empty."),
        (b"\xff\xfe\n\0\n\0", "empty", "The file is empty."),
        (b",,,\n,,,\n", "empty", "The file is empty."),
        (b"%PDF-1.7\n1 0 obj", "pdf", "This is a PDF file, whatever its name."),
        (b"\n%PDF-1.7", "pdf", "Export the report as CSV instead."),
        (b"<!DOCTYPE html><html>", "web_page", "Download the CSV file itself."),
        (b"\xef\xbb\xbf<html>", "web_page", "This is a web page, not an export."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel", "(.xls)"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", "Line 3 holds a NUL byte"),
        (b"title\nLo\0go", "binary", "Line 2 holds a NUL byte"),
        (b"\xff\xfet\0\n\0\0\0", "binary", "Line 2 holds a NUL byte"),
        (b"\xff\xfet", "encoding_wrong", "Line 1 is not in the encoding utf-16-le."),
        (b"\xff\xfe\x00\x00title", "encoding_wrong", "utf-32-le"),
        (b"name,phone\nAnna,123", "unknown_header", "it reads “name, phone”"),
        (b"Logo;5;2026-10-02", "unknown_header", "Line 1 is not the header"),
        (b"{}", "unknown_header", "Line 1 is not the header"),
        (b'"title\nLogo\n', "unknown_header", "Line 1 should name the columns"),
        (b"Date,Type,Description\n1,2,3", "unknown_header", "Line 1 is not the header"),
        (b"Transaction type,Amount $\n", "column_missing", "“Date” is missing in line 1"),
        (b"Date,Contract\n2026-01-01,x", "column_missing", "“Amount” is missing in line 1"),
        (b"\n\ntitle,rating,rating\nx,1,2", "column_twice", "Line 3, the header, has the column"),
        (b"title,rating\n", "no_rows", "a header in line 1, but no rows after it"),
        (b"\ntitle,rating\n,\n\n", "no_rows", "a header in line 2, but no rows after it"),
        (b"PK\x03\x04 not a zip", "xlsx_broken", "The workbook is damaged."),
        (b"PK\x05\x06" + b"\0" * 18, "not_xlsx", "This is a zip archive or another"),
    ],
)
def test_what_is_no_export_is_named(data: bytes, code: str, words: str) -> None:
    error = refusal(data)
    assert error.code == code
    assert words in str(error)
    assert str(error) == str(error.problem)


def test_the_header_of_each_sample_alone_has_no_rows() -> None:
    for path in SAMPLES.glob("*.csv"):
        assert refusal(path.read_bytes().splitlines()[0]).code == "no_rows"


def test_a_file_that_is_too_big_is_refused_unread() -> None:
    error = refusal(b"title\n" + b"x" * MAX_FILE_BYTES)
    assert (error.code, error.problem.params["megabytes"]) == ("too_big", 50)


def test_an_encoding_is_asked_for_and_not_guessed() -> None:
    error = refusal("title\nSite\nCafé".encode("cp1252"))
    assert (error.code, error.line) == ("encoding_unknown", 3)
    assert "Line 3 is not UTF-8" in str(error)


def test_a_bad_byte_late_in_a_large_file_is_found_with_its_line() -> None:
    error = refusal(b"title\n" + b"Logo \xc3\xa9\n" * 400_000 + b"\xff")
    assert (error.code, error.line) == ("encoding_unknown", 400_002)


def test_a_byte_that_windows_does_not_have_is_named() -> None:
    error = refusal(b"title\nLo\x81go", encoding="cp1252")
    assert (error.code, error.line) == ("encoding_wrong", 2)


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "idna", "base64", "x" * 9999])
def test_no_other_encoding_is_taken(encoding: str) -> None:
    assert refusal(b"title\nLogo", encoding=encoding).code == "encoding_unsupported"


def test_a_header_with_too_many_columns_is_refused() -> None:
    header = ",".join(["title", "client", *(f"column{n}" for n in range(MAX_COLUMNS))])
    assert refusal(f"{header}\nx".encode()).code == "too_many_columns"


# Rows and cells


def test_a_row_that_is_too_short_is_named() -> None:
    export = read_export(b"title,client,notes\nLogo,ACME\nSite,ACME,ok")
    (bad,) = export.bad
    assert (bad.line, bad.cells) == (2, ("Logo", "ACME"))
    assert str(bad.reason) == "The row has 2 cells, but the header has 3."


def test_a_row_that_is_too_long_is_named_unless_the_rest_is_empty() -> None:
    export = read_export(b"title,client\nLogo,ACME,more\nSite,ACME,,,")
    assert [(bad.line, str(bad.reason)) for bad in export.bad] == [
        (2, "The row has 3 cells, but the header has 2.")
    ]
    assert [row.title for row in export.log] == ["Site"]


def test_a_quote_that_is_not_closed_costs_its_own_row_only() -> None:
    export = read_export(b'title,client\n"Logo,ACME\nSite,ACME\nShop,ACME\n')
    (bad,) = export.bad
    assert (bad.line, bad.cells) == (2, ('"Logo,ACME',))
    assert str(bad.reason).startswith("A quotation mark in this row is not closed")
    assert [(row.line, row.title) for row in export.log] == [(3, "Site"), (4, "Shop")]


def test_an_open_quote_that_another_quote_closes_by_chance_swallows_nothing() -> None:
    rows = 'Logo "one,ACME\n"Site,ACME\nShop,ACME\nPipe 5",ACME\nLast,ACME\n'
    export = read_export(f"title,client\n{rows}".encode())
    assert [bad.line for bad in export.bad] == [3]
    assert [row.title for row in export.log] == ['Logo "one', "Shop", 'Pipe 5"', "Last"]


@pytest.mark.parametrize("name", ["a_2026_transaction_report.csv", "c_weekly_summary.csv"])
def test_a_row_within_an_open_quote_of_the_right_width_is_not_swallowed(name: str) -> None:
    header, first, *rest = (SAMPLES / name).read_text().splitlines()
    width = len(next(csv.reader([header])))
    opened = ",".join(['"2026-01-05', *["x"] * (width - 1)])
    closing = ",".join(['Pipe 5"', *["y"] * (width - 1)])
    export = read_export("\n".join([header, opened, first, closing, *rest]).encode())
    assert [bad.line for bad in export.bad] == [2, 4]
    assert [row.line for row in export.money] == [3, *range(5, 5 + len(rest))]


def test_a_row_within_an_open_note_is_not_swallowed() -> None:
    rows = 'Logo,2026-01-02,"open\nSite,2026-01-03,fine\nPipe 5"\nLast,,\n'
    export = read_export(f"title,closed_on,notes\n{rows}".encode())
    assert [bad.line for bad in export.bad] == [2, 4]
    assert [row.title for row in export.log] == ["Site", "Last"]


def test_a_note_may_have_very_many_lines_but_not_all_of_the_file() -> None:
    def read(lines: int) -> int:
        note = "\n" * (lines - 1)
        return len(read_export(f'title,notes\nLogo,"{note}."'.encode()).log)

    assert read(MAX_RECORD_LINES) == 1
    assert read(MAX_RECORD_LINES + 1) == 0


def test_every_row_after_each_open_quote_is_still_read_in_time() -> None:
    lines = ['"open,ACME', *["fine,ACME\n" * 50]] * 2_000
    started = time.process_time()
    export = read_export(("title,client\n" + "\n".join(lines)).encode())
    assert time.process_time() - started < 10
    assert len(export.bad) >= 2_000
    assert export.rows == len(export.log) + len(export.bad)


def test_a_quote_that_is_never_closed_in_a_long_file_costs_one_row() -> None:
    export = read_export(
        b'title,client\n"open,ACME\n' + b"".join(b"a%d,b\n" % n for n in range(50_000))
    )
    assert [bad.line for bad in export.bad] == [2]
    assert len(export.log) == 50_000


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_ten_megabytes_in_one_cell_are_named_by_line_and_column(quote: bytes) -> None:
    cell = quote + b"x" * (10 * MEGABYTE) + quote
    export = read_export(b"title,client,notes\nSite,,\nLogo,a," + cell + b"\nShop,,\n")
    (bad,) = export.bad
    assert (bad.line, bad.column) == (3, "notes")
    assert str(bad.reason) == "The cell has more than 100,000 characters."
    assert max(map(len, bad.cells)) <= 1_001
    assert [row.title for row in export.log] == ["Site", "Shop"]


def test_the_longest_cell_is_read_and_one_more_character_is_not() -> None:
    def read(length: int, header: bytes = b"title,notes\nLogo,") -> int:
        return len(read_export(header + b"x" * length).log)

    assert read(MAX_CELL_CHARACTERS) == 1
    assert read(MAX_CELL_CHARACTERS + 1) == 0


def test_a_cell_beyond_csvs_own_limit_is_named_too() -> None:
    before = csv.field_size_limit()
    export = read_export(b"title,notes,client\nLogo," + b"x" * 140_000 + b",b\nSite,,")
    (bad,) = export.bad
    assert (bad.line, bad.column) == (2, "notes")
    assert csv.field_size_limit() == before


def test_fifty_million_commas_are_one_bad_row() -> None:
    tracemalloc.start()
    export = read_export(b"title,client\n" + b"," * (40 * MEGABYTE) + b"x\nSite,ACME")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (bad,) = export.bad
    assert str(bad.reason) == "The row has more than 1,000,000 characters."
    assert len(bad.cells) <= MAX_COLUMNS + 1
    assert peak < 600 * MEGABYTE


def test_a_long_title_is_named() -> None:
    (bad,) = read_export(b"title\n" + b"x" * 301).bad
    assert bad.column == "title"
    assert str(bad.reason).startswith("The text has more than 300 characters: “xxx")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert read_export(b"title\na\nb\nc\n\n").rows == 3
    error = refusal(b"title\na\nb\nc\nd")
    assert (error.code, str(error)) == (
        "too_many_rows",
        "The file has more than 3 rows. Export a shorter period.",
    )


def test_too_many_blank_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINES", 10)
    assert read_export(b"\n" * 8 + b"title\nLogo").rows == 1
    assert refusal(b"\n" * 9 + b"title\nLogo").code == "too_many_rows"
    assert refusal(b"title\nLogo" + b"\n" * 10).code == "too_many_rows"


def test_progress_is_told_every_thousand_rows() -> None:
    told: list[int] = []
    read_export(b"title\n" + b"".join(b"a%d\n" % n for n in range(2_500)), progress=told.append)
    assert told == [1_000, 2_000]


def test_what_progress_raises_ends_the_reading() -> None:
    class CancelledError(Exception):
        pass

    def cancel(_rows: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        read_export(b"title\n" + b"".join(b"a%d\n" % n for n in range(2_500)), progress=cancel)


# Workbooks


def test_a_zip_of_something_else_is_named() -> None:
    assert refusal(zipped({"photo.jpg": b"x"})).code == "not_xlsx"
    assert refusal(zipped({"word/document.xml": b"<w/>"})).code == "not_xlsx"


def test_a_zip_bomb_is_refused_by_its_declared_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_XLSX_UNPACKED_BYTES", 2 * MEGABYTE)
    parts = xlsx_parts() | {"xl/media/bomb.bin": b"\0" * 2 * MEGABYTE}
    assert refusal(zipped(parts)).code == "zip_bomb"


def test_a_zip_bomb_is_refused_by_what_it_really_unpacks_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "_declared_size", lambda _entries: 0)
    sheet = row_of(2, TEXT_CELL % (b"x" * 20 * MEGABYTE))
    assert refusal(workbook_with_sheet(sheet)).code == "zip_bomb"


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    sheet = b"<row/>" * (2 * MEGABYTE)
    assert refusal(workbook_with_sheet(sheet)).code == "zip_bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(workbook_with_sheet(row_of(2, TEXT_CELL % (b"x" * 20 * MEGABYTE))))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        position = data.find(signature)
        while position >= 0:
            struct.pack_into("<L", data, position + offset, 100)
            position = data.find(signature, position + 4)
    assert refusal(bytes(data)).code in ("xlsx_broken", "zip_bomb")


def test_a_huge_table_of_contents_is_refused_before_it_is_read() -> None:
    data = zipped({f"{n:01000}": b"" for n in range(1_200)})
    assert refusal(data).code == "zip_bomb"


def zip64(data: bytes, directory_bytes: int | None = None, shift: int = 0) -> bytes:
    """The same archive with the end that archives beyond 4 GB have."""
    end = data.rfind(b"PK\x05\x06")
    _, _, _, entries, _, size, start, _ = struct.unpack_from("<L4H2LH", data, end)
    size_64 = size if directory_bytes is None else directory_bytes
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size_64, start
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end - shift, 1)
    return data[:end] + record + locator + data[end:]


def test_an_archive_with_the_end_of_a_large_one_is_read() -> None:
    data = zip64(zipped(xlsx_parts()))
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert read_export(data).log[0].title == "Logo"


def test_a_huge_table_of_contents_is_refused_there_too() -> None:
    assert refusal(zip64(zipped(xlsx_parts()), 10**9)).code == "zip_bomb"
    assert refusal(zip64(zipped(xlsx_parts()), shift=100)).code == "xlsx_broken"


def test_thousands_of_entries_are_refused() -> None:
    assert refusal(zipped({str(n): b"" for n in range(2_500)})).code == "zip_bomb"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>"""


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(part: str) -> None:
    parts = xlsx_parts()
    body = parts[part].removeprefix(b'<?xml version="1.0"?>')
    parts[part] = LAUGHS + body
    assert refusal(zipped(parts)).code == "xlsx_entities"


def test_entities_in_utf_16_are_refused_too() -> None:
    parts = xlsx_parts()
    text = LAUGHS.decode().replace('"1.0"', '"1.0" encoding="utf-16"') + "<workbook/>"
    parts["xl/workbook.xml"] = text.encode("utf-16")
    assert refusal(zipped(parts)).code == "xlsx_entities"


def test_an_encrypted_workbook_is_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(ole).code == "encrypted"


def test_an_encrypted_archive_is_named() -> None:
    data = bytearray(zipped(xlsx_parts()))
    position = data.find(b"PK\x01\x02")
    data[position + 8] |= 1
    assert refusal(bytes(data)).code == "encrypted"


def test_a_workbook_without_sheets_is_named() -> None:
    parts = xlsx_parts()
    parts["xl/workbook.xml"] = b"<workbook><sheets/></workbook>"
    assert refusal(zipped(parts)).code == "xlsx_no_sheet"


def test_an_empty_workbook_is_empty() -> None:
    assert refusal(workbook([])).code == "empty"


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"},
        lambda parts: parts | {"xl/worksheets/sheet1.xml": b"\0\1\2"},
        lambda parts: parts | {"xl/styles.xml": b"<"},
        lambda parts: {n: p for n, p in parts.items() if n != "xl/worksheets/sheet1.xml"},
        lambda parts: parts | {"[Content_Types].xml": b"", "_rels/.rels": b"<Relationships>"},
    ],
)
def test_a_damaged_workbook_is_damaged(change: Callable[[Parts], Parts]) -> None:
    assert refusal(zipped(change(xlsx_parts()))).code == "xlsx_broken"


@pytest.mark.parametrize(
    "sheet",
    [
        row_of(2, b'<c r="A2" t="s"><v>99</v></c>'),
        row_of(2, b'<c r="A2" t="s"><v>one</v></c>'),
        row_of(2, b'<c r="A2"><v>one</v></c>'),
        row_of(2, b'<c r="??"><v>1</v></c>'),
        row_of(2, b'<c r="XFE2"><v>1</v></c>'),
        row_of(2, b'<c r="B2"><v>1</v></c><c r="A2"><v>1</v></c>'),
        row_of(1, TEXT_CELL % b"again"),
        row_of(99_999_999_999, TEXT_CELL % b"far"),
        b'<row r="two"/>',
        b"<a>" * 100 + b"</a>" * 100,
    ],
)
def test_a_sheet_that_no_spreadsheet_writes_is_refused(sheet: bytes) -> None:
    assert refusal(workbook_with_sheet(sheet)).code in ("xlsx_broken", "too_big")


@pytest.mark.parametrize("number", [b"1e999", b"NaN", b"-inf", b"9" * 5_000])
def test_a_number_that_is_none_is_a_bad_cell(number: bytes) -> None:
    parts = xlsx_parts()
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v>5</v>", b"<v>%s</v>" % number)
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    (bad,) = read_export(zipped(parts | {"xl/worksheets/sheet1.xml": sheet})).bad
    assert (bad.line, bad.column) == (2, "rating")


def test_a_hundred_thousand_empty_rows_are_read_over() -> None:
    rows = b"".join(b'<row r="%d" ht="15"/>' % n for n in range(2, 150_000))
    last = row_of(1_048_576, TEXT_CELL % b"Logo")
    started = time.perf_counter()
    export = read_export(workbook_with_sheet(rows + last))
    assert time.perf_counter() - started < 20
    assert [(row.line, row.title) for row in export.log] == [(1_048_576, "Logo")]


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_xml, "MAX_XLSX_SHEET_ROWS", 1_000)
    rows = b"".join(b'<row spans="%d"/>' % n for n in range(1_001))
    assert refusal(workbook_with_sheet(rows)).code == "xlsx_broken"


def test_more_elements_than_an_export_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_xml, "MAX_XML_ELEMENTS", 1_000)
    assert refusal(workbook_with_sheet(b"<a/>" * 1_001)).code == "too_big"


def test_a_value_in_the_last_column_makes_the_row_too_wide_and_not_the_table() -> None:
    rows = b"".join(row_of(n, b'<c r="XFD%d"><v>1</v></c>' % n) for n in range(2, 1_000))
    tracemalloc.start()
    export = read_export(workbook_with_sheet(rows + row_of(1_000, TEXT_CELL % b"Logo")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(export.bad) == 998
    assert len(export.log) == 1
    assert peak < 50 * MEGABYTE


def test_a_long_cell_of_a_workbook_is_named_by_line_and_column() -> None:
    text = b"".join(b"%d " % n for n in range(60_000))
    (bad,) = read_export(workbook_with_sheet(row_of(2, TEXT_CELL % text))).bad
    assert (bad.line, bad.column) == (2, "title")
    assert "more than 100,000 characters" in str(bad.reason)


def test_one_long_text_in_many_cells_does_not_fill_the_memory() -> None:
    text = b" " + b"".join(b"%d " % n for n in range(16_000))
    strings = b"<si><t>title</t></si><si><t>%s</t></si>" % text
    cell = b'<c t="s"><v>1</v></c>'
    rows = b'<row><c t="s"><v>0</v></c></row>' + b"".join(
        b'<row ht="%d">%s</row>' % (n, cell * 20) for n in range(100)
    )
    assert refusal(zipped(excel_parts(strings, rows))).code == "too_big"


def test_shared_texts_are_joined_without_their_pronunciation() -> None:
    strings = (
        b"<si><t>title</t></si>"
        b"<si><r><t>Lo</t></r><r><t>go</t></r><rPh><t>rogo</t></rPh></si><si/>"
        b"<si><t>a_x000D_\nb</t></si>"
    )
    cells = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % n for n in range(4))
    export = read_export(zipped(excel_parts(strings, cells)))
    assert [row.title for row in export.log] == ["Logo", "a b"]


@pytest.mark.parametrize("number", [b"4", b"-1", b"one", b"99999999999999999999", b""])
def test_a_shared_text_that_is_not_there_is_damage(number: bytes) -> None:
    rows = b'<row><c t="s"><v>0</v></c></row><row><c t="s"><v>%s</v></c></row>' % number
    parts = excel_parts(b"<si><t>title</t></si>", rows)
    assert refusal(zipped(parts)).code in ("xlsx_broken", "no_rows")
