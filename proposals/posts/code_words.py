"""The word that a proposal must hold to show that the post was read to its end."""

from __future__ import annotations

import re
from typing import Final

from proposals.posts.facts import Read

_QUOTED: Final = r"[\"“”'‘«„](?P<{0}>[^\"“”'’‘«»„]{{1,60}})[\"“”'’»]"
_LETTER: Final = r"(?:proposal|application|cover letter|bid|reply|response|message|letter|pitch)"
_NAMED: Final = (
    r"(?:words?|phrase|code ?words?|keyword|password|passphrase|code|sentence|line|text|emoji)"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:поч(?:ніть|инайте|ни)|вкажіть|напишіть|додайте|начните|напишите|укажите|добавьте|"
    r"beginnen|schreiben|nennen|beginne|schreibe?|empie(?:ce|za)|comien(?:ce|za)|escrib[ae]|"
    r"incluy[ae]|commencez|écrivez|mentionnez|comece|escreva|inizi[ai]|scriv[ai]|zacznij|"
    r"napisz|begin)\b.{0,80}\b(?:слов[аоіу]м?|фраз\w+|\w*wort|palabra|mot|palavra|parola|"
    rf"słow\w+|woord) {_QUOTED.format('word')}",
    re.IGNORECASE,
)
"""In other languages."""
_PATTERNS: Final = (
    re.compile(rf"\b{_NAMED}(?: is| of the day)?:? {_QUOTED.format('word')}", re.IGNORECASE),
    re.compile(
        rf"(?i:\b(?:start|begin|open|head|title|reply|respond|answer|apply)\w* "
        rf"(?:(?:your|the|a|to this) )?(?:{_LETTER} )?with) (?:the )?"
        rf"(?:{_QUOTED.format('quoted')}|(?P<shouted>[A-Z0-9]{{3,20}})\b)"
    ),
    re.compile(
        rf"\b(?:include|mention|write|type|say|put|use|add|insert) {_QUOTED.format('word')}"
        rf"(?=.{{0,40}}\b(?:{_LETTER}|top|first|start|beginning|subject)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:start|begin|include|mention|write|type|say|put|use|add|insert|open)\b[^\"“«.]{0,60}"
        r"\bthe (?:code |secret |magic )?(?:word|codeword|keyword|password|code):? "
        r"(?P<word>(?!(?:in|at|of|for|that|to|on|you|with|is|below|above|from|count|and|or|as|"
        r"somewhere|which|limit)\b)[^\W_][\w-]{1,30})",
        re.IGNORECASE,
    ),
    _ELSEWHERE,
)


def code_word_in(sentence: Read[str]) -> Read[str] | None:
    """The word or words to write, as the post spells them."""
    for pattern in _PATTERNS:
        found = pattern.search(sentence.value)
        for name, word in found.groupdict().items() if found else ():
            if found and word and word.strip(" .,"):
                kept = word.strip(" .,")
                start = sentence.start + found.start(name) + word.index(kept)
                return Read(kept, start, start + len(kept))
    return None


def asks_for_word(sentence: str) -> bool:
    """Whether it asks for one in another language than English."""
    return bool(_ELSEWHERE.search(sentence))
