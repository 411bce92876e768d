"""The cells of one row by field name, and a complaint that knows its column."""

from collections.abc import Callable, Sequence

from contracts.importing.headers import Header
from contracts.importing.problems import CellNotUnderstood


class RowCells:
    """One row, as wide as its header."""

    __slots__ = ("_cells", "_header")

    def __init__(self, header: Header, cells: Sequence[str]) -> None:
        self._header = header
        self._cells = cells

    def text(self, field: str) -> str:
        """Return a field's text without blanks around it, "" where the file has no such column."""
        position = self._header.positions[field]
        return self._cells[position].strip() if position >= 0 else ""

    def read[T](self, field: str, parse: Callable[[str], T]) -> T:
        """Return a field's parsed text; a complaint of `parse` is told which field it is about."""
        try:
            return parse(self.text(field))
        except CellNotUnderstood as complaint:
            complaint.field = field
            raise

    def optional[T](self, field: str, parse: Callable[[str], T]) -> T | None:
        """Like `read`, and None for an empty cell."""
        return self.read(field, parse) if self.text(field) else None

    def raw(self) -> dict[str, str]:
        """Return the cells that are not empty, by the column names as spelled in the file."""
        pairs = zip(self._header.names, self._cells, strict=True)
        return {name: cell for name, cell in pairs if cell}
