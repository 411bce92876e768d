"""The words of the messages to clients: all of them, one to change, the built-in ones, undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent
from contracts.contract_forms import sent
from contracts.contract_views import tell_saved
from contracts.messages.forms import MessageForm
from contracts.messages.message_page import MessagesPage, hints_for, known_kind, known_language
from contracts.messages.originals import original
from contracts.messages.services import (
    template_change,
    template_reset,
    template_undo,
    undoable_message,
)
from contracts.models import MessageLanguage

UNDO = "contracts:message_undo"


@require_safe
def message_list(request: ActorRequest) -> HttpResponse:
    """The five messages in one language, as they would read."""
    asked_for = request.GET.get("language", "")
    language = MessageLanguage(asked_for if asked_for in MessageLanguage else "en")
    page = MessagesPage(actor=request.actor, language=language)
    return render(request, "contracts/messages/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def message_edit(request: ActorRequest, kind: str, language: str) -> HttpResponse:
    """One message's words with a preview; the preview alone for htmx. `preview` saves nothing."""
    page = MessagesPage(
        actor=request.actor, kind=known_kind(kind), language=known_language(language)
    )
    if request.method == "POST":
        request.actor.require(Permission.CHANGE_SHARED)
    form = MessageForm(sent(request), row=page.row, may_change=page.may_change)
    saves = request.method == "POST" and "preview" not in request.POST
    if saves and form.is_valid() and _is_saved(request, page, form):
        return redirect("contracts:message_edit", kind, language)
    return _edit_page(request, page, form, saves=saves)


def _edit_page(
    request: ActorRequest, page: MessagesPage, form: MessageForm, *, saves: bool
) -> HttpResponse:
    """The page as the form stands; `saves` says that this was more than a preview."""
    context = {
        "page": page,
        "message": page.message,
        "form": form,
        "preview": page.preview(form.shown_body),
        "hints": hints_for(form.shown_body) if page.may_change else [],
        "saves": saves,
    }
    template = "contracts/messages/edit.html" + ("#preview" if request.htmx else "")
    return render(request, template, context, status=422 if saves else 200)


def _is_saved(request: ActorRequest, page: MessagesPage, form: MessageForm) -> bool:
    """Save what a valid form holds; False with what was in the way on the form."""
    seen = form.cleaned_data["seen"]
    try:
        event = template_change(
            actor=request.actor, kind=page.kind, language=page.language, seen=seen, **form.changes
        )
    except ChangedMeanwhile:
        form.tell_conflicts(
            MessagesPage(actor=page.actor, kind=page.kind, language=page.language).row
        )
    except ValidationError as error:
        form.take_errors(error)
    else:
        tell_saved(request, _("The message is saved."), event, undo=UNDO)
        return True
    return False


@require_POST
def message_reset(request: ActorRequest, kind: str, language: str) -> HttpResponse:
    """Back to the built-in words."""
    known = {"kind": known_kind(kind), "language": known_language(language)}
    event = template_reset(actor=request.actor, **known)
    tell_saved(request, _("The built-in words hold again."), event, undo=UNDO)
    return redirect("contracts:message_edit", kind, language)


@require_http_methods(["GET", "HEAD", "POST"])
def message_undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Undo a change: at once for htmx; without JavaScript the link leads to a page that asks."""
    try:
        event = undoable_message(actor=request.actor, public_id=public_id)
    except AuditEvent.DoesNotExist:
        raise Http404 from None
    request.actor.require(Permission.CHANGE_SHARED)
    kept = event.after or event.before
    kind, language = known_kind(kept["kind"]), known_language(kept["language"])
    url = reverse("contracts:message_edit", args=[kind.value, language.value])
    if request.method != "POST":
        words = event.before.get("body") or original(kind, language)
        context = {"event": event, "kind": kind, "language": language, "words": words, "back": url}
        return render(request, "contracts/messages/undo.html", context)
    try:
        undone = template_undo(actor=request.actor, event=event)
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        tell_saved(request, _("Undone."), undone, undo=UNDO)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
