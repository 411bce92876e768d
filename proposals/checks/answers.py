"""What the post asked and the letter leaves out (B3).

An answer need not repeat the words of its question, so a question counts as unanswered only where
neither they nor anything that such an answer holds (a price, a date, a link) stands in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import MOST_OF_A_CHECK, Finding, Place, Weight
from profiles.checks.language import is_english
from profiles.matching.finding import Part, part_of
from profiles.matching.hiring import HIRING
from profiles.matching.terms import Term
from profiles.matching.words import GRAMMAR, Word, language_of, zipf
from proposals.checks.asked import Asked, Requested

FIRST: Final = 100
"""Characters within which a word stands that the letter shall begin with [C]."""
SHORTEST_JUDGED: Final = 80
"""Characters below which a letter is only begun."""
_STEM: Final = 5
_SHOWN: Final = 160
_READ: Final = 600
_FEWEST: Final = 6
"""Words from which a question's language can be told."""

_NUMBER: Final = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|dozens|twenty"
    r"|thirty|fifty|hundreds?|thousands?|several|a few|many|none|no|first|once|twice|half|decade)\b"
)
_PRICE: Final = (
    r"\d|[$€£]|\b(?:rates?|prices?|costs?|budget|free of charge|dollars?|euros?"
    r"|per (?:hour|word))\b"
)
_TIME: Final = (
    r"\d|\b(?:today|tomorrow|tonight|now|immediately|right away|straight away|at once|mondays?"
    r"|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weeks?|weekends?|days?|hours?"
    r"|months?|mornings?|afternoons?|evenings?|noon|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|soon|free|any time|anytime|start)\b"
)
_PLACE: Final = (
    r"\b(?:based in|live in|living in|located|from|here in|UTC|GMT|CET|CEST|EST|EDT|PST|PDT|CST"
    r"|IST|BST|EET|timezone|time zone|hours? (?:ahead|behind)|overlap"
    r"|my (?:morning|afternoon|evening)s?|your (?:morning|afternoon|evening)s?|eastern|pacific"
    r"|central)\b|\bin [A-Z]"
)
_SHOWS: Final = (
    r"https?://|www\.|\b[\w-]{2,40}\.(?:com|net|org|io|co|dev|design|me|pl|de|ua|uk)\b"
    r"|\b(?:attach\w*|enclosed|portfolio|samples?|examples?|links?|here is|below|recording|reel"
    r"|case stud(?:y|ies)|for (?:a|an|one)|last (?:year|month|week|spring|summer|autumn|winter))\b"
)
_WHOM: Final = (
    r"\b(?:myself|alone|team|colleagues?|partner|we|solo|only me|just me|on my own|I do|nobody"
    r"|I(?:['’]m| am)|I work)\b"
)
_KINDS: Final = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(answer, re.IGNORECASE))
    for asked, answer in (
        (r"\b(?:how much|rates?|pric\w{1,3}|costs?|charge|quotes?|budget|fees?|bid)\b", _PRICE),
        (r"\b(?:how (?:many|long|old|often)|years?|number of|percent\w{0,4}|hours)\b", _NUMBER),
        (
            r"\b(?:when|how (?:soon|fast|quickly)|turnaround|start|availab\w{2,6}|deadline"
            r"|deliver\w{0,3}|time ?frame|time ?line|schedule)\b",
            _TIME,
        ),
        (
            r"\b(?:where|time ?zones?|located|location|country|city|based|overlap|working hours)\b",
            _PLACE,
        ),
        (
            r"\b(?:portfolio|samples?|examples?|links?|urls?|show|share|case stud(?:y|ies)"
            r"|past work|previous work|similar|attach|reel|github)\b",
            _SHOWS,
        ),
        (r"\b(?:team|alone|agency|individual|yourself|outsource|subcontract)\b", _WHOM),
    )
)
# An answer to these can hold any word at all.
_OPEN: Final = re.compile(
    r"\b(?:why|approach|process|challeng\w{1,4}|tell (?:me|us)|describe|experiences?|favou?rite"
    r"|prefer\w{0,5}|recommend\w{0,6}|suggest\w{0,6}|opinion|thoughts?|feel|think|background"
    r"|biggest|best|hardest|proud\w{0,3}|strategy|strengths?|questions? (?:for|about)|improve"
    r"|handle|ensure|differen\w{1,4}|stand out|(?:which|what) (?:tools?|software|methods?|kind"
    r"|type|steps?|languages?|cms|platforms?)|how (?:do|would|will|did|can|should) (?:you|we|I))\b",
    re.IGNORECASE,
)
_POLITE_WORDS: Final = """
    tell please describe share explain list provide give include briefly short use used
    using done worked working work make made know comfortable able willing kind type sort
    thing people company client clients us your yourself also both ever
"""
_POLITE: Final = frozenset(_POLITE_WORDS.split())
_ZONE: Final = frozenset(
    {
        *(
            "US",
            "USA",
            "UK",
            "EU",
            "UTC",
            "GMT",
            "EST",
            "EDT",
            "PST",
            "PDT",
            "CST",
            "CET",
            "EET",
            "IST",
        ),
        "BST",
        "I",
        "AI",
    }
)
_AT_START: Final = re.compile(
    r"\b(?:start|begin|open|head|first|top|beginning|subject|(?:поч|нач)\w+|beginne\w*|empie\w+"
    r"|comien\w+|commence\w*|zacznij)\b",
    re.IGNORECASE,
)
_ENUMERATED: Final = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[#Q(]{0,2})(\d{1,2})[.):]")


def answer_findings(letter: Place, asked: Asked) -> Iterator[Finding]:
    """B3: each question without an answer, each request that is not met."""
    yield from _unmet(letter, asked)
    if len(letter.text.strip()) < SHORTEST_JUDGED:
        return
    language = language_of(letter.text)
    if not asked.questions or len(set(_ENUMERATED.findall(letter.text))) >= len(asked.questions):
        return  # answers are numbered as the questions are
    in_reach = [
        (number, question[:_READ])
        for number, question in enumerate(asked.questions[:MOST_OF_A_CHECK], start=1)
        if len(question.split()) < _FEWEST or language_of(question[:_READ]) == language
    ]
    if not in_reach:
        return  # and the words of one more language need not be loaded
    part = part_of(letter.text, language)
    for number, question in in_reach:
        if not _is_answered(question, part, language):
            facts: dict[str, str | int] = {"question": question[:_SHOWN], "number": number}
            yield letter.whole("question-unanswered", "B3", Weight.ADVICE, **facts)


def _is_answered(question: str, letter: Part, language: str) -> bool:
    """Also true where nobody could tell."""
    words = _telling(part_of(question, language), language)
    names = [word for word in words if word.is_name and word.text not in _ZONE]
    if names:
        return any(_stands(word, letter, language) for word in names)
    if language == "en":
        kinds = [answer for asks, answer in _KINDS if asks.search(question)]
        if any(answer.search(letter.text) for answer in kinds):
            return True
        if kinds:  # “What is your rate?” has no word that an answer need repeat
            return _overlaps(words, letter)
        if _OPEN.search(question):
            return True
    return not words or _overlaps(words, letter)


def _telling(question: Part, language: str) -> list[Word]:
    """Words of a question that its answer may be expected to take up."""
    return [
        word
        for word in question.words
        if len(word.text) > 1
        and word.text.casefold() not in _POLITE
        and word.key not in HIRING
        and word.text.casefold() not in HIRING
        and "'" not in word.text
        and (word.is_name or zipf(word.text.casefold(), language) < GRAMMAR)
    ]


def _stands(word: Word, letter: Part, language: str) -> bool:
    return letter.find(Term(word.text, word.key, 1, False, language)) is not None


def _overlaps(words: list[Word], letter: Part) -> bool:
    stems = {each.compact[:_STEM] for each in letter.words}
    keys = {each.key for each in letter.words}
    return any(word.compact[:_STEM] in stems or word.key in keys for word in words)


def _unmet(letter: Place, asked: Asked) -> Iterator[Finding]:
    text = letter.text.casefold()
    can_tell = len(text.strip()) >= SHORTEST_JUDGED and is_english(letter.text)
    for request in asked.requests[:MOST_OF_A_CHECK]:
        if request.word.strip():
            yield from _without_word(letter, text, request)
        elif can_tell and not _is_met(request.text[:_READ], letter.text):
            yield letter.whole("request-unmet", "B3", request=request.text[:_SHOWN])


def _without_word(letter: Place, text: str, request: Requested) -> Iterator[Finding]:
    """The word that shows that the post was read; its case is taken as the client may mean it."""
    word = " ".join(request.word.casefold().split())
    pattern = r"\s{1,3}".join(re.escape(each) for each in word.split())
    before, after = (
        (r"(?<!\w)" if word[0].isalnum() else ""),
        (r"(?!\w)" if word[-1].isalnum() else ""),
    )
    found = re.search(before + pattern + after, text)
    facts: dict[str, str | int] = {"word": request.word, "request": request.text[:_SHOWN]}
    if not found:
        yield letter.whole("code-word-missing", "B3", Weight.ADVICE, **facts)
    elif _AT_START.search(request.text) and found.start() > FIRST:
        # Case folding may lengthen a text, so the offsets are found anew.
        written = re.search(before + pattern + after, letter.text, re.IGNORECASE)
        if written:
            yield letter.at(written.span(), "code-word-late", "B3", Weight.ADVICE, **facts)


def _is_met(request: str, letter: str) -> bool:
    """Whether what was asked for stands there; true where nobody could tell."""
    kinds = [answer for asks, answer in _KINDS if asks.search(request)]
    return not kinds or any(answer.search(letter) for answer in kinds)
