"""The page of a draft: it saves itself while it is typed, and without JavaScript by its button."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import ActorRequest, Permission
from accounts.notices import tell_with_undo
from profiles.content import ENTRY_TYPES, SHARED
from profiles.draft_forms import DraftForm
from profiles.draft_page import DraftPage, Sent, conflicts_of
from profiles.draft_services import Saved, draft_save
from profiles.entry_forms import entry_forms
from profiles.models import Profile

PAGE = "profiles/draft.html"
ANSWER = "profiles/draft/answer.html"
"""What an htmx request gets: what is saved, what is not, and what the checks say now."""


def profile_or_404(request: ActorRequest, public_id: str) -> Profile:
    rows = Profile.objects.for_actor(request.actor).kept().select_related("freelancer")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: ActorRequest, public_id: str) -> HttpResponse:
    """The draft as it is stored, or with what was sent: each field is saved by itself."""
    profile = profile_or_404(request, public_id)
    if request.method == "POST":
        request.actor.require(Permission.CHANGE)
        with _removed_is_404():
            return _texts_save(request, profile)
    page = DraftPage(request.actor, profile, timezone.localdate())
    page.blank_in = request.GET.get("add", "")
    return render(request, PAGE, _context(page))


@require_POST
def list_save(request: ActorRequest, public_id: str, name: str) -> HttpResponse:
    """Save one list; its buttons add an empty entry or take one away."""
    profile = profile_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    if name not in ENTRY_TYPES or (name in SHARED and not profile.is_general):
        raise Http404
    with _removed_is_404():
        return _list_save(request, profile, name)


@contextmanager
def _removed_is_404() -> Iterator[None]:
    """A profile can be removed while the save of its last words is on its way."""
    try:
        yield
    except Profile.DoesNotExist:
        raise Http404 from None


def _texts_save(request: ActorRequest, profile: Profile) -> HttpResponse:
    take = request.POST.get("take", "")
    form = DraftForm(request.POST, profile=profile, only=set(request.POST) - {take})
    typed = form.understood
    saved = draft_save(
        actor=request.actor, profile=profile, values=typed, seen=_seen(request, typed)
    )
    is_fine = not form.errors and not saved.conflicts
    if not request.htmx and is_fine:
        return _saved_redirect(request, saved)
    page = DraftPage(request.actor, saved.profile, timezone.localdate(), form)
    page.sent, page.saved, page.taken = Sent(typed, _seen(request, form.fields)), saved, take
    page.conflicts = conflicts_of(request.actor, saved, typed)
    return _answer(request, page, is_fine=is_fine)


def _list_save(request: ActorRequest, profile: Profile, name: str) -> HttpResponse:
    """Its forms are shown anew where a button asked for it, else they stay as they are on the page:
    somebody is typing in them."""
    forms = entry_forms(name, getattr(profile, name), data=request.POST)
    page = DraftPage(request.actor, profile, timezone.localdate())
    page.list_name, page.bound_list = name, forms
    page.blank_in = name if "add" in request.POST else ""
    page.shows_list_anew = bool({"add", "remove", "raise", "keep", "take"} & set(request.POST))
    if not forms.is_valid():
        page.sent = Sent({}, _seen(request, [name]))
        return _answer(request, page, is_fine=False)
    value = forms.value(removed=_position(request, "remove"), raised=_position(request, "raise"))
    if request.POST.get("take") == name:
        value = getattr(profile, name)
    seen = _seen(request, [name])
    saved = draft_save(
        actor=request.actor,
        profile=profile,
        values={name: value},
        seen=seen,
        stands_alone=bool({"remove", "raise"} & set(request.POST)),
    )
    page.profile, page.saved, page.sent = saved.profile, saved, Sent({name: value}, seen)
    page.conflicts = conflicts_of(request.actor, saved, {name: value})
    if not saved.conflicts:
        page.bound_list = None
        if not request.htmx:
            return _saved_redirect(request, saved, name, is_adding="add" in request.POST)
    return _answer(request, page, is_fine=not saved.conflicts)


def _position(request: ActorRequest, button: str) -> int | None:
    """The position of the entry whose button was pressed."""
    text = request.POST.get(button, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _seen(request: ActorRequest, names: Iterable[str]) -> dict[str, str]:
    """The fingerprints that the edits started from; none where "keep mine" was pressed."""
    keep = request.POST.get("keep", "")
    return {name: request.POST.get(f"seen_{name}", "") for name in names if name != keep}


def _answer(request: ActorRequest, page: DraftPage, *, is_fine: bool) -> HttpResponse:
    # A script takes 200: what is wrong stands beside its field, and the rest is saved.
    status = 200 if request.htmx or is_fine else 422
    return render(request, ANSWER if request.htmx else PAGE, _context(page), status=status)


def _context(page: DraftPage) -> dict[str, Any]:
    return {"page": page, "profile": page.profile, "profiles": page.profiles, "tab": "draft"}


def _saved_redirect(
    request: ActorRequest, saved: Saved, name: str = "", *, is_adding: bool = False
) -> HttpResponse:
    url = reverse("profiles:draft", args=[saved.profile.public_id])
    if saved.changes:
        undo = reverse("profiles:change_undo", args=[saved.changes[-1].public_id])
        tell_with_undo(request, _("Saved."), undo)
    elif not is_adding:
        messages.info(request, _("Nothing was different, so nothing was saved."))
    return redirect(f"{url}{f'?add={name}' if is_adding else ''}{f'#list-{name}' if name else ''}")
