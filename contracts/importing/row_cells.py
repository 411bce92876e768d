"""The cells of one row by field name, and a complaint that knows its column."""

from collections.abc import Callable, Sequence

from contracts.importing.formulas import restore
from contracts.importing.headers import Header
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown


class RowCells:
    """One row, as wide as its header.

    Texts are as they were before one of our own exports neutralised them: rows that were given back
    with a reason are neutralised too, whatever their format.
    """

    __slots__ = ("_cells", "_header", "_positions", "_texts")

    def __init__(self, header: Header, cells: Sequence[str]) -> None:
        self._header = header
        self._positions = header.positions
        self._cells = cells
        # restored before blanks are taken off: a neutralised line break is an apostrophe and that
        self._texts = [
            restore(cell).strip() if cell.startswith("'") else cell.strip() for cell in cells
        ]
        self._texts.append("")  # what position -1 finds: a column that the file does not have

    def text(self, field: str) -> str:
        """Return a field's text without blanks around it, "" where the file has no such column."""
        return self._texts[self._positions.get(field, -1)]

    def read[T](self, field: str, parse: Callable[[str], T]) -> T:
        """Return a field's parsed text; a complaint of `parse` is told which field it is about."""
        try:
            return parse(self._texts[self._positions.get(field, -1)])
        except CellNotUnderstood as complaint:
            complaint.field = field
            raise

    def optional[T](self, field: str, parse: Callable[[str], T]) -> T | None:
        """Like `read`, and None for an empty cell."""
        return self.read(field, parse) if self.text(field) else None

    def short(self, field: str, limit: int) -> str:
        """Return a field's text, and complain where it is longer than the thing can be."""
        text = self._texts[self._positions.get(field, -1)]
        if len(text) > limit:
            raise CellNotUnderstood(
                gettext_noop("The text has more than %(limit)s characters: “%(value)s”."),
                field=field,
                limit=limit,
                value=shown(text),
            )
        # only a workbook's can have line breaks here
        return " ".join(text.split()) if "\n" in text or "\r" in text else text

    def stripped(self) -> tuple[str, ...]:
        """Return all cells without blanks around them: what makes two rows the same."""
        return tuple(self._texts)

    def raw(self) -> dict[str, str]:
        """Return the cells that are not empty, by the column names as spelled in the file."""
        pairs = zip(self._header.names, self._cells, strict=True)
        return {name: cell for name, cell in pairs if cell}
