"""Practices: starting one, switching between them and between freelancers, settings."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor, ActorRequest, Permission
from accounts.forms import SettingsForms
from accounts.middleware import SESSION_FREELANCER, SESSION_PRACTICE
from accounts.models import Freelancer, Membership, User
from accounts.public_ids import get_by_public_id
from accounts.services import practice_create_solo
from accounts.switching import place_after_switch
from accounts.time_zones import zone_or_utc


@require_http_methods(["GET", "POST"])
def practice_start(request: HttpRequest) -> HttpResponse:
    """For a login without any practice: offer to start one."""
    user = cast("User", request.user)  # LoginRequiredMiddleware saw to it
    if Membership.objects.filter(user=user).exists():
        return redirect("today")
    if request.method == "POST":
        practice_create_solo(user=user)
        messages.success(request, _("Your practice is ready."))
        return redirect("today")
    return render(request, "accounts/practice_start.html")


@require_POST
def practice_switch(request: ActorRequest) -> HttpResponseRedirect:
    """Choose whose data is shown: a practice, and in it one freelancer or everybody."""
    practice_id = request.POST.get("practice", request.actor.practice.public_id)
    membership = next((m for m in request.memberships if m.practice.public_id == practice_id), None)
    if membership is None:
        raise Http404
    there = Actor(membership.user, membership.practice, membership)
    chosen = request.POST.get("freelancer", "")
    if chosen:
        get_by_public_id(Freelancer.objects.for_actor(there), chosen)
    request.session[SESSION_PRACTICE] = membership.practice.public_id
    request.session[SESSION_FREELANCER] = chosen
    return HttpResponseRedirect(place_after_switch(request, request.POST.get("next", "")))


@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest) -> HttpResponse:
    """A freelancer's time zone, currency and formats; names."""
    actor = request.actor
    if request.method == "GET":
        freelancer = _shown_freelancer(request)
        forms = SettingsForms(actor=actor, freelancer=freelancer)
        return _settings_page(request, forms, freelancer)
    actor.require(Permission.CHANGE)
    # The page says whose settings it showed: another tab may have switched since.
    freelancer = _named_freelancer(actor, request.POST.get("freelancer", ""))
    forms = SettingsForms(actor=actor, freelancer=freelancer, data=request.POST)
    if not forms.is_valid():
        return _settings_page(request, forms, freelancer, status=422)
    forms.save()
    messages.success(request, _("Saved."))
    query = f"?freelancer={freelancer.public_id}" if freelancer else ""
    return redirect(reverse("accounts:settings") + query)


def _settings_page(
    request: ActorRequest, forms: SettingsForms, freelancer: Freelancer | None, status: int = 200
) -> HttpResponse:
    context = {
        "forms": forms,
        "chosen": freelancer,
        "others": [row for row in request.freelancers if row != freelancer],
        "now": timezone.now().astimezone(zone_or_utc(freelancer.time_zone)) if freelancer else None,
    }
    return render(request, "accounts/settings.html", context, status=status)


def _named_freelancer(actor: Actor, public_id: str) -> Freelancer | None:
    """The freelancer that an id names; None for no id, 404 for one that the actor does not see."""
    if not public_id:
        return None
    found: Freelancer = get_by_public_id(Freelancer.objects.for_actor(actor), public_id)
    return found


def _shown_freelancer(request: ActorRequest) -> Freelancer | None:
    """The freelancer in the address, else the chosen one, else the actor's own."""
    if named := _named_freelancer(request.actor, request.GET.get("freelancer", "")):
        return named
    own = (row for row in request.freelancers if row.user_id == request.actor.user.pk)
    return request.actor.freelancer or next(own, None)
