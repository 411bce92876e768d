"""What holds for any bytes and any cells: an answer, and each row in exactly one place."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contracts.importing import (
    Export,
    UnreadableFile,
    found_contracts,
    neutralise,
    practice_rows,
    read_export,
    totals,
)
from tests.contracts.importing_samples import SAMPLES, UNHURRIED, understood, workbook

CONTENTS = [path.read_bytes() for path in sorted(SAMPLES.iterdir())]
HEADERS = {path.name[0]: path.read_text().splitlines()[0] for path in SAMPLES.glob("?_*.csv")}

ENCODINGS = st.sampled_from([None, "utf-8", "cp1252"])
FRAGMENTS = [
    *(b",", b";", b"\t", b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"'", b"=", b"NaN", b"1e999", b"(5)", b"31/02/2026", b"Ref ID 9001", b"\xc2\xa0", b"PK"),
]


def check(export: Export) -> None:
    """Every data row is in one place, and everything that works on an export works on this one."""
    lines = [row.line for row in understood(export)] + [bad.line for bad in export.bad]
    assert len(lines) == len(set(lines)) == export.rows > 0
    names = set(export.header)
    for bad in export.bad:
        assert str(bad.reason)
        assert bad.column == "" or bad.column in names
    assert len({row.external_id for row in export.money}) == len(export.money)
    contracts = found_contracts(export)
    assert len({contract.key for contract in contracts}) == len(contracts)
    placed = sum(len(contract.lines) for contract in contracts) + len(practice_rows(export))
    assert placed == len(export.money) + len(export.log)
    totals(export)


def answer(data: bytes, encoding: str | None = None) -> Export | None:
    """Return the export, or None for a refusal with a sentence; anything else fails the test."""
    try:
        export = read_export(data, encoding=encoding)
    except UnreadableFile as error:
        refusal = error
    else:
        check(export)
        return export
    assert refusal.code
    assert str(refusal)
    return None


@given(st.binary(max_size=2_000), ENCODINGS)
@example(b"PK\x03\x04", None)
@example(b"PK\x05\x06", None)
@example(b"\xff\xfe\x00\xd8", None)
@UNHURRIED
def test_any_bytes_have_an_answer(data: bytes, encoding: str | None) -> None:
    answer(data, encoding)


@given(
    st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
    st.sampled_from(sorted(HEADERS.values())),
    st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=8), max_size=30),
    ENCODINGS,
)
@UNHURRIED
def test_any_bytes_after_a_known_header_have_an_answer(
    mark: bytes, header: str, rest: list[bytes], encoding: str | None
) -> None:
    answer(mark + header.encode() + b"\n" + b"".join(rest), encoding)


@given(st.data(), st.sampled_from(CONTENTS), ENCODINGS)
@settings(UNHURRIED, max_examples=200)
def test_a_changed_sample_has_an_answer(
    data: st.DataObject, content: bytes, encoding: str | None
) -> None:
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(changed)))
        cut = data.draw(st.integers(0, 12))
        changed[at : at + cut] = data.draw(st.sampled_from(FRAGMENTS) | st.binary(max_size=4))
    answer(bytes(changed), encoding)


def xlsx_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLES / "d_contract_log.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = xlsx_parts()
XML_FRAGMENTS = [
    *(b"<c/>", b"<v>9</v>", b"</row>", b'<row r="3"/>', b"<is><t>x</t></is>", b' t="s"', b' s="1"'),
    *(b'"', b"<", b">", b"&lt;", b"&x;", b"nan", b"1e999", b"-1", b"99999999999", b"<!DOCTYPE a>"),
]


@given(st.data(), st.sampled_from([name for name in PARTS if "docProps" not in name]))
@settings(UNHURRIED, max_examples=200)
def test_a_workbook_with_a_changed_part_has_an_answer(data: st.DataObject, name: str) -> None:
    changed = bytearray(PARTS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed)))
        cut = data.draw(st.integers(0, 12))
        changed[at : at + cut] = data.draw(st.sampled_from(XML_FRAGMENTS) | st.binary(max_size=4))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in (PARTS | {name: bytes(changed)}).items():
            archive.writestr(part, content)
    answer(out.getvalue())


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LIKELY_CELLS = st.sampled_from(
    ["", "2026-10-02", "Oct 2, 2026", "5", "1,234.56", "Hourly", "Service Fee", "Logo (34000001)"]
)


@given(st.data(), st.sampled_from(sorted(HEADERS)), st.sampled_from([",", ";", "\t"]))
@settings(UNHURRIED, max_examples=150)
def test_any_cells_under_a_known_header_are_each_in_one_place(
    data: st.DataObject, format_: str, delimiter: str
) -> None:
    header = next(csv.reader([HEADERS[format_]]))
    row = st.lists(CELLS | LIKELY_CELLS, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(row, min_size=1, max_size=8))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    export = answer(out.getvalue().encode())
    not_blank = [row for row in rows if any(cell.strip() for cell in row)]
    single_lines = all("\n" not in cell and "\r" not in cell for row in rows for cell in row)
    if export is None:
        assert not not_blank
    elif single_lines:
        assert export.rows == len(not_blank)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@\t\r\n"), max_size=40
)


@given(st.lists(TEXTS, min_size=1, max_size=6), st.booleans())
@example(["\r", "'\t=", "=\n"], False)
@UNHURRIED
def test_notes_come_back_from_our_own_export(notes: list[str], in_workbook: bool) -> None:
    rows = [["title", "closed_on", "notes"]]
    rows += [[f"Contract {n}", "2026-10-02", neutralise(text)] for n, text in enumerate(notes)]
    if in_workbook:
        content = workbook(rows)
    else:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        content = out.getvalue().encode()
    export = read_export(content)
    assert export.bad == ()
    assert [plain(row.notes) for row in export.log] == [plain(text) for text in notes]


def plain(text: str) -> str:
    """A text without what cells do not keep: blanks around it, and the kind of its line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
AMOUNTS = st.decimals(-(10**6), 10**6, places=2)


@given(st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=10, unique=True))
@pytest.mark.parametrize("spelled", ["{:.2f}", "${:,.2f}"])
@UNHURRIED
def test_dates_and_amounts_come_back_from_a_report(
    spelled: str, payments: list[tuple[date, object]]
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Date", "Ref ID", "Type", "Description", "Amount"])
    for number, (day, amount) in enumerate(payments):
        date_ = f"{day:%b} {day.day}, {day.year}"
        writer.writerow([date_, number, "Bonus", "Thanks", spelled.format(amount)])
    export = read_export(out.getvalue().encode())
    assert [(row.paid_on, row.amount) for row in export.money] == payments
