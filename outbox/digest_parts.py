"""What other rooms put into a digest.

A part is a function that `settings.DIGEST_PARTS` names by its dotted path. It is called with the
reader's language, time zone and formats active, and answers None where nothing of its is due.
Its HTML stands in templates/outbox/email/digest.html, whose style block turns these classes dark:
card, h, quiet, words, button, accent, bad. Everything else is an inline style.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class DigestPart:
    """How many things are due, and the piece about them, rendered as plain text and as HTML."""

    count: int
    text: str
    html: str


class PartMaker(Protocol):
    """Makes one part of a digest for its reader; `mail_key` names the mail for ever."""

    def __call__(self, *, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None: ...


def part_makers() -> Sequence[PartMaker]:
    return [cast("PartMaker", import_string(path)) for path in settings.DIGEST_PARTS]
