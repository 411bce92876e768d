"""The frame's own pages: search and command palette, shortcuts, light and dark."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest
from contracts.models import Contract
from freelance_ops.frame import THEMES

FOUND_AT_MOST = 8
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that the palette jumps to, and words that find it beside its label."""

    label: Promise
    url_name: str
    words: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def matches(self, words: str) -> bool:
        return words.lower() in f"{self.label} {self.words}".lower()


DESTINATIONS = (
    Destination(_("Today"), "today", "dashboard home"),
    Destination(_("Contracts"), "contracts:list", "jobs clients"),
    Destination(_("Import an export from Upwork"), "contracts:import_start", "csv xlsx upload"),
    Destination(_("Ratings and closing dates"), "contracts:grid", "grid feedback"),
    Destination(_("Close-out board"), "contracts:closeout", "ping remind due feedback client"),
    Destination(_("Messages to clients"), "contracts:messages", "template words ping language"),
    Destination(_("Job Success Score"), "jss:score", "jss roadmap"),
    Destination(_("Profiles"), "profiles:index", "overview title skills rate draft version"),
    Destination(_("Proposals"), "proposals:board", "funnel board draft sent replied won lost"),
    Destination(_("What works"), "proposals:works", "reply rate template niche connects learn"),
    Destination(_("Calendar address"), "accounts:calendar", "ics ical feed subscribe due"),
    Destination(_("Settings"), "accounts:settings", "time zone currency account"),
)


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """Contracts and pages that match; the palette's list, or a whole page without JavaScript."""
    words = request.GET.get("q", "").strip()
    contracts = (
        Contract.objects.for_actor(request.actor)
        .search(words)
        .select_related("client", "freelancer")
        .order_by("-changed_at")[:FOUND_AT_MOST]
        if words
        else []
    )
    pages = [place for place in DESTINATIONS if place.matches(words)]
    template = "frame/search.html#results" if request.htmx else "frame/search.html"
    return render(request, template, {"words": words, "contracts": contracts, "pages": pages})


@require_safe
def keys(request: ActorRequest) -> HttpResponse:
    """The keyboard shortcuts as a page."""
    return render(request, "frame/keys.html")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponseRedirect:
    """Light, dark, or as the system has it: kept in a cookie, so that it holds before sign-in."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
