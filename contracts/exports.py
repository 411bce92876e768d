"""Contracts as format D, our own contract log: what is read back as the same values.

Texts that a spreadsheet would run as a formula are neutralised, and restored by
`contracts.importing`. The CSV has no byte-order mark, so that every program reads `title` as the
first header; whoever uses Excel takes the XLSX.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import IO, Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from contracts.importing.formulas import neutralise
from contracts.models import Contract
from contracts.models.contracts import ContractQuerySet

type Cell = str | bool | Decimal | dt.date | None

_NUMBER_FORMATS: dict[type, str] = {dt.date: "yyyy-mm-dd", Decimal: "0.00"}
_WIDTHS = {"title": 44, "client": 28, "notes": 60}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One contract of format D. The fields' names and order are the file's header.

    `rating` is 1.00 to 5.00, None without feedback; `closed_on` None while the contract is open;
    `client_flagged` is true where the contract or its client is flagged, because the score that is
    worked out from the file must not count either (J2).
    """

    title: str
    client: str = ""
    kind: str = ""
    started_on: dt.date | None = None
    closed_on: dt.date | None = None
    earned: Decimal | None = None
    hours: Decimal | None = None
    rating: Decimal | None = None
    ended_by: str = ""
    under_agency: bool = False
    client_flagged: bool = False
    feedback_removed: bool = False
    notes: str = ""


HEADER = tuple(field.name for field in fields(LogLine))


def log_lines(contracts: ContractQuerySet) -> Iterator[LogLine]:
    """Yield the contracts as lines, fetched in portions."""
    rows = contracts.with_rating().select_related("client")
    for contract in rows.iterator(chunk_size=1_000):
        yield log_line(contract, rating=contract.rating)


def log_line(contract: Contract, *, rating: Decimal | None) -> LogLine:
    client = contract.client
    return LogLine(
        title=contract.title,
        client=client.name if client else "",
        kind=contract.kind,
        started_on=contract.started_on,
        closed_on=contract.closed_on,
        earned=contract.earned,
        hours=contract.hours,
        rating=rating,
        ended_by=contract.ended_by,
        under_agency=contract.under_agency,
        client_flagged=contract.client_flagged or bool(client and client.flagged),
        feedback_removed=contract.feedback_removed,
        notes=contract.notes,
    )


class _Echo:
    """A file that hands back what is written to it, for `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def csv_lines(lines: Iterable[LogLine]) -> Iterator[str]:
    """Yield the header and then one record at a time, so that a long export streams."""
    writer = csv.writer(_Echo())
    yield writer.writerow(HEADER)
    for line in lines:
        yield writer.writerow([_text(value) for value in astuple(line)])


def workbook_write(lines: Iterable[LogLine], file: IO[bytes]) -> None:
    """Write an XLSX workbook with real dates, numbers and booleans, its header frozen in view."""
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet("contracts")  # a WriteOnlyWorksheet
    sheet.freeze_panes = "B2"
    for position, name in enumerate(HEADER):
        sheet.column_dimensions[chr(ord("A") + position)].width = _WIDTHS.get(name, 13)
    sheet.append([_cell(sheet, name, bold=True) for name in HEADER])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in astuple(line)])
    workbook.save(file)


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"  # never 1E+3
    return neutralise(value.strip())


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # XML has no place for control characters: they are left out.
        value = neutralise(ILLEGAL_CHARACTERS_RE.sub("", value.strip()))
    cell = WriteOnlyCell(sheet, value=cast("str | float", value))  # takes dates and decimals too
    cell.number_format = _NUMBER_FORMATS.get(type(value), "General")
    if bold:
        cell.font = Font(bold=True)
    return cell
