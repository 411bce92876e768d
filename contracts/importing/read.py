"""An export, from its bytes to understood rows: the whole way in one place.

bytes → text or workbook → records → header → rows. Whatever the bytes are, the answer is an
`Export` or an `UnreadableFile`, and nothing else; only what `progress` raises comes through.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

from contracts.importing.archives import ZIP_MAGIC
from contracts.importing.contract_log import ContractLogReader
from contracts.importing.decoding import decode, reject_other_kinds
from contracts.importing.headers import Header, folded, format_of, recognise
from contracts.importing.limits import MAX_CELL_CHARACTERS, MAX_ROWS, PROGRESS_EVERY
from contracts.importing.problems import CellNotUnderstood, Problem, UnreadableFile, gettext_noop
from contracts.importing.rows import BadRow, Export, LogRow, MoneyRow
from contracts.importing.tables import CellsTest, Record, TextTable
from contracts.importing.workbooks import WorkbookTable

KEPT_OF_LONG_CELLS: Final = 1_000
"""Characters that a `BadRow` keeps of a cell that is too long."""


class Table(Protocol):
    """Records with a header, from text or from a workbook. `delimiter` is "" for a workbook."""

    @property
    def header(self) -> list[str]: ...
    @property
    def header_line(self) -> int: ...
    @property
    def delimiter(self) -> str: ...

    def records(self, width: int, looks_like_record: CellsTest) -> Iterator[Record]: ...


def read_export(
    data: bytes,
    *,
    file_name: str = "",
    encoding: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Export:
    """Read an export of Upwork (A, B, C) or a contract log of ours (D), as CSV or XLSX.

    `encoding` ("utf-8" or "cp1252") is what the user said; a byte-order mark wins over it. The
    `file_name` is kept, never interpreted. `progress` is called with the number of data rows read,
    every 1,000 rows; what it raises ends the reading. Raises `UnreadableFile` for a file that is no
    export at all; rows that are not understood are in `Export.bad`.
    """
    reject_other_kinds(data)
    table, encoding_name = _opened(data, encoding)
    header = recognise(table.header, table.header_line)
    reading = _Reading(table, header)
    reading.run(progress)
    return reading.export(encoding_name, file_name)


def _opened(data: bytes, encoding: str | None) -> tuple[Table, str]:
    if data.startswith(ZIP_MAGIC):
        return WorkbookTable(data, _is_header), "xlsx"
    lines, encoding_name = decode(data, encoding)
    return TextTable(lines, _is_header), encoding_name


def _is_header(cells: Sequence[str]) -> bool:
    return format_of(folded(cell) for cell in cells) is not None


class _Reading:
    """The rows of one file as they are sorted into understood and not understood."""

    def __init__(self, table: Table, header: Header) -> None:
        self.table = table
        self.header = header
        self.rows = 0
        self.money: list[MoneyRow] = []
        self.log: list[LogRow] = []
        self.bad: list[BadRow] = []
        self._seen: dict[object, int] = {}
        self._log_reader = ContractLogReader(header, decimal_comma=table.delimiter == ";")

    def run(self, progress: Callable[[int], None] | None) -> None:
        reader = self._log_reader
        for record in self.table.records(len(self.header.names), reader.looks_like_record):
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise UnreadableFile(
                    "too_many_rows",
                    gettext_noop("The file has more than %(limit)s rows. Export a shorter period."),
                    limit=f"{MAX_ROWS:,}",
                )
            self._take(record)
            if progress is not None and self.rows % PROGRESS_EVERY == 0:
                progress(self.rows)
        if not self.rows:
            raise UnreadableFile(
                "no_rows",
                gettext_noop("The file has a header in line %(line)s, but no rows after it."),
                line=self.header.line,
            )

    def _take(self, record: Record) -> None:
        if record.problem is not None:
            self._reject(record, record.problem, self._column(record.column))
            return
        try:
            cells = self._fitted(record.cells)
            row = self._log_reader.read(record.line, cells)
        except CellNotUnderstood as complaint:
            column = self.header.name(complaint.field) if complaint.field else ""
            self._reject(record, complaint.problem, column)
            return
        identity = tuple(cell.strip() for cell in cells)
        first = self._seen.setdefault(identity, record.line)
        if first != record.line:
            self._reject(record, _repetition(first), "", same_as=first)
            return
        self.log.append(row)

    def _fitted(self, cells: list[str]) -> list[str]:
        """Return the cells as wide as the header.

        Pasted text and workbooks leave out empty cells at the end; in a CSV file a missing cell
        means that something is wrong with the row.
        """
        width = len(self.header.names)
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if len(cells) < width and self.table.delimiter in ("", "\t"):
            return cells + [""] * (width - len(cells))
        if len(cells) != width:
            raise CellNotUnderstood(
                gettext_noop("The row has %(found)s cells, but the header has %(expected)s."),
                found=len(cells),
                expected=width,
            )
        return cells

    def _column(self, index: int) -> str:
        names = self.header.names
        return names[index] if 0 <= index < len(names) else ""

    def _reject(
        self, record: Record, reason: Problem, column: str, *, same_as: int | None = None
    ) -> None:
        cells = tuple(
            cell if len(cell) <= MAX_CELL_CHARACTERS else cell[:KEPT_OF_LONG_CELLS] + "…"
            for cell in record.cells
        )
        self.bad.append(BadRow(record.line, column, reason, cells, same_as))

    def export(self, encoding: str, file_name: str) -> Export:
        return Export(
            format=self.header.format,
            variant="",
            rows=self.rows,
            header=self.header.names,
            money=tuple(self.money),
            log=tuple(self.log),
            bad=tuple(self.bad),
            encoding=encoding,
            delimiter=self.table.delimiter,
            file_name=file_name,
        )


def _repetition(first: int) -> Problem:
    return Problem(
        gettext_noop("The same as line %(line)s; counted once."),
        {"line": first},
    )
