"""What a careful reader would say of an answer about a score: gently, and nothing is held up (J15).

Own it, never blame the client; no pleading, nothing of value (C4, J18), no flash (P4). Pressing,
begging and offers are looked for as in every message to a client; here come blame, pleading for a
chance, exclamation marks, capitals and clients' names. Pure: text in, places out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contracts.messages.tone import Tone, tone_hints


class Concern(StrEnum):
    """What is amiss with the words."""

    BLAMES = "blames"
    PLEADS = "pleads"
    PRESSES = "presses"
    OFFERS = "offers"
    SHOUTS = "shouts"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Finding:
    """The words that are meant, and the line, from 1, in which they first stand."""

    concern: Concern
    words: str
    line: int


_OF_TONE: Final = {
    Tone.PRESSES: Concern.PRESSES,
    Tone.BEGS: Concern.PLEADS,
    Tone.OFFERS: Concern.OFFERS,
}

_BAD_NAMES: Final = (
    r"(?:unreasonable|unfair|impossible|difficult|toxic|rude|crazy|dishonest|incompetent"
    r"|demanding|nightmare|terrible|awful|scam(?:mer)?|idiot|stupid|lazy|angry|picky)"
)
_BLAMES: Final = (
    # English
    r"\b(?:the\s+|my\s+|this\s+|that\s+)?clients?['’]s?\s+(?:own\s+)?(?:fault|mistake|blame)\b",
    r"\b(?:their|his|her|your)\s+(?:own\s+)?(?:fault|blame)\b",
    r"\bnot\s+my\s+(?:fault|mistake|problem|responsibility)\b",
    r"\bfault\s+of\s+(?:the|my|this|that)\s+clients?\b",
    r"\bblam(?:e|es|ed|ing)\s+(?:the\s+|my\s+)?(?:clients?|him|her|them|upwork)\b",
    r"\b(?:clients?|he|she|they|who)\s+(?:had\s+|has\s+|have\s+)?"
    r"(?:lied|cheated|scammed|ghosted|threatened|blackmailed|abused)\b",
    rf"\b(?:clients?|he|she|they|who)\s+(?:was|were|is|are)\s+(?:\w+\s+)?{_BAD_NAMES}\b",
    rf"\b{_BAD_NAMES}\s+(?:clients?|people|person|man|woman)\b",
    r"\b(?:unreasonable|lied|liar|scammer)\b",
    r"\b(?:clients?|they|he|she)\s+(?:never|didn['’]t|did\s+not|doesn['’]t|couldn['’]t|refused\s+to)"
    r"\s+(?:\w+\s+)?(?:know|knew|understand|understood|listen|listened|answer(?:ed)?|pay|paid|care)\b",
    # Ukrainian and Russian
    r"\b(?:клієнт|замовник)\w*\s+(?:сам\w*\s+)?(?:винен|винна|винні|збрехав|обманув|обдурив)\w*",
    r"\bз\s+вини\s+(?:клієнт|замовник)\w*",
    r"\b(?:клиент|заказчик)\w*\s+(?:сам\w*\s+)?(?:виноват|соврал|обманул|лгал)\w*",
    r"\bпо\s+вине\s+(?:клиент|заказчик)\w*",
    r"\b(?:неадекватн|несправедлив)\w*",
)
_PLEADS: Final = (
    r"\b(?:please,?\s+)?(?:just\s+)?give\s+me\s+(?:a|one(?:\s+more)?|another)\s+chance\b",
    r"\bI\s+(?:really\s+|badly\s+|desperately\s+)?need\s+(?:this|the|your)\s+(?:job|work|project)\b",
    r"\b(?:I['’]ll|I\s+will|I['’]d|I\s+would)\s+do\s+(?:anything|whatever)\b",
    r"\b(?:trust|believe)\s+me\b",
    r"\b(?:дайте|надайте)\s+(?:мені|мне)\s+(?:ще\s+|ещё\s+|еще\s+)?(?:один\s+)?шанс\b",
)
_SHOUTS: Final = (r"!+(?:\s*!)*", r"\b[A-ZА-ЯІЇЄҐ]{2,}(?:\s+[A-ZА-ЯІЇЄҐ]{2,})+\b")

_PATTERNS: Final = {
    Concern.BLAMES: re.compile("|".join(_BLAMES), re.IGNORECASE),
    Concern.PLEADS: re.compile("|".join(_PLEADS), re.IGNORECASE),
    Concern.SHOUTS: re.compile("|".join(_SHOUTS)),
}


def findings_in(text: str, names: Collection[str] = ()) -> list[Finding]:
    """What stands in the text, line by line; the same words of a concern once."""
    found: dict[tuple[Concern, str], Finding] = {}
    for finding in sorted(_all(text, names), key=lambda each: (each.line, each.concern)):
        found.setdefault((finding.concern, finding.words.casefold()), finding)
    return list(found.values())


def _all(text: str, names: Collection[str]) -> Iterator[Finding]:
    for hint in tone_hints(text):
        yield Finding(_OF_TONE[hint.tone], hint.words, hint.line)
    for concern, pattern in _PATTERNS.items():
        yield from _matches(concern, pattern, text)
    for name in filter(str.strip, names):
        yield from _matches(Concern.NAMES, _naming(name), text)


def _naming(name: str) -> re.Pattern[str]:
    """The whole name in any case, and each of its words as it is written in it.

    “Anna” of “Anna Keller” names her; “design” doesn't name “Blue Design Studio”.
    """
    words = [word for word in name.split() if len(word) > 2 and word[0].isupper()]
    whole = r"\s+".join(map(re.escape, name.split()))
    parts = "".join(rf"|{re.escape(word)}" for word in words)
    return re.compile(rf"(?<!\w)(?:(?i:{whole}){parts})(?!\w)")


def _matches(concern: Concern, pattern: re.Pattern[str], text: str) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        words = " ".join(match[0].split())
        yield Finding(concern, words, text.count("\n", 0, match.start()) + 1)
