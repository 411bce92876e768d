"""Making, editing, closing, reopening and deleting a contract."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile
from contracts.closeout import acts
from contracts.contract_forms import CloseForm, ContractForm, DeliverForm, RowForm, sent
from contracts.contract_page import ContractPage, contract_of
from contracts.contract_services import HasPayments, contract_create, contract_delete, contract_edit
from contracts.contract_views import tell_saved
from contracts.models import Contract


@require_http_methods(["GET", "HEAD", "POST"])
def contract_new(request: ActorRequest) -> HttpResponse:
    """A contract by hand, for what no export holds."""
    actor = request.actor
    actor.require(Permission.CHANGE)
    blank = Contract(currency=actor.freelancer.currency if actor.freelancer else "USD")
    form = ContractForm(sent(request), row=blank, actor=actor)
    if form.is_valid():
        freelancer = form.cleaned_data["freelancer"]
        try:
            made = contract_create(actor=actor, freelancer=freelancer, **form.changes)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("The contract is added."))
            return redirect("contracts:contract", made.public_id)
    return render(
        request, "contracts/contract_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contract_change(request: ActorRequest, public_id: str) -> HttpResponse:
    """Every field of a contract."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    form = ContractForm(sent(request), row=contract, actor=request.actor)
    return _edited(request, contract, form, "contracts/contract_form.html")


@require_http_methods(["GET", "HEAD", "POST"])
def contract_end(request: ActorRequest, public_id: str) -> HttpResponse:
    """When it ended, who ended it, and why; also to correct an end."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    form = CloseForm(sent(request), row=contract)
    return _edited(request, contract, form, "contracts/close.html")


@require_http_methods(["GET", "HEAD", "POST"])
def contract_deliver(request: ActorRequest, public_id: str) -> HttpResponse:
    """The final delivery, which starts the cadence (C3)."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    form = DeliverForm(sent(request), row=contract)
    template, place = "contracts/closeout/deliver.html", "contracts:contract_closeout"
    return _edited(request, contract, form, template, place)


def _edited(
    request: ActorRequest,
    contract: Contract,
    form: RowForm,
    template: str,
    place: str = "contracts:contract",
) -> HttpResponse:
    """Save what a form sent and go to the contract, or show the form (again)."""
    title = contract.title
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            event = contract_edit(actor=request.actor, contract=contract, seen=seen, **form.changes)
        except ChangedMeanwhile:
            form.tell_conflicts(contract_of(request.actor, contract.public_id))
        except ValidationError as error:
            form.take_errors(error)
        else:
            tell_saved(request, _("Saved."), event)
            return redirect(place, contract.public_id)
    context = {"form": form, "contract": contract, "title": title}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def contract_open_again(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take the end of a contract back."""
    request.actor.require(Permission.CHANGE)
    contract = contract_of(request.actor, public_id)
    event = acts.contract_open_again(actor=request.actor, contract=contract)
    tell_saved(request, _("The contract is open again."), event)
    return redirect("contracts:contract", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_remove(request: ActorRequest, public_id: str) -> HttpResponse:
    """Ask, then delete a contract that has no payments."""
    request.actor.require(Permission.CHANGE)
    page = ContractPage(actor=request.actor, contract=contract_of(request.actor, public_id))
    refused = False
    if request.method == "POST":
        try:
            contract_delete(actor=request.actor, contract=page.contract)
        except HasPayments:
            refused = True
        else:
            words = _("“%(title)s” is deleted.") % {"title": page.contract.title}
            messages.success(request, words)
            return redirect("contracts:list")
    context = {"page": page, "contract": page.contract}
    return render(request, "contracts/delete.html", context, status=422 if refused else 200)
