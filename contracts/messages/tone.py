"""Where the words of a message press, beg or offer something for feedback (C4, J18).

Hints and no more: words are looked for, and what they mean is for people to judge. All languages
are looked for in any text, because people mix them. Pure: text in, places out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """What is amiss with the words."""

    PRESSES = "presses"  # C4: never demanding, never pressing
    BEGS = "begs"  # C4: never begging
    OFFERS = "offers"  # J18: nothing of value for feedback


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that read in such a tone, and the line, from 1, in which they first stand."""

    tone: Tone
    words: str
    line: int


_NEAR: Final = r"[^.?!:;\n]{0,30}?"  # a few words further on, in the same breath

_PRESSES: Final = (
    # English
    r"\bmust\b(?!\s+(?:be|have)\b)",
    r"\byou(?:\s+really)?\s+(?:have|need|ought)\s+to\b",
    r"\b(?:immediately|urgently|asap|right\s+(?:now|away)|as\s+soon\s+as\s+possible)\b",
    rf"\bI\s+(?:really\s+)?(?:need|want|expect|demand|require|insist)\b{_NEAR}"
    r"\b(?:stars?|5|feedback|review|rating)\b",
    r"\b(?:give|leave|rate)\s+(?:me|us)\s+(?:a\s+)?(?:5|five)\b",
    r"\b(?:only|nothing\s+(?:less|but))\s+(?:than\s+)?(?:5|five)\b",
    r"\bwhy\s+(?:haven['’]t|have\s+you\s+not|didn['’]t|did\s+you\s+not|don['’]t)\s+you\b",
    r"\b(?:you\s+(?:still\s+)?(?:haven['’]t|have\s+not)|final\s+(?:notice|warning)|last\s+warning)\b",
    # Ukrainian
    r"\b(?:негайно|терміново|якнайшвидше|невідкладно|зараз\s+же)\b",
    r"\b(?:мусите|повинні|зобов['’ʼ]язан\w+|вимага(?:ю|ємо)|наполяга(?:ю|ємо))\b",
    rf"\b(?:хочу|чекаю|потрібн\w+|треба|поставте|лише|тільки)\b{_NEAR}\b(?:п['’ʼ]ять|5)\s+зір",
    r"\bчому\s+(?:ви\s+)?(?:досі\s+|ще\s+)?не\b",
    # Russian
    r"\b(?:немедленно|срочно|незамедлительно|сейчас\s+же|как\s+можно\s+(?:скорее|быстрее))\b",
    r"\b(?:должны|обязаны|требу(?:ю|ем)|настаива(?:ю|ем))\b",
    rf"\b(?:хочу|жду|нужн\w+|надо|поставьте|лишь|только)\b{_NEAR}\b(?:пять|5)\s+зв[её]зд",
    r"\bпочему\s+(?:вы\s+)?(?:до\s+сих\s+пор\s+|ещё\s+|еще\s+)?не\b",
)
_BEGS: Final = (
    r"\b(?:I\s+beg|I['’]m\s+begging|begging\s+you|I\s+implore|please,?\s+please|desperate(?:ly)?)\b",
    r"\bI\s*(?:will|['’]ll|might|may)\s+lose\b",
    r"\b(?:благаю|дуже-дуже|будь\s+ласка,?\s+будь\s+ласка|у\s+розпачі)\b",
    r"\b(?:умоляю|молю|очень-очень|пожалуйста,?\s+пожалуйста|в\s+отчаянии)\b",
)
_OFFERS: Final = (
    r"\b(?:discounts?|refund\w*|bonus(?:es)?|cashback|vouchers?|coupons?|gifts?|rewards?)\b",
    r"\b(?:for\s+free|free\s+of\s+charge|money\s+back)\b",
    r"\bfree\s+(?:hours?|work|month|week|updates?|support|revisions?|extras?)\b",
    r"\b(?:знижк|бонус|купон|подарун|подару|винагород|компенс|безкоштовн|безплатн)\w*",
    r"\bповерн\w+\s+(?:кошт|грош|оплат)\w*",
    r"\b(?:скидк|скидок|бонус|купон|подарок|подарк|подарю|вознагражд|компенс|бесплатн)\w*",
    r"\b(?:верн|возвра)\w+\s+(?:деньги|денег|средств|оплат)\w*",
)


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PATTERNS: Final = {
    Tone.PRESSES: _compiled(_PRESSES),
    Tone.BEGS: _compiled(_BEGS),
    Tone.OFFERS: _compiled(_OFFERS),
}


def tone_hints(text: str) -> list[Hint]:
    """Return where the words press, beg or offer, in the order of the text; each words once."""
    found = sorted(
        (match.start(), tone, " ".join(match[0].split()))
        for tone, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    )
    hints: dict[str, Hint] = {}
    for start, tone, words in found:
        hints.setdefault(words.casefold(), Hint(tone, words, text.count("\n", 0, start) + 1))
    return list(hints.values())
