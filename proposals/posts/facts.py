"""What a job post says, each fact with the passage it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Read[T]:
    """A value and where it stands: `text[start:end]` of the text that was read."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Between[T]:
    """From `low` to `high`, both included; `high` is None where there is no end (“50+”)."""

    low: T
    high: T | None


class Kind(StrEnum):
    """How a job is paid."""

    HOURLY = "hourly"
    FIXED = "fixed"


class Level(StrEnum):
    """The experience that is asked for, as Upwork names it."""

    ENTRY = "entry"
    INTERMEDIATE = "intermediate"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Request:
    """Something the proposal shall hold; `word` where one must be written, letter by letter."""

    text: str
    start: int
    end: int
    word: Read[str] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the post says, and None or nothing where it does not.

    `budget` is a fixed price, `rate` a range per hour, both in `currency` (ISO 4217). `questions`
    are the screening questions and those to the applicant in the text, `requests` what else the
    proposal shall hold. `hire_rate` is in per cent, `total_spent` as shown ($10K+ is 10,000),
    `proposals` how many there were. `description` is from the first to the last line of what the
    client wrote. `language` is "" where it can't be told. `is_readable` is false for a picture.
    """

    title: Read[str] | None = None
    description: Read[str] | None = None
    kind: Read[Kind] | None = None
    rate: Read[Between[Decimal]] | None = None
    budget: Read[Decimal] | None = None
    currency: Read[str] | None = None
    skills: tuple[Read[str], ...] = ()
    questions: tuple[Read[str], ...] = ()
    requests: tuple[Request, ...] = ()
    client_name: Read[str] | None = None
    country: Read[str] | None = None
    city: Read[str] | None = None
    member_since: Read[dt.date] | None = None
    jobs_posted: Read[int] | None = None
    hire_rate: Read[int] | None = None
    total_spent: Read[Decimal] | None = None
    hires: Read[int] | None = None
    average_rate: Read[Decimal] | None = None
    rating: Read[Decimal] | None = None
    reviews: Read[int] | None = None
    is_payment_verified: Read[bool] | None = None
    level: Read[Level] | None = None
    duration: Read[str] | None = None
    weekly_hours: Read[str] | None = None
    connects: Read[int] | None = None
    proposals: Read[Between[int]] | None = None
    posted: Read[str] | None = None
    location: Read[str] | None = None
    language: str = ""
    is_readable: bool = True

    def passages(self) -> tuple[tuple[str, int, int], ...]:
        """The name of each fact with the start and end of its passage, in the text's order."""
        found: list[tuple[str, int, int]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            found += [
                (field.name, each.start, each.end)
                for each in (value if isinstance(value, tuple) else (value,))
                if isinstance(each, Read | Request)
            ]
        return tuple(sorted(found, key=lambda passage: (passage[1], passage[2], passage[0])))
