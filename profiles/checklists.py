"""The checklists: what Rising Talent takes, what there is to try, when the skills are due again.

An item says whether it is done where the profile or the contract log can tell; what only the person
knows has None there, and is ticked by hand. The words stand in `profiles.checklist_words`.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Final

from profiles.content import (
    ENOUGH_PORTFOLIO,
    ENOUGH_SKILLS,
    LONGEST_OVERVIEW,
    LONGEST_TITLE,
    Availability,
    Content,
    Kind,
)
from profiles.record import Record

MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist; `key` names it for ever, since ticks are kept by it.

    `found` of `wanted` are given where something is counted, such as portfolio entries.
    """

    key: str
    rule: str
    is_done: bool | None
    found: int | None = None
    wanted: int | None = None

    @property
    def is_by_hand(self) -> bool:
        """Whether only the person knows."""
        return self.is_done is None


def rising_talent(content: Content, record: Record) -> tuple[Item, ...]:
    """What the Rising Talent badge takes (P10, J17): no score yet, and a complete profile (P5).

    `content` is the general profile's.
    """
    languages = [each for each in content.languages if each.name.strip()]
    return (
        Item("rising_no_score", "J17", record.score is None),
        Item("rising_title", "P11", _fits(content.title, LONGEST_TITLE)),
        Item("rising_overview", "P11", _fits(content.overview, LONGEST_OVERVIEW)),
        Item("rising_rate", "P2", content.rate is not None),
        _counted("rising_skills", "P5", _said(*content.skills), ENOUGH_SKILLS),
        _counted(
            "rising_portfolio",
            "P5",
            _said(*(each.title or each.description for each in content.portfolio)),
            ENOUGH_PORTFOLIO,
        ),
        Item(
            "rising_languages",
            "P5",
            bool(languages) and all(each.level for each in languages),
        ),
        Item("rising_education", "P5", _said(*(each.school for each in content.education)) > 0),
        Item("rising_availability", "P5", _availability_is_known(content)),
        Item("rising_background", "P10", _has_background(content)),
        _counted(
            "rising_testimonials", "P10", _said(*(each.words for each in content.testimonials)), 1
        ),
        Item("rising_photo", "P10", None),
        Item("rising_no_holds", "J13", None),
    )


def new_features(content: Content, *, specialised: int | None = None) -> tuple[Item, ...]:
    """What Upwork offers beside the plain profile (P5): worth a try, say some, a waste, say others.

    `specialised` is how many specialised profiles there are; without it only `content` itself can
    show that there is one (P1).
    """
    has_specialised = content.kind is Kind.SPECIALISED or bool(specialised)
    is_known = has_specialised or specialised is not None
    return (
        Item("feature_catalogue", "P5", _said(*(each.title for each in content.catalogue)) > 0),
        Item("feature_consultations", "P5", None),
        Item("feature_video", "P5", bool(content.video.strip())),
        Item("feature_specialised", "P1", has_specialised if is_known else None),
        Item("feature_availability_badge", "P5", None),
    )


def skills_review_due(reviewed_on: dt.date | None, as_of: dt.date) -> dt.date:
    """The day on which the skills are to be looked through again: monthly (P5).

    A calendar month after the last time, the 31st clamped to the end of a shorter month; at once,
    on `as_of`, where it was never done. May lie before `as_of`: then it is overdue.
    """
    if reviewed_on is None:
        return as_of
    months = reviewed_on.year * MONTHS_A_YEAR + reviewed_on.month  # of the month after
    year, month = divmod(months, MONTHS_A_YEAR)
    if year > dt.MAXYEAR:
        return dt.date.max
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(reviewed_on.day, last))


def _counted(key: str, rule: str, found: int, wanted: int) -> Item:
    return Item(key, rule, found >= wanted, found, wanted)


def _said(*texts: str) -> int:
    """How many of them hold something."""
    return sum(bool(text.strip()) for text in texts)


def _fits(text: str, longest: int) -> bool:
    return bool(text.strip()) and len(text) <= longest


def _availability_is_known(content: Content) -> bool:
    if content.availability == Availability.FROM_DATE:
        return content.available_on is not None
    return bool(content.availability)


def _has_background(content: Content) -> bool:
    """Earlier work or other experience, told and not only named (P10, P5)."""
    jobs = _said(*(each.description for each in content.employment))
    return jobs + _said(*(each.description for each in content.experience)) > 0
