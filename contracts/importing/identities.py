"""Ids for payments that Upwork gave none, and keys for contracts: the same in every run.

Both are hashes of what the thing is, not of how a file spells it, so that the same file as CSV, as
XLSX or with another delimiter gives the same ids.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from contracts.importing.limits import MAX_ID_CHARACTERS, MAX_NAME_CHARACTERS
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown

_FLOAT_ID: Final = re.compile(r"([0-9]{1,30})\.0+")
_SHORTENED_ID: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]+")


def folded_name(name: str) -> str:
    """Return a name or title as it is compared: without case, in one form, single blanks."""
    # long texts are rare and would fill the memory
    return _folded(name) if len(name) <= MAX_NAME_CHARACTERS else _folded.__wrapped__(name)


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def upwork_id_in(text: str) -> str:
    """Return an id of Upwork's as Upwork writes it. Raises `CellNotUnderstood`.

    Spreadsheets add `.0` to ids, which is undone, and shorten long ones to `1.33E+08`, which cannot
    be: half the file would look like one payment.
    """
    if not text or (text.isdecimal() and len(text) <= MAX_ID_CHARACTERS):
        return text
    if match := _FLOAT_ID.fullmatch(text):
        return match[1]
    if _SHORTENED_ID.fullmatch(text):
        raise CellNotUnderstood(
            gettext_noop("A spreadsheet has shortened the id to “%(value)s”: use Upwork's file."),
            value=shown(text),
        )
    if len(text) > MAX_ID_CHARACTERS:
        raise CellNotUnderstood(gettext_noop("“%(value)s” is too long."), value=shown(text))
    return text


def plain(number: Decimal | None) -> str:
    """Return a number as it is compared: 5.50 and 5.5 are the same."""
    if number is None:
        return ""
    return format(number.normalize() + 0, "f")


def digest(parts: Iterable[str]) -> str:
    """Return a hash of the parts, 32 characters."""
    text = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class RowIds:
    """Numbers rows of the same content, so that two equal payments stay two."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._counts: Counter[str] = Counter()

    def next(self, parts: Iterable[str]) -> str:
        """Return the id of the next row with this content: `row-3f…`, then `row-3f…-2`."""
        content = digest(parts)
        self._counts[content] += 1
        number = self._counts[content]
        own = f"{self._prefix}-{content}"
        return own if number == 1 else f"{own}-{number}"
