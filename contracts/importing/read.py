"""An export, from its bytes to understood rows: the whole way in one place.

bytes → text or workbook → records → header → rows. Whatever the bytes are, the answer is an
`Export` or an `UnreadableFile`, and nothing else; only what `progress` raises comes through.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from contracts.importing.archives import ZIP_MAGIC
from contracts.importing.contract_links import linked
from contracts.importing.contract_log import ContractLogReader
from contracts.importing.decoding import decode, reject_other_kinds
from contracts.importing.headers import Format, Header, folded, format_of, recognise
from contracts.importing.limits import MAX_CELL_CHARACTERS, MAX_ROWS, PROGRESS_EVERY
from contracts.importing.problems import CellNotUnderstood, Problem, UnreadableFile, gettext_noop
from contracts.importing.row_cells import RowCells
from contracts.importing.rows import BadRow, Export, LogRow, MoneyRow
from contracts.importing.tables import Layout, Record, TextTable
from contracts.importing.transactions import TransactionReader
from contracts.importing.weekly_summary import WeeklySummaryReader
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

    def records(self, layout: Layout) -> Iterator[Record]: ...


def read_export(
    data: bytes,
    *,
    file_name: str = "",
    encoding: str | None = None,
    progress: Callable[[int], None] | None = None,
    each_log_row_counts: bool = False,
) -> Export:
    """Read an export of Upwork (A, B, C) or a contract log of ours (D), as CSV or XLSX.

    `encoding` ("utf-8" or "cp1252") is what the user said; a byte-order mark wins over it. The
    `file_name` is kept, never interpreted. `progress` is called with the number of data rows read,
    every 1,000 rows; what it raises ends the reading. With `each_log_row_counts` identical rows of
    a contract log are so many contracts; else the second one is taken for a repetition. Raises
    `UnreadableFile` for a file that is no export at all; rows that are not understood are in
    `Export.bad`.
    """
    reject_other_kinds(data)
    table, encoding_name = _opened(data, encoding)
    header = recognise(table.header, table.header_line)
    reading = _Reading(table, header, repeats_count=each_log_row_counts and header.format == "D")
    reading.run(progress)
    return reading.export(encoding_name, file_name)


def _opened(data: bytes, encoding: str | None) -> tuple[Table, str]:
    if data.startswith(ZIP_MAGIC):
        return WorkbookTable(data, _is_header), "xlsx"
    lines, encoding_name = decode(data, encoding)
    return TextTable(lines, _is_header), encoding_name


def _is_header(cells: Sequence[str]) -> bool:
    return format_of(folded(cell) for cell in cells) is not None


class RowReader(Protocol):
    """Reads one format's rows. `identity` is what no two rows of a file may share, None for none;

    rows of one identity whose `content` differs contradict each other.
    """

    def looks_like_record(self, cells: Sequence[str]) -> bool: ...
    def identity(self, own: RowCells) -> object: ...
    def content(self, own: RowCells) -> object: ...
    def read(self, line: int, own: RowCells) -> MoneyRow | LogRow: ...


_READERS: Final[Mapping[Format, Callable[..., RowReader]]] = {
    "A": TransactionReader,
    "B": TransactionReader,
    "C": WeeklySummaryReader,
    "D": ContractLogReader,
}


class _Reading:
    """The rows of one file as they are sorted into understood and not understood."""

    def __init__(self, table: Table, header: Header, *, repeats_count: bool = False) -> None:
        self.table = table
        self.header = header
        self.rows = 0
        self.money: list[MoneyRow] = []
        self.log: list[LogRow] = []
        self.bad: list[BadRow] = []
        self._repeats_count = repeats_count
        self._seen: dict[object, tuple[int, object]] = {}
        self._reader = _READERS[header.format](header, decimal_comma=table.delimiter == ";")

    def run(self, progress: Callable[[int], None] | None) -> None:
        for record in self.table.records(self._layout()):
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

    def _layout(self) -> Layout:
        return Layout(
            width=len(self.header.names),
            single_line=self.header.single_line_columns(),
            looks_like_record=self._reader.looks_like_record,
        )

    def _take(self, record: Record) -> None:
        if record.problem is not None:
            self._reject(record, record.problem, self._column(record.column))
            return
        try:
            own = RowCells(self.header, self._fitted(record.cells))
            identity, content = self._reader.identity(own), self._reader.content(own)
            if not self._repeats_count and identity is not None and identity in self._seen:
                self._reject_again(record, content, *self._seen[identity])
                return
            row = self._reader.read(record.line, own)
        except CellNotUnderstood as complaint:
            column = self.header.name(complaint.field) if complaint.field else ""
            self._reject(record, complaint.problem, column)
            return
        if identity is not None:
            self._seen[identity] = (record.line, content)
        if isinstance(row, LogRow):
            self.log.append(row)
        else:
            self.money.append(row)

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

    def _reject_again(
        self, record: Record, content: object, first: int, first_content: object
    ) -> None:
        if content == first_content:
            same = gettext_noop("The same as line %(line)s; counted once.")
            self._reject(record, Problem(same, {"line": first}), "", same_as=first)
        else:
            other = gettext_noop("The id is that of line %(line)s, but the payment is another.")
            self._reject(record, Problem(other, {"line": first}), self.header.name("external_id"))

    def _reject(
        self, record: Record, reason: Problem, column: str, *, same_as: int | None = None
    ) -> None:
        cells = tuple(
            cell if len(cell) <= MAX_CELL_CHARACTERS else cell[:KEPT_OF_LONG_CELLS] + "…"
            for cell in record.cells
        )
        self.bad.append(BadRow(record.line, column, reason, cells, same_as))

    def export(self, encoding: str, file_name: str) -> Export:
        folded_names = {folded(name) for name in self.header.names}
        has_rate = not folded_names.isdisjoint(("exchangerate", "exchange rate"))
        return Export(
            format=self.header.format,
            variant="exchange-rate" if self.header.format == "B" and has_rate else "",
            rows=self.rows,
            header=self.header.names,
            money=tuple(linked(self.money)),
            log=tuple(self.log),
            bad=tuple(self.bad),
            encoding=encoding,
            delimiter=self.table.delimiter,
            file_name=file_name,
        )
