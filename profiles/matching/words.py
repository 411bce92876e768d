"""Words of a text with what they stand for: lemma, language of programming, how telling (P8).

simplemma, wordfreq, Pygments and py3langid take up to a second to load, so each is loaded at its
first use and not when the product starts.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

LANGUAGES: Final = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk")
"""Those that both simplemma and wordfreq know; in others words are compared as they are."""
GRAMMAR: Final = 5.6
"""Zipf frequency from which a word carries no meaning of its own (the, with, need) [C]."""
TELLING: Final = 4.6
"""Zipf frequency below which a word tells a trade from others (audit, checkout) [C]."""

_SENTENCE = re.compile(r"[.!?:\n•·]|[-*] ")
_LONGEST_INITIALS = 6
_WORD = re.compile(
    r"(?:\.(?=NET\b))?[^\W_]+"
    r"(?:[-'’&][^\W_]+|\.(?:[a-z]{2,4}|NET)(?![^\W_]))*"
    r"(?:\+\+|\+(?!\w)|\#)?"
)
_TAG = re.compile(r"<[/!a-zA-Z][^<>]{0,500}>")
_SAME = {0xA0: " ", 0x2010: "-", 0x2011: "-", 0x2019: "'"}
_JOINTS = re.compile(r"[-.'’&\s]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BREAK = re.compile(r"[.,;:!?()\[\]\n•·|/\"“”«»–—<>={}*\\]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word at `start` to `end` of its text.

    `key` is what two words must share to mean the same; `compact` is the spelling without case,
    hyphens and dots. `after_break`: punctuation or a new line stands before it.
    `starts_sentence`: a capital says nothing here.
    """

    text: str
    start: int
    end: int
    key: str
    compact: str
    after_break: bool
    starts_sentence: bool

    @property
    def is_name(self) -> bool:
        """Written with a capital or a digit where no rule of grammar asks for it."""
        has_sign = any(c.isdigit() or c in "+#" for c in self.text)
        is_shouted = len(self.text) > 1 and self.text.isupper()
        inner = any(c.isupper() for c in self.text[1:])
        is_capital = self.text[:1].isupper() and not self.starts_sentence
        return has_sign or is_shouted or inner or is_capital


def plain_text(text: str) -> str:
    """Without tags, entities and invisible characters; as linear in its length as it looks."""
    without_tags = _TAG.sub("\n", html.unescape(_TAG.sub("\n", text)))
    visible = without_tags
    if not without_tags.isascii():
        visible = "".join(c for c in without_tags if unicodedata.category(c) not in {"Cf", "Cs"})
    normal = unicodedata.normalize("NFC", visible)
    return normal.replace("\r\n", "\n").replace("\r", "\n").translate(_SAME)


def words_in(text: str, language: str, *, listed: bool = False) -> tuple[Word, ...]:
    """Its words in order. `listed`: it is an entry of a list, where “Go” is never the verb."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        plainly_next = between == " " and end > 0  # mostly: saves two searches
        after_break = not plainly_next and (end == 0 or bool(_BREAK.search(between)))
        starts = not (listed or plainly_next) and (end == 0 or bool(_SENTENCE.search(between)))
        written = match[0]
        found.append(
            Word(
                written,
                match.start(),
                match.end(),
                key_of(written, language, surely_name=listed or not starts),
                compact(written),
                after_break,
                starts,
            )
        )
        end = match.end()
    return tuple(found)


@lru_cache(maxsize=50_000)
def compact(word: str) -> str:
    """“E-Commerce” and “React.js” as “ecommerce” and “reactjs”; the signs of C++ and C# stay."""
    return _JOINTS.sub("", word.casefold())


@lru_cache(maxsize=50_000)
def key_of(word: str, language: str, *, surely_name: bool = False) -> str:
    """What the word stands for: a programming language by its name or alias, else its lemma.

    A language whose name is an everyday word (Go) is meant only where it is written as its makers
    do and a capital says something (`surely_name`); one letter (R, C) where it is a capital.
    """
    plain = word.casefold()
    name = _programming_names().get(plain) or _programming_names().get(compact(word))
    if name:
        everyday = len(name) == 1 or zipf(plain, language) >= TELLING
        if not everyday or (word[:1].isupper() and (surely_name or len(word) == 1)):
            return "=" + name.replace(" ", "_")
    framework = compact(word).removesuffix("js")
    if framework != compact(word) and len(framework) > 2 and zipf(framework, "en") < TELLING:
        return framework  # “ReactJS” and “React.js” are “React”
    if any(c.isdigit() or c in "+#" for c in plain) or len(plain) == 1:
        return compact(plain)
    if word[:-1].isupper() and len(word) <= _LONGEST_INITIALS:
        # “US” is no form of “we”, and “APIs” are several of “API”
        return (word[:-1] if word.endswith("s") else word).casefold()
    return lemma_of(plain, language)


@lru_cache(maxsize=50_000)
def lemma_of(plain: str, language: str) -> str:
    """The dictionary form in the language, or the word itself; spelt compactly."""
    if language not in LANGUAGES:
        return compact(plain)
    import simplemma  # noqa: PLC0415 - see the module

    return compact(str(simplemma.lemmatize(plain, lang=language)).casefold())


@lru_cache(maxsize=50_000)
def zipf(plain: str, language: str) -> float:
    """How common, from 0 (unknown) to about 8, in the language or in English: the higher one."""
    import wordfreq  # noqa: PLC0415 - see the module

    languages = {"en", language} & set(LANGUAGES)
    return max(float(wordfreq.zipf_frequency(plain, each, wordlist="small")) for each in languages)


def language_of(text: str) -> str:
    """One of `LANGUAGES`; "" for another one. Of short texts English unless letters say no."""
    start = text[:3000]
    if len(start.split()) < 6:
        return "uk" if _CYRILLIC.search(start) else "en"
    language, _sureness = _identifier()(start)
    return language if language in LANGUAGES else ""


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    import py3langid  # noqa: PLC0415 - see the module

    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify


@cache
def _programming_names() -> Mapping[str, str]:
    """Names and aliases of programming languages and formats, by Pygments, each to one name.

    Pygments also lists what is highlighted by the same rules (“sage” and “bazel” for Python): an
    alias counts only where it is spelt like the name (js, golang, postgres) and is no everyday
    word (as, do, be).
    """
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - see the module

    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for full_name, own_aliases, _patterns, _types in get_all_lexers(plugins=False):
        name = full_name.casefold()
        names[name] = name
        for alias in map(str.casefold, own_aliases):
            if len(alias) == 1:
                names.setdefault(alias, alias)  # R is a dialect of S there, and yet a name
            elif alias != name and _is_spelt_like(alias, name) and zipf(alias, "en") < TELLING:
                aliases.setdefault(alias, name)
    return aliases | names


def _is_spelt_like(alias: str, name: str) -> bool:
    said = name.replace("+", "p").replace("#", "sharp")
    short, long = sorted((alias, said), key=len)
    letters = iter(long)
    return short[:1] == long[:1] and all(letter in letters for letter in short)
