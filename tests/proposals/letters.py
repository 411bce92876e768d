"""Letters with their posts, kept as text files.

A head of `name: value` lines, an empty line, the post, a line of `---`, the letter. `expect: check
| passage` names a planted fault, `request: text | word` what the post wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from proposals.checks import Asked, Requested

DATA: Final = Path(__file__).parent / "data" / "letters"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of the test data; `faults` as check and the beginning of its passage."""

    name: str
    letter: str
    asked: Asked
    other_clients: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]


def letters_in(folder: str) -> list[Written]:
    return [_read(path) for path in sorted((DATA / folder).glob("*.txt"))]


def _read(path: Path) -> Written:
    head, _, texts = path.read_text().partition("\n\n")
    post, _, letter = texts.partition("\n---\n")
    lines = [line.partition(":")[::2] for line in head.splitlines()]
    named = {name: value.strip() for name, value in lines}
    pairs = [(name, *map(str.strip, value.partition("|")[::2])) for name, value in lines]
    asked = Asked(
        title=named["title"],
        text=post,
        skills=tuple(skill.strip() for skill in named["skills"].split(";")),
        questions=tuple(value.strip() for name, value in lines if name == "question"),
        requests=tuple(Requested(text, word) for name, text, word in pairs if name == "request"),
        client_name=named.get("client", ""),
    )
    others = tuple(name.strip() for name in named.get("others", "").split(";") if name.strip())
    faults = tuple((check, passage) for name, check, passage in pairs if name == "expect")
    return Written(path.stem, letter, asked, others, faults)
