"""What a client sees anyway, and what nobody can keep (P4), in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Finding, Place, Span

# Both look at the starts of words only, which is most of their speed.
_BADGES: Final = re.compile(
    r"(?<!\w)(?:\bTop[- ]Rated(?: Plus)?\b|\bTOP[- ]RATED(?: PLUS)?\b"
    r"|\btop[- ]rated(?: plus)?(?= (?:freelancer|seller|badge|status|agency|on upwork))"
    r"|\bRising Talent\b|\b[Ee]xpert[- ][Vv]etted\b"
    r"|\b(?:\d{1,3}\s?% )?(?i:job success)(?: [Ss]core)?\b|\b(?:\d{1,3}\s?% )?JSS\b"
    r"|\b\d[\d,.]{0,8}(?:k|K)?\+? (?i:(?:hours|jobs|projects|contracts)"
    r"(?: (?:completed|done|worked|finished))? on upwork)\b"
    r"|\b\d[\d,]{0,6}\+? (?i:(?:successful(?:ly)? |completed |finished |happy )"
    r"(?:completed )?(?:jobs|contracts)|(?:jobs|contracts) (?:completed|done|finished))\b"
    r"|\$\d[\d,.]{0,9}[kKmM]?\+? (?i:earned (?:on upwork|here))\b"
    r"|\b\d{1,5}\+? (?i:(?:five|5)[- ]stars? (?:reviews?|ratings?|feedbacks?))\b"
    r"|\b(?i:(?:my|all|only|with) (?:five|5)[- ]stars? (?:reviews?|ratings?|feedback))\b"
    r"|\b(?i:(?:left(?: me)? |gave me )?(?:five|5)[- ]stars? (?:reviews?|ratings?|feedback)"
    r" from (?:my|every|each|all|clients?))\b"
    r"|\b(?i:clients? (?:have )?left(?: me)? (?:five|5)[- ]stars? (?:reviews?|ratings?))\b"
    r"|\b5\.0\s?(?i:stars?|rating|average)\b)"
)
_QUOTE: Final = re.compile(
    r"“[^”“\n]{30,600}”|«[^»«\n]{30,600}»|„[^„“”\n]{30,600}[“”]|(?<!\w)\"[^\"\n]{30,600}\""
)
FEWEST_QUOTED_WORDS: Final = 6

_GAIN: Final = (
    r"(?:sales|revenues?|profits?|traffic|income|conversions?|leads|turnover|business"
    r"|rankings?|followers|bookings|growth|money|roi)"
)
_PROMISE: Final = re.compile(
    r"(?<!\w)(?:(?P<guarantee>\b(?:i |we )?guarantee[ds]?\b(?:[ ,]{1,2}[\w#%$’'-]{1,20}){0,4})"
    r"|(?:#\s?1|\bnumber (?:one|1)|\bno\. ?1|\b(?:first|top) (?:page|place|spot|position"
    r"|rank(?:ing)?|results?))(?: \w{1,12}){0,2} (?:on|in|of|at) (?:google|bing|amazon"
    r"|the search)\b"
    r"|#\s?1 rank(?:ings?|ed)?\b"
    rf"|\b(?:get|give|bring) you \d{{1,4}}\s?x (?:more )?(?:\w{{1,12}} )?{_GAIN}\b"
    r"|\b(?:\d{1,4}\s?x|double|triple|multiply|skyrocket|explode) (?:your|any|the) "
    rf"(?:\w{{1,12}} )?{_GAIN}\b"
    rf"|\b(?:increase|boost|grow|raise|lift) your (?:\w{{1,12}} )?{_GAIN} by "
    r"(?:at least )?\d[\d.,]{0,6}\s?(?:%|x\b|per ?cent|times)"
    rf"|\byour (?:\w{{1,12}} )?{_GAIN} will (?:double|triple|multiply|skyrocket|explode)\b"
    r"|\byou(?:['’]ll| will) (?:see|get|have) (?:an? )?\d{1,4}\s?% (?:increase|growth|boost|more)\b"
    r"|\bto the top of (?:google|bing|amazon|the search)\b"
    r"|\b100\s?% (?:client |customer )?(?:satisfaction|success rate|results|accuracy"
    r"|satisfied|bug[- ]free|error[- ]free)\b|\bmoney[- ]back\b|\brisk[- ]free\b"
    r"|\b(?:overnight|instant) (?:success|results|growth)\b)",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|cannot|can['’]?t|don['’]?t|won['’]?t|nobody|no one|without|neither|nor"
    r"|isn['’]?t|doesn['’]?t|anyone who|whoever|promis(?:e|es|ing) you)\b[^.!?\n]{0,50}\Z",
    re.IGNORECASE,
)
_GUARANTEE_AS_THING: Final = re.compile(
    r"\b(?:bank|loan|performance|parent|company|personal|warranty and|credit|mortgage|rent|of)\s\Z"
    r"|\b(?:bank|loan) \Z",
    re.IGNORECASE,
)
_BEFORE: Final = 60


def repeated_badges(overview: Place) -> Iterator[Finding]:
    """Badges, score, ratings and counts: the page shows them beside the name."""
    spans = (found.span() for found in _BADGES.finditer(overview.text))
    yield from overview.each(spans, "repeats-badge", "P4")


def repeated_quotes(overview: Place) -> Iterator[Finding]:
    """Client quotes after the first, any language: one is fine, the others are shown anyway."""
    spans = [found.span() for found in _QUOTE.finditer(overview.text)]
    quotes = [
        (start, end)
        for start, end in spans
        if len(overview.text[start:end].split()) >= FEWEST_QUOTED_WORDS
    ]
    yield from overview.each(quotes[1:], "repeats-quotes", "P4")


def promises(place: Place) -> Iterator[Finding]:
    """Guarantees of rank, revenue or satisfaction; a promise that is denied is none."""
    yield from place.each(_promise_spans(place.text), "promise", "P4")


def _promise_spans(text: str) -> Iterator[Span]:
    for found in _PROMISE.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if _DENIED.search(before) or _is_thing(found, before):
            continue
        yield found.start(), found.start() + len(found[0].rstrip(" ,"))


def _is_thing(found: re.Match[str], before: str) -> bool:
    """“Bank guarantees” are what a translator works on and no promise."""
    return bool(found["guarantee"] and _GUARANTEE_AS_THING.search(before))
