"""The preview of a draft, as a client sees it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from profiles.draft_views import profile_or_404
from profiles.known_record import record_of
from profiles.preview_page import Preview
from profiles.selectors import profile_set


@require_safe
def preview(request: ActorRequest, public_id: str) -> HttpResponse:
    """The card in the search results, the first tier beside a proposal, and every field to copy."""
    profile = profile_or_404(request, public_id)
    profiles = profile_set(request.actor, profile.freelancer)
    record = record_of(profile.freelancer, as_of=timezone.localdate())
    context = {
        "preview": Preview(profiles.content_of(profiles.own(profile)), record),
        "profile": profile,
        "profiles": profiles,
        "tab": "preview",
    }
    return render(request, "profiles/preview.html", context)
