"""The facts of a pasted job post: pure, and nothing that the post does not say (P2, P8, B1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from profiles.checks.language import language_of
from proposals.posts.asking import questions_and_requests
from proposals.posts.client import client_in
from proposals.posts.facts import Facts, Read
from proposals.posts.lines import Line, Part, is_site_word, parts_of
from proposals.posts.names import name_in
from proposals.posts.page_lines import read_lines
from proposals.posts.skills import skills_in
from proposals.posts.terms import terms_in

READ: Final = 200_000
"""Characters that are read: ten times the longest page."""
LONGEST_TITLE: Final = 150
NEAR_POSTED: Final = 4
"""Lines from the title to “Posted …” [C]."""
FEWEST_WORDS: Final = 3
"""Below that a paste is a file's name, not a post [C]."""

_TITLE_LABEL: Final = re.compile(r"(?:job )?title\s*:\s*(?P<title>.+)", re.IGNORECASE)
_SENTENCE: Final = re.compile(
    r".*[.:;,]|(?:hi|hello|hey|dear|greetings|good (?:day|morning))\b.*", re.I
)
_TRAIL: Final = re.compile(r".* (?:[>›»/]|::) .*")
_NO_WORDS: Final = re.compile(
    r"(?i:data|blob|file|https?):\S*|\S*\.(?i:png|jpe?g|gif|webp|bmp|heic|tiff?|svg|pdf|avif)\b|"
    r"(?i:\[(?:image|screenshot|picture|photo|img)\b[^\n\]]{0,60}\])|\S{60,}|"
    r"(?i:screenshot|screen shot|image|img|photo)[^\n]{0,60}\.(?i:png|jpe?g|webp|heic)\b"
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BINARY: Final = ("\x89PNG", "�PNG", "GIF8", "ÿØÿ", "\xff\xd8", "%PDF", "RIFF")


def facts_of(text: str) -> Facts:
    """What a post says, read from its text (of a page: `text_of` it first).

    Reads the first `READ` characters, in time in proportion to them, and never raises.
    """
    text = text[:READ]
    if not _is_readable(text):
        return Facts(is_readable=False)
    lines = read_lines(text)
    title = _title_in(lines)
    own = _own(lines, title)
    questions, requests = questions_and_requests([*own, *parts_of(lines, Part.QUESTIONS)])
    return Facts(
        title=title,
        description=_description_in(text, own),
        skills=skills_in(lines),
        questions=questions,
        requests=requests,
        client_name=name_in(own),
        language=language_of("\n".join(line.plain for line in own)[:4_000]),
        **terms_in(text, lines),
        **client_in(text, lines),
    )


def own_lines_of(text: str) -> list[Line]:
    """The lines that the client wrote, without the title."""
    lines = read_lines(text)
    return _own(lines, _title_in(lines))


def _own(lines: Sequence[Line], title: Read[str] | None) -> list[Line]:
    begins = title.end if title else 0
    posted = _posted_at(lines)
    between = [line for line in lines if begins <= line.start < posted]
    if title and len(between) < NEAR_POSTED:
        begins = max(begins, posted)
    own = (line for line in parts_of(lines, Part.TEXT) if not is_site_word(line))
    return [line for line in own if line.start >= begins]


def _posted_at(lines: Sequence[Line]) -> int:
    """Where the page says when it was posted; 0 if it does not."""
    return next((line.start for line in lines if line.part == Part.HEAD), 0)


def _is_readable(text: str) -> bool:
    if text.lstrip().startswith(_BINARY):
        return False
    words = _WORD.findall(_NO_WORDS.sub(" ", text[:20_000]))
    return len(words) >= FEWEST_WORDS


def _title_in(lines: Sequence[Line]) -> Read[str] | None:
    """The line above “Posted …”, else the first that the site did not write, if no sentence."""
    own = [line for line in parts_of(lines, Part.TEXT) if not is_site_word(line)]
    head = [line for line in own if not _is_trail(line)]
    posted = _posted_at(lines)
    before = [line for line in head if line.start < posted][-NEAR_POSTED:]
    first = next(iter(head), None)
    if before and not any(_is_sentence(line) for line in before):
        # A menu's last words may stand above it, and the trade's name below it: both are short.
        first = max(before, key=lambda line: len(line.plain))
    if first is None or len(first.plain) > LONGEST_TITLE or first.mark:
        return None
    if label := _TITLE_LABEL.fullmatch(first.plain):
        start = first.start + label.start("title")
        return Read(label["title"], start, first.end)
    if _SENTENCE.fullmatch(first.plain) or len(own) == 1:
        return None
    return Read(first.plain, first.start, first.end)


def _is_sentence(line: Line) -> bool:
    return len(line.plain.split()) > 3 and bool(_SENTENCE.fullmatch(line.plain))


def _is_trail(line: Line) -> bool:
    """The page's place in the site: “Jobs > Design > Logos”."""
    return len(line.plain) <= LONGEST_TITLE and bool(_TRAIL.fullmatch(line.plain))


def _description_in(text: str, own: Sequence[Line]) -> Read[str] | None:
    if not own:
        return None
    start, end = own[0].start, own[-1].end
    return Read(text[start:end], start, end)
