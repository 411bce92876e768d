"""Format D: what is exported is read back as the same values, and is never run as a formula."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import openpyxl
import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client as Browser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.exports import HEADER, LogLine, csv_lines, log_lines, workbook_write
from contracts.importing import LogRow, read_export
from contracts.models import Contract
from tests.factories import ClientFactory, ContractFactory, closed_contract

FORMAT_D = (
    "title,client,kind,started_on,closed_on,earned,hours,rating,ended_by,under_agency,"
    "client_flagged,feedback_removed,notes"
)
MONEY = st.decimals(-(10**8), 10**8, places=2)
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2099, 12, 31))
# What a form or an import can have stored: no control characters, no blanks around it.
TEXTS = st.text(
    st.characters(exclude_categories=["C"], include_characters="\t\n", exclude_characters="\ufeff"),
    max_size=40,
).map(str.strip)
NAMES = TEXTS.map(lambda text: " ".join(text.split()))
DANGEROUS = st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "'=1", "''", "'", '"', "=HYPERLINK(0)", "＝1"]
)


@st.composite
def lines(draw: st.DrawFn) -> LogLine:
    started, closed = sorted([draw(DAYS), draw(DAYS)])
    is_closed = draw(st.booleans())
    return LogLine(
        title=draw(st.one_of(DANGEROUS, NAMES.filter(bool))),
        client=draw(st.one_of(DANGEROUS, NAMES)),
        kind=draw(st.sampled_from(["", "hourly", "fixed"])),
        started_on=draw(st.sampled_from([None, started])),
        closed_on=closed if is_closed else None,
        earned=draw(st.none() | MONEY),
        hours=draw(st.none() | st.decimals(0, 9_999, places=2)),
        rating=draw(st.none() | st.decimals(1, 5, places=2)),
        ended_by=draw(st.sampled_from(["", "client", "freelancer"])) if is_closed else "",
        under_agency=draw(st.booleans()),
        client_flagged=draw(st.booleans()),
        feedback_removed=draw(st.booleans()),
        notes=draw(st.one_of(DANGEROUS, TEXTS)),
    )


def as_csv(some: list[LogLine]) -> bytes:
    return "".join(csv_lines(some)).encode()


def as_xlsx(some: list[LogLine]) -> bytes:
    file = io.BytesIO()
    workbook_write(some, file)
    return file.getvalue()


def read_back(data: bytes) -> list[LogLine]:
    export = read_export(data)
    assert not export.bad
    assert export.format == "D"
    return [line_of(row) for row in export.log]


def line_of(row: LogRow) -> LogLine:
    return LogLine(**{name: getattr(row, name) for name in HEADER})


def test_the_header_is_format_d() -> None:
    assert next(csv_lines([])) == FORMAT_D + "\r\n"


@given(st.lists(lines(), min_size=1, max_size=4, unique=True))
@example([LogLine("-", notes="'=1"), LogLine("''=", client="@")])
@settings(deadline=None)
def test_a_csv_is_read_back_as_it_was(some: list[LogLine]) -> None:
    assert read_back(as_csv(some)) == some


@given(st.lists(lines(), min_size=1, max_size=4, unique=True))
@settings(deadline=None, max_examples=40)
def test_a_workbook_is_read_back_as_it_was(some: list[LogLine]) -> None:
    assert read_back(as_xlsx(some)) == some


@given(st.lists(lines(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=50)
def test_no_cell_of_a_csv_is_a_formula(some: list[LogLine]) -> None:
    records = csv.reader(io.StringIO("".join(csv_lines(some)), newline=""))
    cells = [cell for record in islice(records, 1, None) for cell in record]
    words = [cell for cell in cells if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([LogLine("=1+1", client="@SUM(A1)")]))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[2][:2]] == ["s", "s"]
    assert sheet["A2"].value == "'=1+1"


def test_a_workbook_has_real_dates_numbers_and_truths() -> None:
    line = LogLine(
        "Logo", closed_on=dt.date(2026, 3, 1), earned=Decimal("12.50"), rating=Decimal("4.85")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([line]))).active
    assert sheet is not None
    values = dict(zip(HEADER, (cell.value for cell in sheet[2]), strict=False))
    assert values["closed_on"] == dt.datetime(2026, 3, 1)  # noqa: DTZ001  # a sheet has no zones
    assert (values["earned"], values["rating"], values["under_agency"]) == (12.5, 4.85, False)
    assert (sheet["E2"].number_format, sheet.freeze_panes) == ("yyyy-mm-dd", "B2")


def test_a_workbook_leaves_out_what_xml_cannot_hold() -> None:
    assert read_back(as_xlsx([LogLine("Lo\x07go", notes="a\x0bb")])) == [
        LogLine("Logo", notes="ab")
    ]


def test_a_large_number_is_written_out() -> None:
    assert ",1000000," in list(csv_lines([LogLine("x", earned=Decimal("1E+6"))]))[1]


def test_a_csv_streams() -> None:
    def endless() -> Iterator[LogLine]:
        while True:
            yield LogLine("again")

    assert len(list(islice(csv_lines(endless()), 1_000))) == 1_000


def test_a_contract_becomes_its_line(actor: Actor, freelancer: Freelancer) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Acme", flagged=True)
    closed_contract(
        freelancer,
        "2026-03-01",
        "4.5",
        client=client,
        title="Logo",
        kind="fixed",
        started_on="2026-01-01",
        ended_by="client",
        earned=Decimal("100.5"),
        hours=Decimal(8),
        notes="Nice",
    )
    line = next(log_lines(Contract.objects.all()))
    assert line == LogLine(
        title="Logo",
        client="Acme",
        kind="fixed",
        started_on=dt.date(2026, 1, 1),
        closed_on=dt.date(2026, 3, 1),
        earned=Decimal("100.50"),
        hours=Decimal("8.00"),
        rating=Decimal("4.50"),
        ended_by="client",
        client_flagged=True,  # its client is: the file must not count it either
        notes="Nice",
    )
    assert str(line.rating) == "4.50"


# ── The two routes ───────────────────────────────────────────────────────────────────────────────


def body(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse | FileResponse)
    return response.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_the_selection(
    actor: Actor, freelancer: Freelancer, client: Browser, kind: str
) -> None:
    closed_contract(freelancer, "2026-03-01", "2.00", title="Bad")
    closed_contract(freelancer, "2026-03-01", "5.00", title="Good")
    response = client.get(f"/contracts/export.{kind}?show=negative")
    assert [line.title for line in read_back(body(response))] == ["Bad"]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_an_export_is_a_file_with_the_day_in_its_name(
    actor: Actor, freelancer: Freelancer, client: Browser, kind: str, content_type: str
) -> None:
    ContractFactory.create(freelancer=freelancer)
    response = client.get(f"/contracts/export.{kind}")
    body(response)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith('attachment; filename="contracts-2')


def test_an_export_keeps_the_lists_order(
    actor: Actor, freelancer: Freelancer, client: Browser
) -> None:
    for title in "bca":
        ContractFactory.create(freelancer=freelancer, title=title)
    response = client.get("/contracts/export.csv?sort=title")
    assert [line.title for line in read_back(body(response))] == ["a", "b", "c"]


def test_an_export_holds_no_other_practices_contracts(actor: Actor, client: Browser) -> None:
    ContractFactory.create(title="Foreign")
    assert body(client.get("/contracts/export.csv")).decode() == FORMAT_D + "\r\n"


def test_a_bad_filter_is_not_used(actor: Actor, freelancer: Freelancer, client: Browser) -> None:
    ContractFactory.create(freelancer=freelancer, title="Logo")
    response = client.get("/contracts/export.csv?closed_from=31/02&show=x&sort=y&client=z")
    assert [line.title for line in read_back(body(response))] == ["Logo"]
