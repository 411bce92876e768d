"""The page of the checklists: Rising Talent, new features, the monthly look at the skills."""

import datetime as dt
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.models import Freelancer
from profiles.checklist_page import NEVER, ChecklistPage, list_of
from profiles.checklist_services import item_tick, skills_review
from profiles.freelancer_pages import freelancer_or_404, general_of, needs_general
from profiles.selectors import profile_set

LISTS: Final = {
    "rising": "profiles/checklists/rising.html",
    "features": "profiles/checklists/features.html",
}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def checklists(request: ActorRequest, public_id: str) -> HttpResponse:
    """All checklists of one freelancer."""
    page = _page(request, freelancer_or_404(request, public_id))
    return _response(request, page) if page else needs_general(request)


@require_POST
def tick(request: ActorRequest, public_id: str, item: str) -> HttpResponse:
    """Tick an item that only the person knows, or take the tick away (`done` is 1 or 0)."""
    freelancer = freelancer_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    name = list_of(item)
    if name is None:
        raise Http404
    page = _page(request, freelancer)
    if page is None:
        return needs_general(request)
    item_tick(
        actor=request.actor,
        freelancer=freelancer,
        item=item,
        is_done=request.POST.get("done") == "1",
        today=timezone.localdate(),
    )
    if request.htmx:
        return render(request, LISTS[name], {"page": page, "profile": page.general})
    url = reverse("profiles:checklists", args=[public_id])
    return redirect(f"{url}#{name}")


@require_POST
def skills_reviewed(request: ActorRequest, public_id: str) -> HttpResponse:
    """The skills were looked through today; or, taken back, on the `day` that stood there."""
    freelancer = freelancer_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    profiles = profile_set(request.actor, freelancer)
    if profiles.general is None:
        return needs_general(request)
    url = reverse("profiles:checklists", args=[public_id])
    today = timezone.localdate()
    given = request.POST.get("day")
    try:
        reviewed_on = _day(given) if given else today
        before = skills_review(
            actor=request.actor, profile=profiles.general, reviewed_on=reviewed_on, today=today
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(url)
    if given:
        messages.success(request, _("Taken back."))
    elif before != today:
        was = before.isoformat() if before else NEVER
        return redirect(f"{url}?{urlencode({'was': was})}#skills")
    return redirect(f"{url}#skills")


def _day(text: str) -> dt.date | None:
    if text == NEVER:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("That is not a day.")) from None


def _page(request: ActorRequest, freelancer: Freelancer) -> ChecklistPage | None:
    profiles = profile_set(request.actor, freelancer)
    general = general_of(profiles)
    if general is None:
        return None
    was = request.GET.get("was", "")
    return ChecklistPage(request.actor, profiles, general, timezone.localdate(), was)


def _response(request: ActorRequest, page: ChecklistPage) -> HttpResponse:
    context = {
        "page": page,
        "profile": page.general,
        "profiles": page.profiles,
        "tab": "checklists",
    }
    return render(request, "profiles/checklists.html", context)
