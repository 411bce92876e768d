"""What the page of versions shows."""

from functools import cached_property

from accounts.actors import Actor
from profiles.choices import code_names
from profiles.content import Content, plain_from_content
from profiles.field_names import field_name
from profiles.models import Profile, ProfileVersion
from profiles.selectors import ProfileSet, profile_set
from profiles.text_diff import FieldDifference, contents_compared
from profiles.version_forms import DRAFT
from profiles.version_services import in_the_way


class VersionPage:
    """The versions of one profile, newest first, and the draft beside them."""

    def __init__(self, actor: Actor, profile: Profile) -> None:
        self.actor = actor
        self.profile = profile

    @cached_property
    def versions(self) -> list[ProfileVersion]:
        rows = ProfileVersion.objects.for_actor(self.actor).filter(profile=self.profile)
        return list(rows.newest_first())

    @cached_property
    def profiles(self) -> ProfileSet:
        return profile_set(self.actor, self.profile.freelancer)

    @cached_property
    def draft(self) -> Content:
        return self.profiles.content_of(self.profiles.own(self.profile))

    @property
    def in_the_way(self) -> list[str]:
        """Why the draft cannot be published as it is."""
        return in_the_way(self.draft)

    @property
    def is_ahead(self) -> bool:
        """Whether the draft says something else than the newest version."""
        return not self.versions or self.versions[0].content != plain_from_content(self.draft)

    def compared(self, before: str, after: str) -> list[tuple[str, FieldDifference]]:
        """The fields in which two of them differ, each with its name."""
        differences = contents_compared(
            self._content(before), self._content(after), labels=code_names()
        )
        return [(field_name(each.field), each) for each in differences]

    def _content(self, end: str) -> Content:
        if end == DRAFT:
            return self.draft
        return next(each.as_content for each in self.versions if str(each.number) == end)
