"""The import of the terminal: the same reading, matching and applying, without pages.

A dry run stores nothing. Otherwise the import is applied as proposed, and stands among the others
on the import page, where it can be undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Freelancer, Membership
from contracts.imports.applying import findings_apply
from contracts.imports.claims import ApplyingProgress
from contracts.imports.previews import report
from contracts.imports.reading import batch_findings, matches_of, source_of
from contracts.imports.services import shown_name
from contracts.imports.stored import stored_of
from contracts.models import ImportBatch


class NobodyFound(Exception):  # noqa: N818 - says what happened
    """There is no such owner or freelancer. `str()` says who there is."""


@dataclass(frozen=True, slots=True)
class TerminalImport:
    """What an import on the terminal found, and how much of it was stored."""

    report: Mapping[str, Any]
    counts: Mapping[str, int]


def owner_named(email: str) -> Actor:
    """Return the user as the owner of his or her first practice. Raises `NobodyFound`."""
    membership = (
        Membership.objects.filter(user__email__iexact=email, role=Membership.Role.OWNER)
        .select_related("user", "practice")
        .order_by("pk")
        .first()
    )
    if membership is None:
        raise NobodyFound(_("No practice is owned by %(email)s.") % {"email": email})
    return Actor(membership.user, membership.practice, membership)


def freelancer_named(actor: Actor, name: str) -> Freelancer:
    """Return the freelancer of that name; without one the owner's own, else the only one."""
    freelancers = list(Freelancer.objects.filter(practice=actor.practice).in_order())
    if name:
        wanted = [one for one in freelancers if one.name.casefold() == name.strip().casefold()]
    else:
        wanted = [one for one in freelancers if one.user_id == actor.user.pk] or freelancers
    if len(wanted) == 1:
        return wanted[0]
    names = ", ".join(freelancer.name for freelancer in freelancers)
    raise NobodyFound(_("Name one freelancer with --freelancer: %(names)s.") % {"names": names})


def import_from_terminal(
    *,
    actor: Actor,
    freelancer: Freelancer,
    content: bytes,
    file_name: str,
    encoding: str,
    dry: bool,
) -> TerminalImport:
    """Read a file and, unless it is a dry run, apply it: all of it or nothing.

    Raises `UnreadableFile` and `ImportRefused`.
    """
    batch = ImportBatch(
        practice=actor.practice,
        freelancer=freelancer,
        content=content,
        file_name=shown_name(file_name),
        encoding=encoding,
    )
    findings = batch_findings(batch)
    matches = matches_of(findings, stored_of(freelancer, source_of(findings)))
    found = report(findings, matches)
    if dry:
        return TerminalImport(found, {})
    batch.created_by = actor.user
    batch.format, batch.preview = findings.export.format, {"bad_rows": len(findings.export.bad)}
    batch.rows = batch.rows_done = findings.export.rows
    progress = ApplyingProgress(0)

    def finish(outcome: dict[str, Any]) -> None:
        batch.state, batch.outcome = ImportBatch.State.APPLIED, outcome
        batch.applied_at = timezone.now()
        batch.save()

    findings_apply(actor=actor, batch=batch, findings=findings, progress=progress, finish=finish)
    return TerminalImport(found, batch.outcome["counts"])
