"""Reading as somebody: that person's time zone and formats, outside a request of his or hers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from accounts.actors import Actor
from accounts.formats import DEFAULT_LOCALE, reader_locale
from accounts.models import Freelancer, Membership
from accounts.time_zones import zone_or_utc


def actor_of(membership: Membership) -> Actor:
    """Who a membership (with `user` and `practice` fetched) is, with everybody's data chosen.

    Somebody who sees one freelancer only has that one chosen, as in the switcher.
    """
    actor = Actor(membership.user, membership.practice, membership)
    seen = list(Freelancer.objects.for_actor(actor).in_order()[:2])
    only = seen[0] if len(seen) == 1 else None
    return Actor(membership.user, membership.practice, membership, only)


@contextmanager
def reading_as(actor: Actor, *, time_zone: str = "") -> Iterator[None]:
    """Dates, numbers and times as the actor's own freelancer has them, as on his or her pages.

    `time_zone` is that of the occasion where it has one of its own, such as a digest's.
    """
    own = Freelancer.objects.for_actor(actor).filter(user=actor.user).first() or actor.freelancer
    zone = zone_or_utc(time_zone or (own.time_zone if own else "UTC"))
    with timezone.override(zone), reader_locale(own.locale if own else DEFAULT_LOCALE):
        yield
