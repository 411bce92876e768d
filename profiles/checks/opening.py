"""The first words (P4): a wasted opening costs the half of the effort that P3 puts into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import is_bullet, opening_sentence, paragraphs_of
from profiles.checks.findings import Finding, Place
from profiles.checks.word_data import stems_of
from profiles.content import FIRST_SEEN, Content

LONGEST_LINE: Final = 200
"""Characters of the opening line [C]: more is cut off in the list of search results."""
LONGEST_PARAGRAPH: Final = 600
"""Characters of the opening paragraph [C]."""
SHORTEST_JUDGED: Final = 120
"""Characters below which an overview is only begun, and what it leaves unsaid is no fault."""
_READ: Final = 400

_NUMBER: Final = (
    r"(?:(?:more than|over|almost|nearly|about|around|at least|up to)\s)?"
    r"(?:an?\sdecade|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|several|many|decades? of)\+?[\s-](?:(?:plus|long|solid|full)\s)?(?:years?|yrs))"
)
_EXPERIENCE: Final = r"(?:[’']?\s(?:\w{1,20}\s){0,3}?(?:experience|expertise)\b)?"
_OF_EXPERIENCE: Final = r"(?:\sof|[’'])?\s(?:\w{1,20}\s){0,2}(?:experience|expertise)\b"
_YEARS: Final = re.compile(
    rf"(?:\b(?:I am|I['’]m|We are|We['’]re|As)\s(?:an?|the)\b[^.!?\n]{{0,120}}?"
    rf"\b(?:with|having|who has|of)\s{_NUMBER}\b{_EXPERIENCE}"
    rf"|\b(?:I am|I['’]m|We are|We['’]re)\s(?:an?|the)\b[^.!?\n]{{0,120}}?"
    rf"\band\s(?:(?:I|we)\s)?(?:have|bring|offer)\s{_NUMBER}\b{_OF_EXPERIENCE}"
    rf"|\A\W{{0,5}}{_NUMBER}\b{_OF_EXPERIENCE}"
    rf"|\A\W{{0,5}}(?:I|we)(?:\shave|['’]ve)\sbeen\s(?:working\sas\s)?(?:an?|the)\b"
    rf"[^.!?\n]{{0,60}}?\bfor\s{_NUMBER}\b"
    rf"|\A\W{{0,5}}(?:with|having)\s(?:my\s)?{_NUMBER}\b{_EXPERIENCE}"
    rf"|\A\W{{0,5}}(?:I|we)\s(?:have|bring|offer)\s{_NUMBER}\b{_EXPERIENCE}"
    rf"|\A\W{{0,5}}(?:an?\s)?[^.!?\n]{{0,80}}?\bwith\s{_NUMBER}(?:\sof|['’])?\s"
    r"(?:\w{1,20}\s){0,2}(?:experience|expertise)\b)",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"\W{0,5}(?:(?:hi|hello|hey|greetings|howdy|namaste)(?=\s*[,.!—–]|\s(?:there|everyone|dear"
    r"|and|my|i|i['’]m|to|all|client|friends?)\b|\s*\Z)"
    r"(?:(?!,?\s(?:I|we)\b)[^.!?\n]){0,80}"
    r"|good (?:day|morning|afternoon|evening)\b[^.!?\n]{0,40}"
    r"|welcome(?:\s*[,!]|\s(?:to|everyone|all|dear)\b)[^.!?\n]{0,60}"
    r"|dear (?:clients?|sirs?|madam|hiring|friends?|visitors?|all|employers?)\b[^.!?\n]{0,40}"
    r"|(?:thank you|thanks|many thanks)(?: (?:so|very) much)? for (?:visiting|stopping|checking"
    r"|viewing|taking|reading|considering|looking|dropping|coming|your)\b[^.!?\n]{0,60}"
    r"|nice to meet you\b[^.!?\n]{0,40}|my name is\b[^.!?\n]{0,60})",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"\W{0,5}(?:(?:are|were) you\s(?:\w{1,12}\s)?|do you\s(?:\w{1,12}\s)?|would you like to\s"
    r"|have you been\s|is your \w{1,20}\s)?"
    r"(?:looking for|looking to hire|tired of (?:looking|searching) for"
    r"|struggling to (?:find|hire)|searching for|in search of|in need of|need|want|hiring|hire"
    r"|require|seeking|find)\s(?:an?|the|some|someone|somebody|any|help|good|great|reliable"
    r"|professional|experts?|quality|experienced|skilled)\b[^.!?\n\d]{0,90}\?"
    r"|\W{0,5}(?:do you )?(?:want|need|ready|wish|looking|trying) to \w{1,12} your (?:\w{1,12} )?"
    r"(?:business|company|brand|website|site|sales|presence|revenue|traffic|income)"
    r"[^.!?\n\d]{0,30}\?",
    re.IGNORECASE,
)
_PRESENTS_ITSELF: Final = re.compile(r"(?:I am|I['’]m|We are|We['’]re|My name is)\s", re.IGNORECASE)
MOST_QUESTION_WORDS: Final = 13
"""A longer question says something of its own."""


def opening_findings(overview: Place) -> Iterator[Finding]:
    """P4, English: years, greeting and empty question in the opening line."""
    start, end = opening_sentence(overview.text)
    sentence = overview.text[start : min(end, start + _READ)]
    if found := _GREETING.match(sentence):
        greeting = found[0].rstrip(" \t,;:—–-")
        yield overview.at((start, start + len(greeting)), "weak-opening-greeting", "P4")
        # What comes after a greeting is where the reader's eye goes next.
        sentence, start = _sentence_after(overview.text, start + len(greeting))
    yield from _years(overview, sentence, start)
    found = _QUESTION.match(sentence)
    if found and len(found[0].split()) <= MOST_QUESTION_WORDS:
        yield overview.at((start, start + found.end()), "weak-opening-question", "P4")


def _years(overview: Place, sentence: str, start: int) -> Iterator[Finding]:
    """In the opening sentence, or in the one after “I am a developer.”"""
    found = _YEARS.search(sentence)
    if not found and _PRESENTS_ITSELF.match(sentence):
        sentence, start = _sentence_after(overview.text, start + len(sentence))
        found = _YEARS.search(sentence)
    if found:
        span = start + found.start(), start + found.end()
        yield overview.at(span, "weak-opening-years", "P4")


def _sentence_after(text: str, offset: int) -> tuple[str, int]:
    rest = text[offset : offset + _READ]
    skipped = len(rest) - len(rest.lstrip(" \t\n.!?,;:—–-…)"))
    start, end = opening_sentence(rest[skipped:])
    return rest[skipped + start : skipped + end], offset + skipped + start


def opening_lengths(overview: Place) -> Iterator[Finding]:
    """P3, any language: one sentence that is seen whole, and a short paragraph with it."""
    start, end = opening_sentence(overview.text)
    if end - start > LONGEST_LINE and not is_bullet(overview.text, start):
        facts = {"length": end - start, "limit": LONGEST_LINE}
        yield overview.at((start, end), "opening-line-long", "P3", **facts)
    for paragraph in _opening_paragraph(overview.text):
        length = paragraph[1] - paragraph[0]
        if length > LONGEST_PARAGRAPH and paragraph[1] > end:
            facts = {"length": length, "limit": LONGEST_PARAGRAPH}
            yield overview.at(paragraph, "opening-paragraph-long", "P3", **facts)


def _opening_paragraph(text: str) -> list[tuple[int, int]]:
    """The first paragraph; the second where the first is the opening line alone."""
    paragraphs = paragraphs_of(text[:_WHOLE_OPENING])
    if len(paragraphs) > 1 and paragraphs[0][1] <= opening_sentence(text)[1]:
        return paragraphs[1:2]
    return paragraphs[:1]


_WHOLE_OPENING: Final = 4 * LONGEST_PARAGRAPH


def opening_says_nothing(overview: Place, content: Content) -> list[Finding]:
    """P11, English: of market, service, skills and title not a word in what is seen first."""
    if len(overview.text) < SHORTEST_JUDGED:
        return []
    wanted = stems_of(" ".join((*content.skills, content.market, content.service, content.title)))
    seen = stems_of(overview.text[:FIRST_SEEN])
    if not wanted or wanted & seen:
        return []
    span = 0, min(FIRST_SEEN, len(overview.text))
    return [overview.at(span, "opening-says-nothing", "P11", seen=FIRST_SEEN)]
