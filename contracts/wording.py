"""Fields and their values in words, for the timeline and for two versions side by side."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts import formats
from contracts.changes import value_from_plain

SHOWN_CHARACTERS = 80


def field_label(model: type[models.Model], name: str) -> str:
    """The field's name as the forms have it, with a capital."""
    label: str | Promise = getattr(model._meta.get_field(name), "verbose_name", name)
    text = str(label)
    return text[:1].upper() + text[1:]


def value_words(model: type[models.Model], name: str, value: Any) -> str:
    """A model's value as a reader would say it: never empty, at most a line long."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, Decimal):
        return formats.number(value)
    choices = getattr(model._meta.get_field(name), "flatchoices", ())
    return Truncator(str(dict(choices).get(value, value))).chars(SHOWN_CHARACTERS)


def plain_words(model: type[models.Model], name: str, plain: Any) -> str:
    """What the audit trail keeps of a value, as `value_words` has it; asks no database."""
    if isinstance(plain, Mapping):  # a related row, by id and name
        return str(plain.get("name", ""))
    if isinstance(model._meta.get_field(name), models.ForeignKey):
        return _("nothing")
    return value_words(model, name, value_from_plain(model, name, plain))
