"""What works: replies and deals by what proposals were made of (B1, B5, B6)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from proposals.learning_page import WorksPage


@require_safe
def works(request: ActorRequest) -> HttpResponse:
    """Which templates, niches, bids and hours bring replies and deals, and how sure that is."""
    return render(request, "proposals/works.html", {"page": WorksPage(actor=request.actor)})
