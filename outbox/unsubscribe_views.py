"""The page behind the link at the foot of each digest; nobody has to sign in for it (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from outbox.services import schedule_resubscribe, schedule_unsubscribe
from outbox.unsubscribing import unsubscribe_schedule


@csrf_exempt  # a mail program posts here by itself; the signed token is the permission
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, because mail scanners open links too; posting switches off."""
    schedule = unsubscribe_schedule(token)
    if schedule is None:
        return render(request, "outbox/unsubscribe.html", {"is_broken": True}, status=404)
    is_done = request.method == "POST"
    if is_done:
        change = schedule_resubscribe if "again" in request.POST else schedule_unsubscribe
        change(schedule=schedule)
        schedule.refresh_from_db(fields=["is_on"])
    return render(request, "outbox/unsubscribe.html", {"schedule": schedule, "is_done": is_done})
