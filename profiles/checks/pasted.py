"""What a paste brings along unseen: tags, invisible characters, turned directions. Any language."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Finding, Place, Span, Weight

_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe"
    r"|img|input|label|li|link|meta|ol|option|p|pre|s|script|section|select|small|span|strong"
    r"|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)"
    r"(?:\s[^<>\n]{0,300}|\s?/)?>|<!--|-->",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Overrides, embeddings and isolates: they show letters in another order than they stand.
_DIRECTION: Final = re.compile(r"[\u202A-\u202E\u2066-\u2069]")
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E"
    r"\u200B-\u200F\u2028\u2029\u2060-\u2065\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFC"
    r"\U000E0000-\U000E007F]"
)
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_JOINED_SCRIPTS: Final = (
    *("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI"),
    *("ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "NKO"),
)
_MARKS: Final = {"\u200e", "\u200f"}
"""Left-to-right and right-to-left marks have their place beside right-to-left letters."""


def pasted_findings(place: Place) -> Iterator[Finding]:
    """All must go: Upwork shows tags as they stand, and what is invisible breaks the search."""
    yield from place.each(_html_spans(place.text), "pasted-html", "P11", Weight.MUST)
    direction = (found.span() for found in _DIRECTION.finditer(place.text))
    yield from place.each(direction, "direction-override", "P11", Weight.MUST)
    invisible = _runs(_invisible_offsets(place.text))
    yield from place.each(invisible, "invisible-characters", "P11", Weight.MUST)


def _html_spans(text: str) -> Iterator[Span]:
    found = [match.span() for match in _TAG.finditer(text)]
    # Only what a browser would read: “R&D; more” is none.
    found += [
        match.span() for match in _ENTITY.finditer(text) if html.unescape(match[0]) != match[0]
    ]
    yield from sorted(found)


def _invisible_offsets(text: str) -> Iterator[int]:
    for found in _INVISIBLE.finditer(text):
        offset = found.start()
        before = text[offset - 1] if offset else ""
        after = text[offset + 1] if offset + 1 < len(text) else ""
        if not _is_meant(found[0], before, after):
            yield offset


def _runs(offsets: Iterator[int]) -> Iterator[Span]:
    """Neighbours together: a hundred in a row are one thing to remove."""
    start = end = -1
    for offset in offsets:
        if offset != end:
            if end > 0:
                yield start, end
            start = offset
        end = offset + 1
    if end > 0:
        yield start, end


def _is_meant(character: str, before: str, after: str) -> bool:
    """Whether writing needs it here: in an emoji of several, or between letters that join."""
    if not before or (not after and character not in _MARKS):
        return False
    if character == _JOINER and _is_picture(before) and _is_picture(after):
        return True
    if character in {_JOINER, _NON_JOINER}:
        return _joins(before) and _joins(after)
    if character in _MARKS:
        return _is_right_to_left(before) or _is_right_to_left(after)
    return "\U000e0020" <= character <= "\U000e007f" and _is_flag_part(before)


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk"} or character == "\ufe0f"


def _is_flag_part(character: str) -> bool:
    return character == "\U0001f3f4" or "\U000e0020" <= character <= "\U000e007f"


def _joins(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_JOINED_SCRIPTS)


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}
