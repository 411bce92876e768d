"""Text to records: comma, semicolon or tab, with the line number where each record starts.

A quote that is never closed must not swallow the rest of the file. So a record that spans several
lines has to prove itself: exact quoting, as many cells as the header, line breaks only in columns
that can have some, and no line within it that looks like a record of its own. Otherwise its first
line alone is reported, and reading goes on with the next one.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from contracts.importing.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_LINE_CHARACTERS,
    MAX_LINES,
    MAX_RECORD_LINES,
)
from contracts.importing.problems import Problem, UnreadableFile, gettext_noop

DELIMITERS: Final = (",", ";", "\t")

CellsTest = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a record of one file looks like.

    `width` is the number of its cells; `single_line` are the columns (by index) that never have a
    line break; `looks_like_record` knows a record of this file from other text.
    """

    width: int
    single_line: Sequence[int]
    looks_like_record: CellsTest


_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)


class Record(NamedTuple):
    """One record: its first line, its cells, and what is wrong with it.

    `column` is the index of the cell that the problem is about, -1 where it is about all of them.
    """

    line: int
    cells: list[str]
    problem: Problem | None = None
    column: int = -1


class _LineTooLong(Exception):  # noqa: N818 - a signal within this module
    pass


class _Lines:
    """Physical lines that count themselves and can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.of_record: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.of_record) >= MAX_RECORD_LINES:
            raise StopIteration  # strict csv then says that the quote is not closed
        line = self._again.popleft() if self._again else next(self._lines)
        self.of_record.append(line)
        self.number += 1
        if self.number > MAX_LINES:
            raise UnreadableFile(
                "too_many_rows",
                gettext_noop("The file has more than %(limit)s lines. Export a shorter period."),
                limit=f"{MAX_LINES:,}",
            )
        if len(line) > MAX_LINE_CHARACTERS:
            raise _LineTooLong
        return line

    def begin_record(self) -> None:
        self.of_record.clear()

    def give_back(self, line: str) -> None:
        self._again.appendleft(line)
        self.number -= 1

    def give_back_all_but_first(self) -> None:
        for line in reversed(self.of_record[1:]):
            self.give_back(line)
        del self.of_record[1:]


class TextTable:
    """The records of a text: `header` (which starts at `header_line`), then `records`."""

    def __init__(self, lines: Iterator[str], is_header: CellsTest) -> None:
        """Find the first line that is not blank, and the delimiter by which it `is_header`."""
        self._lines = _Lines(lines)
        first, delimiter = self._first_line()
        self.delimiter = delimiter or _delimiter_of(first, is_header)
        self._reader = csv.reader(
            self._lines, delimiter=self.delimiter, strict=True, skipinitialspace=True
        )
        header = self._next(None)
        if header is None or header.problem is not None:
            raise UnreadableFile(
                "unknown_header",
                gettext_noop("Line %(line)s should name the columns, but cannot be read."),
                line=header.line if header else 1,
            )
        self.header_line, self.header = header.line, header.cells

    def _first_line(self) -> tuple[str, str]:
        """Return the first line with text, given back, and the delimiter if Excel's `sep=` says."""
        delimiter = ""
        try:
            for line in self._lines:
                self._lines.begin_record()
                if separator := _SEPARATOR_LINE.fullmatch(line):
                    delimiter = separator[1]
                elif line.strip(" \t\r\n,;\"'\ufeff\xa0"):
                    first = line.lstrip("\ufeff")
                    self._lines.give_back(first)
                    return first, delimiter
        except _LineTooLong:
            raise UnreadableFile(
                "cell_too_long",
                gettext_noop("Line %(line)s is too long to be the header of an export."),
                line=self._lines.number,
            ) from None
        raise UnreadableFile("empty", gettext_noop("The file is empty."))

    def records(self, layout: Layout) -> Iterator[Record]:
        """Yield the records after the header that are not blank, as wide as they come."""
        while (record := self._next(layout)) is not None:
            if record.problem is not None or any(cell.strip() for cell in record.cells):
                yield record

    def _next(self, layout: Layout | None) -> Record | None:
        lines = self._lines
        lines.begin_record()
        line = lines.number + 1
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except (csv.Error, _LineTooLong) as error:
            if len(lines.of_record) == 1 and not str(error).startswith(_QUOTING):
                return self._too_long(line)
            return self._not_closed(line)
        if len(lines.of_record) > 1 and layout and not self._is_proven(cells, layout):
            return self._not_closed(line)
        if sum(map(len, lines.of_record)) > MAX_CELL_CHARACTERS:
            return with_long_cell_reported(Record(line, cells))
        return Record(line, cells)

    def _is_proven(self, cells: Sequence[str], layout: Layout) -> bool:
        if len(cells) != layout.width:
            return False
        if any("\n" in cells[index] or "\r" in cells[index] for index in layout.single_line):
            return False
        within = (self._pieces(text) for text in self._lines.of_record[1:])
        return not any(layout.looks_like_record(inner) for inner in within)

    def _too_long(self, line: int) -> Record:
        record = with_long_cell_reported(Record(line, self._pieces(self._lines.of_record[0])))
        if record.problem is not None:
            return record
        problem = Problem(
            gettext_noop("The row has more than %(limit)s characters."),
            {"limit": f"{MAX_LINE_CHARACTERS:,}"},
        )
        return Record(line, record.cells, problem)

    def _not_closed(self, line: int) -> Record:
        """Report the record's first line only; the next record starts with the line after it."""
        self._lines.give_back_all_but_first()
        return Record(
            line,
            self._pieces(self._lines.of_record[0]),
            Problem(
                gettext_noop(
                    "A quotation mark in this row is not closed or stands alone, "
                    "or a line break is where none belongs."
                )
            ),
        )

    def _pieces(self, text: str) -> list[str]:
        """Take one line apart without complaint, and no further than a header may be wide."""
        pieces: list[str] = []
        pattern = _PIECES[self.delimiter]
        position = 0
        text = text.rstrip("\r\n")
        while position <= len(text) and len(pieces) <= MAX_COLUMNS:
            match = pattern.match(text, position)
            piece = match[0] if match else ""
            pieces.append(_unquoted(piece))
            position += len(piece) + 1
        return pieces


_QUOTING: Final = ("'", "unexpected end")  # how csv's messages about quotes begin
_PIECES: Final = {
    delimiter: re.compile(rf' *+(?:"(?:[^"]++|"")*+"?+)?+[^{delimiter}]*+')
    for delimiter in DELIMITERS
}


def _unquoted(piece: str) -> str:
    piece = piece.lstrip(" ")
    if len(piece) > 1 and piece.startswith('"') and piece.endswith('"'):
        return piece[1:-1].replace('""', '"')
    return piece


def _delimiter_of(first: str, is_header: CellsTest) -> str:
    for delimiter in DELIMITERS:
        try:
            if is_header(next(csv.reader([first], delimiter=delimiter, skipinitialspace=True))):
                return delimiter
        except csv.Error:
            continue
    return max(DELIMITERS, key=first.count)


def with_long_cell_reported(record: Record) -> Record:
    """Return the record, with its first cell beyond `MAX_CELL_CHARACTERS` as its problem."""
    for index, cell in enumerate(record.cells):
        if len(cell) > MAX_CELL_CHARACTERS:
            problem = Problem(
                gettext_noop("The cell has more than %(limit)s characters."),
                {"limit": f"{MAX_CELL_CHARACTERS:,}"},
            )
            return Record(record.line, record.cells, problem, index)
    return record
