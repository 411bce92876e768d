"""The placeholders of templates: their names, what a person sees of them, what may be filled in.

A template says `{{ problem }}`; the field of that name has a label, a hint, a default, says whether
it must be filled, and takes one line, many, or one of a list of choices (B2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NAME: Final = re.compile(r"[^\W\d]\w{0,39}")
"""A name as `proposals.placeholders` reads it: a letter first, then letters, digits and `_`."""
LONGEST_VALUE: Final = 5_000
"""Characters; a whole cover letter has no more (B10)."""


class Entry(StrEnum):
    """How a value is typed."""

    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"


class FieldFlaw(StrEnum):
    """Why a value can't stand."""

    MISSING = "missing"
    SEVERAL_LINES = "several_lines"
    NO_CHOICE = "no_choice"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Field:
    """One placeholder as its practice defined it."""

    name: str
    label: str
    hint: str = ""
    default: str = ""
    is_required: bool = True
    entry: Entry = Entry.LINE
    choices: tuple[str, ...] = ()


def value_of(field: Field, typed: str) -> str:
    """What goes in the text: what was typed, else the default."""
    return typed.strip() or field.default


def flaw_of(field: Field, typed: str) -> FieldFlaw | None:
    """What is wrong with a value as it was typed; None where it is fine."""
    value = value_of(field, typed)
    if not value:
        return FieldFlaw.MISSING if field.is_required else None
    if len(value) > LONGEST_VALUE:
        return FieldFlaw.TOO_LONG
    if field.entry is Entry.LINE and len(value.splitlines()) > 1:
        return FieldFlaw.SEVERAL_LINES
    if field.entry is Entry.CHOICE and value not in field.choices:
        return FieldFlaw.NO_CHOICE
    return None
