"""One proposal's place in the funnel: its page, writing again, out of the funnel and back (B5)."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts import formats
from accounts.actors import ActorRequest, Permission
from accounts.notices import tell_with_undo
from proposals.board_views import proposal_or_404
from proposals.funnel import next_follow_up
from proposals.models import Proposal
from proposals.proposal_services import proposal_change, proposal_put_back, proposal_remove
from proposals.stage_forms import FollowUpForm
from proposals.stage_page import StagePage


@require_safe
def stage(request: ActorRequest, public_id: str) -> HttpResponse:
    """Where a proposal stands, and a form to move it as of any day."""
    page = StagePage(request.actor, proposal_or_404(request, public_id))
    return render(request, "proposals/stage.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: ActorRequest, public_id: str) -> HttpResponse:
    """Set the day to write again: a day, none, or `wrote=1` for what the stage asks for.

    With GET it asks whether to set the day of its address: that is where “Undo” leads.
    """
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    data = request.POST if "on" in request.POST else request.GET
    form = FollowUpForm(data if request.method != "POST" or "on" in data else None)
    if "wrote" in request.POST:
        on: dt.date | None = next_follow_up(proposal.stage, wrote_on=timezone.localdate())
    elif form.is_valid():
        on = form.cleaned_data["on"]
    else:
        page = StagePage(request.actor, proposal, follow_up_form=form)
        return render(request, "proposals/stage.html", {"page": page}, status=422)
    if request.method != "POST":
        words = _("Write again on %(day)s?") if on else _("Write again without a day of your own?")
        return _ask(request, words % {"day": formats.day(on)}, _("Set it back"))
    _follow_up_set(request, proposal, on)
    return _back(request, proposal)


def _follow_up_set(request: ActorRequest, proposal: Proposal, on: dt.date | None) -> None:
    before = proposal.follow_up_on
    proposal_change(actor=request.actor, proposal=proposal, follow_up_on=on)
    words = _("“%(title)s”: write again on %(day)s.")
    if on is None:
        words = _("“%(title)s”: the day to write again is worked out by itself.")
    said = words % {"title": proposal.title, "day": formats.day(on)}
    url = reverse("proposals:follow_up", args=[proposal.public_id])
    tell_with_undo(request, said, f"{url}?on={before.isoformat() if before else ''}")


@require_POST
def remove(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a proposal out of the funnel, with the way back."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    proposal_remove(actor=request.actor, proposal=proposal)
    words = _("“%(title)s” is removed.") % {"title": proposal.title}
    tell_with_undo(request, words, reverse("proposals:put_back", args=[public_id]))
    return redirect("proposals:board")


@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: ActorRequest, public_id: str) -> HttpResponse:
    """Bring a removed proposal back; without JavaScript the link leads to a page that asks."""
    proposal = get_object_or_404(Proposal.objects.for_actor(request.actor), public_id=public_id)
    request.actor.require(Permission.CHANGE)
    if request.method != "POST":
        question = _("Put “%(title)s” back?") % {"title": proposal.title}
        return _ask(request, question, _("Put it back"))
    proposal_put_back(actor=request.actor, proposal=proposal)
    messages.success(request, _("The proposal is back."))
    return _to(request, reverse("proposals:stage", args=[public_id]))


def _ask(request: ActorRequest, question: str, words: str) -> HttpResponse:
    context = {"question": question, "words": words, "back": reverse("proposals:board")}
    return render(request, "frame/ask.html", context)


def _back(request: ActorRequest, proposal: Proposal) -> HttpResponse:
    """To where it was clicked: the board, or the proposal's own page."""
    if request.POST.get("back") == "stage":
        return _to(request, reverse("proposals:stage", args=[proposal.public_id]))
    return _to(request, reverse("proposals:board"))


def _to(request: ActorRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
