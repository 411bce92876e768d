"""The recovery plan: its page, its ticks, and the language of a client's messages."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.models import Freelancer
from accounts.public_ids import get_by_public_id
from contracts.closeout.services import AFTER_THE_END
from contracts.messages.services import client_language_change
from contracts.models import Client, Contract, MessageLanguage
from jss.answer_page import AnswerPage
from jss.lab_urls import lab_redirect
from jss.recovery_page import RecoveryPage
from jss.recovery_services import contact_note, contact_take_back
from jss.rules_in_use import rules_asked
from jss.selectors import contracts_for_score


@require_safe
def recovery(request: ActorRequest, public_id: str) -> HttpResponse:
    """J15's steps as a checklist; `?all=1` shows every contract of a step."""
    return recovery_response(request, freelancer_of(request, public_id))


@require_POST
def recovery_note(request: ActorRequest, public_id: str, contract_id: str) -> HttpResponse:
    """Tick a contract off, or take the tick back."""
    request.actor.require(Permission.CHANGE)
    freelancer = freelancer_of(request, public_id)
    contracts = Contract.objects.for_actor(request.actor).filter(freelancer=freelancer)
    contract = get_by_public_id(contracts, contract_id)
    kind = request.POST.get("kind", "")
    if kind not in AFTER_THE_END:
        raise Http404
    act = contact_take_back if request.POST.get("take_back") else contact_note
    try:
        act(actor=request.actor, contract=contract, kind=kind)
    except ValidationError as error:
        return recovery_response(request, freelancer, problem=" ".join(error.messages))
    return _back_to(request, freelancer, contract_id)


@require_POST
def recovery_language(request: ActorRequest, public_id: str, client_id: str) -> HttpResponse:
    """The language in which a client's messages are written, from now on."""
    request.actor.require(Permission.CHANGE)
    freelancer = freelancer_of(request, public_id)
    client = get_by_public_id(Client.objects.for_actor(request.actor), client_id)
    language = request.POST.get("language", "")
    if language not in MessageLanguage.values:
        raise Http404
    client_language_change(actor=request.actor, client=client, language=language)
    return _back_to(request, freelancer, request.POST.get("contract", ""))


def freelancer_of(request: ActorRequest, public_id: str) -> Freelancer:
    """The freelancer that an address names; else 404."""
    return get_by_public_id(Freelancer.objects.for_actor(request.actor), public_id)


def recovery_response(
    request: ActorRequest, freelancer: Freelancer, *, problem: str = ""
) -> HttpResponse:
    """The page, or for htmx the checklist alone; with what could not be noted, if anything."""
    today, in_use = timezone.localdate(), rules_asked(request)
    contracts = contracts_for_score(actor=request.actor, freelancer=freelancer)
    page = RecoveryPage(
        actor=request.actor,
        freelancer=freelancer,
        contracts=contracts,
        today=today,
        shows_all=bool(request.GET.get("all")),
        rules=in_use.chosen,
    )
    answer = AnswerPage(request.actor, freelancer, contracts, today, in_use.chosen)
    context = {"page": page, "answer": answer, "freelancer": freelancer, "rules": page.rules}
    context["in_use"] = in_use
    template = "jss/recovery.html" + ("#checklist" if request.htmx.target == "checklist" else "")
    context |= {"problem": problem, "open": request.POST.get("contract") or request.GET.get("open")}
    return render(request, template, context, status=422 if problem else 200)


def _back_to(request: ActorRequest, freelancer: Freelancer, contract_id: str) -> HttpResponse:
    """The checklist at once for htmx; else back to the contract's place on the page."""
    if request.htmx:
        return recovery_response(request, freelancer)
    place, shown = f"contract-{contract_id}", request.GET.get("all", "")
    return lab_redirect(request, "jss:recovery", freelancer.public_id, place=place, all=shown)
