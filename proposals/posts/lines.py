"""The lines of a post and what they are part of: the page's parts, or the client's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_LABEL: Final = 120
"""Characters; a longer line is never a heading or a figure of the page."""

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"(?:[-–—*•·▪●○◦‣>✓✔]|\(?\d{1,2}[.)])\s+(?=\S)|[•●▪✓✔](?=\S)")


class Part(StrEnum):
    """What of the page a line belongs to."""

    TEXT = "text"  # the client's own words, or what we can't tell from them
    HEAD = "head"  # when it was posted, from where one may apply
    TERMS = "terms"  # the figures of the job
    QUESTIONS = "questions"
    SKILLS = "skills"
    ACTIVITY = "activity"
    CLIENT = "client"
    OTHER = "other"  # other jobs, reviews, the site's own words


@dataclass(slots=True)
class Line:
    """A line without the blanks and the list mark around it; `text[start:end]` is `plain`."""

    plain: str
    start: int
    mark: str
    has_gap: bool
    part: Part = Part.TEXT
    is_heading: bool = False

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + len(self.plain)

    @property
    def key(self) -> str:
        """What headings and labels are compared by; "" for a long line."""
        if len(self.plain) > LONGEST_LABEL:
            return ""
        plain = " ".join(self.plain.split())
        return plain.casefold().replace("’", "'").rstrip(" :*").lstrip("#* ")


_SITE_WORDS: Final = frozenset(
    (
        *("skip to content", "skip to main content", "find work", "my jobs", "find talent"),
        *("deliver work", "manage finances", "messages", "reports", "log in", "sign up"),
        *("search", "save job", "saved jobs", "apply now", "submit a proposal"),
        *("flag as inappropriate", "copy link", "share", "back", "go back", "more", "less"),
        *("show more", "show less", "see more", "featured job", "featured", "new", "home"),
        *("help", "notifications", "open job in a new window", "view job posting"),
        *("click to apply", "job details", "summary", "remote job", "one-time project"),
        *("ongoing project", "complex project", "project type"),
        *("contract-to-hire opportunity", "contract-to-hire", "payment method", "job feed"),
        *("best matches", "most recent", "just not interested", "freelance jobs"),
        *("browse jobs", "menu", "close", "why upwork", "enterprise", "upwork", "job post"),
        *(
            "boost your proposal",
            "upwork home",
            "about the client",
            "attachment",
            "attachments",
            "nav",
        ),
    )
)


def lines_of(text: str) -> list[Line]:
    """Its lines that are not empty, in order; not yet with their parts."""
    found: list[Line] = []
    behind = 0
    for match in _LINE.finditer(text):
        line = match[0]
        plain = line.strip()
        if not plain:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        mark = _MARK.match(plain[:20])
        length = mark.end() if mark else 0
        kept = plain[length:]
        has_gap = text.count("\n", behind, match.start()) > 1
        found.append(Line(kept, start + length, plain[:length].strip(), has_gap))
        behind = match.end()
    return found


def is_site_word(line: Line) -> bool:
    """Whether the site wrote it on every page: a button, a menu entry."""
    return line.key in _SITE_WORDS


def runs_of(lines: Sequence[Line], part: Part) -> Iterator[tuple[int, int]]:
    """Where neighbouring lines of a part begin and end."""
    start: int | None = None
    end = 0
    for line in lines:
        if line.part == part and not line.is_heading:
            start = line.start if start is None else start
            end = line.end
        elif start is not None:
            yield start, end
            start = None
    if start is not None:
        yield start, end


def parts_of(lines: Sequence[Line], *parts: Part) -> Iterator[Line]:
    """The lines of those parts without their headings."""
    return (line for line in lines if line.part in parts and not line.is_heading)
