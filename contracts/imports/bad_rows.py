"""The rows that were not understood, as a CSV to correct and to import again."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.importing import UnreadableFile, neutralise, read_export
from contracts.imports.sentences import problem_kept, sentence
from contracts.models import ImportBatch


class _Echo:
    """A file that hands back what is written to it, for `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def bad_rows_csv(batch: ImportBatch) -> Iterator[str]:
    """Yield the file's header and bad rows, with line and reason in columns of their own.

    The columns stand last and are ignored when the corrected file is imported. The byte-order mark
    lets Excel read the letters right; what a spreadsheet would run as a formula is neutralised.
    """
    try:
        export = read_export(bytes(batch.content), encoding=batch.encoding or None)
    except UnreadableFile:  # such as a batch whose content is not kept
        return
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(
        [*map(neutralise, export.header), _("Why it was not understood"), _("Line in the file")]
    )
    width = len(export.header)
    for row in export.bad:
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        reason = sentence(problem_kept(row.reason))
        if row.column:
            reason = f"{row.column}: {reason}"
        yield writer.writerow(map(neutralise, [*cells, reason, str(row.line)]))
