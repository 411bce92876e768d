"""Today, and the health check."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from freelance_ops.health import health


@require_safe
def today(request: ActorRequest) -> HttpResponse:
    """Where do I stand, what is due, what do I do next."""
    return render(request, "today.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, worker and beat answer, else 503 and the culprit's name."""
    answer = health()
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)
