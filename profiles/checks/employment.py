"""Employment as short stories in the first person (P5). English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Finding, Place, Span

_FIRST_PERSON: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Ww]e|[Oo]ur|us|myself)\b")
_PRONOUN: Final = re.compile(
    r"(?:\A|(?<=[.!?;]\s)|(?<=\n))\s{0,3}(?:He|She)(?:\s[a-z]{2,12}ly)?\s"
    r"(?:[a-z]{2,20}ed|was|is|has|had|led|ran|built|wrote|made|took|held|grew|kept|set|won|taught"
    r"|drew|sold|brought|oversaw|did|does|works|leads|manages)\b"
)
_NAME: Final = re.compile(
    r"\A\s{0,3}(?P<name>[A-Z][a-z]{1,20})(?:\s[A-Z][\w.'’-]{0,25})?\s"
    r"(?:(?:was|is) (?:responsible for|in charge of|tasked with|hired|promoted|a|an|the)"
    r"|worked (?:as|at|for|on|in|with)|served as|joined|has been)\b"
)
_NO_NAMES: Final = frozenset(
    {
        *("the", "a", "an", "our", "this", "that", "it", "team", "work", "role", "position"),
        *("company", "agency", "clients", "client", "everyone", "everything", "nobody", "part"),
        *("most", "each", "there", "who", "what", "business", "studio", "job", "department"),
    }
)


def third_person(place: Place, company: str) -> Iterator[Finding]:
    """Passages that tell of “he”, “she” or a name, in a text without a first person."""
    if _FIRST_PERSON.search(place.text):
        return
    spans = _third_person_spans(place.text, company)
    yield from place.each(spans, "employment-third-person", "P5")


def _third_person_spans(text: str, company: str) -> Iterator[Span]:
    found = _NAME.match(text)
    if found and found["name"].lower() not in _NO_NAMES | set(company.lower().split()):
        yield _trimmed(found)
    yield from (_trimmed(pronoun) for pronoun in _PRONOUN.finditer(text))


def _trimmed(found: re.Match[str]) -> Span:
    return found.start() + len(found[0]) - len(found[0].lstrip()), found.end()
