"""Reading profiles: a freelancer's three, and what each of them says."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.models import Freelancer
from profiles.content import Content
from profiles.models import MOST_SPECIALISED, Profile


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """A freelancer's profiles in their order; the first is the general one (P1)."""

    freelancer: Freelancer
    profiles: tuple[Profile, ...]

    @property
    def general(self) -> Profile | None:
        return self.profiles[0] if self.profiles else None

    @property
    def has_room(self) -> bool:
        return len(self.profiles) <= MOST_SPECIALISED

    @property
    def free_place(self) -> int:
        """The position that the next profile will take, where there is room."""
        taken = {profile.position for profile in self.profiles}
        return min(set(range(MOST_SPECIALISED + 1)) - taken, default=MOST_SPECIALISED)

    def own(self, profile: Profile) -> Profile:
        """The same profile out of these, as it is stored now."""
        return next(each for each in self.profiles if each.pk == profile.pk)

    def content_of(self, profile: Profile) -> Content:
        """What a client sees of this profile."""
        return profile.content_with(self.general or profile)

    @property
    def contents(self) -> tuple[tuple[Profile, Content], ...]:
        return tuple((profile, self.content_of(profile)) for profile in self.profiles)


def profile_set(actor: Actor, freelancer: Freelancer) -> ProfileSet:
    """The freelancer's profiles, without those that were removed; one query."""
    return profile_sets(actor, [freelancer])[0]


def profile_sets(actor: Actor, freelancers: Sequence[Freelancer]) -> list[ProfileSet]:
    """The same for several freelancers, in their order; one query for all."""
    rows = Profile.objects.for_actor(actor).kept().filter(freelancer__in=freelancers)
    of: dict[int, list[Profile]] = {freelancer.pk: [] for freelancer in freelancers}
    for row in rows.in_order():
        of[row.freelancer_id].append(row)
    return [ProfileSet(freelancer, tuple(of[freelancer.pk])) for freelancer in freelancers]
