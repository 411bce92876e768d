"""The list of contracts, its exports, one contract's page, and undo."""

import tempfile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from accounts.notices import tell_with_undo
from contracts.contract_forms import LogEntryForm
from contracts.contract_list import ContractList
from contracts.contract_page import ContractPage, contract_of, event_lines
from contracts.exports import csv_lines, log_lines, workbook_write
from contracts.filters import ContractFilterForm
from contracts.models import Contract, LogEntry
from contracts.models.contracts import ContractQuerySet
from contracts.undo import event_undo, undoable_event

#: The pages beside the contract's own on which a change can be made and undone.
UNDO_LEADS_TO = ("contracts:closeout", "today")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def contract_list(request: ActorRequest) -> HttpResponse:
    """Contracts by filter, sorted and paged: the whole page, or the table alone for htmx."""
    page = ContractList(actor=request.actor, query=request.GET, as_of=timezone.localdate())
    whole = not request.htmx or request.htmx.history_restore_request
    template = "contracts/list.html" if whole else "contracts/list.html#results"
    response = render(request, template, {"list": page})
    # Without it the browser's Back would show a fragment that it kept under the page's address.
    patch_vary_headers(response, ["HX-Request"])
    return response if whole else push_url(response, reverse("contracts:list") + page.query)


@require_safe
def export_csv(request: ActorRequest) -> HttpResponseBase:
    """The selection as format D, streamed."""
    response = StreamingHttpResponse(
        csv_lines(log_lines(_selected(request))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name()}.csv"'
    return response


@require_safe
def export_xlsx(request: ActorRequest) -> HttpResponseBase:
    """The selection as format D in a workbook."""
    # Not closed here but by the response, once it is sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    workbook_write(log_lines(_selected(request)), file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{_file_name()}.xlsx", content_type=XLSX
    )


def _selected(request: ActorRequest) -> ContractQuerySet:
    actor = request.actor
    form = ContractFilterForm(request.GET, actor=actor)
    rows = Contract.objects.for_actor(actor).of_choice(actor)
    return form.selection.apply(rows, timezone.localdate())


def _file_name() -> str:
    return f"contracts-{timezone.localdate().isoformat()}"


@require_safe
def contract(request: ActorRequest, public_id: str) -> HttpResponse:
    """One contract: facts, feedback, log, timeline, payments; the payments alone for htmx."""
    page = ContractPage(
        actor=request.actor,
        contract=contract_of(request.actor, public_id),
        payments_page=request.GET.get("payments", ""),
    )
    return contract_response(request, page)


def contract_response(
    request: ActorRequest, page: ContractPage, *, log_form: LogEntryForm | None = None
) -> HttpResponse:
    """The contract's page, with the form for the log as it was sent where it has errors."""
    only_payments = request.htmx and request.htmx.target == "payments"
    template = "contracts/contract.html#payments" if only_payments else "contracts/contract.html"
    context = {
        "page": page,
        "contract": page.contract,
        "log_form": log_form or LogEntryForm(row=LogEntry()),
    }
    return render(request, template, context, status=422 if log_form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Undo a change: at once for htmx; without JavaScript the link leads to a page that asks."""
    request.actor.require(Permission.CHANGE)
    try:
        event = undoable_event(actor=request.actor, public_id=public_id)
    except AuditEvent.DoesNotExist:
        raise Http404 from None
    if request.method != "POST":
        context = {"event": event, "lines": event_lines(event)}
        return render(request, "contracts/undo.html", context)
    try:
        event_undo(actor=request.actor, event=event)
    except Contract.DoesNotExist:
        raise Http404 from None
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    back = request.GET.get("back", "")
    url = (
        reverse(back)
        if back in UNDO_LEADS_TO
        else reverse("contracts:contract", args=[event.target_id])
    )
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def tell_saved(
    request: ActorRequest,
    words: str,
    event: AuditEvent | None,
    *,
    undo: str = "contracts:change_undo",
) -> None:
    """Say above the next page that it is saved, with the way back: the route that undoes it."""
    if event is None:
        messages.info(request, _("Nothing was different, so nothing was saved."))
        return
    tell_with_undo(request, words, reverse(undo, args=[event.public_id]))
