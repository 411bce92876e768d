"""How a letter ends (B4): with a question that is easy to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import paragraphs_of
from profiles.checks.findings import Finding, Place, Weight
from proposals.checks.sentences import sentences_in

SHORTEST_JUDGED: Final = 80
"""Characters below which a letter is only begun."""
END: Final = 400
"""Characters before the signature in which the question is looked for [C]."""
LONGEST_QUESTION: Final = 40
"""Words: a longer question is no easy one [C]."""

_MARK: Final = re.compile(r"[?？؟;;](?=[\s\"'”’»)\]]|\Z)|[？؟]")
_ASKED: Final = re.compile(
    r"(?:would|could (?:you|we)|can (?:you|we)|do you|does|did you"
    r"|are (?:you|there|your)|is (?:it|there|your|this|that)|have you|has|shall (?:I|we)|should I"
    r"|which|what|when|where|who|how|may I)\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"(?:\n|\A)[ \t]{0,9}(?:(?:kind|best|warm|many|all the)? ?(?:regards|best|wishes|thanks|cheers)"
    r"|sincerely|yours|thank you|talk soon|speak soon)[^\n?]{0,80}(?:\n[^\n?]{0,60}){0,4}\Z",
    re.IGNORECASE,
)
_SIGNATURE: Final = 400


def ending_findings(letter: Place, *, english: bool) -> Iterator[Finding]:
    """B4, any language: no question at the end, or one that takes an essay to answer."""
    body = letter.text.rstrip()
    if len(body) < SHORTEST_JUDGED:
        return
    tail = max(0, len(body) - _SIGNATURE)
    if signed := _SIGNED.search(body, tail):
        body = body[: signed.start()].rstrip()
    first = max(0, len(body) - END)
    if paragraphs := paragraphs_of(body[first:])[-2:]:
        first += paragraphs[0][0]
    questions = [
        (start, end) for start, end in sentences_in(body, first) if _is_question(body[start:end])
    ]
    if not questions and not (english and _asks_without_mark(body, first)):
        yield letter.whole("no-question", "B4")
    elif questions and all(_is_long(body[start:end]) for start, end in questions):
        words = len(body[slice(*questions[-1])].split())
        yield letter.at(questions[-1], "question-long", "B4", Weight.ADVICE, words=words)


def _is_question(sentence: str) -> bool:
    return bool(_MARK.search(sentence))


def _is_long(sentence: str) -> bool:
    return len(sentence.split()) > LONGEST_QUESTION


def _asks_without_mark(body: str, first: int) -> bool:
    """“Would Tuesday suit you.”"""
    return any(_ASKED.match(body[start:end]) for start, end in sentences_in(body, first))
