"""Today, and the health check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest
from accounts.middleware import SESSION_PRACTICE
from freelance_ops.demo.build import sample_practice_create, sample_practice_remove
from freelance_ops.health import health
from freelance_ops.today import Today


@require_safe
def today(request: ActorRequest) -> HttpResponse:
    """Where do I stand, what is due, what do I do next."""
    dashboard = Today(actor=request.actor, day=timezone.localdate())
    return render(request, "today.html", {"today": dashboard, "page": dashboard.page})


@require_POST
def sample_start(request: ActorRequest) -> HttpResponse:
    """“Show me with sample data”: a practice of made-up contracts, beside one's own."""
    practice = sample_practice_create(user=request.actor.user, today=timezone.localdate())
    request.session[SESSION_PRACTICE] = practice.public_id
    return redirect("today")


@require_POST
def sample_remove(request: ActorRequest) -> HttpResponse:
    """Take the sample away and go back to one's own practice."""
    sample_practice_remove(user=request.actor.user)
    messages.success(request, _("The sample data is gone."))
    return redirect("today")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, worker and beat answer, else 503 and the culprit's name."""
    answer = health()
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)
