"""A person's calendar as an iCalendar file (RFC 5545): the same data make the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import TRANSP, Calendar, Event, Timezone, TimezoneStandard, vDuration, vText

from accounts.actors import Actor
from freelance_ops.calendar_entries import Entry, entries_of

PRODUCT: Final = "-//Freelance Ops//Calendar//EN"
READ_AGAIN_AFTER: Final = dt.timedelta(hours=1)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Text(vText):
    r"""Text as the RFC writes it.

    The library's own takes a literal `\N`, as in `C:\New`, for the end of a line.
    """

    def to_ical(self) -> bytes:
        escaped = re.sub(r"[\\;,]", r"\\\g<0>", self)
        return escaped.replace("\n", r"\n").encode()


def text(value: str) -> Text:
    """A value without what no calendar may hold: control characters but tab and end of line."""
    return Text(_CONTROL.sub(" ", re.sub(r"\r\n?", "\n", value)))


def calendar_of(*, actor: Actor, as_of: dt.date, name: str) -> bytes:
    """The actor's calendar on a day; `name` tells it from all others."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("UID", _unique(name))
    title = text(_("%(practice)s: Freelance Ops") % {"practice": actor.practice.name})
    calendar.add("NAME", title)
    calendar.add("X-WR-CALNAME", title)
    calendar.add("REFRESH-INTERVAL", vDuration(READ_AGAIN_AFTER), {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN_AFTER))
    entries = entries_of(actor=actor, as_of=as_of)
    for entry in entries:
        calendar.add_component(_event(entry))
    if not entries:
        calendar.add_component(_utc())  # a calendar without anything in it is not well-formed
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", _unique(entry.name))
    event.add("SEQUENCE", entry.revision.number)
    # Without METHOD the two mean the same: when what the event says was last changed.
    event.add("DTSTAMP", entry.revision.at)
    event.add("LAST-MODIFIED", entry.revision.at)
    event.add("DTSTART", entry.start)
    event.add("DTEND", entry.end)
    event.add("SUMMARY", text(entry.summary))
    event.add("DESCRIPTION", text(entry.description))
    event.add("URL", entry.url)
    event.add("TRANSP", TRANSP.TRANSPARENT)  # nobody is busy all day because of a ping
    return event


def _utc() -> Timezone:
    zone = Timezone()
    zone.add("TZID", "UTC")
    standard = TimezoneStandard()
    standard.add("DTSTART", dt.datetime(1970, 1, 1))  # noqa: DTZ001  # local by definition
    standard.add("TZOFFSETFROM", dt.timedelta())
    standard.add("TZOFFSETTO", dt.timedelta())
    zone.add_component(standard)
    return zone


def _unique(name: str) -> str:
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"
