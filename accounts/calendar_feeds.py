"""A person's secret calendar address: making it, making a new one, switching it off.

One for each person in each practice, whatever the role: what it shows is what that person sees
there. The address is the only key to it, because calendar apps cannot sign in.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from accounts.actors import Actor
from accounts.audit import audit_record
from accounts.models import CalendarFeed, Freelancer

SALT: Final = "accounts.calendar_feeds"
NONCE_LENGTH: Final = 32
CALENDAR_CREATED: Final = "calendar.created"
CALENDAR_RENEWED: Final = "calendar.renewed"
CALENDAR_REVOKED: Final = "calendar.revoked"


def own_feed(actor: Actor) -> CalendarFeed | None:
    """The actor's own calendar in the practice; roles that see everybody see nobody else's."""
    return CalendarFeed.objects.for_actor(actor).filter(user=actor.user).first()


@transaction.atomic
def feed_create(*, actor: Actor) -> CalendarFeed:
    """Make the actor's calendar address; one that is there already stays as it is."""
    feed, is_new = CalendarFeed.objects.get_or_create(
        practice=actor.practice, user=actor.user, defaults={"nonce": _new_nonce()}
    )
    if is_new:
        _written_down(actor, feed, CALENDAR_CREATED)
    return feed


@transaction.atomic
def feed_renew(*, actor: Actor) -> CalendarFeed:
    """Give the actor's calendar another address; the former one, if any, stops working at once."""
    feed, is_new = CalendarFeed.objects.update_or_create(
        practice=actor.practice, user=actor.user, defaults={"nonce": _new_nonce()}
    )
    _written_down(actor, feed, CALENDAR_CREATED if is_new else CALENDAR_RENEWED)
    return feed


@transaction.atomic
def feed_revoke(*, actor: Actor) -> None:
    """Switch the actor's calendar off, where there is one."""
    rows = CalendarFeed.objects.for_actor(actor).filter(user=actor.user)
    feed = rows.select_for_update().first()
    if feed:
        _written_down(actor, feed, CALENDAR_REVOKED)
        feed.delete()


def feed_path(feed: CalendarFeed) -> str:
    return reverse("calendar_feed", args=[feed.public_id, _signature(feed)])


def feed_url(feed: CalendarFeed) -> str:
    """The whole address, as a calendar app wants it."""
    return settings.SITE_URL + feed_path(feed)


def feed_of(public_id: str, signature: str) -> CalendarFeed | None:
    """The calendar of an address, with its user and practice.

    None for one that is wrong or revoked, and for somebody who may not sign in any more or who has
    left the practice.
    """
    rows = CalendarFeed.objects.select_related("user", "practice")
    still_there = rows.filter(user__is_active=True, practice__memberships__user=F("user"))
    feed = still_there.filter(public_id=public_id).first()
    if feed is None or not constant_time_compare(signature, _signature(feed)):
        return None
    return feed


def _signature(feed: CalendarFeed) -> str:
    """64 characters that only this installation can work out."""
    value = f"{feed.public_id}:{feed.nonce}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def _new_nonce() -> str:
    return get_random_string(NONCE_LENGTH)


def _written_down(actor: Actor, feed: CalendarFeed, verb: str) -> None:
    """Say that it happened; the address itself is a secret and stands in no audit trail."""
    own = Freelancer.objects.for_actor(actor).filter(user=actor.user).first()
    audit_record(actor=actor, verb=verb, target=feed, for_freelancer=own)
