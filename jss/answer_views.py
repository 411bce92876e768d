"""The answer for a client who asks about the score: change it, start again from the log, undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent
from contracts.contract_forms import sent
from contracts.contract_views import tell_saved
from jss.answer_page import AnswerPage
from jss.lab_urls import lab_redirect
from jss.recovery_forms import AnswerForm
from jss.recovery_services import answer_reset, answer_save, answer_undo, undoable_answer
from jss.recovery_views import freelancer_of
from jss.rules_in_use import rules_asked
from jss.selectors import contracts_for_score

UNDO = "jss:recovery_answer_undo"


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_answer(request: ActorRequest, public_id: str) -> HttpResponse:
    """The answer with its hints; the hints alone for htmx. `check` saves nothing."""
    page = _page(request, public_id)
    if request.method == "POST":
        request.actor.require(Permission.CHANGE)
    form = AnswerForm(sent(request), row=page.row, may_change=page.may_change)
    saves = request.method == "POST" and "check" not in request.POST
    if saves and form.is_valid() and _is_saved(request, page, form):
        return lab_redirect(request, "jss:recovery_answer", public_id)
    context = {
        "page": page,
        "form": form,
        "freelancer": page.freelancer,
        "rules": page.rules,
        "in_use": rules_asked(request),
        "hints": page.hints(form.shown_text),
        "saves": saves,
    }
    template = "jss/recovery_answer.html" + ("#said" if request.htmx else "")
    return render(request, template, context, status=422 if saves else 200)


@require_POST
def recovery_answer_reset(request: ActorRequest, public_id: str) -> HttpResponse:
    """Start again from the log."""
    request.actor.require(Permission.CHANGE)
    event = answer_reset(actor=request.actor, freelancer=freelancer_of(request, public_id))
    tell_saved(request, _("This is the draft from your log again."), event, undo=UNDO)
    return lab_redirect(request, "jss:recovery_answer", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_answer_undo(request: ActorRequest, event_id: str) -> HttpResponse:
    """Undo a change: at once for htmx; without JavaScript the link leads to a page that asks."""
    request.actor.require(Permission.CHANGE)
    try:
        event = undoable_answer(actor=request.actor, public_id=event_id)
    except AuditEvent.DoesNotExist:
        raise Http404 from None
    if event.for_freelancer is None:
        raise Http404
    back = reverse("jss:recovery_answer", args=[event.for_freelancer.public_id])
    if request.method != "POST":
        return render(request, "jss/recovery_undo.html", {"event": event, "back": back})
    try:
        undone = answer_undo(actor=request.actor, event=event)
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        tell_saved(request, _("Undone."), undone, undo=UNDO)
    return HttpResponseClientRedirect(back) if request.htmx else redirect(back)


def _page(request: ActorRequest, public_id: str) -> AnswerPage:
    freelancer = freelancer_of(request, public_id)
    contracts = contracts_for_score(actor=request.actor, freelancer=freelancer)
    rules = rules_asked(request).chosen
    return AnswerPage(request.actor, freelancer, contracts, timezone.localdate(), rules)


def _is_saved(request: ActorRequest, page: AnswerPage, form: AnswerForm) -> bool:
    """Save what a valid form holds; False with what was in the way on the form."""
    kept = {"draft": page.draft, "seen": form.cleaned_data["seen"]}
    try:
        event = answer_save(actor=request.actor, freelancer=page.freelancer, **form.changes, **kept)
    except ChangedMeanwhile:
        form.tell_conflicts(_page(request, page.freelancer.public_id).row)
    except ValidationError as error:
        form.take_errors(error)
    else:
        tell_saved(request, _("Your answer is saved."), event, undo=UNDO)
        return True
    return False
