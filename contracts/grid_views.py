"""The grid's page and the answers to what is typed into it."""

import datetime as dt
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedSince
from accounts.models import AuditEvent
from contracts.change_groups import UNDOABLE, change_count, change_group_undo, is_undo
from contracts.grid import PAGE_SIZE, Show, grid_contracts, in_grid_order, progress, shown
from contracts.grid_cells import Column
from contracts.grid_forms import CellForm, PageForm, PasteForm, UndoForm
from contracts.grid_rows import GridRow, grid_rows
from contracts.grid_saving import Saved, cells_save, visible_rows
from contracts.models import Contract

#: Which cells look different once one is saved: a closing date is what makes the others count.
_SHOWN_WITH = {
    Column.CLOSED_ON: (Column.CLOSED_ON, Column.ENDED_BY, Column.RATING),
    Column.ENDED_BY: (Column.ENDED_BY, Column.RATING),
}


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: ActorRequest) -> HttpResponse:
    """The page; and saving all of it at once, without JavaScript or to confirm its guesses."""
    if request.method == "POST":
        return _save_page(request)
    as_of = timezone.localdate()
    show = request.GET.get("show", Show.ALL)
    contracts = grid_contracts(request.actor, as_of).of_choice(request.actor)
    counts = progress(contracts)
    pages = Paginator(in_grid_order(shown(contracts, show)), PAGE_SIZE)
    pages.count = counts.needs if show == Show.NEEDS else counts.total  # counted already
    page = pages.get_page(request.GET.get("page"))
    context = {
        "rows": grid_rows(page, as_of, with_freelancer=_shows_freelancers(request)),
        "page": page,
        "progress": counts,
        "show": show,
        "page_number": page.number,
    }
    return render(request, "contracts/grid/page.html", context | _said(request))


def _save_page(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.CHANGE)
    as_of = timezone.localdate()
    form = PageForm(request.POST, actor=request.actor, as_of=as_of)
    edits = _or_404(form.edits)
    saved = _or_404(lambda: cells_save(actor=request.actor, edits=edits, today=as_of))
    if not saved.refused:
        return _back(request, saved.event)
    # The same rows in the same order, whatever they need now: nothing typed moves out of sight.
    context = {
        "rows": _fresh_rows(request, form.row_ids, as_of, answers=saved.answers),
        "progress": progress(grid_contracts(request.actor, as_of).of_choice(request.actor)),
        "refused": len(saved.refused),
        **_place(request),
        **_event_context(saved.event),
    }
    return render(
        request, "contracts/grid/page.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


@require_POST
def grid_cell(request: ActorRequest, public_id: str, column: str) -> HttpResponse:
    """Save one cell; answer with it and with what looks different because of it."""
    request.actor.require(Permission.CHANGE)
    if column not in set(Column):
        raise Http404
    as_of = timezone.localdate()
    contract = get_object_or_404(Contract.objects.for_actor(request.actor), public_id=public_id)
    form = CellForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    edit = form.edit(contract, Column(column))
    saved = _or_404(lambda: cells_save(actor=request.actor, edits=[edit], today=as_of))
    columns = _SHOWN_WITH.get(edit.column, (edit.column,))
    rows = _fresh_rows(request, [public_id], as_of, answers=saved.answers, columns=columns)
    return _answer(request, rows, saved=saved)


@require_POST
def grid_paste(request: ActorRequest) -> HttpResponse:
    """Save a block from a spreadsheet, cell by cell; one undo takes it all back."""
    request.actor.require(Permission.CHANGE)
    as_of = timezone.localdate()
    form = PasteForm(request.POST, actor=request.actor, as_of=as_of)
    if not form.is_valid():
        return _answer(request, [], problem=" ".join(map(str, form.errors.get("block", []))))
    edits = _or_404(form.edits)
    saved = _or_404(lambda: cells_save(actor=request.actor, edits=edits, today=as_of))
    ids = [edit.contract.public_id for edit in edits]
    rows = _fresh_rows(request, ids, as_of, answers=saved.answers)
    return _answer(request, rows, saved=saved, left_out=form.left_out(edits))


@require_POST
def grid_undo(request: ActorRequest) -> HttpResponse:
    """Take back a change or a whole paste, or redo what was taken back."""
    request.actor.require(Permission.CHANGE)
    as_of = timezone.localdate()
    form = UndoForm(request.POST, actor=request.actor, as_of=as_of)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    event_id = form.cleaned_data["event"]
    try:
        event, changed = change_group_undo(actor=request.actor, event_id=event_id)
    except ChangedSince as reason:
        return _not_undone(request, str(reason))
    except (AuditEvent.DoesNotExist, Contract.DoesNotExist) as error:
        raise Http404 from error
    if not request.htmx:
        return _back(request, event)
    on_page = set(form.row_ids)
    ids = [contract.public_id for contract in changed if contract.public_id in on_page]
    return _answer(request, _fresh_rows(request, ids, as_of), undone=event)


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def _or_404[ResultT](read: Callable[[], ResultT]) -> ResultT:
    try:
        return read()
    except Contract.DoesNotExist as error:
        raise Http404 from error


def _fresh_rows(
    request: ActorRequest, ids: Sequence[str], as_of: dt.date, **shown_as: Any
) -> list[GridRow]:
    rows = visible_rows(request.actor, ids, as_of)
    return grid_rows(rows, as_of, with_freelancer=_shows_freelancers(request), **shown_as)


def _shows_freelancers(request: ActorRequest) -> bool:
    """Whose contract it is needs saying where everybody's are shown."""
    return request.actor.freelancer is None


def _answer(
    request: ActorRequest,
    rows: list[GridRow],
    *,
    saved: Saved | None = None,
    undone: AuditEvent | None = None,
    problem: str = "",
    left_out: int = 0,
) -> HttpResponse:
    """Return the cells for the script to put in their places, the progress, and what to say."""
    as_of = timezone.localdate()
    refused = len(saved.refused) if saved else 0
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused or problem else HTTPStatus.OK
    if saved and saved.has_conflict:
        status = HTTPStatus.CONFLICT
    context = {
        "rows": rows,
        "progress": progress(grid_contracts(request.actor, as_of).of_choice(request.actor)),
        "refused": refused,
        "problem": problem,
        "left_out": left_out,
        **_place(request),
        **_event_context(saved.event if saved else undone),
    }
    return render(request, "contracts/grid/answer.html", context, status=status)


def _not_undone(request: ActorRequest, reason: str) -> HttpResponse:
    if request.htmx:
        response = _answer(request, [], problem=reason)
        response.status_code = HTTPStatus.CONFLICT
        return response
    messages.error(request, reason)
    return _back(request)


def _back(request: ActorRequest, done: AuditEvent | None = None) -> HttpResponseRedirect:
    """Lead to the page that the form was on; it says what was done and offers to undo it."""
    place = _place(request)
    kept = {"show": place["show"], "page": place["page_number"]}
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in kept.items() if value})
    if done:
        query["done"] = done.public_id
    return HttpResponseRedirect(f"{reverse('contracts:grid')}?{query.urlencode()}")


def _place(request: ActorRequest) -> dict[str, str]:
    """Which page of the grid a form or a request of the script comes from."""
    return {"show": request.POST.get("show", ""), "page_number": request.POST.get("page", "")}


def _said(request: ActorRequest) -> dict[str, Any]:
    """What the page says about the change that led to it."""
    events = AuditEvent.objects.for_actor(request.actor).filter(verb__in=UNDOABLE)
    public_id = request.GET.get("done")
    return _event_context(events.filter(public_id=public_id).first() if public_id else None)


def _event_context(event: AuditEvent | None) -> dict[str, Any]:
    if event is None:
        return {}
    return {"event": event, "changes": change_count(event), "is_undo": is_undo(event)}
