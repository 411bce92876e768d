"""What the page of the checklists shows: what is done, what is not, and when skills are due."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from profiles.checklist_words import CHECKLIST_WORDS, FeatureWords, ItemWords
from profiles.checklists import Item, new_features, rising_talent, skills_review_due
from profiles.content import Content
from profiles.known_record import record_of
from profiles.models import ChecklistTick, Profile
from profiles.record import Record
from profiles.selectors import ProfileSet

NEVER: Final = "never"
"""Stands where a day stands, for skills that were not looked through so far."""
_PLACES: Final[Mapping[str, str]] = {
    "rising_title": "id_title",
    "rising_overview": "id_overview",
    "rising_rate": "id_rate",
    "rising_skills": "id_skills",
    "rising_portfolio": "list-portfolio",
    "rising_languages": "list-languages",
    "rising_education": "list-education",
    "rising_availability": "id_availability",
    "rising_background": "list-employment",
    "rising_testimonials": "list-testimonials",
    "feature_catalogue": "list-catalogue",
    "feature_video": "id_video",
}
"""Where on the draft's page an item is mended."""


def list_of(key: str) -> str | None:
    """The list, "rising" or "features", of an item that is ticked by hand; None for another."""
    lists = {
        "rising": rising_talent(Content(), Record()),
        "features": new_features(Content(), specialised=0),
    }
    for name, items in lists.items():
        if any(item.key == key and item.is_by_hand for item in items):
            return name
    return None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with its words; `ticked_on` is of those that only the person knows."""

    item: Item
    words: ItemWords | FeatureWords
    url: str
    ticked_on: dt.date | None

    @property
    def is_done(self) -> bool:
        return self.ticked_on is not None if self.item.is_by_hand else bool(self.item.is_done)

    @property
    def is_counted(self) -> bool:
        """Whether it says how many of how many: a single one says no more than its tick."""
        return self.item.wanted is not None and self.item.wanted > 1


@dataclass(frozen=True)
class ChecklistPage:
    """The checklists of one freelancer, who has a general profile."""

    actor: Actor
    profiles: ProfileSet
    general: Profile
    today: dt.date
    was_text: str = ""

    @cached_property
    def record(self) -> Record:
        return record_of(self.profiles.freelancer, as_of=self.today)

    @cached_property
    def rising(self) -> list[ShownItem]:
        return [self._shown(item) for item in rising_talent(self._content, self.record)]

    @cached_property
    def features(self) -> list[ShownItem]:
        specialised = len(self.profiles.profiles) - 1
        items = new_features(self._content, specialised=specialised)
        return [self._shown(item) for item in items]

    @property
    def rising_done(self) -> int:
        return sum(each.is_done for each in self.rising)

    @property
    def features_done(self) -> int:
        return sum(each.is_done for each in self.features)

    @cached_property
    def due_on(self) -> dt.date:
        """When the skills are to be looked through, as the digest reckons."""
        reviewed_on = self.general.skills_reviewed_on or timezone.localdate(self.general.created_at)
        return skills_review_due(reviewed_on, self.today)

    @property
    def is_due(self) -> bool:
        return self.due_on <= self.today

    @property
    def is_reviewed_today(self) -> bool:
        return self.general.skills_reviewed_on == self.today

    @property
    def has_skills(self) -> bool:
        """Without any there is nothing to look through, and the digest does not remind of it."""
        return any(profile.skills for profile in self.profiles.profiles)

    @property
    def skills_lists(self) -> list[Profile]:
        """The profiles whose skills are looked through: each has its own."""
        return list(self.profiles.profiles)

    @cached_property
    def was(self) -> str | None:
        """The day that the last click replaced, as its form sends it back: an ISO date, or "never";
        None where nothing was replaced."""
        if self.was_text == NEVER:
            return NEVER if self.general.skills_reviewed_on else None
        try:
            day = dt.date.fromisoformat(self.was_text)
        except ValueError:
            return None
        is_other = day != self.general.skills_reviewed_on
        return day.isoformat() if is_other and day <= self.today else None

    @cached_property
    def _content(self) -> Content:
        return self.profiles.content_of(self.general)

    @cached_property
    def _ticks(self) -> dict[str, dt.date]:
        rows = ChecklistTick.objects.for_actor(self.actor)
        found = rows.filter(freelancer=self.profiles.freelancer)
        return dict(found.values_list("item", "ticked_on"))

    def _shown(self, item: Item) -> ShownItem:
        return ShownItem(
            item=item,
            words=CHECKLIST_WORDS[item.key],
            url=self._url_of(item),
            ticked_on=self._ticks.get(item.key) if item.is_by_hand else None,
        )

    def _url_of(self, item: Item) -> str:
        """Where the item is done; "" for what only Upwork has."""
        if item.key == "feature_specialised":
            return reverse("profiles:index")
        place = _PLACES.get(item.key)
        url = reverse("profiles:draft", args=[self.general.public_id])
        return f"{url}#{place}" if place else ""
