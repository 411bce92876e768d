"""The page of the ledger of connects: what came, what it went for, what is left (B6)."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedSince
from accounts.formats import number
from accounts.models import AuditEvent, Freelancer
from accounts.notices import tell_with_undo
from proposals.connects_forms import BalanceForm, EntryForm, PasteForm
from proposals.connects_import import entries_import, purchases_import
from proposals.connects_page import ConnectsPage, team_rows
from proposals.connects_services import (
    UNDOABLE,
    FallsShort,
    Kept,
    balance_correct,
    change_undo,
    entry_add,
    entry_remove,
)
from proposals.models import ConnectsEntry
from proposals.proposal_connects import proposal_refund

FRAGMENTS: Final = {"entries": "proposals/connects/table.html"}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def connects(request: ActorRequest) -> HttpResponse:
    """The ledger of the freelancer chosen in the switcher; with everybody chosen, a list."""
    if request.actor.freelancer:
        return _response(request, request.actor.freelancer)
    rows = team_rows(request.actor, request.freelancers, today=timezone.localdate())
    return render(request, "proposals/connects_team.html", {"rows": rows})


@require_safe
def connects_of(request: ActorRequest, public_id: str) -> HttpResponse:
    """One freelancer's ledger."""
    return _response(request, _freelancer(request, public_id))


@require_POST
def entry_create(request: ActorRequest, public_id: str) -> HttpResponse:
    """Note one movement; where the balance would go below zero, ask how many there were."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = EntryForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _response(request, freelancer, status=422, entry_form=form)
    try:
        event = entry_add(actor=request.actor, freelancer=freelancer, **form.values)
    except FallsShort as refusal:
        form.asks_had = refusal.day.day == form.cleaned_data["on"]
        form.add_error("amount", refusal)
        return _response(request, freelancer, status=422, entry_form=form)
    _tell(request, _("Noted."), event)
    return _to_top(freelancer)


@require_POST
def balance_set(request: ActorRequest, public_id: str) -> HttpResponse:
    """Say how many connects there were on a day."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = BalanceForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _response(request, freelancer, status=422, balance_form=form)
    event = balance_correct(actor=request.actor, freelancer=freelancer, **form.cleaned_data)
    if event:
        _tell(request, _("Corrected."), event)
    else:
        messages.info(request, _("The ledger says exactly that already."))
    return _to_top(freelancer, request.POST.get("said", ""))


@require_POST
def history_paste(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keep what is understood of a pasted history; the rest stays in the field."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = PasteForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _response(request, freelancer, status=422, paste_form=form)
    kept = entries_import(
        actor=request.actor,
        freelancer=freelancer,
        rows=form.pasted.entries,
        with_alike=form.cleaned_data["with_alike"],
    )
    _tell_kept(request, kept, form.pasted.lapsed)
    if left := form.left(kept.alike):
        return _response(request, freelancer, status=422, paste_form=left)
    said = ",".join(f"{day.isoformat()}:{balance}" for day, balance in form.pasted.said)
    return _to_top(freelancer, said)


@require_POST
def purchases_take(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take over what the imported transactions say was bought."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE)
    with_alike = request.POST.get("with_alike") == "on"
    kept = purchases_import(actor=request.actor, freelancer=freelancer, with_alike=with_alike)
    _tell_kept(request, kept, 0)
    return redirect(_url(freelancer))


@require_POST
def entry_delete(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take an entry out, with the way back."""
    entry = _entry(request, public_id)
    request.actor.require(Permission.CHANGE)
    try:
        event = entry_remove(actor=request.actor, entry=entry)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        _tell(request, _("The entry is gone."), event)
    return redirect(_url(entry.freelancer))


@require_POST
def entry_came_back(request: ActorRequest, public_id: str) -> HttpResponse:
    """Note that what a proposal cost came back: the job was cancelled or taken down (B10)."""
    entry = _entry(request, public_id)
    request.actor.require(Permission.CHANGE)
    if entry.proposal is None:
        messages.warning(request, _("No proposal stands behind it: note what came back below."))
        return redirect(_url(entry.freelancer))
    try:
        refund = proposal_refund(actor=request.actor, proposal=entry.proposal)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        words = ngettext(
            "%(number)s connect came back.", "%(number)s connects came back.", refund.amount
        )
        messages.success(request, words % {"number": number(refund.amount)})
    return redirect(_url(entry.freelancer))


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Undo one change; without JavaScript the link leads to a page that asks."""
    events = AuditEvent.objects.for_actor(request.actor).select_related("for_freelancer")
    event = get_object_or_404(events, public_id=public_id, verb__in=UNDOABLE)
    if event.for_freelancer is None:
        return redirect("proposals:connects")
    request.actor.require(Permission.CHANGE)
    if request.method != "POST":
        context = {"event": event, "back": _url(event.for_freelancer)}
        return render(request, "proposals/connects_undo.html", context)
    try:
        change_undo(actor=request.actor, event=event)
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    url = _url(event.for_freelancer)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _freelancer(request: ActorRequest, public_id: str) -> Freelancer:
    return get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)


def _entry(request: ActorRequest, public_id: str) -> ConnectsEntry:
    rows = ConnectsEntry.objects.for_actor(request.actor)
    return get_object_or_404(rows.select_related("freelancer", "proposal"), public_id=public_id)


def _url(freelancer: Freelancer) -> str:
    return reverse("proposals:connects_of", args=[freelancer.public_id])


def _to_top(freelancer: Freelancer, said: str = "") -> HttpResponse:
    """To where the page says what happened: a form's own fragment would stay in the address."""
    query = f"?{urlencode({'said': said})}" if said else ""
    return redirect(f"{_url(freelancer)}{query}#content")


def _tell(request: ActorRequest, words: str, event: AuditEvent) -> None:
    tell_with_undo(request, words, reverse("proposals:connects_undo", args=[event.public_id]))


def _tell_kept(request: ActorRequest, kept: Kept, lapsed: int) -> None:
    words = ngettext("%(number)s entry noted.", "%(number)s entries noted.", kept.new)
    parts = [words % {"number": number(kept.new)}]
    if kept.same:
        words = ngettext(
            "%(number)s was there already.", "%(number)s were there already.", kept.same
        )
        parts.append(words % {"number": number(kept.same)})
    if lapsed:
        words = ngettext(
            "%(number)s about expiry was left out: the ledger works that out.",
            "%(number)s about expiry were left out: the ledger works that out.",
            lapsed,
        )
        parts.append(words % {"number": number(lapsed)})
    if kept.event:
        _tell(request, " ".join(parts), kept.event)
    else:
        messages.info(request, " ".join(parts))


def _response(
    request: ActorRequest, freelancer: Freelancer, *, status: int = 200, **forms: Any
) -> HttpResponse:
    today = timezone.localdate()
    page = ConnectsPage(
        actor=request.actor,
        freelancer=freelancer,
        today=today,
        page_number=request.GET.get("page", "1"),
        said_text=request.GET.get("said", ""),
    )
    context = {
        "page": page,
        "freelancer": freelancer,
        "entry_form": EntryForm(initial={"on": today}, today=today),
        "balance_form": BalanceForm(initial={"on": page.before_shortfall or today}, today=today),
        "paste_form": PasteForm(today=today),
    }
    template = FRAGMENTS.get(request.htmx.target or "", "proposals/connects.html")
    return render(request, template, context | forms, status=status)
