"""The page of the weekly figures: what each version earned as a landing page (P7)."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.formats import day, number
from accounts.models import Freelancer
from profiles.figures_forms import PasteForm, WeekForm, lines_from
from profiles.figures_page import FiguresPage
from profiles.figures_services import Noted, week_remove, weeks_note
from profiles.freelancer_pages import freelancer_or_404, general_of, needs_general
from profiles.models import WeeklyFigures
from profiles.selectors import ProfileSet, profile_set

FRAGMENTS: Final = {"weeks": "profiles/figures/table.html"}
"""What an htmx request gets, by the id of the element that it fills."""
MOST_PUT_BACK: Final = 60
"""Replaced weeks that an address can carry to put them back."""


@require_safe
def figures(request: ActorRequest, public_id: str) -> HttpResponse:
    """A freelancer's weeks; the version to look at stands in the address."""
    freelancer = freelancer_or_404(request, public_id)
    profiles = profile_set(request.actor, freelancer)
    return _response(request, profiles) if profiles.general else needs_general(request)


@require_POST
def week_add(request: ActorRequest, public_id: str) -> HttpResponse:
    """Note one week; a second time it replaces the first."""
    freelancer = freelancer_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = WeekForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _again(request, freelancer, week_form=form)
    noted = weeks_note(actor=request.actor, freelancer=freelancer, weeks=[form.week])
    params = {"day": day(form.week.starts_on)}
    if noted.new:
        messages.success(request, _("The week of %(day)s is noted.") % params)
    elif not noted.replaced:
        messages.info(request, _("The week of %(day)s says exactly that already.") % params)
    return redirect(_back_url(freelancer, noted))


@require_POST
def weeks_paste(request: ActorRequest, public_id: str) -> HttpResponse:
    """Note several weeks at once, all of them or none; removed weeks are put back by it too."""
    freelancer = freelancer_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = PasteForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _again(request, freelancer, paste_form=form)
    noted = weeks_note(actor=request.actor, freelancer=freelancer, weeks=form.cleaned_data["lines"])
    messages.success(request, _noted_words(noted))
    return redirect(_back_url(freelancer, noted))


@require_POST
def week_delete(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a week out, with the offer to put it back."""
    rows = WeeklyFigures.objects.for_actor(request.actor).select_related("freelancer")
    row = get_object_or_404(rows, public_id=public_id)
    request.actor.require(Permission.CHANGE)
    week = week_remove(actor=request.actor, figures=row)
    return redirect(_back_url(row.freelancer, Noted((), (week,), 0)))


def _noted_words(noted: Noted) -> str:
    words = ngettext("%(number)s week noted.", "%(number)s weeks noted.", len(noted.new))
    parts = [words % {"number": number(len(noted.new))}]
    if noted.same:
        words = ngettext(
            "%(number)s was there already.", "%(number)s were there already.", noted.same
        )
        parts.append(words % {"number": number(noted.same)})
    if replaced := len(noted.replaced):
        words = ngettext(
            "%(number)s replaced what was there.", "%(number)s replaced what was there.", replaced
        )
        parts.append(words % {"number": number(replaced)})
    return " ".join(parts)


def _back_url(freelancer: Freelancer, noted: Noted) -> str:
    """The page, with the offer to put back what was replaced or removed."""
    url = reverse("profiles:figures", args=[freelancer.public_id])
    if not 0 < len(noted.replaced) <= MOST_PUT_BACK:
        return url
    return f"{url}?{urlencode({'was': lines_from(noted.replaced)})}"


def _again(request: ActorRequest, freelancer: Freelancer, **forms: Any) -> HttpResponse:
    """The page with what was typed and what is wrong with it."""
    profiles = profile_set(request.actor, freelancer)
    if not profiles.general:
        return needs_general(request)
    return _response(request, profiles, status=422, **forms)


def _response(
    request: ActorRequest, profiles: ProfileSet, *, status: int = 200, **forms: Any
) -> HttpResponse:
    today = timezone.localdate()
    page = FiguresPage(
        actor=request.actor,
        profiles=profiles,
        today=today,
        asked_version=request.GET.get("version", ""),
        was_text=request.GET.get("was", ""),
        page_number=request.GET.get("page", "1"),
    )
    context = {
        "page": page,
        "profile": general_of(profiles),
        "profiles": profiles,
        "tab": "figures",
        "week_form": WeekForm(initial={"starts_on": page.next_week}, today=today),
        "paste_form": PasteForm(today=today),
    }
    template = FRAGMENTS.get(request.htmx.target or "", "profiles/figures.html")
    return render(request, template, context | forms, status=status)
