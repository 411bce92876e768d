"""Scoping: every read of domain rows starts at `for_actor`.

A row belongs to a Practice. What is another practice's is simply not in the queryset, so looking it
up answers 404. A member sees only the rows of the freelancers linked to his or her own login.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.actors import Actor


class ScopedQuerySet[RowT: models.Model](models.QuerySet[RowT]):
    """A queryset that can be narrowed to what one actor may see."""

    #: Look-up from the row to the user who owns it, for members; None: shared in the practice.
    own_lookup: ClassVar[str | None] = "freelancer__user"

    def for_actor(self, actor: Actor) -> Self:
        rows = self.filter(practice=actor.practice)
        if actor.sees_only_own and self.own_lookup:
            rows = rows.filter(**{self.own_lookup: actor.user}).distinct()
        return rows

    def of_choice(self, actor: Actor) -> Self:
        """Narrow to the freelancer chosen in the switcher, where one is chosen."""
        return self.filter(freelancer=actor.freelancer) if actor.freelancer else self


class ScopedManager[RowT: models.Model](models.Manager[RowT]):
    """Hands out scoped querysets; in tests a lazy fetch of a related row is an error."""

    def get_queryset(self) -> models.QuerySet[RowT]:
        rows = super().get_queryset()
        return rows.fetch_mode(models.FETCH_RAISE) if settings.RAISE_ON_LAZY_FETCH else rows
