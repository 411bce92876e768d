"""Applying an import: what was read and decided becomes contracts and payments, all or nothing.

The file is read before the transaction begins. Within it the freelancers' rows are locked, so that
two imports of one practice wait for each other, and what is stored is compared anew: whatever the
preview showed, a payment is stored once.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import AuditEvent, Freelancer, Membership
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
from contracts.imports.reading import batch_findings, matches_of, proposal_of, source_of
from contracts.imports.refusals import ImportRefused
from contracts.imports.sentences import problem_kept
from contracts.imports.stored import stored_of
from contracts.models import Contract, ImportBatch, Payment

log = logging.getLogger(__name__)

IMPORT_APPLIED: Final = "import.applied"

STOPPED: Final = gettext_noop("You stopped the import. Nothing was imported.")
MAY_NOT: Final = gettext_noop("Your role may no longer import here. Nothing was imported.")
FAILED: Final = gettext_noop("Something went wrong on our side. Nothing was imported; try again.")


def findings_apply(
    *,
    actor: Actor,
    batch: ImportBatch,
    findings: Findings,
    progress: ApplyingProgress,
    finish: Callable[[dict[str, Any]], None],
) -> None:
    """Write an import, all or nothing; a batch that is not saved yet is saved with it.

    `finish` is called within the transaction, with the outcome as the batch keeps it. Everything
    that can be is worked out before, because SQLite lets nobody else write meanwhile; if something
    was changed in between, it is worked out once more, the last time within the transaction.

    Raises `ImportRefused` where it cannot be written as decided, and `Cancelled` where the user no
    longer wants it; then nothing is changed.
    """
    actor.require(Permission.CHANGE)
    for is_last in (False, False, True):
        seen = _fingerprint(batch)
        application = _prepared(batch, findings, progress)
        with transaction.atomic():
            # Not against other contracts being made: those only share the row's key.
            # All of the practice, because a payment is stored for one of them only.
            locked = Freelancer.objects.select_for_update(no_key=True).filter(
                practice=batch.practice_id
            )
            list(locked.order_by("pk").values_list("pk"))
            if _fingerprint(batch) != seen:
                if not is_last:
                    continue
                application = _prepared(batch, findings, progress)
            finish(_written(actor, application))
            return


def _fingerprint(batch: ImportBatch) -> tuple[object, ...]:
    """What is different once somebody has changed something that matters here.

    Every change by a service leaves a line in the audit trail; imports are told by their payments.
    """
    own = {"freelancer": batch.freelancer_id}
    return (
        Contract.objects.filter(**own).aggregate(Count("pk"), Max("pk"), Max("changed_at")),
        Payment.objects.filter(**own).aggregate(Count("pk"), Max("pk")),
        AuditEvent.objects.filter(practice=batch.practice_id).aggregate(Max("pk")),
    )


def _prepared(batch: ImportBatch, findings: Findings, progress: ApplyingProgress) -> Application:
    stored = stored_of(batch.freelancer, source_of(findings))
    matches = matches_of(findings, stored)
    by_key = {group.key: match for group, match in zip(findings.groups, matches, strict=True)}
    proposals = {key: proposal_of(match) for key, match in by_key.items()}
    is_log = findings.export.format == "D"
    kind: type[Application] = LogApplication if is_log else PaymentsApplication
    application = kind(
        batch=batch,
        findings=findings,
        matches=by_key,
        fates=fates(batch, proposals),
        stored=stored,
        progress=progress,
    )
    application.prepare()
    return application


def _written(actor: Actor, application: Application) -> dict[str, Any]:
    batch, findings, outcome = application.batch, application.findings, application.outcome
    if batch._state.adding:
        batch.save()
    application.write()
    outcome.counts["contracts_changed"] = len(outcome.changed)
    outcome.counts["rows"] = findings.export.rows
    outcome.counts["rows_not_understood"] = len(findings.export.bad)
    outcome.counts["rows_left_out"] += len(findings.others)
    application.progress()
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

    def finish(outcome: dict[str, Any]) -> None:
        own = ImportBatch.objects.filter(pk=batch_id, claim=claim, state=State.APPLYING)
        done = own.update(
            state=State.APPLIED, claim="", outcome=outcome, applied_at=timezone.now(), problem={}
        )
        if not done:
            raise Superseded

    findings_apply(actor=actor, batch=batch, findings=findings, progress=progress, finish=finish)


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
