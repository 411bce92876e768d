"""The list of profiles, and what is done to a profile as a whole."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedSince
from accounts.models import Freelancer
from accounts.notices import tell_with_undo
from profiles.content_lines import lines_of
from profiles.dismissal_services import dismissal_remove, finding_dismiss
from profiles.draft_forms import DraftForm
from profiles.draft_page import DraftPage
from profiles.draft_services import (
    change_undo,
    draft_save,
    profile_create,
    profile_put_back,
    profile_remove,
)
from profiles.draft_views import profile_or_404
from profiles.field_names import field_name
from profiles.index_page import index_rows
from profiles.models import Dismissal, DraftChange, Profile
from profiles.pasting import cleaned
from profiles.text_diff import words_compared

PLACES = frozenset({"0", "1", "2"})


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The profiles of the chosen freelancer, or of everybody."""
    actor = request.actor
    chosen = [actor.freelancer] if actor.freelancer else list(request.freelancers)
    rows = index_rows(actor=actor, freelancers=chosen, today=timezone.localdate())
    return render(request, "profiles/index.html", {"rows": rows})


@require_POST
def create(request: ActorRequest, public_id: str) -> HttpResponse:
    """Begin the general profile, or the next specialised one."""
    freelancer = get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)
    request.actor.require(Permission.CHANGE)
    place = request.POST.get("place", "")
    try:
        profile = profile_create(
            actor=request.actor,
            freelancer=freelancer,
            position=int(place) if place in PLACES else None,
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("profiles:index")
    return redirect("profiles:draft", profile.public_id)


@require_POST
def remove(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a specialised profile away, with the way back."""
    profile = profile_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    try:
        removed = profile_remove(actor=request.actor, profile=profile)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("profiles:draft", public_id)
    words = _("“%(profile)s” is removed.") % {"profile": removed}
    tell_with_undo(request, words, reverse("profiles:put_back", args=[public_id]))
    return redirect("profiles:index")


@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: ActorRequest, public_id: str) -> HttpResponse:
    """Bring a removed profile back; without JavaScript the link leads to a page that asks."""
    rows = Profile.objects.for_actor(request.actor).select_related("freelancer")
    profile = get_object_or_404(rows, public_id=public_id)
    request.actor.require(Permission.CHANGE)
    url = reverse("profiles:index")
    if request.method != "POST":
        question = _("Put “%(profile)s” back?") % {"profile": profile}
        context = {"question": question, "words": _("Put it back"), "back": url}
        return render(request, "frame/ask.html", context)
    try:
        profile_put_back(actor=request.actor, profile=profile)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The profile is back."))
        url = reverse("profiles:draft", args=[public_id])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Undo one change of a draft; without JavaScript the link leads to a page that asks."""
    rows = DraftChange.objects.for_actor(request.actor).with_profile()
    change = get_object_or_404(rows, public_id=public_id, profile__removed_at=None)
    request.actor.require(Permission.CHANGE)
    if request.method != "POST":
        pieces = words_compared(
            lines_of(change.field, change.after), lines_of(change.field, change.before)
        )
        context = {"change": change, "name": field_name(change.field), "pieces": pieces}
        return render(request, "profiles/change.html", context)
    try:
        change_undo(actor=request.actor, change=change)
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    url = reverse("profiles:draft", args=[change.profile.public_id])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_POST
def clean(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take tags and invisible characters out of a text; undone like any other change."""
    profile = profile_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    name = request.POST.get("field", "")
    if isinstance(text := getattr(profile, name, None), str):
        # As if it had been typed: a title stays one line, whatever its tags stood for.
        form = DraftForm({name: cleaned(text)}, profile=profile, only={name})
        saved = draft_save(
            actor=request.actor,
            profile=profile,
            values=form.understood,
            seen={},
            stands_alone=True,
        )
        for change in saved.changes:
            url = reverse("profiles:change_undo", args=[change.public_id])
            tell_with_undo(request, _("Cleaned."), url)
    return redirect("profiles:draft", public_id)


@require_POST
def dismiss(request: ActorRequest, public_id: str) -> HttpResponse:
    """Set a finding aside; it must be one that the checks make now."""
    profile = profile_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    page = DraftPage(request.actor, profile, timezone.localdate())
    wanted = request.POST.get("key", "")
    shown = next((each for each in page.checked.open if each.key == wanted), None)
    problem = ""
    if shown is None:
        problem = _("The text has changed: what you set aside is not found any more.")
    else:
        try:
            finding_dismiss(
                actor=request.actor,
                profile=profile,
                key=shown.key,
                check_name=shown.finding.check,
                passage=shown.finding.passage,
                reason=request.POST.get("reason", ""),
            )
        except ValidationError as error:
            problem = " ".join(error.messages)
    return _checks_answer(request, profile, problem=problem, problem_key=wanted)


@require_POST
def take_up(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a finding up again that was set aside."""
    rows = Dismissal.objects.for_actor(request.actor).with_profile()
    dismissal = get_object_or_404(rows, public_id=public_id, profile__removed_at=None)
    request.actor.require(Permission.CHANGE)
    dismissal_remove(actor=request.actor, dismissal=dismissal)
    return _checks_answer(request, dismissal.profile)


def _checks_answer(
    request: ActorRequest, profile: Profile, *, problem: str = "", problem_key: str = ""
) -> HttpResponse:
    if not request.htmx:
        if problem:
            messages.warning(request, problem)
        return redirect(f"{reverse('profiles:draft', args=[profile.public_id])}#checks")
    page = DraftPage(request.actor, profile, timezone.localdate())
    context = {"page": page, "profile": profile, "problem": problem, "problem_key": problem_key}
    return render(request, "profiles/draft/checks.html", context)
