"""Writing the audit trail (A8): who, for whom, what, when, before, after."""

from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer


def audit_record(
    *,
    actor: Actor,
    verb: str,
    target: models.Model,
    for_freelancer: Freelancer | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write down one change; `before` and `after` hold the changed fields only."""
    return AuditEvent.objects.create(
        practice=actor.practice,
        who=actor.user,
        who_name=str(actor.user)[:254],
        for_freelancer=for_freelancer,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(getattr(target, "public_id", target.pk)),
        target_label=str(target)[:300],
        before=_plain(before),
        after=_plain(after),
    )


def changed_fields(
    row: models.Model, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of `values`, the fields that differ from the row's: as they are, and as they will be."""
    after = {name: value for name, value in values.items() if getattr(row, name) != value}
    return {name: getattr(row, name) for name in after}, after


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Dates and decimals as text: the trail is read, not computed with."""
    encoder = DjangoJSONEncoder()

    def plain(value: Any) -> Any:
        if value is None or isinstance(value, bool | int | str | list | dict):
            return value
        return encoder.default(value)

    return {name: plain(value) for name, value in (values or {}).items()}
