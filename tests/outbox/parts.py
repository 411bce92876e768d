"""Parts of a digest for tests, as another room would write them."""

import datetime as dt

from django.utils import timezone

from accounts.actors import Actor
from accounts.formats import moment, number
from accounts.models import Freelancer
from outbox.digest_parts import DigestPart

SEEN: list[tuple[Actor, str]] = []
BROKEN: set[str] = set()


def pings(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    """One thing is due for each freelancer whom the actor sees."""
    SEEN.append((actor, mail_key))
    if actor.user.email in BROKEN:
        raise RuntimeError("a template is broken")
    names = [row.name for row in Freelancer.objects.for_actor(actor).in_order()]
    said = f"{', '.join(names)} at {moment(now)} ({timezone.get_current_timezone_name()})"
    return DigestPart(len(names), f"{said} & {number(1234)}", f"<p>{said}</p>")


def nothing(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    return None


def nobody(*, actor: Actor, now: dt.datetime, mail_key: str) -> DigestPart | None:
    return DigestPart(0, "Nothing is due.", "<p>Nothing is due.</p>")
