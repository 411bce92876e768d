"""The client's name, where the post is signed or they introduce themselves, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from proposals.posts.facts import Read
from proposals.posts.lines import Line

LAST_LINES: Final = 5
"""How far from the end a signature may stand: below it come a company and a place [C]."""

LONGEST_SIGNED: Final = 400
"""Characters of a line that may end with a signature."""
MOST_TRIED: Final = 10
"""Of what looks like an introduction in one line."""

_WORD: Final = r"[^\W\d_a-zа-яіїєґ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_HONOUR: Final = r"(?:(?:Prof\. (?:Dr\. )?|Dr\.? |Mr\.? |Mrs\.? |Ms\.? ))"
_NAME: Final = rf"{_HONOUR}?{_WORD}(?: [^\W\d_a-z]\.(?!\w)| {_WORD}){{0,2}}"
_CLOSING: Final = (
    r"(?:(?:many |with |and |dear |best |kind |warm |warmest |kindest |all the )?"
    r"(?:thanks|thank you|thx|regards|wishes|best|cheers|sincerely|cordially|respectfully)"
    r"(?: (?:so much|very much|a lot|again|in advance|and regards|for (?:reading|your time)|"
    r"and best(?: wishes| regards)?|yours|everyone|all))?|"
    r"yours(?: truly| sincerely| faithfully)?|(?:looking|look) forward.{0,60}|"
    r"talk soon|take care|з повагою|щиро дякую|дякую|дякуємо|щиро|с уважением|спасибо|"
    r"(?:viele |liebe |beste |freundliche |mit freundlichen |herzliche |schöne )(?:grüße|grüßen|"
    r"gruß)|mfg|danke|vielen dank|(?:un )?(?:cordial )?saludos?(?: cordiales)?|(?:muchas )?gracias|"
    r"atentamente|cordialement|bien à vous|merci(?: d'avance| beaucoup)?|obrigad[oa]|"
    r"atenciosamente|abraços|grazie(?: mille)?|cordiali saluti|pozdrawiam|dziękuję|"
    r"z poważaniem|met vriendelijke groet|groeten|bedankt)"
)
_SIGNED: Final = re.compile(
    rf"(?:.*[.!?…]\s+)?(?i:{_CLOSING})\s*[,.!;:–—-]+\s*[-–—]?\s*(?P<name>{_NAME})[.!]?"
    r"(?:\s*[,|(–—-].{0,60})?"
)
_CLOSED: Final = re.compile(
    rf"(?:.*[.!?…]\s+)?(?i:{_CLOSING})(?:\s*[,.!:–—-]*|(?: [^\W\d_]+){{1,4}},)"
)
_NAME_LINE: Final = re.compile(rf"[-–—~]?\s*(?P<name>{_NAME})[.!]?(?:\s*[,|(–—-].{{0,60}})?")
_HONOURED: Final = re.compile(rf"(?P<name>{_HONOUR}{_NAME})(?:, .{{0,60}})?")
_FAREWELL: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3},")
"""In a language that we do not know: a line of its own with a comma."""
_DASHED: Final = re.compile(rf"(?:.*[.!?…]\s+)?[-–—~]{{1,2}}\s?(?P<name>{_NAME})\.?")
_SAID: Final = re.compile(
    r"(?<![\w])(?i:my name is|my name's|the name's|мене звати|мене звуть|меня зовут|ich heiße|"
    r"ich bin der|mein name ist|me llamo|mi nombre es|je m'appelle|je m’appelle|"
    r"meu nome é|me chamo|mi chiamo|nazywam się|mijn naam is)\s(?P<name>" + _NAME + r")"
)
_ROLE: Final = (
    r"(?:the |an? |our |co-?)?(?:co-?)?(?:founder|owner|ceo|cto|cmo|coo|head|director|manager|"
    r"editor|producer|creator|author|partner|lead|marketing|project|product|hiring)\b"
)
_AM: Final = re.compile(
    rf"(?<![\w])(?i:i['’]m|i am|this is|it['’]s)\s(?P<name>{_NAME})"
    rf"(?=,? (?:from|at|with|of) [A-Z]|, (?i:{_ROLE})|,? and (?:I|we|my|our)\b|, I\b|"
    rf" [–—-] (?i:{_ROLE}|I\b)| \((?i:{_ROLE}))"
)
_HERE: Final = re.compile(
    rf"(?:^|[.!,]\s)(?P<name>{_NAME}) here(?=[,.!]| (?:from|at|with)\b| [–—-])"
)
_QUOTES: Final = re.compile(r"[\"“”„«»]")
_NO_NAMES: Final = frozenset(
    (
        *("anonymous", "important", "sure", "serious", "happy", "sent", "tel", "phone"),
        *("a", "advance", "again", "agency", "all", "american", "american", "applicants"),
        *("argentinian", "asap", "australian", "austrian", "belgian", "best", "bless"),
        *("brazilian", "british", "bulgarian", "canadian", "candidates", "cheers"),
        *("chinese", "client", "colombian", "colleagues", "company", "consulting"),
        *("contractor", "croatian", "czech", "danish", "dear", "designer", "developer"),
        *("dutch", "egyptian", "english", "estonian", "europe", "european", "everybody"),
        *("everyone", "finnish", "folks", "founder", "freelancer", "freelancers", "french"),
        *("friends", "german", "good", "gmbh", "god", "greek", "group", "guys", "happy"),
        *("have", "hello", "hi", "hiring", "hr", "hungarian", "i", "in", "inc", "indian"),
        *("indonesian", "irish", "israeli", "italian", "japanese", "kenyan", "kind"),
        *("korean", "labs", "latvian", "limited", "lithuanian", "llc", "looking", "ltd"),
        *("management", "manager", "marketing", "media", "mexican", "new", "nigerian"),
        *("no", "north", "norwegian", "not", "note", "only", "owner", "pakistani"),
        *("people", "peruvian", "please", "polish", "portuguese", "ps", "regards"),
        *("remote", "romanian", "russian", "scottish", "see", "serbian", "services"),
        *("sincerely", "slovak", "slovenian", "software", "solutions", "south", "spanish"),
        *("studio", "studios", "sure", "support", "swedish", "swiss", "talk", "team"),
        *("thai", "thank", "thanks", "the", "this", "to", "turkish", "ukrainian", "upwork"),
        *("us", "vietnamese", "we", "welsh", "yes", "you", "your", "команда", "команди"),
        *("колектив", "team", "das", "el", "la", "le"),
    )
)


def name_in(lines: Sequence[Line]) -> Read[str] | None:
    """The name from the client's own lines; a signature counts more than an introduction.

    What stands in quotation marks is somebody else's: a review, a script.
    """
    return _signature(lines) or _introduction(lines)


def _signature(lines: Sequence[Line]) -> Read[str] | None:
    last = list(lines[-LAST_LINES:])
    for at in range(len(last) - 1, -1, -1):
        if len(last[at].plain) > LONGEST_SIGNED:
            continue
        found = _signed(last, at)
        if found and (name := _read(last[at], found)):
            return name
    return None


def _signed(last: Sequence[Line], at: int) -> re.Match[str] | None:
    """The signature that a line is, with the lines above it."""
    line, above = last[at], last[at - 1] if at else None
    if found := _SIGNED.fullmatch(line.plain):
        return found
    if above and _CLOSED.fullmatch(above.plain[:LONGEST_SIGNED]):
        return _NAME_LINE.fullmatch(line.plain)
    is_last = at == len(last) - 1
    if above and above.mark:
        return None
    if line.mark in {"–", "—"} or (line.mark == "-" and is_last):
        return _NAME_LINE.fullmatch(line.plain)
    if not is_last or line.mark:
        return None
    if above and above.has_gap and not line.has_gap and _FAREWELL.fullmatch(above.plain):
        return _NAME_LINE.fullmatch(line.plain)
    return _DASHED.fullmatch(line.plain) or _HONOURED.fullmatch(line.plain)


def _introduction(lines: Sequence[Line]) -> Read[str] | None:
    for line in lines:
        for pattern in (_SAID, _AM, _HERE):
            for found in islice(pattern.finditer(line.plain), MOST_TRIED):
                name = _read(line, found)
                if name:
                    return name
    return None


def _read(line: Line, found: re.Match[str]) -> Read[str] | None:
    """The name, unless it is quoted or no name of a person."""
    name, start = found["name"].strip(), found.start("name")
    words = name.casefold().replace(".", "").split()
    if not all(word[:1].isupper() for word in name.split()) or set(words) & _NO_NAMES:
        return None
    if name.isupper() and len(name) > 3:
        return None
    if len(_QUOTES.findall(line.plain, 0, start)) % 2 or line.plain[-1:] in '"”»':
        return None
    return Read(name, line.start + start, line.start + start + len(name))
