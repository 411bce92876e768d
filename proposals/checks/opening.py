"""The first lines, which a client sees in the list of proposals (P2, B9), in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from profiles.checks.findings import Finding, Place
from profiles.matching import Term
from profiles.matching.finding import part_of
from proposals.checks.asked import Asked
from proposals.checks.sentences import sentences_in

SEEN: Final = 200
"""Characters that are seen before the letter is opened [C]."""
_READ: Final = 300

_HAIL: Final = re.compile(
    r"(?:(?:hi|hello|hey|dear|greetings|good (?:day|morning|afternoon|evening))\b"
    r"(?: (?:there|all|everyone|team|again|mr\.?|mrs\.?|ms\.?|dr\.?|[A-Z][\w'’.-]{0,20})){0,4}"
    r"\s{0,2}[,!.:–—-]{0,3}\s{0,4})",
    re.IGNORECASE,
)
_TO_NOBODY: Final = re.compile(
    r"(?:(?:dear|hi|hello|hey|respected|greetings)[ ,]{1,2}(?:dear |respected |the )?"
    r"(?:hiring (?:manager|team|person)|sirs?|madam|ma['’]am|(?:prospective |potential |valued )?"
    r"clients?|employers?|recruiter|recruiting team|friend|job poster|project owner|buyer)\b"
    r"(?:(?: or |/| & | and |, )(?:madam|sir|team))?"
    r"|to whom(?:so ?ever)? it may concern|greetings of the day|greetings(?= ?[!,.]))",
    re.IGNORECASE,
)
_PLEASANTRY: Final = re.compile(
    r"(?:(?:I |we )?(?:do )?(?:hope|trust) (?:that )?(?:you|this|all|everything|your)\b"
    r"[^.!?\n]{0,60}?\b(?:well|great|good|fine|healthy|safe)\b"
    r"|how are you(?: doing)?(?: today)?(?=[ ,]{0,2}[?!.]|\s*\Z)"
    r"|(?:it['’]s |it is )?(?:very )?(?:nice|pleased|good|glad|great) to meet you"
    r"|(?:thank you|thanks)(?: (?:so|very) much| a lot)? for (?:posting|sharing (?:this|your|the)"
    r"|the opportunity|this opportunity|considering|reading|taking (?:the|your)"
    r"|your (?:time|consideration|(?:job )?post(?:ing)?)\b)[^.!?\n]{0,60})",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"(?:(?i:this is) [A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20})?"
    r"(?= from\b|,? (?:an?|your)\b)"
    r"|(?i:I am|I['’]m) [A-Z][a-z'’-]{1,20}(?: [A-Z][a-z'’-]{1,20})?(?=,? (?:an? |from\b)))"
    r"[^.!?\n]{0,60}",
)
_MY_NAME: Final = re.compile(r"my name(?: is|['’]s)\b[^.!?\n]{0,60}", re.IGNORECASE)
_PRAISE: Final = re.compile(
    r"(?:I am|I['’]m|As) an? (?:\w{1,20}[ -]){0,2}?(?:experienced|seasoned|professional|skilled"
    r"|passionate|dedicated|talented|hard-?working|highly|versatile|results[- ]driven|expert"
    r"|proficient|motivated|creative|detail[- ]oriented)\b[^.!?\n]{0,80}",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(
    r"(?:(?:I am|I['’]m|As|We are|We['’]re) an? [^.!?\n]{0,100}?\b(?:with|having|of)"
    r"|(?:I|we)(?: have|['’]ve| bring| possess)(?: got| had)?|with(?: my| our)?|having)"
    r"(?: (?:over|more than|around|about|almost|nearly|at least))? (?:an? decade"
    r"|(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|several|many)"
    r" ?\+? ?(?:plus )?years?)(?:['’]| of)?(?: [\w-]{1,20}){0,3} (?:experience|expertise)\b",
    re.IGNORECASE,
)
_ASKS_FOR_YEARS: Final = re.compile(r"\byears?\b|\byrs\b", re.IGNORECASE)
_JOB: Final = (
    r"(?:job|project|posts?|posting|position|role|opportunity|task|gig|vacancy|opening|listing"
    r"|description|requirements?|advert(?:isement)?|ad|details|brief)\b"
)
_APPLIES: Final = re.compile(
    r"(?:(?:I am|I['’]m) (?:writing|reaching out|contacting you)\b[^.!?\n]{0,40}?\b(?:apply"
    r"|application|express|interest|in response|regarding|concerning)\b"
    r"|(?:I am|I['’]m|I would like to|I['’]d like to|I['’]d love to|I would love to|I wish to"
    r"|I want to|please let me|let me) apply(?:ing)? (?:for|to)\b"
    r"|(?:I am|I['’]m) (?:very |really |highly |extremely |so |truly )?(?:interested in"
    r"|excited (?:about|by|to apply)|thrilled (?:about|by|to)|keen (?:on|to apply))"
    rf"[^.!?\n]{{0,60}}?\b{_JOB}"
    r"|please (?:accept|consider) (?:this|my) (?:letter|proposal|application|bid)"
    r"|(?:I am|I['’]m) (?:very |quite |absolutely )?(?:confident|sure|certain|convinced|positive)"
    r" (?:that )?I(?:['’]m| am| can| have|['’]ll| will)\b"
    r"|(?:I am|I['’]m) (?:the (?:perfect|right|best|ideal)|an? (?:perfect|great|good|strong"
    r"|ideal|excellent))(?: \w{1,12})? (?:fit|match|candidate|person|choice|freelancer)\b)",
    re.IGNORECASE,
)
_READ_POST: Final = re.compile(
    r"(?:I(?:['’]ve| have)?(?: just| carefully| already| thoroughly)*(?: read| saw| seen| noticed"
    r"| came across| come across| found| reviewed| went through| gone through| checked| looked at"
    r"| looked through)|(?:after|having|upon)(?: carefully| thoroughly)? (?:reading|reviewing"
    rf"|going through|seeing|read))\b[^.!?\n]{{0,30}}?\b(?:your|the|this)(?: \w{{1,20}}){{0,3}}?"
    rf" {_JOB}[^.!?\n]{{0,60}}",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d")


def opening_findings(letter: Place, asked: Asked, terms: Sequence[Term]) -> Iterator[Finding]:
    """P2, B9: of what is seen first, what could stand in anybody's letter; each kind once."""
    said = set[str]()
    for finding in _in_sentences(letter, asked, terms):
        if finding.check not in said:
            said.add(finding.check)
            yield finding


def _in_sentences(letter: Place, asked: Asked, terms: Sequence[Term]) -> Iterator[Finding]:
    for start, end in sentences_in(letter.text, 0, SEEN):
        sentence = letter.text[start : min(end, start + _READ)]
        at = start
        if found := _TO_NOBODY.match(sentence):
            yield letter.at((at, at + found.end()), "opening-greeting", "B9", seen=SEEN)
            at += found.end()
        elif found := _HAIL.match(sentence):
            at += found.end()
        rest = letter.text[at : start + len(sentence)]
        rest_at = at + len(rest) - len(rest.lstrip(" ,!.:–—-\t"))
        yield from _at_start(letter, rest_at, start + len(sentence), asked, terms)


def _at_start(
    letter: Place, start: int, end: int, asked: Asked, terms: Sequence[Term]
) -> Iterator[Finding]:
    text = letter.text[start:end]
    if found := _PLEASANTRY.match(text):
        yield letter.at((start, start + found.end()), "opening-greeting", "B9", seen=SEEN)
    if found := _introduction(text, asked):
        yield letter.at((start, start + found.end()), "opening-introduction", "B9", seen=SEEN)
    found = _APPLIES.match(text)
    if not found and (read := _READ_POST.match(text)) and not _says_more(text, asked, terms):
        found = read
    if found:
        yield letter.at((start, start + found.end()), "opening-formula", "B9", seen=SEEN)


def _introduction(text: str, asked: Asked) -> re.Match[str] | None:
    """Years are no waste where the post asks for them."""
    years = None if _ASKS_FOR_YEARS.search(asked.everything) else _YEARS.match(text)
    return _NAME.match(text) or _MY_NAME.match(text) or _PRAISE.match(text) or years


def _says_more(sentence: str, asked: Asked, terms: Sequence[Term]) -> bool:
    """Whether “I read your post” goes on to something of the post beyond its title."""
    if _FIGURE.search(sentence):
        return True
    title = part_of(asked.title, "en")
    part = part_of(sentence, "en")
    return any(part.find(term) and not title.find(term) for term in terms)
