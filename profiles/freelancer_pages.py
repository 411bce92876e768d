"""What the pages about a freelancer's profiles as a whole have in common."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.actors import ActorRequest
from accounts.models import Freelancer
from profiles.models import Profile
from profiles.selectors import ProfileSet, profile_set


def freelancer_or_404(request: ActorRequest, public_id: str) -> Freelancer:
    return get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)


def general_of(profiles: ProfileSet) -> Profile | None:
    """The general profile with its freelancer at hand, as the header of the pages reads it."""
    if profiles.general:
        profiles.general.freelancer = profiles.freelancer
    return profiles.general


def needs_general(request: ActorRequest) -> HttpResponse:
    """To the list of profiles, where the general one is begun: these pages are about it."""
    messages.info(request, _("Write the general profile first: then there is something to go by."))
    return redirect("profiles:index")


def profiles_or_start(request: ActorRequest, public_id: str) -> ProfileSet | HttpResponse:
    """The freelancer's profiles; without a general one the way to where it is begun.

    Raises `Http404` for a freelancer whom the actor doesn't see.
    """
    profiles = profile_set(request.actor, freelancer_or_404(request, public_id))
    return profiles if general_of(profiles) else needs_general(request)
