"""Twenty thousand characters each that a careless expression would choke on."""

from __future__ import annotations

from typing import Final

SIZE: Final = 20_000

_PIECES: Final = (
    *("!", "(", "a", "A", ".", "-", "*", "“", '"', "<", "<a ", "&", "&#1", " ", "\n", "\n \n"),
    *("I am a ", "I am a x with ", "A B ", "AB ", "Hi ", "- x\n", "2015", "2015-", "2015–2019 "),
    *(
        "\u200b",
        "\u200b ",
        "\u202e",
        "\u200d😀",
        "😀",
        "★",
        "★ ",
        "=",
        "=== ",
        ". ",
        "a. ",
        "e.g. ",
    ),
    *("guarantee ", "100% ", "#1 ", "KPI ", "KPI (", "omnichannel ", "He was ", "This is\n\n"),
    *("а", "Я ", "و\u200c", "\x00", "ab-", "it's ", "x@y ", "10x your ", "5 ", "double your a "),
    *("the quick brown fox jumps. ", "word! ", "Top Rated ", "no ", "«", "<!--", "[", "\\", "\t"),
)
HOSTILE: Final = tuple((piece * SIZE)[:SIZE] for piece in _PIECES)
