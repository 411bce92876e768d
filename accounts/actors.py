"""Who acts: a user in the role that he or she has in one practice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import Freelancer, Membership, Practice, User


class Permission(StrEnum):
    """What a role may do with the rows that it sees."""

    VIEW = "view"
    CHANGE = "change"
    CHANGE_SHARED = "change_shared"  # what the whole practice uses: message templates, intervals
    MANAGE = "manage"  # members, practice settings


ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "owner": frozenset(Permission),
    "manager": frozenset({Permission.VIEW, Permission.CHANGE, Permission.CHANGE_SHARED}),
    "member": frozenset({Permission.VIEW, Permission.CHANGE}),
    "viewer": frozenset({Permission.VIEW}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A user in a practice; `freelancer` is the one chosen in the switcher, None for everybody."""

    user: User
    practice: Practice
    membership: Membership
    freelancer: Freelancer | None = None

    @property
    def role(self) -> str:
        return self.membership.role

    @property
    def sees_only_own(self) -> bool:
        """A member works on his or her own data only; every other role sees the whole practice."""
        return self.role == "member"

    @property
    def may_change(self) -> bool:
        return self.may(Permission.CHANGE)

    def may(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        """Raise PermissionDenied (a 403) when the role may not do this."""
        if not self.may(permission):
            raise PermissionDenied


class ActorRequest(HttpRequest):
    """A request after `ActorMiddleware` and `HtmxMiddleware`; for type annotations."""

    actor: Actor
    memberships: list[Membership]
    freelancers: list[Freelancer]  # those in the switcher
    htmx: HtmxDetails
    user: User | AnonymousUser
