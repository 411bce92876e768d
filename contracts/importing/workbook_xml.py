"""The XML within an XLSX file, read as a stream: sheets, texts, date styles and rows.

A stream, because a tree of a hostile part (fifty million empty cells in one row) would fill the
memory long before any row comes out. Document types are refused, which is what entity expansion
needs; names are compared without their namespaces, so "strict" workbooks are read too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final
from xml.parsers import expat

from contracts.importing.archives import damaged
from contracts.importing.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_XLSX_SHEET_COLUMNS,
    MAX_XLSX_SHEET_ROWS,
    MAX_XLSX_STRINGS,
    MAX_XLSX_TEXT_CHARACTERS,
    MAX_XML_DEPTH,
    MAX_XML_ELEMENTS,
)
from contracts.importing.problems import UnreadableFile, gettext_noop
from contracts.importing.workbook_values import (
    EPOCH_1900,
    EPOCH_1904,
    column_number,
    shown_date,
    shown_duration,
    shown_number,
    unescaped,
)

_DATE_FORMATS: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_DURATION_FORMAT: Final = "46"  # [h]:mm:ss
_NOT_PLACEHOLDERS = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)


class _Part:
    """One XML part: subclasses look at elements as they begin and finish."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._elements = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """See an element's start."""

    def finish(self, name: str) -> None:
        """See an element's end."""

    def text(self, text: str) -> None:
        """See a piece of text."""

    def steps(self, pieces: Iterable[bytes]) -> Iterator[None]:
        """Parse the pieces one by one, and yield after each."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        try:
            for piece in pieces:
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise damaged() from error
        yield

    def read(self, pieces: Iterable[bytes]) -> None:
        for _ in self.steps(pieces):
            pass

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_XML_ELEMENTS or len(self.path) > MAX_XML_DEPTH:
            raise too_big()
        local = name.rpartition(":")[2]
        self.path.append(local)
        self.begin(local, attributes)

    def _end(self, _name: str) -> None:
        self.finish(self.path.pop())


def _refuse_document_type(*_args: object) -> None:
    raise UnreadableFile(
        "xlsx_entities",
        gettext_noop("The workbook defines entities, which no spreadsheet does. It is not read."),
    )


def _refuse_index() -> str:
    raise damaged()


def too_big() -> UnreadableFile:
    """Return the complaint about a workbook with more in it than an export has."""
    return UnreadableFile(
        "too_big", gettext_noop("The workbook holds too much. Export a shorter period.")
    )


class Relationships(_Part):
    """`by_id` and `by_type`: which part (path as written) has which role."""

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[str, tuple[str, str]] = {}
        self.by_type: dict[str, str] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            role = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            self.by_id[attributes.get("Id", "")] = (role, target)
            self.by_type.setdefault(role, target)


class WorkbookSheets(_Part):
    """`ids` of the sheets in their order, and the `epoch` that day numbers count from."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.epoch = EPOCH_1900

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.ids += [value for key, value in attributes.items() if key.endswith(":id")]
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = EPOCH_1904


class DateStyles(_Part):
    """`dates` and `durations`: the cell styles (by number, as text) that show a number as such."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: set[str] = set()
        self.durations: set[str] = set()
        self._date_formats = {str(number) for number in _DATE_FORMATS}
        self._duration_formats = {_DURATION_FORMAT}
        self._count = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._see_format(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif name == "xf" and self.path[-2:-1] == ["cellXfs"]:
            format_ = attributes.get("numFmtId")
            if format_ in self._duration_formats:
                self.durations.add(str(self._count))
            elif format_ in self._date_formats:
                self.dates.add(str(self._count))
            self._count += 1

    def _see_format(self, number: str, code: str) -> None:
        placeholders = _NOT_PLACEHOLDERS.sub("", code).lower()
        if re.search(r"\[[hms]", placeholders):
            self._duration_formats.add(number)
        elif re.search("[ymdhs]", placeholders):
            self._date_formats.add(number)


class SharedStrings(_Part):
    """`texts`: the texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._characters = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []

    def text(self, text: str) -> None:
        # rPh is how a Japanese text is pronounced, not part of it
        if self.path and self.path[-1] == "t" and "rPh" not in self.path:
            self._pieces.append(text)
            self._characters += len(text)

    def finish(self, name: str) -> None:
        if name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > MAX_XLSX_STRINGS or self._characters > MAX_XLSX_TEXT_CHARACTERS:
                raise too_big()


class SheetRows(_Part):
    """The rows of one sheet; `rows` fills as the part is parsed and is emptied by the reader."""

    def __init__(self, texts: list[str], styles: DateStyles, epoch: date) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self._texts = texts
        self._styles = styles
        self._epoch = epoch
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: list[str] = []
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._wanted = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._wanted = "rPh" not in self.path
        elif name == "row":
            row = int(attributes.get("r", self._row + 1))
            if not self._row < row <= MAX_XLSX_SHEET_ROWS:
                raise damaged()
            self._row, self._column, self._cells = row, 0, []

    def text(self, text: str) -> None:
        if self._wanted and self._length <= MAX_CELL_CHARACTERS:
            self._pieces.append(text)
            self._length += len(text)

    def finish(self, name: str) -> None:
        if name in ("v", "t"):
            self._wanted = False
        elif name == "c":
            self._finish_cell()
        elif name == "row":
            self.rows.append((self._row, self._cells))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        column = self._column + 1
        if reference := attributes.get("r"):
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters) or self._columns.setdefault(
                letters, column_number(letters)
            )
        if not self._column < column <= MAX_XLSX_SHEET_COLUMNS:
            raise damaged()
        self._column = column
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._pieces = []
        self._length = 0

    def _finish_cell(self) -> None:
        if not self._pieces:
            return
        text = self._value("".join(self._pieces))
        # a value beyond the last column that a header may have still makes the row too wide
        index = min(self._column, MAX_COLUMNS + 1) - 1
        if text:
            self._cells += [""] * (index + 1 - len(self._cells))
            self._cells[index] = text

    def _value(self, text: str) -> str:
        if self._type == "s":
            return self._texts[int(text)] if text.isdecimal() else _refuse_index()
        if self._type == "n":
            if self._style in self._styles.dates:
                return shown_date(text, self._epoch)
            if self._style in self._styles.durations:
                return shown_duration(text)
            return shown_number(text)
        if self._type == "b":
            return "true" if text == "1" else "false"
        return unescaped(text)
