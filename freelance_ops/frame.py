"""What every page's frame shows: navigation, the switcher, light and dark."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark")

# Sections that exist; the pages that come later are added here with them.
SECTIONS: tuple[tuple[str, str, Promise], ...] = (
    ("today", "today", _("Today")),
    ("contracts", "contracts:list", _("Contracts")),
    ("jss", "jss:score", _("Job Success")),
    ("profiles", "profiles:index", _("Profiles")),
    ("proposals", "proposals:board", _("Proposals")),
)


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the navigation, as the templates show it."""

    label: Promise
    url: str
    icon: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html."""
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": getattr(request, "actor", None),
        "memberships": getattr(request, "memberships", []),
        "freelancers": getattr(request, "freelancers", []),
        "navigation": navigation(request),
        "theme": theme if theme in THEMES else "",
    }


def navigation(request: HttpRequest) -> list[NavigationItem]:
    if not getattr(request, "actor", None):
        return []
    match = request.resolver_match
    current = (match.app_names[0] if match.app_names else match.url_name) if match else ""
    return [
        NavigationItem(label, reverse(url), f"frame/icons/{name}.html", name == current)
        for name, url, label in SECTIONS
    ]
