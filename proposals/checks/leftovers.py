"""Placeholders and blanks that nobody filled (B2): what the client would read as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from profiles.checks.findings import MOST_OF_A_CHECK, Finding, Place, Span, Weight
from proposals.placeholders import Flaw, Problem, placeholders_in

_BRACES: Final = re.compile(r"\{\{|\}\}")
_SLOT: Final = (
    r"(?:client|company|customer|business|project|product|recipient|hiring manager|first|last|your"
    r"|my|full|job|insert|add|fill|industry|niche|skill|number|amount|problem|task|date|city)"
)
_NAMED: Final = (
    rf"(?:{_SLOT}(?:['’]s)?[ _-](?:[\w'’-]{{1,20}}[ _-]?){{0,4}}(?<![ _-])"
    r"|(?:client|company|customer|recipient|insert|first|last|full)_?names?|name|client|company"
    r"|customer|niche|skill|industry|problem|project)"
)
_BLANK: Final = re.compile(
    rf"\[(?:{_NAMED}|(?:[\w'’]{{1,20}} ){{1,3}}name)\](?!\()"  # but no [name](link)
    r"|\[(?-i:[A-Z]{2,20}(?:[ _/-][A-Z]{1,20}){1,4})\](?!\()"  # whatever is in capitals
    rf"|(?<!\{{)\{{ ?{_NAMED} ?\}}(?!\}})|%{_NAMED}%|(?<!\w)<{_NAMED}>"
    rf"|\((?:insert|add|fill in) (?:the |your |their |his |her )?{_NAMED}\)"
    r"|(?<![\w./-])(?<!Bowl )(?<!Chapter )(?<!Volume )(?<!Part )(?<!Rocky )X{3,8}(?![\w/-])"
    r"|(?<=\w )_{3,}(?=[\s,.!?:;]|\Z)"
    r"|(?:(?<=\n)|\A)[ \t]{0,4}(?:Dear|Hi|Hello|Hey)(?:[ \t]{1,4}(?:_{2,}|\.{3,}|…+|\?{2,}|-{2,})?"
    r"[ \t]{0,4},|[ \t]{1,4}(?:\.{3,}|…|\?{2,}|-{3,})[ \t]{0,4}(?=\n|\Z|[:!]))"
    r"|(?:(?<=\n)|\A)Dear[ \t]{0,4}(?:[,:!]|(?=\n|\Z))",
    re.IGNORECASE,
)
_WRITTEN_SMALL: Final = re.compile(r"<[a-z]+>\Z")
_TAGS: Final = frozenset({"<name>", "<client>", "<company>", "<customer>"})


def leftovers(letter: Place, problems: Sequence[Problem]) -> Iterator[Finding]:
    """Everything that was to be filled and stands there still.

    `problems` are those of rendering the template; what was mended by hand since is no fault.
    """
    unknown = {each.name for each in problems if each.flaw is Flaw.UNKNOWN}
    found = placeholders_in(letter.text)
    for each in found[:MOST_OF_A_CHECK]:
        check = "placeholder-unknown" if each.name in unknown else "placeholder-empty"
        yield letter.at((each.start, each.end), check, "B2", Weight.MUST, name=each.name)
    taken = [(each.start, each.end) for each in found]
    yield from letter.each(_broken(letter.text, taken), "placeholder-broken", "B2", Weight.MUST)
    yield from letter.each(_blanks(letter.text), "blank-left", "B1", Weight.MUST)


def _broken(text: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Braces outside of placeholders; both lists are in the order of the text."""
    at = 0
    for braces in _BRACES.finditer(text):
        while at < len(taken) and taken[at][1] <= braces.start():
            at += 1
        if at == len(taken) or braces.end() <= taken[at][0]:
            yield braces.span()


def _blanks(text: str) -> Iterator[Span]:
    for found in _BLANK.finditer(text):
        blank = found[0]
        is_small = _WRITTEN_SMALL.match(blank) and blank not in _TAGS
        if not is_small and blank.strip():
            start = found.start() + len(blank) - len(blank.lstrip())
            yield start, found.end()
