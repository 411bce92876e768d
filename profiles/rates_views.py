"""The page of the rates: every figure stands in the address, and is answered at once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import replace_url

from accounts.actors import ActorRequest, Permission
from accounts.formats import money
from profiles.freelancer_pages import freelancer_or_404, profiles_or_start
from profiles.known_record import record_of
from profiles.rate_services import target_rate_save
from profiles.rates_history import history_of
from profiles.rates_page import RatesPage
from profiles.selectors import ProfileSet

PAGE = "profiles/rates.html"
ANSWER = "profiles/rates/answers.html"
"""What an htmx request gets: each calculator's answer, and what is wrong beside its field."""


@require_safe
def rates(request: ActorRequest, public_id: str) -> HttpResponse:
    """The calculators, with their figures in the address, and the own rates' history."""
    profiles = profiles_or_start(request, public_id)
    if isinstance(profiles, HttpResponse):
        return profiles
    page = _page(profiles, request.GET.dict())
    if not request.htmx:
        return render(request, PAGE, _context(request, profiles, page))
    answer = render(request, ANSWER, {"page": page, "profile": profiles.general})
    # What was typed stays in the field while something of it is wrong.
    if not page.form.errors:
        replace_url(answer, f"{request.path}{'?' if page.query else ''}{page.query}")
    return answer


@require_POST
def target_rate(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keep the target rate, and go on with the same figures."""
    freelancer_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    profiles = profiles_or_start(request, public_id)
    if isinstance(profiles, HttpResponse):
        return profiles
    state = QueryDict(request.POST.get("state", "")).dict()
    page = _page(profiles, state | {"target": request.POST.get("target_rate", "")})
    if "target" in page.form.errors:
        return render(request, PAGE, _context(request, profiles, page), status=422)
    target = page.form.cleaned_data["target"]
    if target_rate_save(actor=request.actor, profile=page.profile, target=target):
        words = _("Your target rate is saved: %(rate)s an hour.")
        removed = _("You have no target rate any more.")
        said = words % {"rate": money(target)} if target is not None else removed
        messages.success(request, said)
    url = reverse("profiles:rates", args=[public_id])
    page.typed.pop("target", None)
    return redirect(f"{url}?{page.query}" if page.query else url)


def _page(profiles: ProfileSet, sent: Mapping[str, Any]) -> RatesPage:
    general = profiles.profiles[0]  # `profiles_or_start` has seen that there is one
    record = record_of(profiles.freelancer, as_of=timezone.localdate(), figures_only=True)
    return RatesPage(general, record, sent)


def _context(request: ActorRequest, profiles: ProfileSet, page: RatesPage) -> dict[str, Any]:
    return {
        "page": page,
        "history": history_of(request.actor, page.profile),
        "others": [each for each in profiles.profiles if each.rate is not None],
        "profile": profiles.general,
        "profiles": profiles,
        "tab": "rates",
    }
