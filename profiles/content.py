"""What a profile says, as plain values: the same for a draft and for a published version.

`Content` is what the checks, the match and the comparison read. The model keeps its texts in
columns and its lists in JSON; `content_from_plain` and `plain_from_content` go between the two.
A list keeps its order: Upwork shows the entries in the order in which they stand here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

LONGEST_TITLE: Final = 70
"""Characters (P11)."""
LONGEST_OVERVIEW: Final = 5_000
"""Characters (P11)."""
FIRST_SEEN: Final = 250
"""Characters of the overview that a client sees in the list of search results (P11)."""
MOST_SKILLS: Final = 15
"""P11; the coach's advice is `ENOUGH_SKILLS`."""
ENOUGH_SKILLS: Final = 10
"""P5."""
ENOUGH_PORTFOLIO: Final = 4
"""P5."""
LOWEST_RATE: Final = Decimal(3)
"""Dollars an hour; Upwork takes no less."""
HIGHEST_RATE: Final = Decimal("999.99")
"""Dollars an hour; Upwork takes no more."""


class Kind(StrEnum):
    """A freelancer has one general and at most two specialised profiles (P1)."""

    GENERAL = "general"
    SPECIALISED = "specialised"


class Level(StrEnum):
    """How well a language is spoken, in Upwork's four levels (P5)."""

    BASIC = "basic"
    CONVERSATIONAL = "conversational"
    FLUENT = "fluent"
    NATIVE = "native"


class Availability(StrEnum):
    """How much work is wanted (P5); `FROM_DATE` goes with a date."""

    MORE_THAN_30 = "more_than_30"
    LESS_THAN_30 = "less_than_30"
    AS_NEEDED = "as_needed"
    FROM_DATE = "from_date"


class Earnings(StrEnum):
    """Whether a client sees what was earned (P6)."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class PortfolioItem:
    title: str = ""
    description: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    name: str = ""
    level: str = ""  # a `Level`, or "" while it is not chosen


@dataclass(frozen=True, slots=True)
class Education:
    school: str = ""
    degree: str = ""
    years: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Employment:
    role: str = ""
    company: str = ""
    years: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Testimonial:
    """Words of somebody from outside Upwork (P5)."""

    words: str = ""
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    name: str = ""
    issued_by: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Experience:
    """What else shaped the person: “other experience” on Upwork (P5)."""

    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueProject:
    """A project that clients buy ready-made from the catalogue."""

    title: str = ""
    price: str = ""
    description: str = ""


ENTRY_TYPES: Final[Mapping[str, type]] = {
    "portfolio": PortfolioItem,
    "languages": Language,
    "education": Education,
    "employment": Employment,
    "testimonials": Testimonial,
    "certifications": Certification,
    "experience": Experience,
    "catalogue": CatalogueProject,
}
"""The lists of entries by the name of their field."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a profile says. Texts are "" and lists empty where nothing was written.

    `rate` is in dollars an hour. `overview` has newlines as "\\n". A specialised profile holds here
    what it shares with the general one too: it is what a client sees.
    """

    kind: Kind = Kind.GENERAL
    title: str = ""
    rate: Decimal | None = None
    overview: str = ""
    skills: tuple[str, ...] = ()
    market: str = ""
    service: str = ""
    video: str = ""
    availability: str = ""
    available_on: dt.date | None = None
    earnings: str = Earnings.SHOWN
    portfolio: tuple[PortfolioItem, ...] = ()
    languages: tuple[Language, ...] = ()
    education: tuple[Education, ...] = ()
    employment: tuple[Employment, ...] = ()
    testimonials: tuple[Testimonial, ...] = ()
    certifications: tuple[Certification, ...] = ()
    experience: tuple[Experience, ...] = ()
    catalogue: tuple[CatalogueProject, ...] = field(default=())


SHARED: Final = frozenset(
    {
        *("availability", "available_on", "earnings", "languages", "education", "employment"),
        *("testimonials", "certifications", "experience"),
    }
)
"""Fields that Upwork keeps once for a person: a specialised profile shows the general one's."""

FIELDS: Final = tuple(each.name for each in fields(Content) if each.name != "kind")
"""Everything that can be edited, in the order of the page."""


def entries_from_plain(name: str, plain: object) -> tuple[Any, ...]:
    """The entries of the list `name` out of JSON; what is not understood there is left out."""
    entry_type = ENTRY_TYPES[name]
    known = [each.name for each in fields(entry_type)]
    rows = plain if isinstance(plain, list) else []
    return tuple(
        entry_type(**{key: str(row.get(key) or "") for key in known})
        for row in rows
        if isinstance(row, dict)
    )


def plain_from_content(content: Content) -> dict[str, Any]:
    """As JSON keeps it: amounts and dates as text, entries as objects."""
    plain = asdict(content)
    plain["kind"] = content.kind.value
    plain["rate"] = None if content.rate is None else str(content.rate)
    plain["available_on"] = content.available_on and content.available_on.isoformat()
    for name in ("skills", *ENTRY_TYPES):
        plain[name] = list(plain[name])
    return plain


def content_from_plain(plain: Mapping[str, Any]) -> Content:
    """What `plain_from_content` wrote; fields that are missing there are empty."""
    values: dict[str, Any] = {name: plain[name] for name in FIELDS if plain.get(name)}
    for name in ENTRY_TYPES:
        values[name] = entries_from_plain(name, plain.get(name))
    values["skills"] = tuple(map(str, plain.get("skills") or ()))
    values["rate"] = _amount(plain.get("rate"))
    day = plain.get("available_on")
    values["available_on"] = dt.date.fromisoformat(day) if day else None
    return Content(kind=Kind(plain.get("kind") or Kind.GENERAL), **values)


def _amount(text: object) -> Decimal | None:
    try:
        return None if text in (None, "") else Decimal(str(text))
    except InvalidOperation:
        return None
