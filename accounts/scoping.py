"""Scoping: every read of domain rows starts at `for_actor`.

A row belongs to a Practice. What is another practice's is simply not in the queryset, so looking it
up answers 404. A member sees only the rows of the freelancers linked to his or her own login.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.actors import Actor


class ScopedQuerySet[RowT: models.Model](models.QuerySet[RowT]):
    """A queryset that can be narrowed to what one actor may see."""

    #: Look-up from the row to the user who owns it, for members; None: shared in the practice.
    own_lookup: ClassVar[str | None] = "freelancer__user"

    def for_actor(self, actor: Actor) -> Self:
        """What this actor may see; other rows are not there at all."""
        rows = self.filter(practice=actor.practice)
        if actor.sees_only_own and self.own_lookup:
            rows = rows.filter(self._own(self.own_lookup, actor))
        return rows

    def _own(self, lookup: str, actor: Actor) -> models.Q:
        if not spans_many(self.model, lookup):
            return models.Q(**{lookup: actor.user})
        # A join would double rows, and DISTINCT against that forbids locking and deleting them.
        own = self.model._base_manager.filter(**{lookup: actor.user})
        return models.Q(pk__in=own.values("pk"))

    def of_choice(self, actor: Actor) -> Self:
        """Narrow to the freelancer chosen in the switcher, where one is chosen."""
        return self.filter(freelancer=actor.freelancer) if actor.freelancer else self


@cache
def spans_many(model: type[models.Model], lookup: str) -> bool:
    """Whether a look-up path follows a relation to many rows, so that a join doubles rows."""
    at: type[models.Model] | None = model
    for step in lookup.split("__"):
        field = at._meta.get_field(step) if at else None
        if field is not None and (field.one_to_many or field.many_to_many):
            return True
        related = field.related_model if field is not None else None
        at = related if isinstance(related, type) else None
    return False


class ScopedManager[RowT: models.Model](models.Manager[RowT]):
    """Hands out scoped querysets; in tests a lazy fetch of a related row is an error."""

    def get_queryset(self) -> models.QuerySet[RowT]:
        rows = super().get_queryset()
        return rows.fetch_mode(models.FETCH_RAISE) if settings.RAISE_ON_LAZY_FETCH else rows
