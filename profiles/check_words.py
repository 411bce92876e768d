"""The findings of `profiles.checks` in words: what it is, why it matters, what to do instead.

The sentences stand in `check_words_texts` and `check_words_fields`; here they meet the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from profiles.check_words_fields import FIELD_WORDS
from profiles.check_words_texts import TEXT_WORDS, Sentences
from profiles.checks.findings import Finding

_SENTENCES: Final[Mapping[str, Sentences]] = {**TEXT_WORDS, **FIELD_WORDS}


@dataclass(frozen=True, slots=True)
class CheckWords:
    """Plain text in the reader's language; for a `BOTH_WAYS` finding `why` holds both views."""

    title: str
    why: str
    suggestion: str


def words_of(finding: Finding) -> CheckWords:
    """The words with the finding's figures in them; raises KeyError for a check without words."""
    title, why, suggestion = _SENTENCES[finding.check]
    facts = {**finding.facts, "passage": finding.passage}
    return CheckWords(str(title) % facts, str(why) % facts, str(suggestion) % facts)
