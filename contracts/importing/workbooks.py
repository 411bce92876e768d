"""A workbook's records: those of the first sheet whose header is known, every value as text."""

import posixpath
from collections.abc import Iterator
from typing import Final

from contracts.importing.archives import Archive
from contracts.importing.limits import (
    MAX_CELL_CHARACTERS,
    MAX_XLSX_SHEETS,
    MAX_XLSX_TEXT_CHARACTERS,
)
from contracts.importing.problems import UnreadableFile, gettext_noop
from contracts.importing.tables import CellsTest, Layout, Record, with_long_cell_reported
from contracts.importing.workbook_xml import (
    DateStyles,
    Relationships,
    SharedStrings,
    SheetRows,
    WorkbookSheets,
    too_big,
)

_USUAL_WORKBOOK: Final = "xl/workbook.xml"

Rows = Iterator[tuple[int, list[str]]]


class WorkbookTable:
    """The records of one sheet: `header` (in row `header_line`), then `records`."""

    delimiter = ""

    def __init__(self, data: bytes, is_header: CellsTest) -> None:
        """Open the workbook and find the first sheet whose header `is_header`."""
        self._rows: Rows = iter(())
        self.header: list[str] = []
        self.header_line = 0
        for rows in _Workbook(Archive(data)).sheets():
            line, cells = next(rows, (0, []))
            recognised = is_header(cells)
            if recognised or not self.header:
                self.header_line, self.header, self._rows = line, cells, rows
            if recognised:
                break
        if not self.header:
            raise UnreadableFile("empty", gettext_noop("The workbook's sheets are empty."))

    def records(self, layout: Layout) -> Iterator[Record]:
        """Yield the rows after the header that are not blank; `line` is the sheet's row number.

        The layout is for `TextTable`: a workbook's cells need no proof.
        """
        characters = 0
        for line, cells in self._rows:
            characters += sum(map(len, cells))
            if characters > MAX_XLSX_TEXT_CHARACTERS:
                raise too_big()
            record = Record(line, cells)
            long = any(len(cell) > MAX_CELL_CHARACTERS for cell in cells)
            yield with_long_cell_reported(record) if long else record


class _Workbook:
    """The parts of one workbook that matter here."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        path = self._relationships("").by_type.get("officeDocument", _USUAL_WORKBOOK)
        self._path = path.lstrip("/")
        if self._path not in archive:
            raise UnreadableFile(
                "not_xlsx",
                gettext_noop(
                    "This is a zip archive or another program's document. "
                    "Unpack it, or save the table as XLSX or CSV."
                ),
            )
        self._roles = self._relationships(self._path)
        self._book = WorkbookSheets()
        self._book.read(archive.pieces(self._path))

    def sheets(self) -> Iterator[Rows]:
        """Yield the rows of each worksheet that are not blank, the first sheet first."""
        roles = [self._roles.by_id.get(id_, ("", "")) for id_ in self._book.ids]
        paths = [self._absolute(target) for role, target in roles if role == "worksheet"]
        if not paths:
            raise UnreadableFile("xlsx_no_sheet", gettext_noop("The workbook has no sheet."))
        strings, styles = SharedStrings(), DateStyles()
        for role, part in (("sharedStrings", strings), ("styles", styles)):
            if target := self._roles.by_type.get(role):
                part.read(self._archive.pieces(self._absolute(target)))
        for path in paths[:MAX_XLSX_SHEETS]:
            sheet = SheetRows(strings.texts, styles, self._book.epoch)
            yield self._rows(path, sheet)

    def _rows(self, path: str, sheet: SheetRows) -> Rows:
        for _ in sheet.steps(self._archive.pieces(path)):
            yield from (row for row in sheet.rows if any(cell.strip() for cell in row[1]))
            sheet.rows.clear()

    def _relationships(self, path: str) -> Relationships:
        folder, name = posixpath.split(path)
        relationships = Relationships()
        part = posixpath.join(folder, "_rels", name + ".rels")
        if part in self._archive:
            relationships.read(self._archive.pieces(part))
        return relationships

    def _absolute(self, target: str) -> str:
        path = posixpath.join("/", posixpath.dirname(self._path), target)
        return posixpath.normpath(path).lstrip("/")
