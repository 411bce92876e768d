"""What every page's frame shows: navigation and the switcher."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the actor, whom one can switch to, and which section is open."""
    match = request.resolver_match
    return {
        "actor": getattr(request, "actor", None),
        "memberships": getattr(request, "memberships", []),
        "freelancers": getattr(request, "freelancers", []),
        "section": (match.app_names[0] if match and match.app_names else match.url_name)
        if match
        else "",
    }
