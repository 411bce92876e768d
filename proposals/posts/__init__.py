"""Reading a pasted job post: pure. First `text_of` what was pasted, then the rest of its text."""

from proposals.posts.facts import Between, Facts, Kind, Level, Read, Request
from proposals.posts.page_text import text_of
from proposals.posts.reading import facts_of
from proposals.posts.same import fingerprint_of, same_post

__all__ = [
    "Between",
    "Facts",
    "Kind",
    "Level",
    "Read",
    "Request",
    "facts_of",
    "fingerprint_of",
    "same_post",
    "text_of",
]
