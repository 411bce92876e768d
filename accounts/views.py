"""Practices: starting one, switching between them and between freelancers."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import ActorRequest
from accounts.middleware import SESSION_FREELANCER, SESSION_PRACTICE
from accounts.models import Freelancer, Membership, User
from accounts.services import practice_create_solo


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
    membership = get_object_or_404(
        Membership.objects.select_related("practice"),
        user=request.user,
        practice__public_id=request.POST.get("practice", request.actor.practice.public_id),
    )
    chosen = request.POST.get("freelancer", "")
    if chosen:
        get_object_or_404(Freelancer, practice=membership.practice, public_id=chosen)
    request.session[SESSION_PRACTICE] = membership.practice.public_id
    request.session[SESSION_FREELANCER] = chosen
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(back if safe else "/")


def settings(request: ActorRequest) -> HttpResponse:
    """The freelancer's time zone, currency, formats and reminder hour."""
    return render(request, "contracts/_soon.html")
