"""Rows that hang on a contract (log, given feedback, close-out events): one way to write them.

Each write is one audit event on the contract with the row's values before and after, {} where there
was, or is, no row; so adding, changing and deleting are one thing, and so is undoing them.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent, User
from contracts.changes import plain_value, value_from_plain
from contracts.models import CloseoutEvent, Contract, LogEntry


def hanging_write(
    *,
    actor: Actor,
    contract: Contract,
    row: models.Model,
    fields: tuple[str, ...],
    values: Mapping[str, object] | None,
    verb: str,
    identity: Mapping[str, object] = MappingProxyType({}),
) -> AuditEvent | None:
    """Save the row with these values, delete it for None; write it down unless nothing changes."""
    before = _values_kept(row, fields)
    for name, value in (values or {}).items():
        setattr(row, name, value)
    if values is not None:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(fields))
    after = {name: _plain_text(getattr(row, name)) for name in fields} if values else {}
    if before == after:
        return None
    if values is None:
        row.delete()
    else:
        row.save()
    return audit_record(
        actor=actor,
        verb=verb,
        target=contract,
        for_freelancer=contract.freelancer,
        before={**before, **identity} if before else {},
        after={**after, **identity} if after else {},
    )


def authored_row[RowT: (LogEntry, CloseoutEvent)](
    model: type[RowT], *, actor: Actor, contract: Contract, public_id: str, author_key: int | None
) -> RowT:
    """The row of a contract with that id, or a new one with the same id and author as it had."""
    rows = model._default_manager.select_related("author")
    return rows.filter(contract=contract, public_id=public_id).first() or model(
        practice=actor.practice,
        contract=contract,
        public_id=public_id,
        author=User.objects.filter(pk=author_key).first() if author_key else None,
    )


def _values_kept(row: models.Model, fields: tuple[str, ...]) -> dict[str, object]:
    """The row's values as the trail keeps them; {} for a row that is not stored."""
    if row._state.adding:
        return {}
    return {name: _plain_text(getattr(row, name)) for name in fields}


def _plain_text(value: object) -> object:
    # Two places like the columns, so that what was typed equals what is read back.
    return f"{value:.2f}" if isinstance(value, Decimal) else plain_value(value)


def require_as_left(row: models.Model, fields: tuple[str, ...], change: AuditEvent) -> None:
    left = {name: value for name, value in change.after.items() if name in fields}
    if _values_kept(row, fields) != left:
        raise ChangedSince(
            _("“%(title)s” was changed again since then, so this was not undone.")
            % {"title": change.target_label}
        )


def values_before(
    model: type[models.Model], fields: tuple[str, ...], before: Mapping[str, object]
) -> dict[str, object] | None:
    """The values that the trail keeps; None where there was no row."""
    if not before:
        return None
    return {name: value_from_plain(model, name, before[name]) for name in fields}
