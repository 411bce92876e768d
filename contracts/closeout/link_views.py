"""The pages behind the one-click links of a mail; nobody has to sign in for them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.conflicts import ChangedSince
from accounts.readers import reading_as
from contracts.closeout.acts import LABELS, Act
from contracts.closeout.board import contract_row
from contracts.closeout.cards import cards_of
from contracts.closeout.links import (
    Link,
    LinkBroken,
    LinkExpired,
    LinkUsed,
    is_over,
    link_actor,
    link_contract,
    link_read,
    link_time_zone,
    link_undo,
    link_use,
    undo_token,
)
from contracts.models import Contract

TEMPLATE = "contracts/closeout/link.html"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closeout_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link would record, with a button; posting records it."""
    try:
        link = link_read(token)
        actor = link_actor(link)
        contract = link_contract(link, actor)
        with reading_as(actor, time_zone=link_time_zone(actor)):
            return _page(request, link, actor, contract)
    except LinkExpired:
        return _refused(request, _("This link is more than 30 days old and no longer works."), 410)
    except LinkBroken:
        words = _("This link does not work: it is incomplete, or you have no access any more.")
        return _refused(request, words, 404)


def _page(request: HttpRequest, link: Link, actor: Actor, contract: Contract) -> HttpResponse:
    if not actor.may_change:  # somebody's role has changed since the mail
        return _refused(request, _("Your role in this practice may only look."), 403)
    if request.method == "POST" and "undo" in request.POST:
        return _undone(request, link, actor, contract)
    if request.method == "POST":
        return _done(request, link, actor, contract)
    row = contract_row(actor=actor, contract=contract, as_of=timezone.localdate())
    if is_over(link, row):
        return _used(request, contract)
    context = {
        "contract": contract,
        "practice": actor.practice,
        "act": LABELS[Act(link.act)],
        "card": cards_of(actor, [row])[0],
    }
    return render(request, TEMPLATE, context)


def _done(request: HttpRequest, link: Link, actor: Actor, contract: Contract) -> HttpResponse:
    try:
        acted = link_use(link=link, actor=actor, contract=contract)
    except LinkUsed:
        return _used(request, contract)
    except ValidationError as error:
        return _refused(request, " ".join(error.messages), 409)
    context = {
        "contract": contract,
        "practice": actor.practice,
        "act": LABELS[Act(link.act)],
        "is_done": True,
        "undo": undo_token(link, acted.event),
        "card": cards_of(actor, [acted.row])[0],
    }
    return render(request, TEMPLATE, context)


def _undone(request: HttpRequest, link: Link, actor: Actor, contract: Contract) -> HttpResponse:
    try:
        link_undo(token=request.POST["undo"], link=link, actor=actor)
    except ChangedSince as refusal:
        return _refused(request, str(refusal), 409)
    return render(request, TEMPLATE, {"contract": contract, "is_undone": True})


def _used(request: HttpRequest, contract: Contract) -> HttpResponse:
    words = _(
        "This is noted already, or “%(title)s” has moved on since the mail was sent. Nothing was "
        "changed."
    )
    return _refused(request, words % {"title": contract.title}, 409)


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return render(request, TEMPLATE, {"refusal": words}, status=status)
