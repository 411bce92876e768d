"""In what language a text is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

READ: Final = 1_500
"""Characters that are looked at; more make the answer no better."""
FEWEST_LETTERS: Final = 40
LEAST_SURE: Final = 0.8

_LETTERS: Final = re.compile(r"[^\W\d_]")
_LATIN: Final = re.compile(r"[A-Za-z]")
# Names of tools and addresses are English in every language.
_NO_LANGUAGE: Final = re.compile(r"<[^<>]{0,200}>|\S{0,100}[@/\\]\S{0,100}|\S{41,}")


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    # Loading it takes most of a second, so it waits for the first text.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # slow

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def classify(text: str) -> tuple[str, float]:
        language, sure = identifier.classify(text)
        return str(language), float(sure)

    return classify


@lru_cache(maxsize=256)
def language_of(text: str) -> str:
    """The ISO 639-1 code ("en", "uk" …), or "" where the text is too short or unclear to say."""
    words = _NO_LANGUAGE.sub(" ", text[:READ])
    if len(_LETTERS.findall(words)) < FEWEST_LETTERS:
        return ""
    language, sure = _classifier()(words)
    return language if sure >= LEAST_SURE else ""


def is_english(text: str, language: str | None = None) -> bool:
    """Whether the checks for English read it; a few words in Latin letters count as English."""
    found = language_of(text) if language is None else language
    if found:
        return found.split("-")[0].lower() == "en"
    letters = len(_LETTERS.findall(text[:READ]))
    return 2 * len(_LATIN.findall(text[:READ])) > letters
