"""Applying an import: what was read and decided becomes contracts and payments, all or nothing.

The file is read before the transaction begins. Within it the freelancer's row is locked, so that
two imports of one freelancer wait for each other, and what is stored is compared anew: whatever the
preview showed, a payment is stored once.
"""

import logging
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer, Membership
from contracts.importing import Problem
from contracts.importing.problems import gettext_noop
from contracts.imports.application import Application
from contracts.imports.apply_log import LogApplication
from contracts.imports.apply_payments import PaymentsApplication
from contracts.imports.claims import (
    ApplyingProgress,
    Cancelled,
    State,
    Superseded,
    applying_claim,
)
from contracts.imports.decisions import fates
from contracts.imports.groups import Findings
from contracts.imports.money import MONEY_FIELDS, contracts_recompute
from contracts.imports.reading import batch_findings, matches_of, proposal_of, source_of
from contracts.imports.refusals import ImportRefused
from contracts.imports.sentences import problem_kept
from contracts.imports.stored import stored_of
from contracts.models import ImportBatch

log = logging.getLogger(__name__)

IMPORT_APPLIED: Final = "import.applied"

STOPPED: Final = gettext_noop("You stopped the import. Nothing was imported.")
MAY_NOT: Final = gettext_noop("Your role may no longer import here. Nothing was imported.")
FAILED: Final = gettext_noop("Something went wrong on our side. Nothing was imported; try again.")


@transaction.atomic
def findings_apply(
    *, actor: Actor, batch: ImportBatch, findings: Findings, progress: ApplyingProgress
) -> dict[str, Any]:
    """Write an import; return its outcome as the batch keeps it.

    Raises `ImportRefused` where it cannot be written as decided, and `Cancelled` where the user no
    longer wants it; then nothing is changed.
    """
    actor.require(Permission.CHANGE)
    # Not against other contracts of the freelancer being made: those only share the row's key.
    Freelancer.objects.select_for_update(no_key=True).get(pk=batch.freelancer_id)
    stored = stored_of(batch.freelancer, source_of(findings))
    matches = matches_of(findings, stored)
    by_key = {group.key: match for group, match in zip(findings.groups, matches, strict=True)}
    proposals = {key: proposal_of(match) for key, match in by_key.items()}
    kind: type[Application] = (
        LogApplication if findings.export.format == "D" else PaymentsApplication
    )
    application = kind(
        batch=batch,
        findings=findings,
        matches=by_key,
        fates=fates(batch, proposals),
        stored=stored,
        progress=progress,
    )
    application.run()
    outcome = application.outcome
    recomputed = contracts_recompute(outcome.contracts())
    outcome.write(recomputed=MONEY_FIELDS if recomputed else ())
    outcome.counts["contracts_changed"] = len(outcome.changed)
    outcome.counts["rows"] = findings.export.rows
    outcome.counts["rows_not_understood"] = len(findings.export.bad)
    outcome.counts["rows_left_out"] += len(findings.others)
    progress()
    audit_record(
        actor=actor,
        verb=IMPORT_APPLIED,
        target=batch,
        for_freelancer=batch.freelancer,
        after=dict(outcome.counts),
    )
    return outcome.kept()


def import_apply(batch_id: int, user_id: int) -> None:
    """Apply an import that waits for it, or whose worker fell silent; else do nothing.

    Never raises: however it ends, the batch's state says so. Where nothing was imported because it
    was cancelled or refused, the preview is back, with every decision.
    """
    claim = applying_claim(batch_id)
    if not claim:
        return
    try:
        _apply(batch_id, user_id, claim)
    except Superseded:
        log.info("Import %s is applied by somebody else.", batch_id)
    except Cancelled:
        _back_to_preview(batch_id, claim, Problem(STOPPED))
    except ImportRefused as refused:
        _back_to_preview(batch_id, claim, refused.problem)
    except PermissionDenied:
        _back_to_preview(batch_id, claim, Problem(MAY_NOT))
    except Exception:
        log.exception("Import %s could not be applied.", batch_id)
        _back_to_preview(batch_id, claim, Problem(FAILED))


def _apply(batch_id: int, user_id: int, claim: str) -> None:
    progress = ApplyingProgress(batch_id, claim)
    progress.start(0)
    batch = ImportBatch.objects.select_related("practice", "freelancer").get(pk=batch_id)
    actor = _actor(user_id, batch)
    findings = batch_findings(batch, progress.while_reading)
    with transaction.atomic():
        outcome = findings_apply(actor=actor, batch=batch, findings=findings, progress=progress)
        own = ImportBatch.objects.filter(pk=batch_id, claim=claim, state=State.APPLYING)
        done = own.update(
            state=State.APPLIED, claim="", outcome=outcome, applied_at=timezone.now(), problem={}
        )
        if not done:
            raise Superseded


def _actor(user_id: int, batch: ImportBatch) -> Actor:
    """Who applies it, in the role that he or she has in the practice by now."""
    membership = (
        Membership.objects.select_related("user", "practice")
        .filter(user=user_id, practice=batch.practice_id)
        .first()
    )
    if membership is None:
        raise PermissionDenied
    actor = Actor(membership.user, membership.practice, membership)
    if not Freelancer.objects.for_actor(actor).filter(pk=batch.freelancer_id).exists():
        raise PermissionDenied
    return actor


def _back_to_preview(batch_id: int, claim: str, problem: Problem) -> None:
    own = ImportBatch.objects.filter(pk=batch_id, claim=claim, state=State.APPLYING)
    own.update(state=State.PREVIEW, claim="", problem=problem_kept(problem))
