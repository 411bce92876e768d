"""The client's name (B1): right, and not another one's from the letter before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from rapidfuzz.distance import OSA

from profiles.checks.findings import MOST_OF_A_CHECK, Finding, Place, Span, Weight
from profiles.checks.word_data import frequency_of
from proposals.checks.asked import Asked

MOST_CLIENTS: Final = 2_000
"""Names of other clients that are looked for."""
RARE: Final = 3.0
"""Zipf frequency below which a lower-case word is no word of a sentence [C]."""

_HAIL: Final = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hola|hallo|bonjour|ciao|olá"
    r"|cześć|привіт|вітаю|привет|здравствуйте|добрий день|добрый день|guten tag|liebe[r]?)"
)
_GREETED: Final = re.compile(
    rf"\s{{0,9}}(?i:{_HAIL})(?:,? there)?,?[ \t]{{1,3}}(?:(?:Mr|Mrs|Ms|Dr|Frau|Herr)\b\.?[ \t])?"
    r"(?P<name>[^\W\d_a-zа-яёіїєґ][^\W\d_’']{1,20}(?:['’-][^\W\d_]{2,20})?"
    r"(?:[ \t][^\W\d_a-zа-яёіїєґ][^\W\d_]{0,20}\.?){0,2})(?=[ \t]{0,2}(?:[,!.:;–—\n-]|\Z))"
)
_THANKED: Final = re.compile(
    r"(?<!\w)(?i:thanks|thank you|cheers|regards),? (?P<name>[A-Z][a-z]{2,20})(?=[,.!?\n]|\Z)"
)
_NOBODY_WORDS: Final = """
    there team all everyone everybody folks sir madam hiring manager client friend guys
    again dear and recruiter employer buyer prospective potential future valued ladies gentlemen
    both sirs morning afternoon evening day from the to you your people crew mr mrs ms dr upwork
"""
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_COMPANY: Final = re.compile(
    r"\b(?:ltd|inc|llc|gmbh|corp|co|company|agency|studios?|group|labs?|media|solutions|team|shop"
    r"|store|digital|partners|consulting|sarl|bv|plc|limited|tech|software|design|clinic|school)\b",
    re.IGNORECASE,
)
_SHORT_FORMS: Final = tuple(
    frozenset(forms.split())
    for forms in (
        "william bill will billy liam",
        "robert bob rob bobby",
        "richard dick rick rich",
        "elizabeth liz beth betty eliza lisa",
        "margaret peggy maggie meg greta",
        "james jim jimmy jamie",
        "john jack johnny jon",
        "anthony tony",
        "katherine catherine kathryn kate kathy katie cathy",
        "alexander alexandra sasha alex sandra oleksandr",
        "michael mike mick misha mikhail",
        "edward ted ed eddie ned",
        "charles chuck charlie",
        "henry harry hank",
        "andrew drew andy andrii andrei",
        "theodore ted theo",
        "rebecca becky",
        "susan sue susie",
        "deborah debbie deb",
        "patricia pat patty trish",
        "joseph joe jose",
        "dmitry dmytro dima",
        "eugene gene yevhen zhenya",
        "helen olena elena lena",
        "francis frank fran francesco",
        "christopher chris kit",
        "stephen steven steve",
        "david dave",
        "daniel dan danny",
        "ronald ron",
        "lawrence larry",
        "gerald jerry gerry",
        "jeffrey geoffrey jeff geoff",
        "nicholas nick nicolas mykola",
        "sergey serhii",
    )
)
_WORD: Final = re.compile(r"[^\W_]+")
_CAPITALISED: Final = re.compile(r"(?<![\w@./])[A-Z][A-Za-z]{3,30}(?![\w@]|\.\w)")


def name_findings(letter: Place, asked: Asked, other_clients: Sequence[str]) -> Iterator[Finding]:
    """Another client greeted or named; the client's own name wrong or misspelt."""
    others = _others(asked, other_clients)
    seen: list[Span] = []
    for span in _addressed(letter.text):
        seen.append(span)
        name = letter.text[slice(*span)]
        check = _judged(name, asked, others)
        if check:
            facts: dict[str, str | int] = {"name": asked.client_name, "written": name}
            weight = Weight.MUST if check == "other-client-greeted" else Weight.ADVICE
            yield letter.at(span, check, "B1", weight, **facts)
    if len(seen) < MOST_OF_A_CHECK:
        yield from _misspelt(letter, asked, seen)
    yield from _named(letter, others, seen)


def _addressed(text: str) -> Iterator[Span]:
    if found := _GREETED.match(text):
        yield found.span("name")
    for found in islice(_THANKED.finditer(text), MOST_OF_A_CHECK):
        yield found.span("name")


def _plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))


def _parts(name: str) -> list[str]:
    return _WORD.findall(_plain(name))


def _others(asked: Asked, other_clients: Sequence[str]) -> dict[str, str]:
    """By plain name; what the post or the client's own name holds is no other one's."""
    own = set(_parts(asked.client_name))
    post = set(_parts(asked.everything))
    found: dict[str, str] = {}
    for name in other_clients[:MOST_CLIENTS]:
        parts = _parts(name)
        if parts and not own & set(parts) and not set(parts) <= post and len(parts[0]) > 1:
            found.setdefault(" ".join(parts), name)
    return found


def _judged(name: str, asked: Asked, others: dict[str, str]) -> str:
    """The check that the greeted name sets off, or ""."""
    said = _parts(name)
    if not said or set(said) & _NOBODY:
        return ""
    own = _parts(asked.client_name)
    if any(_is_same(one, other) for one in said for other in own):
        return ""
    post = set(_parts(asked.text))
    near = [other for other in own if _is_near(said[0], other)]
    if near and said[0] not in post:
        return "client-name-misspelt"
    first_names = {other.split()[0] for other in others}
    if " ".join(said) in others or said[0] in first_names:
        return "other-client-greeted" if said[0] not in post else ""
    if not own or said[0] in post or _COMPANY.search(asked.client_name):
        return ""
    return "client-name-wrong"


def _is_same(one: str, other: str) -> bool:
    """Equal, one the beginning of the other (Alex, Alexander), or its short form."""
    short, long = sorted((one, other), key=len)
    if one == other or (len(short) >= 3 and long.startswith(short)):
        return True
    if not one.isascii() or not other.isascii():  # a case's ending
        return len(short) > 2 and long[: len(short) - 2] == short[:-2]
    return any({one, other} <= forms for forms in _SHORT_FORMS)


def _is_near(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4:
        return len(one) == len(other) == 3 and sorted(one) == sorted(other)
    return OSA.distance(one, other) <= (1 if len(other) < 6 else 2)


def _misspelt(letter: Place, asked: Asked, seen: Sequence[Span]) -> Iterator[Finding]:
    """A long and rare name anywhere, off by one letter."""
    wanted = [
        part for part in _parts(asked.client_name) if len(part) >= 6 and frequency_of(part) < RARE
    ]
    post = set(_parts(asked.everything)) | set(wanted)
    spans: list[Span] = []
    for found in _CAPITALISED.finditer(letter.text) if wanted else ():
        plain = _plain(found[0])
        is_open = plain not in post and found.span() not in seen and frequency_of(plain) < RARE
        if is_open and any(_off_by_one(plain, part) for part in wanted):
            spans.append(found.span())
    for span in spans[:MOST_OF_A_CHECK]:
        facts: dict[str, str | int] = {
            "name": asked.client_name,
            "written": letter.text[slice(*span)],
        }
        yield letter.at(span, "client-name-misspelt", "B1", Weight.ADVICE, **facts)


def _off_by_one(written: str, name: str) -> bool:
    is_form = written.startswith(name) or name.startswith(written)
    return not is_form and OSA.distance(written, name, score_cutoff=1) == 1


def _named(letter: Place, others: dict[str, str], seen: Sequence[Span]) -> Iterator[Finding]:
    """Names of other clients in the text: an example, or left over, which only a person knows."""
    shown = 0
    words = [(each.span(), _plain(each[0])) for each in _WORD.finditer(letter.text)]
    firsts: dict[str, list[list[str]]] = {}
    for name in others:
        parts = name.split()
        firsts.setdefault(parts[0], []).append(parts)
    for at, ((start, _), word) in enumerate(words):
        for parts in firsts.get(word, ()) if letter.text[start].isupper() else ():
            run = words[at : at + len(parts)]
            if [each for _, each in run] != parts or not _is_name(letter.text, start, parts):
                continue
            span = start, run[-1][0][1]
            if any(span[0] < other[1] and other[0] < span[1] for other in seen):
                continue
            name = letter.text[slice(*span)]
            yield letter.at(span, "other-client-named", "B1", Weight.NOTE, name=name)
            shown += 1
            break
        if shown >= MOST_OF_A_CHECK:
            return


def _is_name(text: str, start: int, parts: Sequence[str]) -> bool:
    """“Will you” begins a sentence with no name; “Mark” within one is one."""
    if len(parts) > 1 or frequency_of(parts[0]) < RARE:
        return True
    before = text[max(0, start - 3) : start].strip(" \"“'‘(")
    return bool(before) and before[-1] not in ".!?\n:;-–—•"
