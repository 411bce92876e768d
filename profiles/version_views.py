"""Versions of a profile: publishing, comparing any two, and taking one up again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from profiles.draft_views import profile_or_404
from profiles.models import Profile, ProfileVersion
from profiles.version_forms import CompareForm, PublishForm
from profiles.version_page import VersionPage
from profiles.version_services import version_publish, version_restore


@require_safe
def versions(request: ActorRequest, public_id: str) -> HttpResponse:
    """All versions, and the comparison of two that stand in the address."""
    profile = profile_or_404(request, public_id)
    return _versions_response(request, profile)


@require_POST
def publish(request: ActorRequest, public_id: str) -> HttpResponse:
    """Freeze the draft as a version."""
    profile = profile_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    today = timezone.localdate()
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            version = version_publish(
                actor=request.actor, profile=profile, today=today, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("Version %(number)s is kept. Now paste it into Upwork, field by field.")
            messages.success(request, words % {"number": version.number})
            return redirect("profiles:preview", public_id)
    return _versions_response(request, profile, publish_form=form, status=422)


@require_POST
def restore(request: ActorRequest, public_id: str) -> HttpResponse:
    """Make the draft say what a version said."""
    rows = ProfileVersion.objects.for_actor(request.actor).select_related("profile__freelancer")
    version = get_object_or_404(rows, public_id=public_id, profile__removed_at=None)
    request.actor.require(Permission.CHANGE)
    saved = version_restore(actor=request.actor, version=version)
    if saved.changes:
        words = _("The draft says again what version %(number)s said.")
        messages.success(request, words % {"number": version.number})
    else:
        words = _("The draft says already what version %(number)s said.")
        messages.info(request, words % {"number": version.number})
    return redirect("profiles:draft", saved.profile.public_id)


def _versions_response(
    request: ActorRequest,
    profile: Profile,
    *,
    publish_form: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = VersionPage(request.actor, profile)
    compare_form = CompareForm(request.GET or None, versions=page.versions)
    context = {
        "page": page,
        "profile": profile,
        "profiles": page.profiles,
        "publish_form": publish_form or PublishForm(initial={"published_on": timezone.localdate()}),
        "compare_form": compare_form,
        "differences": page.compared(*compare_form.chosen),
        "tab": "versions",
    }
    return render(request, "profiles/versions.html", context, status=status)
