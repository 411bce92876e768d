"""A digest as its reader gets it: the parts of the other rooms in one frame."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.actors import Actor
from accounts.readers import reading_as
from outbox.digest_parts import part_makers
from outbox.models import DigestSchedule
from outbox.unsubscribing import unsubscribe_token


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail that is ready; `count` is how many things are due."""

    count: int
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def digest_compose(
    *, actor: Actor, schedule: DigestSchedule, now: dt.datetime, mail_key: str
) -> Digest | None:
    """What is due for the actor, in his or her zone and formats; None when nothing is."""
    here = reading_as(actor, time_zone=schedule.time_zone)
    with translation.override(settings.LANGUAGE_CODE), here:
        made = [maker(actor=actor, now=now, mail_key=mail_key) for maker in part_makers()]
        parts = [part for part in made if part and part.count]
        if not parts:
            return None
        unsubscribe = absolute("outbox:unsubscribe", token=unsubscribe_token(schedule))
        context: dict[str, Any] = {
            "parts": parts,
            "count": sum(part.count for part in parts),
            "practice": actor.practice,
            "now": now,
            "today_url": absolute("today") + of_practice(actor),
            "reminders_url": absolute("outbox:reminders") + of_practice(actor),
            "unsubscribe_url": unsubscribe,
        }
        return Digest(
            count=context["count"],
            subject=render_to_string("outbox/email/digest.subject.txt", context).strip(),
            text=render_to_string("outbox/email/digest.txt", context),
            html=render_to_string("outbox/email/digest.html", context),
            headers={
                # One click in the mail program switches it off (RFC 8058).
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",  # no answer from somebody's holiday, please
            },
        )


def of_practice(actor: Actor) -> str:
    """Behind a link for somebody who may just be looking at another practice."""
    return f"?practice={actor.practice.public_id}"


def absolute(route: str, **kwargs: str) -> str:
    """The address of a page as a mail has to name it."""
    return f"{settings.SITE_URL}{reverse(route, kwargs=kwargs)}"
