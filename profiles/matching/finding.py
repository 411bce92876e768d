"""One text of a profile or of the contract log, ready to be searched for terms (P8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from profiles.matching.terms import Term
from profiles.matching.words import GRAMMAR, TELLING, Word, compact, plain_text, words_in, zipf

PASSAGE: Final = 60
"""Characters shown on each side of what was found."""
NEAR: Final = 91.0
"""RapidFuzz's ratio from which two spellings are near: TypeScript and TypoScript have 90 [C]."""
SHORTEST_NEAR: Final = 6
"""Letters: below that one letter makes another word."""
WINDOW: Final = 4
"""Words that may stand between those of a term that is only near."""
_LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """What was found: the passage around it, how (see `match.CREDITS`), and where it ends.

    `may_be_chance`: words with the right first letters that nothing shows to be the long form.
    """

    passage: str
    how: str
    end: int
    may_be_chance: bool = False


@lru_cache(maxsize=4096)
def _spellings_of(text: str) -> tuple[str, ...]:
    """The term written together, also with and without the “js” of a framework's name."""
    spelling = compact(text)
    if len(spelling) < 4:
        return ()
    base = spelling.removesuffix("js")
    is_framework = len(base) >= 3 and zipf(base, "en") < TELLING
    return (spelling, base, base + "js") if is_framework else (spelling,)


def part_of(text: str, language: str, *, listed: bool = False) -> "Part":
    """The text with its words. `listed`: a title or an entry of a list (see `words_in`)."""
    plain = plain_text(text)
    return Part(plain, words_in(plain, language, listed=listed), language, listed)


@dataclass(frozen=True)
class Part:
    """A text and its words, with what is looked up in them, each made at its first use."""

    text: str
    words: Sequence[Word]
    language: str
    listed: bool

    def find(self, term: Term) -> Place | None:
        """A place of the term: of its words, its spelling, its initials, else of something near."""
        keys = term.lemma.split(" ")
        if same := next(self._by_key(term, keys), None):
            return self._place(same[1], len(keys), same[0])
        if spelt := self._spelt_the_same(term):
            return self._place(*spelt, "exact")
        if initials := self._by_initials(term):
            return self._place(*initials, "initials")
        if near := self._near(term, keys):
            return self._place(*near, "near")
        return None

    def _place(self, at: int, size: int, how: str) -> Place:
        """The words around it, whole ones."""
        first, last = self.words[at].start, self.words[at + size - 1].end
        start, end = max(0, first - PASSAGE), min(len(self.text), last + PASSAGE)
        if start:
            start = max(self.text.find(" ", start, first) + 1, start)
        if end < len(self.text):
            end = max(self.text.rfind(" ", last, end), last)
        passage = " ".join(self.text[start:end].split())
        is_spelt_out = how == "initials" and size > 1
        return Place(passage, how, last, is_spelt_out and not self._is_shown(at, size))

    def _is_shown(self, at: int, size: int) -> bool:
        """Whether capitals show these words to be a name."""
        return all(each.text[0].isupper() for each in self.words[at : at + size])

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            positions.setdefault(word.key, []).append(at)
        return positions

    @cached_property
    def _spellings(self) -> dict[str, tuple[int, int]]:
        """One to three neighbouring words written together, where they first stand."""
        found: dict[str, tuple[int, int]] = {}
        for at in range(len(self.words)):
            joined = ""
            for size, word in enumerate(self.words[at : at + 3], start=1):
                if size > 1 and word.after_break:
                    break
                joined += word.compact
                found.setdefault(joined, (at, size))
        return found

    @cached_property
    def _initials(self) -> dict[str, tuple[int, int]]:
        """First letters of neighbouring words that may be the long form of initials.

        In running text only three words and more, none of them of grammar: two words with the
        right first letters stand in every text.
        """
        found: dict[str, tuple[int, int]] = {}
        for at in range(len(self.words)):
            letters = ""
            for size, word in enumerate(self.words[at : at + _LONGEST], start=1):
                is_grammar = zipf(word.text.casefold(), self.language) >= GRAMMAR
                if (size > 1 and word.after_break) or is_grammar:
                    break
                letters += word.compact[0]
                if size > 2 or (size == 2 and (self.listed or self._is_shown(at, size))):
                    found.setdefault(letters, (at, size))
        return found

    def _by_key(self, term: Term, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Where all its words stand in order, and whether they are written alike there."""
        for at in self._positions.get(keys[0], ()):
            run = self.words[at : at + len(keys)]
            if [word.key for word in run] == list(keys):
                said = [word.text.casefold() for word in words_in(term.text, term.language)]
                is_exact = [word.text.casefold() for word in run] == said
                is_alias = any(key.startswith("=") for key in keys)
                yield "exact" if is_exact else "alias" if is_alias else "lemma", at

    def _spelt_the_same(self, term: Term) -> tuple[int, int] | None:
        """“ReactJS”, “React.js”, “React JS” and “React”; “ecommerce” and “e-commerce”."""
        if term.lemma.startswith("=") and " " not in term.lemma:
            return None  # its names and aliases are known: nothing to guess
        wanted = _spellings_of(term.text)
        return next((self._spellings[each] for each in wanted if each in self._spellings), None)

    def _by_initials(self, term: Term) -> tuple[int, int] | None:
        words = term.text.split()
        if len(words) == 1:
            is_initials = term.text.isalpha() and term.text.isupper() and len(term.text) <= _LONGEST
            return self._initials.get(term.text.casefold()) if is_initials else None
        letters = "".join(word[0] for word in words)
        if len(letters) < 3 or not letters.isalpha():
            return None
        at = next((n for n, word in enumerate(self.words) if word.text == letters.upper()), None)
        return None if at is None else (at, 1)

    def _near(self, term: Term, keys: Sequence[str]) -> tuple[int, int] | None:
        """Its words close together in any order, or a spelling that differs by a letter or so."""
        if len(keys) > 1:
            return self._close_together(keys)
        spelling = compact(term.text)
        if len(spelling) < SHORTEST_NEAR or not spelling.isalpha() or "=" in term.lemma:
            return None
        alike = [each for each in self._single if each[0] == spelling[0]]
        hit = process.extractOne(spelling, alike, scorer=fuzz.ratio, score_cutoff=NEAR)
        return (self._single[hit[0]], 1) if hit else None

    @cached_property
    def _single(self) -> dict[str, int]:
        """Plain words that are long enough to be near another one; no programming language."""
        found: dict[str, int] = {}
        for at, word in enumerate(self.words):
            is_long = len(word.compact) >= SHORTEST_NEAR and word.compact.isalpha()
            if is_long and not word.key.startswith("="):
                found.setdefault(word.compact, at)
        return found

    def _close_together(self, keys: Sequence[str]) -> tuple[int, int] | None:
        if not all(key in self._positions for key in keys):
            return None
        span = len(keys) + WINDOW
        for at in self._positions[keys[0]]:
            first = max(0, at - span + 1)
            around = [
                min((p for p in self._positions[key] if first <= p < at + span), default=-1)
                for key in keys
            ]
            if -1 not in around and max(around) - min(around) < span:
                return min(around), max(around) - min(around) + 1
        return None
