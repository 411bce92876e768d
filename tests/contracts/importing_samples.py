"""Files for the tests of `contracts.importing`, kept and made up on the spot."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from openpyxl import Workbook

from contracts.importing import Export, LogRow, MoneyRow, read_export

SAMPLES = Path(__file__).parent.parent / "data" / "exports"

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: other tests may keep the machine busy."""

REPORT_HEADER = (
    "Date,Transaction ID,Transaction type,Transaction summary,"
    "Freelancer,Client team,Ref ID,Amount $"
)


def report(*lines: str) -> Export:
    """Read a transaction report (A) with these rows."""
    return read_export("\n".join([REPORT_HEADER, *lines]).encode())


def workbook(rows: Iterable[Sequence[object]], *, before: Iterable[Sequence[object]] = ()) -> bytes:
    """An XLSX file of one sheet with `rows`, after another sheet if there is something in it."""
    book = Workbook(write_only=True)
    for title, content in (("Before", list(before)), ("Contracts", list(rows))):
        if content or title == "Contracts":
            sheet = book.create_sheet(title)
            for row in content:
                sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def understood(export: Export) -> list[MoneyRow | LogRow]:
    return [*export.money, *export.log]


def decimals(numbers: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers.split())
