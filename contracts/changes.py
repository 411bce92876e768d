"""How a change of a row is written down, compared and put back.

The audit trail holds plain values (dates and decimals as text); these functions turn model values
into them and back, so that an undo can compare what it finds with what the trail says.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from contracts.models import Client


def plain_value(value: Any) -> Any:
    """Return `value` as the audit trail keeps it; a client as its public id and name."""
    if isinstance(value, Client):
        return {"id": value.public_id, "name": value.name}
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def value_from_plain(model: type[models.Model], name: str, plain: Any) -> Any:
    """Return the model's value of the field `name` that the audit trail keeps as `plain`."""
    field = model._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        if not isinstance(plain, Mapping):
            return None
        return field.related_model._default_manager.filter(public_id=plain["id"]).first()
    return field.to_python(plain) if isinstance(field, models.Field) else plain


def values_of(row: models.Model | None, names: Iterable[str]) -> dict[str, Any]:
    """Return the row's values of these fields; empty ones where there is no row."""
    return {name: getattr(row, name) if row else None for name in names}


def changed_names(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names whose values differ; an empty text and nothing are the same."""
    return [name for name in after if _comparable(before[name]) != _comparable(after[name])]


def differs(model: type[models.Model], name: str, value: Any, plain: Any) -> bool:
    """Say whether a model's value is not the one that the audit trail keeps as `plain`."""
    return bool(_comparable(value) != _comparable(value_from_plain(model, name, plain)))


def _comparable(value: Any) -> Any:
    return None if value == "" else value
