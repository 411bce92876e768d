"""What a job post asks for (P8): its terms, the most wanted first."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from profiles.matching.hiring import HIRING, ROLES
from profiles.matching.words import (
    GRAMMAR,
    TELLING,
    Word,
    language_of,
    lemma_of,
    plain_text,
    words_in,
    zipf,
)

LONGEST_POST: Final = 20_000
"""Characters that are read; what comes after them is not."""
MOST_TERMS: Final = 60
"""The most wanted ones: a post that asks for more asks for nothing in particular."""
LONGEST_TERM: Final = 4
"""Words."""
IN_TITLE: Final = 3
"""Weight of a term in the first line [C]."""
IN_SKILLS: Final = 3
"""Weight of a listed skill [C]."""
MOST_REPEATS: Final = 3
"""A word that is said ten times is not wanted ten times as much [C]."""

_SKILLS_LABEL = re.compile(
    r"^[\s*#•-]{0,5}(?:[^\W\d_]+[ /&]+){0,3}"
    r"(?:skills?|tools|tech stack|stack|expertise|technologies|kenntnisse|fähigkeiten|fachwissen|"
    r"habilidades|compétences|навички|навыки|umiejętności|competenze|vaardigheden)"
    r"(?: (?:and|und|y|et|та|и|&) [^\W\d_]+)?(?: required)?\s*(?::(?P<rest>.*))?$",
    re.IGNORECASE,
)
_BETWEEN_SKILLS = re.compile(r"[,;•·|<>{}\n\t]| {3,}|(?<=\s)[-*](?=\s)")
_BULLET = re.compile(r"^[\s*•·–-]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that the post asks for.

    `text` as the post wrote it first, `lemma` its words' keys with spaces between, `weight` from 1
    (said once) to 8 (in the title, among the skills and repeated), `is_skill` where it is listed as
    one. `language` is the post's, one of `words.LANGUAGES` or "".
    """

    text: str
    lemma: str
    weight: int
    is_skill: bool
    language: str = "en"


def terms_of(post: str) -> tuple[Term, ...]:
    """Its terms, most wanted first, else in the order of the post; at most `MOST_TERMS` (P8).

    The first line is its title. Reads the first `LONGEST_POST` characters, in time linear in them.
    Words that every text has, and words about the hiring itself, are none.
    """
    text = plain_text(post[:LONGEST_POST])
    language = language_of(text)
    title, listed, body = _parts_of(text)
    found: dict[str, Term] = {}
    for entry in listed:
        words = words_in(entry, language, listed=True)
        if 0 < len(words) <= LONGEST_TERM + 1 and any(not _is_empty(w, language) for w in words):
            _add(found, words, entry, language, IN_SKILLS, is_skill=True)
    for run in _runs(words_in(title, language), language):
        _add_run(found, run, title, language, IN_TITLE)
    runs = list(_runs(words_in(body, language), language))
    _add_repeated(found, runs, body, language)
    ordered = sorted(found.values(), key=lambda term: -term.weight)
    return tuple(ordered[:MOST_TERMS])


def _parts_of(text: str) -> tuple[str, list[str], str]:
    """The title, the entries of the lists of skills, and the other lines."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    title, listed, body, in_list = "", list[str](), list[str](), False
    for line in lines:
        label = _SKILLS_LABEL.match(line[:400]) if len(line) <= 400 else None
        if label:
            listed += _entries_in(label["rest"] or "")
            in_list = True
        elif in_list and _is_entry(line):
            listed += _entries_in(_BULLET.sub("", line))
        elif not title and not body:
            title = line
        else:
            in_list = False
            body.append(line)
    if len(title) > 150:  # no title: the post begins at once
        title, body = "", [title, *body]
    return title, listed, "\n".join(body)


def _entries_in(text: str) -> list[str]:
    return [entry.strip(" .*") for entry in _BETWEEN_SKILLS.split(text) if entry.strip(" .*")]


def _is_entry(line: str) -> bool:
    """A short line without a sentence in it, or several such with commas between."""
    entries = _entries_in(line)
    is_short = all(len(entry.split()) <= LONGEST_TERM for entry in entries)
    return is_short and ":" not in line and not line.endswith((".", "!", "?"))


def _is_empty(word: Word, language: str) -> bool:
    """Whether it says nothing about the work: grammar, hiring, a number."""
    if word.key.startswith("="):
        return False
    plain = word.text.casefold()
    if not any(c.isalpha() for c in plain) or len(plain) == 1 or "'" in plain:
        return True
    is_common = zipf(plain, language) >= GRAMMAR and word.text[1:] == word.text[1:].casefold()
    return is_common or _is_hiring(plain, language)


def _is_hiring(plain: str, language: str) -> bool:
    return bool({plain, lemma_of(plain, language), lemma_of(plain, "en")} & HIRING)


def _runs(words: Sequence[Word], language: str) -> Iterator[tuple[Word, ...]]:
    """Neighbouring words that say something, with no punctuation between them.

    A number ends a name (“Google Analytics 4”) and begins nothing.
    """
    run: list[Word] = []
    for word in words:
        if run and word.text.isdigit() and len(word.text) < 3 and not word.after_break:
            if run[-1].is_name:
                run.append(word)
            yield tuple(run)
            run = []
            continue
        empty = _is_empty(word, language)
        if run and (empty or word.after_break or len(run) == LONGEST_TERM):
            yield tuple(run)
            run = []
        if not empty:
            run.append(word)
    if run:
        yield tuple(run)


def _is_telling(word: Word, language: str) -> bool:
    named = word.is_name and language != "de"  # German writes every noun with a capital
    return named or _is_rare(word, language)


def _without_role(run: Sequence[Word], language: str) -> Sequence[Word]:
    """Without who does it, at either end, where what is done tells enough by itself.

    A “WordPress developer” is looked for by WordPress; a “Data Engineer” as a whole.
    """
    for own, role in ((run[:-1], run[-1:]), (run[1:], run[:1])):
        is_role = any(lemma_of(word.text.casefold(), language) in ROLES for word in role)
        if is_role and any(_is_rare(word, language) for word in own):
            return own
    return run


def _is_rare(word: Word, language: str) -> bool:
    return word.key.startswith("=") or zipf(word.text.casefold(), language) < TELLING


def _add_run(
    found: dict[str, Term], run: Sequence[Word], text: str, language: str, weight: int
) -> None:
    """The run as one term where one of its words is telling; what is a term already is one more."""
    run = _without_role(run, language)
    if any(_is_telling(word, language) for word in run):
        _add(found, run, text[run[0].start : run[-1].end], language, weight)


def _add_repeated(
    found: dict[str, Term], runs: Sequence[Sequence[Word]], text: str, language: str
) -> None:
    """Runs of the body: known terms inside them are said again, the rest are terms of their own."""
    times = Counter(_lemma(run) for run in runs)
    for run in runs:
        for whole in _pieces(run, found, is_repeated=times[_lemma(run)] > 1, language=language):
            piece = _without_role(whole, language)
            if any(_is_telling(word, language) for word in piece):
                _add(found, piece, text[piece[0].start : piece[-1].end], language, 1)


def _pieces(
    run: Sequence[Word], found: Container[str], *, is_repeated: bool, language: str
) -> Iterator[Sequence[Word]]:
    """The run in terms: what is one already, else what is said twice, names, and the rest.

    An English run often begins with a verb that no profile repeats (“improve keyword rankings”):
    its last two words are one term, what stands before them are single ones.
    """
    if not run:
        return
    sizes = range(len(run), 0, -1)
    spans = [(at, at + size) for size in sizes for at in range(len(run) - size + 1)]
    known = next((span for span in spans if _lemma(run[slice(*span)]) in found), None)
    named = next((span for span in spans if _is_whole_name(run[slice(*span)])), None)
    tail = (len(run) - 2, len(run)) if language == "en" and _is_compound(run) else None
    whole = (0, len(run)) if is_repeated else None
    first, last = known or whole or named or tail or (0, 1)
    yield from _pieces(run[:first], found, is_repeated=False, language=language)
    yield run[first:last]
    yield from _pieces(run[last:], found, is_repeated=False, language=language)


def _is_compound(run: Sequence[Word]) -> bool:
    """Whether the last two belong together: “pivot tables”, but not “via Zapier”."""
    return len(run) > 1 and (run[-2].is_name or not run[-1].is_name)


def _is_whole_name(words: Sequence[Word]) -> bool:
    return len(words) > 1 and all(word.is_name or word.text.isdigit() for word in words)


def _lemma(words: Iterable[Word]) -> str:
    return " ".join(word.key for word in words)


def _add(
    found: dict[str, Term],
    words: Sequence[Word],
    text: str,
    language: str,
    weight: int,
    *,
    is_skill: bool = False,
) -> None:
    lemma = _lemma(words)
    known = found.get(lemma)
    if known is None:
        found[lemma] = Term(" ".join(text.split()), lemma, weight, is_skill, language)
        return
    most = (IN_SKILLS if known.is_skill else 0) + IN_TITLE + MOST_REPEATS - 1
    found[lemma] = replace(known, weight=max(known.weight, min(known.weight + weight, most)))
