"""A look at a file in another encoding, before the user says that it is the right one."""

import io
from typing import Final

from contracts.models import ImportBatch

SHOWN_LINES: Final = 3
SHOWN_CHARACTERS: Final = 160


def lines_as(encoding: str, batch: ImportBatch) -> list[str]:
    """Return the first lines that are not plain English letters, decoded as `encoding`."""
    found: list[str] = []
    content = ImportBatch.objects.values_list("content", flat=True).get(pk=batch.pk)
    for line in io.BytesIO(content):
        if line.isascii():
            continue
        text = line.decode(encoding, "replace")
        first = next(place for place, letter in enumerate(text) if not letter.isascii())
        start = max(0, first - SHOWN_CHARACTERS // 2)
        found.append(text[start : start + SHOWN_CHARACTERS].strip())
        if len(found) == SHOWN_LINES:
            break
    return found
