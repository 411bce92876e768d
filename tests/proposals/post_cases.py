"""Job posts that we made up, each with the facts that it states."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from proposals.posts import Between, Facts, Read, facts_of, text_of

PLACE = Path(__file__).parent / "data" / "posts"
LISTS = ("skills", "questions", "requests", "words")
NAMES = (
    *("title", "kind", "rate", "budget", "currency", "client_name", "country", "city"),
    *("member_since", "jobs_posted", "hire_rate", "total_spent", "hires", "average_rate", "rating"),
    *("reviews", "payment_verified", "level", "duration", "weekly_hours", "connects", "proposals"),
    *("posted", "location", "language"),
)
SUMS = {"budget", "total_spent", "average_rate", "rating"}


@dataclass(frozen=True)
class Case:
    """One post as it was pasted and its facts, by name; a list holds several."""

    name: str
    pasted: str
    expected: dict[str, Any]

    @property
    def facts(self) -> Facts:
        return facts_of(text_of(self.pasted))


@dataclass(frozen=True)
class Outcome:
    """Facts as “case: name = value”. A wrong value is missing and invented."""

    right: tuple[str, ...]
    missing: tuple[str, ...]
    invented: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for path in sorted(PLACE.glob("*.json")):
        post = next(each for each in PLACE.glob(f"{path.stem}.*") if each != path)
        expected = json.loads(path.read_text())
        assert set(expected) <= {*NAMES, *LISTS}, path.name
        found.append(Case(path.stem, post.read_text(), expected))
    return found


def outcome_of(case: Case) -> Outcome:
    wanted, found = set(_wanted(case.expected)), set(_found(case.facts))
    return Outcome(
        *(
            tuple(f"{case.name}: {name} = {value}" for name, value in sorted(each, key=str))
            for each in (wanted & found, wanted - found, found - wanted)
        )
    )


def _wanted(expected: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in expected.items():
        if name in LISTS:
            yield from ((name, each) for each in value)
        elif name == "rate":
            yield name, (Decimal(value[0]), Decimal(value[1]))
        elif name == "proposals":
            yield name, tuple(value)
        elif name == "member_since":
            yield name, dt.date.fromisoformat(value)
        else:
            yield name, Decimal(value) if name in SUMS else value


def _found(facts: Facts) -> Iterator[tuple[str, object]]:
    for name in NAMES:
        read = getattr(facts, "is_payment_verified" if name == "payment_verified" else name)
        if isinstance(read, Read):
            value = read.value
            yield name, (value.low, value.high) if isinstance(value, Between) else value
        elif read:
            yield name, read
    for name in ("skills", "questions"):
        yield from ((name, read.value) for read in getattr(facts, name))
    for request in facts.requests:
        yield "requests", request.text
        if request.word:
            yield "words", request.word.value
