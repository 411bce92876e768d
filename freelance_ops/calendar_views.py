"""The calendar that a secret address opens; nobody has to sign in for it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from accounts.calendar_feeds import feed_of
from accounts.models import Membership
from accounts.readers import actor_of, reading_as
from freelance_ops.calendar_feed import calendar_of


@login_not_required
@require_safe
@conditional_page
@cache_control(private=True)
def calendar_feed(_request: HttpRequest, public_id: str, signature: str) -> HttpResponse:
    """What is due for the person whose address it is; 404 for a wrong or revoked one.

    Calendar apps ask every hour: an ETag spares them what they have already.
    """
    feed = feed_of(public_id, signature)
    if feed is None:
        raise Http404
    memberships = Membership.objects.select_related("user", "practice")
    actor = actor_of(get_object_or_404(memberships, user=feed.user, practice=feed.practice))
    with reading_as(actor):
        content = calendar_of(actor=actor, as_of=timezone.localdate(), name=feed.public_id)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="freelance-ops.ics"'
    return response
