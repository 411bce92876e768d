"""The close-out board, one contract's cadence, and the intervals."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.models import AuditEvent
from accounts.public_ids import get_by_public_id, is_public_id
from contracts.cadence import C3, StepKind
from contracts.closeout.acts import Act, StepChanged, closeout_act
from contracts.closeout.board import Board, BoardRow, board_rows
from contracts.closeout.forms import EventForm, IntervalsForm
from contracts.closeout.history import practice_intervals
from contracts.closeout.page import BoardPage, ContractCadence
from contracts.closeout.services import closeout_delete, closeout_record, intervals_change
from contracts.closeout.wording import due_words, step_label
from contracts.contract_forms import sent
from contracts.contract_page import contract_of
from contracts.contract_views import UNDO_LEADS_TO, tell_saved
from contracts.messages.services import client_language_change
from contracts.models import Client, CloseoutEvent, CloseoutIntervals, Contract, MessageLanguage


@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """The contracts by step, the due ones first."""
    rows = board_rows(actor=request.actor, as_of=timezone.localdate())
    only = request.GET.get("step", "")
    shown = Board(rows, only if only in {kind.value for kind in StepKind} else "")
    context = {"page": BoardPage(request.actor, shown)}
    return render(request, "contracts/closeout/board.html", context)


@require_POST
def act(request: ActorRequest, public_id: str) -> HttpResponse:
    """One click: sent, answered, closed, snooze …; then back to where it was clicked."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    chosen = request.POST.get("act", "")
    if chosen not in {known.value for known in Act}:
        raise Http404
    try:
        acted = closeout_act(
            actor=request.actor,
            contract=contract,
            act=Act(chosen),
            step_key=request.POST.get("step"),
        )
    except StepChanged:
        words = _("“%(title)s” has moved on since this page was made, so nothing was recorded.")
        messages.warning(request, words % {"title": contract.title})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _tell_next(request, acted.event, acted.row)
    return redirect(_place(request, public_id))


def _place(request: ActorRequest, public_id: str) -> str:
    """The page on which the button was clicked, with the step that it showed alone."""
    name = request.POST.get("back", "")
    if name not in UNDO_LEADS_TO:
        if not is_public_id(public_id):
            return reverse("contracts:closeout")
        return reverse("contracts:contract_closeout", args=[public_id])
    only = request.POST.get("only", "")
    is_step = name == "contracts:closeout" and only in {kind.value for kind in StepKind}
    return reverse(name) + (f"?step={only}" if is_step else "")


def _card(request: ActorRequest, public_id: str) -> str:
    """The same page at that contract's card, with its message open."""
    place = _place(request, public_id)
    if not is_public_id(public_id):
        return place
    return f"{place}{'&' if '?' in place else '?'}open={public_id}#card-{public_id}"


def _tell_next(request: ActorRequest, event: AuditEvent, row: BoardRow) -> None:
    """Say that it is noted and what comes next, with the way back."""
    if row.step:
        what_next = _("Next: %(step)s, %(due)s.")
        words = what_next % {"step": step_label(row.step.kind).lower(), "due": due_words(row)}
    else:
        words = _("Nothing is left to do there for now.")
    undo = reverse("contracts:change_undo", args=[event.public_id])
    back = request.POST.get("back", "")
    link = (
        '{} <strong>{}</strong>: {} <a class="font-medium underline" href="{}" hx-post="{}">{}</a>'
    )
    url = f"{undo}?back={back}" if back in UNDO_LEADS_TO else undo
    if row.contract.closed_on == row.as_of and not row.contract.rating:
        words = format_html(
            '{} <a class="font-medium underline" href="{}">{}</a>',
            _("Closed as of today."),
            reverse("contracts:contract_close", args=[row.contract.public_id]),
            _("Was it another day?"),
        )
    said = format_html(link, _("Noted."), row.contract.title, words, url, url, _("Undo"))
    messages.success(request, said)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_closeout(request: ActorRequest, public_id: str) -> HttpResponse:
    """One contract's cadence: its next step, what happened, and a form for another day."""
    contract = contract_of(request.actor, public_id)
    form = EventForm(sent(request))
    if request.method == "POST":
        request.actor.require(Permission.CHANGE)
        if form.is_valid():
            try:
                event = closeout_record(actor=request.actor, contract=contract, **form.cleaned_data)
            except ValidationError as error:
                form.take_errors(error)
            else:
                tell_saved(request, _("Noted."), event)
                return redirect("contracts:contract_closeout", public_id)
    return _contract_page(request, contract, form=form)


def _contract_page(
    request: ActorRequest,
    contract: Contract,
    *,
    form: EventForm | None = None,
    intervals: IntervalsForm | None = None,
) -> HttpResponse:
    practice = practice_intervals(request.actor.practice.pk)
    own = CloseoutIntervals.objects.for_actor(request.actor).filter(contract=contract).first()
    context = {
        "page": ContractCadence(request.actor, contract),
        "contract": contract,
        "form": form or EventForm(),
        "intervals": intervals or IntervalsForm(instance=own, inherited=practice),
    }
    is_bad = (form and form.is_bound) or (intervals and intervals.is_bound)
    template = "contracts/closeout/contract.html"
    return render(request, template, context, status=422 if is_bad else 200)


@require_POST
def event_delete(request: ActorRequest, public_id: str, event_id: str) -> HttpResponse:
    """Take back something that did not happen."""
    request.actor.require(Permission.CHANGE)
    events = CloseoutEvent.objects.for_actor(request.actor).select_related("contract")
    event = get_by_public_id(events.filter(contract__public_id=public_id), event_id)
    tell_saved(request, _("Taken back."), closeout_delete(actor=request.actor, event=event))
    return redirect("contracts:contract_closeout", public_id)


@require_POST
def contract_intervals(request: ActorRequest, public_id: str) -> HttpResponse:
    """This contract's own intervals."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    inherited = practice_intervals(request.actor.practice.pk)
    form = IntervalsForm(request.POST, inherited=inherited)
    if not form.is_valid():
        return _contract_page(request, contract, intervals=form)
    intervals_change(actor=request.actor, contract=contract, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("contracts:contract_closeout", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def intervals(request: ActorRequest) -> HttpResponse:
    """The practice's intervals."""
    actor = request.actor
    own = CloseoutIntervals.objects.for_actor(actor).filter(contract=None).first()
    form = IntervalsForm(sent(request), instance=own, inherited=C3)
    if request.method == "POST":
        actor.require(Permission.CHANGE_SHARED)
        if form.is_valid():
            intervals_change(actor=actor, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("contracts:closeout")
    context = {"form": form, "may_change": actor.may(Permission.CHANGE_SHARED)}
    status = 422 if form.is_bound else 200
    return render(request, "contracts/closeout/intervals.html", context, status=status)


@require_POST
def client_language(request: ActorRequest, public_id: str) -> HttpResponse:
    """The language in which a client's messages are written, from now on."""
    request.actor.require(Permission.CHANGE)
    client = get_by_public_id(Client.objects.for_actor(request.actor), public_id)
    language = request.POST.get("language", "")
    if language not in MessageLanguage.values:
        raise Http404
    client_language_change(actor=request.actor, client=client, language=language)
    return redirect(_card(request, request.POST.get("contract", "")))
