"""Puts `request.actor` on each request of a signed-in user."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.actors import Actor
from accounts.formats import DEFAULT_LOCALE, reader_locale
from accounts.models import Freelancer, Membership, User
from accounts.time_zones import zone_or_utc

SESSION_PRACTICE = "practice_id"
SESSION_FREELANCER = "freelancer_id"
# Names of the routes of allauth, and the page that starts a practice.
WITHOUT_PRACTICE = ("account_", "mfa_", "accounts:practice_start")


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A NUL in an address names nothing here, and PostgreSQL takes none: 404 instead of an error.

    In what is posted, forms refuse it with a sentence beside the field.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return get_response(request)

    return middleware


class ActorMiddleware:
    """Find the membership and the switcher's choice, and switch to the reader's time zone.

    A user without any practice (an invitation withdrawn, a login made on the terminal) is led to a
    page that offers to start one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = find_actor(request, request.user) if isinstance(request.user, User) else None
        if actor is None:
            return self.get_response(request)
        request.actor = actor  # type: ignore[attr-defined]  # see ActorRequest
        reader = _reader(actor, request)
        zone = zone_or_utc(reader.time_zone) if reader else dt.UTC
        locale = reader.locale if reader else DEFAULT_LOCALE
        with timezone.override(zone), reader_locale(locale):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_arguments: object
    ) -> HttpResponseBase | None:
        """Every page but the login's own ones is about a practice."""
        match = request.resolver_match
        if hasattr(request, "actor") or not isinstance(request.user, User) or match is None:
            return None
        is_open = not getattr(view, "login_required", True)
        if is_open or match.view_name.startswith(WITHOUT_PRACTICE):
            return None
        return redirect("accounts:practice_start")


def find_actor(request: HttpRequest, user: User) -> Actor | None:
    """The actor that the session names, else the user's first membership; None without any."""
    memberships = list(
        Membership.objects.filter(user=user).select_related("practice", "user").order_by("pk")
    )
    if not memberships:
        return None
    _follow_practice(request, memberships)
    chosen = request.session.get(SESSION_PRACTICE)
    membership = next((m for m in memberships if m.practice.public_id == chosen), memberships[0])
    actor = Actor(membership.user, membership.practice, membership)
    freelancers = list(Freelancer.objects.for_actor(actor).in_order())
    wanted = request.session.get(SESSION_FREELANCER)
    only = freelancers[0] if len(freelancers) == 1 else None
    freelancer = next((f for f in freelancers if f.public_id == wanted), only)
    # The frame shows both; plain requests declare no such attributes.
    request.memberships = memberships  # type: ignore[attr-defined]
    request.freelancers = freelancers  # type: ignore[attr-defined]
    return Actor(membership.user, membership.practice, membership, freelancer)


def _follow_practice(request: HttpRequest, memberships: list[Membership]) -> None:
    """A link out of a mail or a calendar names its practice: that one is meant from here on."""
    named = request.GET.get("practice", "")
    is_theirs = any(membership.practice.public_id == named for membership in memberships)
    if is_theirs and named != request.session.get(SESSION_PRACTICE):
        request.session[SESSION_PRACTICE] = named
        request.session.pop(SESSION_FREELANCER, None)


def _reader(actor: Actor, request: HttpRequest) -> Freelancer | None:
    """Whose zone and formats the pages use: the reader's own, else the chosen freelancer's."""
    freelancers: list[Freelancer] = request.freelancers  # type: ignore[attr-defined]  # set above
    own = (f for f in freelancers if f.user_id == actor.user.pk)
    return next(own, actor.freelancer)
