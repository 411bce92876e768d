"""Modules of an overview (P3): short ones that each stand alone, since nobody reads them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.anatomy import prose_paragraphs
from profiles.checks.findings import Finding, Place

LONGEST: Final = 900
"""Characters of a paragraph [C]: about 150 words."""

_LEANS: Final = re.compile(
    r"(?:In addition(?: to (?:this|that|these|the above))?|Additionally|Moreover|Furthermore"
    r"|However|Therefore|Thus|Hence|Besides(?: (?:this|that))|Likewise|Similarly|Consequently"
    r"|Nevertheless|As (?:mentioned|said|noted|described|stated|I (?:said|mentioned)|above)"
    r"(?: (?:above|before|earlier))?|On top of (?:this|that|it)|Because of (?:this|that)"
    r"|Apart from (?:this|that)|The (?:former|latter|above)|Also"
    r"|It (?:also|is also|means|has also|can also|lets|gives|includes|covers)"
    r"|They(?! say)|But|And|These (?:are|were|include|help|also)"
    r"|Those (?:are|were)"
    r"|That(?:['’]s why| is why| means| was)"
    r"|This(?: (?:also|means|was|has|includes|makes|gives|helps|lets|way|approach|experience"
    r"|is)))(?!\w)(?! (?:how|what|why|where|who|for)\b)"
)


def paragraph_lengths(overview: Place) -> Iterator[Finding]:
    """Paragraphs after the first that are longer than `LONGEST`. Any language."""
    for start, end in prose_paragraphs(overview.text)[1:21]:
        if end - start > LONGEST:
            facts = {"length": end - start, "limit": LONGEST}
            yield overview.at((start, end), "paragraph-long", "P3", **facts)


def leaning_paragraphs(overview: Place) -> Iterator[Finding]:
    """English: paragraphs whose first words point back at the one before."""
    spans = (
        found.span()
        for start, _ in prose_paragraphs(overview.text)[1:]
        if (found := _LEANS.match(overview.text, start))
    )
    yield from overview.each(spans, "paragraph-leans", "P3")
