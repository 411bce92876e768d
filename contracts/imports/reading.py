"""Reading an import: from its bytes to what its page shows. Holds no transaction while it reads."""

import logging
from collections.abc import Callable
from itertools import batched
from typing import Any, Final

from contracts.importing import MoneySource, Problem, UnreadableFile, read_export
from contracts.importing.identities import folded_name
from contracts.importing.problems import gettext_noop
from contracts.imports.claims import (
    Cancelled,
    ReadingProgress,
    State,
    Superseded,
    reading_claim,
)
from contracts.imports.decisions import only_freelancer_of, splits_of
from contracts.imports.groups import Findings, findings_of
from contracts.imports.log_matching import match_log
from contracts.imports.matching import Match, match_groups
from contracts.imports.previews import items_of, summary
from contracts.imports.sentences import problem_kept
from contracts.imports.stored import Stored, stored_of
from contracts.models import ImportBatch, ImportItem

_ITEMS_AT_ONCE: Final = 1_000

log = logging.getLogger(__name__)

FAILED = gettext_noop("Something went wrong on our side. Nothing was imported; try again.")


def source_of(findings: Findings) -> MoneySource | None:
    """Which payments a file's are compared with; None for a contract log, which has none."""
    rows = findings.export.money
    return rows[0].source if rows else None


def matches_of(findings: Findings, stored: Stored) -> list[Match]:
    """Compare what was found with what is stored, in the order of the groups."""
    if findings.export.format == "D":
        return match_log(findings.groups, stored)
    return match_groups(findings.groups, stored)


def proposal_of(match: Match) -> tuple[str, str]:
    """The proposed action, and the public id of the contract that it was recognised as."""
    return match.default, match.contract.contract.public_id if match.contract else ""


def batch_findings(batch: ImportBatch, progress: Callable[[int], None] | None = None) -> Findings:
    """Read the batch's file and put it together as decided. Raises `UnreadableFile`."""
    export = read_export(
        bytes(batch.content),
        file_name=batch.file_name,
        encoding=batch.encoding or None,
        progress=progress,
    )
    return findings_of(export, splits=splits_of(batch), only_freelancer=only_freelancer_of(batch))


def import_read(batch_id: int) -> None:
    """Read an import that waits for it, or whose reader fell silent; else do nothing.

    Never raises: however it ends, the batch's state says so.
    """
    claim = reading_claim(batch_id)
    if not claim:
        return
    try:
        _read(batch_id, claim)
    except Superseded:
        log.info("Import %s is read by somebody else.", batch_id)
    except Cancelled:
        _end(batch_id, claim, State.CANCELLED)
    except UnreadableFile as unreadable:
        asks = unreadable.code == "encoding_unknown"
        problem = problem_kept(
            unreadable.problem,
            code=unreadable.code,
            line=unreadable.line,
            column=unreadable.column,
        )
        _end(batch_id, claim, State.NEEDS_ENCODING if asks else State.UNREADABLE, problem=problem)
    except Exception:
        log.exception("Import %s could not be read.", batch_id)
        _end(batch_id, claim, State.FAILED, problem=problem_kept(Problem(FAILED)))


def _read(batch_id: int, claim: str) -> None:
    batch = ImportBatch.objects.select_related("practice", "freelancer").get(pk=batch_id)
    if not batch.rows:
        guess = _rows_at_a_glance(bytes(batch.content))
        ImportBatch.objects.filter(pk=batch_id, claim=claim).update(rows=guess)
    progress = ReadingProgress(batch_id, claim)
    findings = _of_own_rows(batch, batch_findings(batch, progress))
    stored = stored_of(batch.freelancer, source_of(findings))
    matches = matches_of(findings, stored)
    items = items_of(batch, findings, matches)
    progress(findings.export.rows)
    ImportItem.objects.filter(batch=batch).delete()
    for some in batched(items, _ITEMS_AT_ONCE):  # each on its own: nobody is locked out for long
        ImportItem.objects.bulk_create(some)
        progress(findings.export.rows)
    _finish(
        batch_id,
        claim,
        State.PREVIEW,
        format=findings.export.format,
        rows=findings.export.rows,
        rows_done=findings.export.rows,
        preview=summary(findings, items, stored),
        decisions=batch.decisions,
    )


def _of_own_rows(batch: ImportBatch, findings: Findings) -> Findings:
    """Narrow a file of several to the rows of the freelancer whom it is imported for, if named.

    Done once: whose rows are imported is the user's to choose from then on.
    """
    names = {folded_name(name): name for name in findings.freelancers}
    own = names.get(folded_name(batch.freelancer.name))
    if own is None or len(names) == 1 or "freelancer" in batch.decisions:
        return findings
    batch.decisions["freelancer"] = own
    return findings_of(findings.export, splits=splits_of(batch), only_freelancer=own)


def _rows_at_a_glance(content: bytes) -> int:
    """Return about how many rows a text has, 0 for a workbook: what the progress bar ends at."""
    return 0 if content.startswith(b"PK") else max(content.count(b"\n") - 1, 0)


def _finish(batch_id: int, claim: str, state: State, **values: Any) -> None:
    own = ImportBatch.objects.filter(pk=batch_id, claim=claim, state=State.READING)
    values = {"problem": {}, "cancel_requested": False, **values}
    if not own.update(state=state, claim="", **values):
        raise Superseded


def _end(batch_id: int, claim: str, state: State, **values: Any) -> None:
    try:
        _finish(batch_id, claim, state, **values)
    except Superseded:
        log.info("Import %s went on without this reader.", batch_id)
