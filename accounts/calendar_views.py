"""The page with a person's secret calendar address."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest
from accounts.calendar_feeds import feed_create, feed_renew, feed_revoke, feed_url, own_feed

#: Names of one's own machine: a calendar on the web does not find them.
OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@never_cache
@require_safe
def calendar(request: ActorRequest) -> HttpResponse:
    """What the calendar is for, and its address once there is one."""
    feed = own_feed(request.actor)
    url = feed_url(feed) if feed else ""
    site = urlsplit(settings.SITE_URL)
    context = {
        "feed": feed,
        "url": url,
        "app_url": url.replace(site.scheme, "webcal", 1),
        "is_of_this_machine": site.hostname in OF_THIS_MACHINE,
        "is_one_of_several": len(request.memberships) > 1,
    }
    return render(request, "accounts/calendar.html", context)


@require_POST
def calendar_create(request: ActorRequest) -> HttpResponse:
    feed_create(actor=request.actor)
    return redirect("accounts:calendar")


@require_POST
def calendar_renew(request: ActorRequest) -> HttpResponse:
    """Make another address, for when the present one has got about."""
    feed_renew(actor=request.actor)
    messages.success(request, _("This is your new address. The old one no longer works."))
    return redirect("accounts:calendar")


@require_POST
def calendar_revoke(request: ActorRequest) -> HttpResponse:
    feed_revoke(actor=request.actor)
    messages.success(request, _("Your calendar address no longer works."))
    return redirect("accounts:calendar")
