"""What the client asks of who applies: questions, and what the proposal shall hold (B1, B3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from proposals.posts.code_words import asks_for_word, code_word_in
from proposals.posts.facts import Read, Request
from proposals.posts.lines import Line, Part, parts_of
from proposals.posts.sentences import sentences_in

LONGEST: Final = 500
"""Characters of a question or a request."""
MOST: Final = 40
"""Questions, and requests, of one post."""
MOST_ENTRIES: Final = 12
"""Of one list."""
LONGEST_ENTRY: Final = 200

_LETTER: Final = r"(?:proposal|application|cover letter|bid|reply|response|message|letter|pitch)"
_APPLYING: Final = re.compile(
    rf"\byour (?:\w+ )?{_LETTER}s?\b|\bcover letter\b|\b(?:to|when|before|while) (?:you )?apply"
    rf"(?:ing)?\b|\bapply (?:with|by)\b|\b(?:top|start|beginning|end|first line|subject) of "
    rf"(?:the|your|a) {_LETTER}\b|\bwhen (?:bidding|responding|replying)\b|"
    rf"\bif (?:you are |you're |you’re )?interested\b|\bto be considered\b|\bplease apply\b|"
    r"\b(?:as|in|is|on) (?:the|your) (?:very )?first (?:word|line|sentence)\b",
    re.IGNORECASE,
)
_LIST_FOLLOWS: Final = re.compile(
    rf"{_APPLYING.pattern}|\bhow to apply\b|\b(?:please|kindly) (?:answer|include|send|share|"
    r"provide|tell|attach|respond|submit|let|mention|add)\b|"
    r"^(?:answer|include|send|share|tell|attach|submit|let)\b|"
    r"\banswer (?:the|these|a few|my|our)\b|^(?:a few |some |screening |my |our |quick )?questions"
    r"(?: for you| to answer)?:?$",
    re.IGNORECASE,
)
_LIST_HEADINGS: Final = {"screening questions", "additional questions", "questions", "how to apply"}
_ANSWERS: Final = re.compile(r"\b(?:answer|questions)\b", re.IGNORECASE)

_GREETING: Final = re.compile(r"(?:hi|hello|hey|dear|greetings|good \w+)\b.{0,40}$", re.IGNORECASE)

_AND: Final = r"(?:(?:and|also|but|so|then|first|second|finally|lastly|plus|or)\b,? ?)?"
_OPEN: Final = re.compile(
    rf"^{_AND}(?:(?:for|in|on|at|from|to|with|roughly|about|given) [^,?]{{1,60}},? )?"
    r"(?:what|which|how|when|where|why|who(?= (?:have|did|do|would|will) you))\b"
    r".*\b(?:you|your)\b",
    re.IGNORECASE,
)
_OF_NOBODY: Final = re.compile(
    r"\b(?:in it for you|what(?:'s|’s| is) your role|who (?:are )?you|why (?:should )?you\b|"
    r"why (?:would|wouldn't|wouldn’t) you|"
    r"what (?:you(?:'ll|’ll| will| would)?|will you|would you be|do you|can you) "
    r"(?:do|doing|be|get|receive|need|learn|gain|expect|work)|how would you like|you know|"
    r"what do you (?:think|say)|"
    r"how (?:often|many times) (?:do|have) you (?:felt|wished|wanted|thought|heard|seen))\b",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    rf"^{_AND}(?:have you (?:ever )?(?:\w+ed|\w+en|built|done|made|cut|shot|run|led|sold|dealt|"
    r"set|put|had|taught|kept|found|read|held|got)\b|are you (?:\w+ )?(?:available|able|"
    r"comfortable|willing|familiar|ok|okay|open|free|registered|licensed|certified|fluent|"
    r"insured|based)\b|can you (?!imagine|believe|guess|feel|see|hear|picture)\w+|could you\b|"
    r"would you (?:be (?:able|willing|available|open|ok|comfortable|happy)|mind)\b|"
    r"do you (?:\w+ )?(?:have (?!what|(?:any )?questions|an? (?:eye|knack|flair|passion|heart)|"
    r"the (?:skills|passion|drive|time)|fun)|use\b|own\b|work with\b|know how\b|speak\b|charge\b|"
    r"offer\b|accept\b|hold\b|keep\b))",
    re.IGNORECASE,
)
_ANSWERED: Final = re.compile(
    r"(?:then|if so|if yes|if that|great|look no further|perfect|we want|you(?:'re|’re| are) "
    r"(?:the|just|exactly|our)|this (?:job|is)|good[.!,]|join|neither|nor|so (?:do|are|have) we|"
    r"no\b|yes\b|nope\b|not really|of course|because|exactly|"
    r"us too|same here)\b",
    re.IGNORECASE,
)

_CLAUSE: Final = re.compile(r"(?:^|[,:;–—(] ?| - |\b(?:and|then|but|or)\b)")
_FILLER: Final = re.compile(
    r"(?:please|kindly|also|otherwise|and|then|just|simply|do|finally|lastly|first|be sure to|"
    r"make sure to|make sure you|remember to|you must|you should|feel free to|pls|"
    r"we ask you to)\b,? ?",
    re.IGNORECASE,
)
_TELL: Final = re.compile(
    r"say so\b|tell (?:us|me)\b(?! (?:by|when it|on|if there|immediately))|"
    r"let (?:us|me) know (?:how|what|which|your|why|about your|(?:if|whether|when|where) you|a bit|"
    r"roughly|briefly)\b|attach\b",
    re.IGNORECASE,
)
_HAND_IN: Final = re.compile(
    r"(?:include|attach|send|share|provide|mention|describe|explain|submit|show|give|quote|state|"
    r"list|link|introduce|specify|indicate|reply|respond|answer|name|say|propose|outline|apply)\b",
    re.IGNORECASE,
)
_WRITE: Final = re.compile(
    r"(?:write|start|begin|open|add|put|type|use|head|title|copy|place|insert|mark)\b", re.I
)
_OF_APPLICANT: Final = re.compile(
    r"\b(?:portfolio|(?:work |writing )?samples?|examples? of|(?:link|links) to|showreel|reel|"
    r"your (?:\w+ ){0,2}(?:work|rates?|price|quote|availability|experience|time ?zone|cv|resume|"
    r"résumé|github|website|estimate|approach|fee|background|timeline|turnaround|projects|name|"
    r"certificates?|certification|licen[cs]e|degree|level|tools|setup|process|cases)|"
    r"(?:you|you've|you’ve|you have) (?:cut|made|wrote|written|built|designed|edited|translated|"
    r"did|done|worked|published|drew|drawn|shot|produced|recorded|created|shipped|delivered|ran|"
    r"kept|set|managed|illustrated|audited|reviewed|drafted)|references?|"
    r"relevant (?:work|experience|projects|cases)|similar (?:work|projects|jobs)|a quote|"
    r"an estimate|cv|resume|résumé|why you|how you(?: would|'d|’d)|how many (?:hours|words|days)|"
    r"what you (?:would|charge)|these questions|the following questions|the questions)\b",
    re.IGNORECASE,
)
_MERE_SENDING: Final = re.compile(
    rf"(?:please )?(?:send|submit) (?:us |me |in )?(?:your|a) (?:{_LETTER}|offer)s?"
    r"(?: (?:by|before|until|today|now|on|soon|asap)\b.{0,30})?[.!]*",
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"\byour?\b", re.IGNORECASE)


def questions_and_requests(
    lines: Sequence[Line],
) -> tuple[tuple[Read[str], ...], tuple[Request, ...]]:
    """Both in the order of the text, each once; rhetorical questions and duties are neither."""
    questions = list(_screening(list(parts_of(lines, Part.QUESTIONS))))
    requests: list[Request] = []
    own = list(parts_of(lines, Part.TEXT))
    entries = dict(entry for at in range(len(own)) for entry in _listed(own, at))
    for at, is_question in entries.items():
        read = Read(own[at].plain, own[at].start, own[at].end)
        if is_question:
            questions.append(read)
        else:
            requests.append(_request(read))
    leading = {at - 1 for at in entries if at - 1 not in entries}
    said = [
        (each, own[at], at in leading and each.value.endswith(":"))
        for at in range(len(own))
        if at not in entries
        for each in sentences_in(own[at])
    ]
    for at, (sentence, line, leads) in enumerate(said):
        if len(sentence.value) > LONGEST:
            continue
        if sentence.value.rstrip("\"”’'»)").endswith("?"):
            below = said[at + 1][0].value if at + 1 < len(said) else ""
            is_first = not at or (at == 1 and bool(_GREETING.match(said[0][0].value)))
            if _is_question(sentence.value, below, is_first=is_first):
                questions.append(sentence)
        elif not leads and _is_request(line, sentence):
            requests.append(_request(sentence))
    return _once(questions), tuple(sorted(requests, key=lambda each: each.start)[:MOST])


def _screening(lines: Sequence[Line]) -> Iterator[Read[str]]:
    """Those that the page lists; a line without a number goes on with the one above it."""
    has_numbers = any(line.mark[:1].isdigit() for line in lines)
    current: Read[str] | None = None
    for line in lines:
        if current and has_numbers and not line.mark[:1].isdigit():
            current = Read(f"{current.value} {line.plain}", current.start, line.end)
            continue
        if current:
            yield current
        current = Read(line.plain, line.start, line.end)
    if current:
        yield current


def _listed(lines: Sequence[Line], at: int) -> Iterator[tuple[int, bool]]:
    """Where the entries of the list stand that a line announces, and whether each is a question."""
    last = None
    if lines[at].plain.endswith(":"):
        last = list(sentences_in(lines[at]))[-1].value
    is_heading = lines[at].key in _LIST_HEADINGS
    last = lines[at].plain if is_heading else last
    if not last or len(last) > LONGEST or not (is_heading or _LIST_FOLLOWS.search(last)):
        return
    are_questions = bool(_ANSWERS.search(last))
    below = range(at + 1, min(len(lines), at + 1 + MOST_ENTRIES))
    has_marks = bool(below) and bool(lines[at + 1].mark)
    for entry in below:
        line = lines[entry]
        goes_on = bool(line.mark) if has_marks else (not line.has_gap or entry == at + 1)
        is_short = len(line.plain) <= LONGEST_ENTRY and not line.plain.endswith(":")
        if not goes_on or not is_short or line.is_heading:
            return
        is_question = line.plain.endswith("?")
        if not has_marks and not is_question and line.plain.endswith("."):
            return
        yield entry, is_question or are_questions


def _is_question(sentence: str, below: str, *, is_first: bool) -> bool:
    if _ANSWERED.match(below):
        return False
    if _OPEN.search(sentence):
        return not _OF_NOBODY.search(sentence)
    return not is_first and bool(_CLOSED.search(sentence))


def _is_request(line: Line, sentence: Read[str]) -> bool:
    text = sentence.value
    if _MERE_SENDING.fullmatch(text):
        return False
    is_applying = bool(_APPLYING.search(text))
    for clause in _CLAUSE.finditer(text):
        start = clause.end()
        while filler := _FILLER.match(text, start + (text[start : start + 1] == " ")):
            start = filler.end()
        start += text[start : start + 1] == " "
        if _TELL.match(text, start):
            return not line.mark or is_applying or bool(_OWN.search(text, start))
        is_hand_in = bool(_HAND_IN.match(text, start))
        if not is_hand_in and not _WRITE.match(text, start):
            continue
        if is_applying or code_word_in(sentence):
            return True
        if is_hand_in and _OF_APPLICANT.search(text, start):
            return not line.mark or bool(_OWN.search(text, start))
    return asks_for_word(text)


def _request(read: Read[str]) -> Request:
    return Request(read.value, read.start, read.end, code_word_in(read))


def _once(questions: Sequence[Read[str]]) -> tuple[Read[str], ...]:
    first: dict[str, Read[str]] = {}
    for each in sorted(questions, key=lambda read: read.start):
        first.setdefault(each.value.casefold(), each)
    return tuple(first.values())[:MOST]
