"""Feedback both ways, and the log, of one contract."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile
from accounts.models import AuditEvent
from contracts.contract_forms import ClientFeedbackForm, GivenFeedbackForm, LogEntryForm, sent
from contracts.contract_page import ContractPage, contract_of, feedback_of
from contracts.contract_services import feedback_edit
from contracts.contract_views import contract_response, tell_saved
from contracts.log_services import (
    given_feedback_change,
    log_entry_add,
    log_entry_change,
    log_entry_delete,
)
from contracts.models import Contract, Feedback, LogEntry

FROM_CLIENT = Feedback.Direction.FROM_CLIENT
DIRECTIONS = {way.value.replace("_", "-"): way for way in Feedback.Direction}


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: ActorRequest, public_id: str, direction: str) -> HttpResponse:
    """What one side said of the other: stars, part scores, comment, private rating."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    way = _way(direction)
    stored = feedback_of(contract, way)
    form_class = ClientFeedbackForm if way == FROM_CLIENT else GivenFeedbackForm
    form = form_class(sent(request), row=stored or Feedback())
    if form.is_valid():
        try:
            event = _save(request, contract, way, form)
        except ChangedMeanwhile:
            form.tell_conflicts(feedback_of(contract, way) or Feedback())
        except ValidationError as error:
            form.take_errors(error)
        else:
            tell_saved(request, _("The feedback is saved."), event)
            return redirect("contracts:contract", public_id)
    context = {"form": form, "contract": contract, "stored": stored, "way": way}
    status = 422 if form.is_bound else 200
    return render(request, "contracts/feedback_form.html", context, status=status)


def _way(direction: str) -> Feedback.Direction:
    try:
        return DIRECTIONS[direction]
    except KeyError:
        raise Http404 from None


def _save(
    request: ActorRequest, contract: Contract, way: Feedback.Direction, form: GivenFeedbackForm
) -> AuditEvent | None:
    save = feedback_edit if way == FROM_CLIENT else given_feedback_change
    seen = form.cleaned_data["seen"]
    return save(actor=request.actor, contract=contract, seen=seen, **form.changes)


@require_POST
def feedback_remove(request: ActorRequest, public_id: str, direction: str) -> HttpResponse:
    """Take back what was entered here: the contract then has no feedback."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    save = feedback_edit if _way(direction) == FROM_CLIENT else given_feedback_change
    event = save(actor=request.actor, contract=contract, public_rating=None)
    tell_saved(request, _("The feedback is taken out."), event)
    return redirect("contracts:contract", public_id)


@require_POST
def log_add(request: ActorRequest, public_id: str) -> HttpResponse:
    """Write into the log; with errors the contract's page comes back with what was typed."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    form = LogEntryForm(request.POST, row=LogEntry())
    if not form.is_valid():
        page = ContractPage(actor=request.actor, contract=contract)
        return contract_response(request, page, log_form=form)
    event = log_entry_add(actor=request.actor, contract=contract, **form.changes)
    tell_saved(request, _("Written into the log."), event)
    return redirect(reverse("contracts:contract", args=[public_id]) + "#log")


@require_http_methods(["GET", "HEAD", "POST"])
def log_entry(request: ActorRequest, public_id: str, entry_id: str) -> HttpResponse:
    """One entry of the log, to change it."""
    request.actor.require(Permission.CHANGE)
    entry = _entry(request, public_id, entry_id)
    form = LogEntryForm(sent(request), row=entry)
    if form.is_valid():
        event = log_entry_change(actor=request.actor, entry=entry, **form.changes)
        tell_saved(request, _("The entry is saved."), event)
        return redirect(reverse("contracts:contract", args=[public_id]) + "#log")
    context = {"form": form, "entry": entry, "contract": entry.contract}
    status = 422 if form.is_bound else 200
    return render(request, "contracts/log_form.html", context, status=status)


@require_POST
def log_remove(request: ActorRequest, public_id: str, entry_id: str) -> HttpResponse:
    """Delete an entry of the log; the undo brings it back."""
    request.actor.require(Permission.CHANGE)
    event = log_entry_delete(actor=request.actor, entry=_entry(request, public_id, entry_id))
    tell_saved(request, _("The entry is deleted."), event)
    return redirect(reverse("contracts:contract", args=[public_id]) + "#log")


def _entry(request: ActorRequest, public_id: str, entry_id: str) -> LogEntry:
    rows = LogEntry.objects.for_actor(request.actor).filter(
        contract__public_id=public_id, public_id=entry_id
    )
    found = rows.select_related("contract__client", "contract__freelancer").first()
    if found is None:
        raise Http404
    return found
