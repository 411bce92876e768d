"""Jargon and acronyms early and unexplained (P4), and acronyms in the employment (P5). English.

What is rare is said by word frequencies and not by a list of ours. A word that stands in the
profile's own skills, title, market or service is the trade's name for what the client looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from profiles.checks.anatomy import opening_sentence, paragraphs_of
from profiles.checks.findings import MOST_OF_A_CHECK, Finding, Place, Span
from profiles.checks.word_data import familiarity_of, frequency_of, is_plain_word, stems_of
from profiles.content import FIRST_SEEN, Content

RARE_ALONE: Final = 1.3
"""Zipf frequency below which one word stops a reader."""
RARE_TOGETHER: Final = 2.3
"""Zipf frequency below which two and more do."""
KNOWN_ACRONYM: Final = 3.5
"""Zipf frequency from which everybody knows an acronym (PDF, SEO, VAT)."""
EARLY: Final = 400
"""Characters: where the opening paragraph is longer, the rest of it is not early [C]."""
FEWEST_LETTERS: Final = 6

_WORD: Final = re.compile(r"(?<![\w@./\\'’#-])[a-z]{6,40}(?![\w@/\\'’]|\.\w|-\d)")
_ACRONYM: Final = re.compile(
    r"(?<![\w@./\\#$€£-])(?:[A-Z](?:[A-Z0-9]|&(?=[A-Z])){1,5}|[A-Z][a-z][A-Za-z]?[A-Z])"
    r"(?=(?:s|['’]s)?(?![\w@\\&/]|\.\w))"
)
_EXPLAINED_AFTER: Final = re.compile(
    r"(?:s|['’]s)?[\"”’]?\s?(?:\(|[,;:–—-]?\s?(?:that is|which means|which is|meaning|i\.e\.|in"
    r" other words|or\s|short for|stands for|means\b|the (?:art|craft|work|practice|job)\b)"
    r"|\s?[–—=:]\s)",
    re.IGNORECASE,
)
_INITIAL: Final = re.compile(r"[^\W_]+")
_EXPLAINED_WITHIN: Final = 90


def early_jargon(overview: Place, content: Content) -> Iterator[Finding]:
    """Rare words and acronyms in the opening."""
    end = _early_end(overview.text)
    own = stems_of(" ".join((*content.skills, content.title, content.market, content.service)))
    rare = list(_rare_words(overview.text, end, own)) if _is_plain(overview.text[:end]) else []
    rarest = [span for span, familiarity in rare if familiarity < RARE_ALONE]
    several = len({overview.text[start:stop] for (start, stop), _ in rare}) > 1
    spans = [span for span, _ in rare] if several else rarest
    yield from overview.each(spans, "early-jargon", "P4")
    known = own_names(content)
    yield from overview.each(_acronyms(overview.text, end, known), "early-acronym", "P4")


def employment_acronyms(place: Place, content: Content) -> Iterator[Finding]:
    """P5: abbreviations are explained where the work is told."""
    known = own_names(content) | _lower_words(
        " ".join(f"{job.role} {job.company}" for job in content.employment)
    )
    spans = _acronyms(place.text, len(place.text), known)
    yield from place.each(spans, "employment-acronym", "P5")


def own_names(content: Content) -> frozenset[str]:
    """Words of skills, title, market and service, in lower case; a score is another check's."""
    own = " ".join((*content.skills, content.title, content.market, content.service))
    return _lower_words(own) | {"jss"}


def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:&[^\W_]+)?", text.lower()))


def _early_end(text: str) -> int:
    """The opening paragraph where it is short, and what the search results show at least."""
    paragraphs = paragraphs_of(text[: 2 * EARLY])
    first = paragraphs[0][1] if paragraphs else 0
    return min(len(text), max(FIRST_SEEN, min(first, EARLY), min(opening_sentence(text)[1], EARLY)))


def _is_plain(text: str) -> bool:
    """Whether half of the words are English: of a few words the language is not known yet."""
    words = re.findall(r"(?<![^\W_])[^\W\d_]{1,40}(?![^\W_])", text.lower())
    return 2 * sum(map(is_plain_word, words)) > len(words)


def _rare_words(text: str, end: int, own: frozenset[str]) -> Iterator[tuple[Span, float]]:
    for found in _WORD.finditer(text, 0, min(len(text), end + 40)):
        if found.start() >= end:
            return
        familiarity = familiarity_of(found[0])
        if familiarity >= RARE_TOGETHER or stems_of(found[0]) & own:
            continue
        if not _is_explained(text, found.span(), spelt=False):
            yield found.span(), familiarity


def _acronyms(text: str, end: int, known: frozenset[str]) -> Iterator[Span]:
    """Each unexplained acronym once, where it first stands."""
    seen: set[str] = set()
    for found in islice(_ACRONYM.finditer(text, 0, end), 10 * MOST_OF_A_CHECK):
        word = found[0].lower()
        if word in seen or word in known:
            continue
        seen.add(word)
        if frequency_of(word) >= KNOWN_ACRONYM or not any(map(str.isalpha, word)):
            continue
        if not _is_explained(text, found.span(), spelt=True):
            yield found.span()


def _is_explained(text: str, span: Span, *, spelt: bool) -> bool:
    start, end = span
    if _EXPLAINED_AFTER.match(text, end):
        return True
    before = text[max(0, start - _EXPLAINED_WITHIN) : start]
    if not spelt:
        return bool(re.search(r"\b(?:called|known as|what (?:\w+ ){1,2}call)\s[\"“‘]?\Z", before))
    return _spells(before, text[start:end]) or _spells(
        text[end : end + _EXPLAINED_WITHIN], text[start:end]
    )


def _spells(near: str, acronym: str) -> bool:
    """Whether words one after the other begin with the acronym's letters."""
    initials = "".join(word[0] for word in _INITIAL.findall(near)).lower()
    letters = "".join(filter(str.isalpha, acronym.lower()))
    return len(letters) > 1 and letters in initials
