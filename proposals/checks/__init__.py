"""What an expert would point at in a cover letter before it is sent (B1–B4, B8–B11, P2).

Pure: no Django, no clock. `letter_findings` runs every check over a letter and the post that it
answers. Precision goes before recall: a check that is not sure keeps silent. The words for people
stand in `proposals.check_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from profiles.checks.findings import Finding, Place, Weight
from profiles.checks.language import is_english
from profiles.matching import LONGEST_POST, Term
from proposals.checks.answers import answer_findings
from proposals.checks.asked import Asked, Requested, terms_asked
from proposals.checks.contact import contact_findings
from proposals.checks.ending import ending_findings
from proposals.checks.generic import generic_findings, shared_percent
from proposals.checks.leftovers import leftovers
from proposals.checks.lengths import length_findings
from proposals.checks.names import name_findings
from proposals.checks.opening import opening_findings
from proposals.checks.selling import selling_findings
from proposals.placeholders import Problem

__all__ = [
    "ALL_CHECKS",
    "FIELD",
    "Asked",
    "Finding",
    "Requested",
    "Weight",
    "letter_findings",
    "shared_percent",
]

ALL_CHECKS: Final = (
    # What Upwork forbids (B8, B11); these come first
    *("contact-details", "contact-elsewhere", "payment-outside"),
    # Left over from the template or from the letter before (B1, B2)
    *("placeholder-empty", "placeholder-unknown", "placeholder-broken", "blank-left"),
    *("other-client-greeted", "other-client-named", "client-name-wrong", "client-name-misspelt"),
    # Limits and lengths (B3, B10)
    *("length-limit", "length-long", "length-short"),
    # What was asked (B3)
    *("code-word-missing", "code-word-late", "request-unmet", "question-unanswered"),
    # Personal (B1)
    *("generic", "generic-and-shared", "mostly-shared"),
    # The first lines (P2, B9)
    *("opening-greeting", "opening-introduction", "opening-formula"),
    # The first touch (B4)
    *("sells", "price-list", "service-list", "no-question", "question-long"),
)
"""The key of every check, in the order of the answer."""

FIELD: Final = "letter"
"""`Finding.field` of all of them."""
LONGEST_READ: Final = 10_000
"""Characters that are read; what stands behind them is far over Upwork's limit (B10)."""

_ORDER: Final = {check: number for number, check in enumerate(ALL_CHECKS)}
_WEIGHTS: Final = {weight: number for number, weight in enumerate(Weight)}


def letter_findings(
    letter: str,
    asked: Asked,
    sent_before: Sequence[str] = (),
    other_clients: Sequence[str] = (),
    problems: Sequence[Problem] = (),
) -> tuple[Finding, ...]:
    """Everything found, the weightiest first, then in the order of `ALL_CHECKS` and of the text.

    `sent_before` are earlier letters, the newest first; `other_clients` the names of clients;
    `problems` those of rendering the template. An empty letter has no findings. English alone has
    all checks, any other language those that know no words. Linear in the lengths.
    """
    if not letter.strip():
        return ()
    place = Place(FIELD, letter[:LONGEST_READ])
    asked = replace(asked, text=asked.text[:LONGEST_POST])
    terms = terms_asked(asked)
    found = [
        *contact_findings(place, asked),
        *leftovers(place, problems),
        *name_findings(place, asked, other_clients),
        *length_findings(place, asked, len(letter)),
        *answer_findings(place, asked),
        *generic_findings(place, terms, sent_before),
        *_by_language(place, asked, terms),
    ]
    return tuple(sorted(found, key=_order))


def _by_language(place: Place, asked: Asked, terms: Sequence[Term]) -> Iterator[Finding]:
    english = is_english(place.text)
    yield from ending_findings(place, english=english)
    if english:
        yield from opening_findings(place, asked, terms)
        yield from selling_findings(place, asked)


def _order(finding: Finding) -> tuple[int, int, int, int]:
    return _WEIGHTS[finding.weight], _ORDER[finding.check], finding.start, finding.end
