"""For every other check: profiles and records that must and must not set it off."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from profiles.content import (
    Availability,
    CatalogueProject,
    Certification,
    Content,
    Earnings,
    Education,
    Employment,
    Experience,
    Kind,
    Language,
    PortfolioItem,
    Testimonial,
)
from profiles.record import Record
from tests.profiles.overviews import FULL, TODAY, complete

type Case = tuple[Content, Record | None]

_OLD: Final = TODAY - dt.timedelta(days=61)
_NEW: Final = TODAY - dt.timedelta(days=60)


def _profiles(**values: list[object]) -> list[Case]:
    """One field with each of the values in turn."""
    return [(complete(**{name: value}), None) for name, given in values.items() for value in given]


def _records(*records: Record) -> list[Case]:
    return [(FULL, record) for record in records]


def _jobs(*descriptions: str) -> list[Case]:
    return [
        (complete(employment=(Employment("Clerk", "Mill Ltd", "", words),)), None)
        for words in descriptions
    ]


def _specialised(**values: object) -> Case:
    skills = ("Copywriting", "Email Marketing", "SEO")
    return complete(kind=Kind.SPECIALISED, **{"skills": skills, **values}), None


_LOW: Final = tuple(map(Decimal, (5, 8, 10)))
_FAIR: Final = tuple(map(Decimal, (5, 8, 35)))

FIELDS_MUST: Final[dict[str, list[Case]]] = {
    "title-limit": _profiles(title=["x" * 71, "word " * 20]),
    "skills-limit": _profiles(skills=[("a",) * 16, ("a",) * 100]),
    "rate-limit": _profiles(rate=[Decimal(-5), Decimal("2.99"), Decimal(1000), Decimal(10_000)]),
    "title-empty": _profiles(title=["", "  "]),
    "rate-empty": [(complete(rate=None), None), (Content(), None)],
    "skills-few": _profiles(skills=[(), ("a",) * 9]),
    "portfolio-few": _profiles(portfolio=[(), (PortfolioItem("a"),) * 3]),
    "languages-empty": [(complete(languages=()), None), (Content(), None)],
    "language-level": _profiles(languages=[(Language("Dutch"),), (Language("Dutch", "good"),)]),
    "education-empty": [(complete(education=()), None), (Content(), None)],
    "employment-empty": [(complete(employment=()), None), (Content(), None)],
    "testimonials-empty": [(complete(testimonials=()), None), (Content(), None)],
    "certifications-many": _profiles(certifications=[(Certification("a"),) * n for n in (4, 9)]),
    "experience-empty": [(complete(experience=()), None), (Content(), None)],
    "availability-empty": _profiles(availability=["", "sometimes"]),
    "availability-date-missing": [
        (complete(availability=Availability.FROM_DATE), None),
        (complete(availability="from_date", available_on=None), None),
    ],
    "availability-date-past": [
        (complete(availability=Availability.FROM_DATE, available_on=day), None)
        for day in (TODAY - dt.timedelta(days=1), dt.date(2020, 1, 1))
    ],
    "video-empty": _profiles(video=["", " "]),
    "catalogue-empty": [(complete(catalogue=()), None), (Content(), None)],
    "employment-third-person": _jobs(
        "He managed the accounts of a mill.",
        "Kept the books. She was the first to ask.",
        "John was responsible for the accounts.",
        "Maria Lopez worked as a clerk.",
    ),
    "employment-acronym": _jobs(
        "I kept the ERP alive.", "I read the KPI of each shift and the ROAS."
    ),
    "title-without-key-skill": [_specialised(title="Illustrator"), _specialised(title="I do SEO")],
    "market-empty": [_specialised(market=""), _specialised(market=" ")],
    "service-empty": [_specialised(service=""), _specialised(service=" ")],
    "balance-hours": _records(
        Record(jobs=144, hourly_jobs=4, fixed_jobs=140, hours=Decimal(74)),
        Record(jobs=10, hourly_jobs=1, fixed_jobs=9, hours=Decimal("99.9")),
    ),
    "balance-only-fixed": _records(Record(jobs=5, fixed_jobs=5), Record(jobs=60, fixed_jobs=60)),
    "balance-only-hourly": _records(Record(jobs=5, hourly_jobs=5), Record(jobs=9, hourly_jobs=9)),
    "balance-quiet": _records(
        Record(jobs=3, last_closed_on=_OLD), Record(jobs=3, last_closed_on=dt.date(2020, 1, 1))
    ),
    "earnings-hidden": [
        (complete(earnings=Earnings.HIDDEN), Record(jobs=20, first_rates=_LOW)),
        (complete(earnings=Earnings.HIDDEN), Record(jobs=3, first_rates=_FAIR)),
        (complete(earnings=Earnings.HIDDEN), Record(jobs=2)),
    ],
    "earnings-may-hide": _records(
        Record(jobs=3, first_rates=_LOW), Record(jobs=5, first_rates=_LOW + _LOW[:2])
    ),
}

_HIDDEN: Final = complete(earnings=Earnings.HIDDEN)

FIELDS_MUST_NOT: Final[dict[str, list[Case]]] = {
    "title-limit": _profiles(title=["x" * 70, "Bookkeeper"]),
    "skills-limit": _profiles(skills=[("a",) * 15, ()]),
    "rate-limit": _profiles(rate=[Decimal(3), Decimal("999.99"), None]),
    "title-empty": _profiles(title=["x", "Bookkeeper"]),
    "rate-empty": _profiles(rate=[Decimal(3), Decimal(-5)]),
    "skills-few": _profiles(skills=[("a",) * 10, ("a",) * 15]),
    "portfolio-few": _profiles(portfolio=[(PortfolioItem("a"),) * 4, (PortfolioItem("a"),) * 9]),
    "languages-empty": _profiles(languages=[(Language(),), (Language("Dutch", "basic"),)]),
    "language-level": _profiles(languages=[(), (Language("Dutch", "native"),)]),
    "education-empty": _profiles(education=[(Education("a"),), (Education(degree="a"),)]),
    "employment-empty": _profiles(employment=[(Employment("a"),), (Employment(company="a"),)]),
    "testimonials-empty": _profiles(testimonials=[(Testimonial("a"),), (Testimonial("b"),) * 2]),
    "certifications-many": _profiles(certifications=[(), (Certification("a"),) * 3]),
    "experience-empty": _profiles(experience=[(Experience("a"),), (Experience("b"),) * 2]),
    "availability-empty": _profiles(availability=["as_needed", Availability.LESS_THAN_30]),
    "availability-date-missing": [
        (complete(availability=Availability.AS_NEEDED), None),
        (complete(availability=Availability.FROM_DATE, available_on=TODAY), None),
    ],
    "availability-date-past": [
        (complete(availability=Availability.FROM_DATE, available_on=TODAY), None),
        (complete(availability=Availability.AS_NEEDED, available_on=dt.date(2020, 1, 1)), None),
    ],
    "video-empty": _profiles(video=["https://example.com/v", "x"]),
    "catalogue-empty": _profiles(
        catalogue=[(CatalogueProject("a"),), (CatalogueProject("b"),) * 2]
    ),
    "employment-third-person": _jobs(
        "I managed the accounts of a mill. My chief was strict. She taught me to ask.",
        "Kept the books of a mill and ran its payroll.",
        "Team was responsible for the accounts.",
        "Mill was a family business with ten people.",
    ),
    "employment-acronym": _jobs(
        "I kept the ERP (enterprise resource planning) alive.",
        "I wrote HTML and PDF files for the CEO in the USA.",
        "I kept its customer relationship management (CRM) tidy.",
    ),
    "title-without-key-skill": [
        _specialised(title="Copywriter for shops"),
        _specialised(title="Email letters that sell"),
        (complete(title="Illustrator"), None),
    ],
    "market-empty": [_specialised(market="shops"), (complete(market=""), None)],
    "service-empty": [_specialised(service="letters"), (complete(service=""), None)],
    "balance-hours": _records(
        Record(jobs=9, hours=Decimal(5)), Record(jobs=99, hours=Decimal(100))
    ),
    "balance-only-fixed": _records(
        Record(jobs=4, fixed_jobs=4), Record(hourly_jobs=1, fixed_jobs=9)
    ),
    "balance-only-hourly": _records(
        Record(jobs=4, hourly_jobs=4), Record(hourly_jobs=9, fixed_jobs=1)
    ),
    "balance-quiet": _records(Record(jobs=3, last_closed_on=_NEW), Record(jobs=0)),
    "earnings-hidden": [
        (_HIDDEN, Record(jobs=3, first_rates=_LOW)),
        (_HIDDEN, Record()),
        (_HIDDEN, None),
        (FULL, Record(jobs=20)),
    ],
    "earnings-may-hide": [
        (FULL, Record(jobs=6, first_rates=_LOW)),
        (FULL, Record(jobs=3, first_rates=_FAIR)),
        (FULL, Record(jobs=2, first_rates=_LOW[:2])),
        (_HIDDEN, Record(jobs=3, first_rates=_LOW)),
    ],
}
