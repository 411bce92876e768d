"""What sells at the first touch (B4), in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import BULLET, lines_of
from profiles.checks.findings import Finding, Place, Span
from proposals.checks.asked import Asked
from proposals.checks.sentences import is_denied

FEWEST_PRICES: Final = 3
"""Lines with a price of their own, one below the other, that are a price list [C]."""
FEWEST_SERVICES: Final = 7
"""Services in one list from which it is long [C]."""

_SELLS: Final = re.compile(
    # “Shops hire me when …” tells, and “hire me” asks.
    r"(?:\A|(?<=\n)|(?<=[.!?] )|(?<=\byou )|(?<=\bplease )|(?<=\bjust )|(?<=\bshould )"
    r"|(?<=\bcan )|(?<=\bcould ))hire me\b(?! as\b)"
    r"|\b(?:(?:order|buy|book|act|sign up) now\b|buy (?:from me|my|our|this "
    r"package)\b|limited[- ]time (?:offer|deal|price|discount)|(?:special|exclusive|introductory"
    r"|unbeatable|one-time|first[- ]time) (?:offer|deal|discount|price|rate)s?\b"
    r"|discounted (?:rate|price|fee)s?\b|(?:my|our|the) (?:lowest|cheapest|best) (?:price|rate)s?\b"
    r"|(?:lowest|cheapest|unbeatable) (?:price|rate)s? (?:on|in|for|you|here|guaranteed)\b"
    r"|(?:I|we)(?:['’]ll| will| can| could| would|['’]d| am able to)? (?:also |even |happily )?"
    r"(?:offer|give|provide|throw in)(?: you)?(?: with)? (?:an? |the |my |our )?(?:\w{1,12} )?"
    r"(?:\d{1,2} ?% ?)?(?:discount|off)\b|you(?:['’]ll| will)? (?:get|receive|save) "
    r"(?:an? )?(?:extra )?\d{1,2} ?% (?:off|discount)\b|\d{1,2} ?% (?:off|discount) "
    r"(?:for|on) (?:you|your first|the first|my|our|new clients|your (?:order|project))\b"
    r"|(?:choose|pick|select) (?:a|one of (?:my|our|the)|your|from (?:my|our|the)) (?:\w{1,12} )?"
    r"(?:packages?|plans?)\b)",
    re.IGNORECASE,
)
_THEIRS: Final = re.compile(
    r"(?:[\"“'‘«]|\b(?:your|their|his|her|says?|saying|called|labelled|labeled|button))\s?\Z",
    re.IGNORECASE,
)
_ABOUT_THEIRS: Final = re.compile(
    r"\s?(?:buttons?|banners?|codes?|pop-?ups?|pages?|e-?mails?|campaigns?|links?|widgets?|flows?"
    r"|[\"”'’»])",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(
    r"(?:[$€£]\s?\d[\d.,]{0,9}|\b\d[\d.,]{0,9}\s?(?:[$€£]|(?:USD|EUR|GBP|dollars|euros)\b))"
)
_PRICE_ASKED: Final = re.compile(
    r"\b(?:quotes?|estimates?|pric(?:e|es|ing)|rates?|costs?|bids?|how much|fees?|charge|offer)\b",
    re.IGNORECASE,
)
_SERVICES: Final = re.compile(
    r"\b(?:(?:I|we)(?: can| also| will)* (?:offer|provide|do|specialize in|specialise in|deliver)"
    r"|(?:my|our) (?:\w{1,12} )?(?:services|skills|expertise|specialties)(?: \w{1,12})?"
    r" (?:include|includes|are|is|cover)|(?:skilled|expert|proficient|experienced|specializing"
    r"|specialized|expertise|experience) (?:in|with))\b",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"(?:^|.*\b)(?:services|skills|expertise|what (?:I|we) (?:offer|do|can do)|(?:I|we) (?:offer"
    r"|provide|can (?:do|help|offer))|specialt(?:y|ies))\b[^.!?\n]{0,60}:?\s*\Z",
    re.IGNORECASE,
)
_COMMAS: Final = re.compile(r"[^,.!?:;\n]{2,60}[,|•]")
_SENTENCE: Final = 600


def selling_findings(letter: Place, asked: Asked) -> Iterator[Finding]:
    """B4: offers and discounts, a price list, a long list of services."""
    yield from letter.each(_offers(letter.text), "sells", "B4")
    if not _price_is_asked(asked) and (prices := _price_list(letter.text)):
        yield letter.at(prices, "price-list", "B4")
    if services := _services(letter.text):
        yield letter.at(services, "service-list", "B4")


def _offers(text: str) -> Iterator[Span]:
    """Not what the client's own shop says, and not what is denied."""
    for found in _SELLS.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        after = text[found.end() : found.end() + 20]
        is_theirs = _THEIRS.search(before) or _ABOUT_THEIRS.match(after)
        if not is_theirs and not is_denied(text, found.start()):
            yield found.span()


def _price_is_asked(asked: Asked) -> bool:
    return bool(_PRICE_ASKED.search(asked.everything))


def _price_list(text: str) -> Span | None:
    """Lines with a price, one below the other; empty lines between them count for nothing."""
    run: list[Span] = []
    for start, end in lines_of(text):
        line = text[start:end]
        if _PRICE.search(line) and len(line) <= 160:
            run.append((start, end))
        elif line.strip():
            if len(run) >= FEWEST_PRICES:
                break
            run = []
    return (run[0][0], run[-1][1]) if len(run) >= FEWEST_PRICES else None


def _services(text: str) -> Span | None:
    for found in _SERVICES.finditer(text):
        start = found.end()
        items = 0
        while item := _COMMAS.match(text, start, found.end() + _SENTENCE):
            items, start = items + 1, item.end()
        if items + 1 >= FEWEST_SERVICES:
            return found.start(), start
    return _service_bullets(text)


def _service_bullets(text: str) -> Span | None:
    """Bullets below a line that announces services."""
    first, run, last = -1, 0, 0
    for start, end in lines_of(text):
        if first >= 0 and BULLET.match(text, start, end):
            run, last = run + 1, end
        elif text[start:end].strip():
            if run >= FEWEST_SERVICES:
                break
            is_heading = end - start <= 100 and _HEADING.match(text[start:end])
            first, run = (start if is_heading else -1), 0
    return (first, last) if run >= FEWEST_SERVICES else None
