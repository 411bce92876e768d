"""The pages of an import: start, one page for all of its states, and the buttons on it.

A button whose moment has passed (a second click, another tab, the back button) changes nothing: the
answer is the page as it is now.
"""

from django.contrib import messages
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from accounts.actors import ActorRequest, Permission
from contracts import tasks
from contracts.import_forms import (
    DecisionForm,
    EncodingForm,
    OnlyFreelancerForm,
    SplitForm,
    UploadForm,
)
from contracts.import_page import FORMATS, ImportPage
from contracts.imports import services
from contracts.imports.bad_rows import bad_rows_csv
from contracts.imports.decisions import (
    NotDecidable,
    decision_save,
    freelancer_save,
    split_remove,
    split_save,
)
from contracts.imports.encodings import lines_as
from contracts.imports.undo import NotUndoable
from contracts.imports.undo import import_undo as undo
from contracts.models import ImportBatch, ImportItem

RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: ActorRequest) -> HttpResponse:
    """Drop a file or paste its rows; what can be imported and where it is found; earlier ones."""
    actor = request.actor
    if request.method != "POST":
        return _start(request, UploadForm(actor=actor))
    actor.require(Permission.CHANGE)
    form = UploadForm(request.POST, request.FILES, actor=actor)
    if not form.is_valid():
        return _start(request, form, status=422)
    content = form.content
    batch = services.import_create(
        actor=actor,
        freelancer=form.chosen_freelancer,
        content=content,
        file_name=form.file_name,
    )
    tasks.reading_start(batch.pk, at_once=services.is_small(content))
    return redirect("contracts:import_page", batch.public_id)


def _start(request: ActorRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    actor = request.actor
    batches = ImportBatch.objects.for_actor(actor).of_choice(actor).for_list()
    context = {
        "form": form,
        "batches": [
            {"batch": batch, "format": FORMATS.get(batch.format, "")} for batch in batches[:RECENT]
        ],
    }
    return render(request, "contracts/import/start.html", context, status=status)


@never_cache
@require_safe
def import_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One import in whatever state it is; its body alone for htmx, which asks while it works."""
    return _page(request, _batch(request, public_id))


def _batch(request: ActorRequest, public_id: str) -> ImportBatch:
    return get_object_or_404(
        ImportBatch.objects.for_actor(request.actor).for_page(), public_id=public_id
    )


def _page(
    request: ActorRequest,
    batch: ImportBatch,
    *,
    form: DecisionForm | None = None,
    split_form: SplitForm | None = None,
    changed: str = "",
) -> HttpResponse:
    page = ImportPage(
        actor=request.actor,
        batch=batch,
        query=request.GET,
        form=form,
        split_form=split_form,
        changed=changed,
    )
    whole = not request.htmx or request.htmx.history_restore_request
    template = "contracts/import/page.html" if whole else "contracts/import/page.html#body"
    polled = request.htmx and request.htmx.target == "import-progress"
    if polled and page.is_progressing:
        template = "contracts/import/page.html#progress"
    context = {"page": page, "batch": batch}
    if page.state == ImportBatch.State.NEEDS_ENCODING:
        context["lines"] = lines_as("cp1252", batch)
    status = 422 if form or split_form else 200
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if polled and not page.is_progressing:
        return reswap(retarget(response, "#import"), "outerHTML")
    return response


def _changeable(request: ActorRequest, public_id: str) -> ImportBatch:
    request.actor.require(Permission.CHANGE)
    return _batch(request, public_id)


def _now(request: ActorRequest, batch: ImportBatch, *, changed: str = "") -> HttpResponse:
    """The page as it is now: for htmx its body, otherwise by a redirect."""
    if request.htmx:
        return _page(request, _batch(request, batch.public_id), changed=changed)
    return _to_page(batch, request.GET.urlencode())


def _to_page(batch: ImportBatch, query: str = "", anchor: str = "") -> HttpResponseRedirect:
    url = reverse("contracts:import_page", args=[batch.public_id])
    return HttpResponseRedirect(url + (f"?{query}" if query else "") + anchor)


@require_POST
def import_decide(request: ActorRequest, public_id: str, key: str) -> HttpResponse:
    """Decide on one contract: what becomes of it, split it, join it again, or undo."""
    batch = _changeable(request, public_id)
    items = ImportItem.objects.filter(batch=batch).select_related("match", "batch")
    # PostgreSQL takes no NUL, and no key has one.
    item = items.filter(key=key.replace("\0", "")).first()
    if item is None:  # read anew meanwhile, so that this part no longer exists
        return _now(request, batch)
    try:
        refused = _decide(request, batch, item)
    except NotDecidable:
        return _now(request, batch)
    if refused is not None:
        return refused
    if request.htmx:
        return _now(request, batch, changed=key)
    return _to_page(batch, request.GET.urlencode(), f"#item-{item.number}")


def _decide(request: ActorRequest, batch: ImportBatch, item: ImportItem) -> HttpResponse | None:
    """Do what the button says; the page with its errors where the form has some."""
    actor, action = request.actor, request.POST.get("action")
    if action == "split":
        split = SplitForm(request.POST, item=item)
        if not split.is_valid():
            return _page(request, batch, split_form=split)
        split_save(actor=actor, batch=batch, item=item, day=split.cleaned_data["day"])
        _read_again(request, batch)
    elif action == "join":
        split_remove(actor=actor, batch=batch, item=item)
        _read_again(request, batch)
    elif action == "reset":
        decision_save(actor=actor, batch=batch, key=item.key, decision=None)
    else:
        form = DecisionForm(request.POST, batch=batch, item=item)
        if not form.is_valid():
            return _page(request, batch, form=form)
        decision_save(actor=actor, batch=batch, key=item.key, decision=form.decision)
    return None


def _read_again(request: ActorRequest, batch: ImportBatch, *, encoding: str | None = None) -> None:
    if services.reading_again(actor=request.actor, batch=batch, encoding=encoding):
        tasks.reading_start(batch.pk, at_once=services.is_read_quickly(batch))


@require_POST
def import_freelancer(request: ActorRequest, public_id: str) -> HttpResponse:
    """Import only the rows of one of the freelancers that the file names, or all."""
    batch = _changeable(request, public_id)
    form = OnlyFreelancerForm(request.POST, batch=batch)
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            freelancer_save(actor=request.actor, batch=batch, name=name)
            _read_again(request, batch)
        except NotDecidable:
            pass
    return _now(request, batch)


@require_POST
def import_again(request: ActorRequest, public_id: str) -> HttpResponse:
    """Read the file once more, or take up an import whose worker fell silent."""
    batch = _changeable(request, public_id)
    if batch.state == ImportBatch.State.APPLYING:
        _apply(request, batch)
    else:
        _read_again(request, batch)
    return _now(request, batch)


@require_POST
def import_encoding(request: ActorRequest, public_id: str) -> HttpResponse:
    """Read the file in the encoding that the user chose."""
    batch = _changeable(request, public_id)
    form = EncodingForm(request.POST)
    if form.is_valid() and batch.state == ImportBatch.State.NEEDS_ENCODING:
        _read_again(request, batch, encoding=form.cleaned_data["encoding"])
    return _now(request, batch)


@require_POST
def import_cancel(request: ActorRequest, public_id: str) -> HttpResponse:
    """Stop it; what is being applied is rolled back."""
    batch = _changeable(request, public_id)
    services.import_cancel(actor=request.actor, batch=batch)
    return _now(request, batch)


@require_POST
def import_apply(request: ActorRequest, public_id: str) -> HttpResponse:
    """Write what the preview shows."""
    batch = _changeable(request, public_id)
    _apply(request, batch)
    return _now(request, batch)


def _apply(request: ActorRequest, batch: ImportBatch) -> None:
    if services.applying_request(actor=request.actor, batch=batch):
        tasks.applying_start(
            batch.pk, request.actor.user.pk, at_once=services.is_read_quickly(batch)
        )


@require_POST
def import_undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take the whole import back."""
    batch = _changeable(request, public_id)
    try:
        undo(actor=request.actor, batch=batch)
    except NotUndoable:
        messages.info(request, _("There was nothing to undo: this import is not applied."))
    return _now(request, batch)


@require_safe
def import_bad_rows(request: ActorRequest, public_id: str) -> HttpResponseBase:
    """The rows that were not understood, as a CSV with the reason in a column."""
    batch = ImportBatch.objects.for_actor(request.actor).filter(public_id=public_id).first()
    if batch is None or not batch.preview.get("bad_rows"):
        raise Http404
    response = StreamingHttpResponse(bad_rows_csv(batch), content_type="text/csv; charset=utf-8")
    name = f"not-understood-{batch.public_id}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
